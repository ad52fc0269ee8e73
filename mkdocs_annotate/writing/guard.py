"""Who may ask the server that writes: this machine alone, from its own page, with the token.

MkDocs' server answers any `Host` and takes any method, so all of this is checked here.  The rules
are those of the project's security design: a page on the web must never write, nor read a draft.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

TOKEN_HEADER = "X-Annotate-Token"
"""The header that requests to write carry the token in."""

MAX_BODY = 64 << 10
"""Largest request to write, in bytes."""

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Refusal(NamedTuple):
    """Why a request is refused: an HTTP status line, and a sentence."""

    status: str
    message: str


@dataclass(frozen=True)
class Guard:
    """The rules for one server, which listens on a loopback address at `port`."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """256 bits from the system, new for each run; it is shown in the terminal alone."""

    def refused_page(self, environ: Mapping[str, Any]) -> Refusal | None:
        """Return why a request of any kind gets no answer; None where it may have one.

        The name of the host must be ours, so that no name of a stranger leads here (DNS rebinding).
        """
        if environ.get("HTTP_HOST", "") not in self._hosts:
            return Refusal("421 Misdirected Request", "this server has another name")
        return None

    def refused_write(self, environ: Mapping[str, Any]) -> Refusal | None:
        """Return why a request to read or change annotations is refused; None where it is not."""
        if refusal := self.refused_page(environ):
            return refusal
        if environ.get("REQUEST_METHOD") != "POST":
            return Refusal("405 Method Not Allowed", "annotations are written by POST alone")
        return self._foreign(environ) or self._unfit(environ) or self._unknown(environ)

    @property
    def _hosts(self) -> frozenset[str]:
        names = {f"{host}:{self.port}" for host in _LOOPBACK}
        return frozenset(names | set(_LOOPBACK) if self.port == 80 else names)

    def _foreign(self, environ: Mapping[str, Any]) -> Refusal | None:
        if environ.get("HTTP_ORIGIN", "") != f"http://{environ['HTTP_HOST']}":
            return Refusal("403 Forbidden", "the request comes from another page")
        if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") != "same-origin":
            return Refusal("403 Forbidden", "the request comes from another site")
        return None

    def _unfit(self, environ: Mapping[str, Any]) -> Refusal | None:
        if environ.get("CONTENT_TYPE", "") != "application/json":
            return Refusal("415 Unsupported Media Type", "only application/json is read")
        length = environ.get("CONTENT_LENGTH") or ""
        if "HTTP_TRANSFER_ENCODING" in environ or not (length.isascii() and length.isdigit()):
            return Refusal("411 Length Required", "the length of the request must be given")
        if len(length) > 9 or int(length) > MAX_BODY:
            return Refusal("413 Content Too Large", f"at most {MAX_BODY >> 10} kB are read")
        return None

    def _unknown(self, environ: Mapping[str, Any]) -> Refusal | None:
        given = environ.get("HTTP_X_ANNOTATE_TOKEN", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode()):
            return Refusal("401 Unauthorized", "open the address that the terminal shows")
        return None
