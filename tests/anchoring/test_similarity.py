"""Edit distances, held against the textbook's table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.similarity import distances, likeness

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


def test_likeness_goes_from_nothing_to_equal():
    assert likeness("", "anything") == 1
    assert likeness("the ferry", "the ferry is closed") == 1
    assert likeness("the ferry", "the fairy is closed") > likeness("the ferry", "a fairy")
    assert likeness("abc", "xyz") == 0


@given(WORDS, WORDS)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_only_what_begins_with_all_of_it_is_equal(pattern, text):
    found = likeness(pattern, text)

    assert 0 <= found <= 1
    assert (found == 1) == text.startswith(pattern)


@pytest.mark.parametrize(
    "nearest_first",
    [
        ["the old bridge", "the cold bridge", "an old bridge", "a new bridge", "a ferry"],
        ["one lane only", "one lane", "one", ""],
        ["議会は決めた", "議会が決めた", "議員が決めた", "天気"],
    ],
)
def test_what_is_nearer_is_more_alike(nearest_first):
    """The order is what counts; the figures may change."""
    scores = [likeness(nearest_first[0], text) for text in nearest_first]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
