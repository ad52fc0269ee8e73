"""Markdown source to visible text, word by word: for quotes copied from the source.

Source: B. Cohen's patience diff (words that stand once on both sides anchor the rest), by a stack
in place of recursion, with an ordinary longest common subsequence for what is left.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, pairwise

from mkdocs_annotate.anchoring.source_text import Stretch, stretches
from mkdocs_annotate.model.places import SourceRange

MOST_CELLS = 60_000
"""Largest table of a longest common subsequence, in cells; larger stretches stay unaligned."""

# In scripts without spaces each sign is a word; so are those of Korean, where the last ones may
# stand behind a link.
_SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff"
)
REACH = 64
"""How many words around one are looked at for neighbours that have a partner."""


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word.  It takes 3 ms to make, and most pages need none."""
    return re.compile(rf"([{_SIGNS}]|[^\W_{_SIGNS}]+)")


@dataclass(frozen=True)
class Alignment:
    """The words of a source and of a visible text, and which word became which.

    Starts and ends are parallel lists in order; words are in lower case.  `partners` has the
    number of a visible word for each word of the source, -1 for one that has none, and rises.
    """

    source_words: list[str] = field(repr=False)
    source_starts: list[int] = field(repr=False)
    source_ends: list[int] = field(repr=False)
    text_words: list[str] = field(repr=False)
    text_starts: list[int] = field(repr=False)
    text_ends: list[int] = field(repr=False)
    partners: list[int] = field(repr=False)
    stretches: list[Stretch] = field(repr=False)
    """What of the source does not show as it stands."""
    silent: list[bool] = field(repr=False)
    """Of each word of the source, whether it begins in such a stretch."""

    def words_of(self, place: SourceRange) -> range:
        """Return the numbers of the source's words of which `place` has some."""
        first = bisect_right(self.source_ends, place.start)
        return range(first, max(first, bisect_left(self.source_starts, place.end)))

    def shows(self, word: int) -> bool:
        """Return whether a word of the source shows on the page, as far as one can tell."""
        if not self.silent[word]:
            return True
        start = self.source_starts[word]
        return not self.unshown(start, start + 1)

    def shown_at(self, word: int) -> list[int]:
        """Return where in the visible text each letter of a word of the source stands.

        Empty where that is not certain.  A word without a partner counts if it and its neighbours
        that have none are letter by letter what stands between the partners around them, as in
        `H~2~O` or `inter*nation*al`.
        """
        partner = self.partners[word]
        length = self.source_ends[word] - self.source_starts[word]
        if partner >= 0:
            start, end = self.text_starts[partner], self.text_ends[partner]
            return list(range(start, end)) if end - start == length else []
        first = last = word
        while first > 0 and self.partners[first - 1] < 0 and word - first < REACH:
            first -= 1
        while last + 1 < len(self.partners) and self.partners[last + 1] < 0 and last - word < REACH:
            last += 1
        if word - first == REACH or last - word == REACH:
            return []
        start = self.partners[first - 1] + 1 if first else 0
        end = self.partners[last + 1] if last + 1 < len(self.partners) else len(self.text_words)
        joined = [number for number in range(first, last + 1) if not self.silent[number]]
        letters = "".join(self.source_words[number] for number in joined)
        if end - start > len(letters) or letters != "".join(self.text_words[start:end]):
            return []
        places = [
            place
            for number in range(start, end)
            for place in range(self.text_starts[number], self.text_ends[number])
        ]
        before = sum(len(self.source_words[number]) for number in joined if number < word)
        found = places[before : before + length]
        return found if len(places) == len(letters) and len(found) == length else []

    def is_sure(self, word: int) -> bool:
        """Return whether the partner of a word is the only one of its kind that may be it.

        Where syntax was taken for text, or text for syntax, the same word may stand twice between
        the partners of its neighbours; then any of the two is as good for an alignment.
        """
        if self.partners[word] < 0:
            return True
        before = self.partners[max(0, word - REACH) : word]
        behind = self.partners[word + 1 : word + 1 + REACH]
        start = max(before, default=-1) + 1
        end = min((partner for partner in behind if partner >= 0), default=len(self.text_words))
        return self.text_words[start:end].count(self.text_words[self.partners[word]]) == 1

    def letters(self, start: int, end: int) -> str:
        """Return the words of the visible text between two of its places, joined."""
        first, last = bisect_right(self.text_ends, start), bisect_left(self.text_starts, end)
        if first >= last:
            return ""
        joined = "".join(self.text_words[first:last])
        before = max(0, start - self.text_starts[first])
        behind = max(0, self.text_ends[last - 1] - end)
        return joined[before : len(joined) - behind]

    @cached_property
    def source_letters(self) -> str:
        """Return the words of the source that show, joined."""
        return "".join(word for number, word in enumerate(self.source_words) if self.shows(number))

    @cached_property
    def text_letters(self) -> str:
        """Return the words of the visible text, joined."""
        return "".join(self.text_words)

    def unshown(self, start: int, end: int) -> list[Stretch]:
        """Return the stretches between two places of the source that don't show as written.

        What looks like one, and all words of which show, is text.
        """
        first = bisect_right(self._stretch_ends, start)
        last = bisect_left(self.stretches, (end,))
        return [one for one in self.stretches[first:last] if not self._is_text(one)]

    def _is_text(self, stretch: Stretch) -> bool:
        words = self.words_of(SourceRange(stretch[0], stretch[1]))
        return len(words) > 0 and all(self.partners[word] >= 0 for word in words)

    @cached_property
    def _stretch_ends(self) -> list[int]:
        return [end for _, end, _ in self.stretches]


def align(source: str, text: str) -> Alignment:
    """Return which words of the Markdown `source` became which of the visible `text`.

    Never raises.  Cost: near linear; 7 ms for 6,000 words.
    """
    left, source_starts, source_ends = split_words(source)
    right, text_starts, text_ends = split_words(text)
    hidden = stretches(source)
    silent = _covered([(start, end) for start, end, _ in hidden], source_starts)
    return Alignment(
        left,
        source_starts,
        source_ends,
        right,
        text_starts,
        text_ends,
        _partners(left, right, silent),
        hidden,
        silent,
    )


def pair_words(left: Sequence[str], right: Sequence[str]) -> list[int]:
    """Return for each of the words `left` the index of its partner in `right`, or -1.

    Partners rise.  Cost: that of `align`.
    """
    return _partners(left, right, [False] * len(left))


def _covered(spans: list[tuple[int, int]], starts: list[int]) -> list[bool]:
    """Return for each word whether it begins in one of `spans`."""
    covered = [False] * len(starts)
    for start, end in spans:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        covered[first:last] = [True] * (last - first)
    return covered


def split_words(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the words of `text` in lower case, where each begins, and where it ends."""
    # A pattern with a group splits into gaps and words by turns: no match object for each.
    parts = _word().split(text)
    ends = list(accumulate(map(len, parts)))
    return list(map(str.lower, parts[1::2])), ends[:-1:2], ends[1::2]


def _partners(left: Sequence[str], right: Sequence[str], silent: Sequence[bool]) -> list[int]:
    """Return for each item of `left` the index of its partner in `right`, or -1.

    Those that are `silent` get one only between the others: in `[words](words.md)` the first are
    those that show, but in code both do.
    """
    speaking = [index for index in range(len(left)) if not silent[index]]
    partners = [-1] * len(left)
    pairs = [(-1, -1)]
    for a, b in _pairs(
        [left[index] for index in speaking], right, [(0, len(speaking), 0, len(right))]
    ):
        pairs.append((speaking[a], b))
    pairs.sort()
    pairs.append((len(left), len(right)))
    gaps = [
        (before[0] + 1, after[0], before[1] + 1, after[1])
        for before, after in pairwise(pairs)
        if after[0] > before[0] + 1 and after[1] > before[1] + 1
    ]
    for a, b in [*pairs[1:-1], *_pairs(left, right, gaps)]:
        partners[a] = b
    return partners


def _pairs(
    left: Sequence[str], right: Sequence[str], waiting: list[tuple[int, int, int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the indexes of partners within `waiting` stretches of both."""
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        while a < a_end and b < b_end and left[a] == right[b]:
            yield a, b
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and left[a_end - 1] == right[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            yield a_end, b_end
        if a == a_end or b == b_end:
            continue
        pairs = _unique_pairs(left, a, a_end, right, b, b_end)
        if pairs:
            for pair_a, pair_b in pairs:
                yield pair_a, pair_b
                waiting.append((a, pair_a, b, pair_b))
                a, b = pair_a + 1, pair_b + 1
            waiting.append((a, a_end, b, b_end))
        elif (a_end - a) * (b_end - b) <= MOST_CELLS:
            for pair_a, pair_b in _common(left[a:a_end], right[b:b_end]):
                yield a + pair_a, b + pair_b


def _unique_pairs(
    left: Sequence[str], a: int, a_end: int, right: Sequence[str], b: int, b_end: int
) -> list[tuple[int, int]]:
    """Return pairs of items that stand once on both sides, as many as rise together."""
    counts_left, counts_right = Counter(left[a:a_end]), Counter(right[b:b_end])
    places = {right[index]: index for index in range(b, b_end) if counts_right[right[index]] == 1}
    pairs = [
        (index, places[left[index]])
        for index in range(a, a_end)
        if counts_left[left[index]] == 1 and left[index] in places
    ]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest selection of `pairs` whose second parts rise; the first parts do."""
    tails: list[int] = []
    tail_indexes: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(tail_indexes[at - 1] if at else -1)
        if at == len(tails):
            tails.append(second)
            tail_indexes.append(index)
        else:
            tails[at] = second
            tail_indexes[at] = index
    chosen = []
    index = tail_indexes[-1] if tail_indexes else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs of a longest common subsequence."""
    width = len(right) + 1
    table = [[0] * width for _ in range(len(left) + 1)]
    for a in range(len(left) - 1, -1, -1):
        row, below = table[a], table[a + 1]
        for b in range(len(right) - 1, -1, -1):
            if left[a] == right[b]:
                row[b] = below[b + 1] + 1
            else:
                row[b] = max(below[b], row[b + 1])
    pairs = []
    a = b = 0
    while a < len(left) and b < len(right):
        if left[a] == right[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif table[a + 1][b] >= table[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs
