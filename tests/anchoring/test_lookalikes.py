"""The very letters of a quote elsewhere on the page, and what differs."""

import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import Orphan, anchor
from mkdocs_annotate.anchoring.lookalikes import Difference, grown, listed_differences, lookalikes
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Occurrence, Quote

CASE, SIGNS, SPACES = Difference.CASE, Difference.SIGNS, Difference.SPACES
EDGES, ACCENTS, PART = Difference.EDGES, Difference.ACCENTS, Difference.PART
CONTEXT, SECTION = Difference.CONTEXT, Difference.SECTION


def page_of(source):
    return Page(project(markdown(source, extensions=["extra", "toc"])), source)


def found(source, exact, **given):
    page = source if isinstance(source, Page) else page_of(source)
    orphan = anchor(Annotation(Quote(exact, **given), "x", "context"), page)
    assert isinstance(orphan, Orphan), orphan
    return [
        (page.text[place.start : place.end], *differences)
        for place, differences in lookalikes(orphan, page)
    ]


@pytest.mark.parametrize(
    ("source", "quote", "differs"),
    [
        ("The Boat is full.", "the boat is full", ("The Boat is full", CASE)),
        ("THE BOAT is full.", "the boat", ("THE BOAT", CASE)),
        ("Die Straße.", "STRASSE", ("Straße", CASE)),
        ("Well, then: home.", "Well then home", ("Well, then: home", SIGNS)),
        ("It is nowhere.", "now here", ("nowhere", SPACES)),
        ("It is now here.", "nowhere", ("now here", SPACES)),
        ("the ferry is closed", "theferryisclosed", ("the ferry is closed", SPACES)),
        ("It is full.", "“is full”", ("is full", EDGES)),
        ("It is full.", "… is full …", ("is full.", EDGES)),
        ("It is full.", "[is full]", ("is full", EDGES)),
        ("It is full.", "(is full.)", ("is full.", EDGES)),
        ("كَتَبَ الولد", "كتب", ("كَتَبَ", ACCENTS)),
        ("שָׁלוֹם לך", "שלום", ("שָׁלוֹם", ACCENTS)),
        ("The café.", "cafe", ("café", ACCENTS)),
        ("The Boat, it is full.", "“the boat it", ("The Boat, it", CASE, SIGNS)),
        ("an area of 10² m", "an area of 102 m", ("an area of 10² m", SIGNS)),
        ("A re-sign.", "resign", ("re-sign", SIGNS)),
    ],
)
def test_what_differs_is_named(source, quote, differs):
    assert found(source, quote)[:1] == [differs]


def test_same_words_in_another_context_or_section():
    assert found("The boat is full.", "boat", prefix="my ") == [("boat", CONTEXT)]
    assert found("The boat is full. The boat!", "boat", prefix="my ") == [
        ("boat", CONTEXT),
        ("boat", CONTEXT),
    ]
    assert found("# A\n\nThe boat.\n\n# B\n\nx", "boat", section="B") == [("boat", SECTION)]


@pytest.mark.parametrize(
    ("source", "quote", "whole"),
    [
        ("That is illegal.", "legal", "illegal"),
        ("killed 12,000 men", "killed 12", "killed 12,000"),
        ("killed 12 000 men", "killed 12", "killed 12 000"),
        ("It was −12 degrees.", "12 degrees", "−12 degrees"),
        ("한국어를 배운다", "한국어", "한국어를"),
        ("Say `--x`.", "-x", "--x"),
        ("I can't.", "can", "can't"),
        ("A 👍🏽 it is.", "👍", "👍🏽"),
    ],
)
def test_a_part_is_shown_as_the_whole(source, quote, whole):
    assert found(source, quote) == [(whole, PART)]


def test_half_of_a_formula_is_shown_as_the_whole():
    page = Page(project('<p>so <span class="arithmatex">\\(a + b\\)</span> holds</p>'))

    assert found(page, "a + b\\) holds") == [("\\(a + b\\) holds", EDGES)]
    assert found(page, "a + b holds") == [("\\(a + b\\) holds", SIGNS)]
    assert found(page, "a +") == [("\\(a + b\\)", PART)]
    assert grown(Range(3, 6), page) == Range(3, 12)


def test_a_word_does_not_grow_without_end():
    page = page_of("x" * 1_000)

    whole = grown(Range(500, 501), page)

    assert whole.end - whole.start < 200


def test_nearest_come_first_and_each_place_once():
    source = "THE BOAT, full. The boat full. the bo-at full"

    assert found(source, "the boat full") == [
        ("The boat full", CASE),
        ("the bo-at full", SIGNS),
        ("THE BOAT, full", CASE, SIGNS),
    ]


def test_a_quote_copied_from_markdown_is_compared_by_what_it_shows():
    ((words, *differences),) = found("The Boat is [full](x.md).", "the **boat** is [full](y.md)")

    assert words == "The Boat is full"
    assert CASE in differences


def test_places_that_are_counted_wrong_have_no_lookalikes_of_their_own():
    assert found("so so", "so", occurrence=Occurrence(1, 3)) == [
        ("so", CONTEXT),
        ("so", CONTEXT),
    ]


@pytest.mark.parametrize("quote", ["…", "***", "👍", "\0", "a cabin", "legalx"])
def test_other_letters_are_no_lookalikes(quote):
    assert found("The boat is illegal.", quote) == []


def test_differences_are_listed_for_a_message():
    assert listed_differences(()) == ""
    assert listed_differences((CASE, SIGNS)) == "another case, other signs"
