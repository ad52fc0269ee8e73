"""A document that annotations cite."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from mkdocs_annotate.model.dates import Date, PublicationDate
from mkdocs_annotate.model.links import Link, doi_link
from mkdocs_annotate.model.problems import Position

# CSL 1.0.2, the types of an item: citation-style-language/schema `csl-data.json`.
SOURCE_TYPES = tuple(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage""".split()
)
"""What a source can be: the types of CSL."""

URL_STATUSES = ("live", "dead", "deviated", "unfit", "usurped")
"""What has become of a source's address, as in Wikipedia's *cite web*."""

ACCESSES = ("free", "registration", "subscription", "limited")
"""What a reader must do to see a source, as in Wikipedia's *cite web*."""

ROLES = ("primary", "secondary", "tertiary")
"""How close a source is to what it describes."""


Made = TypeVar("Made")


def made(kind: type[Made], /, **fields: Any) -> Made:
    """Return a frozen data class of `kind` with `fields`; those left out are the class's own.

    Files have thousands of them, and what protects its fields takes two thirds of the time to make
    one.  A field with a default that is made for each must be given.
    """
    new = object.__new__(kind)
    vars(new).update(fields)
    return new


@dataclass(frozen=True)
class Author:
    """Who wrote a source: a person's family and given name, or `family` alone for any other."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}" if self.given else self.family


@dataclass(frozen=True)
class Source:
    """A document, described once; every use of it is a citation."""

    title: str
    """What the document is called."""

    type: str = "document"
    """What it is, one of CSL's types; by default `webpage` if there is an address."""

    author: tuple[Author, ...] = ()
    """Who wrote it: a name, or a list of names. `Family, Given` is taken apart, anything else is
    shown as it stands; `{in braces}` keeps a comma in a name."""

    editor: tuple[Author, ...] = ()
    """Who edited it, or the book that it is a part of: names, written as those of authors."""

    translator: tuple[Author, ...] = ()
    """Who translated it: names, written as those of authors."""

    publisher: str = ""
    """Who issued it."""

    container: str = ""
    """The paper, journal, book or site that it appeared in."""

    series: str = ""
    """The series that it, or its book, is a part of."""

    edition: str = ""
    """Which edition it is: `2`, `second`, `revised`."""

    volume: str = ""
    """The number of the volume of the journal or of the work."""

    number: str = ""
    """The number of the issue, the report, the patent or the like."""

    pages: str = ""
    """Where in its journal or book it stands: `45–67`."""

    date: PublicationDate | None = None
    """When it appeared: `2024`, `2024-11` or `2024-11-03`. Where that is not sure: `1850~` (about),
    `1850?` (perhaps), `1998/1999` (from and to), `2019-21` (spring; 22 to 24 are the other
    seasons), `199X` (a decade), `-0043` (44 BCE), or `in press`, `forthcoming`, `submitted`,
    `in preparation`, `no date`."""

    url: Link | None = None
    """Its address: `https://…`, or a page of this site."""

    doi: str = ""
    """Its DOI: `10.…/…`."""

    accessed: Date | None = None
    """When it was last looked at."""

    archive_url: Link | None = None
    """The address of an archived copy."""

    archive_date: Date | None = None
    """When the copy was made; read from the address where that is one of the Wayback Machine."""

    url_status: str = "live"
    """What has become of the address: `live`, `dead`, `deviated`, `unfit` or `usurped`. Unless it
    is live, the archived copy is linked first."""

    access: str = ""
    """What a reader needs to see it: `free`, `registration`, `subscription` or `limited`."""

    role: str = ""
    """How close it is to what it describes: `primary`, `secondary` or `tertiary`."""

    genre: str = ""
    """What a reader would call it: court ruling, data set, press release."""

    language: str = ""
    """The language it is in, as in HTML: `fr`, `pt-BR`."""

    note: str = ""
    """What a reader should know about it, such as the publisher's stake; in Markdown."""

    key: str = ""
    """The name that citations use: the entry's key."""

    position: Position = field(default=Position("", 1, 1), compare=False)
    """Where the entry stands."""

    inline: bool = field(default=False, compare=False)
    """The source is described in the entry that cites it; its key is made from its fields."""

    shared: bool = field(default=False, compare=False)
    """It stands in a file of the whole site, where paths begin in the folder of all articles."""

    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What another program's file said of it in variables of CSL that have no field here; for the
    export alone."""

    @property
    def label(self) -> str:
        """Return what messages call it: its key, or its title where nobody typed a key."""
        return self.title if self.inline else self.key

    @property
    def reachable(self) -> bool:
        """Return whether its own address still shows what was cited."""
        return self.url_status == "live"

    @property
    def address(self) -> Link | None:
        """Return where a reader finds it: its address or DOI; the archived copy if not live."""
        original = self.url or doi_link(self.doi)
        if self.archive_url and not (self.reachable and original):
            return self.archive_url
        return original


@dataclass(frozen=True)
class Person:
    """Somebody whom annotations name by initials, or by another short name."""

    name: str
    """The name that readers see."""

    role: str = ""
    """What the person does: fact-checker, editor."""

    url: Link | None = None
    """Where a reader learns more; a page of the site is given from its root."""
