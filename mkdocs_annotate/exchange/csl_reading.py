"""Converts the items of CSL-JSON to the fields of sources.

Every variable is read, kept for the export, or reported with its line.
"""

import re
from collections.abc import Mapping
from typing import Any

from mkdocs_annotate.exchange.bibtex import LANGUAGES
from mkdocs_annotate.exchange.csl import ISSUED, TEXTS, Json, read_csl_date, variables_of
from mkdocs_annotate.exchange.entries import (
    DATE,
    EntryReader,
    SourceEntries,
    SourceEntry,
    is_filled,
    key_of,
)
from mkdocs_annotate.exchange.imported import (
    ImportFormat,
    UnusableFile,
    like,
    line_of,
    list_of,
    place_of,
    text_of,
)
from mkdocs_annotate.exchange.names import read_csl_name
from mkdocs_annotate.exchange.plain_text import title_text
from mkdocs_annotate.model.dates import parse_edtf
from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.model.problems import Position, Rule
from mkdocs_annotate.model.sources import ACCESSES, ROLES, SOURCE_TYPES, URL_STATUSES
from mkdocs_annotate.sidecar.format import LANGUAGE_PATTERN

_WORDS = {"url_status": URL_STATUSES, "access": ACCESSES, "role": ROLES}
"""Fields of `custom` that hold one of some words."""

MOST_WORDS = 20
"""How many values of an unreadable variable a message shows."""

_OF_A_COPY = ("archive", "archive_location")

_FIELDS = {
    "publisher": "publisher",
    "container": "container-title",
    "series": "collection-title",
    "edition": "edition",
    "volume": "volume",
    "pages": "page",
    "genre": "genre",
}
"""Fields that are texts of one line here and there."""


def is_csl(value: Any) -> bool:
    """Return whether JSON is an item of CSL, or a list of them."""
    return any(
        isinstance(item, dict) and "id" in item and "type" in item and "target" not in item
        for item in list_of(value)
    )


def read_csl(value: Any, file: str = "") -> SourceEntries:
    """Return the sources of `file` by key, and what can't be used.  Raises UnusableFile."""
    if not is_csl(value):
        raise UnusableFile("the file has no items with `id` and `type`, so it is not CSL-JSON")
    entries = SourceEntries(file)
    place = (1, 1)
    for number, item in enumerate(list_of(value), 1):
        if isinstance(item, dict):
            place = place_of(item)
            _Reading(item, entries).read()
        else:
            hint = "write each item in braces, with `id`, `type` and `title`"
            message = f"item no. {number} is not a source"
            entries.report(Position(file, *place), Rule.WRONG_SHAPE, message, hint)
    return entries


_LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9 ._-]{0,40}): *(?P<value>\S.*)")
_VARIABLES = {
    name.lower(): name
    for name in (*TEXTS, "DOI", "URL", "genre", "volume", "issue", "edition", "page", "publisher")
}
_DATES = ("original-date", "event-date", "submitted", "available-date", "issued")


def with_lines_of_note(item: Mapping[str, Any]) -> tuple[Mapping[str, Any], list[str]]:
    """Return an item with the variables in the first lines of its note, such as `PMID: 123`.

    Zotero writes there what it has no field for. A variable of the item counts before such a line.
    Also returned are the names of lines that are for one program only; they are removed from the
    note, too.

    Source: Zotero's manual, "Citing fields from Extra"; Better BibTeX's `Citation Key` and `tex.`.
    """
    note = item.get("note")
    if not isinstance(note, str):
        return item, []
    lines, own = text_of(note).split("\n"), list[str]()
    found: dict[str, Any] = {}
    while lines and (line := _LINE.fullmatch(lines[0].strip())):
        name = line["name"].lower().replace(" ", "-")
        if name in _VARIABLES:
            found.setdefault(_VARIABLES[name], line["value"])
        elif name in _DATES:
            found.setdefault(name, {"raw": line["value"]})
        elif name.startswith(("tex.", "bibtex.")):
            own.append(line["name"])
        else:
            break
        del lines[0]
    if not found and not own:
        return item, []
    return like(item, {**found, **item, "note": "\n".join(lines).strip()}), own


class _Reading:
    """One item, and which of its variables were read."""

    def __init__(self, item: Mapping[str, Any], entries: SourceEntries) -> None:
        self.item, self.in_note = with_lines_of_note(item)
        self.entries = entries
        self.key = key_of(item.get("id"))
        self.part = EntryReader(self.key, Position(entries.file, *place_of(item)), entries)
        self.used = {"id", "custom"}

    def read(self) -> None:
        """Add the item, and report the variables that are not used."""
        fields = self._fields()
        extra = {
            name: kept for name, kept in variables_of(self.item).items() if name not in self.used
        }
        if "archive_url" in fields:
            # The copy has a field of its own, and its archive is told by the address.
            extra = {name: extra[name] for name in extra if name not in _OF_A_COPY}
            self.used.update(_OF_A_COPY)
        self.entries.add(self.key, SourceEntry(fields, self.part.position, extra))
        self.entries.unread.look(self.item, self.used | set(extra))
        for name in self.in_note:
            self.entries.unread.add(f"note: {name}", place_of(self.item))

    def plain(self, name: str) -> str:
        """Return a text as one line, without the tags that CSL allows: `<i>`, `<sub>`."""
        text = title_text(line_of(self.item.get(name)))
        if text:
            self.used.add(name)
        return text

    def _fields(self) -> Json:
        """Return the fields of the source; variables that a source lacks are reported."""
        type_ = line_of(self.item.get("type"))
        if type_ in SOURCE_TYPES:
            self.used.add("type")
        fields: dict[str, Any] = {
            "type": type_ if type_ in SOURCE_TYPES else "",
            "title": self.plain("title") or self.plain("title-short") or self.plain("shortTitle"),
        }
        for name in ("author", "editor", "translator"):
            fields[name] = self._people(name)
        for name, variable in _FIELDS.items():
            fields[name] = self.plain(variable)
        fields |= {
            "pages": re.sub(r"(?<=\d)\s*-{1,2}\s*(?=\d)", "–", fields["pages"]),
            "number": self.plain("issue" if type_ in ISSUED else "number"),
            "date": self._date(),
            "url": self._address(),
            "doi": self.part.doi(self.plain("DOI")),
            "accessed": self._accessed(),
            "archive_url": self._copy(),
            "language": self._language(),
            "note": self._note(),
        }
        fields |= self._own()
        return {name: value for name, value in fields.items() if value}

    def _people(self, name: str) -> str | list[str]:
        """Return one name, or a list; a name that can't be read is left out and reported."""
        self.used.add(name)
        names = []
        for number, one in enumerate(list_of(self.item.get(name)), 1):
            written = title_text(read_csl_name(one))
            if written:
                names.append(written)
            elif is_filled(one):
                hint = "a name has `family` and `given`, or `literal`"
                self.part.refuse(name, f"no. {number}", hint)
        return names[0] if len(names) == 1 else names

    def _date(self) -> str:
        value = self.item.get("issued")
        self.used.add("issued")
        date = read_csl_date(value)
        if date is None and is_filled(value):
            self.part.refuse("issued", _words(value), DATE)
        return str(date) if date else ""

    def _accessed(self) -> str:
        value = self.item.get("accessed")
        words = _words(value)
        if words:
            self.used.add("accessed")
        return self.part.day("accessed", words, read_csl_date(value))

    def _address(self) -> str:
        address = line_of(self.item.get("URL"))
        if address:
            self.used.add("URL")
        return self.part.address(address)

    def _copy(self) -> str:
        """Return the address of a copy; empty for the shelf mark of an archive."""
        address = line_of(self.item.get("archive_location"))
        link = parse_link(address) if address.startswith(("http://", "https://")) else None
        return link.address if isinstance(link, Link) else ""

    def _language(self) -> str:
        """Return the tag of the language; any other text is kept for the export as it is."""
        text = line_of(self.item.get("language"))
        tag = LANGUAGES.get(text.lower(), text.replace("_", "-"))
        if not re.fullmatch(LANGUAGE_PATTERN, tag):
            return ""
        self.used.add("language")
        return tag

    def _note(self) -> str:
        note = text_of(self.item.get("note"))
        if note:
            self.used.add("note")
        return note

    def _own(self) -> dict[str, str]:
        """Return the fields that our own export put into `custom`; the rest of it is not used."""
        custom = self.item.get("custom")
        if not isinstance(custom, dict):
            if is_filled(custom):
                self.used.discard("custom")
            return {}
        found = {}
        copied = read_csl_date(custom.get("archive_date"))
        if copied and copied.certain:
            found["archive_date"] = str(copied)
        date = parse_edtf(line_of(custom.get("date")))
        if date:
            found["date"] = str(date)
        for key, words in _WORDS.items():
            word = line_of(custom.get(key))
            if word in words:
                found[key] = word
        self.entries.unread.look(custom, found, "custom.")
        return found


def _words(value: Any) -> str:
    """Return a value of JSON as messages show it."""
    waiting, words = [value], list[str]()
    while waiting and len(words) < MOST_WORDS:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += reversed(list(one.values()))
        elif isinstance(one, list):
            waiting += reversed(one)
        elif line_of(one):
            words.append(line_of(one))
    return " ".join(words)


CSL = ImportFormat("csl", "CSL-JSON", is_csl, lambda value, _, file: read_csl(value, file).imported)
