"""A site that another program built: its pages, their sidecars, and one page annotated."""

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from mkdocs_annotate.exchange.data_block import data_block
from mkdocs_annotate.exchange.publication import SOURCES, path_beside
from mkdocs_annotate.hosts.html_pages import (
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
from mkdocs_annotate.hosts.html_settings import SiteSettings
from mkdocs_annotate.hosts.package_assets import INDEX_ASSET
from mkdocs_annotate.hosts.publishing import PageExport
from mkdocs_annotate.model.levels import levelled
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule, in_order
from mkdocs_annotate.rendering.documents import Document, read_document
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.splice import BEGIN, END
from mkdocs_annotate.sidecar.files import (
    SUFFIX,
    display_path,
    intended_article,
    looks_like_sidecar,
    misnamed,
)

ASSETS_FOLDER = "annotate-assets"
"""Where our stylesheet and script are put in a site that does not name another place."""

_PAGES = (".html", ".htm")
_XML = (".xhtml", ".xht")
MAX_PAGE = 64 << 20
"""Largest page that is read, in bytes."""


class Pairs(NamedTuple):
    """Which sidecar belongs to which page, by their paths in their folders, and what is wrong."""

    sidecars: dict[str, str]
    problems: list[Problem]


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
        if not path or (path.startswith("/") and not link.rooted):
            # What lies at an absolute address is up to the server.
            return link.address
        start = "" if link.rooted else self.origin
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
        self.pages = sorted(_files(settings.site, (*_PAGES, *_XML)))
        """The paths of all pages in the site."""

        found = sorted(_files(settings.sidecars, (SUFFIX,)))
        self.pairs = pairs_of(self.pages, found, settings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the site beside its single pages."""
        settings = self.settings
        names = _lookalikes(settings.sidecars, self.pages)
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
        if uri.endswith(_XML):
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
        request = Request(settings.selectors, self.head(uri, index=index), name)
        return annotate_document(html, page, options, request), page.exports

    def document(self, html: str) -> Document:
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


def address_of(uri: str) -> str:
    """Return the address of a page from that of the site: that of its folder for an index."""
    folder, sign, name = uri.rpartition("/")
    return folder + sign if name == "index.html" else uri


def sidecar_names(uri: str) -> tuple[str, ...]:
    """Return what the sidecar of the page at `uri` may be called, the usual name first."""
    stem = posixpath.splitext(uri)[0]
    short = stem.removesuffix("/index")
    return tuple(dict.fromkeys((short + SUFFIX, stem + SUFFIX)))


def _files(root: Path, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the paths of files below `root` that end so; hidden folders and ours are left out.

    Links to folders are not followed, and links to files outside of `root` are left out.
    """
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name != ASSETS_FOLDER
        )
        for name in names:
            if name.endswith(endings) and not name.startswith("."):
                path = Path(folder, name)
                if not path.is_symlink() or _is_within(path, root):
                    yield path.relative_to(root).as_posix()


def _is_within(path: Path, root: Path) -> bool:
    return Path(os.path.realpath(root)) in Path(os.path.realpath(path)).parents


def pairs_of(pages: Iterable[str], sidecars: Iterable[str], settings: SiteSettings) -> Pairs:
    """Return which of `sidecars` belongs to which of `pages`, and what is wrong.

    `a.annotations.yml` is for `a.html` or `a/index.html`.  Where there are both, the second has
    `a/index.annotations.yml`, or nobody can say which is meant.
    """
    known = set(pages)
    stems = {name.removesuffix(SUFFIX) for name in sidecars}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for stem in sorted(stems):
        name = stem + SUFFIX
        place = Position(display_path(settings.sidecars / name), 1, 1)
        direct = [stem + end for end in (*_PAGES, *_XML) if stem + end in known]
        below = f"{stem}/index.html"
        own = f"{stem}/index" in stems
        candidates = direct + [below] * (below in known and not own)
        if len(candidates) == 1:
            found[candidates[0]] = name
        elif candidates:
            problems.append(_two_pages(place, candidates, stem))
        elif below in known:
            other = display_path(settings.sidecars / f"{stem}/index{SUFFIX}")
            message = f"the page has another sidecar, {other}, and this one is not read"
            cure = "move its entries there, and remove it"
            problems.append(Problem(place, Rule.TWO_SIDECARS, message, cure))
        else:
            problems.append(_no_page(place, stem, known))
    return Pairs(found, problems)


def _two_pages(place: Position, candidates: list[str], stem: str) -> Problem:
    message = f"two pages could have this sidecar, {' and '.join(candidates)}"
    cure = "remove one of the pages"
    if candidates[-1] == f"{stem}/index.html":
        cure = (
            f"if it is about the second, move it to {stem}/index{SUFFIX}; "
            "if not, remove one of the pages"
        )
    return Problem(place, Rule.TWO_PAGES, message, cure)


def _no_page(place: Position, stem: str, pages: set[str]) -> Problem:
    names = {_stem_of(page): page for page in pages}
    near = nearest(stem, names)
    message = f"the site has no page {stem}.html or {stem}/index.html"
    if near:
        cure = f"is it for {names[near]}? Rename it to {near}{SUFFIX}"
    else:
        cure = "a folder of sidecars mirrors the built site; move it, or remove it"
    return Problem(place, Rule.NO_ARTICLE, message, cure)


def _stem_of(page: str) -> str:
    """Return what the sidecar of a page is called, without its ending."""
    stem = posixpath.splitext(page)[0]
    return stem.removesuffix("/index") or stem


def _lookalikes(folder: Path, pages: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file in a folder of sidecars that is nearly called like one."""
    for name in sorted(_files(folder, (".yml", ".yaml", ".txt", ".bak"))):
        path = folder / name
        if not name.endswith(SUFFIX) and looks_like_sidecar(path):
            stem = posixpath.splitext(intended_article(name))[0]
            known = {_stem_of(page) for page in pages}
            near = stem if stem in known else nearest(stem, known) or stem
            yield misnamed(path, posixpath.basename(near) + SUFFIX)
