"""One HTTP request and its response, or the reason why there is none."""

import io
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from mkdocs_annotate.links.public_hosts import (
    Connector,
    Deadline,
    HostNotFound,
    LookupFailed,
    NotEncrypted,
    NotPublic,
)
from mkdocs_annotate.model.links import Link, shown_host

MAX_BYTES = 2 << 20
"""How much of a page is read."""


class Failure(Enum):
    """Why there is no response from an address, in words for writers."""

    NO_HOST = "its host does not exist any more"
    NAMELESS = "its host can't be looked up just now"
    PRIVATE = "its host is not on the public internet, and was not asked"
    TIMEOUT = "it took too long to answer"
    CONNECTION = "the connection to it failed or was lost"
    TLS = "its certificate or encryption is not valid"
    NOT_HTTP = "its server does not speak HTTP"
    REDIRECTS = "it redirects in a circle, or too often"
    BAD_REDIRECT = "it redirects to an address that can't be used"
    ROBOTS = "its robots.txt asks programs to stay away"
    NO_ROBOTS = "its robots.txt can't be read just now"
    LATER = "its host asks for longer pauses between requests than we allow"


LASTING = frozenset({Failure.PRIVATE, Failure.ROBOTS, Failure.BAD_REDIRECT})
"""Failures that are permanent.  A host that does not exist is looked up every time:
that costs nobody anything, and the reason may be our own connection."""

# The first that fits counts.
_FAILURES: tuple[tuple[type[OSError], Failure], ...] = (
    (HostNotFound, Failure.NO_HOST),
    (LookupFailed, Failure.NAMELESS),
    (NotPublic, Failure.PRIVATE),
    (NotEncrypted, Failure.TLS),
    (TimeoutError, Failure.TIMEOUT),
    (OSError, Failure.CONNECTION),
)


@dataclass(frozen=True)
class Response:
    """The status and page of a response, or the failure and nothing else."""

    status: int = 0
    """The HTTP status; 0 where the request failed."""

    failure: Failure | None = None

    address: str = ""
    """The address that responded, after redirects."""

    location: str = ""
    """The header `Location`."""

    retry_after: str = ""
    """The header `Retry-After`."""

    content_type: str = ""

    body: bytes = field(default=b"", repr=False)
    """The page, decompressed; empty where the compression is unknown."""

    whole: bool = True
    """The page is complete: not cut at the limit, by a lost connection or by the deadline."""

    @property
    def temporary(self) -> bool:
        """Return whether the same request may soon get another response."""
        if self.failure:
            return self.failure not in LASTING
        return self.status in (408, 425, 429) or self.status >= 500


@dataclass(frozen=True)
class HttpClient:
    """Sends single requests, without following redirects or retrying."""

    user_agent: str
    """The header `User-Agent`."""

    connector: Connector = field(default_factory=Connector)
    timeout: float = 10
    """Seconds until the headers must be there, and as many again for the page."""

    max_bytes: int = MAX_BYTES
    now: Callable[[], float] = time.monotonic

    def fetch(self, method: str, link: Link) -> Response:
        """Return the response of `link`, an address of another site, to `method`, HEAD or GET.

        At most `max_bytes` bytes of the page are kept.  Never raises.
        """
        connection = _Connection(link, self.connector, Deadline(self.timeout, self.now))
        try:
            connection.connect()
        except OSError as error:
            failure = next(failure for kind, failure in _FAILURES if isinstance(error, kind))
            return Response(failure=failure, address=link.address)
        with connection.opened:
            # A server may respond without having read the request: that response counts.
            with suppress(OSError):
                connection.send_request(method, self.user_agent)
            response = self._received(connection, method)
        return replace(response, address=link.address)

    def _received(self, connection: "_Connection", method: str) -> Response:
        try:
            received = connection.getresponse()
        except TimeoutError:
            return Response(failure=Failure.TIMEOUT)
        except ConnectionError:
            return Response(failure=Failure.CONNECTION)
        except (HTTPException, ValueError):
            return Response(failure=Failure.NOT_HTTP)
        except OSError:
            return Response(failure=Failure.CONNECTION)
        connection.deadline.restart(self.timeout)
        headers = received.headers
        response = Response(
            received.status,
            location=_header(headers.get("Location")),
            retry_after=_header(headers.get("Retry-After")),
            content_type=_header(headers.get("Content-Type")),
        )
        if method == "HEAD" or not 200 <= received.status < 300:
            return response
        raw, whole = _body(received, self.max_bytes)
        encoding = _header(headers.get("Content-Encoding")).lower()
        body, complete = _decompressed(raw, encoding, self.max_bytes)
        return replace(response, body=body, whole=whole and complete)


class _Connection(HTTPConnection):
    """A connection for one request, made by a `Connector`; every wait ends at `deadline`."""

    def __init__(self, link: Link, connector: Connector, deadline: Deadline) -> None:
        self.address = link.address
        self.secure = link.address[:6].lower() == "https:"
        self.deadline = deadline
        self.connector = connector
        self.named_port = urlsplit(link.address).port
        super().__init__(shown_host(link), self.named_port or (443 if self.secure else 80))

    def connect(self) -> None:
        """Make the connection.  Raises OSError."""
        self.opened = self.connector.connect(
            self.host, self.port, secure=self.secure, deadline=self.deadline
        )
        socket: Any = _DeadlineSocket(self.opened, self.deadline)
        self.sock = socket

    def send_request(self, method: str, user_agent: str) -> None:
        """Send a request for the address.  Raises OSError."""
        self.putrequest(
            method, request_target(self.address), skip_host=True, skip_accept_encoding=True
        )
        host = f"{self.host}:{self.named_port}" if self.named_port else self.host
        self.putheader("Host", host)
        self.putheader("User-Agent", user_agent)
        self.putheader("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5")
        self.putheader("Accept-Encoding", "identity")
        self.putheader("Connection", "close")
        self.endheaders()


class _DeadlineSocket(io.RawIOBase):
    """What `http.client` needs of a socket.

    A timeout of a socket limits each wait, so that a byte now and then keeps it open for ever; here
    all waits together end at the deadline.
    """

    def __init__(self, socket: Any, deadline: Deadline) -> None:
        super().__init__()
        self.socket = socket
        self.deadline = deadline

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def sendall(self, data: bytes) -> None:
        """Send `data`.  Raises OSError."""
        self.socket.settimeout(self.deadline.remaining())
        self.socket.sendall(data)

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with the next bytes; return how many.  Raises OSError."""
        self.socket.settimeout(self.deadline.remaining())
        received: int = self.socket.recv_into(buffer)
        return received

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a stream of its own to read from: `http.client` closes the socket before."""
        return io.BufferedReader(_DeadlineSocket(self.socket, self.deadline))


def _header(value: Any) -> str:
    """Return a header as text; `http.client` gives other objects for some."""
    text = str(value or "")[:4_096].strip()
    try:
        # `http.client` reads Latin-1; servers write UTF-8.
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


_CHUNK = 1 << 16


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


_GZIP, _ZLIB = 31, 15
_UNCOMPRESSED = "identity", ""


def _decompressed(raw: bytes, encoding: str, most: int) -> tuple[bytes, bool]:
    """Return at most `most` bytes of a compressed page, and whether that is all of it."""
    if encoding in _UNCOMPRESSED:
        return raw, True
    windows = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": (_ZLIB, -_ZLIB)}.get(encoding, ())
    for window in windows:
        decompressor = zlib.decompressobj(window)
        try:
            data = decompressor.decompress(raw, most)
        except zlib.error:
            continue
        return data, decompressor.eof and not decompressor.unconsumed_tail
    return b"", False


# What may stay as it is; the rest is sent, and compared, as `%XX`.
_SAFE = "/%?&=:;@+,!$'()*~[]-._"


def request_target(address: str) -> str:
    """Return the percent-encoded path and query of an address of another site."""
    parts = urlsplit(address)
    return percent_encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def percent_encoded(text: str) -> str:
    """Return a path or query with everything unusual as `%XX`.  Never raises."""
    return quote(text, safe=_SAFE, errors="replace")


def redirect_target(response: Response) -> str:
    """Return the address to which a response redirects, or an empty text.  Never raises."""
    if not response.location:
        return ""
    try:
        parts = urlsplit(urljoin(response.address, response.location))
        return parts._replace(
            path=percent_encoded(parts.path), query=percent_encoded(parts.query), fragment=""
        ).geturl()
    except ValueError:
        return ""
