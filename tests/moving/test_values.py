"""Parts of values, in every style YAML has."""

import pytest

from mkdocs_annotate.sidecar.editing import EditSession, Uneditable
from mkdocs_annotate.sidecar.yaml_text import Replacement

STYLES = {
    "a: see x.md # x.md": "a: see yy.md # x.md",
    "a: 'see x.md'": "a: 'see yy.md'",
    'a: "see x.md\\u0021"': 'a: "see yy.md\\u0021"',
    "a: |\n  see x.md\nb: x.md": "a: |\n  see yy.md\nb: x.md",
    "a: >\n  see\n  x.md": "a: >\n  see\n  yy.md",
    "{a: see x.md, b: x.md}": "{a: see yy.md, b: x.md}",
}


def values(text):
    return EditSession(text, "a.yml").texts()


def with_parts(text, changes):
    session = EditSession(text, "a.yml")
    session.replace_parts(changes)
    return session.text


@pytest.mark.parametrize("text", STYLES)
def test_a_part_is_changed_where_it_stands(text):
    start = values(text)[("a",)].text.index("x.md")

    assert with_parts(text, {("a",): [Replacement(start, start + 4, "yy.md")]}) == STYLES[text]


def test_of_equal_parts_the_one_meant_is_changed():
    text = "a: x x x"

    assert with_parts(text, {("a",): [Replacement(2, 3, "y")]}) == "a: x y x"


def test_what_is_written_otherwise_cannot_be_changed():
    with pytest.raises(Uneditable):
        with_parts('a: "x\\x2emd"', {("a",): [Replacement(0, 4, "y")]})


def test_what_would_be_read_otherwise_is_refused():
    with pytest.raises(Uneditable):
        with_parts("a: x", {("a",): [Replacement(0, 1, "y: z")]})


def test_a_file_that_cannot_be_read_has_no_values():
    assert values("a: [") == {}
    assert values("") == {}
    assert values("words") == {}
