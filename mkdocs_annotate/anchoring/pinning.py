"""Pinning: the fewest words beside a quote that identify its place, now and after a deletion."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mkdocs_annotate.anchoring.anchors import search
from mkdocs_annotate.anchoring.form import fold, unspaced
from mkdocs_annotate.anchoring.keys import Words, places_in
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Occurrence, Quote

MOST_WORDS = 24
"""Most words a side.  Of 5,987 passages of real articles 71 % need none, 25 % one; 0.4 % can't be
told by 24."""

MOST_CHARACTERS = 600
"""Most characters a side: in a script without spaces, or of words that go on for pages."""

MOST_LOOKED_AT = 30_000
"""Most finds that are looked at for one pin; beyond, the place is counted."""

# Where a sentence ends, as far as it matters here: what is deleted with a passage.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|[。！？]")


@dataclass(frozen=True)
class Pin:
    """What to write beside a quote to pick out one place."""

    prefix: str = ""
    suffix: str = ""
    occurrence: Occurrence | None = None
    """Which of how many places, where 24 words a side don't tell."""

    @property
    def values(self) -> dict[str, str]:
        """Return what to write, by key."""
        values = {"prefix": self.prefix, "suffix": self.suffix}
        if self.occurrence:
            values["occurrence"] = f"{self.occurrence.number} of {self.occurrence.total}"
        return {key: value for key, value in values.items() if value}

    def of(self, quote: Quote) -> Quote:
        """Return `quote` with these words beside it."""
        return Quote(
            quote.exact, quote.through, self.prefix, self.suffix, self.occurrence, quote.section
        )


def pin(
    quote: str, place: Range, page: Page, *, prefix_least: int = 0, suffix_least: int = 0
) -> Pin | None:
    """Return the fewest whole words by which `quote` is found at `place` alone.

    With them it stands nowhere once the passage, its sentence or its block is gone.  They are on
    the side where fewer do, else on both, and of the passage's own block while that will do; at
    least so many as asked for.  None where `quote` can't be found at `place` at all.
    Cost: some searches a word.
    """
    tries = _Tries(quote, place, page)
    for own_block in (True, False):
        sides = _Sides(place, page, own_block=own_block)
        found = tries.first(_counts(prefix_least, suffix_least, sides), sides)
        if found is None:
            continue
        (before, behind), telling = found
        if before > prefix_least and behind > suffix_least:
            # As many on one side, and perhaps fewer on the other.
            fewer = (
                pair
                for count in range(1, max(before, behind))
                for pair in (
                    (before, max(suffix_least, min(count, behind))),
                    (max(prefix_least, min(count, before)), behind),
                )
            )
            found = tries.first(fewer, sides)
        return found[1] if found else telling
    return _counted(quote, place, page)


class _Tries:
    """Searches with more and more words beside a quote, up to a bound on what they look at."""

    def __init__(self, quote: str, place: Range, page: Page) -> None:
        self._quote, self._place, self._page = quote, place, page
        self._gone = [place, _sentence_around(place, page), page.projection.block_around(place)]
        self._looked_at = 0

    def first(
        self, counts: Iterable[tuple[int, int]], sides: "_Sides"
    ) -> tuple[tuple[int, int], Pin] | None:
        """Return the first numbers of words before and behind that tell the place, and the words.

        None where none does, and where it would take too long to know.
        """
        for before, behind in counts:
            prefix, suffix = sides.prefix(before), sides.suffix(behind)
            if prefix is None or suffix is None:
                continue
            words = Words(self._quote, prefix, suffix)
            found = search(words, self._page)
            self._looked_at += found.looked_at
            if self._looked_at > MOST_LOOKED_AT:
                return None
            if found.ranges == (self._place,) and not any(
                _stands_without(words, each, self._page) for each in self._gone
            ):
                return (before, behind), Pin(prefix, suffix)
        return None


def _counts(prefix_least: int, suffix_least: int, sides: "_Sides") -> Iterator[tuple[int, int]]:
    """Yield how many words before and behind are tried: one side after the other, then both."""
    one_sided = (
        pair
        for count in range(MOST_WORDS + 1)
        for pair in (
            (max(count, prefix_least), suffix_least),
            (prefix_least, max(count, suffix_least)),
        )
    )
    both = (
        (max(min(count, sides.before), prefix_least), max(min(count, sides.behind), suffix_least))
        for count in range(1, MOST_WORDS + 1)
    )
    yield from dict.fromkeys([*one_sided, *both])


def _counted(quote: str, place: Range, page: Page) -> Pin | None:
    """Return the most words there are, and which of the places that they have is meant."""
    sides = _Sides(place, page, own_block=True)
    both = sides.most()
    for prefix, suffix in (both, ("", "")):
        found = search(Words(quote, prefix, suffix), page)
        if place in found.ranges and not found.too_many:
            number = found.ranges.index(place) + 1
            return Pin(prefix, suffix, Occurrence(number, len(found.ranges)))
    return None


class _Sides:
    """The words before and behind a place, in its own block or in the whole page."""

    def __init__(self, place: Range, page: Page, *, own_block: bool) -> None:
        block = page.projection.block_around(place) if own_block else Range(0, len(page.text))
        before = page.text[max(block.start, place.start - MOST_CHARACTERS) : place.start]
        behind = page.text[place.end : min(block.end, place.end + MOST_CHARACTERS)]
        self._before = [match.start() for match in _token().finditer(before)]
        if block.start < place.start - MOST_CHARACTERS and self._before[:1] == [0]:
            # Perhaps the second half of a word.
            del self._before[0]
        self._behind = [match.end() for match in _token().finditer(behind)]
        if block.end > place.end + MOST_CHARACTERS and self._behind[-1:] == [len(behind)]:
            del self._behind[-1]
        self._words_before, self._words_behind = before, behind

    @property
    def before(self) -> int:
        """Return how many words stand before the place."""
        return len(self._before)

    @property
    def behind(self) -> int:
        """Return how many words stand behind it."""
        return len(self._behind)

    def prefix(self, count: int) -> str | None:
        """Return the last `count` words before the place; None where there are not so many."""
        if not count:
            return ""
        if count > len(self._before):
            return None
        return _one_line(self._words_before[self._before[-count] :])

    def suffix(self, count: int) -> str | None:
        """Return the first `count` words behind the place; None where there are not so many."""
        if not count:
            return ""
        if count > len(self._behind):
            return None
        return _one_line(self._words_behind[: self._behind[count - 1]])

    def most(self) -> tuple[str, str]:
        """Return as many words before and behind as may be written."""
        return (
            self.prefix(min(MOST_WORDS, len(self._before))) or "",
            self.suffix(min(MOST_WORDS, len(self._behind))) or "",
        )


@cache
def _token() -> re.Pattern[str]:
    """Return the pattern of a word with the signs that touch it; without spaces, of a sign."""
    sign = unspaced().pattern
    return re.compile(rf"{sign}|(?:(?!{sign})\S)+")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _sentence_around(place: Range, page: Page) -> Range:
    """Return the sentence, or sentences, that `place` lies in, with the space behind."""
    block = page.projection.block_around(place)
    start, end = block
    for match in _SENTENCE_END.finditer(page.text, block.start, block.end):
        if match.end() <= place.start:
            start = match.end()
        elif match.start() >= place.end - 1:
            end = match.end()
            break
    return Range(start, end)


def _stands_without(words: Words, gone: Range, page: Page) -> bool:
    """Return whether `words` stand where `gone` was, once it is taken out of the text."""
    reach = 2 * sum(map(len, words)) + 64
    before = page.text[max(0, gone.start - reach) : gone.start]
    left = before + page.text[gone.end : gone.end + reach]
    found = places_in(words, fold(left), left, lambda at: left.startswith("\n", at))
    return bool(found.ranges)
