"""Reviews sources (uncited, dead, without a copy), and sums up unfinished annotations."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Level, Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Annotation, Sidecar, is_to_be_reread
from mkdocs_annotate.model.sources import Person, Source


def cited_by(sidecar: Sidecar) -> set[str]:
    """Return the keys of all sources that a sidecar names, drafts included."""
    keys = {citation.source for entry in sidecar.annotations for citation in entry.sources}
    return keys | ({sidecar.article.based_on} - {""})


def unused(
    sources: Mapping[str, Source], cited: Collection[str], level: Level | None = None
) -> list[Problem]:
    """Return a problem for each of `sources` that is not `cited`."""
    return [
        Problem(
            source.position,
            Rule.SOURCE_UNUSED,
            f"nothing cites the source `{shown(key)}`",
            "cite it, or remove it",
            own_level=level,
            subject=key,
        )
        for key, source in sources.items()
        if key not in cited
    ]


def review_sources(sources: Iterable[Source], silent: Collection[Rule]) -> list[Problem]:
    """Return what is wrong with `sources` by themselves; nothing of rules that are `silent`."""
    problems = []
    for source in sources:
        problems += _dead(source)
        if Rule.ARCHIVE_NOT_FIXED not in silent:
            problems += _not_fixed(source)
        if Rule.SOURCE_WITHOUT_DATE not in silent and not (source.date or source.accessed):
            message = f"the source `{shown(source.label)}` has no date"
            hint = "add `date`, when it appeared, or `accessed`, when you looked at it"
            problems.append(
                Problem(
                    source.position, Rule.SOURCE_WITHOUT_DATE, message, hint, subject=source.label
                )
            )
    return [problem for problem in problems if problem.rule not in silent]


def _dead(source: Source) -> list[Problem]:
    if source.reachable or source.archive_url:
        return []
    verb = "has" if source.url_status == "deviated" else "is"
    message = f"the address of `{shown(source.label)}` {verb} {source.url_status}"
    hint = "add the `archive_url` of a copy, or cite another source"
    return [Problem(source.position, Rule.SOURCE_DEAD, message, hint, subject=source.label)]


def _not_fixed(source: Source) -> list[Problem]:
    if not source.archive_url or source.archive_date:
        return []
    message = f"the archived copy of `{shown(source.label)}` has no date"
    hint = "give the whole address, with the 14 digits of its date, or `archive_date`"
    return [Problem(source.position, Rule.ARCHIVE_NOT_FIXED, message, hint, subject=source.label)]


_FINDS_COPIES = "`mkdocs-annotate links --archive --write`"


def without_copy(source: Source) -> bool:
    """Return whether `source` has an address of another site, and no archived copy."""
    return _is_elsewhere(source.url) and not source.archive_url


def not_archived(sources: Iterable[Source], today: date, days: int) -> list[Problem]:
    """Return a problem for each of `sources` that was looked at more than `days` ago.

    Only where it has an address of another site, and no archived copy.  A date that lacks its
    day counts as the last day that it can be.
    """
    problems = []
    oldest = today - timedelta(days=days)
    for source in sources:
        if not without_copy(source) or not source.accessed:
            continue
        if _last_day(source.accessed) < oldest:
            message = f"`{shown(source.label)}`, accessed {source.accessed}, has no archived copy"
            hint = f"add the `archive_url` of a copy; {_FINDS_COPIES} looks for one"
            problems.append(
                Problem(
                    source.position,
                    Rule.SOURCE_WITHOUT_ARCHIVE,
                    message,
                    hint,
                    subject=source.label,
                )
            )
    return problems


def _is_elsewhere(link: Link | None) -> bool:
    return link is not None and link.kind == LinkKind.EXTERNAL


def _last_day(day: Date) -> date:
    month = day.month or 12
    return date(day.year, month, day.day or monthrange(day.year, month)[1])


@dataclass(frozen=True)
class Contributor:
    """What one person has signed; also stands for annotations that nobody has signed."""

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

    authors: tuple[Contributor, ...]
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


def _authors(
    entries: Iterable[Annotation], people: Mapping[str, Person]
) -> tuple[Contributor, ...]:
    signed: dict[str, list[Annotation]] = {}
    for entry in entries:
        name = people[entry.by].name if entry.by in people else entry.by
        signed.setdefault(name, []).append(entry)
    authors = [_author(name, theirs) for name, theirs in signed.items()]
    return tuple(sorted(authors, key=lambda one: (not one.name, -one.annotations, one.name)))


def _author(name: str, entries: list[Annotation]) -> Contributor:
    dates = sorted((entry.date for entry in entries if entry.date), key=_order)
    return Contributor(
        name,
        len(entries),
        sum(entry.draft for entry in entries),
        dates[0] if dates else None,
        dates[-1] if dates else None,
    )
