"""Notes beside their passages: where they stand, and when a list is better."""

import itertools

import pytest

from mkdocs_annotate.rendering.margin import laid_out


def squares(tops, places):
    return sum((top - place) ** 2 for top, place in zip(tops, places, strict=True))


def test_notes_that_do_not_meet_stand_at_their_passages():
    assert laid_out([0, 100, 200], [50, 50, 50]) == [0, 100, 200]


def test_notes_that_would_meet_move_up_as_well_as_down():
    assert laid_out([100, 110], [50, 50]) == [80, 130]


def test_no_note_stands_above_the_article():
    assert laid_out([0, 10, 20], [50, 50, 50]) == [0, 50, 100]


@pytest.mark.parametrize(
    "places", [[0, 5, 9, 200, 201], [40, 41, 90, 91, 180], [300, 300, 300, 300, 300]]
)
def test_no_other_layout_is_nearer_to_the_passages(places):
    heights = [30, 20, 40, 10, 25]
    tops = laid_out(places, heights)

    assert all(
        b - a >= height - 1e-9 for a, b, height in zip(tops, tops[1:], heights, strict=False)
    )
    for moves in itertools.product((-1, 0, 1), repeat=5):
        moved = [top + move for top, move in zip(tops, moves, strict=True)]
        apart = all(b - a >= h for a, b, h in zip(moved, moved[1:], heights, strict=False))
        if apart and moved[0] >= 0:
            assert squares(moved, places) >= squares(tops, places) - 1e-9
