"""Parses BibTeX into records; the only module that uses `bibtexparser`, which an extra installs.

The parser cuts a file into blocks, with their lines, and goes on after a broken one.  Strings are
joined here, within limits; LaTeX stays as it is.

Source: the manual of BibLaTeX 3.20, chapters 2.1, 2.2.3, 4.9.2; names of CSL variables: 1.0.2.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkdocs_annotate.model.problems import shown

INSTALL = 'pip install "mkdocs-annotate[bibtex]"'
"""How the parser is installed."""

MOST_BLOCKS = 100_000
"""Most entries of a file; the parser takes more than linear time of them."""

MAX_VALUE = 20_000
"""Longest value, in characters: strings that double each other have no other end."""

_OWN = re.compile(
    r"file|pdf|owner|timestamp|groups|date-(?:added|modified)|(?:creation|modification)date|rating"
    r"|ranking|priority|relevance|readstatus|qualityassured|printed|__markedentry|local-url|posted-at"
    r"|(?:bdsk|mendeley|citeulike|jabref|comment|ads)[a-z0-9_-]*|ids|sortkey|[a-z]+\+an(?::[a-z0-9]+)?"
)
"""Fields of reference managers for themselves: their values are not looked at."""

_PART = re.compile(r'\s*(?:(?P<sign>["{])|(?P<word>[^\s"#{}]+))')
_NEXT = re.compile(r"\s*#")
_SIGN = re.compile(r'(?<!\\)[{}"]')
MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
"""What every style of BibTeX defines as strings."""


class NotInstalled(Exception):
    """The parser is not installed."""


class BibtexMistake(NamedTuple):
    """A mistake in BibTeX, with its line from 1."""

    line: int
    message: str
    hint: str
    whole: bool = False
    """The mistake is about an entry or the file, not about a part of an entry."""


@dataclass(frozen=True)
class BibtexRecord:
    """One entry: its type and the names of its fields in small letters, its values in LaTeX."""

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """The line of each field from 1, also of those without a value that can be read."""


class BibtexName(NamedTuple):
    """A person's name in LaTeX, each part as it was written."""

    given: str
    particle: str
    family: str
    suffix: str


def parse_bibtex(text: str) -> tuple[list[BibtexRecord], list[BibtexMistake]]:
    """Return the entries of a file in order with their fields, and the mistakes in it.

    Comments and preambles are passed over.  Raises NotInstalled, and nothing else.  Cost: 0.3 s
    for 5,000 entries (CPU).
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.count("@") > MOST_BLOCKS:
        message = f"the file has more than {MOST_BLOCKS:,} entries"
        return [], [BibtexMistake(1, message, "divide the file, and name both parts", True)]
    reading = _Reading()
    for block in _blocks(text):
        reading.take(block)
    return reading.records, reading.mistakes


def split_names(text: str) -> list[str]:
    """Return the names in a list of people, separated by `and` outside of braces.  Never raises."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    return [name for name in split_multiple_persons_names(text) if name.strip()]


def name_of(text: str) -> BibtexName:
    """Return the parts of the name `text`.  Never raises."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    one = parse_single_name_into_parts(text, strict=False)
    return BibtexName(*(" ".join(words) for words in (one.first, one.von, one.last, one.jr)))


def _blocks(text: str) -> list[Any]:
    try:
        from bibtexparser.entrypoint import parse_string
    except ImportError as error:
        raise NotInstalled from error
    with _silent():
        # Without steps behind the parser: values keep their signs, and nothing is decoded.
        return list(parse_string(text, parse_stack=[]).blocks)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep from the terminal what the parser logs of a broken block: it is told as a problem."""
    logger = logging.getLogger("bibtexparser")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


class _Reading:
    def __init__(self) -> None:
        self.records: list[BibtexRecord] = []
        self.mistakes: list[BibtexMistake] = []
        self.strings = {month: month for month in MONTHS}

    def take(self, block: Any) -> None:
        # A repeated key, and a repeated field, are told with the entry that was meant.
        meant = getattr(block, "ignore_error_block", None) or block
        line = meant.start_line + 1
        if hasattr(meant, "entry_type"):
            record = BibtexRecord(meant.entry_type.lower(), meant.key, line)
            for one in meant.fields:
                name = one.key.strip().lower()
                record.lines.setdefault(name, one.start_line + 1)
                if not _OWN.fullmatch(name):
                    self._add(record.fields, name, one.value, one.start_line + 1)
            self.records.append(record)
        elif hasattr(meant, "value") and hasattr(meant, "key"):
            self._add(self.strings, meant.key.strip().lower(), meant.value, line)
        elif hasattr(block, "error"):
            hint = "look for a brace, a comma or a key that is missing here or above"
            self.mistakes.append(
                BibtexMistake(line, "an entry that is not valid BibTeX", hint, True)
            )

    def _add(self, fields: dict[str, str], name: str, raw: str, line: int) -> None:
        value = _value(raw, self.strings)
        if isinstance(value, _Refused):
            self.mistakes.append(BibtexMistake(line, f"`{shown(name)}` {value.why}", value.hint))
        elif fields.setdefault(name, value) != value and fields is not self.strings:
            message = f"`{shown(name)}` stands twice in an entry"
            self.mistakes.append(BibtexMistake(line, message, "keep one of them; the first counts"))


class _Refused(NamedTuple):
    why: str
    hint: str


def _value(raw: str, strings: Mapping[str, str]) -> str | _Refused:
    """Return the text of a value: its parts, joined by `#`, without their signs."""
    parts: list[str] = []
    place = size = 0
    while found := _PART.match(raw, place):
        if found["word"]:
            word, place = found["word"], found.end()
            part = word if word.isdigit() else strings.get(word.lower())
            if part is None:
                why = f"names `{shown(word)}`, which no @string defines"
                return _Refused(why, "define it, or put the text in braces")
        else:
            end = _closing(raw, found.end(), '"' if found["sign"] == '"' else "}")
            part, place = raw[found.end() : end], end + 1
            if end < 0:
                return _Refused("has braces that don't match", "put the text in braces that match")
        parts.append(part)
        size += len(part)
        if size > MAX_VALUE:
            return _Refused(f"has more than {MAX_VALUE:,} characters", "shorten it")
        joined = _NEXT.match(raw, place)
        if not joined:
            break
        place = joined.end()
    if not parts or raw[place:].strip():
        return _Refused("has no value that can be read", "put it in braces, with a comma after it")
    return "".join(parts)


def _closing(raw: str, start: int, sign: str) -> int:
    """Return where the text ends that begins at `start`: at the `sign` outside of braces; or -1."""
    depth = 0
    for found in _SIGN.finditer(raw, start):
        if not depth and found.group() == sign:
            return found.start()
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
    return -1


_NO_HEIRS = {"title", "subtitle", "booktitle", "shorttitle", "crossref", "xdata", "ids", "label"}
"""Fields that an entry does not inherit unchanged from the one it refers to."""

_MOST_PARENTS = 4
"""How far references are followed: a paper, its volume, its series."""


def with_inherited(
    record: BibtexRecord, known: Mapping[str, BibtexRecord]
) -> tuple[dict[str, str], str]:
    """Return the fields of an entry with those of the entries that it refers to.

    Also returns the key of the first such entry that the file does not have; empty if it has all.
    """
    fields, missing = dict(record.fields), ""
    for key in filter(None, map(str.strip, record.fields.get("xdata", "").split(","))):
        data = known.get(key.lower())
        missing = missing or ("" if data else key)
        for name, value in data.fields.items() if data else ():
            fields.setdefault(name, value)
    seen = {record.key.lower()}
    while "crossref" in record.fields and len(seen) <= _MOST_PARENTS:
        wanted = record.fields["crossref"].strip()
        if wanted.lower() in seen:
            break
        seen.add(wanted.lower())
        parent = known.get(wanted.lower())
        if parent is None:
            return fields, missing or wanted
        _take_over(fields, parent)
        record = parent
    return fields, missing


def _take_over(fields: dict[str, str], parent: BibtexRecord) -> None:
    title = parent.fields.get("booktitle") or parent.fields.get("title")
    if title:
        fields.setdefault("booktitle", title)
    for name, value in parent.fields.items():
        if name not in _NO_HEIRS:
            fields.setdefault(name, value)


# Types of BibTeX and of BibLaTeX's manual, chapter 2.1; `misc` says nothing.
TYPES = {
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
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
GENRES = {
    "phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis", "techreport": "Technical report",
    "resreport": "Research report", "candthesis": "Candidate thesis",
}  # fmt: skip
LANGUAGES = {
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

STATES = {
    "inpreparation": "in preparation", "submitted": "submitted", "forthcoming": "forthcoming",
    "inpress": "in press", "prepublished": "forthcoming",
}  # fmt: skip
"""The words of `pubstate`, as dates."""

ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10",
}  # fmt: skip
"""Editions in words, which all styles of BibTeX want in English."""

VARIABLES = {
    "chapter": "chapter-number", "address": "publisher-place", "location": "publisher-place",
    "isbn": "ISBN", "issn": "ISSN", "version": "version", "part": "part",
    "eventtitle": "event-title", "venue": "event-place", "volumes": "number-of-volumes",
    "pagetotal": "number-of-pages", "shorttitle": "title-short", "shortjournal":
    "container-title-short", "keywords": "keyword", "abstract": "abstract", "pmid": "PMID",
    "pmcid": "PMCID", "annotation": "annote", "annote": "annote", "origtitle": "original-title",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "issuetitle": "volume-title",
}  # fmt: skip
"""Fields that have a variable of CSL, and none of ours."""

EPRINTS = {
    "jstor": "https://www.jstor.org/stable/", "hdl": "https://hdl.handle.net/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
}  # fmt: skip
"""Where what `eprint` numbers is found, by the words of `eprinttype` other than `arxiv`."""

DATES = {"origdate": "original-date", "eventdate": "event-date"}
"""Dates that have a variable of CSL, and none of ours."""

PEOPLE = {
    "bookauthor": "container-author", "compiler": "compiler", "director": "director",
    "organizer": "organizer", "redactor": "collection-editor",
}  # fmt: skip
"""People that have a variable of CSL, and none of ours: fields, and kinds of editors."""
