"""Words of the Markdown and of the visible text, paired."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_annotate.anchoring.alignment import REACH, align, pair_words, split_words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import SourceRange

SOURCE = """# The *old* bridge

See **the quick *brown*
fox** of [the town](http://example.org/long-link "A title") & its
`code` [ref][r]; text[^1] follows -- here.

| a | b |
|---|---|
| one **two** | three |

1. First step: press ++ctrl++.
2. Second step, `**not bold**` as typed.

<div title="hidden words" markdown>Inside *a* box.</div>

[r]: http://example.org/reference
[^1]: The note's words.
"""


def page_of(source):
    return Page(project(markdown(source, extensions=["extra"])), source)


def test_partners_rise_and_are_the_same_words():
    page = page_of(SOURCE)
    alignment = page.alignment

    pairs = [(left, right) for left, right in enumerate(alignment.partners) if right >= 0]
    assert len(pairs) > 30
    assert [right for _, right in pairs] == sorted({right for _, right in pairs})
    for left, right in pairs:
        source = SOURCE[alignment.source_starts[left] : alignment.source_ends[left]]
        visible = page.text[alignment.text_starts[right] : alignment.text_ends[right]]
        assert source.lower() == visible.lower()


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from("a b c d e".split())), st.lists(st.sampled_from("a b c d".split())))
def test_any_two_texts_are_aligned_in_order(left, right):
    partners = align(" ".join(left), " ".join(right)).partners

    found = [
        (left[index], right[partner]) for index, partner in enumerate(partners) if partner >= 0
    ]
    assert all(one == other for one, other in found)
    rising = [partner for partner in partners if partner >= 0]
    assert rising == sorted(set(rising))


def test_equal_texts_are_aligned_word_by_word():
    draw = random.Random(1)
    text = " ".join(draw.choices(["one", "two", "three", "four"], k=500))

    assert align(text, text).partners == list(range(500))


def test_stretches_too_large_to_compare_stay_unaligned():
    left = "a b " * 300
    right = "b a " * 300 + "b"

    partners = align("x " + left + "y", "z " + right + "w").partners

    assert partners == [-1] * 602


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The *old* Bridge_x, it's 1,000", ["the", "old", "bridge", "x", "it", "s", "1", "000"]),
        ("漢字 ab語", ["漢", "字", "ab", "語"]),
        ("한국어를", ["한", "국", "어", "를"]),
        ("", []),
        ("…", []),
    ],
)
def test_words_are_runs_of_letters_and_single_signs_of_some_scripts(text, words):
    found, starts, ends = split_words(text)

    assert found == words
    assert [text[start:end].lower() for start, end in zip(starts, ends, strict=True)] == words


def test_pairs_of_any_words_rise():
    assert pair_words(["a", "b", "c"], ["b", "x", "c"]) == [-1, 0, 2]
    assert pair_words([], ["a"]) == []


def shown(source, text, words):
    """Return where in `text` the first of `words` of `source` shows, letter by letter."""
    alignment = align(source, text)
    start = source.index(words)
    numbers = alignment.words_of(SourceRange(start, start + len(words)))
    places = [alignment.shown_at(number) for number in numbers if alignment.shows(number)]
    return ["".join(text[at] for at in letters) for letters in places]


@pytest.mark.parametrize(
    ("source", "text", "words", "found"),
    [
        ("The **boat** is", "The boat is", "**boat**", ["boat"]),
        ("is H~2~O, so", "is H2O, so", "H~2~O", ["H", "2", "O"]),
        (
            "an inter*nation*al one",
            "an international one",
            "inter*nation*al",
            ["inter", "nation", "al"],
        ),
        ("and <b>B</b>old it", "and Bold it", "<b>B</b>old", ["B", "old"]),
        ("one two three", "zzz two three", "one", [""]),
        ("one two", "one zzz yyy two", "one", ["one"]),
        ("x one y", "x zzz y", "one", [""]),
        # Longer in another case: no letter has its place.
        ("İ is", "i̇ is", "İ", [""]),
    ],
)
def test_each_letter_of_a_word_has_its_place_or_none(source, text, words, found):
    assert shown(source, text, words) == found


def test_neighbours_without_partners_are_looked_at_so_far_and_no_further():
    source = " ".join("ab" for _ in range(2 * REACH + 3))
    text = source.replace("ab", "a b")

    assert align(f"x {source} y", f"x {text} y").shown_at(REACH + 2) == []
    assert align(f"x {source}", f"x {text}").shown_at(1) == []
    assert align("x ab y", "x a b y").shown_at(1) == [2, 4]


def test_words_in_syntax_show_only_if_they_have_a_partner():
    source = "See [the boat](boats.md 'title') and `[x](y)`."
    alignment = align(source, "See the boat and [x](y).")
    shows = dict(zip(alignment.source_words, map(alignment.shows, range(99)), strict=False))

    assert shows == {
        **dict.fromkeys(["see", "the", "boat", "and", "x", "y"], True),
        **dict.fromkeys(["boats", "md", "title"], False),
    }


def test_a_partner_is_sure_if_no_other_word_between_its_neighbours_is_the_same():
    alignment = align("Start. The boat leaves.", "Start. The boat. The boat leaves.")

    assert [alignment.is_sure(word) for word in range(4)] == [True, True, False, True]
    assert align("a", "b").is_sure(0)


def test_letters_between_two_places_of_the_text():
    alignment = align("", "The boat, it's full.")

    assert alignment.letters(0, 20) == "theboatitsfull"
    assert alignment.letters(1, 6) == "hebo"
    assert alignment.letters(5, 7) == "oa"
    assert alignment.letters(8, 9) == ""
    assert alignment.text_letters == "theboatitsfull"
    assert align("a [b](c)", "a b").source_letters == "ab"


def test_stretches_that_do_not_show_are_found_by_their_place():
    source = "a [b](c) d <e> f"
    alignment = align(source, "a b d f")

    assert [source[start:end] for start, end, _ in alignment.unshown(0, 99)] == ["](c)", "<e>"]
    assert [source[start:end] for start, end, _ in alignment.unshown(5, 6)] == ["](c)"]
    assert alignment.unshown(0, 3) == []


def test_what_looks_like_a_stretch_and_shows_is_text():
    alignment = align("a <b> c", "a <b> c")

    assert alignment.stretches
    assert alignment.unshown(0, 99) == []
    assert alignment.shows(1)
