"""One request and what comes back, however odd; nothing is followed, nothing asked twice."""

import io
import socket
import zlib
from dataclasses import dataclass, field, replace
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urljoin, urlsplit

from mkdocs_annotate.links.public_hosts import Clock, Guard, Unreached, remaining
from mkdocs_annotate.links.responses import Answer, Trouble, encoded, target_of
from mkdocs_annotate.model.links import Link, shown_host

MAX_BYTES = 2 << 20
"""How much of a page is read."""

_CHUNK = 1 << 16
_GZIP, _ZLIB = 31, 15
_NO_BODY = "identity", ""


@dataclass(frozen=True)
class Fetcher:
    """Sends requests to guarded hosts."""

    agent: str
    """What it calls itself: the header `User-Agent`."""

    guard: Guard = field(default_factory=Guard)
    timeout: float = 10
    """Seconds until the headers are there, and as many again for the page."""

    most: int = MAX_BYTES

    @property
    def clock(self) -> Clock:
        """Return the clock that all of this goes by."""
        return self.guard.clock

    def fetched(self, method: str, link: Link) -> Answer:
        """Return what `link`, which leads to another site, answers to `method`, HEAD or GET.

        Of the page at most `most` bytes are kept.  Never raises.
        """
        secure = link.address[:6].lower() == "https:"
        parts = urlsplit(link.address)
        until = self.clock.now() + self.timeout
        host = shown_host(link)
        port = parts.port or (443 if secure else 80)
        try:
            line = self.guard.connected(host, port, secure=secure, until=until)
        except Unreached as error:
            return Answer(trouble=error.trouble, address=link.address)
        request = _request(method, link, host if not parts.port else f"{host}:{port}", self.agent)
        with line:
            answer = self._exchanged(line, method, request, until)
        return replace(answer, address=link.address)

    def _exchanged(self, line: socket.socket, method: str, request: bytes, until: float) -> Answer:
        stream = Line(line, self.clock, until)
        try:
            line.settimeout(remaining(until, self.clock))
            line.sendall(request)
        # A server may answer without having read: what it says counts.
        except OSError:
            pass
        return answer_from(stream, method, self.timeout, self.most)


def _request(method: str, link: Link, host: str, agent: str) -> bytes:
    lines = [
        f"{method} {target_of(link.address)} HTTP/1.1",
        f"Host: {host}",
        f"User-Agent: {agent}",
        "Accept: text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")


class Line(io.RawIOBase):
    """What a connection brings, until a certain time: not so much a read, but all of them."""

    def __init__(self, line: Any, clock: Clock, until: float) -> None:
        super().__init__()
        self.line = line
        self.clock = clock
        self.until = until

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with what comes next; return how much.  Raises OSError."""
        self.line.settimeout(remaining(self.until, self.clock))
        received: int = self.line.recv_into(buffer)
        return received

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what `HTTPResponse` reads from: it takes this for a socket."""
        return io.BufferedReader(self)


def answer_from(stream: Line, method: str, timeout: float, most: int) -> Answer:
    """Return the answer that `stream` brings to a request of `method`.  Never raises."""
    line: Any = stream
    try:
        response = HTTPResponse(line, method=method)
        response.begin()
    except TimeoutError:
        return Answer(trouble=Trouble.TIMEOUT)
    except ConnectionError:
        return Answer(trouble=Trouble.CONNECTION)
    except (HTTPException, ValueError):
        return Answer(trouble=Trouble.NOT_HTTP)
    except OSError:
        return Answer(trouble=Trouble.CONNECTION)
    stream.until = stream.clock.now() + timeout
    headers = response.headers
    answer = Answer(
        response.status,
        location=_header(headers.get("Location")),
        retry_after=_header(headers.get("Retry-After")),
        content_type=_header(headers.get("Content-Type")),
    )
    if method == "HEAD" or not 200 <= response.status < 300:
        return answer
    raw, whole = _body(response, most)
    body, complete = _unpacked(raw, _header(headers.get("Content-Encoding")).lower(), most)
    return replace(answer, body=body, whole=whole and complete)


def _header(value: Any) -> str:
    """Return a header as text: headers may hold anything, and then are no texts."""
    text = str(value or "")[:4_096].strip()
    try:
        # `http.client` reads Latin-1; servers write UTF-8.
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _body(response: HTTPResponse, most: int) -> tuple[bytes, bool]:
    """Return at most `most` bytes of the page, and whether that is all of it."""
    parts: list[bytes] = []
    size = 0
    try:
        while size <= most and (part := response.read1(_CHUNK)):
            parts.append(part)
            size += len(part)
        whole = size <= most and not response.length
    except (OSError, HTTPException, ValueError):
        whole = False
    return b"".join(parts)[:most], whole


def _unpacked(raw: bytes, encoding: str, most: int) -> tuple[bytes, bool]:
    """Return at most `most` bytes of what was packed, though not asked for, and whether all."""
    if encoding in _NO_BODY:
        return raw, True
    windows = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, -_ZLIB)}.get(encoding, ())
    for window in windows:
        unpacker = zlib.decompressobj(window)
        try:
            data = unpacker.decompress(raw, most)
        except zlib.error:
            continue
        return data, unpacker.eof and not unpacker.unconsumed_tail
    return b"", False


def led_to(answer: Answer) -> str:
    """Return the address that a redirect leads to; empty where it says none.  Never raises."""
    if not answer.location:
        return ""
    try:
        parts = urlsplit(urljoin(answer.address, answer.location))
        return parts._replace(
            path=encoded(parts.path), query=encoded(parts.query), fragment=""
        ).geturl()
    except ValueError:
        return ""
