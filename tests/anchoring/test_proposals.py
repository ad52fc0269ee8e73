"""What an orphan may mean: for a person, never rendered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.anchors import Orphan, Reason, anchor
from mkdocs_annotate.anchoring.lookalikes import Difference
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import MOST, Evidence, is_removed, propose
from mkdocs_annotate.model.sidecar import Annotation, Quote

ARTICLE = """On Tuesday night the council voted eleven to seven to raise the harbour wall by a foot.
Nobody who bailed out a cellar in Quay Street last January will quarrel with that decision.
From the first of October there will be no ferry to the fish market on the other side.
Two stallholders in three are already looking for pitches elsewhere, says the harbour master.
"""


def page_of(*paragraphs):
    return Page(project("".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)))


def orphan(page, exact, **given):
    found = anchor(Annotation(Quote(exact, **given), "x", "context"), page)
    assert isinstance(found, Orphan), found
    return found


def proposed(page, exact, **given):
    """Return the proposals for a quote that has no place: how come by, and the words."""
    return [
        (one.way, " ".join(page.text[one.range.start : one.range.end].split()))
        for one in propose(orphan(page, exact, **given), page)
    ]


PAGE = page_of(*ARTICLE.splitlines())


def test_the_very_letters_are_proposed_with_what_differs():
    (first,) = propose(orphan(PAGE, "“quay street”"), PAGE)

    assert PAGE.text[first.range.start : first.range.end] == "Quay Street"
    assert first.way == Evidence.SAME
    assert first.differences == (Difference.CASE, Difference.EDGES)
    assert 0 < first.score < 1


@pytest.mark.parametrize(
    ("quote", "meant"),
    [
        ("the council voted nine to seven", "the council voted eleven to seven"),
        (
            "Nobody who bailed out a cellar in Bay Street last winter will quarrel",
            "Nobody who bailed out a cellar in Quay Street last January will quarrel",
        ),
        ("stallholders in tree are alredy looking", "stallholders in three are already looking"),
    ],
)
def test_words_that_changed_a_little_are_found(quote, meant):
    assert proposed(PAGE, quote) == [(Evidence.NEAR, meant)]


@pytest.mark.parametrize(
    "quote", ["the cabin on the mainland", "eleven to six", "…", "", "\0", "👍"]
)
def test_other_words_are_not(quote):
    assert proposed(PAGE, quote) == []


def test_what_has_the_very_letters_makes_what_is_alike_needless():
    page = page_of("The boat leaves at nine.", "The boat leaves at nine today")

    assert proposed(page, "the boat leaves at nine!")[0][0] == Evidence.SAME
    assert all(way == Evidence.SAME for way, _ in proposed(page, "the boat leaves at nine!"))


def test_signs_around_what_is_near_are_taken_in():
    page = page_of("He said (the council voted eleven to seven).")

    assert proposed(page, "(the council voted nine to seven).") == [
        (Evidence.NEAR, "(the council voted eleven to seven).")
    ]


def test_what_stands_between_prefix_and_suffix_may_be_the_passage_reworded():
    given = {"prefix": "On Tuesday night the council ", "suffix": " by a foot. Nobody who"}

    assert proposed(PAGE, "drew the obvious conclusion", **given) == [
        (Evidence.GAP, "voted eleven to seven to raise the harbour wall")
    ]
    assert proposed(PAGE, "is wise", prefix="On Tuesday night the ", suffix=" will quarrel") == []


def test_the_same_words_in_another_context_are_all_that_is_proposed():
    page = page_of("The boat leaves at nine. The bull is there.")

    assert proposed(page, "leaves at nine", prefix="a cabin ") == [
        (Evidence.SAME, "leaves at nine")
    ]


def test_where_prefix_and_suffix_follow_each_other_the_passage_was_removed():
    given = {"prefix": "to raise the harbour wall ", "suffix": " by a foot. Nobody"}
    found = orphan(PAGE, "at long last", **given)

    assert is_removed(found, PAGE)
    assert propose(found, PAGE) == []
    # If the words still stand somewhere, it may have moved.
    assert not is_removed(orphan(PAGE, "Quay Street", **given), PAGE)
    assert proposed(PAGE, "Quay Street", **given) == [(Evidence.SAME, "Quay Street")]


@pytest.mark.parametrize("reason", [Reason.AMBIGUOUS, Reason.OCCURRENCE, Reason.THROUGH])
def test_places_that_are_known_need_no_proposal(reason):
    found = Orphan(Annotation(Quote("the council voted nine"), "x", "context"), reason)

    assert propose(found, PAGE) == []


def test_no_more_than_a_few_are_shown_and_each_once():
    page = page_of(*(f"The boat leaves at {hour}." for hour in range(9)))

    assert len(proposed(page, "the boat")) == MOST
    assert len(proposed(page_of("A b A b A b A"), "a b a")) == 2


def test_formulas_that_are_blocks_are_never_proposed():
    page = Page(project('<div class="arithmatex">the council voted eleven to seven</div>'))

    assert proposed(page, "The council voted eleven to seven") == []
    assert proposed(page, "the council voted nine to seven") == []


def test_a_page_without_words_proposes_nothing():
    assert proposed(page_of(""), "the harbour wall of the town") == []


@given(st.text(st.sampled_from("the ferry wall.İé漢字\n"), max_size=80), st.text(max_size=40))
@settings(deadline=None, derandomize=True, max_examples=100)
def test_proposals_lie_in_the_page_and_apart(quote, text):
    page = page_of(text.replace("<", "").replace("&", ""), *ARTICLE.splitlines())
    found = Orphan(Annotation(Quote(quote), "x", "context"), Reason.MISSING)

    ranges = sorted(one.range for one in propose(found, page))

    edges = [edge for place in ranges for edge in (place.start, place.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(page.text) for edge in edges)
