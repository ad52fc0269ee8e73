"""The indexes of one build of MkDocs: collects entries of pages, and fills pages with indexes."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape, unescape
from pathlib import Path

from mkdocs_annotate.files.paths import ASSETS_FOLDER, INDEX_ASSET
from mkdocs_annotate.hosts.front_matter import parse_language
from mkdocs_annotate.hosts.mkdocs_api import (
    AnchorLink,
    File,
    Files,
    InclusionLevel,
    MkDocsConfig,
    Page,
    TableOfContents,
    get_relative_url,
)
from mkdocs_annotate.hosts.mkdocs_page import address_of
from mkdocs_annotate.hosts.site_files import marker_problem_on, name_of_file
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.index_markers import contents_slot, markers_of
from mkdocs_annotate.rendering.index_sections import CataloguedPage, IndexEntry, index_entries
from mkdocs_annotate.rendering.indexes import Heading, Index, IndexPage, PageAddress, fill_markers
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.page_elements import value_of, without_elements
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import BEGIN, END
from mkdocs_annotate.rendering.translations import collated


@dataclass
class IndexFilling:
    """Puts indexes in place of the markers of one page."""

    page: Page
    site: Site
    files: Files
    config: MkDocsConfig
    further: list[list[Page]] = field(default_factory=list)
    """The further pages of each index, in the order of the markers."""

    unneeded: list[File] = field(default_factory=list)
    """The files of further pages that came out empty."""

    styled: bool = False
    markers: str = ""
    """The content of the page before its indexes were filled."""

    catalogue: list[CataloguedPage] = field(default_factory=list)
    """What they were filled with."""

    made: list[tuple[File, IndexPage]] = field(default_factory=list)
    """What was put into each file."""

    _made: int = 0

    def plan(self, catalogue: list[CataloguedPage]) -> list[Problem]:
        """Add the further pages; return what is wrong with the markers."""

        def planned(index: Index, _: str) -> str:
            self.further.append([self._further(index, n) for n in range(2, index.count + 1)])
            return ""

        page = fill_markers(self.page.content or "", catalogue, self.site, planned)
        return [marker_problem_on(self.page.file, marker) for marker in page.mistaken]

    def fill(self, catalogue: list[CataloguedPage]) -> list[Problem]:
        """Put the indexes in place of the markers; return what is wrong with the templates."""
        self.markers, self.catalogue = self.page.content or "", catalogue
        page = fill_markers(self.page.content or "", catalogue, self.site, self._filled)
        if self._made:
            self.page.content = page.html
        self.unneeded += [one.file for pages in self.further[self._made :] for one in pages]
        return list(page.problems)

    def _filled(self, index: Index, before: str) -> str:
        """Return the first page of an index; fill the others."""
        # A marker that was put in since the plan was made has no further pages.
        pages = self.further[self._made] if self._made < len(self.further) else []
        self._made += 1
        if index.count > 1 + len(pages):
            index = replace(index, most=sys.maxsize)
        places = [self._place(file) for file in (self.page.file, *(one.file for one in pages))]
        first = index.page(0, places)
        self.made.append((self.page.file, first))
        self._add_to_contents(first.headings, index.level, before)
        for number, page in enumerate(pages, 1):
            if number < index.count:
                shown = index.page(number, places)
                self.made.append((page.file, shown))
                self._fill_further(page, shown)
            else:
                self.unneeded.append(page.file)
        # Once a page is enough.
        styled, self.styled = self.styled, True
        return first.html if styled else self._stylesheet(self.page.file) + first.html

    def correct(self, catalogue: list[CataloguedPage]) -> list[Problem]:
        """Write the indexes again if `catalogue` differs from what they were filled with.

        Each index keeps its pages, even if it has become shorter.
        """
        if catalogue == self.catalogue:
            return []
        right: list[tuple[File, IndexPage]] = []
        made = iter(self.made)
        before = next(made, None)

        def corrected(index: Index, _: str) -> str:
            nonlocal before
            files = []
            first = True
            while before is not None and (first or before[0] is not self.page.file):
                files.append(before[0])
                first = False
                before = next(made, None)
            places = [self._place(file) for file in files]
            if index.count > len(files):
                index = replace(index, most=sys.maxsize)
            for number, file in enumerate(files):
                right.append((file, index.page(min(number, index.count - 1), places)))
            return ""

        fill_markers(self.markers, catalogue, self.site, corrected)
        changes = zip(self.made, right, strict=True)
        return [
            problem for (file, old), (_, new) in changes for problem in _corrected(file, old, new)
        ]

    def _fill_further(self, page: Page, shown: IndexPage) -> None:
        head = f"<h1>{escape(unescape(str(page.title)))}</h1>\n{self._stylesheet(page.file)}"
        page.content = head + shown.html
        level = shown.level
        page.toc = TableOfContents([_anchor(level, heading) for heading in shown.headings])
        page.present_anchor_ids = {id_ for id_, _ in shown.headings}

    def _stylesheet(self, file: File) -> str:
        """Return a link to the stylesheet of indexes, which other pages don't load."""
        address = get_relative_url(f"{ASSETS_FOLDER}/{INDEX_ASSET}", file.url)
        return f'{BEGIN}<link rel="stylesheet" href="{escape(address)}">{END}'

    def _further(self, index: Index, number: int) -> Page:
        """Return a further page of an index; its address is below that of the first."""
        path = self.page.file.src_uri.removesuffix(".md")
        folder = path.removesuffix("index") if self.page.file.name == "index" else f"{path}/"
        marker = index.marker
        name = "-".join((marker.index, *sorted(marker.only)))
        name += f"-{index.ordinal}-{number}" if index.ordinal > 1 else f"-{number}"
        # Never in place of a page of the site's own.
        while self.files.get_file_from_path(f"{folder}{name}.md"):
            name += "-index"
        file = File.generated(
            self.config, f"{folder}{name}.md", content="", inclusion=InclusionLevel.NOT_IN_NAV
        )
        self.files.append(file)
        title = self.site.wording("index.page", number=number)
        page = Page(f"{self.page.title} · {title}", file, self.config)
        page.markdown, page.meta, page.content = "", {}, ""
        return page

    def _place(self, file: File) -> PageAddress:
        def href(address: str) -> str:
            return str(get_relative_url(address, file.url))

        def resolve(link: Link, path: str) -> str | None:
            address = address_of(link, path, self.files)
            return None if address is None else href(address)

        return PageAddress(file.url, href, resolve)

    def _add_to_contents(self, headings: tuple[Heading, ...], level: int, before: str) -> None:
        """Add the headings of an index to the table of contents of its page, in their section."""
        if self.page.present_anchor_ids is not None:
            self.page.present_anchor_ids.update(id_ for id_, _ in headings)
        items, here = contents_slot(self.page.toc.items, before, level, _parts_of)
        items[here:here] = [_anchor(level, heading) for heading in headings]


@dataclass
class _Seen:
    """What indexes need of an annotated page, kept until they are made."""

    page: Page
    type: str
    entries: tuple[IndexEntry, ...]
    cited: Mapping[str, Source]
    listed: Mapping[str, str]
    """The ids of sources in the list of the page, by their keys."""


@dataclass
class IndexPages:
    """Collects pages as they are rendered, and fills the markers once all others are written."""

    wanted: bool = False
    """Some page asks for an index; else nothing is collected, to save memory."""

    asking: list[Page] = field(default_factory=list)
    """Pages with a marker."""

    _seen: list[_Seen] = field(default_factory=list)
    _fillings: dict[str, IndexFilling] = field(default_factory=dict)
    _filled: list[IndexFilling] = field(default_factory=list)
    _unneeded: set[str] = field(default_factory=set)

    def see(self, page: Page, html: str, result: RenderedPage | None) -> None:
        """Keep what indexes need of `page`, and whether it asks for indexes itself."""
        if "<!--" in html and "annotate:" in html:
            self.asking.append(page)
        if not self.wanted or result is None or not result.passages:
            return
        entries = index_entries(result.passages, result.unnamed)
        if entries:
            self._seen.append(_Seen(page, result.type, entries, result.cited, result.entries))

    def plan(
        self, site_for: Callable[[str], Site], files: Files, config: MkDocsConfig
    ) -> list[Problem]:
        """Add further pages for long indexes, and move pages with an index to the end of the build.

        `site_for` makes the `Site` for pages in a language; the empty one is that of the theme.
        Return what is wrong with the markers.  Cost: linear in annotations for each marker.
        """
        if not self.wanted:
            return [one for page in self.asking for one in _unexpected(page, site_for(""))]
        catalogue = self._catalogue(lambda _: frozenset())
        problems: list[Problem] = []
        for page in self.asking:
            if files.get_file_from_path(page.file.src_uri) is page.file:
                # By then all others are written, and what they show is known.
                files.remove(page.file)
                files.append(page.file)
        for page in self.asking:
            filling = IndexFilling(page, site_for(parse_language(page.meta)), files, config)
            self._fillings[page.file.src_uri] = filling
            problems += filling.plan(catalogue)
        return problems

    def fill(self, page: Page, hidden_on: Callable[[File], frozenset[str]]) -> list[Problem]:
        """Put the indexes into `page`, which asks for them, and into their further pages.

        `hidden_on` returns the ids that a page hides; they are not listed.  Return what is wrong
        with the templates.
        """
        filling = self._fillings.pop(page.file.src_uri)
        problems = filling.fill(self._catalogue(hidden_on))
        self._filled.append(filling)
        self._unneeded |= {file.src_uri for file in filling.unneeded}
        return problems

    def is_asking(self, page: Page) -> bool:
        """Return whether `page` has indexes that are still to be filled."""
        return page.file.src_uri in self._fillings

    def is_unneeded(self, page: Page) -> bool:
        """Return whether `page` was added for an index that has become shorter."""
        return page.file.src_uri in self._unneeded

    def correct(self, hidden_on: Callable[[File], frozenset[str]]) -> list[Problem]:
        """Write those indexes again that list passages which were hidden later.

        Return a problem for each that could not be written again, and was removed.
        """
        catalogue = self._catalogue(hidden_on)
        return [one for filling in self._filled for one in filling.correct(catalogue)]

    def _catalogue(self, hidden_on: Callable[[File], frozenset[str]]) -> list[CataloguedPage]:
        found = (_catalogued(seen, hidden_on(seen.page.file)) for seen in self._seen)
        return sorted(filter(None, found), key=lambda one: (collated(one.title), one.address))


def _catalogued(seen: _Seen, hidden: frozenset[str]) -> CataloguedPage | None:
    """Return the entries of a page in indexes; None where the page hides all of them."""
    entries = tuple(entry for entry in seen.entries if entry.id not in hidden)
    if not entries:
        return None
    file = seen.page.file
    # Taken from a heading it has character references, but no tags.
    title = unescape(str(seen.page.title or Path(file.src_uri).stem))
    cited = {key: one for key, one in seen.cited.items() if seen.listed.get(key) not in hidden}
    return CataloguedPage(title, file.url, file.src_uri, seen.type, entries, cited)


def _unexpected(page: Page, site: Site) -> Iterator[Problem]:
    """Yield a problem for each marker that is not written as a line of the article."""
    for marker in markers_of(page.content or "", site.vocabulary):
        if not marker.message:
            message = "this comment asks for an index, but does not begin a line of the article"
            marker = replace(marker, message=message, hint="write it so")
        yield marker_problem_on(page.file, marker)


def _corrected(file: File, old: IndexPage, new: IndexPage) -> Iterator[Problem]:
    """Replace `old` by `new` in the written page of `file`; yield a problem where that fails."""
    path = Path(file.abs_dest_path)
    try:
        html = path.read_text("utf-8")
    except (OSError, ValueError):
        return
    gone = {id_ for id_, _ in old.headings} - {id_ for id_, _ in new.headings}
    changed, found, rest = html.partition(old.html)
    if found:
        changed += new.html + rest
    else:
        changed = without_elements(
            html, lambda tag, _: "ann-index" in value_of(tag, "class").split()
        )
        message = (
            "an index of this page lists passages that were hidden later, and can't be corrected, "
            "so it is removed"
        )
        yield Problem(
            Position(name_of_file(file), 1, 1),
            Rule.PASSAGE_NOT_SHOWN,
            message,
            "let the plugin hide them before pages are written, or leave the text of indexes "
            "unchanged",
            own_level=Level.WARNING,
        )
    links = (f"#{id_}" for id_ in gone)
    wanted = frozenset(links)
    changed = without_elements(
        changed, lambda tag, _: tag.startswith("<a ") and value_of(tag, "href") in wanted
    )
    if changed != html:
        path.write_text(changed, "utf-8")


def _parts_of(item: AnchorLink) -> tuple[str, int, list[AnchorLink]]:
    return item.id, item.level, item.children


def _anchor(level: int, heading: Heading) -> AnchorLink:
    id_, label = heading
    # Themes write it as it is: MkDocs' own labels are HTML.
    return AnchorLink(escape(label), id_, level)
