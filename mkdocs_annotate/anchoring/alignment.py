"""Markdown source to visible text, word by word: for quotes copied from the source.

Source: B. Cohen's patience diff (words that stand once on both sides anchor the rest), by a stack
in place of recursion, with an ordinary longest common subsequence for what is left.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise

from mkdocs_annotate.anchoring.normalisation import Level, fold
from mkdocs_annotate.model.places import Range, SourceRange

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


# Syntax whose words never show: link targets and definitions, attribute lists, footnote
# references, comments, tags, entities, emoji codes, openers of fences and admonitions, numbers
# of lists.  Each part is total within its line.
_SILENT = re.compile(
    r"""\]\([^)\n]*\)? | \]\[[^\]\n]*\]? | ^[ ]{0,3}\[[^\]\n]+\]:.* | \{[:#.%][^}\n]*\}?
    | \[\^[^\]\n]*\]?:? | <!--(?s:.*?)(?:-->|\Z) | <[^>\n]*>? | &\#?\w+;? | :[\w+-]+:
    | ^[ >]*(?:```|~~~|!!!|\?\?\?|===|///).* | ^[ >]*\d+[.)]""",
    re.MULTILINE | re.VERBOSE,
)
_SYNTAX = re.compile(r"[*_`\[\]<>&\\~=#|{}^]|--|^[^\S\n]*[-+>]\s", re.MULTILINE)


@dataclass(frozen=True)
class Alignment:
    """The words of a source and of a visible text, and which word became which.

    Starts and ends are parallel lists in order; `partners` has the number of a visible word for
    each word of the source, -1 for one that has none, and rises; `silent` tells which words of
    the source are probably syntax that never shows.
    """

    source_starts: list[int] = field(repr=False)
    source_ends: list[int] = field(repr=False)
    text_words: list[str] = field(repr=False)
    text_starts: list[int] = field(repr=False)
    text_ends: list[int] = field(repr=False)
    partners: list[int] = field(repr=False)
    silent: list[bool] = field(repr=False)

    def visible(self, place: SourceRange) -> Range | None:
        """Return the words of the visible text that `place` became, from the first to the last.

        None where the first or last of its words can't be told: unaligned, and not part of syntax
        that never shows.
        """
        first, end = self._words_of(place)
        last = end - 1
        while first <= last and self.partners[first] < 0:
            if not self.silent[first]:
                return None
            first += 1
        while first <= last and self.partners[last] < 0:
            if not self.silent[last]:
                return None
            last -= 1
        if first > last:
            return None
        if not (self._is_sure(first) and self._is_sure(last)):
            return None
        # A place may begin or end within a word, in scripts that join words above all.
        before = max(0, place.start - self.source_starts[first])
        behind = max(0, self.source_ends[last] - place.end)
        return Range(
            self.text_starts[self.partners[first]] + before,
            self.text_ends[self.partners[last]] - behind,
        )

    def _is_sure(self, word: int) -> bool:
        """Return whether the partner of a word is the only one of its kind that may be it.

        Where syntax was taken for text, or text for syntax, the same word may stand twice between
        the partners of its neighbours; then any of the two is as good for an alignment.
        """
        before = self.partners[max(0, word - REACH) : word]
        behind = self.partners[word + 1 : word + 1 + REACH]
        start = max(before, default=-1) + 1
        end = min((partner for partner in behind if partner >= 0), default=len(self.text_words))
        return self.text_words[start:end].count(self.text_words[self.partners[word]]) == 1

    def shows(self, place: SourceRange) -> bool:
        """Return whether `place` has words that show: that are no part of silent syntax."""
        first, end = self._words_of(place)
        return not all(self.silent[first:end])

    def _words_of(self, place: SourceRange) -> tuple[int, int]:
        """Return the number of the first word of which `place` has some, and of that behind."""
        return bisect_right(self.source_ends, place.start), bisect_left(
            self.source_starts, place.end
        )


def has_syntax(quote: str) -> bool:
    """Return whether `quote` holds signs that may be Markdown's: it was perhaps copied from it."""
    return bool(_SYNTAX.search(quote))


def align(source: str, text: str) -> Alignment:
    """Return which words of the Markdown `source` became which of the visible `text`.

    Never raises.  Cost: near linear; 7 ms for 6,000 words.
    """
    left, source_starts, source_ends = split_words(source)
    right, text_starts, text_ends = split_words(text)
    silent = _covered([found.span() for found in _SILENT.finditer(source)], source_starts)
    return Alignment(
        source_starts,
        source_ends,
        right,
        text_starts,
        text_ends,
        _partners(left, right, silent),
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


def with_edge_signs(place: Range, quote: str, text: str) -> Range:
    """Return `place`, found by its words, with the signs around them that `quote` has too.

    Signs of the quote are taken from inside: one that equals the next of the visible text belongs
    to the passage, any other is syntax.
    """
    folded = fold(quote, Level.TYPOGRAPHY).text.strip()
    words = list(_word().finditer(folded))
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
