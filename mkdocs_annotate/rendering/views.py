"""The values that templates show: their words, addresses and order are decided.

They are named tuples, as a page has hundreds of them: a frozen dataclass takes thrice the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from mkdocs_annotate.model.dates import Date

_NOTHING = Markup("")


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
    """A full stop for the last citation of a note; empty where its words end with one."""

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
    """The head before that name, such as `Opinion of `; the whole head without a name."""

    after: str
    """The head behind that name, in languages that need it."""

    text: Markup
    definition: str
    """The meaning of its kind, for a note without text on a page without a legend."""

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

    @property
    def paragraph(self) -> Markup:
        """Return what its text holds, where that is one paragraph; else nothing."""
        text = self.text
        if text.startswith("<p>") and text.endswith("</p>") and text.find("<p>", 3) < 0:
            return text[3:-4]
        return _NOTHING


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
    """The words that the title leads to a copy, where the address of the source is dead."""

    original: str = ""
    """The address where the original was, for one that is gone."""

    data: Mapping[str, str] | None = None
    """Further attributes of what says where it is cited."""


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
    indexes: tuple[LinkView, ...] = ()
    """The pages that have indexes of the whole site."""

    marks_shown: bool = True
    """Marks are shown before a reader says otherwise."""

    data: Mapping[str, str] | None = None
    """Further attributes of both blocks."""

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


# Those of indexes are neither compared nor printed, and every start would wait for that.
@dataclass(frozen=True, eq=False, repr=False)
class ClusterView:
    """Passages of one page."""

    page: LinkView
    passages: tuple[ListedView, ...]


@dataclass(frozen=True, eq=False, repr=False)
class CitedView:
    """A source, and where it is cited."""

    source: SourceView
    citing: tuple[ClusterView, ...]


@dataclass(frozen=True, eq=False, repr=False)
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


@dataclass(frozen=True, eq=False, repr=False)
class JumpView:
    """A link to a section, and how much it has."""

    link: LinkView
    count: int


@dataclass(frozen=True, eq=False, repr=False)
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


@dataclass(frozen=True, eq=False, repr=False)
class GroupView:
    """A group as a column of the table of articles."""

    group: str
    label: str
    count: int
    start: int
    """Where its part of the picture begins, of 1000."""

    width: int


@dataclass(frozen=True, eq=False, repr=False)
class ArticleView:
    """An article in the table."""

    page: LinkView
    type: str
    counts: tuple[int, ...]
    """One for each group."""

    total: int


@dataclass(frozen=True, eq=False, repr=False)
class ArticlesView:
    """How much of what each article has."""

    label: str
    picture: str
    """The picture in words."""

    groups: tuple[GroupView, ...]
    rows: tuple[ArticleView, ...]
    total: int
    pages: tuple[LinkView, ...]


@dataclass(frozen=True, eq=False, repr=False)
class TechniqueView:
    """A technique, and what it means."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, eq=False, repr=False)
class DefinitionView:
    """A kind, and what it means."""

    id: str
    classes: str
    """What gives a swatch the line and colour of the kind."""

    label: str
    definition: str
    count: int
    techniques: tuple[TechniqueView, ...]
    """Those that a pack adds and that imply this kind."""


@dataclass(frozen=True, eq=False, repr=False)
class DefinitionsView:
    """The kinds of a group."""

    id: str
    label: str
    kinds: tuple[DefinitionView, ...]
