"""A search by index finds what a plain search finds."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.string_search import LEAST_EXPECTED, Finder

WORDS = st.lists(st.sampled_from("a b ab ba aa the boat is in".split()), min_size=1, max_size=6)
TEXT = st.lists(WORDS, max_size=12).map(lambda runs: " ".join(" ".join(run) for run in runs))
FILLING = [f"none of these {number}" for number in range(LEAST_EXPECTED)]


def expecting(text, *quotes):
    finder = Finder(text)
    finder.expect([*quotes, *FILLING])
    return finder


@given(TEXT, st.lists(WORDS.map(" ".join), max_size=4))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_it_finds_every_place(text, quotes):
    finder = expecting(text, *quotes)

    for quote in quotes:
        plain = [found.start() for found in re.finditer(f"(?={re.escape(quote)})", text)]
        assert list(finder.starts(quote)) == plain


def test_an_index_is_used_where_it_saves_time():
    text = "the boat is in the bay " * 50 + "where our ship lay "
    finder = expecting(text, "boat where ship lay", "our ship lay")

    finder.text = Unsearchable(text)

    assert list(finder.starts("our ship lay")) == [text.index("our ship lay")]


def test_a_place_of_a_word_is_none_of_all_words():
    text = "the boat is in the bay " * 50 + "where our ship lay and their ship lay "
    finder = expecting(text, "our ship lay", "their ship lay")

    finder.text = Unsearchable(text)

    assert list(finder.starts("our ship lay")) == [text.index("our ship lay")]


def test_a_frequent_word_is_searched_for():
    finder = expecting("a b " * 100, "a b a")

    assert list(finder.starts("a b a")) == list(range(0, 396, 4))


def test_words_that_nobody_expected_are_searched_for():
    finder = expecting("one two three four", "two three four")

    assert list(finder.starts("one two three")) == [0]


def test_a_few_are_not_worth_an_index():
    finder = Finder("one two three")
    finder.expect(["one two three"])

    assert finder.places == {}


class Unsearchable(str):
    def find(self, *_):
        raise AssertionError("it was searched for")
