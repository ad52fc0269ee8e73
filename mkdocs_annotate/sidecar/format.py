"""The format of a sidecar, as data: which keys an entry has, and what each may hold.

The decoder and the JSON Schema read the same tables, so neither can know more than the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from mkdocs_annotate.model import sources as source_model
from mkdocs_annotate.model.sidecar import Annotation, Article, Citation, Correction, Quote, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import ARTICLE_TYPES

SHORT = 1_000
"""Longest short text, in characters: a name, a title, a tag."""

PASSAGE = 10_000
"""Longest quote, prefix and suffix."""

NOTE = 5_000
"""Longest note: what Python-Markdown converts in reasonable time, whatever it holds."""

ID_LENGTH = 64

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
KIND_PATTERN = r"[a-z][a-z0-9-]*"
KEY_PATTERN = r"\S+"
# BCP 47 in outline: a language and subtags of up to 8 letters or digits.
LANGUAGE_PATTERN = r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"


@dataclass(frozen=True)
class Text:
    """A text."""

    limit: int = SHORT
    quoted: bool = False
    """It is only compared with the article, never shown."""


@dataclass(frozen=True)
class Name:
    """A text that matches `pattern` as a whole."""

    pattern: str
    says: str
    """What the pattern means, for a message: `… can't be an id; …`."""
    limit: int = SHORT


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True)
class When:
    """A date, or a part of one."""

    whole: bool = False
    """Year, month and day are wanted."""


@dataclass(frozen=True)
class Address:
    """An address of the web, or of a page of this site."""


@dataclass(frozen=True)
class Doi:
    """A DOI."""


@dataclass(frozen=True)
class Place:
    """`2`, `2 of 3` or `all`."""


@dataclass(frozen=True)
class Listing:
    """A list of `of`."""

    of: "Shape"
    or_one: bool = False
    """A single one may stand without a list around it."""


@dataclass(frozen=True)
class Entries:
    """Entries by a key of the writer's choice."""

    of: "Record"


@dataclass(frozen=True)
class Record:
    """An entry with known keys."""

    called: str
    """What messages call it: `an annotation`."""
    models: tuple[type, ...]
    """The classes whose fields it fills; their docstrings explain its keys."""
    fields: Mapping[str, "Shape"]
    required: tuple[str, ...] = ()
    shorthand: str = ""
    """The key that a bare text in place of the entry stands for."""


Shape: TypeAlias = (
    Text | Name | Choice | Flag | When | Address | Doi | Place | Listing | Entries | Record
)

_ID = Name(ID_PATTERN, "use small letters a-z, digits, and single hyphens between them", ID_LENGTH)
_KIND = Name(KIND_PATTERN, "the name of a kind has small letters, digits and hyphens")
_KEY = Name(KEY_PATTERN, "the key of a source has no spaces")
_LANGUAGE = Name(LANGUAGE_PATTERN, "write a language tag like `fr` or `pt-BR`")

CITATION = Record(
    "a citation",
    (Citation,),
    {"source": _KEY, "locator": Text(), "quote": Text(PASSAGE)},
    required=("source",),
    shorthand="source",
)

ANNOTATION = Record(
    "an annotation",
    (Annotation, Quote),
    {
        "quote": Text(PASSAGE, quoted=True),
        "through": Text(PASSAGE, quoted=True),
        "prefix": Text(PASSAGE, quoted=True),
        "suffix": Text(PASSAGE, quoted=True),
        "occurrence": Place(),
        "section": Text(quoted=True),
        "kind": _KIND,
        "note": Text(NOTE),
        "sources": Listing(CITATION, or_one=True),
        "voice": Choice(("author", "quoted")),
        "speaker": Text(),
        "technique": Text(),
        "by": Text(),
        "date": When(),
        "draft": Flag(),
        "tags": Listing(Text(), or_one=True),
        "id": _ID,
    },
    required=("quote",),
)

SOURCE = Record(
    "a source",
    (Source,),
    {
        "title": Text(),
        "type": Choice(source_model.SOURCE_TYPES),
        "author": Listing(Text(), or_one=True),
        "publisher": Text(),
        "container": Text(),
        "date": When(),
        "url": Address(),
        "doi": Doi(),
        "accessed": When(),
        "archive_url": Address(),
        "archive_date": When(),
        "url_status": Choice(source_model.URL_STATUSES),
        "access": Choice(source_model.ACCESSES),
        "role": Choice(source_model.ROLES),
        "genre": Text(),
        "language": _LANGUAGE,
        "note": Text(NOTE),
    },
    required=("title",),
)

CORRECTION = Record(
    "a correction",
    (Correction,),
    {"date": When(whole=True), "text": Text(NOTE)},
    required=("date", "text"),
)

ARTICLE = Record(
    "the article",
    (Article,),
    {
        "type": Choice(ARTICLE_TYPES),
        "based_on": _KEY,
        "backstory": Text(NOTE),
        "corrections": Listing(CORRECTION),
    },
)

SIDECAR = Record(
    "a sidecar",
    (Sidecar,),
    {"article": ARTICLE, "sources": Entries(SOURCE), "annotations": Listing(ANNOTATION)},
)
