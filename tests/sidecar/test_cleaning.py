import pytest

from mkdocs_annotate.sidecar.lines import MOST_CHARACTERS, Lines, cleaned


def test_a_sound_text_stays_as_it_is():
    lines = Lines("a: \u00a0\u200d\U0001f642\tb\r\n")

    assert cleaned(lines) == (lines, [], [])


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x9f", "\ud800", "\ufffe"])
def test_a_control_character_is_replaced_so_that_places_hold(character):
    lines, replaced, told = cleaned(Lines(f"a: b\nc: {character}d"))

    assert lines.text == "a: b\nc: \ufffdd"
    assert replaced == [8]
    assert [explanation.place for explanation in told] == [(1, 3)]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_of_unicode_is_a_space(character):
    lines, replaced, _ = cleaned(Lines(f"a{character}b"))

    assert (lines.text, replaced) == ("a b", [1])


def test_of_many_some_are_told_and_the_rest_counted():
    _, replaced, told = cleaned(Lines("\x01" * 1_015))

    assert len(replaced) == 1_015
    assert len(told) == MOST_CHARACTERS + 1
    assert told[-1].place == (0, MOST_CHARACTERS)
    assert told[-1].message == "1,005 more such characters stand here and below"
