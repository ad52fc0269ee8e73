"""Why words that somebody copied don't stand on a page: they are there, but don't show as text."""

import re
from collections.abc import Iterator
from enum import Enum

from mkdocs_annotate.anchoring import tags
from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page

_OMISSION = re.compile(r"\S\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*\S")


class Unseen(Enum):
    """Where words stand that don't show as text."""

    OMISSION = "omission"
    """The quote leaves something out, and says so by dots."""

    IMAGE = "image"
    """In the text that stands for an image."""

    ADDRESS = "address"
    """In the address of a link."""

    HIDDEN = "hidden"
    """In an element that is hidden, or in a comment."""


def why_unseen(words: Words, page: Page) -> Unseen | None:
    """Return where the words of a quote stand that are not in the visible text, if anywhere.

    Cost: linear in the page.
    """
    wanted = fold_text(words.exact).strip()
    if not wanted:
        return None
    found = {unseen for unseen, text in _unseen_texts(page) if wanted in fold_text(text)}
    for unseen in (Unseen.IMAGE, Unseen.ADDRESS, Unseen.HIDDEN):
        if unseen in found:
            return unseen
    return Unseen.OMISSION if _OMISSION.search(words.exact) else None


def _unseen_texts(page: Page) -> Iterator[tuple[Unseen, str]]:
    html = page.projection.html
    for token in page.projection.tokens:
        tag = html[token.start : token.end]
        if token.name == "img":
            yield Unseen.IMAGE, tags.unescaped(tags.attributes_of(tag, always=True).get("alt", ""))
        elif token.name == "a" and token.role != tags.Role.CLOSE:
            address = tags.attributes_of(tag, always=True).get("href", "")
            yield Unseen.ADDRESS, tags.unescaped(address)
        elif token.role == tags.Role.ATOM or tag.startswith("<!--"):
            yield Unseen.HIDDEN, tags.unescaped(re.sub(r"<[^<>]*>", "", tag.strip("<!->")))
        elif len(tag) > len(token.name) + 2 and tag.endswith(f"</{token.name}>"):
            yield Unseen.HIDDEN, tags.unescaped(re.sub(r"<[^<>]*>", "", tag))
