"""Repairs of an orphan: what to write into the sidecar, for a person to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, Reason, anchor
from mkdocs_annotate.anchoring.lookalikes import Difference
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.proposals import Proposal, propose
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Occurrence

MOST_PLACES = 9
"""How many places of an ambiguous quote a person chooses from."""


@dataclass(frozen=True)
class Repair:
    """New values for some keys of an annotation, and the passage that they give it."""

    range: Range
    values: Mapping[str, str] = field(hash=False)
    differences: tuple[Difference, ...] = ()
    """In what the passage differs from the quote, where it has the same letters."""
    ported: bool = False
    """It comes from an older text of the article, and not from a search."""
    proven: bool = False
    """The history of the article proves that this is what the passage became."""


def repairs_of(orphan: Orphan, page: Page, ported: Proposal | None = None) -> list[Repair]:
    """Return the ways to give `orphan` a place in `page`, best first; each is known to work.

    What was `ported` comes first, and what was searched for overlaps it nowhere.  Without it none
    for a passage that was removed, and for one given by its first and last words.  Never raises.
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
        repair = _pinned(annotation, place, page) or _requoted(annotation, place, page)
    return repair and replace(repair, ported=True, proven=ported.score == 1.0)


def _below_another_heading(annotation: Annotation, place: Range, page: Page) -> Repair | None:
    """Return the repair that names the heading above `place`, as the one named is gone."""
    section = page.heading_above(place.start)
    below = replace(annotation, quote=replace(annotation.quote, section=section))
    repair = _requoted(below, place, page) if section else None
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
    if quote.through:
        return []
    found: list[Repair | None] = []
    if orphan.reason in (Reason.AMBIGUOUS, Reason.OCCURRENCE):
        found = [_pinned(orphan.annotation, place, page) for place in orphan.places[:MOST_PLACES]]
    else:
        for proposal in propose(orphan, page):
            repair = None
            if Difference.SECTION in proposal.differences:
                repair = _below_another_heading(orphan.annotation, proposal.range, page)
            elif Difference.CONTEXT in proposal.differences:
                repair = _pinned(orphan.annotation, proposal.range, page)
            repair = repair or _requoted(orphan.annotation, proposal.range, page)
            found.append(repair and replace(repair, differences=proposal.differences))
    return [repair for repair in found if repair is not None]


def _requoted(annotation: Annotation, place: Range, page: Page) -> Repair | None:
    """Return the repair that quotes the words at `place`, with new context if the old won't do."""
    words = " ".join(page.text[place.start : place.end].split())
    quoted = replace(annotation, quote=replace(annotation.quote, exact=words))
    if _lands(quoted, place, page):
        return Repair(place, {"quote": words})
    repair = _pinned(quoted, place, page)
    return repair and replace(repair, values={"quote": words, **repair.values})


def _pinned(annotation: Annotation, place: Range, page: Page) -> Repair | None:
    """Return the repair that gives the quote the context of `place`.

    A key that is there must say something; one that isn't there need not be written empty.
    """
    quote = annotation.quote
    found = pin(
        quote.exact,
        place,
        page,
        prefix_least=1 if quote.prefix else 0,
        suffix_least=1 if quote.suffix else 0,
    )
    if found is None:
        return None
    if quote.occurrence and not found.occurrence:
        found = replace(found, occurrence=Occurrence(1, 1))
    if not _lands(replace(annotation, quote=found.of(quote)), place, page):
        return None
    return Repair(place, found.values)


def _lands(annotation: Annotation, place: Range, page: Page) -> bool:
    answer = anchor(annotation, page)
    return isinstance(answer, Anchor) and answer.ranges == (place,)
