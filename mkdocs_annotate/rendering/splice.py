"""Passages to tags in the HTML string, where nothing else moves; and the way back."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import IntEnum
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.anchoring.tags import name_of, split
from mkdocs_annotate.model.places import Range, Span
from mkdocs_annotate.rendering.pieces import Blocks, after_punctuation

MAX_DEPTH = 64
"""Most marks over one character: 1,000 passages that all cross would be 250,000 pieces."""

MAX_PIECES = 10_000
"""Most pieces on a page: a passage over a thousand paragraphs is a thousand of them."""

MAX_LOOKS = 500_000
"""How often a tag of the page is looked at, most: each passage looks at all those within it."""

BEGIN, END = "<!--ann-->", "<!--/ann-->"
"""Comments around all that is not part of the article, so that it can be removed again."""


class Piece(NamedTuple):
    """A stretch of a passage that one element can enclose; `passage` counts from 0."""

    passage: int
    span: Span
    first: bool = False
    last: bool = False


class InsertionKind(IntEnum):
    """The kinds of insertions, in their order at one offset."""

    END_TAG = 0
    """The end of a piece; of several the innermost comes first."""

    REFERENCE = 1
    """The reference of a passage."""

    FRAME = 2
    """A block that is not part of the article."""

    START_TAG = 3
    """The start of a piece; of several the outermost comes first."""


class Insertion(NamedTuple):
    """Something to put in at `offset` of the HTML, for the passage or piece number `of`."""

    offset: int
    what: InsertionKind
    of: int


class Cut(NamedTuple):
    """Passages cut into pieces."""

    pieces: list[Piece]
    too_deep: list[int]
    """Passages that would lie more than `MAX_DEPTH` deep everywhere."""

    too_many: list[int]
    """Passages that would make more than `MAX_PIECES` pieces, or take more than `MAX_LOOKS`."""


def pieces_of(passages: Sequence[Range], page: Projection) -> Cut:
    """Return the pieces of all `passages`, nested, in document order; and passages left unmarked.

    A piece crosses no tag that is not wholly inside it, and two pieces are nested or apart: of
    two that cross, the one that begins later is cut.  The longer is outside, at equal extent the
    first.  Of too many the later ones are unmarked.
    Never raises.  Cost: linear in tags looked at; n log n in the number of pieces; both bounded.
    """
    blocks = Blocks(page)
    waiting: list[_Waiting] = []
    within = 0
    for number, passage in enumerate(passages):
        spans = blocks.pieces(passage)
        if len(waiting) + len(spans) > MAX_PIECES or blocks.looks > MAX_LOOKS:
            break
        waiting += [(span.start, -span.end, number, False) for span in spans]
        within = number + 1
    nested, within = _fitting(waiting, within, page)
    firsts: dict[int, int] = {}
    lasts: dict[int, int] = {}
    for index, (number, span) in enumerate(nested):
        if number not in firsts:
            firsts[number] = lasts[number] = index
        elif span.end >= nested[lasts[number]][1].end:
            lasts[number] = index
    pieces = [
        Piece(number, span, firsts[number] == index, lasts[number] == index)
        for index, (number, span) in enumerate(nested)
    ]
    too_deep = [number for number in range(within) if number not in firsts]
    return Cut(pieces, too_deep, list(range(within, len(passages))))


_Waiting = tuple[int, int, int, bool]
"""A span as (start, -end, number of its passage, whether it has been cut)."""


def _fitting(
    waiting: list[_Waiting], count: int, page: Projection
) -> tuple[list[tuple[int, Span]], int]:
    """Return the nested spans of as many of the first `count` passages as are few enough.

    Where passages cross, there are more than were cut.
    """
    nested = _nested(list(waiting), page)
    if len(nested) <= MAX_PIECES:
        return nested, count
    fits, fails, best = 0, count, list[tuple[int, Span]]()
    while fails - fits > 1:
        middle = (fits + fails) // 2
        nested = _nested([span for span in waiting if span[2] < middle], page)
        if len(nested) <= MAX_PIECES:
            fits, best = middle, nested
        else:
            fails = middle
    return best, fits


def _nested(waiting: list[_Waiting], page: Projection) -> list[tuple[int, Span]]:
    """Return the spans of `waiting`, which is used up, cut where they cross.

    Where they are more than `MAX_PIECES`, not all of them.
    """
    heapify(waiting)
    open_ends: list[int] = []
    nested: list[tuple[int, Span]] = []
    while waiting and len(nested) <= MAX_PIECES:
        start, minus_end, number, cut = heappop(waiting)
        end = -minus_end
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        if open_ends and end > open_ends[-1]:
            # What ends one balanced piece and begins another is balanced: no tag is looked at.
            heappush(waiting, (open_ends[-1], minus_end, number, True))
            end, cut = open_ends[-1], True
        if len(open_ends) < MAX_DEPTH and not (cut and _is_blank(start, end, page)):
            open_ends.append(end)
            nested.append((number, Span(start, end)))
    return nested


def _is_blank(start: int, end: int, page: Projection) -> bool:
    """Return whether a stretch of HTML shows nothing."""
    return not page.text[page.text_at(start) : page.text_at(end)].strip()


def insertions(
    pieces: Sequence[Piece], referring: Iterable[int], page: Projection
) -> list[Insertion]:
    """Return the tags of `pieces`, and the references of the passages in `referring`, in order.

    Tags are told apart by the index of their piece, references by their passage.  A reference
    stands behind its passage, the closing punctuation that touches it, and all other passages
    that end there, the innermost's first; but it moves behind the outermost element that it may
    not stand in: links nest neither in links nor in buttons; headings and code are indexed and
    copied.  Those that moved so come in sidecar order.
    """
    referring = set(referring)
    without_references = page.without_references
    starts = [element.start for element in without_references]

    def end_of_element(offset: int) -> int | None:
        if not starts:
            return None
        inside = bisect_right(starts, offset) - 1
        within = (
            inside >= 0
            and without_references[inside].start < offset < without_references[inside].end
        )
        return without_references[inside].end if within else None

    found: list[tuple[int, InsertionKind, tuple[int, int], int]] = []
    closing: list[int] = []

    def close(index: int) -> None:
        piece = pieces[index]
        end = piece.span.end
        found.append((end, InsertionKind.END_TAG, (0, len(found)), index))
        if not piece.last or piece.passage not in referring:
            return
        moved = end_of_element(end)
        behind = after_punctuation(moved or end, page)
        # Punctuation inside a link or a heading is passed over by leaving that first.
        if end_of_element(behind) is not None:
            behind = moved or end
        order = (0, len(found)) if moved is None else (1, piece.passage)
        found.append((behind, InsertionKind.REFERENCE, order, piece.passage))

    for index, piece in enumerate(pieces):
        while closing and pieces[closing[-1]].span.end <= piece.span.start:
            close(closing.pop())
        found.append((piece.span.start, InsertionKind.START_TAG, (0, len(found)), index))
        closing.append(index)
    while closing:
        close(closing.pop())
    found.sort()
    return [Insertion(offset, what, of) for offset, what, _, of in found]


def spliced(html: str, strings: Iterable[tuple[int, str]]) -> str:
    """Return `html` with each string put in at its offset; offsets are in order.

    Raises ValueError when they aren't.  Cost: linear; slices and strings are joined once.
    """
    parts = []
    done = 0
    for offset, string in strings:
        if offset < done:
            raise ValueError(f"offset {offset} comes after {done}")
        parts.append(html[done:offset])
        parts.append(string)
        done = offset
    parts.append(html[done:])
    return "".join(parts)


def lanes_of(passages: Sequence[Range], lined: Sequence[bool]) -> list[int]:
    """Return the lane of each passage's line, 1 to 3; passages without a line get 1.

    Passages that overlap are in different lanes as long as there are any, so their lines stay
    apart and keep their height all along.  Cost: n log n.
    """
    lanes = [1] * len(passages)
    ordered = sorted(passages)
    if all(one.end <= other.start for one, other in pairwise(ordered)):
        return lanes
    ends: list[int] = [0, 0, 0]
    for number in sorted(range(len(passages)), key=lambda index: passages[index]):
        if not lined[number]:
            continue
        free = (lane for lane in range(3) if ends[lane] <= passages[number].start)
        lane = next(free, 2)
        ends[lane] = max(ends[lane], passages[number].end)
        lanes[number] = lane + 1
    return lanes


def without_annotations(html: str) -> str:
    """Return `html`, a page with annotations, as it was before, byte for byte.

    Text that is no such page comes back as it is, unless it holds the comments of our frame or
    tags that are ours to the letter.  Never raises.  Cost: linear.
    """
    open_tags: dict[str, list[bool]] = {"mark": [], "span": []}
    kept: list[str] = []
    in_reference = False
    for number, piece in enumerate(split(_without_frames(html))):
        ours = in_reference
        # Tags in comments, values and scripts are none: they stand within one piece.
        if number % 2:
            name, closes = name_of(piece), piece.startswith("</")
            if name == "sup":
                in_reference = not closes and (in_reference or bool(_REFERENCE.match(piece)))
                ours = ours or in_reference
            elif name in open_tags and not in_reference:
                ours = _is_ours(piece, open_tags[name], closes=closes)
        if not ours:
            kept.append(piece)
    return "".join(kept)


# As `marks` begins its tags: no other tag of an article has these attributes in this place.
_REFERENCE = re.compile(r"<sup class=\"ann-ref[ \"]")
_PIECE = re.compile(r"<(?:mark|span) class=\"ann-m [^>\"]*\" (?:data-ann|id)=\"")


def _is_ours(tag: str, waiting: list[bool], *, closes: bool) -> bool:
    """Return whether `tag` is of a piece; `waiting` says that of each open element of its name."""
    if closes:
        return bool(waiting) and waiting.pop()
    waiting.append(bool(_PIECE.match(tag)))
    return waiting[-1]


def _without_frames(html: str) -> str:
    parts: list[str] = []
    done = 0
    while True:
        start = html.find(BEGIN, done)
        end = html.find(END, start)
        if start < 0 or end < 0:
            return "".join(parts) + html[done:]
        parts.append(html[done:start])
        done = end + len(END)
