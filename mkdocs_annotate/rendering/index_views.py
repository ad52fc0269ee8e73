"""What index pages show, ready for templates: words, addresses and order decided."""

from dataclasses import dataclass

from mkdocs_annotate.rendering.definitions import TechniqueDefinition
from mkdocs_annotate.rendering.views import LinkView, ListedView, SourceView


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
