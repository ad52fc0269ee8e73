"""From quotes to their places in a page: certain, or not at all.

The key of an annotation is its prefix, quote and suffix, as far as given.  Its passage, the quote's
part of the key's place, is marked if and only if the key stands exactly once on the page, equal in
form and with whole ends; or as often as `occurrence` says.  Position alone decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from mkdocs_annotate.anchoring.ends import Cut
from mkdocs_annotate.anchoring.keys import Places, Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.searching import search
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import ALL, Annotation, Quote


class Reason(Enum):
    """Why an annotation has no place."""

    MISSING = "missing"
    """The words don't stand in the page."""

    PART = "part of a longer word or number"
    """They stand only inside a longer word or number."""

    AMBIGUOUS = "ambiguous"
    """They stand there several times, and nothing tells which is meant."""

    CONTEXT = "context"
    """They stand there, but not between the given prefix and suffix."""

    SECTION = "section"
    """There is no such section, or several, or the words don't stand in it."""

    OCCURRENCE = "occurrence"
    """They stand there another number of times than the sidecar says."""

    THROUGH = "through"
    """The first words stand there, but the last ones don't follow, or do so several times."""

    UNCERTAIN = "uncertain"
    """They stand there in a way that can't be marked: half of a sign, half of a formula; or in the
    Markdown alone, where it is not certain what became of them."""


@dataclass(frozen=True)
class Anchor:
    """An annotation, and where its passage stands: one range, or several in reading order."""

    annotation: Annotation
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Orphan:
    """An annotation without a place, the reason, and the places that came into question."""

    annotation: Annotation
    reason: Reason
    places: tuple[Range, ...] = ()
    cut: Cut | None = None
    """What the first place would cut in two, for the reasons PART and UNCERTAIN."""


@dataclass(frozen=True)
class Anchoring:
    """What became of the annotations of one article; each list in sidecar order."""

    anchors: tuple[Anchor, ...]
    orphans: tuple[Orphan, ...]


def words_of(quote: Quote) -> Words:
    """Return the words that are looked for; those of the start where the passage has an end."""
    return Words(quote.exact, quote.prefix, "" if quote.through else quote.suffix)


def anchor_all(annotations: Iterable[Annotation], page: Page) -> Anchoring:
    """Return the place of each of `annotations` in `page`, or why it has none.

    Never raises.  Cost: linear in the page and in the number of annotations.
    """
    annotations = tuple(annotations)
    page.expect(words_of(annotation.quote) for annotation in annotations)
    results = [anchor(annotation, page) for annotation in annotations]
    return Anchoring(
        tuple(result for result in results if isinstance(result, Anchor)),
        tuple(result for result in results if isinstance(result, Orphan)),
    )


def anchor(annotation: Annotation, page: Page) -> Anchor | Orphan:
    """Return the place of `annotation` in `page`, or why it has none."""
    quote = annotation.quote
    within = Range(0, len(page.text))
    found = search(words_of(quote), page)
    if quote.section:
        sections = page.sections(quote.section)
        if len(sections) != 1:
            return Orphan(annotation, Reason.SECTION, found.ranges)
        within = sections[0]
    places = tuple(place for place in found.ranges if _is_within(place, within))
    if not places and not found.too_many:
        return _without_place(annotation, found, page)
    if found.too_many:
        return Orphan(annotation, Reason.AMBIGUOUS, places)
    if quote.through:
        return _through(annotation, places, within, page)
    return _counted(annotation, places)


def _is_within(place: Range, section: Range) -> bool:
    return section.start <= place.start and place.end <= section.end


def _without_place(annotation: Annotation, found: Places, page: Page) -> Orphan:
    """Return why the words of `annotation`, which were `found` so, have no place."""
    quote = annotation.quote
    if found.ranges:
        return Orphan(annotation, Reason.SECTION, found.ranges)
    words = words_of(quote)
    alone = search(Words(words.exact), page) if words.prefix or words.suffix else found
    if alone.ranges:
        return Orphan(annotation, Reason.CONTEXT, alone.ranges)
    refused = found.refused or alone.refused
    places = tuple(dict.fromkeys(place for place, _ in refused))
    if found.lost or alone.lost:
        return Orphan(annotation, Reason.UNCERTAIN, places)
    if not refused:
        return Orphan(annotation, Reason.MISSING)
    cut = refused[0][1]
    reason = Reason.UNCERTAIN if cut in (Cut.SIGN, Cut.WHOLE) else Reason.PART
    return Orphan(annotation, reason, places, cut)


def _counted(annotation: Annotation, places: tuple[Range, ...]) -> Anchor | Orphan:
    """Return the only one of `places`, or the one or all that `occurrence` picks."""
    occurrence = annotation.quote.occurrence
    if occurrence is None:
        if len(places) == 1:
            return Anchor(annotation, places)
        return Orphan(annotation, Reason.AMBIGUOUS, places)
    if occurrence.number == ALL:
        return Anchor(annotation, _apart(places))
    if occurrence.total != len(places) or not 0 < occurrence.number <= len(places):
        return Orphan(annotation, Reason.OCCURRENCE, places)
    return Anchor(annotation, (places[occurrence.number - 1],))


def _apart(places: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return `places` in reading order, of overlapping ones the first."""
    kept: list[Range] = []
    for place in sorted(places):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return tuple(kept)


def _through(
    annotation: Annotation, places: tuple[Range, ...], within: Range, page: Page
) -> Anchor | Orphan:
    """Return the passage from its first words, which stand at `places`, to its last ones.

    The last ones must stand once behind them, in the same section if one is given.
    """
    occurrence = annotation.quote.occurrence
    if occurrence is not None and occurrence.number == ALL:
        return Orphan(annotation, Reason.OCCURRENCE, places)
    start = _counted(annotation, places)
    if isinstance(start, Orphan):
        return start
    (first,) = start.ranges
    found = search(Words(annotation.quote.through, "", annotation.quote.suffix), page)
    ends = tuple(
        place for place in found.ranges if place.start >= first.end and place.end <= within.end
    )
    if len(ends) != 1 or found.too_many:
        return Orphan(annotation, Reason.THROUGH, ends)
    return Anchor(annotation, (Range(first.start, ends[0].end),))
