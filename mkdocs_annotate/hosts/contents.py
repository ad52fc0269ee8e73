"""Our sections in the table of contents that Python-Markdown has made."""

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown import Markdown

from mkdocs_annotate.rendering.filling import contents_slot


def add_to_contents(md: Markdown, sections: Sequence[tuple[str, str]]) -> None:
    """Add the lists of notes and sources to the table of contents, below a lone title."""
    tokens = getattr(md, "toc_tokens", None)
    if tokens is None:
        return
    place = tokens[0]["children"] if len(tokens) == 1 and tokens[0]["level"] == 1 else tokens
    for id_, name in sections:
        place.append(_token(id_, name, 2))


def insert_into_contents(
    md: Markdown, before: str, level: int, sections: Sequence[tuple[str, str]]
) -> None:
    """Add the sections of an index to the table of contents, behind the beginning of the page."""
    tokens = getattr(md, "toc_tokens", None)
    if tokens is None:
        return
    place, here = contents_slot(
        tokens, before, level, lambda token: (token["id"], token["level"], token["children"])
    )
    place[here:here] = [_token(id_, name, level) for id_, name in sections]


def _token(id_: str, name: str, level: int) -> dict[str, Any]:
    # Hosts write it as it is: labels of the table of contents are HTML.
    label = escape(name)
    return {
        "level": level,
        "id": id_,
        "name": label,
        "html": label,
        "data-toc-label": "",
        "children": [],
    }
