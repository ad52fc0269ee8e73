"""Indexes of a site's annotations, as HTML in place of the comments that ask for them."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.vocabulary import Group, Vocabulary
from mkdocs_annotate.rendering.bibliography import SourceDescriber
from mkdocs_annotate.rendering.index_markers import Marker, markers_of
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
    definitions_of,
    paged,
)
from mkdocs_annotate.rendering.marks import kind_classes
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import BEGIN, END
from mkdocs_annotate.rendering.templates import BlockMaker, Templates
from mkdocs_annotate.rendering.translations import READING_ORDER, Wording
from mkdocs_annotate.rendering.views import (
    ArticlesView,
    ArticleView,
    CitedView,
    ClusterView,
    GroupView,
    IndexView,
    JumpView,
    LinkView,
    ListedView,
    SectionView,
)

MOST_JUMPS = 300
"""Most links to sections on the first page of an index."""

NEAR_PAGES = 3
"""Links to that many pages before and after."""

GAP = "…"
"""Stands for pages that are not shown."""

Heading: TypeAlias = tuple[str, str]
"""The id and the label of a section, for a table of contents."""


@dataclass(frozen=True)
class PageAddress:
    """The address of one page of an index, and how links are written there."""

    address: str
    """From the root of the site."""

    href: Callable[[str], str]
    """Returns the address to write for an address from the root of the site."""

    resolve: Callable[[Link, str], str | None]
    """Returns the address to write for a link of the site, as it is typed in the file at a path."""


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
    """Its number among the indexes of one kind on a page, from 1: ids differ."""

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
        sections_by = {"kinds": by_kind, "speakers": by_speaker, "tags": by_tag}.get(index)
        sections = sections_by(self.catalogue, self.wording, only) if sections_by else []
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
            suffix = f"-{self.ordinal}" if self.ordinal > 1 else ""
            definitions = definitions_of(self.catalogue, self.vocabulary, self.wording, suffix)
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
        # Below a speaker's name each passage would repeat it.
        named = self.marker.index != "speakers"
        if section.continued and label:
            label = self.wording("index.continued", name=label)
        return SectionView(
            section.id,
            label,
            section.definition if not section.continued else "",
            kind_classes(section.kind) if section.kind else "",
            section.count,
            tuple(self._cluster(cluster, place, named=named) for cluster in section.clusters),
            tuple(self._cited(cited, place) for cited in section.sources),
        )

    def _cluster(self, cluster: Cluster, place: PageAddress, *, named: bool = True) -> ClusterView:
        """Return the passages of one page; if `named`, with those whose words they are."""
        page = place.href(cluster.page.address)
        return ClusterView(
            LinkView(self._title(cluster.page), page),
            tuple(
                ListedView(
                    LinkView(entry.words, f"{page}#{entry.id}"), self._who(entry) if named else ""
                )
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

        describer = SourceDescriber(self.wording, resolve, NoteRenderer(resolve))
        return CitedView(
            describer.described(cited.source),
            tuple(self._cluster(cluster, place, named=False) for cluster in cited.citing),
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
        shares = (f"{one.label} {one.count / total:.0%}" for one in groups)
        return ArticlesView(
            self.label,
            self.wording("signs.semicolon").join(shares),
            tuple(groups),
            tuple(rows),
            total,
            self._pages(number, places),
        )

    @cached_property
    def _counted(self) -> list[Counter[Group]]:
        """The number of entries of each group, for each page of the catalogue."""
        return [Counter(entry.kind.group for entry in page.entries) for page in self.catalogue]


_HEADING = re.compile(r"<h([1-6])\b")


@dataclass(frozen=True)
class FilledPage:
    """A page with its indexes, the markers with a mistake, and the problems of templates."""

    html: str
    mistaken: tuple[Marker, ...] = ()
    problems: tuple[Problem, ...] = ()


def fill_markers(
    html: str,
    catalogue: Catalogue,
    site: Site,
    shown: Callable[[Index, str], str],
    most: int = MOST_ENTRIES,
) -> FilledPage:
    """Return `html` with an index in place of each marker; markers with a mistake stay.

    `shown` returns the HTML of an index; its second argument is the HTML before it.
    """
    parts: list[str] = []
    mistaken: list[Marker] = []
    problems: list[Problem] = []
    seen, named = Counter[str](), Counter[str]()
    done = 0
    for marker in markers_of(html, site.vocabulary):
        if marker.message:
            mistaken.append(marker)
            continue
        seen[marker.index] += 1
        before = html[: marker.start]
        above = _HEADING.findall(before)
        index = Index(
            marker,
            catalogue,
            site.vocabulary,
            site.wording,
            site.templates,
            min(6, max(2, int(above[-1]) + 1)) if above else 2,
            seen[marker.index],
            most,
        )
        named[index.label] += 1
        if named[index.label] > 1:
            # Screen readers list the navigation of each index by its name.
            index.label += f" {named[index.label]}"
        parts += [html[done : marker.start], shown(index, before)]
        problems += index.problems
        done = marker.end
    return FilledPage("".join(parts) + html[done:], tuple(mistaken), tuple(problems))
