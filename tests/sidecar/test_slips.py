import pytest

from mkdocs_annotate.sidecar.line_mistakes import line_mistake, odd_space
from mkdocs_annotate.sidecar.lines import QUOTES, Lines, in_quotes, quoted_line


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("<<<<<<< HEAD", 0, "the marks of a merge conflict stand here"),
        ("=======", 0, "the marks of a merge conflict stand here"),
        (
            "\u00a0\u00a0note: x",
            0,
            "the invisible character U+00A0 no-break space stands beside a key",
        ),
        (
            "  - \u200bnote: x",
            4,
            "the invisible character U+200B zero width space stands beside a key",
        ),
        (
            "note\u00a0: x",
            4,
            "the invisible character U+00A0 no-break space stands beside a key",
        ),
        (
            "note:\u3000x",
            5,
            "the invisible character U+3000 ideographic space stands beside a key",
        ),
        ("  * quote: x", 2, "a list entry begins with `*`"),
        ("  – quote: x", 2, "a list entry begins with `–`"),
        ("  • quote: x", 2, "a list entry begins with `•`"),
        ("  12. quote: x", 2, "a list entry begins with `12.`"),
        ("-- quote: x", 0, "a list entry begins with `--`"),
        ("  -quote: x", 2, "no space stands behind the `-`"),
        ('  -"quote": x', 2, "no space stands behind the `-`"),
        ("- -quote: x", 2, "no space stands behind the `-`"),
        ("  - quote:x", 9, "no space stands behind the colon of `quote:`"),
        ('"quote":"x"', 7, "no space stands behind the colon of `quote:`"),
        ("  note = x", 6, "no colon stands behind `note`, but `=`"),
        ("  note： x", 6, "no colon stands behind `note`, but `：`"),
        ("annotations", 11, "no colon stands behind `annotations`"),
        ("// x", 0, "`//` does not begin a comment in YAML"),
        ("  <!-- x -->", 2, "`<!--` does not begin a comment in YAML"),
        ("/* x */", 0, "`/*` does not begin a comment in YAML"),
        ("```yaml", 0, "a line that fences code in Markdown stands in a file of YAML"),
        ("~~~", 0, "a line that fences code in Markdown stands in a file of YAML"),
    ],
)
def test_a_line_shows_its_mistake(line, column, message):
    mistake = line_mistake(Lines(f"x\n{line}"), 1)

    assert mistake is not None
    assert (mistake.place, mistake.message) == ((1, column), message)
    assert mistake.hint


@pytest.mark.parametrize(
    "line",
    [
        "",
        "note: x",
        "  - quote: x",
        "- https://example.org",
        "url://x",
        "-5 degrees",
        "noteworthy",
        "- x",
        "a\u00a0b",
        "words: x",
        "*Bold* text",
        "1. one",
        "= x",
        "< x",
    ],
)
def test_a_line_that_yaml_would_take_shows_none(line):
    assert line_mistake(Lines(line), 0) is None


def test_what_has_no_width_is_deleted_and_what_has_is_replaced():
    wide, narrow = odd_space("\u00a0note: x", 0), odd_space("\ufeffnote: x", 0)

    assert wide is not None
    assert narrow is not None
    assert (wide.hint, narrow.hint) == ("replace it by a space", "delete it")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("note: a: b", 'note: "a: b"'),
        ('  - quote: "a" b', "quote: '\"a\" b'"),
        ("note: C:\\x: y", "note: 'C:\\x: y'"),
        ("note: “a: b”", 'note: "a: b"'),
        ('note: "a"b"', "note: 'a\"b'"),
        ("note: a: b\n\n  c", 'note: "a: b"'),
        ("note: a: b\nby: c", 'note: "a: b"'),
        ("note: a: b\n  goes on", ""),
        ('note: "it\'s" a: b', ""),
        ("note:", ""),
        ("- a: b: c", 'a: "b: c"'),
        ("just words", ""),
        ("note: " + "a" * 61, ""),
    ],
)
def test_a_short_value_is_written_out_in_quotes(text, line):
    assert quoted_line(Lines(text), 0) == line


def test_how_to_quote_is_told_as_exactly_as_may_be():
    assert in_quotes(Lines("note: a: b"), 0) == 'put it in quotes: `note: "a: b"`'
    assert in_quotes(Lines("words"), 0) == QUOTES
    assert in_quotes(Lines("note:"), 0) == (
        'put the whole value in quotes, `note: "…"`, or write `note: |` and the text on the next '
        "line, indented"
    )
