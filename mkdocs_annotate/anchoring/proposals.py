"""The nearest passages of an orphan: shown to a human, never rendered."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from mkdocs_annotate.anchoring.ladder import Orphan, Reason
from mkdocs_annotate.anchoring.matching import (
    HOLE_CONTEXT,
    LEAST_LIKENESS,
    MAX_PLACES,
    TELLING_CONTEXT,
    Context,
    context_likeness,
    context_of,
    unspaced,
)
from mkdocs_annotate.anchoring.normalisation import Level, fold
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.similarity import distances
from mkdocs_annotate.model.places import Range

MOST = 3
"""How many proposals a person is shown."""

LEAST_LENGTH = 20
"""Shortest quote, in characters, that is looked for by its own words."""

WELL_FOUND = 0.80
"""Score from which on a passage that was looked for by its words is looked for no further."""

GRAM, UNSPACED_GRAM, GRAMS = 5, 2, 24
"""How many characters seeds have that are no words, in scripts with and without spaces; and how
many of them are looked for, the rarest first."""

LEAST_HINT = 0.45
"""Least likeness of the context of a passage that is near enough by its own words: the context of
another passage has about 0.3."""

LONGEST_WORD = 60
"""How far a proposal grows to the end of a word, in characters."""

PLACES_A_SEED = 400
"""How many places of one word vote: more are no evidence."""

WINDOWS = 4
"""How many stretches of the text are compared closely."""

LONG = 300
"""Quotes beyond this are compared by their first and last characters: cost is length squared."""

GAP_LEAST, GAP_FACTOR = 40, 3
"""Longest text between prefix and suffix that may be the passage, reworded: at least 40
characters, or three times the quote.  Of passages wholly replaced 93 to 95 % are found so."""

# Least score of a passage, by the length of the quote: short ones are alike by chance.
_WITH_CONTEXT = ((40, 0.72), (80, 0.65), (math.inf, 0.60))
_BARE = ((40, 0.85), (80, 0.80), (math.inf, 0.70))

BARE_LEAD = 0.10
"""How much better than the next a passage without context must be to stand alone."""

_WORD = re.compile(r"\w+")

Seed = tuple[int, list[int]]
"""Where a part of a quote begins in it, and in the text."""


class Way(Enum):
    """How a proposal was come by; an earlier one is surer."""

    PORTED = "ported"
    """It is what the passage became that had been found in an older text of the article."""

    REFUSED = "refused"
    """The words stand there, but not with certainty."""

    GAP = "gap"
    """It stands between prefix and suffix."""

    NEAR = "near"
    """Its words are like those of the quote."""


@dataclass(frozen=True)
class Proposal:
    """A passage that an orphan may mean, how it was come by, and its score from 0 to 1."""

    range: Range
    way: Way
    score: float


def propose(orphan: Orphan, page: Page) -> list[Proposal]:
    """Return the passages of `page` that `orphan` may mean, best first, at most `MOST`.

    Nothing for a passage that seems removed.  Never raises.
    Cost: 2 to 4 ms on 30 kB of text.
    """
    if was_removed(orphan, page):
        return []
    quote = orphan.annotation.quote
    context = context_of(quote.prefix, quote.suffix)
    found = [Proposal(place, Way.REFUSED, 1.0) for place in orphan.places]
    if not found and orphan.reason in (Reason.MISSING, Reason.UNCERTAIN):
        found = _in_gap(quote.exact, context, page) + _near(quote.exact, context, page)
    apart: list[Proposal] = []
    for proposal in found:
        if not any(_overlap(proposal.range, other.range) for other in apart):
            apart.append(proposal)
        if len(apart) == MOST:
            break
    return apart


def _overlap(one: Range, other: Range) -> bool:
    return one.start < other.end and other.start < one.end


def was_removed(orphan: Orphan, page: Page) -> bool:
    """Return whether prefix and suffix now follow each other, with nothing told between them."""
    if orphan.reason != Reason.MISSING:
        return False
    quote = orphan.annotation.quote
    gap = _between(quote.exact, context_of(quote.prefix, quote.suffix), page)
    return gap is not None and not any(map(str.isalnum, page.text[gap.start : gap.end]))


def _between(exact: str, context: Context, page: Page) -> Range | None:
    """Return what stands between prefix and suffix, where they stand near each other just once."""
    head, tail = context.prefix[-HOLE_CONTEXT:], context.suffix[:HOLE_CONTEXT]
    longest = max(GAP_LEAST, GAP_FACTOR * len(exact))
    if len(head) < TELLING_CONTEXT or len(tail) < TELLING_CONTEXT:
        return _beside_edge(head, tail, longest, page)
    folded = page.typography
    gaps: list[tuple[int, int]] = []
    for at in islice(folded.finder.starts(head), MAX_PLACES):
        end = at + len(head)
        follows = folded.text.find(tail, end, end + longest + len(tail))
        if follows >= 0:
            gaps.append((end, follows))
        if len(gaps) == 2:
            break
    if len(gaps) != 1:
        return None
    start, end = gaps[0]
    return folded.back(Range(start, end)) if start < end else Range(0, 0)


def _beside_edge(head: str, tail: str, longest: int, page: Page) -> Range | None:
    """Return what stands between a short side at the edge of a block and the other side.

    The short side is a prefix that begins the block, or a suffix that ends it; the other one must
    stand just once.
    """
    telling = tail if len(head) < len(tail) else head
    if not (head and tail) or len(telling) < TELLING_CONTEXT:
        return None
    folded = page.typography
    places = list(islice(folded.finder.starts(telling), 2))
    if len(places) != 1:
        return None
    found = folded.back(Range(places[0], places[0] + len(telling)))
    block = page.projection.trimmed(page.projection.block_around(found))
    # A short side is a few plain characters: as many in the text as folded.
    if telling is tail:
        gap = Range(block.start + len(head), found.start)
        edge, side = page.text[block.start : gap.start], head
    else:
        gap = Range(found.end, block.end - len(tail))
        edge, side = page.text[gap.end : block.end], tail
    if fold(edge, Level.TYPOGRAPHY).text != side:
        return None
    if gap.end <= gap.start:
        return Range(0, 0)
    return gap if gap.end <= gap.start + longest else None


def _in_gap(exact: str, context: Context, page: Page) -> list[Proposal]:
    gap = _between(exact, context, page)
    if gap is None:
        return []
    gap = page.projection.trimmed(gap)
    return [Proposal(gap, Way.GAP, 0.9)] if gap.start < gap.end else []


def _near(exact: str, context: Context, page: Page) -> list[Proposal]:
    """Return passages whose words are like those of the quote."""
    quote = fold(exact, Level.TYPOGRAPHY).text.strip().lower()
    if len(quote) < LEAST_LENGTH:
        return []
    scored = _scored(quote, _windows(_word_seeds(quote, page), len(quote), page), page)
    if all(score < WELL_FOUND for score, _ in scored):
        scored += _scored(quote, _windows(_gram_seeds(quote, page), len(quote), page), page)
    scored.sort(key=lambda item: (-item[0], item[1]))
    distinct: list[tuple[float, Range]] = []
    for score, place in scored:
        if not any(_overlap(place, other) for _, other in distinct):
            distinct.append((score, place))
    return _credible(distinct, len(quote), context, page)


def _scored(quote: str, windows: list[Range], page: Page) -> list[tuple[float, Range]]:
    """Return the stretch of each window that is nearest to `quote`, with its score."""
    text = page.near_text
    scored: list[tuple[float, Range]] = []
    for window in windows:
        found = _closest(quote, text[window.start : window.end])
        if found is not None:
            score, place = found
            there = Range(window.start + place.start, window.start + place.end)
            scored.append((score, _whole_words(there, text)))
    return scored


def _credible(
    scored: list[tuple[float, Range]], length: int, context: Context, page: Page
) -> list[Proposal]:
    """Return the proposals whose score, or whose score and context, is no chance."""
    least_bare = next(least for limit, least in _BARE if length < limit)
    least_with = next(least for limit, least in _WITH_CONTEXT if length < limit)
    proposals = []
    for score, place in scored:
        back = page.typography.back(place)
        if context.given:
            around = context_likeness(back, context, page.text)
            least = least_with if around >= LEAST_LIKENESS else least_bare
            credible = score >= least and around >= LEAST_HINT
        else:
            credible = score >= least_bare
        if credible:
            proposals.append(Proposal(back, Way.NEAR, score))
    if not context.given and len(proposals) > 1:
        best = proposals[0].score
        return [p for p in proposals if best - p.score < BARE_LEAD]
    return proposals


def _word_seeds(quote: str, page: Page) -> list[Seed]:
    """Return the words of `quote` that stand in the text, with their places."""
    words = ((found.start(), found.group()) for found in _WORD.finditer(quote))
    return [(at, page.word_places[word]) for at, word in words if word in page.word_places]


def _gram_seeds(quote: str, page: Page) -> list[Seed]:
    """Return the rarest stretches of a few characters of `quote` that stand in the text.

    For words that all have changed a little, and for scripts without spaces between words.
    """
    text = page.near_text
    size = UNSPACED_GRAM if unspaced().search(quote) else GRAM
    # To count one takes 0.1 ms on 200 kB of text.
    step = 1 + len(quote) // (2 * GRAMS)
    grams = {quote[at : at + size]: at for at in range(0, len(quote) - size + 1, step)}
    counts = {gram: text.count(gram) for gram in grams}
    known = sorted((gram for gram in grams if counts[gram]), key=lambda gram: counts[gram])
    return [(grams[gram], _places(gram, text)) for gram in known[:GRAMS]]


def _places(gram: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(gram)
    while at >= 0 and len(found) < PLACES_A_SEED:
        found.append(at)
        at = text.find(gram, at + 1)
    return found


def _windows(seeds: list[Seed], length: int, page: Page) -> list[Range]:
    """Return the stretches of the text where `seeds` stand in much the same order as in a quote.

    Each seed votes for the places where a passage of `length` characters would begin if that seed
    were at its place in it; rare ones weigh more.
    """
    total = max(1, sum(len(places) for places in page.word_places.values()))
    width = max(16, length // 4)
    votes: dict[int, float] = defaultdict(float)
    for at, places in seeds:
        weight = math.log(1 + total / len(places))
        for place in places[:PLACES_A_SEED]:
            bucket = (place - at) // width
            votes[bucket] += weight
            votes[bucket + 1] += weight / 2
    best = sorted(votes, key=lambda bucket: (-votes[bucket], bucket))[:WINDOWS]
    margin = width + max(16, length // 3)
    end = len(page.near_text)
    return [
        Range(
            max(0, min(end, bucket * width - margin)),
            max(0, min(end, bucket * width + width + length + margin)),
        )
        for bucket in best
    ]


def _closest(quote: str, text: str) -> tuple[float, Range] | None:
    """Return the stretch of `text` nearest to `quote`, the longest of equals, and its score."""
    if len(quote) > LONG:
        half = LONG // 2
        first, last = _closest(quote[:half], text), _closest(quote[-half:], text)
        if first is None or last is None or last[1].end <= first[1].start:
            return None
        return (first[0] + last[0]) / 2, Range(first[1].start, last[1].end)
    ends = list(distances(quote, text, anywhere=True))
    least = min(ends)
    end = max(index for index, cost in enumerate(ends) if cost == least)
    starts = list(distances(quote[::-1], text[:end][::-1]))
    nearest = min(starts)
    start = end - max(index for index, cost in enumerate(starts) if cost == nearest)
    if start >= end:
        return None
    return 1 - least / len(quote), Range(start, end)


def _whole_words(place: Range, text: str) -> Range:
    """Return `place` grown or shrunk to the edges of words, whichever is nearer."""
    words = _WORD.finditer(text, max(0, place.start - 30))
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
