"""A page prepared for a search for what is only alike."""

import pytest

from mkdocs_annotate.anchoring.form import fold
from mkdocs_annotate.anchoring.inexact_text import NearText, words_of
from mkdocs_annotate.model.places import Range


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the ferry, the “ferry”!", ["the", "ferry", "the", "ferry"]),
        ("11,000 men at 10:30", ["11,000", "men", "at", "10:30"]),
        ("in utf-8.", ["in", "utf-8"]),
        ("the mayor's office", ["the", "mayor", "s", "office"]),
        ("日本 ab語", ["日", "本", "ab", "語"]),
        ("… --- ()", []),
        ("", []),
        ("a", ["a"]),
    ],
)
def test_words_are_what_stands_between_spaces_without_the_signs_around(text, words):
    found = words_of(text)

    assert [word for word, _ in found] == words
    assert all(text.startswith(word, at) for word, at in found)


def test_a_near_text_is_in_lower_case_place_by_place():
    text = NearText(fold("STRASSE “Straße” İki İş STRASSE"))

    assert text.text == 'strasse "straße" iki iş strasse'
    assert text.words == ["strasse", "straße", "iki", "iş", "strasse"]
    assert text.starts == [0, 9, 17, 21, 24]
    assert text.numbers["strasse"] == [0, 4]
    assert text.end(1) == 15


def test_ranges_lead_back_to_the_text():
    original = "an  oﬃce … here"
    text = NearText(fold(original))

    assert text.text == "an office ... here"
    place = text.back(Range(text.starts[1], text.end(1)))
    assert original[place.start : place.end] == "oﬃce"
