"""What to write into a sidecar so that an orphan has its place again, for a human to choose."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mkdocs_annotate.anchoring.ladder import Anchor, Orphan, Reason, anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.proposals import Way, propose
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


def repairs_of(orphan: Orphan, page: Page) -> list[Repair]:
    """Return the ways to give `orphan` a place in `page`, best first; each is known to work.

    None for a passage that was removed, for one given by its first and last words, and where a
    section is gone.  Never raises.
    """
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
