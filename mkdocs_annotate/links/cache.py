"""A cache file of the responses of addresses, so that none is requested too often."""

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from mkdocs_annotate.files.writing import NotWritten, replace_file
from mkdocs_annotate.links.http import Failure, Response
from mkdocs_annotate.model.dates import parse_date


class QuoteSearch(Enum):
    """How the search for a quote in a page ended."""

    FOUND = "found"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    """The page can't be searched as text, or is incomplete."""


@dataclass(frozen=True)
class Finding:
    """The result of a request, without the page."""

    checked: date
    status: int = 0
    failure: Failure | None = None
    final: str = ""
    """The address after redirects."""

    quotes: tuple[tuple[str, QuoteSearch], ...] = ()
    """How the search ended for each quote, by its fingerprint."""

    temporary: bool = False
    """The same request may soon get another response."""


def finding_of(
    response: Response, quotes: Sequence[tuple[str, QuoteSearch]], today: date
) -> Finding:
    """Return what to keep of `response`, and of the search for `quotes` in it."""
    return Finding(
        today,
        response.status,
        response.failure,
        response.address,
        tuple(quotes),
        response.temporary,
    )


MAX_BYTES = 64 << 20
"""Largest file that is read."""

_VERSION = 1
_ABOUT = "Answers that `mkdocs-annotate links` got; it may be deleted at any time."
_MARK = b"mkdocs-annotate links"
_MOMENT = re.compile(r"(?:19|20)\d{12}", re.ASCII)
_FAILURES = {failure.name.lower(): failure for failure in Failure}


class DamagedCache(Exception):
    """The file is a cache that can't be read, and may be written anew; the message says why."""


class ForeignFile(Exception):
    """The file is no cache, and must not be overwritten; the message says what it is."""


class CacheNotWritten(Exception):
    """The file can't be written; the message says why."""


@dataclass(frozen=True)
class ArchivedCopy:
    """A copy that an archive has."""

    checked: date
    moment: str
    """When the copy was made: 14 digits."""


@dataclass
class LinkCache:
    """What is known about addresses."""

    findings: dict[str, Finding] = field(default_factory=dict)
    copies: dict[str, ArchivedCopy] = field(default_factory=dict)
    """Copies by `copy_key`."""

    def finding(
        self, address: str, quotes: Collection[str], today: date, days: int
    ) -> Finding | None:
        """Return what was found at `address` in the last `days` days; None to ask again.

        None, too, if the response was a temporary one, or if not all `quotes`, given by their
        fingerprints, were searched for.
        """
        known = self.findings.get(address)
        if known is None or known.temporary or not _is_fresh(known.checked, today, days):
            return None
        looked = {fingerprint for fingerprint, _ in known.quotes}
        answers = 200 <= known.status < 300
        return None if answers and not looked.issuperset(quotes) else known

    def copy(self, key: str, today: date, days: int) -> ArchivedCopy | None:
        """Return the copy of `key` if it was found in the last `days` days, else None."""
        known = self.copies.get(key)
        return known if known and _is_fresh(known.checked, today, days) else None


def copy_key(address: str, day: str) -> str:
    """Return the key of the copy of `address` nearest to `day`; without a day, of the last copy."""
    return f"{day or 'last'} {address}"


def fingerprint(quote: str) -> str:
    """Return the key of `quote` in the file, a hash: quotes may not be meant for the public."""
    return hashlib.sha256(" ".join(quote.split()).encode("utf-8", "replace")).hexdigest()[:16]


def _is_fresh(checked: date, today: date, days: int) -> bool:
    # A day in the future comes from a wrong clock.
    return timedelta(0) <= today - checked < timedelta(days)


def read_cache(path: Path) -> LinkCache:
    """Return the cache in the file at `path`; an empty one without such a file.

    Raises DamagedCache, ForeignFile.
    """
    try:
        if not path.exists():
            return LinkCache()
        if not path.is_file():
            raise ForeignFile("it is a folder, a pipe or a device")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ForeignFile(f"it can't be read: {error.strerror}") from error
    return parse_cache(data)


def parse_cache(data: bytes) -> LinkCache:
    """Return the cache in the content of a file.  Raises DamagedCache, ForeignFile."""
    if data.strip() and _MARK not in data[:200]:
        raise ForeignFile("something else wrote it")
    if len(data) > MAX_BYTES:
        raise DamagedCache("it is too large")
    try:
        root: Any = json.loads(data)
        if root["version"] != _VERSION:
            raise DamagedCache("another version of the program wrote it")
        findings = {str(address): _finding(entry) for address, entry in root["found"].items()}
        copies = {
            str(key): ArchivedCopy(date.fromisoformat(entry["checked"]), str(entry["moment"]))
            for key, entry in root["copies"].items()
        }
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise DamagedCache("it is damaged") from error
    if any(not is_moment(copy.moment) for copy in copies.values()):
        raise DamagedCache("it is damaged")
    return LinkCache(findings, copies)


def is_moment(text: str) -> bool:
    """Return whether `text` is a time as archives write it: 14 digits, year to second."""
    return _MOMENT.fullmatch(text) is not None and parse_date(day_of(text)) is not None


def day_of(moment: str) -> str:
    """Return the day of an archive's time, as sources write it."""
    return f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"


def _finding(entry: Any) -> Finding:
    return Finding(
        date.fromisoformat(entry["checked"]),
        int(entry.get("status", 0)),
        _FAILURES[entry["trouble"]] if "trouble" in entry else None,
        str(entry.get("final", "")),
        tuple((str(name), QuoteSearch(look)) for name, look in entry.get("quotes", {}).items()),
        bool(entry.get("passing", False)),
    )


def as_json(cache: LinkCache) -> str:
    """Return the content of the file of `cache`: sorted, so that versions can be compared."""
    root = {
        "about": _ABOUT,
        "version": _VERSION,
        "found": {address: _entry(finding) for address, finding in sorted(cache.findings.items())},
        "copies": {
            key: {"checked": str(copy.checked), "moment": copy.moment}
            for key, copy in sorted(cache.copies.items())
        },
    }
    return json.dumps(root, ensure_ascii=True, indent=1) + "\n"


def _entry(finding: Finding) -> dict[str, Any]:
    entry: dict[str, Any] = {"checked": str(finding.checked)}
    if finding.status:
        entry["status"] = finding.status
    if finding.failure:
        entry["trouble"] = finding.failure.name.lower()
    if finding.final:
        entry["final"] = finding.final
    if finding.quotes:
        entry["quotes"] = {name: look.value for name, look in finding.quotes}
    if finding.temporary:
        entry["passing"] = True
    return entry


def write_cache(path: Path, cache: LinkCache) -> None:
    """Write `cache` to `path`: stopped at any moment, the old file is there or the new one.

    Raises CacheNotWritten.
    """
    try:
        replace_file(path, as_json(cache).encode())
    except NotWritten as error:
        raise CacheNotWritten(str(error)) from error
