"""What was found out, kept in a file, so that no address is asked more often than need be."""

import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mkdocs_annotate.files.writing import NotWritten, replace_file
from mkdocs_annotate.links.responses import Finding, QuoteSearch, Trouble
from mkdocs_annotate.model.dates import parse_date

MAX_BYTES = 64 << 20
"""Largest file that is read."""

_VERSION = 1
_ABOUT = "Answers that `mkdocs-annotate links` got; it may be deleted at any time."
_MARK = b"mkdocs-annotate links"
_MOMENT = re.compile(r"(?:19|20)\d{12}", re.ASCII)
_TROUBLES = {trouble.name.lower(): trouble for trouble in Trouble}


class Damaged(Exception):
    """The file is a damaged one of ours, which may be written anew; the message says how."""


class NotOurs(Exception):
    """The file is something else, and must not be written over; the message says what."""


class NotKept(Exception):
    """The file can't be written; the message says why."""


@dataclass(frozen=True)
class Copy:
    """What an archive said: the moment of its copy."""

    checked: date
    moment: str


@dataclass
class Memory:
    """What is known of addresses."""

    findings: dict[str, Finding] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)
    """What an archive said, by what it was asked: see `copy_key`."""

    def finding(
        self, address: str, quotes: Collection[str], today: date, days: int
    ) -> Finding | None:
        """Return what was found at `address` in the last `days` days; None if that won't do.

        It does not where it may be another one soon, or not all `quotes`, fingerprints of
        them, were looked for.
        """
        known = self.findings.get(address)
        if known is None or known.passing or not _is_fresh(known.checked, today, days):
            return None
        looked = {fingerprint for fingerprint, _ in known.quotes}
        answers = 200 <= known.status < 300
        return None if answers and not looked.issuperset(quotes) else known

    def copy(self, key: str, today: date, days: int) -> Copy | None:
        """Return what an archive said in the last `days` days to `key`; else None."""
        known = self.copies.get(key)
        return known if known and _is_fresh(known.checked, today, days) else None


def copy_key(address: str, day: str) -> str:
    """Return what an archive was asked: for the copy of `address` nearest to `day`, or the last."""
    return f"{day or 'last'} {address}"


def fingerprint(quote: str) -> str:
    """Return what stands for `quote` in the file: it is not published by it."""
    return hashlib.sha256(" ".join(quote.split()).encode("utf-8", "replace")).hexdigest()[:16]


def _is_fresh(checked: date, today: date, days: int) -> bool:
    # An answer of tomorrow comes from a wrong clock.
    return timedelta(0) <= today - checked < timedelta(days)


def read_memory(path: Path) -> Memory:
    """Return what the file at `path` keeps; nothing where there is none.

    Raises Damaged, NotOurs.
    """
    try:
        if not path.exists():
            return Memory()
        if not path.is_file():
            raise NotOurs("it is a folder, a pipe or a device")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotOurs(f"it can't be read: {error.strerror}") from error
    return parsed(data)


def parsed(data: bytes) -> Memory:
    """Return what the content of a file keeps.  Raises Damaged, NotOurs."""
    if data.strip() and _MARK not in data[:200]:
        raise NotOurs("something else wrote it")
    if len(data) > MAX_BYTES:
        raise Damaged("it is too large")
    try:
        root: Any = json.loads(data)
        if root["version"] != _VERSION:
            raise Damaged("another version of the program wrote it")
        findings = {str(address): _finding(entry) for address, entry in root["found"].items()}
        copies = {
            str(key): Copy(date.fromisoformat(entry["checked"]), str(entry["moment"]))
            for key, entry in root["copies"].items()
        }
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        raise Damaged("it is damaged") from error
    if any(not is_moment(copy.moment) for copy in copies.values()):
        raise Damaged("it is damaged")
    return Memory(findings, copies)


def is_moment(text: str) -> bool:
    """Return whether `text` is a second as archives write it: 14 digits, a day before a time."""
    return _MOMENT.fullmatch(text) is not None and parse_date(day_of(text)) is not None


def day_of(moment: str) -> str:
    """Return the day of a moment, as sources give it."""
    return f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}"


def _finding(entry: Any) -> Finding:
    return Finding(
        date.fromisoformat(entry["checked"]),
        int(entry.get("status", 0)),
        _TROUBLES[entry["trouble"]] if "trouble" in entry else None,
        str(entry.get("final", "")),
        tuple((str(name), QuoteSearch(look)) for name, look in entry.get("quotes", {}).items()),
        bool(entry.get("passing", False)),
    )


def as_json(memory: Memory) -> str:
    """Return the content of a file that keeps `memory`: in order, so that versions compare."""
    root = {
        "about": _ABOUT,
        "version": _VERSION,
        "found": {address: _entry(finding) for address, finding in sorted(memory.findings.items())},
        "copies": {
            key: {"checked": str(copy.checked), "moment": copy.moment}
            for key, copy in sorted(memory.copies.items())
        },
    }
    return json.dumps(root, ensure_ascii=True, indent=1) + "\n"


def _entry(finding: Finding) -> dict[str, Any]:
    entry: dict[str, Any] = {"checked": str(finding.checked)}
    if finding.status:
        entry["status"] = finding.status
    if finding.trouble:
        entry["trouble"] = finding.trouble.name.lower()
    if finding.final:
        entry["final"] = finding.final
    if finding.quotes:
        entry["quotes"] = {name: look.value for name, look in finding.quotes}
    if finding.passing:
        entry["passing"] = True
    return entry


def write_memory(path: Path, memory: Memory) -> None:
    """Write `memory` to `path`, whole: stopped at any moment, the old file is there or the new.

    Raises NotKept.
    """
    try:
        replace_file(path, as_json(memory).encode())
    except NotWritten as error:
        raise NotKept(str(error)) from error
