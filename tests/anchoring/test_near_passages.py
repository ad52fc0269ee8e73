"""Longer quotes that changed a little, sign by sign."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.form import fold
from mkdocs_annotate.anchoring.inexact_text import NearText
from mkdocs_annotate.anchoring.near_passages import LEAST_LENGTH, LONGEST, near_passages

TEXT = """On Tuesday night the council voted eleven to seven to raise the harbour wall by a foot.
Nobody who bailed out a cellar in Quay Street last January will quarrel with that decision.
From the first of October there will be no ferry to the fish market on the other side.
Two stallholders in three are already looking for pitches elsewhere, says the harbour master.
"""


def near(quote, text=TEXT):
    found = NearText(fold(text))
    places = [found.back(one.range) for one in near_passages(quote, found)]
    return [" ".join(text[place.start : place.end].split()) for place in places]


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        (
            "the council voted nine to six to raise the harbour wall",
            "the council voted eleven to seven to raise the harbour wall",
        ),
        (
            "Nobody who bailed out a cellar in Bay Street last winter will quarrel",
            "Nobody who bailed out a cellar in Quay Street last January will quarrel",
        ),
        (
            "from first October there will be no ferry",
            "From the first of October there will be no ferry",
        ),
        ("stallholders in tree are alredy looking", "stallholders in three are already looking"),
        (
            "Two stalholders inn thre ar alredy lookin forr pichtes elsewere",
            "Two stallholders in three are already looking for pitches elsewhere",
        ),
        (
            "uncil voted nine to seven to raise the harbour wa",
            "council voted eleven to seven to raise the harbour wall",
        ),
    ],
)
def test_words_that_changed_a_little_are_found_whole(quote, passage):
    assert near(quote) == [passage]


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "\0" * 30,
        "…" * 30,
        "a" * (LEAST_LENGTH - 1),
        "the cabin on the mainland of the sea",
        "a wholly different sentence that nobody has ever written in this article",
        "the harbour wall " * (LONGEST // 10),
    ],
)
def test_other_words_short_and_endless_ones_are_not(quote):
    assert near(quote) == []


def test_nothing_is_near_in_an_empty_text():
    assert near("the harbour wall of the town", "") == []


def test_scripts_without_spaces_are_searched_by_pairs_of_signs():
    text = (
        "十月一日から魚市場へ渡る船はなくなります。"
        "議会は港の壁を一メートル高くすることを決めました。"
    )

    assert near("議会は港の壁を二メートル高くすることを決めた", text) == [
        "議会は港の壁を一メートル高くすることを決めました"
    ]


def test_a_long_quote_is_compared_by_its_ends():
    quote = " ".join(TEXT.split()[:60]).replace("eleven", "nine").replace("ferry", "boat")

    (words,) = near(quote)

    assert len(quote) > 300
    assert words.split()[:2] == ["On", "Tuesday"]
    assert words.split()[-1] == quote.split()[-1]


def test_a_long_quote_whose_ends_stand_the_wrong_way_round_is_not_found():
    first, last = " ".join(TEXT.split()[:30]), " ".join(TEXT.split()[30:])

    assert near(f"{first} so {last}", f"{last}\n{first}") == []


def test_ends_that_overlap_the_wrong_way_round_are_no_passage():
    words = TEXT.split()
    first, last = " ".join(words[:29])[:155].strip(), " ".join(words[-29:])[-155:].strip()

    assert len(f"{first} {last}") > 300
    assert near(f"{first} {last}", f"{last} {first}") == []


def test_several_that_are_as_near_are_all_found_and_one_clearly_nearest_alone():
    two = "The ferry leaves the harbour at ten.\nOr: The ferry leaves the harbour at six."
    one = "The ferry leaves the old harbour at nine. A ferry left that old harbour at ten."

    assert sorted(near("The ferry leaves the harbour at two", two)) == [
        "The ferry leaves the harbour at six",
        "The ferry leaves the harbour at ten",
    ]
    assert near("The ferry leaves the old harbour at two", one) == [
        "The ferry leaves the old harbour at nine"
    ]


def test_a_passage_does_not_grow_without_end():
    text = "the council voted eleven to seven to raise the harbour " + "w" * 5_000

    (words,) = near("the council voted nine to six to raise the harbour wwwwwwwwww", text)

    assert len(words) < 200


@given(
    st.text(st.sampled_from("the ferry wall.İé漢字\n"), min_size=15, max_size=80),
    st.text(max_size=40),
)
@settings(deadline=None, derandomize=True, max_examples=100)
def test_passages_lie_in_the_text_and_apart(quote, text):
    found = NearText(fold(text + TEXT))

    ranges = sorted(one.range for one in near_passages(quote, found))

    edges = [edge for place in ranges for edge in (place.start, place.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(found.text) for edge in edges)
