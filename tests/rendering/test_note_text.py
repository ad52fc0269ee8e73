import time

import pytest

from mkdocs_annotate.model.messages import forbidden_character
from mkdocs_annotate.rendering.note_content import beyond_limits, html_as_typed, plain_html
from mkdocs_annotate.sidecar.format import NOTE


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\t", ""),
        ("Words.", "<p>Words.</p>"),
        ("\nWords.\n\n", "<p>Words.</p>"),
        ("Two\nlines.", "<p>Two\nlines.</p>"),
        ("One.\n\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ('"It\'s 5 % (or 6): a-b, 1. c, #2!"', '<p>"It\'s 5 % (or 6): a-b, 1. c, #2!"</p>'),
        ("# no heading\n= none", "<p># no heading\n= none</p>"),
        ("„Größe“ … 👩\u200d🔬 می\u200cشود", "<p>„Größe“ … 👩\u200d🔬 می\u200cشود</p>"),
    ],
)
def test_text_without_markdown_becomes_paragraphs(text, html):
    assert html == plain_html(text)


@pytest.mark.parametrize(
    "text",
    [
        *["*a*", "_a_", "`a`", "[a]", "\\a", "<a", "a > b", "a & b", "a | b", "~~~"],
        *[" a", "\ta", "1. a", "1986", "- a", "+ a", "٣. a", "\u00a0a", "a\n- b", "a\n b"],
        *["a \nb", "a  \nb", "a ", "a\tb", "a\n\n b", "a\r\nb", "a\x02b", "a\u202eb", "a\u2066b"],
    ],
)
def test_text_that_markdown_could_change_is_left_to_it(text):
    assert plain_html(text) is None


def test_text_without_markdown_has_the_same_limit_as_other_text():
    assert plain_html("a" * NOTE)
    assert plain_html("a" * (NOTE + 1)) is None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
        ("\n- a\n\n- b\n", "<p>- a<br>\n<br>\n- b</p>"),
        ("a\x02b\x00c\ufffe", "<p>a\ufffdb\ufffdc\ufffd</p>"),
        ("a\u202eb", "<p>a\ufffdb</p>"),
        ("\u2066a", "<p>\ufffda</p>"),
        ("\u2066a\u2069", "<p>\u2066a\u2069</p>"),
        ("&#x202e;", "<p>&amp;#x202e;</p>"),
    ],
)
def test_text_is_shown_as_typed_but_for_characters_that_may_not_be_shown(text, html):
    assert html == html_as_typed(text)
    assert forbidden_character(html) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("*" + "a" * (NOTE - 1), None),
        ("*" + "a" * NOTE, "5,001 characters, and a note may have 5,000"),
        ("[" * 64, None),
        ("[" * 65, "more than 64 `[`"),
        ("\\" * 64, None),
        ("\\" * 65, "more than 64 `\\`"),
        ("`" * 128, None),
        ("`" * 129, "more than 128 ```"),
        ("~" * 128, None),
        ("~" * 129, "more than 128 `~`"),
        ("*" * 100 + " " + "*" * 100, None),
        ("*" * 101, "101 `*` in a row"),
        ("_" * 100 + "*" + "_" * 100, None),
        ("_" * 101, "101 `_` in a row"),
        ("- " * 12, None),
        ("- " * 13, "begins with more than 12 signs"),
        (">" * 12 + " a", None),
        (">" * 13 + " a", "begins with more than 12 signs"),
        ("a\n\t1. > * + - 2. > * + - > > > a", "begins with more than 12 signs"),
        ("-" * 13, None),
        ("a " + "- " * 13, None),
        ("a\x00", "U+0000"),
        ("a\u202eb", "U+202E right-to-left override"),
        ("&#x202E;", "U+202E right-to-left override"),
        ("&#0000000008238;", "U+202E right-to-left override"),
        ("&#2;", "U+0002"),
        ("&#xFFFE;", "U+FFFE"),
        ("&#xD800;", "U+D800"),
        ("&#x200D;&zwnj;&lrm;&#x2067;a&#x2069;", None),
    ],
)
def test_a_note_may_go_to_each_limit_and_not_beyond(text, told):
    refusal = beyond_limits(text)

    assert (told is None) == (refusal is None)
    assert told is None or told in refusal.message
    assert told is None or refusal.hint


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "a\n" * 500_000,
        "a\n" * 500_000 + "a ",
        "a" + "\n" * 1_000_000 + "*",
        "\u2066" * 200_000,
        "\ud800" * 200_000,
        "&#1" * 300_000,
        "\x00" * 200_000,
    ],
)
def test_the_time_does_not_grow_beyond_the_length_of_a_note(text):
    started = time.process_time()

    plain_html(text)
    beyond_limits(text[:NOTE])
    html_as_typed(text)

    assert time.process_time() - started < 10


@pytest.mark.parametrize("unit", ["- ", "1. ", "1", ">", " ", "\t", "* \n", "\n", "- > ", "- x "])
def test_the_time_does_not_grow_beyond_the_limits_of_a_note(unit):
    started = time.process_time()

    for _ in range(100):
        beyond_limits(unit * (NOTE // len(unit)))

    assert time.process_time() - started < 10
