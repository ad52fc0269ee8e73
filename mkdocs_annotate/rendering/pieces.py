"""A passage to the pieces of it that one element each can enclose."""

import re
import unicodedata
from bisect import bisect_left, bisect_right

from mkdocs_annotate.anchoring.projection import Projection, RunKind, Token
from mkdocs_annotate.anchoring.tags import Role, name_of, split
from mkdocs_annotate.model.places import Range, Span

_LIKE_OURS = re.compile("</?(?:span|mark)", re.IGNORECASE)


class Blocks:
    """The inline tags of a page, paired within their block when a passage first touches it."""

    def __init__(self, page: Projection) -> None:
        self.page = page
        self.tokens = page.tokens
        self.starts = [token.start for token in page.tokens]
        self.boundaries = [
            index for index, token in enumerate(page.tokens) if token.role == Role.BOUNDARY
        ]
        self.paired: set[int] = set()
        self.looks = 0
        """How many tags of the page were looked at, each time that one was."""
        self.partners: dict[int, int] = {}

    def partner(self, index: int) -> int | None:
        """Return the tag that belongs to tag number `index`; None for one that stands alone."""
        block = bisect_left(self.boundaries, index)
        if block not in self.paired:
            self.paired.add(block)
            first = self.boundaries[block - 1] + 1 if block else 0
            end = self.boundaries[block] if block < len(self.boundaries) else len(self.tokens)
            self.pair(first, end)
        return self.partners.get(index)

    def pair(self, first: int, end: int) -> None:
        """Pair the tags of one block.

        An end tag that is not that of the innermost open element stands alone, and so do all
        that are open there: `<mark>some</span>…</mark>` would be closed at the wrong end.
        """
        waiting: list[int] = []
        for index in range(first, end):
            token = self.tokens[index]
            if token.role == Role.OPEN:
                waiting.append(index)
            elif token.role == Role.CLOSE:
                if waiting and self.tokens[waiting[-1]].name == token.name:
                    opener = waiting.pop()
                    self.partners[opener] = index
                    self.partners[index] = opener
                else:
                    waiting.clear()

    def pieces(self, passage: Range) -> list[Span]:
        """Return the stretches of HTML that together are `passage`, each free to be enclosed."""
        passage = self.page.trimmed(passage)
        alone = self.within_text(passage)
        if alone is not None:
            return [alone]
        start, end = self.widened(*self.edges(passage))
        spans: list[Span] = []
        index = bisect_left(self.starts, start)
        begin = start
        while index < len(self.tokens) and self.tokens[index].start < end:
            self.looks += 1
            token = self.tokens[index]
            if token.role == Role.OPEN:
                partner = self.partner(index)
                if partner is not None and self.tokens[partner].start < end:
                    index = partner + 1
                    continue
            if token.role in (Role.OPEN, Role.CLOSE, Role.BOUNDARY) or not self.closed(token):
                self.add(spans, begin, token.start)
                begin = token.end
            index += 1
        self.add(spans, begin, end)
        return spans

    def within_text(self, passage: Range) -> Span | None:
        """Return the extent of a passage in the HTML if text alone is in it, and beside it."""
        page = self.page
        run = bisect_right(page.run_text, passage.start) - 1
        if passage.start >= passage.end or page.run_kind[run] != RunKind.LITERAL:
            return None
        begin = page.run_html[run]
        start = begin + passage.start - page.run_text[run]
        end = start + passage.end - passage.start
        return Span(start, end) if begin < start and end < page.run_html_end[run] else None

    def closed(self, token: Token) -> bool:
        """Return whether an element as a whole has an end tag for each start tag such as ours.

        The tags of a drawing may be misnested; then the end of a mark around it would be found
        wrongly.
        """
        html = self.page.html[token.start : token.end]
        if token.role == Role.SINGLE or not _LIKE_OURS.search(html):
            return True
        depth = {"span": 0, "mark": 0}
        for tag in split(html)[1::2]:
            name = name_of(tag)
            if name in depth:
                depth[name] += -1 if tag.startswith("</") else 1
                if depth[name] < 0:
                    return False
        return not any(depth.values())

    def edges(self, passage: Range) -> tuple[int, int]:
        """Return the extent of a trimmed passage in the HTML, without formulas that it halves."""
        page = self.page
        if passage.start >= passage.end:
            return 0, 0
        start, end = page.html_start(passage.start), page.html_end(passage.end)
        first = bisect_right(page.run_text, passage.start) - 1
        last = bisect_right(page.run_text, passage.end - 1) - 1
        if page.run_kind[first] == RunKind.OPAQUE and self.halves(first, passage):
            start = page.run_html_end[first]
        if page.run_kind[last] == RunKind.OPAQUE and self.halves(last, passage):
            end = page.run_html[last]
        return start, max(start, end)

    def halves(self, run: int, passage: Range) -> bool:
        """Return whether `passage` covers some, but not all, of a run."""
        page = self.page
        covered = page.trimmed(page.run_range(run))
        return covered.start < passage.start or passage.end < covered.end

    def add(self, spans: list[Span], begin: int, end: int) -> None:
        """Add the piece from `begin` to `end`, if it shows anything, without what shows nothing."""
        page = self.page
        if begin >= end:
            return
        shows = page.trimmed(Range(page.text_at(begin), page.text_at(end)))
        if shows.start >= shows.end:
            return
        start, stop = page.html_start(shows.start), page.html_end(shows.end)
        start, stop = self.widened(*self.balanced(begin, start, stop, end))
        # Spaces beside an inline tag belong to the passage; those beside a block don't show.
        if begin < start and page.html[begin:start].isspace() and self.inline_at(begin, end=True):
            start = begin
        if stop < end and page.html[stop:end].isspace() and self.inline_at(end, end=False):
            stop = end
        spans.append(Span(start, stop))

    def balanced(self, begin: int, start: int, stop: int, end: int) -> tuple[int, int]:
        """Return the stretch from `start` to `stop` with the elements that it would cut.

        Within `begin` and `end` each start tag has its end tag.  Spaces that begin an element, as
        in lines of code, part its tag from its first sign.
        """
        for token, partner in self.pairs(begin, start):
            if token.role == Role.OPEN and partner.start >= start:
                start = token.start
                break
        for token, partner in reversed(self.pairs(stop, end)):
            if token.role == Role.CLOSE and partner.start < stop:
                stop = token.end
                break
        return start, stop

    def pairs(self, start: int, end: int) -> list[tuple[Token, Token]]:
        """Return the paired tags that begin between `start` and `end`, with their partners."""
        indexes = range(bisect_left(self.starts, start), bisect_left(self.starts, end))
        partners = ((index, self.partner(index)) for index in indexes)
        return [(self.tokens[i], self.tokens[p]) for i, p in partners if p is not None]

    def inline_at(self, offset: int, *, end: bool) -> bool:
        """Return whether an inline tag ends (or begins) at `offset`."""
        index = bisect_left(self.starts, offset) - (1 if end else 0)
        if not 0 <= index < len(self.tokens):
            return False
        token = self.tokens[index]
        return token.role in (Role.OPEN, Role.CLOSE) and offset == (
            token.end if end else token.start
        )

    def widened(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch with the tags of elements that it covers from their first sign on."""
        while True:
            before = bisect_left(self.starts, start) - 1
            after = bisect_left(self.starts, end)
            opener = self.tag_at(before, Role.OPEN, start)
            closer = self.tag_at(after, Role.CLOSE, end)
            wider = start, end
            if opener is not None and self.tokens[opener].end <= end:
                wider = self.tokens[before].start, end
            elif opener is not None and closer is not None and opener == after:
                wider = self.tokens[before].start, self.tokens[after].end
            elif closer is not None and self.tokens[closer].start >= start:
                wider = start, self.tokens[after].end
            if wider == (start, end):
                return wider
            start, end = wider

    def tag_at(self, index: int, role: Role, offset: int) -> int | None:
        """Return the partner of tag number `index`, if it is of `role` and touches `offset`."""
        if not 0 <= index < len(self.tokens):
            return None
        token: Token = self.tokens[index]
        if token.role != role or offset != (token.end if role == Role.OPEN else token.start):
            return None
        return self.partner(index)


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
    following = page.html[offset : offset + 1]
    if following == " " or following.isalnum():
        return offset
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
