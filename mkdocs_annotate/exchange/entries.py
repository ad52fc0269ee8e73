"""What a file of sources holds: each entry as a sidecar would describe it, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_annotate.exchange.arrivals import Arrivals, Skip, line_of
from mkdocs_annotate.exchange.unread import Unread
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.date_text import read_date
from mkdocs_annotate.model.edtf import PublicationDate
from mkdocs_annotate.model.links import Link, Refusal, parse_doi, parse_link
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.sidecar.editing import Fields


@dataclass(frozen=True)
class Entry:
    """One source: its fields as a sidecar has them, and the variables of CSL it has no field for.

    Of the latter nothing is shown; they go into the export.
    """

    fields: Fields
    position: Position
    extra: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """What a variable was called in the file, and its line, where that is not the entry's."""


@dataclass
class Entries:
    """The entries of one file by key, and what of it can't be used."""

    file: str = ""
    sources: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parts: list[Problem] = field(default_factory=list)
    """What is wrong with parts of entries, which stand without them."""

    unread: Unread = field(init=False)
    """The fields of which nothing is made."""

    def __post_init__(self) -> None:
        self.unread = Unread(self.file)

    def add(self, key: str, entry: Entry) -> None:
        """Keep an entry that has a key and a title; the first of several with one key."""
        if not key:
            message = f"the source “{_title(entry)}” has no key"
            self.tell(entry.position, Rule.MISSING_KEY, message, "give it one")
        elif "title" not in entry.fields:
            message = f"the source `{shown(key)}` has no title"
            self.tell(entry.position, Rule.MISSING_KEY, message, "give it a `title`")
        elif key not in self.sources:
            self.sources[key] = entry
        elif self.sources[key].fields != entry.fields:
            message = (
                f"the key `{shown(key)}` stands twice in the file; “{_title(entry)}” is left out"
            )
            cure = f"call it otherwise here, or in line {self.sources[key].position.line}"
            self.tell(entry.position, Rule.REPEATED_KEY, message, cure)

    def tell(self, position: Position, rule: Rule, message: str, cure: str) -> None:
        """Keep why an entry is left out."""
        self.problems.append(Problem(position, rule, message, cure))

    def tell_part(self, position: Position, rule: Rule, message: str, cure: str) -> None:
        """Keep what is wrong with a part of an entry."""
        self.parts.append(Problem(position, rule, message, cure))

    @property
    def left_aside(self) -> list[Problem]:
        """Return one problem that names all fields that are neither shown nor exported, if any."""
        if not self.unread.names:
            return []
        message = f"nothing is made of these fields: {self.unread.names}"
        cure = "nothing need be done, unless a reader would miss one"
        return [Problem(self.unread.position, Rule.FIELD_NOT_READ, message, cure)]

    @property
    def arrivals(self) -> Arrivals:
        """Return the sources for a sidecar, and what does not come in.

        A sidecar has no place for what goes into an export alone.
        """
        unread = self.unread.copy()
        for entry in self.sources.values():
            for variable in entry.extra:
                name, line = entry.origins.get(variable, (variable, entry.position.line))
                unread.add(name, (line, 1 if variable in entry.origins else entry.position.column))
        return Arrivals(
            sources={key: entry.fields for key, entry in self.sources.items()},
            places={key: entry.position for key, entry in self.sources.items()},
            skipped=tuple(map(_skip, self.problems)),
            left_out=(*map(_skip, self.parts), *unread.skips()),
        )


def _title(entry: Entry) -> str:
    return shown(str(entry.fields.get("title", "")))


def _skip(problem: Problem) -> Skip:
    return Skip(problem.position, problem.message, problem.cure)


def key_of(value: Any) -> str:
    """Return a key as it stands, but for white space, which no key of ours holds."""
    return "-".join(line_of(value).split())


class Part:
    """What reads the parts of one entry, and tells `entries` of what can't be used."""

    def __init__(self, key: str, position: Position, entries: Entries) -> None:
        self.key = key
        self.position = position
        self.entries = entries

    def refuse(self, name: str, value: str, cure: str, line: int = 0) -> str:
        """Tell that the text of the field `name` is left out; return the empty text."""
        place = self.position._replace(line=line) if line else self.position
        message = f"`{shown(name)}` of `{shown(self.key)}` can't be read: “{shown(value)}”"
        self.entries.tell_part(place, Rule.BAD_VALUE, message, cure)
        return ""

    def refuse_as(self, refusal: Refusal, line: int = 0) -> str:
        """Tell what is wrong with a value; return the empty text."""
        place = self.position._replace(line=line) if line else self.position
        message = f"{refusal.message}, in `{shown(self.key)}`"
        self.entries.tell_part(place, Rule.BAD_VALUE, message, refusal.cure)
        return ""

    def address(self, text: str, line: int = 0) -> str:
        """Return an address that can be linked to; empty for another one."""
        link = parse_link(text) if text else None
        if isinstance(link, Refusal):
            return self.refuse_as(link, line)
        return link.address if isinstance(link, Link) else ""

    def doi(self, text: str, line: int = 0) -> str:
        """Return the bare DOI in `text`; empty for one that is none."""
        doi = parse_doi(text) if text else ""
        return self.refuse_as(doi, line) if isinstance(doi, Refusal) else doi

    def day(self, name: str, text: str, date: PublicationDate | None, line: int = 0) -> str:
        """Return the certain date of a look at a source, read from `text`; empty for another."""
        if not text:
            return ""
        certain = date and date.certain
        return str(certain) if certain else self.refuse(name, text, DAY, line)

    def published(self, text: str, line: int = 0, name: str = "date") -> str:
        """Return the date that `text` gives as a sidecar writes it; empty where it gives none."""
        if not text:
            return ""
        date = read_date(text)
        return str(date) if date else self.refuse(name, text, DATE, line)


DAY = "write a date like `2024-11-03`"
DATE = "write it like `2024-11-03`, `1850~` (about 1850), `1998/1999` (a stretch), or `in press`"
