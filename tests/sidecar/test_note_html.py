import pytest

from mkdocs_annotate.sidecar.checks import html_problems
from mkdocs_annotate.sidecar.decoding import parse_sidecar


def told(note):
    lines = "\n".join(f"      {line}" for line in note.split("\n"))
    sidecar, problems = parse_sidecar(
        f"annotations:\n  - quote: a\n    note: |\n{lines}\n", "a.yml"
    )
    assert problems == []
    return [(p.position.line, p.message, p.hint) for p in html_problems(sidecar)]


@pytest.mark.parametrize(
    ("note", "tag", "advice"),
    [
        ("so <b>bold</b>", "<b>", "write `**words**`"),
        ("so <EM>bold</EM>", "<EM>", "write `*words*`"),
        ('<a href="https://x.example">x</a>', '<a href="https://x.example">', "[words](address)"),
        ("one<br>two", "<br>", "leave a blank line"),
        ("one<br />two", "<br />", "leave a blank line"),
        ("<ul><li>x</li></ul>", "<ul>", "begin the lines with `- `"),
        ('<span class="x">y</span>', '<span class="x">', "take the tags out"),
        ("x</p>", "</p>", "leave a blank line"),
        ("x <!-- y -->", "<!--", "take the tags out"),
        ("5&nbsp;kg", "&nbsp;", "type the character itself"),
        ("`<i>` and <b>", "<b>", "write `**words**`"),
    ],
)
def test_tags_are_told_with_what_to_write(note, tag, advice):
    ((line, message, hint),) = told(note)

    assert line == 3
    assert f"`{tag}`" in message
    assert advice in hint


@pytest.mark.parametrize(
    "note",
    [
        "3 < 4 and 5 > 4",
        "write `<b>` for bold",
        "``<b> ` ``",
        "first\n\n    <b>code</b>",
        r"an escaped \<b>",
        "<https://example.org/>",
        "AT&T; and R&D",
        "<bridge>",
        "a <- b",
    ],
)
def test_other_signs_are_nobodys_trouble(note):
    assert told(note) == []


def test_every_text_in_markdown_is_looked_at():
    sidecar, problems = parse_sidecar(
        "article:\n  backstory: <b>x</b>\n  corrections: [{date: 2024-11-03, text: <i>x</i>}]\n"
        "sources:\n  s: {title: T, note: x<br>y}\n",
        "a.yml",
    )

    assert problems == []
    assert [problem.position.line for problem in html_problems(sidecar)] == [2, 3, 5]
