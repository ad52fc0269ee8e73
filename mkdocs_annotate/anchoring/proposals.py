"""The passages that an orphan may mean: shown to a person, never rendered."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from mkdocs_annotate.anchoring import tags
from mkdocs_annotate.anchoring.anchors import Orphan, Reason
from mkdocs_annotate.anchoring.ends import with_edge_signs
from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.anchoring.keys import MOST_PLACES, Words
from mkdocs_annotate.anchoring.lookalikes import Difference, lookalikes
from mkdocs_annotate.anchoring.near_passages import near_passages, near_phrases
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Quote

GAP_LEAST, GAP_FACTOR = 40, 3
"""Longest text between prefix and suffix that may be the passage, reworded: at least 40
characters, or three times the quote.  Of passages wholly replaced 93 to 95 % are found so."""

TELLING_CONTEXT = 12
"""Fewest characters of prefix and suffix together that tell a place."""


def longest_gap(exact: str) -> int:
    """Return how long a text may be, in characters, that took the place of `exact`."""
    return max(GAP_LEAST, GAP_FACTOR * len(exact))


def gap_between(quote: Quote, page: Page) -> Range | None:
    """Return what stands between prefix and suffix, where they stand near each other just once.

    Without white space at its ends; it may be empty.  Cost: that of two searches.
    """
    head, tail = fold_text(quote.prefix).strip(), fold_text(quote.suffix).strip()
    if not (head and tail) or len(head) + len(tail) < TELLING_CONTEXT:
        return None
    form = page.form
    heads = [at + len(head) for at in islice(form.finder.starts(head), MOST_PLACES)]
    tails = list(islice(form.finder.starts(tail), MOST_PLACES))
    longest = longest_gap(quote.exact)
    gaps: list[Range] = []
    for end in heads:
        behind = bisect_left(tails, end)
        if behind < len(tails) and tails[behind] <= end + longest:
            gaps.append(Range(end, tails[behind]))
        if len(gaps) == 2:
            return None
    if not gaps:
        return None
    (gap,) = gaps
    if gap.start == gap.end:
        return Range(0, 0)
    return page.projection.trimmed(form.back(gap))


def was_removed(quote: Quote, page: Page) -> bool:
    """Return whether prefix and suffix now follow each other, with no words between them."""
    gap = gap_between(quote, page)
    return gap is not None and not any(map(str.isalnum, page.text[gap.start : gap.end]))


_OMISSION = re.compile(r"\S\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*\S")


class Unseen(Enum):
    """Where the words of a quote stand if the page doesn't show them as text."""

    OMISSION = "omission"
    """The quote leaves something out, and says so by dots."""

    IMAGE = "image"
    """In the text that stands for an image."""

    ADDRESS = "address"
    """In the address of a link."""

    HIDDEN = "hidden"
    """In an element that is hidden, or in a comment."""


def why_unseen(words: Words, page: Page) -> Unseen | None:
    """Return where the words of a quote stand outside the visible text; None if nowhere.

    Cost: linear in the page.
    """
    wanted = fold_text(words.exact).strip()
    if not wanted:
        return None
    found = {unseen for unseen, text in _unseen_texts(page) if wanted in fold_text(text)}
    for unseen in (Unseen.IMAGE, Unseen.ADDRESS, Unseen.HIDDEN):
        if unseen in found:
            return unseen
    return Unseen.OMISSION if _OMISSION.search(words.exact) else None


def _unseen_texts(page: Page) -> Iterator[tuple[Unseen, str]]:
    html = page.projection.html
    for token in page.projection.tokens:
        tag = html[token.start : token.end]
        if token.name == "img":
            yield Unseen.IMAGE, tags.unescaped(tags.attributes_of(tag, always=True).get("alt", ""))
        elif token.name == "a" and token.role != tags.Role.CLOSE:
            address = tags.attributes_of(tag, always=True).get("href", "")
            yield Unseen.ADDRESS, tags.unescaped(address)
        elif token.role == tags.Role.ATOM or tag.startswith("<!--"):
            yield Unseen.HIDDEN, tags.unescaped(re.sub(r"<[^<>]*>", "", tag.strip("<!->")))
        elif len(tag) > len(token.name) + 2 and tag.endswith(f"</{token.name}>"):
            yield Unseen.HIDDEN, tags.unescaped(re.sub(r"<[^<>]*>", "", tag))


MOST = 3
"""How many proposals a person is shown."""


class Evidence(Enum):
    """What a proposal rests on; an earlier member is surer."""

    PORTED = "ported"
    """It is what the passage became that had been found in an older text of the article."""

    SAME = "same"
    """Its letters are those of the quote; case, signs, spaces or what stands around differ."""

    GAP = "gap"
    """It stands between prefix and suffix."""

    NEAR = "near"
    """Its words are like those of the quote."""


@dataclass(frozen=True)
class Proposal:
    """A passage that an orphan may mean, what that rests on, and its score from 0 to 1."""

    range: Range
    way: Evidence
    score: float
    differences: tuple[Difference, ...] = ()
    """In what it differs from the quote, where it has the same letters."""


def propose(orphan: Orphan, page: Page) -> list[Proposal]:
    """Return the passages of `page` that `orphan` may mean, best first, at most `MOST`.

    Nothing for a passage that was removed, and for one given by its first and last words: these
    are told apart otherwise.  Never raises.  Cost: 2 to 4 ms on 30 kB of text.
    """
    quote = orphan.annotation.quote
    if orphan.reason in (Reason.AMBIGUOUS, Reason.OCCURRENCE, Reason.THROUGH):
        return []
    if is_removed(orphan, page):
        return []
    found = [
        Proposal(place, Evidence.SAME, 1.0 - len(differences) / 10, differences)
        for place, differences in lookalikes(orphan, page)
    ]
    if orphan.reason != Reason.CONTEXT:
        gap = gap_between(quote, page)
        if gap is not None and gap.start < gap.end:
            found.append(Proposal(gap, Evidence.GAP, 0.9))
        if not found:
            found = _near(quote.exact, page)
    apart: list[Proposal] = []
    for proposal in found:
        if not any(_overlap(proposal.range, other.range) for other in apart):
            apart.append(proposal)
        if len(apart) == MOST:
            break
    return apart


def _overlap(one: Range, other: Range) -> bool:
    return one.start < other.end and other.start < one.end


def is_removed(orphan: Orphan, page: Page) -> bool:
    """Return whether the passage of `orphan` seems to have been taken out of the page."""
    return orphan.reason == Reason.MISSING and was_removed(orphan.annotation.quote, page)


def _near(exact: str, page: Page) -> list[Proposal]:
    """Return passages whose words are like those of the quote."""
    near = near_phrases(exact, page.near) or near_passages(exact, page.near)
    found = []
    for score, place in near:
        back = with_edge_signs(page.near.back(place), exact, page.text)
        if page.markable(back):
            found.append(Proposal(back, Evidence.NEAR, score))
    return found
