"""Rules about sources: are they cited, are they still there, is a copy kept."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Level, Problem, Rule
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source


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
            cure = "add `date`, when it appeared, or `accessed`, when you looked at it"
            problems.append(Problem(source.position, Rule.SOURCE_WITHOUT_DATE, message, cure))
    return [problem for problem in problems if problem.rule not in silent]


def _dead(source: Source) -> list[Problem]:
    if source.reachable or source.archive_url:
        return []
    verb = "has" if source.url_status == "deviated" else "is"
    message = f"the address of `{shown(source.label)}` {verb} {source.url_status}"
    cure = "add the `archive_url` of a copy, or cite another source"
    return [Problem(source.position, Rule.SOURCE_DEAD, message, cure)]


def _not_fixed(source: Source) -> list[Problem]:
    if not source.archive_url or source.archive_date:
        return []
    message = f"the archived copy of `{shown(source.label)}` has no date"
    cure = "give the whole address, with the 14 digits of its date, or `archive_date`"
    return [Problem(source.position, Rule.ARCHIVE_NOT_FIXED, message, cure)]


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
            cure = f"add the `archive_url` of a copy; {_FINDS_COPIES} looks for one"
            problems.append(Problem(source.position, Rule.SOURCE_WITHOUT_ARCHIVE, message, cure))
    return problems


def _is_elsewhere(link: Link | None) -> bool:
    return link is not None and link.kind == LinkKind.EXTERNAL


def _last_day(day: Date) -> date:
    month = day.month or 12
    return date(day.year, month, day.day or monthrange(day.year, month)[1])
