"""A site that another program built: its pages, annotated one by one, and their indexes."""

import posixpath
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from mkdocs_annotate.any_html.pages import (
    CHANGED,
    USUAL_SELECTORS,
    Decoded,
    HtmlPage,
    Request,
    annotate_document,
    decode_page,
    head_tags,
    left_alone,
    plain_page,
)
from mkdocs_annotate.any_html.settings import SiteSettings
from mkdocs_annotate.any_html.sidecars import (
    ASSETS_FOLDER,
    PAGES,
    XML,
    files_in,
    misnamed_sidecars,
    pairs_of,
)
from mkdocs_annotate.exchange.publication import SOURCES, data_block, path_beside
from mkdocs_annotate.files.paths import INDEX_ASSET, display_path
from mkdocs_annotate.hosts.publishing import PageExport
from mkdocs_annotate.hosts.sites import registry_of, site_of
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Problem, in_order
from mkdocs_annotate.model.reporting import levelled
from mkdocs_annotate.rendering.documents import HtmlDocument, read_document
from mkdocs_annotate.rendering.index_markers import marker_problem
from mkdocs_annotate.rendering.index_sections import CataloguedPage
from mkdocs_annotate.rendering.indexes import Index, PageAddress, fill_markers
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.splice import BEGIN, END
from mkdocs_annotate.sidecar.files import SUFFIX

_MOST_MARKDOWN = 8 << 20
MAX_PAGE = 64 << 20
"""Largest page that is read, in bytes."""


@dataclass(frozen=True)
class SitePage(HtmlPage):
    """A page of a built site."""

    uri: str = ""
    """Its path in the site."""

    origin: str = ""
    """The folder that paths in its notes begin in."""

    wanted: Mapping[str, str] | None = None
    exports: list[PageExport] = field(default_factory=list)
    """What it hands over for programs."""

    @property
    def is_in_site(self) -> bool:
        """Return True: the usual files of sources are read unasked."""
        return True

    @property
    def files(self) -> Mapping[str, str] | None:
        """Return where the files beside this page are, by export."""
        return self.wanted

    def hand_over(self, export: object) -> None:
        """Keep `export`."""
        assert isinstance(export, PageExport)
        self.exports.append(export)

    def data(self) -> str:
        """Return what stands behind the article for programs."""
        told = (export.about for export in self.exports if export.about is not None)
        return "".join(f"{BEGIN}{data_block(about, narrow=True)}{END}" for about in told)

    def resolve(self, link: Link) -> str | None:
        """Return the address to write for a link to a page or file of the site; None without it.

        A path begins where the sidecar lies in its folder, which mirrors the site.  It names a
        file, a page without its ending, or the Markdown that the page was made of.
        """
        parts = urlsplit(link.address)
        path = unquote(parts.path)
        if not path or (path.startswith("/") and not link.from_root):
            # What lies at an absolute address is up to the server.
            return link.address
        start = "" if link.from_root else self.origin
        target = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
        if target.startswith("../") or target == "..":
            return None
        found = next((one for one in _candidates(target) if (self.docs / one).is_file()), None)
        if found is None:
            return None
        folder, _, name = found.rpartition("/")
        as_folder = name == "index.html" and not path.endswith("index.html")
        here = posixpath.dirname(self.uri) or "."
        address = posixpath.relpath(folder or "." if as_folder else found, here)
        address = f"{address}/" if as_folder else address
        return parts._replace(path=quote(address)).geturl()


def _candidates(target: str) -> Iterator[str]:
    yield target
    yield posixpath.normpath(f"{target}/index.html")
    yield f"{target}.html"
    if target.endswith((".md", ".rst")):
        stem = posixpath.splitext(target)[0]
        yield f"{stem}.html"
        yield f"{stem}/index.html"
        if posixpath.basename(stem) == "README":
            yield posixpath.join(posixpath.dirname(stem), "index.html")


class Read(NamedTuple):
    """A page as it lies on disk, or why it can't be read."""

    decoded: Decoded | None
    problem: Problem | None = None


class HtmlSite:
    """The pages of a site, and what annotates them; made once for many pages.

    It can be pickled for other processes.
    """

    def __init__(self, settings: SiteSettings) -> None:
        self.settings = settings
        self.pages = sorted(files_in(settings.site, (*PAGES, *XML)))
        """The paths of all pages in the site."""

        skipped = (settings.site, *settings.skipped)
        found = sorted(files_in(settings.sidecars, (SUFFIX,), skipped))
        self.pairs = pairs_of(self.pages, found, settings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the site beside its single pages."""
        settings = self.settings
        names = misnamed_sidecars(settings, self.pages)
        told = levelled([*self.pairs.problems, *names], settings.options.rules)
        return in_order([*settings.problems, *told])

    def sidecar_of(self, uri: str) -> Path | None:
        """Return the sidecar of the page at `uri`; None without one."""
        name = self.pairs.sidecars.get(uri)
        return self.settings.sidecars / name if name else None

    def page(self, uri: str) -> SitePage:
        """Return what is known of the page at `uri` before it is read."""
        settings = self.settings
        name = self.pairs.sidecars.get(uri, uri)
        return SitePage(
            settings.site / uri,
            settings.site,
            settings.folder,
            {},
            address=urljoin(settings.site_url, quote(address_of(uri))) if settings.site_url else "",
            uri=uri,
            origin=posixpath.dirname(name),
            wanted=self._export_files(uri),
        )

    def _export_files(self, uri: str) -> dict[str, str] | None:
        exports = self.settings.options.exports
        if not exports:
            return None
        paths = {"csl": SOURCES}
        if self.settings.site_url:
            paths["web-annotation"] = path_beside(uri)
        here = posixpath.dirname(uri) or "."
        return {
            form: quote(posixpath.relpath(path, here))
            for form, path in paths.items()
            if form in exports
        }

    def read(self, uri: str) -> Read:
        """Return the page at `uri`.  Never raises."""
        path = self.settings.site / uri
        name = display_path(path)
        if uri.endswith(XML):
            hint = "let the builder write HTML"
            return Read(None, left_alone(name, "the page is XML, which has other rules", hint))
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_PAGE + 1)
        except OSError as error:
            message = f"the page can't be read: {error.strerror}"
            return Read(None, left_alone(name, message, "look at its permissions"))
        if len(data) > MAX_PAGE:
            message = f"the page is larger than {MAX_PAGE >> 20} MiB"
            return Read(None, left_alone(name, message, "divide it"))
        decoded = decode_page(data)
        if isinstance(decoded, str):
            return Read(None, left_alone(name, decoded, "name its encoding in a `<meta>`"))
        return Read(decoded)

    def annotated(
        self, uri: str, html: str, *, preview: bool = False, index: bool = False
    ) -> tuple[RenderedPage, list[PageExport]]:
        """Return the page at `uri`, whose text is `html`, annotated, and what it exports.

        Without a sidecar it is the page without earlier annotations.  `preview` shows drafts, and
        `index` says that the page gets an index.
        """
        settings, name = self.settings, display_path(self.settings.site / uri)
        sidecar = self.sidecar_of(uri)
        if sidecar is None:
            plain = plain_page(html)
            if plain is None:
                problem = left_alone(name, *CHANGED)
                return RenderedPage(html, tuple(levelled([problem], settings.options.rules))), []
            return RenderedPage(plain), []
        page = self.page(uri)
        preview = preview or settings.options.preview
        options = replace(settings.options, sidecar=sidecar, preview=preview)
        source = source_beside(sidecar)
        request = Request(settings.selectors, self.head(uri, index=index), name, source)
        return annotate_document(html, page, options, request), page.exports

    def document(self, html: str) -> HtmlDocument:
        """Return where the parts of a page are."""
        return read_document(html, self.settings.selectors or USUAL_SELECTORS)

    def article(self, html: str) -> str:
        """Return the article of a page, without annotations; empty where it has none."""
        plain = plain_page(html)
        place = self.document(plain).article if plain is not None else None
        return plain[place.start : place.end] if plain is not None and place else ""

    def head(self, uri: str, *, index: bool = False) -> str:
        """Return what the head of the page at `uri` gets; with `index` that of an index page."""
        folder = self.settings.assets
        if not folder:
            folder = quote(posixpath.relpath(ASSETS_FOLDER, posixpath.dirname(uri) or "."))
        return head_tags(folder, (INDEX_ASSET,) if index else ())


def source_beside(sidecar: Path) -> str:
    """Return the Markdown beside a sidecar, of which its page was made; empty without any."""
    path = Path(str(sidecar).removesuffix(SUFFIX) + ".md")
    try:
        with path.open("rb") as stream:
            return stream.read(_MOST_MARKDOWN).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def address_of(uri: str) -> str:
    """Return the address of a page from that of the site: that of its folder for an index."""
    folder, sign, name = uri.rpartition("/")
    return folder + sign if name == "index.html" else uri


class IndexedPage:
    """A page with indexes behind the comments that ask for them."""

    def __init__(self, site: HtmlSite, uri: str, text: str) -> None:
        self.site, self.uri, self.text = site, uri, text
        self.problems: list[Problem] = []
        self.count = 0

    def html(self, catalogue: list[CataloguedPage]) -> str:
        """Return the page; comments with a mistake are told, and stay alone."""
        settings = self.site.settings
        document = self.site.document(self.text)
        registry, _ = registry_of(settings.folder, settings.options)
        shared = site_of(settings.options, settings.folder, registry, document.language)
        place = self._place()

        def shown(index: Index, before: str) -> str:
            self.count += 1
            return index.marker.text + index.page(0, [place]).html

        result = fill_markers(self.text, catalogue, shared, shown, sys.maxsize)
        name = display_path(settings.site / self.uri)
        self.problems += [marker_problem(one, name, self.text) for one in result.mistaken]
        self.problems += result.problems
        head = self.site.head(self.uri, index=True)
        if not self.count or head in result.html:
            return result.html
        return f"{result.html[: document.head]}{head}{result.html[document.head :]}"

    def _place(self) -> PageAddress:
        page = self.site.page(self.uri)

        def href(uri: str) -> str:
            path, sign, fragment = uri.partition("#")
            link = Link(f"/{quote(path)}{sign}{fragment}", LinkKind.SITE, from_root=True)
            return page.resolve(link) or uri

        def resolve(link: Link, uri: str) -> str | None:
            parts = urlsplit(link.address)
            if parts.path.startswith("/"):
                return page.resolve(link)
            folder = "" if link.from_root else self.site.page(uri).origin
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            typed = parts._replace(path=quote(f"/{target}")).geturl()
            return page.resolve(replace(link, address=typed, from_root=True))

        return PageAddress(self.uri, href, resolve)
