"""The passages of a page that are nearest to a quote: hints for a person, never anchors.

Short quotes are compared word by word, longer ones sign by sign.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from itertools import islice
from typing import NamedTuple

from mkdocs_annotate.anchoring.form import fold_text, unspaced
from mkdocs_annotate.anchoring.inexact_text import NearText, words_of
from mkdocs_annotate.anchoring.string_search import distances
from mkdocs_annotate.model.places import Range

MOST_WORDS = 12
"""Longest quote that is compared word by word."""

PLACES_A_WORD = 400
"""How many places of one word vote: more are no evidence."""

PHRASE_WINDOWS = 12
"""How many stretches of the text are compared closely."""

STEM = 4
"""Fewest letters that two forms of one word begin with; they are half of the longer at least."""

RARE = 5
"""How often a word may stand in the text that a quote of two or three words must share."""

LETTER = 0.25
"""What a word of one letter costs, put in or taken out: the `s` of “the mayor's”."""

FEW_WORDS, FEW_COST, COST = 8, 1.25, 2.25
"""How much a passage may differ from a quote of fewer than eight words, and from a longer one: by
one or two other words, or twice as many forms of them."""

SPARE = 2
"""How many words more than the quote a passage may have."""


class Near(NamedTuple):
    """A passage of the near text, and how alike it is to the quote: 0 to 1."""

    score: float
    range: Range


def near_phrases(exact: str, text: NearText) -> list[Near]:
    """Return the stretches of `text` that have all words of `exact` but one, best first.

    Of 8 words and more two may differ.  Empty for quotes of one word or of more than `MOST_WORDS`.
    Cost: linear in the places of the words, up to a bound.
    """
    quote = [word for word, _ in words_of(fold_text(exact).lower())]
    if not 2 <= len(quote) <= MOST_WORDS:
        return []
    found: dict[Range, float] = {}
    for first in _phrase_windows(quote, text):
        best = _best_in(quote, first, text)
        if best is not None:
            cost, place = best
            found.setdefault(place, 1 - cost / len(quote))
    # Of passages that differ as much, the one that shares the rarer words, and the longest.
    shared = {place: _shared_weight(quote, place, text) for place in found}
    near = sorted(
        (Near(score, place) for place, score in found.items()),
        key=lambda one: (-one.score, -shared[one.range], one.range.start, -one.range.end),
    )
    return [one for one in near if one.score == near[0].score] if near else []


def _shared_weight(quote: list[str], place: Range, text: NearText) -> float:
    """Return the weight of the words that a passage shares with the quote: rare ones weigh more."""
    words = {word for word, _ in words_of(text.text[place.start : place.end])}
    return sum(_weight(word, text) for word in words.intersection(quote))


def _weight(word: str, text: NearText) -> float:
    count = len(text.numbers.get(word, ()))
    return math.log(1 + len(text.words) / count) if count else 0.0


def _phrase_windows(quote: list[str], text: NearText) -> list[int]:
    """Return the numbers of the words at which a passage like `quote` may begin, likeliest first.

    Each word votes for the places where the passage would begin; rare ones weigh more.
    """
    votes: dict[int, float] = defaultdict(float)
    for at, word in enumerate(quote):
        numbers = text.numbers.get(word, ())
        weight = _weight(word, text)
        for number in numbers[:PLACES_A_WORD]:
            for shift in (-1, 0, 1):
                votes[number - at + shift] += weight if shift == 0 else weight * 0.9
    return sorted(votes, key=lambda start: (-votes[start], start))[:PHRASE_WINDOWS]


def _best_in(quote: list[str], first: int, text: NearText) -> tuple[float, Range] | None:
    """Return the nearest stretch about word number `first`, with its cost; None if none is near.

    The edit distance of words, with free ends; of equal costs the longest stretch.
    """
    start = max(0, first - SPARE)
    words = text.words[start : first + len(quote) + SPARE]
    most = FEW_COST if len(quote) < FEW_WORDS else COST
    distinct = set(quote)
    if len(distinct) - len(distinct.intersection(words)) > 2 * most:
        return None
    # Each row: of the quote's words so far the cost, and the word that the stretch begins with.
    row = [(0.0, at) for at in range(len(words) + 1)]
    for word in quote:
        lone = LETTER if len(word) == 1 else 1
        above, row = row, [(row[0][0] + lone, row[0][1])]
        for at, other in enumerate(words):
            replaced = (above[at][0] + _cost(word, other), above[at][1])
            taken_out = (above[at + 1][0] + lone, above[at + 1][1])
            put_in = (row[at][0] + (LETTER if len(other) == 1 else 1), row[at][1])
            row.append(min(replaced, taken_out, put_in))
    cost, begin, end = min(
        ((cost, begin, -end) for end, (cost, begin) in enumerate(row)), default=(math.inf, 0, 0)
    )
    end = -end
    if end <= begin or not _is_near(quote, words[begin:end], cost, text):
        return None
    return cost, Range(text.starts[start + begin], text.end(start + end - 1))


def _cost(word: str, other: str) -> float:
    if word == other:
        return 0.0
    if word[0].isdecimal() and other[0].isdecimal():
        # A figure was put right.
        return 0.5
    stem = max(STEM, (max(len(word), len(other)) + 1) // 2)
    return 0.5 if word[:stem] == other[:stem] else 1.0


def _is_near(quote: list[str], passage: list[str], cost: float, text: NearText) -> bool:
    """Return whether a passage is near enough to be shown to a person."""
    if len(quote) > 3:
        return cost <= (FEW_COST if len(quote) < FEW_WORDS else COST)
    shared = set(quote) & set(passage)
    if not any(len(text.numbers[word]) <= RARE for word in shared):
        return False
    whole = quote[0] == passage[0] and quote[-1] == passage[-1]
    return cost <= (1.0 if whole else 0.5)


LEAST_LENGTH = 20
"""Shortest quote, in characters, that is looked for sign by sign."""

LONGEST = 10_000
"""Longest quote that is looked for so: beyond, the search would cost more than it is worth."""

WELL_FOUND = 0.80
"""Score from which on a passage that was looked for by its words is looked for no further."""

GRAM, UNSPACED_GRAM, GRAMS = 5, 2, 24
"""How many characters seeds have that are no words, in scripts with and without spaces; and how
many of them are looked for, the rarest first."""

LONGEST_WORD = 60
"""How far a passage grows to the end of a word, in characters."""

PLACES_A_SEED = 400
"""How many places of one word vote: more are no evidence."""

SEEDS = 400
"""How many words of a long quote vote."""

WINDOWS = 4
"""How many stretches of the text are compared closely."""

LONG = 300
"""Quotes beyond this are compared by their first and last characters: cost is length squared."""

WIDEST = 400
"""How far a passage may have grown or shrunk before its end, in characters."""

# Least score of a passage, by the length of the quote: short ones are alike by chance.
_LEAST = ((40, 0.85), (80, 0.80), (math.inf, 0.70))

LEAD = 0.10
"""How much better than the next a passage must be to stand alone."""

_EDGE_WORD = re.compile(r"\w+")

Seed = tuple[int, list[int]]
"""Where a part of a quote begins in it, and in the text."""


def near_passages(exact: str, text: NearText) -> list[Near]:
    """Return the stretches of `text` that are like `exact`, best first.

    Cost: 2 to 4 ms on 30 kB of text.
    """
    quote = fold_text(exact).strip().lower()
    if not LEAST_LENGTH <= len(quote) <= LONGEST:
        return []
    scored = _scored(quote, _windows(_word_seeds(quote, text), len(quote), text), text)
    if all(near.score < WELL_FOUND for near in scored):
        scored += _scored(quote, _windows(_gram_seeds(quote, text), len(quote), text), text)
    scored.sort(key=lambda near: (-near.score, near.range))
    least = next(least for limit, least in _LEAST if len(quote) < limit)
    found: list[Near] = []
    for near in scored:
        apart = not any(
            near.range.start < other.range.end and other.range.start < near.range.end
            for other in found
        )
        if near.score >= least and apart:
            found.append(near)
    return [near for near in found if found[0].score - near.score < LEAD]


def _scored(quote: str, windows: list[Range], text: NearText) -> list[Near]:
    """Return the stretch of each window that is nearest to `quote`, with its score."""
    scored: list[Near] = []
    for window in windows:
        found = _closest(quote, text.text[window.start : window.end])
        if found is not None:
            place = Range(window.start + found.range.start, window.start + found.range.end)
            scored.append(Near(found.score, _whole_words(place, text.text)))
    return scored


def _word_seeds(quote: str, text: NearText) -> list[Seed]:
    """Return the words of `quote` that stand in the text, with their places."""
    known = [(at, text.numbers[word]) for word, at in words_of(quote) if word in text.numbers]
    known.sort(key=lambda seed: len(seed[1]))
    return [
        (at, [text.starts[number] for number in numbers[:PLACES_A_SEED]])
        for at, numbers in known[:SEEDS]
    ]


def _gram_seeds(quote: str, text: NearText) -> list[Seed]:
    """Return the rarest stretches of a few characters of `quote` that stand in the text.

    For words that all have changed a little, and for scripts without spaces between words.
    """
    size = UNSPACED_GRAM if unspaced().search(quote) else GRAM
    # To count one takes 0.1 ms on 200 kB of text.
    step = 1 + len(quote) // (2 * GRAMS)
    grams = {quote[at : at + size]: at for at in range(0, len(quote) - size + 1, step)}
    counts = {gram: text.text.count(gram) for gram in grams}
    known = sorted((gram for gram in grams if counts[gram]), key=lambda gram: counts[gram])
    return [(grams[gram], _places(gram, text.text)) for gram in known[:GRAMS]]


def _places(gram: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(gram)
    while at >= 0 and len(found) < PLACES_A_SEED:
        found.append(at)
        at = text.find(gram, at + 1)
    return found


def _windows(seeds: list[Seed], length: int, text: NearText) -> list[Range]:
    """Return the stretches of the text where `seeds` stand in much the same order as in a quote.

    Each seed votes for the places where a passage of `length` characters would begin if that seed
    were at its place in it; rare ones weigh more.
    """
    total = max(1, len(text.words))
    width = min(WIDEST, max(16, length // 4))
    votes: dict[int, float] = defaultdict(float)
    for at, places in seeds:
        weight = math.log(1 + total / len(places))
        for place in places:
            bucket = (place - at) // width
            votes[bucket] += weight
            votes[bucket + 1] += weight / 2
    best = sorted(votes, key=lambda bucket: (-votes[bucket], bucket))[:WINDOWS]
    margin = width + min(WIDEST, max(16, length // 3))
    end = len(text.text)
    return [
        Range(
            max(0, min(end, bucket * width - margin)),
            max(0, min(end, bucket * width + width + length + margin)),
        )
        for bucket in best
    ]


def _closest(quote: str, text: str) -> Near | None:
    """Return the stretch of `text` nearest to `quote`, the longest of equals, and its score."""
    if len(quote) > LONG:
        half, reach = LONG // 2, max(LONG, len(text) - len(quote) + LONG)
        first, last = _closest(quote[:half], text[:reach]), _closest(quote[-half:], text[-reach:])
        behind = max(0, len(text) - reach)
        if first is None or last is None or behind + last.range.end <= first.range.start:
            return None
        place = Range(first.range.start, behind + last.range.end)
        return Near((first.score + last.score) / 2, place)
    ends = list(distances(quote, text, anywhere=True))
    least = min(ends)
    end = max(index for index, cost in enumerate(ends) if cost == least)
    starts = list(distances(quote[::-1], text[:end][: -2 * len(quote) - 1 : -1]))
    nearest = min(starts)
    start = end - max(index for index, cost in enumerate(starts) if cost == nearest)
    return Near(1 - least / len(quote), Range(start, end)) if start < end else None


def _whole_words(place: Range, text: str) -> Range:
    """Return `place` grown or shrunk to the edges of words, whichever is nearer."""
    words = _EDGE_WORD.finditer(text, max(0, place.start - 30))
    starts = [found.start() for found in islice(words, 8)]
    start, end = place.start, place.end
    if 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        index = bisect_left(starts, start)
        before = starts[index - 1] if index else start
        after = starts[index] if index < len(starts) else start
        start = before if start - before <= after - start else after
    longest = end + LONGEST_WORD
    while 0 < end < min(longest, len(text)) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Range(start, max(end, start + 1))
