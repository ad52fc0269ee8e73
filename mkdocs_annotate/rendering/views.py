"""What the blocks of a page show, ready for templates: words, addresses and order decided.

Named tuples, as there are hundreds of them on a page: a frozen dataclass takes thrice the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.sidecar import Annotation
from mkdocs_annotate.model.vocabulary import Kind
from mkdocs_annotate.rendering.translations import TechniqueDefinition

EXCERPT = 60
"""Longest excerpt of a passage in a list or a name, in characters."""


class Passage(NamedTuple):
    """An annotation with a place in the page."""

    annotation: Annotation
    key: str
    kind: Kind
    number: int
    """The number of its note; 0 without one."""

    excerpts: tuple[str, ...]
    """The words of each of its places, in one line."""

    who: str
    """Whose words they are, where the kind judges them."""

    extents: tuple[tuple[float, float], ...] = ()
    """Where each of its places begins and ends, as a share of the text."""


class LinkView(NamedTuple):
    """A link: its words, and its attributes as far as there are any."""

    words: str
    href: str = ""
    label: str = ""
    external: bool = False
    language: str = ""
    data: Mapping[str, str] | None = None


class CiteView(NamedTuple):
    """One use of a source in a note."""

    link: LinkView
    internal: bool
    """It leads to the list of sources, as the source has no address."""

    locator: str
    quote: str
    stop: str
    """A full stop, for the last citation of a note; empty where its words bring one."""

    copy: str = ""
    """That the link leads to a copy, as the address of the source is no longer good."""


class NoteView(NamedTuple):
    """A note."""

    id: str
    classes: str
    number: int
    kind: str
    who: str
    """Whose words the passage is in, where they are judged and somebody is named."""

    before: str
    """What the head says before that name: `Opinion of `; all that it says without one."""

    after: str
    """What the head says behind that name, in languages that say it there."""

    text: Markup
    definition: str
    """What its kind means, for a note that says nothing itself on a page without a legend."""

    cites: tuple[CiteView, ...]
    by: LinkView | None
    """Who wrote it, with a link to more about them where there is one."""

    role: str
    """What they do: fact-checker."""

    date: Date | None
    date_words: str
    back: tuple[LinkView, ...]

    @property
    def blocks(self) -> bool:
        """Return whether its text is more than one paragraph."""
        return self.text.count("\n<") > 0


class SourceView(NamedTuple):
    """An entry of the list of sources."""

    id: str
    link: LinkView
    stop: str
    """A full stop behind the title; empty where the title ends with a sign of its own."""

    before: str
    after: str
    further: tuple[LinkView, ...]
    remarks: str
    note: Markup
    cited: tuple[LinkView, ...]
    copy: str = ""
    """That the title leads to a copy, as its own address is no longer good."""

    original: str = ""
    """The address where the original was, for one that is gone."""


# No named tuple: those have a method `count`.
@dataclass(frozen=True)
class CountView:
    """A group on the page: its label and how many annotations it has."""

    group: str
    label: str
    count: int


class LegendView(NamedTuple):
    """A kind on the page, and what it means."""

    classes: str
    label: str
    definition: str


class ListedView(NamedTuple):
    """A passage in a list, and whose words it is in."""

    link: LinkView
    who: str


class ListView(NamedTuple):
    """The passages of one kind."""

    id: str
    label: str
    passages: tuple[ListedView, ...]


class CorrectionView(NamedTuple):
    """A correction."""

    date: Date
    date_words: str
    text: Markup


class PanelView(NamedTuple):
    """What is said of an article: in a line above it, and behind it."""

    type_label: str
    type_definition: str
    annotators: tuple[LinkView, ...]
    """Who wrote the notes, in order of their first ones."""

    based_on: SourceView | None
    corrections: tuple[CorrectionView, ...]
    corrected: str
    """How many corrections there are and when the last was made, in words."""

    counts: tuple[CountView, ...]
    legend: tuple[LegendView, ...]
    lists: tuple[ListView, ...]
    backstory: Markup
    has_notes: bool
    has_sources: bool
    indexes: tuple[LinkView, ...] = ()
    """The pages that have indexes of the whole site."""

    marks_shown: bool = True
    """Marks are shown before a reader says otherwise."""

    @property
    def says_anything(self) -> bool:
        """Return whether something is said about the article as a whole."""
        return bool(self.type_label or self.based_on or self.corrections or self.backstory)


class ExportView(NamedTuple):
    """A file for programs: its words, its address, and its media type."""

    words: str
    href: str
    type: str


class OrphanView(NamedTuple):
    """Something wrong that a preview shows: most often a quote without a place in the article."""

    place: str
    """Where it stands: file, line and column."""

    quote: str
    """The words that were not found; empty for any other problem."""

    why: str


_LOOKED_AT = 2_000
"""How many characters of a passage are looked at for an excerpt: some may be blank."""


def excerpt_of(words: str) -> str:
    """Return `words` in one line, cut between words where they are long."""
    # A passage may be a whole article; its first words are all that is shown.
    long = len(words) > _LOOKED_AT
    words = " ".join(words[:_LOOKED_AT].split())
    if len(words) <= EXCERPT and not long:
        return words
    cut = words[:EXCERPT].rsplit(" ", 1)[0]
    return f"{cut} …"


@dataclass(frozen=True)
class ClusterView:
    """Passages of one page."""

    page: LinkView
    passages: tuple[ListedView, ...]


@dataclass(frozen=True)
class CitedView:
    """A source, and where it is cited."""

    source: SourceView
    citing: tuple[ClusterView, ...]


@dataclass(frozen=True)
class SectionView:
    """What stands under one heading; without a heading its id is empty."""

    id: str
    label: str
    definition: str
    classes: str
    """Those of the kind that it is about."""

    count: int
    clusters: tuple[ClusterView, ...]
    sources: tuple[CitedView, ...]


@dataclass(frozen=True)
class JumpView:
    """A link to a section, and how much it has."""

    link: LinkView
    count: int


@dataclass(frozen=True)
class IndexView:
    """One page of an index."""

    label: str
    level: int
    """The level of its headings, 2 to 6."""

    jumps: tuple[JumpView, ...]
    sections: tuple[SectionView, ...]
    pages: tuple[LinkView, ...]
    """Pages of the index where it has several; the one that is shown has no address, nor has the
    sign for those left out."""


@dataclass(frozen=True)
class GroupView:
    """A group as a column of the table of articles."""

    group: str
    label: str
    count: int
    start: int
    """Where its part of the picture begins, of 1000."""

    width: int


@dataclass(frozen=True)
class ArticleView:
    """An article in the table."""

    page: LinkView
    type: str
    counts: tuple[int, ...]
    """One for each group."""

    total: int


@dataclass(frozen=True)
class ArticlesView:
    """How much of what each article has."""

    label: str
    picture: str
    """The picture in words."""

    groups: tuple[GroupView, ...]
    rows: tuple[ArticleView, ...]
    total: int
    pages: tuple[LinkView, ...]


@dataclass(frozen=True)
class DefinitionView:
    """A kind, and what it means."""

    id: str
    classes: str
    label: str
    definition: str
    count: int
    techniques: tuple[TechniqueDefinition, ...]


@dataclass(frozen=True)
class DefinitionsView:
    """The kinds of a group."""

    id: str
    label: str
    kinds: tuple[DefinitionView, ...]
