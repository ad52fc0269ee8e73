"""Simple selectors of CSS, by which a site says where its articles are."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mkdocs_annotate.anchoring.tags import (
    SCOPES,
    SPECIAL,
    TABLE,
    VOID,
    attributes_of,
    name_of,
    unescaped,
)

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
    ".theme-doc-markdown, .vp-doc, .sl-markdown-content, article, main, [role=main],"
    " .markdown-body, .rst-content, .md-content, .td-content, .post-content, .entry-content,"
    " .e-content, .page-content, .content, #content, body"
)
"""Where articles usually are: in what Docusaurus, VitePress and Starlight call theirs, whose
`article` and `main` have more in them; in the elements made for articles; in what other common
themes call theirs (GitHub, Read the Docs, Material, Docsy, WordPress, Jekyll); or anywhere."""


class ReadTag(NamedTuple):
    """What a tag says, wherever it stands."""

    name: str
    ends: bool
    fitting: tuple[int, ...]
    """The numbers of the selectors that fit it, if it is a start tag."""

    plain: bool
    """In the body it decides nothing about where elements end."""

    leaf: bool
    """So it is, too, where the next tag that decides something is its end tag."""


_MOST_KNOWN, _LONGEST_KNOWN = 20_000, 500
_LEAVES = (
    SPECIAL
    - SCOPES
    - TABLE
    - VOID
    - {*("html", "head", "body", "frameset", "colgroup", "plaintext")}
)


class Selection:
    """Some selectors, and what the tags of documents say about them.

    What was read is kept: the pages of a site share most of their tags.
    """

    def __init__(self, selectors: Sequence[Selector]) -> None:
        self.selectors = tuple(selectors)
        self.names = {one.name for one in selectors if not one.conditions}
        self.keys = {key for one in selectors for key, _ in one.conditions[:1]}
        self.inline = {one.name for one in selectors if one.name} - SPECIAL
        self.known: dict[str, ReadTag] = {}
        """What was read of tags, those that are not too long nor too many."""

    def read(self, tag: str) -> ReadTag:
        """Return what a tag says."""
        made = self._read(name_of(tag), tag)
        if len(tag) <= _LONGEST_KNOWN and len(self.known) < _MOST_KNOWN:
            self.known[tag] = made
        return made

    def _read(self, name: str, tag: str) -> ReadTag:
        ends = tag.startswith("</")
        fitting = () if ends else self._fitting(name, tag)
        if fitting and name not in SPECIAL and name not in self.inline:
            # All tags of such an element are looked at from now on.
            self.inline.add(name)
            self.known = {key: one for key, one in self.known.items() if one.name != name}
        plain = name not in SPECIAL and name not in self.inline
        if not ends:
            plain = plain and name != "base" and not fitting
        return ReadTag(name, ends, fitting, plain, not ends and name in _LEAVES and not fitting)

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
