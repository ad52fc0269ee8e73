"""Index pages: a gathering of the site's annotations to the HTML of each of its pages."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.vocabulary import Group, Vocabulary
from mkdocs_annotate.rendering.bibliography import Bibliography
from mkdocs_annotate.rendering.index_sections import (
    MOST_ENTRIES,
    Catalogue,
    CataloguedPage,
    CitedSource,
    Cluster,
    IndexEntry,
    Section,
    by_kind,
    by_source,
    by_speaker,
    by_tag,
    paged,
)
from mkdocs_annotate.rendering.markers import Marker
from mkdocs_annotate.rendering.marks import kind_classes
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.splice import BEGIN, END
from mkdocs_annotate.rendering.templates import BlockMaker, Templates
from mkdocs_annotate.rendering.translations import READING_ORDER, Wording, definitions_of
from mkdocs_annotate.rendering.views import (
    ArticlesView,
    ArticleView,
    CitedView,
    ClusterView,
    DefinitionsView,
    DefinitionView,
    GroupView,
    IndexView,
    JumpView,
    LinkView,
    ListedView,
    SectionView,
)

MOST_JUMPS = 300
"""To how many sections the first page of an index leads, wherever they are."""

NEAR_PAGES = 3
"""To how many pages before and behind itself a page of an index leads."""

GAP = "…"
"""Stands for pages that are not shown."""

Heading: TypeAlias = tuple[str, str]
"""The id and the label of a section, for a table of contents."""


@dataclass(frozen=True)
class PageAddress:
    """Where one page of an index is published."""

    address: str
    """From the root of the site."""

    href: Callable[[str], str]
    """The address to write for one that begins at the root of the site."""

    resolve: Callable[[Link, str], str | None]
    """The address to write for a link to a page of the site, typed at a path in its folder."""


@dataclass
class IndexPage:
    """One page of an index."""

    html: str
    headings: tuple[Heading, ...] = ()
    level: int = 2
    """The level of the headings."""


@dataclass
class Index:
    """An index of the whole `catalogue`, which is sorted by title."""

    marker: Marker
    catalogue: Catalogue
    vocabulary: Vocabulary
    wording: Wording
    templates: Templates
    level: int = 2
    ordinal: int = 1
    """Which of several indexes of one kind on a page this is: ids differ."""

    most: int = MOST_ENTRIES
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        name = "questions" if self._asks else self.marker.index
        self.label = self.wording(f"index.{name}")
        titles = Counter(page.title for page in self.catalogue)
        self._shared_titles = {title for title, count in titles.items() if count > 1}
        self.sections = self._sections()
        self.parts = paged(self.sections, self.most)
        if self.marker.index == "articles":
            self.count = max(1, -(-len(self.catalogue) // self.most))
        else:
            self.count = len(self.parts)

    @property
    def _asks(self) -> bool:
        return self.marker.only == {"question"}

    def _sections(self) -> list[Section]:
        only, index = self.marker.only, self.marker.index
        if index == "sources":
            return by_source(self.catalogue, self.wording)
        gather = {"kinds": by_kind, "speakers": by_speaker, "tags": by_tag}.get(index)
        sections = gather(self.catalogue, self.wording, only) if gather else []
        if self.ordinal > 1:
            sections = [replace(one, id=f"{one.id}-{self.ordinal}") for one in sections]
        return sections

    def page(self, number: int, places: Sequence[PageAddress]) -> IndexPage:
        """Return the page `number`, from 0, of those that are published at `places`."""
        maker = BlockMaker(self.templates, self.wording)
        headings: tuple[Heading, ...] = ()
        if self.marker.index == "articles":
            html = maker.articles(self._articles(number, places))
        elif self.marker.index == "definitions":
            definitions = self._definitions()
            html = maker.definitions(definitions, self.level)
            headings = tuple((one.id, one.label) for one in definitions)
        else:
            view = self._view(number, places, maker)
            html = maker.index(view)
            headings = tuple((one.id, one.label) for one in view.sections if one.id)
        self.problems += maker.problems
        return IndexPage(f"{BEGIN}{html}{END}", headings, self.level)

    def _view(self, number: int, places: Sequence[PageAddress], maker: BlockMaker) -> IndexView:
        place = places[number]
        return IndexView(
            self.label,
            self.level,
            self._jumps(number, places),
            tuple(self._section(section, place) for section in self.parts[number]),
            self._pages(number, places),
        )

    def _pages(self, number: int, places: Sequence[PageAddress]) -> tuple[LinkView, ...]:
        """Return links to the first and the last page and those around `number`."""
        if self.count < 2:
            return ()
        links: list[LinkView] = []
        near = range(number - NEAR_PAGES, number + NEAR_PAGES + 1)
        shown = sorted({0, self.count - 1, *near} & set(range(self.count)))
        for before, other in zip([-1, *shown], shown, strict=False):
            if other > before + 1:
                links.append(LinkView(GAP))
            here = places[number].href(places[other].address)
            links.append(LinkView(str(other + 1), "" if other == number else here))
        return tuple(links)

    def _jumps(self, number: int, places: Sequence[PageAddress]) -> tuple[JumpView, ...]:
        """Return links to the sections of this page; on the first one to all of the index.

        Where these are many, to the first section of each other page.
        """
        jumps = []
        crowded = len(self.sections) > MOST_JUMPS
        for other, part in enumerate(self.parts):
            if number not in (0, other):
                continue
            begun = [section for section in part if section.id and not section.continued]
            for section in begun[:1] if crowded and other != number else begun:
                page = "" if other == number else places[number].href(places[other].address)
                link = LinkView(section.label, f"{page}#{section.id}")
                jumps.append(JumpView(link, section.count))
        return tuple(jumps) if len(jumps) > 1 else ()

    def _section(self, section: Section, place: PageAddress) -> SectionView:
        label = section.label
        # Under a speaker's own name it would be said of each passage again.
        tell = self.marker.index != "speakers"
        if section.continued and label:
            label = self.wording("index.continued", name=label)
        return SectionView(
            section.id,
            label,
            section.definition if not section.continued else "",
            kind_classes(section.kind) if section.kind else "",
            section.count,
            tuple(self._cluster(cluster, place, tell=tell) for cluster in section.clusters),
            tuple(self._cited(cited, place) for cited in section.sources),
        )

    def _cluster(self, cluster: Cluster, place: PageAddress, *, tell: bool = True) -> ClusterView:
        """Return the passages of one page; `tell` whose words they are."""
        page = place.href(cluster.page.address)
        told = self._who if tell else _nobody
        return ClusterView(
            LinkView(self._title(cluster.page), page),
            tuple(
                ListedView(LinkView(entry.words, f"{page}#{entry.id}"), told(entry))
                for entry in cluster.entries
            ),
        )

    def _who(self, entry: IndexEntry) -> str:
        """Return whose words a passage is in, where it is judged."""
        return self.wording("notes.author") if entry.by_author else entry.who

    def _title(self, page: CataloguedPage) -> str:
        """Return the title of a page; with its path where others have the same one."""
        if page.title not in self._shared_titles:
            return page.title
        return f"{page.title} ({page.path.removesuffix('.md')})"

    def _cited(self, cited: CitedSource, place: PageAddress) -> CitedView:
        origin = cited.citing[0].page.path

        def resolve(link: Link) -> str | None:
            return place.resolve(link, origin)

        bibliography = Bibliography({}, (), self.wording, resolve, NoteRenderer(resolve))
        return CitedView(
            bibliography.described(cited.source, "", ()),
            tuple(self._cluster(cluster, place, tell=False) for cluster in cited.citing),
        )

    def _articles(self, number: int, places: Sequence[PageAddress]) -> ArticlesView:
        counted = self._counted
        sums = {group: sum(counts[group] for counts in counted) for group in READING_ORDER}
        total = sum(sums.values())
        groups = []
        start = 0.0
        for group, count in sums.items():
            if count:
                width = 1000 * count / total
                label = self.wording(f"groups.{group.value}")
                groups.append(GroupView(group.value, label, count, round(start), round(width)))
                start += width
        shown = slice(number * self.most, (number + 1) * self.most)
        rows = [
            ArticleView(
                LinkView(self._title(page), places[number].href(page.address)),
                self.wording.entry("article_types", page.type).label if page.type else "",
                tuple(counts[group] for group in READING_ORDER if sums[group]),
                sum(counts.values()),
            )
            for page, counts in zip(self.catalogue[shown], counted[shown], strict=True)
        ]
        told = (f"{one.label} {one.count / total:.0%}" for one in groups)
        return ArticlesView(
            self.label,
            self.wording("signs.semicolon").join(told),
            tuple(groups),
            tuple(rows),
            total,
            self._pages(number, places),
        )

    @cached_property
    def _counted(self) -> list[Counter[Group]]:
        """The number of entries of each group, for each page of the catalogue."""
        return [Counter(entry.kind.group for entry in page.entries) for page in self.catalogue]

    def _definitions(self) -> tuple[DefinitionsView, ...]:
        counts: dict[str, int] = {}
        for page in self.catalogue:
            for entry in page.entries:
                counts[entry.kind.id] = counts.get(entry.kind.id, 0) + 1
        suffix = f"-{self.ordinal}" if self.ordinal > 1 else ""
        return tuple(
            DefinitionsView(
                f"ann--group-{group.group}{suffix}",
                group.label,
                tuple(
                    DefinitionView(
                        f"ann--definition-{kind.id}{suffix}",
                        kind.classes,
                        kind.label,
                        kind.definition,
                        counts.get(kind.id, 0),
                        kind.techniques,
                    )
                    for kind in group.kinds
                ),
            )
            for group in definitions_of(self.vocabulary, self.wording)
        )


def _nobody(_: IndexEntry) -> str:
    return ""
