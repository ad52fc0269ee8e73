"""What Python-Markdown itself takes for a link in an article."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

_DEFINED = "\x04"
"""Stands before addresses that come from definitions: no Markdown holds it."""


@dataclass(frozen=True)
class PageLinks:
    """The addresses of an article: how often each is written inline, and those defined."""

    inline: Counter[str]
    defined: frozenset[str]


def links_of(text: str, extensions: Sequence[Any], settings: Mapping[str, Any]) -> PageLinks | None:
    """Return the links and images of the Markdown `text`; None where it can't be converted.

    Those of raw HTML are none: hosts leave them as they are.
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
    """Where keys lead, with a sign before each address."""

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
