import pytest

from mkdocs_annotate.sidecar.line_mistakes import KEYS, out_of_line
from mkdocs_annotate.sidecar.lines import Lines

TEXT = """\
sources:
  a:
    title: A
annotations:
  - quote: one
    sources:
      - source: a
        locator: p. 3
"""


@pytest.mark.parametrize(
    ("line", "column", "hint"),
    [
        ("   note: x", 3, "begin it in column 5, under `sources`"),
        ("         quote: x", 9, "begin it in column 9, under `locator`"),
        ("  quote: x", 2, "write `- quote: …`"),
        (" - quote: x", 1, "begin the `-` in column 3"),
        ("    - note: x", 4, "remove it: only the first key of an entry has one"),
        (
            " sources:",
            1,
            "begin it in column 5, under `sources`, or in column 1, if it speaks of the whole file",
        ),
        (" article:", 1, "begin it in column 1"),
        ("   minutes:", 3, "begin it in the same column as they do"),
    ],
)
def test_a_line_is_told_where_it_belongs(line, column, hint):
    lines = Lines(TEXT + line + "\n")
    head = lines.head(8)

    assert head is not None
    mistake = out_of_line(8, head, lines)

    assert (mistake.place, mistake.hint) == ((8, column), hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("  -\n  quote: x", "indent it further than the `-` above it"),
        ("a: 1\n  quote: x", "begin it in the same column as they do"),
        ("a: 1\n  - quote: x", "remove it: only the first key of an entry has one"),
    ],
)
def test_a_first_line_has_nothing_to_stand_under(text, hint):
    lines = Lines(text)
    head = lines.head(1)

    assert head is not None
    assert out_of_line(1, head, lines).hint == hint


def test_every_key_is_known_with_the_entries_that_have_it():
    assert [record.called for record in KEYS["locator"]] == ["a citation"]
    assert [record.called for record in KEYS["date"]] == [
        "a correction",
        "`defaults`",
        "a source",
        "an annotation",
    ]
