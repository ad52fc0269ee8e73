"""The page with what is usually skipped: a quote may run over the number of a footnote.

Whoever copies from a page copies permalinks, numbers of footnotes and of lines, and readings of
ruby along.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate

from mkdocs_annotate.anchoring.form import Folded, fold, fold_text
from mkdocs_annotate.anchoring.keys import (
    MOST_FINDS,
    MOST_PLACES,
    Places,
    Words,
    finds,
    keys_of,
    passage_at,
)
from mkdocs_annotate.anchoring.letters import Letters
from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.model.places import Range


class SecondReading:
    """The text of a page with the skipped parts put in where they stand."""

    def __init__(self, page: Projection, is_gap: Callable[[int], bool]) -> None:
        self.page = page
        self._is_gap = is_gap
        self._places = [place for place, _ in page.skipped]
        lengths = [len(words) for _, words in page.skipped]
        before = list(accumulate(lengths, initial=0))
        self._starts = [place + put_in for place, put_in in zip(self._places, before, strict=False)]
        self._ends = [start + length for start, length in zip(self._starts, lengths, strict=True)]
        self._put_in = before[1:]

    @cached_property
    def _edges(self) -> frozenset[str]:
        """Return the first and last signs of skipped parts: a key that runs over one has one."""
        forms = (fold_text(words).strip() for _, words in self.page.skipped)
        return frozenset(sign for form in forms if form for sign in (form[0], form[-1]))

    @cached_property
    def folded(self) -> Folded:
        """Return the text in its form."""
        parts: list[str] = []
        done = 0
        for place, words in self.page.skipped:
            parts += [self.page.text[done:place], words]
            done = place
        parts.append(self.page.text[done:])
        self._text = "".join(parts)
        return fold(self._text)

    @cached_property
    def letters(self) -> Letters:
        """Return the letters and digits of the text, whatever their case."""
        return Letters(self.folded)

    def places(self, words: Words) -> Places:
        """Return where the passage of `words` runs over or into something skipped, or beside it.

        Ranges of the first text: the key holds seen and skipped words, and no number runs from one
        to the other.
        """
        found: set[Range] = set()
        looked_at = 0
        for key in keys_of(words):
            if self._edges.isdisjoint(key.text):
                continue
            for find in finds(key, self.folded):
                looked_at += 1
                if looked_at > MOST_FINDS or len(found) > MOST_PLACES:
                    return Places(tuple(sorted(found))[:MOST_PLACES], too_many=True)
                if not self._mixes(self.folded.back(find.whole)):
                    continue
                place, cut = passage_at(
                    find.passage, key, self.folded, self._text, self._is_gap_here
                )
                seen = self.page.trimmed(Range(self._back(place.start), self._back(place.end)))
                if cut is None and seen.start < seen.end:
                    found.add(seen)
        return Places(tuple(sorted(found)))

    def _mixes(self, whole: Range) -> bool:
        """Return whether a stretch holds seen and skipped words, with no number in common."""
        first = bisect_right(self._ends, whole.start)
        last = bisect_left(self._starts, whole.end)
        if first == last:
            return False
        skipped = 0
        for number in range(first, last):
            start, end = max(self._starts[number], whole.start), min(self._ends[number], whole.end)
            skipped += end - start
            if self._parts_number(start, whole) or self._parts_number(end, whole):
                return False
        return skipped < whole.end - whole.start

    def _parts_number(self, at: int, whole: Range) -> bool:
        inside = whole.start < at < whole.end
        return inside and self._text[at - 1].isnumeric() and self._text[at].isnumeric()

    def _back(self, at: int) -> int:
        """Return the place of the first text for one of this; inside a skipped part, its place."""
        part = bisect_right(self._starts, at) - 1
        if part < 0:
            return at
        return self._places[part] if at < self._ends[part] else at - self._put_in[part]

    def _is_gap_here(self, at: int) -> bool:
        return self._is_gap(self._back(at))
