"""Converts entries of BibTeX and BibLaTeX to the fields of sources.

Every field is read, kept for the export, or reported with its line.
"""

import re
from collections.abc import Mapping
from typing import Any

from mkdocs_annotate.exchange.bibtex import (
    DATES,
    EPRINTS,
    GENRES,
    LANGUAGES,
    ORDINALS,
    PEOPLE,
    STATES,
    SUBTYPES,
    TYPES,
    VARIABLES,
    BibtexRecord,
    parse_bibtex,
    with_inherited,
)
from mkdocs_annotate.exchange.csl import Json, csl_date
from mkdocs_annotate.exchange.entries import DATE, EntryReader, SourceEntries, SourceEntry, key_of
from mkdocs_annotate.exchange.names import csl_name, read_bibtex_names
from mkdocs_annotate.exchange.plain_text import as_markdown, plain_address, plain_text, title_text
from mkdocs_annotate.model.date_text import read_date
from mkdocs_annotate.model.dates import STATUSES
from mkdocs_annotate.model.problems import Position, Rule, shown
from mkdocs_annotate.sidecar.format import LANGUAGE_PATTERN, PASSAGE

_NO_SOURCES = ("xdata", "set")
"""Types of entries that only others refer to."""

_NUMBERED = ("article", "periodical", "suppperiodical")
"""Types that have an `issue`, which BibTeX calls their `number`."""

_ARXIV = re.compile(r"(?:arxiv:)?((?:\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?)", re.IGNORECASE)
_URL = re.compile(r"\\url[ \t]*\{([^{}]*)\}|https?://[^\s{}]+")
_ABOUT = re.compile(r"(?<=[0-9X])~(?=\s*(?:/|$))")
_HREF = re.compile(r"\\href[ \t]*\{(?P<address>[^{}]*)\}[ \t]*\{(?P<words>[^{}]*)\}")
_RANGE = re.compile(r"(?<=\d)\s*(?:-{1,3}|[–—])\s*(?=\d)")


def read_bibtex(text: str, file: str = "") -> SourceEntries:
    """Return the sources of `file` by key, and what can't be used.

    Raises NotInstalled without the parser.
    """
    records, mistakes = parse_bibtex(text)
    entries = SourceEntries(file)
    for mistake in mistakes:
        position = Position(file, mistake.line, 1)
        report = entries.report if mistake.whole else entries.report_part
        report(position, Rule.SOURCES_SYNTAX, mistake.message, mistake.hint)
    known: dict[str, BibtexRecord] = {}
    for record in records:
        known.setdefault(record.key.lower(), record)
    for record in records:
        if record.kind not in _NO_SOURCES:
            _Reading(record, known, entries).read()
    return entries


class _Reading:
    """One entry, and which of its fields were read."""

    def __init__(
        self, record: BibtexRecord, known: Mapping[str, BibtexRecord], entries: SourceEntries
    ) -> None:
        self.record = record
        self.entries = entries
        self.part = EntryReader(record.key, Position(entries.file, record.line, 1), entries)
        self.given, missing = with_inherited(record, known)
        self.used = {"crossref", "xdata", "entrysubtype"}
        self.origins: dict[str, tuple[str, int]] = {}
        if missing:
            message = f"`{shown(record.key)}` refers to an entry that the file doesn't have"
            hint = f"`{shown(missing)}` is not in it: add it, or correct the key"
            entries.report_part(
                self.part.position, Rule.BAD_VALUE, message, hint, subject=record.key
            )

    def read(self) -> None:
        """Add the entry, and report the fields that are not used."""
        fields = self._fields()
        extra = self._extra()
        position = self.part.position
        self.entries.add(
            key_of(self.record.key), SourceEntry(fields, position, extra, self.origins)
        )
        for name, line in self.record.lines.items():
            if name not in self.used and self.record.fields.get(name, "-").strip():
                self.entries.unread.add(name, (line, 1))
        if self.record.kind not in TYPES and self.record.kind != "misc":
            self.entries.unread.add(f"@{self.record.kind}", (self.record.line, 1))

    def line(self, name: str) -> int:
        """Return the line of a field; for a field that is inherited, the line of the entry."""
        return self.record.lines.get(name, self.record.line)

    def raw(self, name: str) -> str:
        """Return a field as it is written."""
        self.used.add(name)
        return self.given.get(name, "")

    def plain(self, name: str) -> str:
        """Return a field as plain text."""
        return title_text(plain_text(_HREF.sub(r"\g<words> (\g<address>)", self.raw(name))))

    def first(self, *names: str) -> str:
        """Return the first of some fields that is not empty; the others count as unread."""
        for name in names:
            if self.given.get(name) and (text := self.plain(name)):
                return text
        return ""

    def people(self, name: str) -> list[str]:
        """Return the names in a field."""
        text = self.raw(name)
        names = [title_text(one) for one in read_bibtex_names(text)]
        if text.strip() and not names:
            self.part.refuse(
                name, text, "write names as `Family, Given and Family, Given`", self.line(name)
            )
        return names

    def _fields(self) -> dict[str, Any]:
        """Return the fields of the source; fields of the entry that a source lacks are reported."""
        kind = self.record.kind
        subtype = SUBTYPES.get(self.given.get("entrysubtype", "").strip().lower())
        if not subtype:
            self.used.discard("entrysubtype")
        type_ = subtype or TYPES.get(kind, "")
        title, container = self._titles(type_)
        fields = {
            "type": type_,
            "title": title,
            "author": self.people("author"),
            "editor": self._editors(),
            "translator": self.people("translator"),
            "publisher": self.first("publisher", "institution", "school", "organization"),
            "container": container,
            "series": self.first("series"),
            "edition": self._edition(),
            "volume": self.first("volume"),
            "number": self._number(kind),
            "pages": _RANGE.sub("–", self.first("pages", "eid")),
            "date": self._date(),
            "url": self._address(),
            "doi": self.part.doi(plain_address(self.raw("doi")), self.line("doi")),
            "accessed": self._accessed(),
            "genre": self._genre(kind),
            "language": self._language(),
            "note": self._note(),
        }
        for name in ("author", "editor", "translator"):
            fields[name] = fields[name][0] if len(fields[name]) == 1 else fields[name]
        return {name: value for name, value in fields.items() if value}

    def _titles(self, type_: str) -> tuple[str, str]:
        """Return the title of the entry and that of what it appeared in."""
        title = self._with_subtitle("title", "subtitle")
        journal = self.first("journaltitle", "journal")
        container = _joined(": ", journal, self.plain("journalsubtitle") if journal else "")
        if type_ != "book" and not container:
            container = self._with_subtitle("booktitle", "booksubtitle")
        elif type_ == "book" and not title:
            # A book that only others refer to may be called by `booktitle` alone.
            title = self._with_subtitle("booktitle", "booksubtitle")
        if not container:
            container = self._with_subtitle("maintitle", "mainsubtitle")
        return title, container

    def _with_subtitle(self, name: str, below: str) -> str:
        title = self.plain(name)
        if not title:
            return ""
        addon = f"{name}addon"
        return _joined(". ", _joined(": ", title, self.plain(below)), self.plain(addon))

    def _editors(self) -> list[str]:
        """Return the editors; nobody if `editortype` gives them another role."""
        kind = self.given.get("editortype", "").strip().lower()
        if kind not in ("", "editor"):
            return []
        self.used.add("editortype")
        return self.people("editor")

    def _edition(self) -> str:
        text = self.first("edition")
        digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?\.?", text.lower())
        return digits[1] if digits else ORDINALS.get(text.lower(), text)

    def _number(self, kind: str) -> str:
        return self.first(*(("number", "issue") if kind not in _NUMBERED else ("issue", "number")))

    def _date(self) -> str:
        for name in ("date", "year"):
            text = _date_text(self.given.get(name, ""))
            if text:
                date = self._dated(name, text)
                if date:
                    return date
        state = STATES.get(self.given.get("pubstate", "").strip().lower(), "")
        if state:
            self.used.add("pubstate")
        return state or self.part.published(
            self.plain("pubstate"), self.line("pubstate"), "pubstate"
        )

    def _dated(self, name: str, text: str) -> str:
        """Return the date in the field `name`; a year with the month and day beside it."""
        self.used.add(name)
        year = self.part.published(text, self.line(name), name)
        month = plain_text(self.given.get("month", ""))
        if name == "date" or not (year and month) or year in STATUSES:
            return year
        self.used |= {"month", "day"}
        day = plain_text(self.given.get("day", ""))
        words = f"{month} {day} {year}"
        if months := re.fullmatch(r"(\d{1,2})(?:\s*[-–/]\s*(\d{1,2}))?", month):
            words = f"{year}-{months[1]:0>2}{'-' * bool(day)}{day.zfill(2) if day else ''}"
            words += f"/{year}-{months[2]:0>2}" if months[2] else ""
        found = read_date(words)
        if found:
            return str(found)
        self.part.refuse("month", f"{month} {day}".strip(), DATE, self.line("month"))
        return year

    def _address(self) -> str:
        for name in ("url", "eprint", "howpublished"):
            address = getattr(self, f"_address_in_{name}")()
            if address:
                self.used.add(name)
                return self.part.address(address, self.line(name))
        return ""

    def _address_in_url(self) -> str:
        return plain_address(self.given.get("url", ""))

    def _address_in_eprint(self) -> str:
        text = plain_address(self.given.get("eprint", ""))
        kind = (self.given.get("eprinttype") or self.given.get("archiveprefix") or "arxiv").strip()
        number = _ARXIV.fullmatch(text)
        if text and kind.lower() in EPRINTS:
            address = EPRINTS[kind.lower()] + text
        elif number and kind.lower() == "arxiv":
            address = f"https://arxiv.org/abs/{number[1]}"
        else:
            return ""
        self.used |= {"eprint", "eprinttype", "archiveprefix"}
        return address

    def _address_in_howpublished(self) -> str:
        found = _URL.search(self.given.get("howpublished", ""))
        return plain_address(found[1] or found[0]) if found else ""

    def _accessed(self) -> str:
        text = _date_text(self.raw("urldate"))
        return self.part.day("urldate", text, read_date(text), self.line("urldate"))

    def _genre(self, kind: str) -> str:
        genre = self.first("type")
        genre = GENRES.get(genre.lower(), genre)
        if not genre and "thesis" in kind:
            genre = GENRES.get(kind, "")
        text = self.given.get("howpublished", "")
        # An address in it that is the entry's already is not repeated.
        text = _URL.sub("" if "howpublished" in self.used else _shown_address, text)
        published = title_text(plain_text(text)).strip(" .,:;")
        if published and not genre:
            self.used.add("howpublished")
        elif published:
            self.used.discard("howpublished")
        return genre or published

    def _language(self) -> str:
        """Return the tag of the language; any other text is kept for the export as it is."""
        for name in ("langid", "language"):
            language = title_text(plain_text(self.given.get(name, "")))
            tag = LANGUAGES.get(language.lower(), language.replace("_", "-"))
            if re.fullmatch(LANGUAGE_PATTERN, tag):
                self.used.add(name)
                return tag
        return ""

    def _note(self) -> str:
        texts = [
            _URL.sub(_shown_address, _HREF.sub(r"\g<words> (\g<address>)", self.raw(name)))
            for name in ("note", "addendum")
        ]
        return "\n\n".join(
            filter(None, (as_markdown(title_text(plain_text(text))) for text in texts))
        )

    def _extra(self) -> Json:
        """Return the variables of CSL that are only kept for the export."""
        found: Json = {}
        for name, variable in VARIABLES.items():
            text = self.given.get(name) and title_text(plain_text(self.given[name]))
            if text and variable not in found and len(text) <= PASSAGE:
                self.used.add(name)
                found[variable] = text
                self.origins[variable] = (name, self.line(name))
        language = title_text(plain_text(self.given.get("language", "")))
        if language and not self.used & {"language", "langid"}:
            self.used.add("language")
            found["language"] = language
        for name, variable in DATES.items():
            date = read_date(_date_text(self.given.get(name, "")))
            if date:
                self.used.add(name)
                found[variable] = csl_date(date)
        for name, variable in PEOPLE.items():
            people = self._others(name)
            if people:
                found[variable] = [csl_name(one) for one in people]
        return found

    def _others(self, name: str) -> list[str]:
        """Return the people in the field `name`, or the editors whose role has that name."""
        if name in self.given:
            return self.people(name)
        for field in ("editor", "editora", "editorb", "editorc"):
            if self.given.get(f"{field}type", "").strip().lower() == name:
                self.used.add(f"{field}type")
                return self.people(field)
        return []


def _joined(sign: str, *texts: str) -> str:
    return sign.join(filter(None, texts))


def _date_text(latex: str) -> str:
    """Return a date as plain text; `~` in it means “about”, and is not a space."""
    return plain_text(_ABOUT.sub(r"\\textasciitilde{}", latex))


def _shown_address(found: re.Match[str]) -> str:
    # What LaTeX would make of an address is no address any more.
    return plain_address(found[1] or found[0]).replace("\\", "").replace("_", "\\_")
