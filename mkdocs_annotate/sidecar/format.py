"""The format of a sidecar, as data: which keys an entry has, and what each may hold.

The decoder and the JSON Schema read the same tables, so neither can know more than the other.
Nobody compares or prints what they are made of, and every start would wait for methods that do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from mkdocs_annotate.model import sidecar as model
from mkdocs_annotate.model import sources as source_model
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import ARTICLE_TYPES
from mkdocs_annotate.sidecar import synonyms

SHORT = 1_000
"""Longest short text, in characters: a name, a title, a tag."""

PASSAGE = 10_000
"""Longest quote, prefix and suffix."""

NOTE = 5_000
"""Longest note: what Python-Markdown converts in reasonable time, whatever it holds."""

STARTER_NOTE = "What readers should know about these words, in *Markdown*."
"""The note that the command `new` begins with, which is nobody's note."""

ID_LENGTH = 64

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
KIND_PATTERN = r"[a-z][a-z0-9-]*"
KEY_PATTERN = r"\S+"
# BCP 47 in outline: a language and subtags of up to 8 letters or digits.  No language has a code
# of more than three letters, so that `English` is none.
LANGUAGE_PATTERN = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"


@dataclass(frozen=True, eq=False, repr=False)
class Text:
    """A text."""

    limit: int = SHORT
    quoted: bool = False
    """It is only compared with the article, never shown."""
    markdown: bool = False
    """It is shown as Markdown."""


@dataclass(frozen=True, eq=False, repr=False)
class Name:
    """A text that matches `pattern` as a whole."""

    pattern: str
    says: str
    """What the pattern means, for a message: `… can't be an id; …`."""
    limit: int = SHORT
    slug: bool = False
    """Words can be made into one: small letters, digits and hyphens."""


@dataclass(frozen=True, eq=False, repr=False)
class Choice:
    """One of some words."""

    words: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, eq=False, repr=False)
class When:
    """A date, or a part of one."""

    whole: bool = False
    """Year, month and day are wanted."""


@dataclass(frozen=True, eq=False, repr=False)
class Published:
    """When a document appeared: a date as EDTF writes it, or a word such as `in press`."""


@dataclass(frozen=True, eq=False, repr=False)
class Address:
    """An address of the web, or of a page of this site."""


@dataclass(frozen=True, eq=False, repr=False)
class Doi:
    """A DOI."""


@dataclass(frozen=True, eq=False, repr=False)
class Place:
    """`2`, `2 of 3` or `all`."""


@dataclass(frozen=True, eq=False, repr=False)
class Listing:
    """A list of `of`."""

    of: "Shape"
    or_one: bool = False
    """A single one may stand without a list around it."""


@dataclass(frozen=True, eq=False, repr=False)
class Entries:
    """Entries by a key of the writer's choice."""

    of: "Record"


@dataclass(frozen=True, eq=False, repr=False)
class Record:
    """An entry with known keys."""

    called: str
    """What messages call it: `an annotation`."""
    models: tuple[type, ...]
    """The classes whose fields it fills; their docstrings explain its keys."""
    fields: Mapping[str, "Shape"]
    required: tuple[str, ...] = ()
    some_of: tuple[str, ...] = ()
    """Fields of which it needs one."""
    shorthand: str = ""
    """The key that a bare text in place of the entry stands for."""
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Keys that it hasn't, and the ones that writers mean by each, the likelier first."""
    instead: "Record | None" = None
    """Another entry that may stand in its place, and is known by its keys."""


Shape: TypeAlias = (
    Text
    | Name
    | Choice
    | Flag
    | When
    | Published
    | Address
    | Doi
    | Place
    | Listing
    | Entries
    | Record
)

_ID = Name(ID_PATTERN, "an id has small letters, digits, and single hyphens", ID_LENGTH, slug=True)
_KIND = Name(KIND_PATTERN, "a kind has small letters, digits and hyphens", slug=True)
_KEY = Name(KEY_PATTERN, "the key of a source has no spaces")
_CITED = Name(
    KEY_PATTERN,
    "a key has no spaces: give the part of a source as `locator`, or describe a source right here, "
    "`{title: …}`",
)
_MARKDOWN = Text(NOTE, markdown=True)
_VOICE = Choice(("author", "quoted"))
_LANGUAGE = Name(LANGUAGE_PATTERN, "write a language tag like `fr` or `pt-BR`")

SOURCE = Record(
    "a source",
    (Source,),
    {
        "title": Text(),
        "type": Choice(source_model.SOURCE_TYPES),
        "author": Listing(Text(), or_one=True),
        "editor": Listing(Text(), or_one=True),
        "translator": Listing(Text(), or_one=True),
        "publisher": Text(),
        "container": Text(),
        "series": Text(),
        "edition": Text(),
        "volume": Text(),
        "number": Text(),
        "pages": Text(),
        "date": Published(),
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
        "note": _MARKDOWN,
    },
    required=("title",),
    synonyms=synonyms.OF_SOURCE,
)

INLINE_SOURCE = Record(
    "the source",
    (Source, model.Citation),
    {**SOURCE.fields, "locator": Text(), "quote": Text(PASSAGE)},
    required=("title",),
    synonyms=SOURCE.synonyms,
)
"""A source that is described where it is cited, with the part of it that is meant."""

CITATION = Record(
    "a citation",
    (model.Citation,),
    {"source": _CITED, "locator": Text(), "quote": Text(PASSAGE)},
    required=("source",),
    shorthand="source",
    synonyms=synonyms.OF_CITATION,
    instead=INLINE_SOURCE,
)

ANNOTATION = Record(
    "an annotation",
    (model.Annotation, model.Quote),
    {
        "quote": Text(PASSAGE, quoted=True),
        "through": Text(PASSAGE, quoted=True),
        "prefix": Text(PASSAGE, quoted=True),
        "suffix": Text(PASSAGE, quoted=True),
        "occurrence": Place(),
        "section": Text(quoted=True),
        "kind": _KIND,
        "note": _MARKDOWN,
        "sources": Listing(CITATION, or_one=True),
        "voice": _VOICE,
        "speaker": Text(),
        "technique": Text(),
        "by": Text(),
        "date": When(),
        "draft": Flag(),
        "tags": Listing(Text(), or_one=True),
        "id": _ID,
        "reread": Text(PASSAGE),
        "reread_note": Text(),
    },
    required=("quote",),
    some_of=("kind", "technique", "note", "sources"),
    synonyms=synonyms.OF_ANNOTATION,
)

CORRECTION = Record(
    "a correction",
    (model.Correction,),
    {"date": When(whole=True), "text": _MARKDOWN},
    required=("date", "text"),
)

ARTICLE = Record(
    "the article",
    (model.Article,),
    {
        "type": Choice(ARTICLE_TYPES),
        "based_on": _KEY,
        "backstory": _MARKDOWN,
        "corrections": Listing(CORRECTION),
    },
    synonyms={"kind": "type", "source": "based_on", "about": "backstory"},
)

DEFAULTS = Record(
    "`defaults`",
    (model.Defaults,),
    {
        "by": Text(),
        "date": When(),
        "kind": _KIND,
        "voice": _VOICE,
        "tags": Listing(Text(), or_one=True),
    },
    synonyms={"author": "by", "type": "kind", "tag": "tags"},
)

REGISTRY = Entries(SOURCE)
"""The sources of a sidecar, or those that a site shares in a file of their own."""

SIDECAR = Record(
    "a sidecar",
    (model.Sidecar,),
    {
        "article": ARTICLE,
        "defaults": DEFAULTS,
        "sources": REGISTRY,
        "annotations": Listing(ANNOTATION),
    },
    synonyms={
        "notes": "annotations",
        "comments": "annotations",
        "references": "sources",
        "bibliography": "sources",
        "page": "article",
        "default": "defaults",
    },
)

RECORDS = (SIDECAR, ARTICLE, CORRECTION, DEFAULTS, SOURCE, ANNOTATION, CITATION)
"""Every entry with known keys."""
