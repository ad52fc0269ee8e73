"""What to write into a sidecar so that an orphan has its place again, for a human to choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mkdocs_annotate.anchoring.ladder import Anchor, Orphan, Reason, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.proposals import Proposal, Way, propose
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Occurrence

VERBATIM_CERTAINTY = 0.5
"""How sure a place is whose words stand there, but whose context doesn't: it may be a twin."""


@dataclass(frozen=True)
class Repair:
    """New values for some keys of an annotation, and the passage that they give it."""

    range: Range
    values: Mapping[str, str] = field(hash=False)
    certainty: float = 0.0
    """From 0 to 1; a choice between several places has none."""
    ported: bool = False
    """It comes from an older text of the article, and not from a search."""


def repairs_of(orphan: Orphan, page: Page, ported: Proposal | None = None) -> list[Repair]:
    """Return the ways to give `orphan` a place in `page`, best first; each is known to work.

    What was `ported` comes first, and what was searched for overlaps it nowhere.  Without it none
    for a passage that was removed, for one given by its first and last words, and where a section
    is gone.  Never raises.
    """
    first = _ported(orphan.annotation, ported, page) if ported else None
    if first is None:
        return _searched(orphan, page)
    place = first.range
    others = (
        repair
        for repair in _searched(orphan, page)
        if repair.range.end <= place.start or place.end <= repair.range.start
    )
    return [first, *others]


def _ported(annotation: Annotation, ported: Proposal, page: Page) -> Repair | None:
    """Return the repair that changes least of an annotation for a passage known to be the one."""
    place = page.projection.trimmed(ported.range)
    quote = annotation.quote
    if quote.through:
        repair = _stretched(annotation, place, page)
    elif quote.section and not page.sections(quote.section):
        repair = _below_another_heading(annotation, place, page)
    else:
        repair = _pinned(annotation, place, page, 0.0) or _requoted(annotation, place, page, 0.0)
    return repair and replace(repair, certainty=ported.score, ported=True)


def _below_another_heading(annotation: Annotation, place: Range, page: Page) -> Repair | None:
    """Return the repair that names the heading above `place`, as the one named is gone."""
    section = page.heading_above(place.start)
    below = replace(annotation, quote=replace(annotation.quote, section=section))
    repair = _requoted(below, place, page, 0.0) if section else None
    if repair is None:
        return None
    values = {**repair.values, "section": section}
    if values["quote"] == annotation.quote.exact:
        del values["quote"]
    return replace(repair, values=values)


def _stretched(annotation: Annotation, place: Range, page: Page) -> Repair | None:
    """Return the repair that gives as many first and last words of `place` as were given."""
    quote = annotation.quote
    words = page.text[place.start : place.end].split()
    first = " ".join(words[: len(quote.exact.split())])
    last = " ".join(words[-len(quote.through.split()) :])
    changed = replace(annotation, quote=replace(quote, exact=first, through=last))
    if not _lands(changed, place, page):
        return None
    return Repair(place, {"quote": first, "through": last})


def _searched(orphan: Orphan, page: Page) -> list[Repair]:
    quote = orphan.annotation.quote
    if quote.through or orphan.reason == Reason.SECTION:
        return []
    found: list[Repair | None] = []
    if orphan.reason in (Reason.AMBIGUOUS, Reason.OCCURRENCE):
        found = [_pinned(orphan.annotation, place, page, 0.0) for place in orphan.places]
    else:
        for proposal in propose(orphan, page):
            if proposal.way == Way.REFUSED:
                found.append(_pinned(orphan.annotation, proposal.range, page, VERBATIM_CERTAINTY))
            else:
                found.append(_requoted(orphan.annotation, proposal.range, page, proposal.score))
    return [repair for repair in found if repair is not None]


def _requoted(annotation: Annotation, place: Range, page: Page, certainty: float) -> Repair | None:
    """Return the repair that quotes the words at `place`, with new context if the old won't do."""
    words = " ".join(page.text[place.start : place.end].split())
    quoted = replace(annotation, quote=replace(annotation.quote, exact=words))
    if _lands(quoted, place, page):
        return Repair(place, {"quote": words}, certainty)
    repair = _pinned(quoted, place, page, certainty)
    return repair and replace(repair, values={"quote": words, **repair.values})


def _pinned(annotation: Annotation, place: Range, page: Page, certainty: float) -> Repair | None:
    """Return the repair that gives the quote the context of `place`."""
    quote = annotation.quote
    pinned = pin(quote.exact, place, page)
    if pinned is None:
        return None
    values = {"prefix": pinned.prefix, "suffix": pinned.suffix}
    if pinned.counted or quote.occurrence:
        values["occurrence"] = pinned.occurrence
    # A key that is there must say something; one that isn't need not be written empty.
    values = {key: value for key, value in values.items() if value or getattr(quote, key)}
    if not all(values.values()):
        return None
    occurrence = Occurrence(pinned.number, pinned.total) if "occurrence" in values else None
    changed = replace(quote, prefix=pinned.prefix, suffix=pinned.suffix, occurrence=occurrence)
    if not _lands(replace(annotation, quote=changed), place, page):
        return None
    return Repair(place, values, certainty)


def _lands(annotation: Annotation, place: Range, page: Page) -> bool:
    answer = anchor(annotation, page)
    return isinstance(answer, Anchor) and answer.ranges == (place,)
