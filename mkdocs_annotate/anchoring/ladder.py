"""From quotes to their places in a page: certain, or not at all."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from mkdocs_annotate.anchoring.matching import (
    NO_CONTEXT,
    Context,
    Places,
    context_of,
    fitting,
    head_of,
)
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.searching import Step, search
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import ALL, Annotation


class Rung(Enum):
    """How a passage was found."""

    SOURCE = "source"
    """The words are the source's, carried over to the page word by word."""

    EXACT = "exact"
    """The words are the page's, but for spaces, quotation marks and dashes."""

    NORMALISED = "normalised"
    """The words are the page's, but for case, compatibility forms, or signs between words."""


class Reason(Enum):
    """Why an annotation has no place."""

    MISSING = "missing"
    """The words don't stand in the page."""

    AMBIGUOUS = "ambiguous"
    """They stand there several times, and nothing tells which is meant."""

    CONTEXT = "context"
    """They stand there, but not between the given prefix and suffix."""

    SECTION = "section"
    """There is no such section, or several, or the words don't stand in it."""

    OCCURRENCE = "occurrence"
    """They stand there another number of times than the sidecar says."""

    THROUGH = "through"
    """The first words stand there, but the last ones don't follow."""

    UNCERTAIN = "uncertain"
    """They stand there in a way that can't be marked: half of a sign, half of a formula."""


@dataclass(frozen=True)
class Anchor:
    """An annotation, and where its passage stands: one range, or several in reading order."""

    annotation: Annotation
    ranges: tuple[Range, ...]
    rung: Rung


@dataclass(frozen=True)
class Orphan:
    """An annotation without a place, the reason, and the places that came into question."""

    annotation: Annotation
    reason: Reason
    places: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Anchoring:
    """What became of the annotations of one article; each list in sidecar order."""

    anchors: tuple[Anchor, ...]
    orphans: tuple[Orphan, ...]


def anchor_all(annotations: Iterable[Annotation], page: Page) -> Anchoring:
    """Return the place of each of `annotations` in `page`, or why it has none.

    No guess is ever an anchor, and the position of a quote in the page never decides.
    Never raises.  Cost: linear in the page and in the number of annotations.
    """
    annotations = tuple(annotations)
    quotes = [annotation.quote for annotation in annotations]
    heads = (head_of(context_of(quote.prefix, quote.suffix)) for quote in quotes)
    page.expect([*(quote.exact for quote in quotes), *filter(None, heads)])
    results = [anchor(annotation, page) for annotation in annotations]
    return Anchoring(
        tuple(result for result in results if isinstance(result, Anchor)),
        tuple(result for result in results if isinstance(result, Orphan)),
    )


_RUNGS = {
    Step.SYNTAX: Rung.SOURCE,
    Step.TYPOGRAPHY: Rung.EXACT,
    Step.LETTERS: Rung.NORMALISED,
    Step.SOURCE: Rung.SOURCE,
    Step.WORDS: Rung.NORMALISED,
}

# Quicker to go through than the enumeration itself.
_STEPS = tuple(Step)

_FINAL = (Reason.AMBIGUOUS, Reason.OCCURRENCE)


def anchor(annotation: Annotation, page: Page) -> Anchor | Orphan:
    """Return the place of `annotation` in `page`, or why it has none.

    The first step with a place that passes the guards, the section and the context answers; no
    later one rescues an ambiguous answer.
    """
    quote = annotation.quote
    context = context_of(quote.prefix, quote.suffix)
    sections = page.sections(quote.section) if quote.section else None
    seen: Orphan | None = None
    for step, lifted in _ways(context):
        places = search(quote.exact, step, page, lifted)
        if places.too_many:
            return Orphan(annotation, Reason.AMBIGUOUS, places.ranges)
        if not places.ranges and not places.refused and sections is None:
            continue
        answer = _chosen(annotation, places, context, sections, page, _RUNGS[step])
        if isinstance(answer, Anchor) or answer.reason in _FINAL:
            return answer
        if seen is None or (answer.places and not seen.places):
            seen = answer
    return seen or Orphan(annotation, Reason.MISSING)


def _ways(context: Context) -> Iterator[tuple[Step, Context]]:
    """Yield the steps of the ladder, each at whole words first.

    A prefix or suffix lets its side of a place stand inside a word; but only where no whole word
    fits, so that the number of places is the same with and without it.
    """
    for step in _STEPS:
        yield step, NO_CONTEXT
        if context.given:
            yield step, context


def _chosen(
    annotation: Annotation,
    places: Places,
    context: Context,
    sections: list[Range] | None,
    page: Page,
    rung: Rung,
) -> Anchor | Orphan:
    """Return what section, context and occurrence make of `places`."""
    quote = annotation.quote
    inside = places.ranges
    if sections is not None:
        if len(sections) == 1:
            inside = tuple(place for place in inside if is_within(place, sections[0]))
        elif not context.given:
            return Orphan(annotation, Reason.SECTION, inside)
    if not inside:
        if places.ranges:
            return Orphan(annotation, Reason.SECTION, places.ranges)
        reason = Reason.UNCERTAIN if places.refused else Reason.MISSING
        return Orphan(annotation, reason, places.refused)
    if quote.through:
        until = sections[0].end if sections is not None and len(sections) == 1 else len(page.text)
        return _stretched(annotation, inside, context, page, rung, until)
    return _counted(annotation, inside, fitting_in(page, inside, context, places.ranges), rung)


def fitting_in(
    page: Page, places: tuple[Range, ...], context: Context, everywhere: tuple[Range, ...] = ()
) -> list[Range]:
    """Return those of `places` in `page` that `context` fits, as `matching.fitting` does."""
    return fitting(places, context, page.typography, page.text, everywhere)


def is_within(place: Range, section: Range) -> bool:
    """Return whether all of `place` stands in `section`."""
    return section.start <= place.start and place.end <= section.end


def _counted(
    annotation: Annotation, places: tuple[Range, ...], fits: list[Range], rung: Rung
) -> Anchor | Orphan:
    """Return the place that `occurrence` picks of those that fit, or the only one."""
    occurrence = annotation.quote.occurrence
    if not fits:
        return Orphan(annotation, Reason.CONTEXT, places)
    if occurrence is None:
        if len(fits) == 1:
            return Anchor(annotation, (fits[0],), rung)
        return Orphan(annotation, Reason.AMBIGUOUS, tuple(fits))
    if occurrence.number == ALL:
        return Anchor(annotation, _apart(fits), rung)
    if (occurrence.total and occurrence.total != len(places)) or occurrence.number > len(places):
        return Orphan(annotation, Reason.OCCURRENCE, places)
    picked = places[occurrence.number - 1]
    if picked not in fits:
        return Orphan(annotation, Reason.CONTEXT, places)
    return Anchor(annotation, (picked,), rung)


def _apart(places: list[Range]) -> tuple[Range, ...]:
    """Return `places` in reading order, of overlapping ones the first."""
    kept: list[Range] = []
    for place in sorted(places):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return tuple(kept)


def _stretched(
    annotation: Annotation,
    starts: tuple[Range, ...],
    context: Context,
    page: Page,
    rung: Rung,
    until: int,
) -> Anchor | Orphan:
    """Return the passage from one of `starts` to the nearest last words behind it.

    It ends at `until` of the text at the latest, where the section does.
    """
    quote = annotation.quote
    fits = fitting_in(page, starts, Context(context.prefix))
    if not fits:
        return Orphan(annotation, Reason.CONTEXT, starts)
    found = _ends(quote.through, page, Context(suffix=context.suffix))
    if found.too_many:
        return Orphan(annotation, Reason.AMBIGUOUS, found.ranges)
    ends = [place for place in found.ranges if place.end <= until]
    begins = [place.start for place in ends]
    reached: dict[int, list[Range]] = {}
    for start in fits:
        behind = bisect_left(begins, start.end)
        if behind < len(ends):
            reached.setdefault(ends[behind].end, []).append(start)
    if not reached:
        return Orphan(annotation, Reason.THROUGH, tuple(fits))
    if any(len(together) > 1 for together in reached.values()) and quote.occurrence is None:
        together = next(group for group in reached.values() if len(group) > 1)
        return Orphan(annotation, Reason.AMBIGUOUS, tuple(together))
    passages = {start: Range(start.start, end) for end, group in reached.items() for start in group}
    answer = _counted(annotation, starts, [start for start in fits if start in passages], rung)
    if isinstance(answer, Orphan):
        return answer
    return Anchor(annotation, _apart([passages[start] for start in answer.ranges]), rung)


def _ends(words: str, page: Page, after: Context) -> Places:
    """Return where the last words of a passage stand, on the first step that finds them."""
    for step, lifted in _ways(after):
        found = search(words, step, page, lifted)
        if found.too_many:
            return found
        fits = fitting_in(page, found.ranges, after)
        if fits:
            return Places(tuple(sorted(fits)))
    return Places()
