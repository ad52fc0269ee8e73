"""The server that writes, as a WSGI application around one that shows a site.

Every request passes the guard.  A page with an article is shown as its sidecar is now; requests to
`ENDPOINT` read and change the sidecar.  The host says which pages there are, and how they look.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from html import escape
from importlib.resources import files
from threading import Lock
from typing import Any, Protocol
from urllib.parse import quote

from mkdocs_annotate.files.writing import (
    NotWritten,
    make_folder,
    remove_if_unchanged,
    write_if_unchanged,
)
from mkdocs_annotate.model.problems import Position, shown
from mkdocs_annotate.model.reporting import internal_error
from mkdocs_annotate.sidecar.files import read_text
from mkdocs_annotate.writing.guard import Guard, Refusal
from mkdocs_annotate.writing.operations import (
    Conflict,
    Refused,
    WritablePage,
    changed,
    digest,
    located,
)
from mkdocs_annotate.writing.page_state import form_words, previewed, state_of

ARTICLE_END = "<!--/ann-page-->"


def article_start(name: str) -> str:
    """Return what stands before the article of the page `name`, and `ARTICLE_END` behind it."""
    return f"<!--ann-page {quote(name, safe='/')}-->"


ENDPOINT = "/.annotate/"
"""Below which the server's own addresses are."""

SCRIPT, STYLE = "annotate-writing.js", "annotate-writing.css"
_TYPES = {SCRIPT: "text/javascript; charset=utf-8", STYLE: "text/css; charset=utf-8"}

_CLOSED = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
"""What keeps other sites from showing, loading and holding on to anything of this one."""

_CHANGED = "somebody else has changed the file meanwhile; look, and save again"

_MOST_UNDO = 50
"""How many changes can be undone, of all pages together."""

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]


class WritableSite(Protocol):
    """What the application asks of a host."""

    def page(self, name: str) -> WritablePage | None:
        """Return the page that is called `name`, as it was built last; None if there is none."""

    def name_of(self, path: str, html: str) -> str:
        """Return what the page at the address `path` with `html` is called.

        Empty for one without an article of ours.
        """

    @property
    def changes(self) -> str:
        """Return where a page asks whether it has changed; empty where its host has put that in.

        It is an address whose last part but one is a number; the answer is the next number.
        """

    def article(self, name: str) -> str:
        """Return the article of the page `name`, as it was built last, with its sidecar as it is.

        Other programs may change it further before it is shown.
        """

    def shown(self, name: str, html: str) -> str:
        """Return `html`, a built page, with what its sidecar says now."""


class WritingApplication:
    """Shows a site, and writes the sidecars of its pages."""

    def __init__(
        self, inner: WsgiApp, site: WritableSite, port: int, tell: Callable[[str], None]
    ) -> None:
        """`inner` shows the site on a loopback address at `port`; `tell` prints in the terminal."""
        self._inner = inner
        self._site = site
        self._guard = Guard(port)
        self._tell = tell
        self._lock = Lock()
        self._undo: dict[tuple[str, str], str | None] = {}

    def opened_at(self, address: str) -> str:
        """Return what to open for `address`: the token is its fragment, which no server gets."""
        return f"{address}#annotate={quote(self._guard.token)}"

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, as WSGI says (PEP 3333)."""
        path = str(environ.get("PATH_INFO", ""))
        if refusal := self._guard.refused_page(environ):
            return _refused(refusal, start_response)
        if path.startswith(ENDPOINT):
            return self._own(path[len(ENDPOINT) :], environ, start_response)
        if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return _refused(Refusal("405 Method Not Allowed", "pages are read"), start_response)
        return self._page(environ, start_response)

    def _own(self, name: str, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if name in _TYPES and environ.get("REQUEST_METHOD") == "GET":
            body = (files("mkdocs_annotate") / "assets" / name).read_bytes()
            return _answer("200 OK", _TYPES[name], body, start)
        if name != "write":
            return _refused(Refusal("404 Not Found", "there is nothing here"), start)
        if refusal := self._guard.refused_write(environ):
            return _refused(refusal, start)
        status, told = self._written(environ)
        return _answer(status, "application/json", json.dumps(told).encode(), start)

    def _written(self, environ: Environ) -> tuple[str, dict[str, Any]]:
        """Return the status of a request that may write, and what is answered."""
        try:
            request = _request(environ)
            page = self._site.page(str(request.get("page")))
            if page is None:
                raise Refused("the site has no such page; load it again")
            with self._lock:
                return "200 OK", self._done(page, request)
        except Conflict as error:
            return "409 Conflict", {"error": str(error)}
        except (Refused, NotWritten) as error:
            return "422 Unprocessable Content", {"error": str(error)}
        # A mistake of ours must not end the server, nor lose the words in the browser.
        except Exception as error:
            told = internal_error(error, Position("write", 1, 1))
            self._tell(str(told))
            return "500 Internal Server Error", {"error": told.message}

    def _done(self, page: WritablePage, request: Mapping[str, Any]) -> dict[str, Any]:
        do = request.get("do")
        text = _text_of(page)
        if do == "state":
            return state_of(page, text)
        if do == "locate":
            return located(page, request)
        if do == "preview":
            return previewed(page, str(request.get("note") or ""))
        if request.get("hash") != digest(text):
            raise Conflict(_CHANGED)
        if do == "undo":
            return self._undone(page, text)
        new = changed(page, text, request, date.today())
        return self._put(page, new, text, f"{do}")

    def _put(self, page: WritablePage, new: str, text: str | None, what: str) -> dict[str, Any]:
        if new != text:
            if not page.is_in_roots:
                raise Refused("the sidecar would lie outside the site's folders")
            make_folder(page.sidecar.parent)
            with _conflicts(page, text):
                write_if_unchanged(page.sidecar, new, text)
            key = (page.name, digest(new))
            self._undo.pop(key, None)
            self._undo[key] = text
            while len(self._undo) > _MOST_UNDO:
                del self._undo[next(iter(self._undo))]
            line = _first_difference(text or "", new)
            self._tell(f"{page.file}:{line}: {shown(what)}")
        return {**self._seen(page, new), "undo": new != text}

    def _seen(self, page: WritablePage, text: str | None) -> dict[str, Any]:
        """Return what the page must know now, and its article, whatever the build is doing."""
        return {**state_of(page, text), "article": self._site.article(page.name)}

    def _undone(self, page: WritablePage, text: str | None) -> dict[str, Any]:
        key = (page.name, digest(text))
        if key not in self._undo or text is None:
            raise Refused("there is nothing to undo any more")
        before = self._undo[key]
        with _conflicts(page, text):
            if before is None:
                # The file was made for this entry.
                remove_if_unchanged(page.sidecar, text)
            else:
                write_if_unchanged(page.sidecar, before, text)
        del self._undo[key]
        self._tell(f"{page.file}:{_first_difference(text, before or '')}: undo")
        return self._seen(page, before)

    def _page(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Return what the site shows, an article as its sidecar is now."""
        kept: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            kept[:] = [status, headers, *more]
            return lambda _: None

        result = self._inner(environ, start)
        status, headers, *more = kept
        ours = {name.lower() for name, _ in _CLOSED}
        headers = [*(pair for pair in headers if pair[0].lower() not in ours), *_CLOSED]
        types = [value for name, value in headers if name.lower() == "content-type"]
        html = bool(types) and types[0].startswith("text/html")
        if not html or not status.startswith("200") or environ["REQUEST_METHOD"] != "GET":
            start_response(status, headers, *more)
            return result
        try:
            body = b"".join(result)
        finally:
            getattr(result, "close", lambda: None)()
        body = self._as_now(str(environ.get("PATH_INFO", "")), body)
        headers = [
            pair for pair in headers if pair[0].lower() not in ("content-length", "cache-control")
        ]
        headers += [("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        start_response(status, headers, *more)
        return [body]

    def _as_now(self, path: str, body: bytes) -> bytes:
        try:
            html = body.decode("utf-8")
            name = self._site.name_of(path, html)
            if not name or self._site.page(name) is None:
                return body
            html = self._site.shown(name, html)
        except UnicodeDecodeError:
            return body
        # The page as it was built is better than none.
        except Exception as error:
            self._tell(str(internal_error(error, Position("write", 1, 1))))
            return body
        page = self._site.page(name)
        words = escape(form_words(page.language if page else "")["no_token"])
        changes = escape(self._site.changes)
        tags = (
            f'<link rel="stylesheet" href="{ENDPOINT}{STYLE}">'
            f'<script src="{ENDPOINT}{SCRIPT}" defer'
            f' data-changes="{changes}" data-no-token="{words}"></script>'
        )
        head, sign, tail = html.rpartition("</body>")
        return (f"{head}{tags}{sign}{tail}" if sign else html + tags).encode()


def _request(environ: Environ) -> Mapping[str, Any]:
    """Return what a request says, whose length was checked.  Raises Refused."""
    try:
        told = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    # Also for lone surrogates, long numbers and deep nesting.
    except (ValueError, RecursionError) as error:
        raise Refused("the request is no JSON") from error
    if not isinstance(told, dict):
        raise Refused("the request is no JSON object")
    return told


def _text_of(page: WritablePage) -> str | None:
    """Return the text of a page's sidecar; None where there is none.  Raises Refused."""
    if not page.sidecar.is_symlink() and not page.sidecar.exists():
        return None
    text = read_text(page.sidecar, page.roots)
    if not isinstance(text, str):
        raise Refused(str(text))
    return text


@contextmanager
def _conflicts(page: WritablePage, text: str | None) -> Iterator[None]:
    """Raise Conflict where a sidecar is not written as it does not hold `text` any more."""
    try:
        yield
    except NotWritten as error:
        if _text_of(page) != text:
            raise Conflict(_CHANGED) from error
        raise


def _first_difference(before: str, after: str) -> int:
    """Return the first line, from 1, in which two texts differ."""
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    same = 0
    for one, other in lines:
        if one != other:
            break
        same += 1
    return same + 1


def _refused(refusal: Refusal, start: StartResponse) -> Iterable[bytes]:
    body = json.dumps({"error": refusal.message}).encode()
    return _answer(refusal.status, "application/json", body, start)


def _answer(status: str, type_: str, body: bytes, start: StartResponse) -> Iterable[bytes]:
    headers = [
        ("Content-Type", type_),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *_CLOSED,
    ]
    start(status, headers)
    return [body]
