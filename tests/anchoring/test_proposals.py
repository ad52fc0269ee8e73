"""What an orphan may mean: for a human, never rendered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.law import Orphan, Reason, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import MOST, Way, propose, was_removed
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


@pytest.mark.parametrize(
    ("quote", "meant"),
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
    ],
)
def test_words_that_changed_a_little_are_found(quote, meant):
    assert proposed(PAGE, quote) == [(Way.NEAR, meant)]


@pytest.mark.parametrize(
    "quote",
    [
        "the cabin on the mainland",
        "too short, wall",
        "eleven to six",
        "a wholly different sentence that nobody has ever written in this article",
    ],
)
def test_other_words_are_not(quote):
    assert proposed(PAGE, quote) == []


def test_every_word_may_have_changed_a_little():
    quote = "Two stalholders inn thre ar alredy lookin forr pichtes elsewere"
    meant = "Two stallholders in three are already looking for pitches elsewhere"

    assert proposed(PAGE, quote, suffix=", says the harbour master.") == [(Way.NEAR, meant)]


def test_so_may_a_script_without_spaces():
    page = page_of(
        "十月一日から魚市場へ渡る船はなくなります。",
        "議会は港の壁を一メートル高くすることを決めました。",
    )

    assert proposed(page, "議会は港の壁を二メートル高くすることを決めた") == [
        (Way.NEAR, "議会は港の壁を一メートル高くすることを決めました")
    ]


def test_a_proposal_begins_and_ends_with_whole_words():
    ((_, words),) = proposed(PAGE, "uncil voted nine to seven to raise the harbour wa")

    assert words == "council voted eleven to seven to raise the harbour wall"


def test_a_long_quote_is_compared_by_its_ends():
    quote = " ".join(ARTICLE.split()[:60]).replace("eleven", "nine").replace("ferry", "boat")

    ((way, words),) = proposed(PAGE, quote)

    assert len(quote) > 300
    assert way == Way.NEAR
    assert words.split()[:2] == ["On", "Tuesday"]
    assert words.split()[-1] == quote.split()[-1]


def test_a_long_quote_whose_ends_stand_the_wrong_way_round_is_not_found():
    first, last = " ".join(ARTICLE.split()[:30]), " ".join(ARTICLE.split()[30:])
    page = page_of(last, first)

    assert proposed(page, f"{first} so {last}") == []


def test_several_that_are_as_near_are_all_shown():
    page = page_of(
        "The ferry leaves the harbour at ten.", "Or: The ferry leaves the harbour at six."
    )

    found = proposed(page, "The ferry leaves the harbour at two")

    assert sorted(words for _, words in found) == [
        "The ferry leaves the harbour at six",
        "The ferry leaves the harbour at ten",
    ]


def test_one_that_is_clearly_nearest_stands_alone():
    page = page_of(
        "The ferry leaves the old harbour at nine.", "A ferry left that old harbour at ten."
    )

    assert [words for _, words in proposed(page, "The ferry leaves the old harbour at two")] == [
        "The ferry leaves the old harbour at nine"
    ]


def test_context_makes_less_likeness_enough():
    quote = "vote by twelve to five to lift the quay wall"
    given = {"prefix": "On Tuesday night the council ", "suffix": " by a foot. Nobody who"}

    assert proposed(PAGE, quote) == []
    assert proposed(PAGE, quote, **given)[0][1] == "voted eleven to seven to raise the harbour wall"


def test_context_that_stands_elsewhere_makes_it_not_enough():
    quote = "vote by twelve to five to lift the quay wall"

    assert proposed(PAGE, quote, prefix="a cabin on the mainland of ") == []


def test_what_stands_between_prefix_and_suffix_may_be_the_passage_reworded():
    found = proposed(
        PAGE,
        "drew the obvious conclusion",
        prefix="On Tuesday night the council ",
        suffix=" by a foot. Nobody who",
    )

    assert found == [(Way.GAP, "voted eleven to seven to raise the harbour wall")]


def test_but_not_if_that_is_much_longer():
    given = {"prefix": "On Tuesday night the ", "suffix": " will quarrel with that"}

    assert proposed(PAGE, "council is wise", **given) == []


def test_nor_if_they_stand_together_twice():
    line = "On Tuesday night the council did this by a foot at least."
    given = {"prefix": "On Tuesday night the ", "suffix": " by a foot at least"}

    assert proposed(page_of(line, line), "mayor", **given) == []
    assert proposed(page_of(line), "mayor", **given) == [(Way.GAP, "council did this")]


def test_where_they_follow_each_other_the_passage_was_removed():
    given = {"prefix": "to raise the harbour wall ", "suffix": "by a foot. Nobody"}
    found = orphan(PAGE, "at long last", **given)

    assert was_removed(found, PAGE)
    assert propose(found, PAGE) == []


@pytest.mark.parametrize("between", ["", " ", " – ", "... "])
def test_punctuation_between_them_tells_nothing(between):
    page = page_of(f"the prefix as it was{between}and the suffix as it was")
    given = {"prefix": "the prefix as it was", "suffix": "and the suffix as it was"}

    assert was_removed(orphan(page, "the passage", **given), page)


def test_short_contexts_do_not_tell_that_it_was_removed():
    page = page_of("the prefix and the suffix")

    assert not was_removed(orphan(page, "passage", prefix="the", suffix="suffix"), page)


def test_of_a_refused_place_nothing_else_is_proposed():
    page = page_of("The boat leaves at nine.", "The boat leaves at ten.", "The bull is there.")

    assert proposed(page, "The boat") == [(Way.REFUSED, "The boat"), (Way.REFUSED, "The boat")]
    assert proposed(page, "leaves at nine", prefix="a cabin ") == [(Way.REFUSED, "leaves at nine")]


def test_no_more_than_a_few_are_shown():
    page = page_of(*(f"The boat leaves at {hour}." for hour in range(9)))

    assert len(proposed(page, "The boat")) == MOST


def test_places_that_overlap_are_shown_once():
    assert len(proposed(page_of("a b a b a b a"), "a b a")) == 2


def test_a_reason_that_is_none_of_the_words_needs_no_proposal():
    found = Orphan(Annotation(Quote("x" * 30), "x", "context"), Reason.SECTION)

    assert propose(found, PAGE) == []


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


def test_a_near_passage_in_another_context_is_not_proposed():
    assert proposed(
        PAGE,
        "the council voted nine to six to raise the harbour wall",
        prefix="In another town altogether, far away, ",
        suffix=" in spite of all that engineers had said",
    ) == []  # fmt: skip


def test_a_short_side_counts_where_it_is_all_there_is_of_the_block():
    page = page_of("On the last evening of May the boats stay out.", "Nothing else.")

    assert proposed(page, "a night of June", prefix="On ", suffix=" the boats stay out") == [
        (Way.GAP, "the last evening of May")
    ]
    assert was_removed(
        orphan(
            page_of("On the boats stay."),
            "a night of June",
            prefix="On ",
            suffix=" the boats stay.",
        ),
        page_of("On the boats stay."),
    )
    assert proposed(page, "a night of June", prefix="In ", suffix=" the boats stay out") == []
    assert proposed(page, "all night long", prefix="the boats stay", suffix=".") == [
        (Way.GAP, "out")
    ]


def test_a_short_side_counts_only_beside_words_that_stand_once():
    page = page_of(*["On the last evening of May the boats stay out."] * 2)

    assert proposed(page, "a night of June", prefix="On ", suffix=" the boats stay out") == []


def test_a_proposal_does_not_grow_without_end():
    page = page_of("the council voted eleven to seven to raise the harbour " + "w" * 5_000)

    ((_, words),) = proposed(page, "the council voted nine to six to raise the harbour wwwwwwwwww")

    assert len(words) < 200
