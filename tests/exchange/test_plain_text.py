import re
from html import unescape

import pytest

from mkdocs_annotate.exchange.plain_text import as_markdown, html_text
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.rendering.notes import NoteRenderer


def shown(note):
    rendered = NoteRenderer(lambda link: link.address if isinstance(link, Link) else None)
    return str(rendered.render(note, Position("a", 1, 1)))


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("just words, snake_case, 3 < 4 & 5", "just words, snake_case, 3 < 4 & 5"),
        ("*not* _this_ `code` [x](y) a\\b", r"\*not\* \_this\_ \`code\` \[x](y) a\\b"),
        ("1. one\n- two\n> three\n+ four", "1\\. one\n\\- two\n\\> three\n\\+ four"),
        ("1066 and 1.5", "1066 and 1.5"),
        ("AT&amp;T <http://x.example> <b>", "AT&amp;amp;T &lt;http://x.example> <b>"),
        ("    indented", "indented"),
    ],
)
def test_plain_text_is_escaped_where_markdown_would_read_it(plain, markdown):
    assert as_markdown(plain) == markdown


def test_many_signs_are_written_as_numbers_for_a_note_bears_few_backslashes():
    assert as_markdown("*" * 41) == "&#42;" * 41


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <em>two</em></p><p>three</p>", "One two\n\nthree"),
        ("a<br>b<script>c</script><style>d</style>e", "a\n\nb\n\ne"),
        ("3 &gt; 2 &amp;lt;", "3 > 2 &lt;"),
        ("<a href='javascript:x'>words</a> <!-- no -->", "words"),
        ("<script>never closed", ""),
        ("", ""),
    ],
)
def test_html_is_reduced_to_what_it_says(html, text):
    assert html_text(html) == text


@pytest.mark.parametrize(
    "plain",
    [
        "*a* _b_ `c` [d](e) f\\g",
        "1. one",
        "- two",
        "> three",
        "AT&amp;T",
        "<http://x.example>",
        "*" * 60,
    ],
)
def test_readers_see_the_plain_text(plain):
    visible = unescape(re.sub("<[^>]*>", "", shown(as_markdown(plain))))

    assert visible.strip() == plain
