import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.messages import character_name, forbidden_character
from mkdocs_annotate.model.problems import SHOWN_LENGTH, shown


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x08",
        "\x0b",
        "\r",
        "\x1f",
        "\x7f",
        "\x80",
        "\x9f",
        "\ud800",
        chr(0xDFFF),
        "\ufdd0",
        "\ufdef",
        "\ufffe",
        "\U0001ffff",
        "\U0010fffe",
    ],
)
def test_no_sidecar_holds_what_no_keyboard_makes(character):
    assert forbidden_character(f"a{character}b") == character
    assert forbidden_character(f"a{character}b", quoted=True) == character


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\tb\nc",
        "\u00a0\u00ad",
        "\u200b\u200c\u200d\u200e\u200f\u061c",
        "\ufe0f\u0301",
        "\U0001f469\u200d\U0001f52c",
        "می\u200cخواهم",
        "\u2028\u2029",
        "\ufffd\ufdf0",
    ],
)
def test_what_scripts_need_stays(text):
    assert forbidden_character(text) is None


@pytest.mark.parametrize("character", ["\u202d", "\u202e"])
def test_an_override_of_the_direction_is_folded_in_quotes_alone(character):
    assert forbidden_character(f"a{character}\u202c") == character
    assert forbidden_character(f"a{character}", quoted=True) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\u2067a\u2069", None),
        ("\u202aa\u202c", None),
        ("\u2066\u202bab\u202c\u2069", None),
        ("\u2067a", "\u2067"),
        ("a\u2069", "\u2069"),
        ("\u2067a\u202c", "\u202c"),
        ("\u202a\u2066a\u202c\u2069", "\u202c"),
        ("\u2067\u2068a\u2069", "\u2067"),
    ],
)
def test_turns_of_the_direction_are_closed_in_order(text, found):
    assert forbidden_character(text) == found
    assert forbidden_character(text, quoted=True) is None


def test_a_character_is_named_by_its_number_and_its_name():
    assert character_name("\u202e") == "U+202E right-to-left override"
    assert character_name("\x00") == "U+0000"
    assert character_name("\U0001f642") == "U+1F642 slightly smiling face"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("words", "words"),
        ("a\nb\tc", "a b c"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb\u2066c\u2028d", "a\\u202eb\\u2066c\\u2028d"),
        ("a\ud800b", "a\\ud800b"),
        ("a\U0010ffffb", "a\\u10ffffb"),
        ("##[error]x", "##\\[error]x"),
        ("##vso[task]x", "##\\vso[task]x"),
        ("## heading", "## heading"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a" * SHOWN_LENGTH, "a" * SHOWN_LENGTH),
        ("a" * (SHOWN_LENGTH + 1), "a" * (SHOWN_LENGTH - 1) + "…"),
    ],
)
def test_a_value_is_shown_as_one_harmless_line(text, line):
    assert shown(text) == line


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_whatever_is_shown_can_be_printed(text):
    line = shown(text)

    assert len(line.splitlines()) <= 1
    assert forbidden_character(line) is None
    assert "##[" not in line
    line.encode("utf-8")
