"""The passages nearest to a short quote, word by word: one replaced, put in or taken out."""

import math
from collections import defaultdict
from typing import NamedTuple

from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.anchoring.near_text import NearText, words_of
from mkdocs_annotate.model.places import Range

MOST_WORDS = 12
"""Longest quote that is compared word by word."""

PLACES_A_WORD = 400
"""How many places of one word vote: more are no evidence."""

WINDOWS = 12
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
    for first in _windows(quote, text):
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
    """Return how much the words that a passage shares with the quote tell: rare ones more."""
    words = {word for word, _ in words_of(text.text[place.start : place.end])}
    return sum(_weight(word, text) for word in words.intersection(quote))


def _weight(word: str, text: NearText) -> float:
    count = len(text.numbers.get(word, ()))
    return math.log(1 + len(text.words) / count) if count else 0.0


def _windows(quote: list[str], text: NearText) -> list[int]:
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
    return sorted(votes, key=lambda start: (-votes[start], start))[:WINDOWS]


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
