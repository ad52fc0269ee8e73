"""Short quotes of which a word or two changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.form import fold
from mkdocs_annotate.anchoring.inexact_text import NearText
from mkdocs_annotate.anchoring.near_passages import MOST_WORDS, near_phrases

TEXT = (
    "On Tuesday night the council voted eleven to seven to raise the harbour wall by a foot. "
    "The bridge has a limit of three tonnes, says the mayor's office. "
    "From October there will be no ferry to the fish market on the other side of the harbour."
)


def near(quote, text=TEXT):
    form = fold(text)
    found = NearText(form)
    places = [found.back(one.range) for one in near_phrases(quote, found)]
    return [text[place.start : place.end] for place in places]


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        # A word replaced: at the start, inside, at the end.
        ("that council voted eleven to seven", "the council voted eleven to seven"),
        ("council voted nine to seven", "council voted eleven to seven"),
        ("a limit of three tons", "a limit of three tonnes"),
        ("a limit of three pounds", "a limit of three tonnes"),
        # Put in, taken out.
        ("no ferry to the market", "no ferry to the fish market"),
        (
            "no ferry at all to the fish market on the other side",
            "no ferry to the fish market on the other side",
        ),
        ("to raise the old harbour wall", "to raise the harbour wall"),
        # In any case; a form of a word; a figure.
        ("RAISE THE HARBOUR WALLS", "raise the harbour wall"),
        ("says the mayor office", "says the mayor's office"),
        # Two of eight.
        ("there will be a boat to the fish market", "there will be no ferry to the fish market"),
        # Two or three words, where a rare one is shared.
        ("fish shop market", "fish market"),
    ],
)
def test_all_words_but_one_are_enough(quote, passage):
    assert near(quote)[:1] == [passage]


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "…",
        "wall",
        "cabin",
        "the cabin",
        "a cabin on the mainland",
        "the council was wise and kind",
        "the of a",
        "three cats",
        " ".join(["harbour"] * (MOST_WORDS + 1)),
    ],
)
def test_fewer_are_not(quote):
    assert near(quote) == []


def test_figures_of_a_short_quote_may_differ():
    assert near("in 1794", "The bridge was built in 1749, and then rebuilt.") == ["in 1749"]
    assert near("1,200 men", "There were 1,300 men.") == ["1,300 men"]


def test_common_words_alone_are_no_evidence_for_a_short_quote():
    text = "the wall of the town, the gate of the town, the end of the town. " * 3

    assert near("the heart of", text) == []


def test_several_that_are_as_near_are_all_found():
    text = "The ferry leaves the harbour at ten. Or: The ferry leaves the harbour at six."

    found = near("ferry leaves the harbour at two", text)

    assert found[0] == "ferry leaves the harbour at ten"
    assert "ferry leaves the harbour at six" in found


def test_the_one_with_the_rarer_words_comes_first():
    text = "the boat of the town. the boat of Brennick. " + "the boat of the sea. " * 5

    assert near("the ship of Brennick", text)[0] == "the boat of Brennick"


def test_of_equal_ones_the_longest_is_meant():
    """Whichever stretch of the text it was found in."""
    assert near("a limit of three tons")[0] == "a limit of three tonnes"
    assert near("limit of four tonnes")[0] == "limit of three tonnes"


def test_scripts_without_spaces_are_compared_sign_by_sign():
    assert near("十月から渡船", "議会は十月から新渡船を。") == ["十月から新渡船"]


@given(st.text(st.sampled_from("the ferry wall1.İé漢字'\n"), max_size=60), st.text(max_size=30))
@settings(deadline=None, derandomize=True, max_examples=150)
def test_passages_lie_in_the_text(quote, text):
    found = NearText(fold(text + TEXT))

    for one in near_phrases(quote, found):
        assert 0 <= one.range.start < one.range.end <= len(found.text)
        assert 0 < one.score < 1.01
