"""A built site, served on this machine alone so that its pages can be written.

Each page is annotated when it is asked for, from the file that the builder has written and the
sidecar as it is now.  The files of the site are never changed.
"""

from __future__ import annotations

import mimetypes
import posixpath
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from mkdocs_annotate.anchoring.page import Page as PageText
from mkdocs_annotate.any_html.pages import Request, annotate_document, plain_page
from mkdocs_annotate.any_html.sidecars import ASSETS_FOLDER, PAGES, sidecar_names
from mkdocs_annotate.any_html.sites import HtmlSite, source_beside
from mkdocs_annotate.files.paths import ASSETS, INDEX_ASSET, asset_path, display_path, is_inside
from mkdocs_annotate.hosts.pages_to_write import SidecarPlace, writable_page
from mkdocs_annotate.model.problems import Level, Problem
from mkdocs_annotate.writing.application import (
    ARTICLE_END,
    Environ,
    StartResponse,
    WritingApplication,
    article_start,
)

if TYPE_CHECKING:
    from mkdocs_annotate.any_html.settings import SiteSettings
    from mkdocs_annotate.rendering.page import RenderedPage
    from mkdocs_annotate.writing.operations import WritablePage

HOST = "127.0.0.1"

_CHANGES = "/livereload/"
_PATIENCE, _PAUSE = 25.0, 0.2
"""Seconds that a page waits for a change at most, and between two looks at the disk."""

_MOST_WATCHED = 100
"""How many pages are watched, those that were shown last."""


@dataclass
class _Text:
    """The text of a page, prepared for searching, and what it was made from."""

    html: str
    source: str
    page: PageText
    language: str


class BuiltPages:
    """The pages of a built site that were shown, by their paths in it."""

    def __init__(
        self,
        settings: SiteSettings,
        tell: Callable[[str], None],
        sidecars: Mapping[str, str] | None = None,
    ) -> None:
        """`sidecars` says what belongs together where they don't mirror the built site."""
        options = replace(settings.options, exports=(), preview=True)
        self.settings = replace(settings, options=options)
        self.site = HtmlSite(self.settings)
        if sidecars is not None:
            self.site.pairs.sidecars.clear()
            self.site.pairs.sidecars.update(sidecars)
            self.site.pairs.problems.clear()
        self.tell = tell
        self.files = BuiltFiles(self)
        self._texts: dict[str, _Text] = {}
        self._told = set[Problem]()

    @property
    def changes(self) -> str:
        """Return where a page asks whether it, or another one shown lately, has changed."""
        return f"{_CHANGES}{self.stamp()}/0"

    def stamp(self) -> int:
        """Return a number that is another one when a page or its sidecar has changed."""
        settings = self.settings
        watched = [settings.place, *(settings.site / uri for uri in self._texts)]
        watched += [self._sidecar(uri) for uri in self._texts]
        return zlib.crc32(repr([_state(path) for path in watched]).encode())

    def page(self, name: str) -> WritablePage | None:
        """Return the page at `name` as it is now; None if it was not shown, or can't be written."""
        if name not in self._texts or not self._seen(name):
            return None
        settings, options, text = self.settings, self.settings.options, self._texts[name]
        place = SidecarPlace(self._sidecar(name), (settings.sidecars,))
        site, resolve = (options, settings.folder), self.site.page(name).resolve
        return writable_page(name, place, text.page, site, text.language, resolve)

    def name_of(self, path: str, html: str) -> str:
        """Return the path in the site of the page at the address `path`; empty for no article."""
        uri = self.files.uri_of(path)
        return uri if uri and self._seen(uri) else ""

    def article(self, name: str) -> str:
        """Return the article of a page as its sidecar is now."""
        behind = self._annotated(name).partition(article_start(name))[2]
        return behind.rpartition(ARTICLE_END)[0]

    def shown(self, name: str, html: str) -> str:
        """Return the page with its article as its sidecar is now."""
        return self._annotated(name)

    def _annotated(self, uri: str) -> str:
        read = self.site.read(uri)
        return self._made(uri, read.decoded.text).html if read.decoded else ""

    def _made(self, uri: str, html: str) -> RenderedPage:
        sidecar = self._sidecar(uri)
        there = sidecar.is_symlink() or sidecar.exists()
        # Without any it is one that says nothing.
        given = sidecar if there else "{}\n"
        options = replace(self.settings.options, sidecar=given)
        source, page = source_beside(sidecar), self.site.page(uri)
        # The pages of Zensical load our stylesheet and script themselves.
        plain = plain_page(html) or ""
        head = "" if all(f"/{name}" in plain for name in ASSETS) else self.site.head(uri)
        name = display_path(page.article)
        request = Request(
            self.settings.selectors, head, name, source, around=(article_start(uri), ARTICLE_END)
        )
        return annotate_document(html, page, options, request)

    def _seen(self, uri: str) -> bool:
        """Return whether a page has an article that can be written; say why where it has none."""
        read = self.site.read(uri)
        if read.decoded is None:
            self._tell(read.problem)
            return False
        html, source = read.decoded.text, source_beside(self._sidecar(uri))
        known = self._texts.pop(uri, None)
        if known is None or (known.html, known.source) != (html, source):
            made = self._made(uri, html)
            if ARTICLE_END not in made.html:
                for problem in made.problems:
                    self._tell(problem)
                return False
            text = PageText.of_html(self.site.article(html), source)
            known = _Text(html, source, text, self.site.document(html).language)
        self._texts[uri] = known
        while len(self._texts) > _MOST_WATCHED:
            del self._texts[next(iter(self._texts))]
        return True

    def _tell(self, problem: Problem | None) -> None:
        if problem is not None and problem.level != Level.INFO and problem not in self._told:
            self._told.add(problem)
            self.tell(str(problem))

    def _sidecar(self, uri: str) -> Path:
        """Return where the sidecar of a page is, or would be."""
        pairs, folder = self.site.pairs.sidecars, self.settings.sidecars
        if uri not in pairs:
            usual, *other = sidecar_names(uri)
            twin = f"{posixpath.dirname(uri)}.html"
            # `a.annotations.yml` belongs to `a.html` where there is one.
            apart = other and ((folder / other[0]).exists() or twin in self.site.pages)
            pairs[uri] = other[0] if apart else usual
        return folder / pairs[uri]


def _state(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


class BuiltFiles:
    """The files of a built site as a WSGI application, with our assets, and what tells of changes.

    Paths begin where those of the site's address do.  Only files inside the site are shown.
    """

    def __init__(self, pages: BuiltPages) -> None:
        self._pages = pages
        self._root = pages.settings.site
        path = urlsplit(pages.settings.site_url).path.strip("/")
        self.base = f"/{path}/" if path else "/"

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, as WSGI says (PEP 3333)."""
        path = _decoded(environ)
        if path.startswith(_CHANGES):
            return self._change(path, start_response)
        uri = self._uri(path)
        if uri is None and path == "/":
            return _moved(self.base, start_response)
        if uri and not path.endswith("/") and self._is_file(f"{uri}/index.html"):
            # Relative addresses in the page begin in its folder.
            return _moved(f"{self.base}{uri}/", start_response)
        found = self.uri_of(path)
        if found:
            decoded = self._pages.site.read(found).decoded if found.endswith(PAGES) else None
            if decoded is not None:
                return _answer("200 OK", _HTML, decoded.text.encode(), start_response)
            data = (self._root / found).read_bytes()
            return _answer("200 OK", _type_of(found), data, start_response)
        return self._asset(uri or "", start_response)

    def uri_of(self, path: str) -> str:
        """Return the path in the site of the file at an address; empty without one."""
        uri = self._uri(path)
        if uri is None:
            return ""
        names = [f"{uri}/index.html".lstrip("/")] if path.endswith("/") else [uri, f"{uri}.html"]
        return next((name for name in names if self._is_file(name)), "")

    def _uri(self, path: str) -> str | None:
        """Return an address as a path in the site; None for one outside."""
        whole = posixpath.normpath("/" + path.lstrip("/")) + "/"
        if not whole.startswith(self.base) or "\0" in whole or "\\" in whole:
            return None
        return whole[len(self.base) :].strip("/")

    def _is_file(self, uri: str) -> bool:
        path = self._root / uri
        hidden = any(part.startswith(".") for part in uri.split("/"))
        return not hidden and path.is_file() and is_inside(path, self._root)

    def _asset(self, uri: str, start_response: StartResponse) -> Iterable[bytes]:
        folder, _, name = uri.rpartition("/")
        if folder == ASSETS_FOLDER and name in (*ASSETS, INDEX_ASSET):
            data = asset_path(name).read_bytes()
            return _answer("200 OK", _type_of(name), data, start_response)
        data = b"<!DOCTYPE html><title>404</title><p>The site has no such page."
        if self._is_file("404.html"):
            data = (self._root / "404.html").read_bytes()
        return _answer("404 Not Found", _HTML, data, start_response)

    def _change(self, path: str, start_response: StartResponse) -> Iterable[bytes]:
        known = path[len(_CHANGES) :].partition("/")[0]
        until = time.monotonic() + _PATIENCE
        while (now := str(self._pages.stamp())) == known and time.monotonic() < until:
            time.sleep(_PAUSE)
        return _answer("200 OK", "text/plain", now.encode(), start_response)


_HTML = "text/html; charset=utf-8"


def _decoded(environ: Environ) -> str:
    # WSGI gives bytes as Latin-1.
    return str(environ.get("PATH_INFO", "")).encode("latin-1", "replace").decode("utf-8", "replace")


def _type_of(name: str) -> str:
    # What a system calls scripts can be wrong, and then browsers run none.
    own = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"}
    ending = posixpath.splitext(name)[1].lower()
    return own.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _moved(address: str, start_response: StartResponse) -> Iterable[bytes]:
    start_response("302 Found", [("Location", quote(address)), ("Content-Length", "0")])
    return []


def _answer(status: str, type_: str, body: bytes, start_response: StartResponse) -> Iterable[bytes]:
    length = ("Content-Length", str(len(body)))
    start_response(status, [("Content-Type", type_), length, ("Cache-Control", "no-store")])
    return [body]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    timeout = 30
    """Seconds that a request may take to arrive."""

    def log_message(self, *_: Any) -> None:
        """Say nothing: what is written is told, and each problem of the site."""


class WritingServer:
    """A server of a built site, which listens on this machine alone from its making on.

    Raises OSError where nobody may listen at `port`; 0 takes any that is free.
    """

    def __init__(self, pages: BuiltPages, port: int) -> None:
        self._server = _Server((HOST, port), _Handler)
        port = self._server.server_port
        application = WritingApplication(pages.files, pages, port, pages.tell)
        self._server.set_app(application)
        self.address = application.opened_at(f"http://{HOST}:{port}{quote(pages.files.base)}")
        """What to open, with the key."""

    def serve(self) -> None:
        """Answer requests until `stop` is called, or this thread is interrupted."""
        self._server.serve_forever(0.1)

    def stop(self) -> None:
        """End `serve`, and close the port."""
        self._server.shutdown()
        self._server.server_close()
