"""What has become of each source, and what its entry should say."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mkdocs_annotate.commands.link_run import Cited, Wanted, fingerprints
from mkdocs_annotate.links.cache import day_of
from mkdocs_annotate.links.responses import Finding, LinkState, QuoteSearch, Verdict, verdict_of
from mkdocs_annotate.links.wayback import copied_page, copy_of
from mkdocs_annotate.model.links import Link, shown_host
from mkdocs_annotate.model.problems import shown

GONE = (LinkState.DEAD, LinkState.DEVIATED)
"""States of which readers must be told, by `url_status`."""


@dataclass(frozen=True)
class Checked:
    """A source, what has become of its address, and what is to be written about that."""

    cited: Cited
    verdict: Verdict
    finding: Finding
    moment: str | None = None
    """When the copy that was found was made; empty for none, None where none was looked for."""

    shows: QuoteSearch | None = None
    """Whether the copy shows what the page no longer does; None where that was not asked."""

    refused: bool = False
    """The archive should have been asked, and could not be."""

    values: Mapping[str, str] = field(default_factory=dict)
    """What its entry should say, by key."""

    @property
    def pending(self) -> bool:
        """Return whether readers are not served as the entry stands, and could be."""
        return self.verdict.state in GONE and bool(self.values)

    @property
    def missing(self) -> list[str]:
        """Return the quotes that were looked for in vain."""
        lost = {name for name, look in self.finding.quotes if look is QuoteSearch.MISSING}
        pairs = zip(self.cited.quotes, fingerprints(self.cited.quotes), strict=True)
        return [quote for quote, name in pairs if name in lost]


def checked(cited: Cited, finding: Finding) -> Checked:
    """Return what `finding` says of a source."""
    quotes = fingerprints(cited.quotes)
    return Checked(cited, verdict_of(cited.link.address, finding, quotes), finding)


def wants_copy(one: Checked, *, every: bool) -> bool:
    """Return whether an archive is to be asked for a copy of the source."""
    if one.cited.source.archive_url:
        return False
    # Without a day the last copy would be one of what stands there now.
    lost = one.verdict.state is LinkState.DEVIATED and copy_wanted(one)[1] is not None
    return every or lost or one.verdict.state is LinkState.DEAD


def copy_wanted(one: Checked) -> Wanted:
    """Return the address and the day of the copy that shows what was cited.

    The day is that of the last look, or of the source.
    """
    source = one.cited.source
    return one.cited.link, source.accessed or (source.date.certain if source.date else None)


def with_copy(one: Checked, moment: str | None) -> Checked:
    """Return `one` with the moment of its copy: None where the archive could not be asked."""
    return replace(one, moment=moment, refused=moment is None)


def page_to_search(one: Checked) -> Link | None:
    """Return the copied page in which the words are to be looked for that are lost; or None."""
    lost = one.verdict.state is LinkState.DEVIATED and one.moment
    return copied_page(one.cited.link, one.moment) if lost and one.moment else None


def with_search(one: Checked, copied: Finding) -> Checked:
    """Return `one` with what was found in the copied page: whether the words stand there."""
    looks = dict(copied.quotes)
    found = {looks.get(name, QuoteSearch.UNREADABLE) for name in fingerprints(one.missing)}
    worst = next(
        look
        for look in (QuoteSearch.MISSING, QuoteSearch.UNREADABLE, QuoteSearch.FOUND)
        if look in found
    )
    return replace(one, shows=worst)


def with_values(one: Checked) -> Checked:
    """Return `one` with what its entry should say.

    A status that an entry has, other than `live`, is left: somebody may have looked closer.  A
    copy that does not show what is cited is none.
    """
    values: dict[str, str] = {}
    moment = one.moment if one.shows is not QuoteSearch.MISSING else ""
    copy = copy_of(one.cited.link, moment) if moment else ""
    if moment and copy:
        values["archive_url"] = copy
        if one.cited.source.archive_date:
            values["archive_date"] = day_of(moment)
    if one.verdict.state in GONE and one.cited.source.url_status == "live":
        values["url_status"] = one.verdict.state.value
    return replace(one, values=values)


_CALLED = {
    LinkState.LIVE: "is live",
    LinkState.DEAD: "is dead",
    LinkState.DEVIATED: "has deviated",
    LinkState.SUSPECT: "may have deviated",
    LinkState.UNKNOWN: "is unknown",
}


def as_text(results: Iterable[Checked]) -> str:
    """Return a line for each source that is not simply live."""
    return "".join(f"{line}\n" for line in map(_line, results) if line)


def _line(one: Checked) -> str:
    source, state = one.cited.source, one.verdict.state
    cure = _cure(one)
    if state is LinkState.LIVE and not cure:
        return ""
    where = f"{source.position}: `{shown(source.label)}` at {shown_host(one.cited.link)}"
    return f"{where} {_CALLED[state]}: {'; '.join(filter(None, (one.verdict.reason, *cure)))}"


def _cure(one: Checked) -> list[str]:
    """Return what is to be done about a source, and what else is to be told."""
    source, state = one.cited.source, one.verdict.state
    told = [f"missing is “{shown(quote)}”" for quote in one.missing] + _told_of_copy(one)
    if one.values:
        told.append(f"write {lines_of(one.values)}")
    elif state in GONE and source.archive_url:
        told.append("readers are led to the copy already")
    elif state in GONE:
        told.append(f"its entry says so already (`url_status: {source.url_status}`)")
    if state is LinkState.SUSPECT:
        told.append("look whether it still says what is cited")
    if state is LinkState.LIVE and source.url_status != "live":
        told.append(f"take `url_status: {source.url_status}` out if it is as it was")
    return told


def _told_of_copy(one: Checked) -> list[str]:
    """Return what is to be told of the copy of a source, if anything."""
    if one.refused:
        return ["the archive could not be asked for a copy"]
    if one.moment is None:
        return []
    if not one.moment:
        return ["no archived copy is known"]
    if one.shows is QuoteSearch.MISSING:
        return [f"nor does the copy of {day_of(one.moment)} show it"]
    if "archive_url" not in one.values:
        return ["the address of its copy is too long for an entry"]
    if one.shows is QuoteSearch.UNREADABLE:
        return ["look at the copy, which could not be searched"]
    return []


def lines_of(values: Mapping[str, str]) -> str:
    """Return the lines that `values` are in an entry."""
    return ", ".join(f"`{key}: {value}`" for key, value in values.items())


def as_json(results: Iterable[Checked]) -> str:
    """Return the sources as a JSON array of objects; keys are only ever added."""
    entries: list[dict[str, Any]] = [
        {
            "file": one.cited.source.position.file,
            "line": one.cited.source.position.line,
            "column": one.cited.source.position.column,
            "source": one.cited.source.key,
            "address": one.cited.link.address,
            "state": one.verdict.state.value,
            "reason": one.verdict.reason,
            "status": one.finding.status or None,
            "checked": str(one.finding.checked),
            "missing": one.missing,
            "write": dict(one.values),
        }
        for one in results
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def summary(results: Sequence[Checked], asked: int) -> str:
    """Return in one line how many sources are in which state."""
    counts = Counter(one.verdict.state for one in results)
    parts = [f"{counts[state]} {state.value}" for state in LinkState if counts[state]]
    word = "source" if len(results) == 1 else "sources"
    states = ", ".join(parts) or "nothing to ask"
    return f"{len(results)} {word}: {states} ({asked} asked now)"
