"""Where the annotation of a site stands: what is unfinished, who wrote what, how old it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mkdocs_annotate.editorial.sources import cited_by, without_copy
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.people import Person
from mkdocs_annotate.model.rereading import is_to_be_reread
from mkdocs_annotate.model.sidecar import Annotation, Sidecar
from mkdocs_annotate.model.sources import Source


@dataclass(frozen=True)
class Author:
    """What one person has signed; nobody where annotations name no author."""

    name: str
    """Empty for annotations that name nobody."""

    annotations: int
    drafts: int
    first: Date | None
    """The oldest date; None where no annotation has one."""

    last: Date | None


@dataclass(frozen=True)
class Overview:
    """The state of some sidecars."""

    annotations: int
    drafts: tuple[Annotation, ...]
    """The oldest first, then those without a date, by their places."""

    to_be_reread: tuple[Annotation, ...]
    """Those whose passage changed under their note, the oldest first."""

    authors: tuple[Author, ...]
    """Whoever has signed most first; last those that nobody has signed."""

    copyless: tuple[Source, ...]
    """The sources that are cited, have an address elsewhere, and name no archived copy."""


def overview_of(
    sidecars: Iterable[Sidecar], shared: Mapping[str, Source], people: Mapping[str, Person]
) -> Overview:
    """Return the state of `sidecars`, whose site shares sources and knows who is behind initials.

    Never raises.  Cost: linear, but for sorting.
    """
    entries: list[Annotation] = []
    cited: dict[tuple[str, int, int], Source] = {}
    for sidecar in sidecars:
        entries += sidecar.annotations
        known = {**shared, **sidecar.sources}
        for key in cited_by(sidecar) & known.keys():
            place = known[key].position
            cited[place.file, place.line, place.column] = known[key]
    return Overview(
        len(entries),
        tuple(by_age(entry for entry in entries if entry.draft)),
        tuple(by_age(filter(is_to_be_reread, entries))),
        _authors(entries, people),
        tuple(source for _, source in sorted(cited.items()) if without_copy(source)),
    )


def by_age(entries: Iterable[Annotation]) -> list[Annotation]:
    """Return annotations from the oldest on; last those without a date, by their places."""
    return sorted(entries, key=lambda one: (one.date is None, _order(one.date), one.position))


def _order(day: Date | None) -> tuple[int, int, int]:
    return (day.year, day.month, day.day) if day else (0, 0, 0)


def _authors(entries: Iterable[Annotation], people: Mapping[str, Person]) -> tuple[Author, ...]:
    signed: dict[str, list[Annotation]] = {}
    for entry in entries:
        name = people[entry.by].name if entry.by in people else entry.by
        signed.setdefault(name, []).append(entry)
    authors = [_author(name, theirs) for name, theirs in signed.items()]
    return tuple(sorted(authors, key=lambda one: (not one.name, -one.annotations, one.name)))


def _author(name: str, entries: list[Annotation]) -> Author:
    dates = sorted((entry.date for entry in entries if entry.date), key=_order)
    return Author(
        name,
        len(entries),
        sum(entry.draft for entry in entries),
        dates[0] if dates else None,
        dates[-1] if dates else None,
    )
