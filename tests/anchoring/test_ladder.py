"""From quotes to their places: certain, or not at all."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown
from mkdocs_annotate.anchoring.ladder import (
    Anchor,
    Orphan,
    Reason,
    Rung,
    anchor,
    anchor_all,
    fitting_in,
)
from mkdocs_annotate.anchoring.matching import MAX_PLACES, context_of

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import ALL, Annotation, Occurrence, Quote
from mkdocs_annotate.sidecar.decoding import parse_sidecar

DEMO = Path(__file__).parents[2] / "site" / "demo"

ARTICLE = """# Ferries

The boat leaves at nine. On Sundays the boat stays in port, says the mate.

## Winter

From October the boat leaves at ten, and the boat is *full*.

## Fares {#prices}

A ticket costs two pounds.

### Children

The boat is free for them.

## Winter

The boat is closed.
"""


def page_of(source, *extensions):
    return Page(project(markdown(source, extensions=[*extensions, "extra", "toc"])), source)


def answer(page, exact, **given):
    return anchor(Annotation(Quote(exact, **given), "x", "context"), page)


def marked(page, exact, **given):
    """Return each passage of a quote in brackets, with a few words around it, in one line."""
    found = answer(page, exact, **given)
    assert isinstance(found, Anchor), found
    shown = []
    for place in found.ranges:
        before, after = page.text[: place.start].split(), page.text[place.end :].split()
        words = " ".join(page.text[place.start : place.end].split())
        shown.append(f"{before[-1] if before else ''} [{words}] {after[0] if after else ''}")
    return shown


def orphaned(page, exact, **given):
    """Return why a quote has no place, and how many came into question."""
    found = answer(page, exact, **given)
    assert isinstance(found, Orphan), found
    return found.reason, len(found.places)


@pytest.fixture(scope="module")
def page():
    return page_of(ARTICLE)


def test_words_that_stand_once_are_found(page):
    assert marked(page, "A ticket") == ["Fares [A ticket] costs"]
    assert marked(page, "boat stays in\nport") == ["the [boat stays in port] ,"]


def test_words_that_stand_nowhere_are_missing(page):
    assert orphaned(page, "a cabin") == (Reason.MISSING, 0)


def test_words_that_stand_twice_are_ambiguous(page):
    assert orphaned(page, "leaves at") == (Reason.AMBIGUOUS, 2)


def test_no_later_step_rescues_an_ambiguous_answer():
    page = page_of("the boat is full. THE BOAT IS FULL. the boat is full.")

    assert orphaned(page, "the boat is full") == (Reason.AMBIGUOUS, 2)
    assert orphaned(page, "The Boat is full") == (Reason.AMBIGUOUS, 3)


def test_more_places_than_are_counted_are_ambiguous():
    page = page_of("it " * (MAX_PLACES + 1))

    assert orphaned(page, "it") == (Reason.AMBIGUOUS, MAX_PLACES)
    assert orphaned(page, "it", occurrence=Occurrence(ALL)) == (Reason.AMBIGUOUS, MAX_PLACES)


@pytest.mark.parametrize(
    ("source", "quote", "rung"),
    [
        ("The “boat” is full", 'The "boat" is', Rung.EXACT),
        ("The *boat* is full", "The *boat* is", Rung.SOURCE),
        ("Show `**boat**`, not **boat**", "`**boat**`", Rung.SOURCE),
        ("The boat[^1] is full\n\n[^1]: A note.", "The boat1 is", Rung.EXACT),
        ("The boat is full", "THE BOAT IS", Rung.NORMALISED),
        ("the boat, he says, is full", "the boat he says is full", Rung.NORMALISED),
        ("the\nboat\\\nis full", "boat\\\nis full", Rung.SOURCE),
    ],
)
def test_each_kind_of_quote_is_found_on_its_rung(source, quote, rung):
    found = answer(page_of(source), quote)

    assert isinstance(found, Anchor)
    assert found.rung == rung


def test_a_quote_over_a_footnote_marks_the_words_without_its_number():
    page = page_of("The boat[^1] is full\n\n[^1]: A note.")

    assert page.text[slice(*edges(answer(page, "The boat1 is")))] == "The boat is"
    assert orphaned(page, "1") == (Reason.MISSING, 0)


def edges(found):
    (place,) = found.ranges
    return place.start, place.end


def test_prefix_and_suffix_tell_places_apart(page):
    assert marked(page, "the boat", prefix="Sundays ") == ["Sundays [the boat] stays"]
    assert marked(page, "the boat", suffix=" leaves at ten") == ["October [the boat] leaves"]


def test_given_context_must_fit_even_where_the_words_stand_once(page):
    assert orphaned(page, "two pounds", prefix="costs three and ") == (Reason.CONTEXT, 1)


def test_context_that_fits_two_places_is_ambiguous(page):
    assert orphaned(page, "leaves at", prefix="boat ") == (Reason.AMBIGUOUS, 2)


def test_a_part_of_a_word_is_found_by_its_context_where_no_whole_word_is():
    page = page_of("The partygoer saw art.")

    assert marked(page, "art") == ["saw [art] ."]
    assert marked(page, "part", suffix="ygoer saw") == ["The [part] ygoer"]
    assert marked(page, "art", prefix="The p", suffix="ygoer saw") == ["p [art] ygoer"]


def test_a_section_is_named_by_its_heading_or_by_the_id_of_it(page):
    for name in ("Fares", "fares ", "prices", "#prices", "## Fares"):
        assert marked(page, "costs", section=name) == ["ticket [costs] two"]
    assert marked(page, "The boat", section="Children") == ["Children [The boat] is"]


def test_a_section_ends_at_the_next_heading_of_its_level(page):
    assert marked(page, "free for", section="prices") == ["is [free for] them."]
    assert orphaned(page, "costs", section="Children") == (Reason.SECTION, 1)


def test_a_section_that_is_not_there_makes_an_orphan(page):
    assert orphaned(page, "costs", section="Autumn") == (Reason.SECTION, 1)
    assert orphaned(page, "costs", section="#") == (Reason.SECTION, 1)
    assert orphaned(page, "cabins", section="Autumn") == (Reason.SECTION, 0)


def test_a_section_that_is_there_twice_makes_an_orphan(page):
    assert orphaned(page, "is closed", section="Winter") == (Reason.SECTION, 1)


def test_gone_or_twice_the_context_may_still_tell(page):
    given = {"prefix": "The boat ", "suffix": "."}

    assert marked(page, "is closed", section="Winter", **given) == ["boat [is closed] ."]
    assert marked(page, "is closed", section="Autumn", **given) == ["boat [is closed] ."]
    assert orphaned(page, "is closed", section="Autumn", prefix="A cabin ") == (Reason.CONTEXT, 1)


def test_twins_in_another_section_are_not_taken_for_a_removed_passage():
    line = "Click on the large green button with the word Save to keep what you have typed."
    page = page_of(f"# A\n\n{line}\n\n# B\n\n{line}\n")
    given = {"prefix": "green button with the word ", "suffix": " to keep what you have typed"}

    (first, second) = (answer(page, "Save", section=name, **given) for name in "AB")

    assert isinstance(first, Anchor)
    assert isinstance(second, Anchor)
    assert first.ranges < second.ranges


NUMBERS = "zero one two one three one four"


@pytest.mark.parametrize(
    ("occurrence", "found"),
    [
        (Occurrence(1), ["zero [one] two"]),
        (Occurrence(3), ["three [one] four"]),
        (Occurrence(2, 3), ["two [one] three"]),
        (Occurrence(ALL), ["zero [one] two", "two [one] three", "three [one] four"]),
    ],
)
def test_occurrence_counts_in_reading_order(occurrence, found):
    assert marked(page_of(NUMBERS), "one", occurrence=occurrence) == found


@pytest.mark.parametrize("occurrence", [Occurrence(4), Occurrence(2, 4), Occurrence(1, 2)])
def test_a_number_of_places_that_no_longer_holds_makes_an_orphan(occurrence):
    assert orphaned(page_of(NUMBERS), "one", occurrence=occurrence) == (Reason.OCCURRENCE, 3)


def test_the_place_counted_must_fit_the_context():
    page = page_of(NUMBERS)

    assert marked(page, "one", prefix="two ", occurrence=Occurrence(2, 3)) == ["two [one] three"]
    assert orphaned(page, "one", prefix="two ", occurrence=Occurrence(1, 3)) == (Reason.CONTEXT, 3)


def test_of_places_that_overlap_all_means_the_first():
    page = page_of("a b a b a")

    assert len(marked(page, "a b a", occurrence=Occurrence(ALL))) == 1
    assert orphaned(page, "a b a") == (Reason.AMBIGUOUS, 2)


LONG = """One begins here. Then come many words. It ends here.

Two begins here. Then come more words. It ends here, too.

Three begins. But it never does."""


def test_a_long_passage_is_given_by_its_first_and_last_words():
    page = page_of(LONG)

    assert passage(page, "One begins", through="ends here").startswith("One begins here. Then")
    assert passage(page, "One begins", through="ends here").endswith("words. It ends here")


def passage(page, exact, **given):
    start, end = edges(answer(page, exact, **given))
    return page.text[start:end]


def test_it_ends_with_the_nearest_of_them_that_fits_the_suffix():
    page = page_of(LONG)

    assert passage(page, "One begins", through="ends here", suffix=", too").endswith("ends here")
    assert "Two begins" in passage(page, "One begins", through="ends here", suffix=", too")


def test_its_last_words_may_need_another_step_than_its_first():
    page = page_of(LONG)

    assert passage(page, "One begins", through="MANY WORDS").endswith("many words")
    assert passage(page, "ONE BEGINS HERE", through="many words").startswith("One")


def test_last_words_that_do_not_follow_make_an_orphan():
    page = page_of(LONG)

    assert orphaned(page, "Three begins", through="ends here") == (Reason.THROUGH, 1)
    assert orphaned(page, "One begins", through="a cabin") == (Reason.THROUGH, 1)


def test_two_starts_for_one_end_are_ambiguous():
    page = page_of("So it was. So it is. The end.")

    assert orphaned(page, "So it", through="end") == (Reason.AMBIGUOUS, 2)
    assert passage(page, "So it", through="end", prefix="was. ") == "So it is. The end"
    assert passage(page, "So it", through="end", occurrence=Occurrence(2, 2)) == "So it is. The end"


def test_all_of_them_are_those_that_do_not_overlap():
    page = page_of("So it was. So it is. The end. So it ends. The end.")

    found = answer(page, "So it", through="The end", occurrence=Occurrence(ALL))

    assert isinstance(found, Anchor)
    assert [page.text[place.start : place.end] for place in found.ranges] == [
        "So it was. So it is. The end",
        "So it ends. The end",
    ]


def test_starts_with_ends_of_their_own_are_told_apart_like_any_words():
    page = page_of("So it was. The end. So it is. The end.")

    assert orphaned(page, "So it", through="The end") == (Reason.AMBIGUOUS, 2)
    assert orphaned(page, "So it", through="The end", occurrence=Occurrence(1, 3)) == (
        Reason.OCCURRENCE,
        2,
    )


def test_the_first_words_must_fit_their_prefix():
    assert orphaned(page_of(LONG), "One begins", through="ends", prefix="so ") == (
        Reason.CONTEXT,
        1,
    )


def test_too_many_last_words_are_ambiguous():
    page = page_of("Start. " + "it " * (MAX_PLACES + 1))

    assert orphaned(page, "Start", through="it") == (Reason.AMBIGUOUS, MAX_PLACES)


def test_a_long_passage_does_not_leave_its_section():
    page = page_of("# A\n\nIt begins. It goes on.\n\n# B\n\nIt ends.\n")

    assert passage(page, "It begins", through="It goes on", section="A").endswith("on")
    assert orphaned(page, "It begins", through="It ends", section="A") == (Reason.THROUGH, 1)
    assert passage(page, "It begins", through="It ends").endswith("ends")


def test_what_can_be_marked_in_part_only_is_uncertain():
    page = Page(project('<p>so <span class="arithmatex">\\(a + b\\)</span> holds</p>'))

    assert orphaned(page, "a + b") == (Reason.UNCERTAIN, 1)
    assert passage(page, "so \\(a + b\\)") == "so \\(a + b\\)"
    assert orphaned(page_of("👨\N{ZERO WIDTH JOINER}👩"), "👨") == (Reason.UNCERTAIN, 1)


def test_annotations_come_back_in_their_order(page):
    quotes = ["two pounds", "a cabin", "A ticket", "leaves at"]
    annotations = [Annotation(Quote(quote), quote, "context") for quote in quotes]

    found = anchor_all(annotations, page)

    assert [one.annotation.id for one in found.anchors] == ["two pounds", "A ticket"]
    assert [one.annotation.id for one in found.orphans] == ["a cabin", "leaves at"]


def test_fitting_in_looks_at_the_page(page):
    boats = [found.start() for found in re.finditer("the boat", page.text)]
    places = tuple(Range(start, start + 8) for start in boats)

    (found,) = fitting_in(page, places, context_of("On Sundays ", ""))

    assert page.text[found.start : found.end] == "the boat"
    assert page.text[found.end :].startswith(" stays")


@pytest.mark.parametrize("name", [path.stem for path in sorted(DEMO.glob("*.md"))])
@pytest.mark.parametrize("extensions", [("smarty",), ("codehilite", "nl2br"), ("admonition",)])
def test_real_articles_keep_all_their_annotations(name, extensions):
    sidecar, problems = parse_sidecar((DEMO / f"{name}.annotations.yml").read_text("utf-8"), name)
    assert sidecar is not None
    page = page_of((DEMO / f"{name}.md").read_text("utf-8"), *extensions)

    found = anchor_all(sidecar.annotations, page)

    assert problems == []
    assert found.orphans == ()


@cache
def demo_page(path):
    return page_of(path.read_text("utf-8"), "smarty")


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.sampled_from(sorted(DEMO.glob("*.md"))), st.data())
def test_a_passage_of_a_real_article_pinned_leads_back_to_itself(path, data):
    page = demo_page(path)
    words = [found.start() for found in re.finditer(r"\S+", page.text)]
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 1, min(first + 25, len(words) - 1)))
    place = page.projection.trimmed(Range(words[first], words[last]))
    exact = page.text[place.start : place.end]

    pinned = pin(exact, place, page)

    assert pinned is not None
    occurrence = Occurrence(pinned.number, pinned.total) if pinned.counted else None
    found = answer(page, exact, prefix=pinned.prefix, suffix=pinned.suffix, occurrence=occurrence)
    assert isinstance(found, Anchor)
    assert found.ranges == (place,)
