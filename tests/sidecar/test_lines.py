import pytest

from mkdocs_annotate.sidecar.lines import Head, Lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_ends_as_it_does_for_editors(end):
    lines = Lines(f"one{end}{end}three")

    assert [lines[number] for number in range(-1, 5)] == ["", "one", "", "three", "", ""]
    assert lines.place(len(lines.text)) == (2, 5)


def test_other_line_ends_of_unicode_are_characters():
    assert Lines("a\u2028b\x0bc\x85d")[0] == "a\u2028b\x0bc\x85d"


def test_an_offset_has_a_line_and_a_column():
    lines = Lines("ab\ncd\n")

    assert [lines.place(offset) for offset in range(7)] == [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (1, 2),
        (2, 0),
    ]


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("note: x", Head("note", 0, 4, "x", 6, -1)),
        ("  - quote:  x: y", Head("quote", 4, 9, "x: y", 12, 2)),
        ("- - a:", Head("a", 4, 5, "", 6, 2)),
        ('  "note" : x', Head("note", 2, 9, "x", 11, -1)),
        ("based_on: x", Head("based_on", 0, 8, "x", 10, -1)),
        ("note:x", None),
        ("# note: x", None),
        ("1984: x", None),
        ("two words: x", None),
        ("-note: x", None),
        ("", None),
    ],
)
def test_a_line_may_begin_with_a_key(line, head):
    assert Lines(line).head(0) == head


def test_the_line_above_is_neither_blank_nor_a_comment():
    lines = Lines("a: 1\n\n  # b\n \nc: 2\n")

    assert lines.above(4) == 0
    assert lines.above(0) == -1


def test_the_owner_of_a_line_is_the_key_above_it():
    lines = Lines("# top\na: one\n  two\n\n  three\n")

    assert lines.owner(4) == (1, Head("a", 0, 1, "one", 3, -1))
    assert lines.owner(0) is None
