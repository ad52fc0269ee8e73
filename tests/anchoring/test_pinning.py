"""The fewest words that pick a place out, and still do when its passage is gone."""

import re
from itertools import product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, anchor, search
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import MOST_WORDS, Pin, pin
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Occurrence, Quote

ARTICLE = """# Ferries

The council met on Tuesday. The ferry will be closed in October, said the chair.

Nobody had asked the crew. The ferry will be closed in winter only, said the mate.

## Fares

A ticket costs two pounds. A ticket for a child costs one pound, and dogs go free.

The FERRY WILL BE rebuilt.
"""
FERRY = "The ferry will be closed"


def page_of(article):
    return Page(project(markdown(article)))


def places_of(quote, page):
    return search(Words(quote), page).ranges


def pinned(article, quote, number=0, **least):
    page = page_of(article)
    return pin(quote, places_of(quote, page)[number], page, **least)


def answer(quote, page):
    return anchor(Annotation(quote, "x", "context"), page)


@pytest.mark.parametrize(
    ("article", "quote", "number", "found"),
    [
        # Words that stand once need none, a look-alike in another case or word neither.
        (ARTICLE, "costs two pounds", 0, Pin()),
        (ARTICLE, "The FERRY WILL", 0, Pin()),
        ("illegal, Legal, and legal", "legal", 0, Pin()),
        # One word, on the side where one will do; with the space.
        (ARTICLE, FERRY, 0, Pin(prefix="Tuesday. ")),
        (ARTICLE, FERRY, 1, Pin(prefix="crew. ")),
        ("a so it is, b so it was", "so it", 1, Pin(prefix="b ")),
        ("so a it, so b it", "so", 1, Pin(prefix="it, ")),
        ("x so a, x so b", "so", 0, Pin(suffix=" a,")),
        # Without a space where none stands.
        ("(so) and [so]", "so", 0, Pin(prefix="(")),
        ("日本語の船、韓国語の船", "語の船", 0, Pin(prefix="本")),
        # More of one side, or some of both.
        ("a b so, c b so", "so", 1, Pin(prefix="c b ")),
        ("a so b, a so c, d so b, e", "so", 0, Pin(suffix=" b, a")),
        ("a so b\n\na so c\n\nd so b", "so", 0, Pin("a ", " b")),
        ("a x so b\n\nd x so b\n\na x so c", "so", 0, Pin("a x ", " b")),
        # At the edges there is one side.
        ("so it is so", "so", 0, Pin(suffix=" it")),
        ("so it is so", "so", 1, Pin(prefix="is ")),
    ],
)
def test_the_fewest_whole_words_are_given(article, quote, number, found):
    assert pinned(article, quote, number) == found


def test_words_are_of_the_passages_own_block_while_that_will_do():
    article = "# One\n\nso it is\n\n# Two\n\nso it is"

    assert pinned("x one\n\nso\n\nx two\n\nso", "so", 1) == Pin(prefix="two ")
    assert pinned(article, "so", 1) == Pin(prefix="Two ")


def test_a_neighbour_that_inherits_the_context_of_a_deleted_passage_is_not_taken_for_it():
    """“faded. He does”, where the next sentence begins with “He”, too."""
    article = "It has faded. He does. He asks."
    page = page_of(article)
    (first, second) = places_of("He", page)

    assert pin("He", first, page) == Pin(suffix=" does.")
    for gone in ("He ", "He does. ", article):
        left = page_of(article.replace(gone, "", 1))
        assert isinstance(answer(pin("He", first, page).of(Quote("He")), left), Orphan)
    assert pin("He", second, page) is not None


def test_places_that_no_context_tells_apart_are_counted():
    page = page_of("\n\n".join(["The same words, again and again, all over."] * 12))
    places = places_of("all over", page)

    found = pin("all over", places[5], page)

    assert found.occurrence == Occurrence(6, 12)
    assert found.values["occurrence"] == "6 of 12"
    assert answer(found.of(Quote("all over")), page) == Anchor(
        Annotation(found.of(Quote("all over")), "x", "context"), (places[5],)
    )


def test_no_more_words_are_given_than_a_writer_would_read():
    page = page_of("so " * 200)
    place = places_of("so", page)[100]

    found = pin("so", place, page)

    assert len(found.prefix.split()) <= MOST_WORDS
    assert len(found.suffix.split()) <= MOST_WORDS
    assert found.occurrence is not None


def test_words_that_are_too_long_are_not_cut():
    long = "x" * 900
    page = page_of(f"{long} so {long} and {long}y so {long}y")

    found = pin("so", places_of("so", page)[0], page)

    assert found.occurrence == Occurrence(1, 2)
    assert found.prefix in ("", "and ")


def test_at_least_as_many_words_as_are_asked_for():
    assert pinned("a so b", "so", prefix_least=1) == Pin(prefix="a ")
    assert pinned("a so b", "so", suffix_least=1) == Pin(suffix=" b")
    assert pinned("x a so b", "so", prefix_least=2, suffix_least=1) == Pin("x a ", " b")
    assert pinned("so", "so", prefix_least=1) == Pin(occurrence=Occurrence(1, 1))


@pytest.mark.parametrize("quote", ["three pounds", "", "…", "pound", "\0"])
def test_words_that_do_not_stand_at_a_place_have_no_pin(quote):
    page = page_of(ARTICLE)
    (place,) = places_of("two pounds", page)

    assert pin(quote, place, page) is None


def test_a_part_of_a_word_is_pinned_by_what_touches_it():
    page = page_of("That is illegal, says the legal desk.")
    start = page.text.index("illegal") + 2

    found = pin("legal", Range(start, start + 5), page)

    assert found == Pin("il", ",") or found == Pin("il", ", says") or found.prefix == "il"


def test_what_to_write_is_told_by_key():
    assert Pin().values == {}
    assert Pin("a ", " b", Occurrence(1, 2)).values == {
        "prefix": "a ",
        "suffix": " b",
        "occurrence": "1 of 2",
    }
    assert Pin("a ").of(Quote("x", through="y", section="S", suffix="gone")) == Quote(
        "x", through="y", prefix="a ", section="S"
    )


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("sentence", [True, False])
def test_once_its_sentence_or_paragraph_is_deleted_a_pinned_quote_is_an_orphan(number, sentence):
    page = page_of(ARTICLE)
    found = pin(FERRY, places_of(FERRY, page)[number], page)
    start = ("The council met", "Nobody had asked")[number]
    whole = rf"{FERRY}[^,]*{('October', 'winter')[number]}.*?\n" if sentence else rf"{start}.*?\n"

    gone = re.sub(whole, "\n", ARTICLE, flags=re.DOTALL, count=1)
    if sentence:
        gone = ARTICLE.replace(
            (
                " The ferry will be closed in October, said the chair.",
                " The ferry will be closed in winter only, said the mate.",
            )[number],
            "",
        )

    assert isinstance(answer(found.of(Quote(FERRY)), page_of(gone)), Orphan)


WORDS = st.sampled_from("the ferry will be closed. Nobody said, a ticket costs two pounds".split())


@settings(deadline=None, derandomize=True, max_examples=120, phases=[Phase.generate])
@given(st.lists(st.lists(WORDS, min_size=3, max_size=12), min_size=1, max_size=6), st.data())
def test_each_passage_pinned_gives_back_its_place_with_the_fewest_words(paragraphs, data):
    page = page_of("\n\n".join(" ".join(words) for words in paragraphs))
    words = page.text.split()
    first = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join(words[first : first + data.draw(st.integers(1, 4))])
    for place in places_of(quote, page):
        found = pin(quote, place, page)

        assert found is not None
        answered = answer(found.of(Quote(quote)), page)
        assert isinstance(answered, Anchor)
        assert answered.ranges == (place,)
        if found.occurrence is None:
            for fewer in fewer_words(found):
                assert not picks_out(fewer, quote, place, page)


def fewer_words(found):
    """Yield pins with fewer words on a side."""
    before, behind = found.prefix.split(), found.suffix.split()
    for cut_before, cut_behind in product(range(len(before) + 1), range(len(behind) + 1)):
        if cut_before or cut_behind:
            kept = before[cut_before:], behind[: len(behind) - cut_behind]
            yield Pin(*(f"{' '.join(kept[0])} " if kept[0] else "", " ".join(["", *kept[1]])))


def picks_out(found, quote, place, page):
    """Return whether a pin tells the place, now and once the passage, sentence or block is gone."""
    answered = answer(found.of(Quote(quote)), page)
    if not isinstance(answered, Anchor) or answered.ranges != (place,):
        return False
    text, block = page.text, page.projection.block_around(place)
    ends = [match.end() for match in re.finditer(r"[.!?]\s+", text[: block.end])]
    start = max([at for at in ends if block.start <= at <= place.start], default=block.start)
    end = min([at for at in ends if at >= place.end], default=block.end)
    for gone in (place, Range(start, end), block):
        left = Page(project(f"<p>{text[: gone.start]}{text[gone.end :]}</p>"))
        if search(Words(quote, found.prefix, found.suffix), left).ranges:
            return False
    return True
