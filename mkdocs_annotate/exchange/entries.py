"""What a file of sources holds: each entry as a sidecar would describe it, with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_annotate.exchange.arrivals import Arrivals, line_of
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.links import Link, Refusal, parse_doi, parse_link
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.sidecar.editing import Fields

# The date, or the beginning of a stretch, of an EDTF text: `2024-11-03?`, `2024-11/2025`.
_EDTF = re.compile(r"\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?=[\s?~%/T]|$)", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One source: its fields as a sidecar has them, and the variables of CSL it has no field for.

    Of the latter nothing is shown; they go into the export.
    """

    fields: Fields
    position: Position
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Entries:
    """The entries of one file by key, and what of it can't be used."""

    sources: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parts: list[Problem] = field(default_factory=list)
    """What is wrong with parts of entries, which stand without them."""

    def add(self, key: str, entry: Entry) -> None:
        """Keep an entry that has a key and a title; the first of several with one key."""
        if not key:
            self.tell(entry.position, Rule.MISSING_KEY, "a source without a key", "give it one")
        elif "title" not in entry.fields:
            cure = f"give `{shown(key)}` a `title`"
            self.tell(entry.position, Rule.MISSING_KEY, "a source without a title", cure)
        elif key not in self.sources:
            self.sources[key] = entry
        elif self.sources[key].fields != entry.fields:
            cure = f"call `{shown(key)}` otherwise here, or in line {self._line(key)}"
            message = "a key that stands twice in the file"
            self.tell(entry.position, Rule.REPEATED_KEY, message, cure)

    def _line(self, key: str) -> int:
        return self.sources[key].position.line

    def tell(self, position: Position, rule: Rule, message: str, cure: str) -> None:
        """Keep why an entry is left out; `message` follows "skipped 1:" in an import."""
        self.problems.append(Problem(position, rule, message, cure))

    def tell_part(self, position: Position, rule: Rule, message: str, cure: str) -> None:
        """Keep what is wrong with a part of an entry."""
        self.parts.append(Problem(position, rule, message, cure))

    @property
    def arrivals(self) -> Arrivals:
        """Return the sources for a sidecar, and why others are skipped."""
        sources = {key: entry.fields for key, entry in self.sources.items()}
        skipped, left_out = (
            tuple(one.message for one in told) for told in (self.problems, self.parts)
        )
        return Arrivals(sources=sources, skipped=skipped, left_out=left_out)


def key_of(value: Any) -> str:
    """Return a key as it stands, but for white space, which no key of ours holds."""
    return "-".join(line_of(value).split())


def edtf_date(value: Any) -> str:
    """Return the date that a text in EDTF begins with, as a sidecar writes it; else empty."""
    found = _EDTF.match(line_of(value))
    date = parse_date(found[1]) if found else None
    return str(date) if date else ""


def written_name(family: str, given: str, literal: str = "") -> str:
    """Return a name as a sidecar writes it: `Family, Given`; another with a comma in braces."""
    if family and given and "," not in family + given:
        return f"{family}, {given}"
    whole = literal or " ".join(filter(None, (given, family)))
    return f"{{{whole}}}" if "," in whole else whole


def sound_address(address: str, position: Position, entries: Entries) -> str:
    """Return an address that can be linked to; of another one `entries` are told."""
    link = parse_link(address) if address else None
    if isinstance(link, Refusal):
        entries.tell_part(position, Rule.BAD_VALUE, link.message, link.cure)
    return link.address if isinstance(link, Link) else ""


def sound_doi(text: str, position: Position, entries: Entries) -> str:
    """Return the bare DOI in `text`; of one that is none `entries` are told."""
    doi = parse_doi(text) if text else ""
    if isinstance(doi, Refusal):
        entries.tell_part(position, Rule.BAD_VALUE, doi.message, doi.cure)
        return ""
    return doi
