import re
from html import unescape

import pytest

from mkdocs_annotate.exchange.plain_text import as_markdown
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.rendering.notes import NoteRenderer


def shown(note):
    rendered = NoteRenderer(lambda link: link.address if isinstance(link, Link) else None)
    return str(rendered.render(note, Position("a", 1, 1)))


def test_many_signs_are_written_as_numbers_for_a_note_bears_few_backslashes():
    assert as_markdown("*" * 41) == "&#42;" * 41


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
