"""Edit distances, held against the textbook's table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.string_search import distances

WORDS = st.text(st.sampled_from("abcé"), max_size=12)


def table(pattern, text, *, anywhere):
    """Return the last row of the table of edit distances."""
    row = [0 if anywhere else end for end in range(len(text) + 1)]
    for number, wanted in enumerate(pattern, 1):
        below = [number]
        for end, found in enumerate(text, 1):
            below.append(min(row[end] + 1, below[-1] + 1, row[end - 1] + (wanted != found)))
        row = below
    return row


@given(WORDS, WORDS, st.booleans())
@settings(deadline=None, derandomize=True, max_examples=300)
def test_distances_are_those_of_the_table(pattern, text, anywhere):
    assert list(distances(pattern, text, anywhere=anywhere)) == table(
        pattern, text, anywhere=anywhere
    )


def test_a_pattern_may_be_longer_than_a_machine_word():
    pattern = "the harbour master said " * 10  # two letters of each `said` will differ

    assert min(distances(pattern, f"so {pattern.replace('said', 'says')}", anywhere=True)) == 20


@pytest.mark.parametrize("anywhere", [True, False])
def test_nothing_is_as_far_as_the_text_is_long(anywhere):
    assert list(distances("", "ab", anywhere=anywhere)) == ([0, 0, 0] if anywhere else [0, 1, 2])
    assert list(distances("ab", "", anywhere=anywhere)) == [2]
