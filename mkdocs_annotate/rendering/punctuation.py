"""Where a reference stands beside punctuation: behind the signs that close its passage."""

import unicodedata
from bisect import bisect_left, bisect_right

from mkdocs_annotate.anchoring.projection import Projection, RunKind
from mkdocs_annotate.anchoring.tags import Role

_SIGNS = frozenset(".,;:!?…‥'\"‼⁇⁈⁉،؛؟۔।॥、。，．：；！？｡､･＂＇")
_CLOSING_CATEGORIES = frozenset(["Pe", "Pf", "Pi"])
"""Closing brackets and quotation marks; “ and « close a quotation in some languages."""

_NO_BREAK_SPACES = "\u00a0\u202f"
_AFTER_SPACE = frozenset(";:!?»›")
"""French puts a no-break space before these."""

_MOST_SIGNS = 8
"""More signs in a row are no punctuation but a line of dots."""


def after_punctuation(offset: int, page: Projection) -> int:
    """Return where in the HTML the closing punctuation ends that touches `offset`.

    That is `offset` itself where there is none, or where a letter or digit follows directly, as
    in `Iran’s`, `10:30` and `example.org`, or a whole row of dots.  East Asian signs close a
    passage whatever follows.
    The punctuation may stand behind end tags, never behind an image or in another block.
    """
    text = page.text
    start = place = page.text_at(offset)
    wide = start
    while place < len(text) and place - start < _MOST_SIGNS and _closes(text, place):
        place += 1
        if unicodedata.east_asian_width(text[place - 1]) in "FWH":
            wide = place
    if place < len(text) and (text[place].isalnum() or _closes(text, place)):
        place = wide
    if place == start or not _touches(offset, start, place, page):
        return offset
    return page.html_end(place)


def _closes(text: str, place: int) -> bool:
    """Return whether the sign at `place` belongs to what stands before it."""
    sign = text[place]
    if sign in _NO_BREAK_SPACES:
        return text[place + 1 : place + 2] in _AFTER_SPACE and place + 1 < len(text)
    return sign in _SIGNS or unicodedata.category(sign) in _CLOSING_CATEGORIES


def _touches(offset: int, start: int, end: int, page: Projection) -> bool:
    """Return whether nothing but inline tags lies between `offset` and the text up to `end`."""
    stop = page.html_end(end)
    first = bisect_left(page.tokens, offset, key=lambda token: token.start)
    last = bisect_left(page.tokens, stop, key=lambda token: token.start)
    if any(token.role not in (Role.OPEN, Role.CLOSE) for token in page.tokens[first:last]):
        return False
    runs = range(bisect_right(page.run_text, start) - 1, bisect_right(page.run_text, end - 1))
    return all(page.run_kind[run] in (RunKind.LITERAL, RunKind.ENTITY) for run in runs)
