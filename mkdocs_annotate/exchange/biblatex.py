"""The entries of BibTeX and BibLaTeX as sources: fields as a sidecar has them."""

import re
from collections.abc import Mapping
from typing import Any

from mkdocs_annotate.exchange.bibtex import MONTHS, Name, Record, names_of, parse_bibtex
from mkdocs_annotate.exchange.csl_variables import Json
from mkdocs_annotate.exchange.entries import (
    Entries,
    Entry,
    edtf_date,
    key_of,
    sound_address,
    sound_doi,
    written_name,
)
from mkdocs_annotate.exchange.latex import plain_address, plain_text
from mkdocs_annotate.exchange.plain_text import as_markdown
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.sidecar.format import LANGUAGE_PATTERN, PASSAGE

# Types of BibTeX and of BibLaTeX's manual, chapter 2.1; `misc` says nothing.
_TYPES = {
    "article": "article-journal", "periodical": "periodical", "suppperiodical": "article-journal",
    "book": "book", "mvbook": "book", "manual": "book", "proceedings": "book",
    "mvproceedings": "book", "collection": "book", "mvcollection": "book", "reference": "book",
    "mvreference": "book", "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter",
    "inreference": "entry-encyclopedia", "inproceedings": "paper-conference",
    "conference": "paper-conference", "report": "report", "techreport": "report",
    "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "webpage": "webpage", "dataset": "dataset",
    "software": "software", "patent": "patent", "unpublished": "manuscript",
    "letter": "personal_communication", "movie": "motion_picture", "video": "motion_picture",
    "audio": "song", "music": "song", "artwork": "graphic", "image": "graphic",
    "legislation": "legislation", "jurisdiction": "legal_case", "legal": "treaty",
    "standard": "standard", "performance": "performance", "review": "review",
}  # fmt: skip
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_GENRES = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis", "techreport": "Technical report",
    "resreport": "Research report", "candthesis": "Candidate thesis",
}  # fmt: skip
_LANGUAGES = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB",
    "ukenglish": "en-GB", "german": "de", "ngerman": "de", "austrian": "de-AT",
    "naustrian": "de-AT", "swissgerman": "de-CH", "french": "fr", "francais": "fr",
    "spanish": "es", "portuguese": "pt", "brazilian": "pt-BR", "brazil": "pt-BR",
    "italian": "it", "dutch": "nl", "danish": "da", "swedish": "sv", "norwegian": "no",
    "norsk": "nb", "nynorsk": "nn", "finnish": "fi", "icelandic": "is", "polish": "pl",
    "czech": "cs", "slovak": "sk", "hungarian": "hu", "romanian": "ro", "greek": "el",
    "russian": "ru", "ukrainian": "uk", "turkish": "tr", "arabic": "ar", "hebrew": "he",
    "japanese": "ja", "chinese": "zh", "korean": "ko", "latin": "la", "catalan": "ca",
    "estonian": "et", "croatian": "hr", "serbian": "sr", "slovene": "sl", "slovenian": "sl",
    "bulgarian": "bg", "latvian": "lv", "lithuanian": "lt", "irish": "ga", "welsh": "cy",
    "vietnamese": "vi",
}  # fmt: skip
"""Languages as LaTeX calls them."""

_CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle")
_PUBLISHERS = ("publisher", "institution", "school", "organization")
_EXTRA = {
    "volume": "volume", "pages": "page", "edition": "edition", "chapter": "chapter-number",
    "series": "collection-title", "address": "publisher-place", "location": "publisher-place",
    "isbn": "ISBN", "issn": "ISSN", "issue": "issue", "version": "version",
    "eventtitle": "event-title", "venue": "event-place", "volumes": "number-of-volumes",
    "pagetotal": "number-of-pages", "shorttitle": "title-short", "shortjournal":
    "container-title-short", "keywords": "keyword", "abstract": "abstract", "pmid": "PMID",
}  # fmt: skip
"""Fields that have a variable of CSL, and none of ours."""

_READ = frozenset([
    "title", "subtitle", "author", "editor", "translator", *_CONTAINERS, *_PUBLISHERS, *_EXTRA,
    "date", "year", "month", "day", "url", "doi", "urldate", "eprint", "eprinttype",
    "archiveprefix", "howpublished", "type", "entrysubtype", "langid", "language", "note", "number",
    "crossref",
])  # fmt: skip
"""The fields that are read; a mistake in others, such as a manager's own, is nobody's trouble."""

_NO_HEIRS = {"title", "subtitle", "booktitle", "shorttitle", "crossref", "xdata", "ids", "label"}
"""What an entry does not take over as it stands from the one it refers to."""

_MOST_PARENTS = 4
"""How far references are followed: a paper, its volume, its series."""

_ARXIV = re.compile(r"(?:arxiv:)?((?:\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?)", re.IGNORECASE)
_URL = re.compile(r"\\url[ \t]*\{([^{}]*)\}|https?://[^\s{}]+")


def read_bibtex(text: str, file: str = "") -> Entries:
    """Return the sources of `file` by key, and what of it can't be used.

    Raises NotInstalled without the parser.
    """
    records, faults = parse_bibtex(text, _READ)
    entries = Entries()
    for fault in faults:
        position = Position(file, fault.line, 1)
        tell = entries.tell if fault.whole else entries.tell_part
        tell(position, Rule.SOURCES_SYNTAX, fault.message, fault.cure)
    known: dict[str, Record] = {}
    for record in records:
        known.setdefault(record.key.lower(), record)
    for record in records:
        position = Position(file, record.line, 1)
        inherited = _Inherited(record, known)
        if inherited.missing:
            message = "a `crossref` to an entry that the file doesn't have"
            cure = f"`{shown(inherited.missing)}` is not in it: add it, or correct the key"
            entries.tell_part(position, Rule.BAD_VALUE, message, cure)
        fields = _fields(record.kind, inherited.fields, position, entries)
        extra = _extra(record.kind, inherited.fields)
        entries.add(key_of(record.key), Entry(fields, position, extra))
    return entries


class _Inherited:
    """The fields of an entry, with those of the ones that it refers to by `crossref`."""

    def __init__(self, record: Record, known: Mapping[str, Record]) -> None:
        self.fields = dict(record.fields)
        self.missing = ""
        seen = {record.key.lower()}
        while "crossref" in record.fields and len(seen) <= _MOST_PARENTS:
            wanted = record.fields["crossref"].strip()
            if wanted.lower() in seen:
                break
            seen.add(wanted.lower())
            parent = known.get(wanted.lower())
            if parent is None:
                self.missing = wanted
                break
            self._take(parent)
            record = parent

    def _take(self, parent: Record) -> None:
        title = parent.fields.get("booktitle") or parent.fields.get("title")
        if title:
            self.fields.setdefault("booktitle", title)
        for name, value in parent.fields.items():
            if name not in _NO_HEIRS:
                self.fields.setdefault(name, value)


def _fields(
    kind: str, given: Mapping[str, str], position: Position, entries: Entries
) -> dict[str, Any]:
    """Return the fields of an entry; of those that no source can hold the reader is told."""
    type_ = _SUBTYPES.get(given.get("entrysubtype", "").lower()) or _TYPES.get(kind, "")
    titles = [plain_text(given.get(name, "")) for name in ("title", "subtitle")]
    # A book that only others refer to may be called by `booktitle` alone.
    container = "" if type_ == "book" else _first(_CONTAINERS, given)
    if type_ == "book" and not titles[0]:
        titles[0] = plain_text(given.get("booktitle", ""))
    authors = _people(given.get("author", ""))
    fields = {
        "type": type_,
        "title": ": ".join(filter(None, titles)) if titles[0] else "",
        "author": authors[0] if len(authors) == 1 else authors,
        "publisher": _first(_PUBLISHERS, given),
        "container": container,
        "date": _date(given),
        "url": sound_address(_address(given), position, entries),
        "doi": sound_doi(plain_address(given.get("doi", "")), position, entries),
        "accessed": edtf_date(given.get("urldate", "")),
        "genre": _genre(kind, given),
        "language": _language(given),
        "note": as_markdown(plain_text(_URL.sub(_shown_address, given.get("note", "")))),
    }
    return {name: value for name, value in fields.items() if value}


def _first(names: tuple[str, ...], given: Mapping[str, str]) -> str:
    return next(filter(None, (plain_text(given.get(name, "")) for name in names)), "")


def _shown_address(found: re.Match[str]) -> str:
    # What LaTeX would make of an address is no address any more.
    return plain_address(found[1] or found[0]).replace("\\", "").replace("_", "\\_")


def _people(text: str) -> list[str]:
    """Return the names of a list, as a sidecar writes them; `and others` becomes “et al.”."""
    if not text.strip():
        return []
    return list(filter(None, map(_written, names_of(text))))


def _written(name: Name) -> str:
    if name.family == "others" and not (name.given or name.particle):
        return "et al."
    given, particle, family, suffix = map(plain_text, name)
    return written_name(
        " ".join(filter(None, (particle, family))), " ".join(filter(None, (given, suffix)))
    )


def _date(given: Mapping[str, str]) -> str:
    date = edtf_date(given.get("date", ""))
    if date:
        return date
    year = plain_text(given.get("year", ""))
    words = plain_text(given.get("month", "")).lower().replace("–", " ").replace(".", " ").split()
    parts = [year, *map(_month, words[:1]), *_day(given, words)]
    for length in (3, 2, 1):
        parsed = parse_date("-".join(parts[:length]))
        if parsed:
            return str(parsed)
    return ""


def _month(word: str) -> str:
    if word.isascii() and word.isdigit():
        return word.zfill(2)
    return f"{MONTHS.index(word[:3]) + 1:02}" if word[:3] in MONTHS else ""


def _day(given: Mapping[str, str], words: list[str]) -> list[str]:
    """Return the day, which some write behind the month."""
    day = plain_text(given.get("day", "")) or "".join(words[1:2])
    return [day.zfill(2)] if day else []


def _address(given: Mapping[str, str]) -> str:
    address = plain_address(given.get("url", ""))
    if address:
        return address
    number = _ARXIV.fullmatch(plain_address(given.get("eprint", "")))
    kind = (given.get("eprinttype") or given.get("archiveprefix") or "arxiv").strip().lower()
    if number and kind == "arxiv":
        return f"https://arxiv.org/abs/{number[1]}"
    found = _URL.search(given.get("howpublished", ""))
    return plain_address(found[1] or found[0]) if found else ""


def _genre(kind: str, given: Mapping[str, str]) -> str:
    genre = plain_text(given.get("type", ""))
    return _GENRES.get(genre.lower(), genre) or (_GENRES.get(kind, "") if "thesis" in kind else "")


def _language(given: Mapping[str, str]) -> str:
    for name in ("langid", "language"):
        language = plain_text(given.get(name, ""))
        if language.lower() in _LANGUAGES:
            return _LANGUAGES[language.lower()]
        if re.fullmatch(LANGUAGE_PATTERN, language):
            return language
    return ""


def _extra(kind: str, given: Mapping[str, str]) -> Json:
    found: Json = {}
    for name, variable in _EXTRA.items():
        text = plain_text(given.get(name, ""))[:PASSAGE]
        if text:
            found.setdefault(variable, text)
    number = plain_text(given.get("number", ""))
    if number:
        found.setdefault("issue" if kind in ("article", "periodical") else "number", number)
    for name in ("editor", "translator"):
        people = _people(given.get(name, ""))
        if people:
            found[name] = [_csl_name(one) for one in people]
    return found


def _csl_name(written: str) -> Json:
    family, comma, given = written.partition(", ")
    if comma and not written.startswith("{"):
        return {"family": family, "given": given}
    return {"literal": written.strip("{}")}
