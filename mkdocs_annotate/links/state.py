"""The state of the address of a cited source, and what should be written into its entry."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from mkdocs_annotate.links.cache import Finding, QuoteSearch, day_of, fingerprint
from mkdocs_annotate.links.client import without_fragment
from mkdocs_annotate.links.http import Failure
from mkdocs_annotate.links.wayback import copied_page, copy_of
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, LinkKind, doi_link
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source


class LinkState(Enum):
    """The state of an address."""

    LIVE = "live"
    """It responds, and every quote that was looked for stands there."""

    DEAD = "dead"
    """There is no such page, or no such host."""

    DEVIATED = "deviated"
    """It responds, and a quote that citations take from it no longer stands there."""

    SUSPECT = "suspect"
    """It responds, perhaps with something else; a person must look."""

    UNKNOWN = "unknown"
    """The state can't be found out today."""


GONE_STATES = (LinkState.DEAD, LinkState.DEVIATED)
"""States that readers must know of, by `url_status`."""


@dataclass(frozen=True)
class Assessment:
    """The state of a link and the reason for it, in words for writers."""

    state: LinkState
    reason: str


@dataclass(frozen=True)
class CitedAddress:
    """A cited source with an address at another site."""

    source: Source
    link: Link
    """Its address or DOI, without a fragment."""

    path: Path
    """The file that describes it."""

    quotes: tuple[str, ...] = ()
    """The quotes that citations take from it, each once."""


NOT_ASKED = ("unfit", "usurped")
"""Values of `url_status` with which an address is not requested: an editor has decided."""


def cited_addresses(
    sidecars: Sequence[tuple[Path, Sidecar]],
    shared: Mapping[str, Source],
    files: Mapping[str, Path],
    *,
    every: bool,
) -> list[CitedAddress]:
    """Return the addresses of the sources that `sidecars` cite, by the places of their entries.

    `shared` are the sources of the whole site, and `files` the files that describe them, by the
    names in their positions.  With `every` sources that nobody cites come, too.  Left out are
    pages of the site itself, which builds check, and sources that an editor called unfit or
    usurped.
    """
    files = {**files, **{sidecar.file: path for path, sidecar in sidecars}}
    found: dict[Position, tuple[Source, list[str]]] = {}
    described = list(shared.values())
    for _, sidecar in sidecars:
        described += sidecar.sources.values()
        for source, quote in _citations(sidecar, {**shared, **sidecar.sources}):
            quotes = found.setdefault(source.position, (source, []))[1]
            if quote.strip() and quote not in quotes:
                quotes.append(quote)
    for source in described if every else ():
        found.setdefault(source.position, (source, []))
    return [
        CitedAddress(source, link, files.get(position.file, Path(position.file)), tuple(quotes))
        for position, (source, quotes) in sorted(found.items())
        if source.url_status not in NOT_ASKED and (link := _external_address(source))
    ]


def _citations(sidecar: Sidecar, known: Mapping[str, Source]) -> Iterator[tuple[Source, str]]:
    """Yield each source that the sidecar cites, with the quote from it."""
    if sidecar.article.based_on in known:
        yield known[sidecar.article.based_on], ""
    for annotation in sidecar.annotations:
        for citation in annotation.sources:
            if citation.source in known:
                yield known[citation.source], citation.quote


def _external_address(source: Source) -> Link | None:
    link = source.url or doi_link(source.doi)
    if link is None or link.kind is not LinkKind.EXTERNAL:
        return None
    return without_fragment(link)


class WantedCopy(NamedTuple):
    """An address of which an archived copy is wanted."""

    link: Link
    day: Date | None
    """The copy nearest to this day; without one the last."""


@dataclass(frozen=True)
class CheckedSource:
    """A source and what was found at its address."""

    cited: CitedAddress
    assessment: Assessment
    finding: Finding
    moment: str | None = None
    """When the archived copy was made; empty where there is none, None where none was asked for."""

    in_copy: QuoteSearch | None = None
    """Whether the missing quotes stand in the copy; None where that was not asked."""

    archive_failed: bool = False
    """The archive should have been asked for a copy, and could not be."""

    values: Mapping[str, str] = field(default_factory=dict)
    """What should be written into its entry, by key."""

    @property
    def pending(self) -> bool:
        """Return whether the page is gone and the entry does not tell readers so."""
        return self.assessment.state in GONE_STATES and bool(self.values)

    @property
    def missing(self) -> list[str]:
        """Return the quotes that were not found."""
        lost = {name for name, look in self.finding.quotes if look is QuoteSearch.MISSING}
        pairs = zip(self.cited.quotes, fingerprints(self.cited.quotes), strict=True)
        return [quote for quote, name in pairs if name in lost]


def checked_source(cited: CitedAddress, finding: Finding) -> CheckedSource:
    """Return a source with what `finding` says about it."""
    quotes = fingerprints(cited.quotes)
    return CheckedSource(cited, assess(cited.link.address, finding, quotes), finding)


def wants_copy(one: CheckedSource, *, every: bool) -> bool:
    """Return whether an archive is to be asked for a copy of the source."""
    if one.cited.source.archive_url:
        return False
    # Without a day the archive would give the last copy: one of what stands there now.
    lost = one.assessment.state is LinkState.DEVIATED and copy_wanted(one).day is not None
    return every or lost or one.assessment.state is LinkState.DEAD


def copy_wanted(one: CheckedSource) -> WantedCopy:
    """Return the address and the day of the copy that shows what was cited.

    The day is when the source was last looked at, or the date of the source.
    """
    source = one.cited.source
    day = source.accessed or (source.date.certain if source.date else None)
    return WantedCopy(one.cited.link, day)


def with_copy(one: CheckedSource, moment: str | None) -> CheckedSource:
    """Return `one` with the moment of its copy: None where the archive could not be asked."""
    return replace(one, moment=moment, archive_failed=moment is None)


def page_to_search(one: CheckedSource) -> Link | None:
    """Return the archived page in which the missing quotes are to be searched, or None."""
    lost = one.assessment.state is LinkState.DEVIATED and one.moment
    return copied_page(one.cited.link, one.moment) if lost and one.moment else None


def with_search(one: CheckedSource, copied: Finding) -> CheckedSource:
    """Return `one` with the result of the search for its missing quotes in the archived page."""
    looks = dict(copied.quotes)
    found = {looks.get(name, QuoteSearch.UNREADABLE) for name in fingerprints(one.missing)}
    worst = next(
        look
        for look in (QuoteSearch.MISSING, QuoteSearch.UNREADABLE, QuoteSearch.FOUND)
        if look in found
    )
    return replace(one, in_copy=worst)


def with_values(one: CheckedSource) -> CheckedSource:
    """Return `one` with what should be written into its entry.

    An `url_status` other than `live` is left: somebody may have looked closer.  A copy without
    the quotes that are cited is not used.
    """
    values: dict[str, str] = {}
    moment = one.moment if one.in_copy is not QuoteSearch.MISSING else ""
    copy = copy_of(one.cited.link, moment) if moment else ""
    if moment and copy:
        values["archive_url"] = copy
        if one.cited.source.archive_date:
            values["archive_date"] = day_of(moment)
    if one.assessment.state in GONE_STATES and one.cited.source.url_status == "live":
        values["url_status"] = one.assessment.state.value
    return replace(one, values=values)


def fingerprints(quotes: Iterable[str]) -> list[str]:
    """Return the keys of `quotes` in a cache."""
    return [fingerprint(quote) for quote in quotes]


GONE_STATUSES = (404, 410)
"""HTTP statuses of a page that is gone; the reason for any other may be temporary, or ours."""

# Front pages: the root of a site or of a language, and the usual files there.
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)\.\w+)?", re.I)


def assess(asked: str, finding: Finding, quotes: Sequence[str] = ()) -> Assessment:
    """Return what `finding` says about the address `asked`, at which `quotes` should stand.

    `quotes` are fingerprints.  Never raises.
    """
    if finding.failure:
        state = LinkState.DEAD if finding.failure is Failure.NO_HOST else LinkState.UNKNOWN
        return Assessment(state, finding.failure.value)
    if finding.status in GONE_STATUSES:
        return Assessment(LinkState.DEAD, f"there is no such page any more ({finding.status})")
    if not 200 <= finding.status < 300:
        return Assessment(LinkState.UNKNOWN, _refusal(finding.status))
    looks = [look for fingerprint, look in finding.quotes if fingerprint in quotes]
    missing = looks.count(QuoteSearch.MISSING)
    if missing:
        words = "the quote of a citation" if missing == 1 else f"{missing} quotes of citations"
        verb = "stands" if missing == 1 else "stand"
        return Assessment(LinkState.DEVIATED, f"it answers, but {words} no longer {verb} there")
    if QuoteSearch.FOUND not in looks and leads_to_front(asked, finding.final):
        return Assessment(LinkState.SUSPECT, "it leads to the front page of a site now")
    if QuoteSearch.UNREADABLE in looks:
        return Assessment(LinkState.LIVE, "it answers, but its quotes can't be searched")
    return Assessment(LinkState.LIVE, "it answers")


def leads_to_front(asked: str, final: str) -> bool:
    """Return whether the address of another page leads to the front page of a site."""
    if not final or asked == final:
        return False
    return not _is_front(asked) and _is_front(final)


def _is_front(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.query and _FRONT.fullmatch(parts.path) is not None


def _refusal(status: int) -> str:
    if status in (401, 402, 403, 407, 451):
        return f"it refuses programs, or wants a login ({status})"
    if status == 429:
        return "it has been asked too often (429)"
    if status >= 500:
        return f"its server has an error just now ({status})"
    return f"its response does not say whether the page is there ({status})"
