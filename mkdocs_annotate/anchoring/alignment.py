"""Markdown source to visible text, word by word: for quotes copied from the source.

Source: B. Cohen's patience diff (words that stand once on both sides anchor the rest), by a stack
in place of recursion, with an ordinary longest common subsequence for what is left.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from mkdocs_annotate.anchoring.normalisation import Level, fold
from mkdocs_annotate.model.places import Range, SourceRange

MOST_CELLS = 60_000
"""Largest table of a longest common subsequence, in cells; larger stretches stay unaligned."""

_WORD = re.compile(r"[^\W_]+")

# Syntax whose words never show: link targets and definitions, attribute lists, footnote
# references, comments, tags, entities, emoji codes, openers of fences and admonitions, numbers
# of lists.  Each part is total within its line.
_SILENT = re.compile(
    r"""\]\([^)\n]*\)? | \]\[[^\]\n]*\]? | ^[ ]{0,3}\[[^\]\n]+\]:.* | \{[:#.%][^}\n]*\}?
    | \[\^[^\]\n]+\]:? | <!--.*?(?:-->|\Z) | <[^>\n]*>? | &\#?\w+;? | :[\w+-]+:
    | ^[ >]*(?:```|~~~|!!!|\?\?\?|===|///).* | ^[ >]*\d+[.)]""",
    re.MULTILINE | re.VERBOSE,
)
_SYNTAX = re.compile(r"[*_`\[\]<>&\\~=#|{}^]|--|^\s*[-+>]\s", re.MULTILINE)


@dataclass(frozen=True)
class Alignment:
    """The words of a source and of a visible text, and which word became which.

    Starts and ends are parallel lists in order; `partners` has the number of a visible word for
    each word of the source, -1 for one that has none, and rises.
    """

    source_starts: list[int] = field(repr=False)
    source_ends: list[int] = field(repr=False)
    text_starts: list[int] = field(repr=False)
    text_ends: list[int] = field(repr=False)
    partners: list[int] = field(repr=False)
    silent: list[tuple[int, int]] = field(repr=False)

    def visible(self, place: SourceRange) -> Range | None:
        """Return the words of the visible text that `place` became, from the first to the last.

        None where the first or last of its words can't be told: unaligned, and not part of syntax
        that never shows.
        """
        first = bisect_left(self.source_starts, place.start)
        last = bisect_right(self.source_ends, place.end) - 1
        while first <= last and self.partners[first] < 0:
            if not self._is_silent(first):
                return None
            first += 1
        while first <= last and self.partners[last] < 0:
            if not self._is_silent(last):
                return None
            last -= 1
        if first > last:
            return None
        return Range(self.text_starts[self.partners[first]], self.text_ends[self.partners[last]])

    def shows(self, place: SourceRange) -> bool:
        """Return whether `place` has words that show: that are no part of silent syntax."""
        first = bisect_left(self.source_starts, place.start)
        last = bisect_right(self.source_ends, place.end)
        return not all(map(self._is_silent, range(first, last)))

    def _is_silent(self, word: int) -> bool:
        start, end = self.source_starts[word], self.source_ends[word]
        around = bisect_right(self.silent, (start, len(self.silent) and self.silent[-1][1])) - 1
        return around >= 0 and self.silent[around][0] <= start and end <= self.silent[around][1]


def has_syntax(quote: str) -> bool:
    """Return whether `quote` holds signs that may be Markdown's: it was perhaps copied from it."""
    return bool(_SYNTAX.search(quote))


def align(source: str, text: str) -> Alignment:
    """Return which words of the Markdown `source` became which of the visible `text`.

    Never raises.  Cost: near linear; 7 ms for 6,000 words.
    """
    source_finds = list(_WORD.finditer(source))
    text_finds = list(_WORD.finditer(text))
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(found.group().lower(), len(numbers)) for found in source_finds]
    right = [numbers.setdefault(found.group().lower(), len(numbers)) for found in text_finds]
    return Alignment(
        [found.start() for found in source_finds],
        [found.end() for found in source_finds],
        [found.start() for found in text_finds],
        [found.end() for found in text_finds],
        _partners(left, right),
        [found.span() for found in _SILENT.finditer(source)],
    )


def _partners(left: Sequence[int], right: Sequence[int]) -> list[int]:
    """Return for each item of `left` the index of its partner in `right`, or -1."""
    partners = [-1] * len(left)
    waiting = [(0, len(left), 0, len(right))]
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        while a < a_end and b < b_end and left[a] == right[b]:
            partners[a] = b
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and left[a_end - 1] == right[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            partners[a_end] = b_end
        if a == a_end or b == b_end:
            continue
        pairs = _unique_pairs(left, a, a_end, right, b, b_end)
        if pairs:
            for pair_a, pair_b in pairs:
                partners[pair_a] = pair_b
                waiting.append((a, pair_a, b, pair_b))
                a, b = pair_a + 1, pair_b + 1
            waiting.append((a, a_end, b, b_end))
        elif (a_end - a) * (b_end - b) <= MOST_CELLS:
            for pair_a, pair_b in _common(left[a:a_end], right[b:b_end]):
                partners[a + pair_a] = b + pair_b
    return partners


def _unique_pairs(
    left: Sequence[int], a: int, a_end: int, right: Sequence[int], b: int, b_end: int
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


def _common(left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
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


def with_edge_signs(place: Range, quote: str, text: str) -> Range:
    """Return `place`, found by its words, with the signs around them that `quote` has too.

    Signs of the quote are taken from inside: one that equals the next of the visible text belongs
    to the passage, any other is syntax.
    """
    folded = fold(quote, Level.TYPOGRAPHY).text.strip()
    words = list(_WORD.finditer(folded))
    if not words:
        return place
    start, end = place.start, place.end
    for sign in reversed(folded[: words[0].start()]):
        if start and _shows_as(text[start - 1], sign):
            start -= 1
    after = folded[words[-1].end() :]
    while after:
        if (
            end < len(text)
            and (shown := fold(text[end], Level.TYPOGRAPHY).text)
            and (after.startswith(shown))
        ):
            end += 1
            after = after[len(shown) :]
        else:
            after = after[1:]
    while end > place.end and text[end - 1].isspace():
        end -= 1
    while start < place.start and text[start].isspace():
        start += 1
    return Range(start, end)


def _shows_as(character: str, sign: str) -> bool:
    return fold(character, Level.TYPOGRAPHY).text == sign
