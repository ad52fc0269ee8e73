"""Simple selectors of CSS, by which a site says where its articles are."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mkdocs_annotate.anchoring.tags import attributes_of, unescaped

_IDENTIFIER = r"-?[A-Za-z_][\w-]*"
_SELECTOR = re.compile(
    rf"({_IDENTIFIER})?((?:#{_IDENTIFIER}|\.{_IDENTIFIER}"
    rf"|\[{_IDENTIFIER}(?:=(?:\"[^\"]*\"|'[^']*'|[\w-]+))?\])*)",
    re.ASCII,
)
_CONDITION = re.compile(r"#([^#.\[]+)|\.([^#.\[]+)|\[([^=\]]+)(?:=[\"']?([^\"'\]]*)[\"']?)?\]")


class Selector(NamedTuple):
    """A simple selector of CSS: a tag, ids, classes and attributes that an element must have."""

    text: str
    name: str
    """The tag in lower case; empty for any."""

    conditions: tuple[tuple[str, str | None], ...]
    """Attributes with the value that they must have, or one word of it for `class`; None for any
    value."""

    def fits(self, name: str, attributes: dict[str, str]) -> bool:
        """Return whether an element called `name` with `attributes` is selected."""
        if self.name and self.name != name:
            return False
        return all(_holds(attributes, key, value) for key, value in self.conditions)


def _holds(attributes: dict[str, str], key: str, value: str | None) -> bool:
    if key not in attributes:
        return False
    if value is None:
        return True
    given = unescaped(attributes[key])
    return value in given.split() if key == "class" else value == given


def parse_selectors(text: str) -> list[Selector | str]:
    """Return the selectors of a list with commas; one that can't be understood as its text.

    A selector is a tag, `#id`, `.class`, `[attribute]` or `[attribute=value]`, or several of these
    without a space between.  Never raises.
    """
    parts = [part.strip() for part in text.split(",")]
    return [_parsed(part) for part in parts if part]


def _parsed(text: str) -> Selector | str:
    found = _SELECTOR.fullmatch(text)
    if not found or not text:
        return text
    conditions: list[tuple[str, str | None]] = []
    for id_, class_, key, value in _CONDITION.findall(found[2]):
        if id_ or class_:
            conditions.append(("id", id_) if id_ else ("class", class_))
        else:
            conditions.append((key.lower(), value or None))
    return Selector(text, (found[1] or "").lower(), tuple(conditions))


USUAL_ARTICLES = (
    "article, main, [role=main], .theme-doc-markdown, .vp-doc, .sl-markdown-content,"
    " .markdown-body, .rst-content, .md-content, .td-content, .post-content, .entry-content,"
    " .e-content, .page-content, .content, #content, body"
)
"""Where articles usually are: in the elements made for them, in what common themes call theirs
(Docusaurus, VitePress, Starlight, GitHub, Read the Docs, Material, Docsy, WordPress, Jekyll), or
anywhere in the page."""


_MOST_KNOWN = 20_000


class Selection:
    """Some selectors, and which of them fit the start tags of many pages.

    What was asked is kept: the pages of a site share most of their tags.
    """

    def __init__(self, selectors: Sequence[Selector]) -> None:
        self.selectors = tuple(selectors)
        self.names = {one.name for one in selectors if not one.conditions}
        self.keys = {key for one in selectors for key, _ in one.conditions[:1]}
        self.known: dict[str, tuple[int, ...]] = {}

    def fitting(self, name: str, tag: str) -> tuple[int, ...]:
        """Return the numbers of the selectors that fit `tag`, the start tag of a `name`."""
        found = self.known.get(tag)
        if found is None:
            found = self._fitting(name, tag)
            if len(self.known) < _MOST_KNOWN:
                self.known[tag] = found
        return found

    def _fitting(self, name: str, tag: str) -> tuple[int, ...]:
        lower = tag.lower()
        if name not in self.names and not any(key in lower for key in self.keys):
            return ()
        attributes = attributes_of(tag, always=True)
        ones = enumerate(self.selectors)
        return tuple(number for number, one in ones if one.fits(name, attributes))


@lru_cache(maxsize=16)
def selection_of(selectors: tuple[Selector, ...]) -> Selection:
    """Return the selection of `selectors`, the same each time."""
    return Selection(selectors)
