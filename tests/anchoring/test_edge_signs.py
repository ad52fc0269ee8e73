"""Signs around a passage that was found by its words."""

import pytest

from mkdocs_annotate.anchoring.ends import with_edge_signs
from mkdocs_annotate.model.places import Range


@pytest.mark.parametrize(
    ("quote", "before", "found", "after"),
    [
        ("(see foo).", "", "(see foo).", " Bar"),
        ("“see foo”", "", '"see foo"', " bar"),
        ("*see foo*", "(", "see foo", ")"),
        ("see foo...", "", "see foo…", " bar"),
        ("see foo…", "", "see foo...", " bar"),
        ("see foo -", "", "see foo", " bar"),
        ("see foo", "(", "see foo", ")."),
        ("- see foo", "", "see foo", ""),
        ("-- see foo", "so ", "see foo", ""),
        ('"see foo!"', "", "see foo!", "x"),
        ("see foo?!", "", "see foo?!", "?"),
        ("(**see** foo).", "", "(see foo).", " Bar"),
        ("see foo ", "", "see foo", " bar"),
    ],
)
def test_signs_at_the_edges_belong_to_the_passage_if_the_page_has_them(quote, before, found, after):
    text = before + found + after
    start = text.index("see foo")

    place = with_edge_signs(Range(start, start + len("see foo")), quote, text)

    assert text[place.start : place.end] == found


@pytest.mark.parametrize("quote", ["", "***", "…", " "])
def test_a_quote_of_signs_alone_adds_none(quote):
    assert with_edge_signs(Range(1, 4), quote, "*see*") == Range(1, 4)


def test_a_passage_at_the_ends_of_the_text_grows_no_further():
    assert with_edge_signs(Range(0, 2), "“so”", "so") == Range(0, 2)
    assert with_edge_signs(Range(1, 3), "“so”", '"so"') == Range(0, 4)
