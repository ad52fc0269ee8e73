"""Connecting, and only where a stranger's address may lead: to the public internet."""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from mkdocs_annotate.network.answers import Trouble
from mkdocs_annotate.network.public_addresses import is_public

MOST_ADDRESSES = 4
"""How many addresses of one host are tried."""

Resolve = Callable[[str, int], list[Any]]
"""Looks a host up, as `socket.getaddrinfo` does."""


class Unreached(Exception):
    """There is no connection; it says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class Clock(NamedTuple):
    """The time in seconds from some moment, and how to let some of it pass."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


SYSTEM = Clock()
"""The clock of the machine."""


def resolved(host: str, port: int) -> list[Any]:
    """Return what the system knows of `host`.  Raises OSError."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@dataclass(frozen=True)
class Guard:
    """Makes connections to hosts that strangers name."""

    allow_private: bool = False
    """Hosts of the own machine and network may be asked too."""

    resolve: Resolve = resolved
    clock: Clock = SYSTEM

    def knows(self, host: str) -> bool:
        """Return whether `host` can be looked up at all.  Never raises."""
        try:
            return bool(self.resolve(host, 443))
        except (OSError, UnicodeError):
            return False

    def connected(self, host: str, port: int, *, secure: bool, until: float) -> socket.socket:
        """Return a connection to `host`, made before the clock says `until`.

        It leads to the very address that was looked at: a host that answers the next look-up
        with another one gains nothing.  Raises Unreached.
        """
        failure: Unreached | None = None
        for family, address in self._addresses(host, port):
            line = socket.socket(family, socket.SOCK_STREAM)
            try:
                return self._opened(line, address, host if secure else "", until)
            except Unreached as error:
                line.close()
                failure = error
        raise failure or Unreached(Trouble.PRIVATE)

    def _addresses(self, host: str, port: int) -> list[tuple[int, Any]]:
        try:
            found = self.resolve(host, port)
        except socket.gaierror as error:
            missing = error.errno == socket.EAI_NONAME
            trouble = Trouble.NO_HOST if missing else Trouble.NAMELESS
            raise Unreached(trouble) from error
        except (OSError, UnicodeError) as error:
            raise Unreached(Trouble.NAMELESS) from error
        pairs = [(family, address) for family, _, _, _, address in found]
        return [
            (family, address)
            for family, address in dict.fromkeys(pairs)
            if self.allow_private or is_public(address[0])
        ][:MOST_ADDRESSES]

    @cached_property
    def _encryption(self) -> ssl.SSLContext:
        """Return how connections are encrypted: to read all known authorities takes a while."""
        return ssl.create_default_context()

    def _opened(self, line: socket.socket, address: Any, name: str, until: float) -> socket.socket:
        """Return the connection `line` to `address`, encrypted for the host `name` unless empty."""
        try:
            line.settimeout(remaining(until, self.clock))
            line.connect(address)
            if not name:
                return line
            line.settimeout(remaining(until, self.clock))
            return self._encryption.wrap_socket(line, server_hostname=name)
        except TimeoutError as error:
            raise Unreached(Trouble.TIMEOUT) from error
        except (ssl.SSLError, ssl.CertificateError, ValueError) as error:
            raise Unreached(Trouble.TLS) from error
        except OSError as error:
            raise Unreached(Trouble.CONNECTION) from error


def remaining(until: float, clock: Clock) -> float:
    """Return the seconds left before the clock says `until`.  Raises TimeoutError without any."""
    left = until - clock.now()
    if left <= 0:
        raise TimeoutError
    return left
