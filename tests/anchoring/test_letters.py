"""Letters and digits alone: for hints, never for places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.form import fold
from mkdocs_annotate.anchoring.inexact_text import Letters, letters_of


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The 2nd **Boat**,\n it's here!", "the2ndboatitshere"),
        ("…", ""),
        ("", ""),
        ("\0\t", ""),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ΟΔΟΣ", "οδοσ"),
        ("İstanbul", "istanbul"),
        ("Café", "cafe"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "cafe"),
        ("oﬃce", "office"),
        ("m²", "m2"),
        ("½", "12"),
        ("١٢", "١٢"),
        ("كَتَبَ", "كتب"),
        ("שָׁלוֹם", "שלום"),
        ("日本語！", "日本語"),
        ("👍🏽 🇩🇪", ""),
        ("ﷺ", "صلىاللهعليهوسلم"),
    ],
)
def test_letters_are_without_case_accents_and_signs(text, letters):
    assert letters_of(text) == letters


def found(text, words, most=9):
    return [text[place.start : place.end] for place in Letters(fold(text)).places(words, most)]


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("The boat, THE BOAT; the bo-at", "the boat", ["The boat", "THE BOAT", "the bo-at"]),
        ("illegal", "legal", ["legal"]),
        ("the oﬃce", "ice", ["ﬃce"]),
        ("a…b", "ab", ["a…b"]),
        ("ﷺ", "الله", ["ﷺ"]),
        ("كَتَبَ", "كتب", ["كَتَبَ"]),
        ("so it is", "boat", []),
        ("so it is", "…", []),
        ("", "so", []),
        ("aaa", "aa", ["aa", "aa"]),
    ],
)
def test_places_of_letters_are_those_of_the_text(text, words, places):
    assert found(text, words) == places


def test_no_more_are_looked_at_than_asked_for():
    letters = Letters(fold("so " * 50))

    assert letters.count("so") == 2
    assert letters.count("so", 10) == 10
    assert letters.count("so", 100) == 50
    assert letters.count("") == 0
    assert len(letters.places("so", 7)) == 7


@given(st.text(st.sampled_from("aB. ßéﬃ½İﷺ日\u0301\u00ad…"), max_size=20))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_the_letters_of_a_form_are_those_of_the_text(text):
    """So that a quote and a page may be compared, whatever was folded."""
    letters = Letters(fold(text))

    assert letters.text == letters_of(text)
    if letters.text:
        (whole, *_) = letters.places(text, 1)
        assert 0 <= whole.start < whole.end <= len(text)
        assert letters_of(text[whole.start : whole.end]) == letters.text
