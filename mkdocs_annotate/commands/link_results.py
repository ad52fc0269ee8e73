"""What has become of each source, and what its entry should say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mkdocs_annotate.commands.cited import Cited
from mkdocs_annotate.commands.link_runs import Wanted, fingerprints
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.network.archives import copied_page, copy_of
from mkdocs_annotate.network.remembering import day_of
from mkdocs_annotate.network.verdicts import Finding, Look, State, Verdict, verdict_of

GONE = (State.DEAD, State.DEVIATED)
"""States of which readers must be told, by `url_status`."""


@dataclass(frozen=True)
class Checked:
    """A source, what has become of its address, and what is to be written about that."""

    cited: Cited
    verdict: Verdict
    finding: Finding
    moment: str | None = None
    """When the copy that was found was made; empty for none, None where none was looked for."""

    shows: Look | None = None
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
        lost = {name for name, look in self.finding.quotes if look is Look.MISSING}
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
    lost = one.verdict.state is State.DEVIATED and copy_wanted(one)[1] is not None
    return every or lost or one.verdict.state is State.DEAD


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
    lost = one.verdict.state is State.DEVIATED and one.moment
    return copied_page(one.cited.link, one.moment) if lost and one.moment else None


def with_search(one: Checked, copied: Finding) -> Checked:
    """Return `one` with what was found in the copied page: whether the words stand there."""
    looks = dict(copied.quotes)
    found = {looks.get(name, Look.UNREADABLE) for name in fingerprints(one.missing)}
    worst = next(look for look in (Look.MISSING, Look.UNREADABLE, Look.FOUND) if look in found)
    return replace(one, shows=worst)


def with_values(one: Checked) -> Checked:
    """Return `one` with what its entry should say.

    A status that an entry has, other than `live`, is left: somebody may have looked closer.  A
    copy that does not show what is cited is none.
    """
    values: dict[str, str] = {}
    moment = one.moment if one.shows is not Look.MISSING else ""
    copy = copy_of(one.cited.link, moment) if moment else ""
    if moment and copy:
        values["archive_url"] = copy
        if one.cited.source.archive_date:
            values["archive_date"] = day_of(moment)
    if one.verdict.state in GONE and one.cited.source.url_status == "live":
        values["url_status"] = one.verdict.state.value
    return replace(one, values=values)
