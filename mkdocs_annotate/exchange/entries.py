"""Collects the sources in a file of another program, and the fields that can't be read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_annotate.exchange.imported import Imported, LeftOut, line_of, place_of
from mkdocs_annotate.model.date_text import read_date
from mkdocs_annotate.model.dates import PublicationDate
from mkdocs_annotate.model.links import Link, parse_doi, parse_link
from mkdocs_annotate.model.problems import Mistake, Position, Problem, Rule, shown
from mkdocs_annotate.sidecar.yaml_text import Fields

MOST_NAMES = 60
"""Most names of a message; the largest files of reference managers have about 40."""


class Unread:
    """The fields of `file` that are not read, with their counts and first places."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._counts: dict[str, int] = {}
        self._places: dict[str, tuple[int, int]] = {}

    def copy(self) -> "Unread":
        """Return another one with the same fields."""
        other = Unread(self.file)
        other._counts, other._places = dict(self._counts), dict(self._places)
        return other

    def add(self, name: str, place: tuple[int, int]) -> None:
        """Count one more field called `name`, at a line and column from 1."""
        self._counts[name] = self._counts.get(name, 0) + 1
        self._places.setdefault(name, place)

    def look(self, entry: Mapping[str, Any], read: Collection[str], under: str = "") -> None:
        """Count the fields of `entry` that are neither empty nor among those `read`.

        `under` is put before their names.  Fields that stand twice are counted, too.
        """
        place = place_of(entry)
        for name, value in entry.items():
            if name not in read and is_filled(value):
                self.add(under + name, place)
        for name in getattr(entry, "repeated", ()):
            self.add(f"{under}{name} (again)", place)

    @property
    def position(self) -> Position:
        """Return the first place of all; the beginning of the file where there is none."""
        return Position(self.file, *min(self._places.values(), default=(1, 1)))

    @property
    def names(self) -> str:
        """Return the fields in the order of their places, with their counts; empty for none."""
        names = sorted(self._counts, key=lambda name: self._places[name])
        parts = [f"`{shown(name)}` ({self._where(name)})" for name in names[:MOST_NAMES]]
        if len(names) > MOST_NAMES:
            parts.append(f"and {len(names) - MOST_NAMES} more")
        return ", ".join(parts)

    def _where(self, name: str) -> str:
        line, count = self._places[name][0], self._counts[name]
        return f"line {line}" if count == 1 else f"{count:,} times, first in line {line}"

    def skips(self) -> tuple[LeftOut, ...]:
        """Return one message that names all the fields; none without any."""
        if not self._counts:
            return ()
        return (LeftOut(self.position, f"a sidecar has no field for {self.names}"),)


def filled(**found: Any) -> set[str]:
    """Return the names of those arguments that are not empty."""
    return {name for name, value in found.items() if value}


def is_filled(value: Any) -> bool:
    """Return whether JSON holds more than blanks, empty lists and empty objects."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif one is not None and one is not False and str(one).strip():
            return True
    return False


@dataclass(frozen=True)
class SourceEntry:
    """One source: the fields of a sidecar, and the variables of CSL that have no such field.

    Those variables are not shown, but kept for the export.
    """

    fields: Fields
    position: Position
    extra: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """The name and line of a variable in the file, where they are not those of the entry."""


@dataclass
class SourceEntries:
    """The entries of one file by key, and its problems."""

    file: str = ""
    sources: dict[str, SourceEntry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parts: list[Problem] = field(default_factory=list)
    """Problems of parts of entries; the entries are used without these parts."""

    unread: Unread = field(init=False)
    """The fields that are neither shown nor exported."""

    def __post_init__(self) -> None:
        self.unread = Unread(self.file)

    def add(self, key: str, entry: SourceEntry) -> None:
        """Add an entry if it has a title and a key that no earlier entry has; else report it."""
        if not key:
            message = f"the source “{_title_of(entry)}” has no key"
            self.report(entry.position, Rule.MISSING_KEY, message, "give it one", _title_of(entry))
        elif "title" not in entry.fields:
            message = f"the source `{shown(key)}` has no title"
            self.report(entry.position, Rule.MISSING_KEY, message, "give it a `title`", subject=key)
        elif key not in self.sources:
            self.sources[key] = entry
        elif self.sources[key].fields != entry.fields:
            message = (
                f"the key `{shown(key)}` stands twice in the file; “{_title_of(entry)}” is left out"
            )
            hint = f"rename it here, or in line {self.sources[key].position.line}"
            self.report(entry.position, Rule.REPEATED_KEY, message, hint, subject=key)

    def report(
        self, position: Position, rule: Rule, message: str, hint: str, subject: str = ""
    ) -> None:
        """Add the reason why an entry is left out."""
        self.problems.append(Problem(position, rule, message, hint, subject=subject))

    def report_part(
        self, position: Position, rule: Rule, message: str, hint: str, subject: str = ""
    ) -> None:
        """Add the problem of a part of an entry."""
        self.parts.append(Problem(position, rule, message, hint, subject=subject))

    @property
    def unread_fields(self) -> list[Problem]:
        """Return one problem that names all unread fields; none without any."""
        if not self.unread.names:
            return []
        message = f"these fields are not used: {self.unread.names}"
        hint = "nothing needs to be done, unless readers would miss one"
        return [
            Problem(
                self.unread.position, Rule.FIELD_NOT_READ, message, hint, subject=self.unread.names
            )
        ]

    @property
    def imported(self) -> Imported:
        """Return the sources for a sidecar, and what is left out.

        Variables that are only kept for an export are left out, as a sidecar has no place for them.
        """
        unread = self.unread.copy()
        for entry in self.sources.values():
            for variable in entry.extra:
                name, line = entry.origins.get(variable, (variable, entry.position.line))
                unread.add(name, (line, 1 if variable in entry.origins else entry.position.column))
        return Imported(
            sources={key: entry.fields for key, entry in self.sources.items()},
            places={key: entry.position for key, entry in self.sources.items()},
            skipped=tuple(map(_left_out, self.problems)),
            left_out=(*map(_left_out, self.parts), *unread.skips()),
        )


def _title_of(entry: SourceEntry) -> str:
    return shown(str(entry.fields.get("title", "")))


def _left_out(problem: Problem) -> LeftOut:
    return LeftOut(problem.position, problem.message, problem.hint)


def key_of(value: Any) -> str:
    """Return a key with hyphens in place of white space, which keys of a sidecar can't have."""
    return "-".join(line_of(value).split())


class EntryReader:
    """Reads the parts of one entry, and reports to `entries` those that can't be used."""

    def __init__(self, key: str, position: Position, entries: SourceEntries) -> None:
        self.key = key
        self.position = position
        self.entries = entries

    def refuse(self, name: str, value: str, hint: str, line: int = 0) -> str:
        """Report that the text of the field `name` is left out; return the empty text."""
        place = self.position._replace(line=line) if line else self.position
        message = f"`{shown(name)}` of `{shown(self.key)}` can't be read: “{shown(value)}”"
        self.entries.report_part(place, Rule.BAD_VALUE, message, hint, subject=f"{self.key} {name}")
        return ""

    def refuse_as(self, refusal: Mistake, line: int = 0) -> str:
        """Report what is wrong with a value; return the empty text."""
        place = self.position._replace(line=line) if line else self.position
        message = f"{refusal.message}, in `{shown(self.key)}`"
        subject = f"{self.key} {refusal.subject}"
        self.entries.report_part(place, Rule.BAD_VALUE, message, refusal.hint, subject)
        return ""

    def address(self, text: str, line: int = 0) -> str:
        """Return an address that can be linked to; empty for any other."""
        link = parse_link(text) if text else None
        if isinstance(link, Mistake):
            return self.refuse_as(link, line)
        return link.address if isinstance(link, Link) else ""

    def doi(self, text: str, line: int = 0) -> str:
        """Return the bare DOI in `text`; empty if there is no valid one."""
        doi = parse_doi(text) if text else ""
        return self.refuse_as(doi, line) if isinstance(doi, Mistake) else doi

    def day(self, name: str, text: str, date: PublicationDate | None, line: int = 0) -> str:
        """Return the date in `text` on which a source was looked at; empty if it is not certain."""
        if not text:
            return ""
        certain = date and date.certain
        return str(certain) if certain else self.refuse(name, text, DAY, line)

    def published(self, text: str, line: int = 0, name: str = "date") -> str:
        """Return the date in `text` as a sidecar writes it; empty if there is none."""
        if not text:
            return ""
        date = read_date(text)
        return str(date) if date else self.refuse(name, text, DATE, line)


DAY = "write a date like `2024-11-03`"
DATE = "write it like `2024-11-03`, `1850~` (about 1850), `1998/1999` (a stretch), or `in press`"
