"""Passages with the same letters as an orphan's quote, and how they differ: hints for a person.

The same words in another context, another case, other signs or spaces, or inside a longer word.
None is an anchor: where a passage was deleted, a copy of it elsewhere looks just the same.
"""

import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from mkdocs_annotate.anchoring.anchors import Orphan, Reason
from mkdocs_annotate.anchoring.ends import REACH, Unit, cut_between, cuts_cluster, with_edge_signs
from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.anchoring.inexact_text import letters_of
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.source_text import prepared, stretches
from mkdocs_annotate.model.places import Range

MOST_LOOKED_AT = 50
"""Most places with the same letters that are looked at: a page full of them tells nothing."""

LONGEST_WORD = 60
"""How far a part of a word grows to the whole of it, in characters."""


class Difference(Enum):
    """In what a passage differs from the quote; the value is how a message says it."""

    CONTEXT = "another prefix or suffix"
    SECTION = "another section"
    PART = "inside a longer word or number"
    SPACES = "other spaces"
    CASE = "another case"
    SIGNS = "other signs"
    EDGES = "other signs around it"
    ACCENTS = "other accents or vowel signs"


def listed_differences(differences: Iterable[Difference]) -> str:
    """Return in what a passage differs from the quote, for a message."""
    return ", ".join(difference.value for difference in differences)


class Lookalike(NamedTuple):
    """A passage, and in what it differs from the quote."""

    range: Range
    differences: tuple[Difference, ...]


def lookalikes(orphan: Orphan, page: Page) -> list[Lookalike]:
    """Return the passages of `page` with the letters of the quote of `orphan`, nearest first.

    Cost: linear in the page, once a page.
    """
    found: dict[Range, tuple[Difference, ...]] = {}
    if orphan.reason == Reason.CONTEXT:
        found.update((place, (Difference.CONTEXT,)) for place in orphan.places)
    elif orphan.reason == Reason.SECTION:
        found.update((place, (Difference.SECTION,)) for place in orphan.places)
    for place, differences in _same_letters(orphan.annotation.quote.exact, page):
        found.setdefault(place, differences)
    if orphan.reason in (Reason.PART, Reason.UNCERTAIN):
        for place in orphan.places[:MOST_LOOKED_AT]:
            found.setdefault(grown(place, page), (Difference.PART,))
    return sorted(
        (Lookalike(place, differences) for place, differences in found.items()),
        key=lambda one: (len(one.differences), one.range),
    )


def _same_letters(exact: str, page: Page) -> list[Lookalike]:
    typed = prepared(exact, page.text)
    shown = _without_syntax(typed)
    found = []
    for quote in dict.fromkeys((typed, shown)):
        for place in page.letters.places(quote, MOST_LOOKED_AT):
            passage = with_edge_signs(place, quote, page.text)
            if page.cuts_whole(passage):
                passage = grown(passage, page)
            if _ends_whole(passage, page) and page.markable(passage):
                differences = _differences(quote, page.text[passage.start : passage.end])
                found.append(Lookalike(passage, differences))
    return found


def _without_syntax(quote: str) -> str:
    """Return `quote` without what doesn't show, if it was copied from Markdown."""
    shown, done = "", 0
    for start, end, _ in stretches(quote):
        shown += quote[done:start]
        done = end
    return shown + quote[done:]


def _ends_whole(place: Range, page: Page) -> bool:
    return not any(_cut_at(at, page.text) for at in place)


def _cut_at(at: int, text: str) -> Unit | None:
    if cuts_cluster(text, at):
        return Unit.SIGN
    return cut_between(fold_text(text[max(0, at - REACH) : at]), fold_text(text[at : at + REACH]))


def grown(place: Range, page: Page) -> Range:
    """Return `place` grown to the ends of the words, numbers or formulas that it cuts."""
    start, end = place
    for at in (start, end):
        whole = page.inside(at)
        if whole:
            start, end = min(start, whole.start), max(end, whole.end)
    text = page.text
    longest = LONGEST_WORD
    while start > 0 and longest and _cut_at(start, text):
        start, longest = start - 1, longest - 1
    while end < len(text) and longest and _cut_at(end, text):
        end, longest = end + 1, longest - 1
    return page.projection.trimmed(Range(start, end))


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not _is_mark(sign))


def _without_signs(text: str) -> str:
    """Return the letters, digits, accents, vowel signs and spaces of `text`."""
    return "".join(sign for sign in text if sign.isalnum() or sign == " " or _is_mark(sign))


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


_DIMENSIONS: tuple[tuple[Difference, Callable[[str], str]], ...] = (
    (Difference.CASE, str.casefold),
    (Difference.SPACES, lambda text: text.replace(" ", "")),
    (Difference.EDGES, lambda text: _stripped(text)),
    (Difference.SIGNS, _without_signs),
    (Difference.ACCENTS, _without_accents),
)


def _stripped(text: str) -> str:
    """Return `text` without the signs around its first and last letter."""
    letters = [index for index, sign in enumerate(text) if sign.isalnum()]
    return text[letters[0] : letters[-1] + 1] if letters else text


def _differences(quote: str, passage: str) -> tuple[Difference, ...]:
    """Return in what a passage differs from a quote with the same letters, or with some of them.

    As little as explains it.
    """
    one, other = fold_text(quote).strip(), fold_text(passage).strip()
    for count in range(len(_DIMENSIONS) + 1):
        for chosen in combinations(_DIMENSIONS, count):
            left, right = one, other
            for _, without in reversed(chosen):
                left, right = without(left), without(right)
            if left.strip() == right.strip():
                return tuple(difference for difference, _ in chosen) or (Difference.CONTEXT,)
    return (Difference.SIGNS if letters_of(one) == letters_of(other) else Difference.PART,)
