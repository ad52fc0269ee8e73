"""Context that picks a place out, and still does when its passage is gone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_annotate.anchoring.law import Anchor, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import Pin, pin, places_now, rivals_of
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.sidecar import Annotation, Occurrence, Quote

ARTICLE = """# Ferries

The council met on Tuesday. The ferry will be closed in October, said the chair.

Nobody had asked the crew. The ferry will be closed in winter only, said the mate.

## Fares

A ticket costs two pounds. A ticket for a child costs one pound, and dogs go free.

The FERRY WILL BE rebuilt.
"""


def page_of(article):
    return Page(project(markdown(article)))


def annotation(quote, pinned):
    occurrence = Occurrence(pinned.number, pinned.total) if pinned.counted else None
    return Annotation(
        Quote(quote, prefix=pinned.prefix, suffix=pinned.suffix, occurrence=occurrence),
        "x",
        "context",
    )


def test_a_pinned_quote_leads_back_to_its_place():
    page = page_of(ARTICLE)
    first, second = places_now("The ferry will be closed", page)

    for place in (first, second):
        pinned = pin("The ferry will be closed", place, page)

        assert pinned is not None
        answer = anchor(annotation("The ferry will be closed", pinned), page)
        assert isinstance(answer, Anchor)
        assert answer.ranges == (place,)


def test_context_is_taken_from_the_passages_own_block_in_whole_words():
    page = page_of(ARTICLE)
    first, _ = places_now("The ferry will be closed", page)

    assert pin("The ferry will be closed", first, page) == Pin(
        "The council met on Tuesday. ", " in October, said the chair.", 1, 2
    )


@pytest.mark.parametrize("twin", [0, 1])
def test_once_its_paragraph_is_deleted_a_pinned_quote_is_an_orphan_and_not_its_twin(twin):
    page = page_of(ARTICLE)
    place = places_now("The ferry will be closed", page)[twin]
    pinned = pin("The ferry will be closed", place, page)
    paragraph = ("The council met", "Nobody had asked")[twin]

    gone = re.sub(rf"{paragraph}.*?\n\n", "", ARTICLE, flags=re.DOTALL)

    assert not isinstance(
        anchor(annotation("The ferry will be closed", pinned), page_of(gone)), Anchor
    )


def test_rivals_are_all_that_could_be_taken_for_the_passage():
    page = page_of(
        "A ferry. Ferryman, FERRY, and ferries with a ferry-boat to the ferryhouse pier."
    )
    place = places_now("ferry", page)[0]

    rivals = [page.text[rival.start : rival.end] for rival in rivals_of("ferry", place, page)]

    assert "ferry" in rivals
    assert place not in rivals_of("ferry", place, page)


def test_places_that_no_context_tells_apart_are_counted():
    page = page_of("\n\n".join(["The same words, again and again and again, all over."] * 12))
    places = places_now("all over", page)

    pinned = pin("all over", places[5], page)

    assert pinned is not None
    assert pinned.counted
    assert pinned.occurrence == "6 of 12"
    answer = anchor(annotation("all over", pinned), page)
    assert isinstance(answer, Anchor)
    assert answer.ranges == (places[5],)


def test_words_that_do_not_stand_at_a_place_have_no_pin():
    page = page_of(ARTICLE)
    (place,) = places_now("two pounds", page)

    assert pin("three pounds", place, page) is None
    assert places_now("three pounds", page) == ()


WORDS = st.sampled_from("the ferry will be closed. Nobody said, a ticket costs two pounds".split())


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=12), min_size=1, max_size=6), st.data())
def test_each_passage_pinned_gives_back_its_place(paragraphs, data):
    page = page_of("\n\n".join(" ".join(words) for words in paragraphs))
    words = page.text.split()
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : first + data.draw(st.integers(1, 4))])
    for place in places_now(quote, page):
        pinned = pin(quote, place, page)

        assert pinned is not None
        answer = anchor(annotation(quote, pinned), page)
        assert isinstance(answer, Anchor)
        assert answer.ranges == (place,)


def test_a_neighbour_that_inherits_the_context_of_a_deleted_passage_is_not_taken_for_it():
    article = (
        "Teams belong to the organization.\n\nOrganization and management of teams is manual.\n"
    )
    page = page_of(article)
    (place,) = places_now("Organization", page)
    pinned = pin("Organization", place, page)

    gone = page_of(article.replace("Organization", ""))

    assert not isinstance(anchor(annotation("Organization", pinned), gone), Anchor)
