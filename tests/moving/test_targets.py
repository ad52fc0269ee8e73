"""Where addresses stand, and where what looks like one is none."""

import pytest

from mkdocs_annotate.moving.links import Form, targets

FOUND = {
    "[a](x.md)": ["x.md"],
    "![a](x.png)": ["x.png"],
    '[a](x.md "T")': ["x.md"],
    "[a]( x.md )": ["x.md"],
    "[a](\nx.md\n'T')": ["x.md"],
    "[a](<x y.md>)": ["x y.md"],
    "[a](x(1).md#b)": ["x(1).md#b"],
    "[![a](x.png)](y.md)": ["x.png", "y.md"],
    "[a]: x.md 'T'": ["x.md"],
    "   [a]: <x.md>": ["x.md"],
    "[a]:\n  x.md": ["x.md"],
    '<a class="b" href="x.md">': ["x.md"],
    "<img src=x.png>": ["x.png"],
    "> [a](x.md)": ["x.md"],
    "``` not closed\n[a](x.md)": ["x.md"],
    "`a\n\n[a](x.md)`": ["x.md"],
    r"\\[a](x.md)": ["x.md"],
}
NONE = (
    "`[a](x.md)`",
    "`` ` [a](x.md) ``",
    "```\n[a](x.md)\n```",
    "~~~ md\n[a](x.md)\n~~~",
    "- a\n\n    ```\n    [a](x.md)\n    ```",
    "<!-- [a](x.md) -->",
    "<pre>[a](x.md)</pre>",
    "<code>[a]: x.md</code>",
    r"[a\](x.md)",
    "[a](x y.md)",
    "[a]()",
    "[a](x.md",
    "[a](<x.md> y)",
    "[^1]: x.md",
    "```\n```\n`[a](x.md)`",
)


@pytest.mark.parametrize("text", FOUND)
def test_addresses_are_found(text):
    found = targets(text)

    assert [target.address for target in found] == FOUND[text]
    assert [text[target.start : target.end] for target in found] == FOUND[text]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_is_left_out(text):
    assert targets(text) == []


def test_forms_and_indentation_are_told():
    found = targets("    [a](b)\n\n[c]: d\n<a href='e'>\n[f](g)")

    assert [(target.form, target.indented) for target in found] == [
        (Form.INLINE, True),
        (Form.DEFINITION, False),
        (Form.HTML, False),
        (Form.INLINE, False),
    ]


def test_open_brackets_cost_no_time():
    assert targets("[a](" * 20_000) == []
    assert targets(f"[a]({'(' * 33}") == []
    assert targets("`" * 20_000) == []
