"""Folded text: the same for a reader is the same for us, at an edge as inside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_annotate.anchoring.matching import _inside_cluster
from mkdocs_annotate.anchoring.normalisation import Level, bare, fold, fold_further

from mkdocs_annotate.model.places import Range

FAMILY = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"
ALPHABET = [
    *"aAbß İıΣςﬁﷺ½²Å日本ガｶの한국مرحبا1٣,.;-–—…'’“”`\t",
    *("\n", "\u00a0", "\u00ad", "\u200b", "\u200f", "\u2028", "\ufe0f", "\u0301", "\u0323"),
    *("e\u0301", "\u1112\u1161\u11ab", "ｶ\uff9e", "\u0958", "क्ष", "ന്\N{ZERO WIDTH JOINER}"),
    *("--", "...", "  ", FAMILY, "👍🏽", "🇩🇪", "❤\ufe0f", "🏴\U000e0067\U000e007f"),
]
TEXT = st.lists(st.sampled_from(ALPHABET), max_size=14).map("".join)
LEVELS = st.sampled_from(Level)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a  b", "a\n\tb"),
        ("a b", "a\N{NO-BREAK SPACE}b"),
        ("a b", "a\N{IDEOGRAPHIC SPACE}b"),
        ("don't", "don’t"),
        ("5'", "5\N{PRIME}"),
        ("'a'", "`a´"),
        ('"so"', "“so”"),
        ('"so"', "»so«"),
        ("'so'", "‹so›"),
        ("a - b", "a – b"),
        ("a - b", "a --- b"),
        ("a - b", "a —— b"),
        ("-1", "\N{MINUS SIGN}1"),
        ("so...", "so…"),
        ("co\N{SOFT HYPHEN}op", "coop"),
        ("a\N{ZERO WIDTH SPACE}b", "ab"),
        ("שלום\N{RIGHT-TO-LEFT MARK}", "שלום"),
        ("❤\N{VARIATION SELECTOR-16}", "❤"),
        (FAMILY, "👨👩👧"),
        ("é", "e\N{COMBINING ACUTE ACCENT}"),
        ("한", "\u1112\u1161\u11ab"),
        ("\N{ANGSTROM SIGN}", "Å"),
        ("\u0915\u093c", "\u0958"),
    ],
)
def test_typography_makes_no_difference(one, other):
    assert fold(one, Level.TYPOGRAPHY).text == fold(other, Level.TYPOGRAPHY).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("us", "US"),
        ("''", '"'),
        ("a b", "ab"),
        ("a", "á"),
        ("ﬁ", "fi"),
        ("2", "²"),
        ("1.5", "15"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e007f"),
        ("🇩🇪", "🇪🇩"),
    ],
)
def test_other_things_do(one, other):
    assert fold(one, Level.TYPOGRAPHY).text != fold(other, Level.TYPOGRAPHY).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Us", "uS"),
        ("STRASSE", "Straße"),
        ("ΟΔΟΣ", "οδος"),
        (
            "\u03aa\N{COMBINING ACUTE ACCENT}",
            "\N{GREEK SMALL LETTER IOTA WITH DIALYTIKA AND TONOS}",
        ),
        ("İSTANBUL", "istanbul"),
        ("KAPI", "kapı"),
        ("ﬁre", "fire"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("ｶﾞｽ", "ガス"),
        ("Ａｂ", "ab"),
        ("m²", "m2"),
    ],
)
def test_letters_are_the_same_in_any_case_and_form(one, other):
    assert fold(one, Level.LETTERS).text == fold(other, Level.LETTERS).text


def test_words_are_letters_digits_and_their_marks():
    assert (
        fold("Al-Jazeera’s “A_1”, 日本語！ हिन्दी 👍", Level.WORDS).text == "aljazeerasa1日本語हिन्दी"
    )


@given(TEXT)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_folding_again_changes_nothing(text):
    once = fold(text, Level.TYPOGRAPHY).text

    assert fold(once, Level.TYPOGRAPHY).text == once


@given(TEXT, LEVELS, LEVELS)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_each_level_goes_on_from_the_one_before(text, first, then):
    lower, higher = sorted((first, then))
    step = fold(text, lower)

    whole = fold(text, higher)

    assert fold_further(step, higher) == whole
    assert whole.level == higher


@given(TEXT, LEVELS)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_the_way_back_leads_inside_the_text_and_never_turns(text, level):
    folded = fold(text, level)
    length = len(folded.text)

    ranges = [folded.back(Range(place, place + 1)) for place in range(length)]

    edges = [(place.start, place.end) for place in ranges]
    assert all(0 <= start < end <= len(text) for start, end in edges)
    assert edges == sorted(edges)
    if length:
        whole = folded.back(Range(0, length))
        assert (whole.start, whole.end) == (edges[0][0], edges[-1][1])


@given(TEXT, LEVELS)
@settings(deadline=None, derandomize=True, max_examples=400)
def test_a_part_is_folded_as_it_is_inside_the_whole(text, level):
    """Cut at graphemes; a part of `...` that stays `...`, where `…` would be lost."""
    folded = fold(text, level).text
    cuts = [at for at in range(len(text) + 1) if not _inside_cluster(text, at)]

    lost = [
        text[start:end]
        for number, start in enumerate(cuts)
        for end in cuts[number + 1 :]
        if fold(text[start:end], level).text.strip() not in folded
    ]

    assert lost == []


def test_what_was_folded_together_comes_back_together():
    folded = fold("a — — b…c", Level.TYPOGRAPHY)

    assert folded.text == "a - - b...c"
    assert folded.back(Range(2, 3)) == Range(2, 3)
    assert folded.back(Range(7, 8)) == Range(7, 8)
    assert folded.back(Range(8, 9)) == Range(7, 8)
    assert folded.back(Range(6, 11)) == Range(6, 9)


def test_plain_text_needs_no_way_back():
    assert fold("Plain words, as typed.", Level.TYPOGRAPHY).maps == ()
    assert fold("Plain words, as typed.", Level.LETTERS).maps == ()


def test_letters_with_endless_marks_are_left_alone():
    """To compose them takes time that grows with the square of their number."""
    text = "e" + "\u0301\u0323" * 20_000 + " the boat"

    assert fold(text, Level.TYPOGRAPHY).text == text
    assert fold("e" + "\u0301" * 30, Level.TYPOGRAPHY).text == "\u00e9" + "\u0301" * 29


def test_bare_text_is_its_letters_and_digits():
    assert bare("The 2nd **Boat**,\n it's here!") == "the2ndboatitshere"
    assert bare("…") == ""
