"""The indexes that one page of a MkDocs site asks for, and the further pages that they take."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape
from pathlib import Path

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.host_setup import INDEX_ASSET
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
from mkdocs_annotate.hosts.site_files import ASSETS_FOLDER, address_of
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule
from mkdocs_annotate.rendering.filled_markers import contents_slot, filled, marker_problem
from mkdocs_annotate.rendering.index_sections import CataloguedPage
from mkdocs_annotate.rendering.indexes import Heading, Index, IndexPage, PageAddress
from mkdocs_annotate.rendering.markers import Marker
from mkdocs_annotate.rendering.shown import value_of, without_elements
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import BEGIN, END


def marker_problem_on(file: File, marker: Marker) -> Problem:
    """Return what is wrong with `marker`, with its place in the article of `file`."""
    return marker_problem(marker, _name_of(file), file.content_string)


def _name_of(file: File) -> str:
    return display_path(Path(file.abs_src_path)) if file.abs_src_path else file.src_uri


@dataclass
class IndexFilling:
    """Fills the markers of one page."""

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

        page = filled(self.page.content or "", catalogue, self.site, planned)
        return [marker_problem_on(self.page.file, marker) for marker in page.mistaken]

    def fill(self, catalogue: list[CataloguedPage]) -> list[Problem]:
        """Put the indexes in place of the markers; return what is wrong with the templates."""
        self.markers, self.catalogue = self.page.content or "", catalogue
        page = filled(self.page.content or "", catalogue, self.site, self._filled)
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
        """Write the indexes again if they were filled with something else than `catalogue`.

        Each stays on its page, however little it has left.
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

        filled(self.markers, catalogue, self.site, corrected)
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
        """Return a link to what index pages need, as no other page does."""
        address = get_relative_url(f"{ASSETS_FOLDER}/{INDEX_ASSET}", file.url)
        return f'{BEGIN}<link rel="stylesheet" href="{escape(address)}">{END}'

    def _further(self, index: Index, number: int) -> Page:
        """Return a further page: below the first, named after its index."""
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
        """Add the sections of an index to the contents of its page, behind the one they are in."""
        if self.page.present_anchor_ids is not None:
            self.page.present_anchor_ids.update(id_ for id_, _ in headings)
        items, here = contents_slot(self.page.toc.items, before, level, _told)
        items[here:here] = [_anchor(level, heading) for heading in headings]


def _corrected(file: File, old: IndexPage, new: IndexPage) -> Iterator[Problem]:
    """Put `new` in place of `old` in what was written of `file`; yield what can't be done."""
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
        message = "an index of this page lists what was hidden after it was written; it is removed"
        yield Problem(
            Position(_name_of(file), 1, 1),
            Rule.PASSAGE_NOT_SHOWN,
            message,
            "have pages changed before they are written, or shrink no index",
            own_level=Level.WARNING,
        )
    links = (f"#{id_}" for id_ in gone)
    wanted = frozenset(links)
    changed = without_elements(
        changed, lambda tag, _: tag.startswith("<a ") and value_of(tag, "href") in wanted
    )
    if changed != html:
        path.write_text(changed, "utf-8")


def _told(item: AnchorLink) -> tuple[str, int, list[AnchorLink]]:
    return item.id, item.level, item.children


def _anchor(level: int, heading: Heading) -> AnchorLink:
    id_, label = heading
    # Themes write it as it is: MkDocs' own labels are HTML.
    return AnchorLink(escape(label), id_, level)
