"""The page with footnote numbers, permalinks, line numbers and readings put in."""

import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.keys import MOST_PLACES, Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project


def page_of(source):
    extensions = ["extra", "toc"]
    configs = {"toc": {"permalink": True}}
    return Page(project(markdown(source, extensions=extensions, extension_configs=configs)))


def found(page, exact, prefix="", suffix=""):
    places = page.second_reading.places(Words(exact, prefix, suffix)).ranges
    return [page.text[place.start : place.end] for place in places]


FOOTNOTES = page_of(
    "## The wall\n\nKilled 12[^1] men[^2] were there[^3]. So it is.\n\n"
    "[^1]: One.\n\n[^2]: Two.\n\n[^3]: Three.\n"
)
RUBY = Page(
    project(
        "<p>これは<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>です。</p>"
        "<p>a<ruby>b<rt>c</ruby>d</p>"
    )
)


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "places"),
    [
        ("men2 were", "", "", ["men were"]),
        ("men2", "", "", ["men"]),
        ("there3.", "", "", ["there."]),
        ("The wall¶", "", "", ["The wall"]),
        ("¶ Killed", "", "", ["Killed"]),
        ("were", "men2 ", "", ["were"]),
        ("men", "", "2 were", ["men"]),
        # An end between a word and its number lies inside a word, unless it is proved.
        ("2 were", "", "", []),
        ("2 were", "men", "", ["were"]),
        # Seen words alone, or skipped ones alone.
        ("men were", "", "", []),
        ("2", "", "", []),
        ("¶", "", "", []),
        ("So it is", "", "", []),
        ("", "", "", []),
        # No number runs over the border.
        ("Killed 121", "", "", []),
        ("121 men", "", "", []),
        ("Killed 12", "", "1 men", []),
    ],
)
def test_a_key_may_run_over_what_is_skipped(exact, prefix, suffix, places):
    assert found(FOOTNOTES, exact, prefix, suffix) == places


@pytest.mark.parametrize(
    ("exact", "places"),
    [
        ("漢かん字じです", ["漢字です"]),
        ("これは漢かん", ["これは漢"]),
        ("かん字", ["字"]),
        ("漢(かん)字", []),
        ("かん", []),
    ],
)
def test_ruby_may_be_copied_with_its_readings_but_not_with_their_brackets(exact, places):
    assert found(RUBY, exact) == places


def test_an_end_inside_a_word_is_none_here_either():
    page = page_of("The boats[^1] are.\n\n[^1]: One.\n")

    assert found(page, "boats1 are") == ["boats are"]
    assert found(page, "oats1 are") == []
    assert found(page, "boats1 ar") == []


def test_words_at_the_very_start_and_end():
    page = Page(project('<p><a class="headerlink">¶</a>so it is<a class="headerlink">§</a></p>'))

    assert found(page, "¶so it is§") == ["so it is"]
    assert found(page, "¶so") == ["so"]
    assert found(page, "is§") == ["is"]


def test_blocks_end_in_this_reading_as_in_the_first():
    page = page_of("It was[^1] 12\n\n000 men.\n\n[^1]: One.\n")

    assert found(page, "was1 12") == ["was 12"]
    assert found(page_of("It was[^1] 12 000 men.\n\n[^1]: One.\n"), "was1 12") == []


def test_letters_are_those_of_all_words():
    assert FOOTNOTES.second_reading.letters.count("men2were") == 1
    assert FOOTNOTES.second_reading.letters.count("menwere") == 0


def test_more_places_than_are_counted_are_too_many():
    one = 'so<sup><a class="footnote-ref">1</a></sup> '
    page = Page(project(f"<p>{one * (MOST_PLACES + 9)}</p>"))

    places = page.second_reading.places(Words("so1"))

    assert (len(places.ranges), places.too_many) == (MOST_PLACES, True)
