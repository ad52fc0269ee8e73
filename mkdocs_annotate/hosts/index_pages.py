"""The index pages of one build: what the pages of a MkDocs site say, and where that is listed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape, unescape
from pathlib import Path

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
from mkdocs_annotate.hosts.options import parse_language
from mkdocs_annotate.hosts.package_assets import INDEX_ASSET
from mkdocs_annotate.hosts.site_files import ASSETS_FOLDER, address_of
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.rendering.catalogue import CataloguedPage, entries_of
from mkdocs_annotate.rendering.filling import contents_slot, filled, marker_problem
from mkdocs_annotate.rendering.indexes import Heading, Index, Place
from mkdocs_annotate.rendering.markers import INDEXES, Marker, markers_of
from mkdocs_annotate.rendering.ordering import collated
from mkdocs_annotate.rendering.page import RenderedPage, Site
from mkdocs_annotate.rendering.splice import BEGIN, END
from mkdocs_annotate.sidecar.files import display_path

_FENCE = re.compile(r" {0,3}(```|~~~)")
_LINE = re.compile(r" {0,3}<!--\s*annotate:\s*(\w*)")


@dataclass
class IndexPages:
    """Collects pages as they are rendered, and fills the markers once all are."""

    wanted: bool = False
    """Some page asks for an index; else nothing is collected, which would be kept for all pages."""

    catalogue: list[CataloguedPage] = field(default_factory=list)
    asking: list[Page] = field(default_factory=list)
    """Pages with a marker."""

    def see(self, page: Page, html: str, result: RenderedPage | None) -> None:
        """Take note of what `page` says, and of the indexes it asks for."""
        if "<!--" in html and "annotate:" in html:
            self.asking.append(page)
        if not self.wanted or result is None or not result.passages:
            return
        entries = entries_of(result.passages, result.unnamed)
        if entries:
            file = page.file
            # Taken from a heading it has character references, but no tags.
            title = unescape(str(page.title or Path(file.src_uri).stem))
            self.catalogue.append(
                CataloguedPage(title, file.url, file.src_uri, result.type, entries, result.cited)
            )

    def fill(
        self, site_for: Callable[[str], Site], files: Files, config: MkDocsConfig
    ) -> list[Problem]:
        """Put the indexes where pages ask for them, and add pages where these are long.

        `site_for` makes what pages share that say to be in a language, or in none.  Return what
        is wrong with the markers and templates.  Cost: linear in annotations for each marker.
        """
        self.catalogue.sort(key=lambda page: (collated(page.title), page.address))
        problems: list[Problem] = []
        if not self.wanted:
            return [one for page in self.asking for one in _unexpected(page, site_for(""))]
        for page in self.asking:
            site = site_for(parse_language(page.meta))
            problems += _Filling(page, self.catalogue, site, files, config).problems()
        return problems


def _unexpected(page: Page, site: Site) -> Iterator[Problem]:
    """Yield what to tell of markers that the article's Markdown has not, or not as it should."""
    for marker in markers_of(page.content or "", site.vocabulary):
        if not marker.message:
            message = "this comment, which asks for an index, does not begin a line of the article"
            marker = replace(marker, message=message, cure="write it so")
        yield _problem(page.file, marker)


def _problem(file: File, marker: Marker) -> Problem:
    name = display_path(Path(file.abs_src_path)) if file.abs_src_path else file.src_uri
    return marker_problem(marker, name, file.content_string)


@dataclass
class _Filling:
    """Fills the markers of one page."""

    page: Page
    catalogue: list[CataloguedPage]
    site: Site
    files: Files
    config: MkDocsConfig
    styled: bool = False

    def problems(self) -> list[Problem]:
        page = filled(self.page.content or "", self.catalogue, self.site, self._filled)
        self.page.content = page.html
        told = [_problem(self.page.file, marker) for marker in page.mistaken]
        return [*told, *page.problems]

    def _filled(self, index: Index, before: str) -> str:
        """Return the first page of an index; the others become pages of the site."""
        further = [self._further(index, number) for number in range(2, index.count + 1)]
        places = [self._place(file) for file in (self.page.file, *further)]
        first = index.page(0, places)
        self._add_to_contents(first.headings, index.level, before)
        for number, file in enumerate(further, 1):
            shown = index.page(number, places)
            title = self.site.wording("index.page", number=number + 1)
            page = Page(f"{self.page.title} · {title}", file, self.config)
            page.markdown, page.meta = "", {}
            head = f"<h1>{escape(unescape(str(page.title)))}</h1>\n{self._stylesheet(file)}"
            page.content = head + shown.html
            page.toc = TableOfContents(list(map(partial(_anchor, index.level), shown.headings)))
            page.present_anchor_ids = {id_ for id_, _ in shown.headings}
        # Once a page is enough.
        styled, self.styled = self.styled, True
        return first.html if styled else self._stylesheet(self.page.file) + first.html

    def _stylesheet(self, file: File) -> str:
        """Return a link to what index pages need, as no other page does."""
        address = get_relative_url(f"{ASSETS_FOLDER}/{INDEX_ASSET}", file.url)
        return f'{BEGIN}<link rel="stylesheet" href="{escape(address)}">{END}'

    def _further(self, index: Index, number: int) -> File:
        """Return the file of a further page: below that of the first, named after its index."""
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
        return file

    def _place(self, file: File) -> Place:
        def href(address: str) -> str:
            return str(get_relative_url(address, file.url))

        def resolve(link: Link, path: str) -> str | None:
            address = address_of(link, path, self.files)
            return None if address is None else href(address)

        return Place(file.url, href, resolve)

    def _add_to_contents(self, headings: tuple[Heading, ...], level: int, before: str) -> None:
        """Add the sections of an index to the contents of its page, behind the one they are in."""
        if self.page.present_anchor_ids is not None:
            self.page.present_anchor_ids.update(id_ for id_, _ in headings)
        items, here = contents_slot(self.page.toc.items, before, level, _told)
        items[here:here] = [_anchor(level, heading) for heading in headings]


def _told(item: AnchorLink) -> tuple[str, int, list[AnchorLink]]:
    return item.id, item.level, item.children


def _anchor(level: int, heading: Heading) -> AnchorLink:
    id_, label = heading
    # Themes write it as it is: MkDocs' own labels are HTML.
    return AnchorLink(escape(label), id_, level)


def indexes_in(files: Files) -> dict[str, str]:
    """Return the pages that ask for an index, by its name; the first of several.

    Their Markdown is looked through, since links to them are written before all pages are
    rendered.  Cost: a read for each article.
    """
    found: dict[str, str] = {}
    for file in files.documentation_pages():
        for name, _ in _asked_for(file):
            if name in INDEXES:
                found.setdefault(name, file.src_uri)
    return found


def mistaken_markers(files: Files, vocabulary: Vocabulary) -> list[Problem]:
    """Return what is wrong with the markers of a site that is not built."""
    return [
        _problem(file, marker)
        for file in files.documentation_pages()
        for _, line in _asked_for(file)
        for marker in markers_of(line, vocabulary)
        if marker.message
    ]


def _asked_for(file: File) -> Iterator[tuple[str, str]]:
    """Yield what the markers in the Markdown of an article name, and their lines."""
    try:
        content = file.content_bytes
    # MkDocs tells of a file that can't be read when it renders the page.
    except OSError:
        return
    if b"annotate:" not in content:
        return
    fence = ""
    for line in content.decode("utf-8", "replace").splitlines():
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        found = _LINE.match(line)
        if found and not fence:
            yield found[1], line
