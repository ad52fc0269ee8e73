"""Uses of Python-Markdown other than conversion: its table of contents, and its links."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from mkdocs_annotate.rendering.index_markers import contents_slot


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
    """Add the headings of an index to the table of contents, in the section they are in."""
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


_DEFINED = "\x04"
"""Stands before addresses that come from definitions: no Markdown holds it."""


@dataclass(frozen=True)
class PageLinks:
    """The addresses of an article: how often each is written inline, and those defined."""

    inline: Counter[str]
    defined: frozenset[str]


def links_of(text: str, extensions: Sequence[Any], settings: Mapping[str, Any]) -> PageLinks | None:
    """Return the links and images of the Markdown `text`; None where it can't be converted.

    Links in raw HTML are left out, as hosts do not rewrite them.
    """
    try:
        markdown = Markdown(extensions=list(extensions), extension_configs=dict(settings))
        collector = _Collector(markdown)
        # After `unescape`, 0: addresses are read as written.
        markdown.treeprocessors.register(collector, "annotate_links", -5)
        definitions = markdown.references = _Definitions()
        markdown.convert(text)
    # Extensions may want the page that only a build gives them.
    except Exception:
        return None
    return PageLinks(collector.found, frozenset(definitions.addresses))


class _Definitions(dict[str, tuple[str, str]]):
    """Link definitions, with a sign before each address."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses = set[str]()

    def __setitem__(self, key: str, value: tuple[str, str]) -> None:
        address, title = value
        self.addresses.add(address)
        super().__setitem__(key, (_DEFINED + address, title))


class _Collector(Treeprocessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.found = Counter[str]()

    def run(self, root: Element) -> None:
        for element in root.iter():
            address = element.get({"a": "href", "img": "src"}.get(str(element.tag), ""))
            if address and not address.startswith(_DEFINED):
                self.found[address] += 1
