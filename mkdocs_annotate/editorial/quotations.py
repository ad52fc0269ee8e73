"""Finds out which words of a page are certainly in a quotation."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.anchoring.tags import Role
from mkdocs_annotate.model.places import Range

# Opening and closing marks.  Single ones are apostrophes too, and `»…«` is how a French sentence
# goes on between two quotations.
_PAIRS = (("„", "“”"), ("“", "”"), ("«", "»"))
_MEASURE = re.compile(r'\d"')
_TAG = re.compile(r"<(?:q|blockquote)[\s>]", re.IGNORECASE)


class Quotations:
    """Finds out whether places of one page are quotations; each block is read once."""

    def __init__(self, page: Page) -> None:
        self._projection = page.projection
        self._blocks: dict[Range, _Stretches] = {}

    def hold(self, place: Range) -> bool:
        """Return whether all of `place` is certainly in one quotation.

        Certain are `<q>`, `<blockquote>` unless it is most of the page, and quotation marks that
        are balanced in their block around more than one word: one word may be in scare quotes.
        Cost: once linear in the page, then logarithmic.
        """
        if self._elements.cover(place):
            return True
        block = self._block(place)
        if block not in self._blocks:
            self._blocks[block] = _Stretches(_quoted(self._projection.text, block))
        return self._blocks[block].cover(place)

    @cached_property
    def _elements(self) -> "_Stretches":
        return _Stretches(_elements(self._projection))

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Return where blocks begin, and where they end."""
        page = self._projection
        edges = [token for token in page.tokens if token.role == Role.BOUNDARY]
        starts = [0, *(page.text_at(token.end) for token in edges)]
        ends = [*(page.text_at(token.start) for token in edges), len(page.text)]
        return starts, ends

    def _block(self, place: Range) -> Range:
        starts, ends = self._edges
        start = starts[bisect_right(starts, place.start) - 1]
        return Range(start, ends[bisect_left(ends, place.end)])


class _Stretches:
    """Stretches of text, none within another, in order."""

    def __init__(self, stretches: Iterable[Range]) -> None:
        self._all: list[Range] = []
        for one in sorted(stretches, key=lambda one: (one.start, -one.end)):
            if not self._all or one.end > self._all[-1].end:
                self._all.append(one)

    def cover(self, place: Range) -> bool:
        """Return whether one of them holds all of `place`."""
        # Of those that begin before it the last one also ends last.
        last = bisect_right(self._all, place.start, key=_start) - 1
        return last >= 0 and place.end <= self._all[last].end


def _start(stretch: Range) -> int:
    return stretch.start


def _elements(projection: Projection) -> Iterator[Range]:
    """Yield where quotations by element stand; one that is most of the page is no quotation."""
    if not _TAG.search(projection.html):
        return
    opened: list[tuple[str, int]] = []
    for token in projection.tokens:
        if token.name not in ("q", "blockquote"):
            continue
        if not projection.html.startswith("</", token.start):
            opened.append((token.name, token.end))
        elif opened and opened[-1][0] == token.name:
            _, start = opened.pop()
            place = Range(projection.text_at(start), projection.text_at(token.start))
            if token.name == "q" or 2 * (place.end - place.start) <= len(projection.text):
                yield place


def _quoted(text: str, block: Range) -> Iterator[Range]:
    """Yield the quotations of a block, their marks included."""
    words = text[block.start : block.end]
    for start, end in _marked(words):
        if len(words[start:end].split()) > 1:
            yield Range(block.start + start, block.start + end)


def _marked(words: str) -> Iterator[tuple[int, int]]:
    for opening, closing in _PAIRS:
        if opening in words:
            yield from _pairs(words, opening, closing)
            # In `„…“` the mark that opens elsewhere closes.
            if opening != "«":
                break
    else:
        if "”" in words:
            yield from _parity(words, "”")
    if '"' in words and not _MEASURE.search(words):
        yield from _parity(words, '"')


def _pairs(words: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Return the stretches between marks that take turns; none where they don't."""
    places = [found.start() for found in re.finditer(f"[{opening}{closing}]", words)]
    turns = [words[place] == opening for place in places]
    if turns != [True, False] * (len(places) // 2):
        return []
    return [(start, end + 1) for start, end in zip(places[::2], places[1::2], strict=True)]


def _parity(words: str, mark: str) -> list[tuple[int, int]]:
    """Return the stretches between marks that open and close alike; none for an odd one."""
    places = [found.start() for found in re.finditer(mark, words)]
    if len(places) % 2:
        return []
    return [(start, end + 1) for start, end in zip(places[::2], places[1::2], strict=True)]
