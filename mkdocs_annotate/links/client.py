"""A polite HTTP client: it respects robots.txt, pauses, tries again and follows redirects."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlsplit

from mkdocs_annotate.links.http import Failure, HttpClient, Response, redirect_target
from mkdocs_annotate.links.public_hosts import Connector
from mkdocs_annotate.links.robots import MAX_BYTES, Robots, parse_robots
from mkdocs_annotate.model.links import Link, LinkKind, parse_link, shown_host


class Clock(NamedTuple):
    """A clock: the time in seconds from some moment, and a function that waits."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


SYSTEM_CLOCK = Clock()

MOST_PAUSE = 60.0
"""The longest pause, in seconds; a host that asks for a longer one is not requested at all."""


class PauseTooLong(Exception):
    """The host wants a longer pause than anybody would wait for."""


class _Host:
    def __init__(self) -> None:
        self.lock = Lock()
        self.free_at = 0.0
        self.pause = 0.0


class RateLimit:
    """One request to a host at a time, with pauses between; safe to share among threads."""

    def __init__(self, pause: float, clock: Clock = SYSTEM_CLOCK) -> None:
        self.pause = pause
        """Seconds between two requests to a host."""
        self.clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    def _of(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until `host` may be requested, and keep other threads from it meanwhile.

        Raises PauseTooLong where that would take longer than `MOST_PAUSE`.
        """
        found = self._of(host)
        with found.lock:
            wait = found.free_at - self.clock.now()
            if wait > MOST_PAUSE:
                raise PauseTooLong
            if wait > 0:
                self.clock.sleep(wait)
            try:
                yield
            finally:
                pause = max(self.pause, found.pause)
                found.free_at = max(found.free_at, self.clock.now() + pause)

    def slow_down(self, host: str, pause: float) -> None:
        """Leave at least `pause` seconds between two requests to `host`."""
        found = self._of(host)
        with found.lock:
            found.pause = max(found.pause, pause)
            found.free_at = max(found.free_at, self.clock.now() + pause)

    def rest(self, host: str, pause: float) -> None:
        """Leave `host` alone for `pause` seconds."""
        found = self._of(host)
        with found.lock:
            found.free_at = max(found.free_at, self.clock.now() + pause)


NAME = "mkdocs-annotate"
"""Our name in a robots.txt."""

MOST_REDIRECTS = 5

_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (429, 503)
_AGAIN = (Failure.NO_HOST, Failure.NAMELESS, Failure.TIMEOUT, Failure.CONNECTION)
# After such a failure no page of the host will do better.
_OF_HOST = (*_AGAIN, Failure.PRIVATE, Failure.TLS, Failure.NOT_HTTP)


def _wall_clock() -> datetime:
    return datetime.now(timezone.utc)


class Client:
    """Sends requests; safe to share among threads."""

    def __init__(
        self,
        http: HttpClient,
        rate_limit: RateLimit,
        *,
        retries: int = 2,
        first_pause: float = 2.0,
        wall: Callable[[], datetime] = _wall_clock,
    ) -> None:
        self.http = http
        self.rate_limit = rate_limit
        self.retries = retries
        self.first_pause = first_pause
        self.wall = wall
        self._robots: dict[str, Robots | Failure] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def get(self, link: Link, *, page: bool, robots: bool = True) -> Response:
        """Return the response of `link` after all redirects; with its page only if `page`.

        Without `page`, HEAD is sent first, and GET if HEAD is refused, as many servers do.
        Without `robots`, no robots.txt is read: for services made for programs.  Never raises.
        """
        if not page:
            response = self._followed("HEAD", link, robots=robots)
            if 200 <= response.status < 300 or not _may_be_the_method(response):
                return response
        return self._followed("GET", link, robots=robots)

    def _followed(self, method: str, link: Link, *, robots: bool) -> Response:
        seen: set[str] = set()
        while True:
            seen.add(link.address)
            response = self._allowed(link) if robots else None
            response = response or self._retried(method, link)
            if response.status not in _REDIRECTS:
                return response
            target = parse_link(redirect_target(response))
            if not isinstance(target, Link) or target.kind is not LinkKind.EXTERNAL:
                return Response(failure=Failure.BAD_REDIRECT, address=link.address)
            if target.address in seen or len(seen) > MOST_REDIRECTS:
                return Response(failure=Failure.REDIRECTS, address=link.address)
            link = target

    def _allowed(self, link: Link) -> Response | None:
        """Return a failed response if robots.txt forbids `link`; else None."""
        robots = self._robots_of(link)
        if isinstance(robots, Failure):
            return Response(failure=robots, address=link.address)
        if not robots.allows(link.address):
            return Response(failure=Failure.ROBOTS, address=link.address)
        return None

    def _robots_of(self, link: Link) -> Robots | Failure:
        """Return the rules of the host of `link`, fetched once."""
        parts = urlsplit(link.address)
        origin = f"{parts.scheme.lower()}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(origin, Lock())
        with lock:
            if origin not in self._robots:
                self._robots[origin] = self._fetched_robots(origin, shown_host(link))
            return self._robots[origin]

    def _fetched_robots(self, origin: str, host: str) -> Robots | Failure:
        """Return the rules in the robots.txt of `origin`.

        Without such a file everything is allowed; where it can't be read, nothing.
        Source: RFC 9309 §2.3.1.
        """
        response = self._followed("GET", Link(f"{origin}/robots.txt"), robots=False)
        if response.failure:
            return response.failure if response.failure in _OF_HOST else Failure.NO_ROBOTS
        if response.status == 429 or response.status >= 500:
            return Failure.NO_ROBOTS
        if not 200 <= response.status < 300:
            return Robots()
        robots = parse_robots(response.body[:MAX_BYTES].decode("utf-8-sig", "replace"), NAME)
        if robots.delay:
            self.rate_limit.slow_down(host, robots.delay)
        return robots

    def _retried(self, method: str, link: Link) -> Response:
        """Return the response of one address, asked again where that may help."""
        host = shown_host(link)
        # A server that drops HEAD may know GET, which is sent next, with retries.
        retries = self.retries if method == "GET" else 0
        for attempt in range(retries + 1):
            try:
                with self.rate_limit.turn(host):
                    response = self.http.fetch(method, link)
            except PauseTooLong:
                return Response(failure=Failure.LATER, address=link.address)
            if response.status not in _LATER and response.failure not in _AGAIN:
                break
            pause = self.first_pause * 2**attempt
            if response.status:
                pause = max(pause, self._seconds(response.retry_after))
            self.rate_limit.rest(host, pause)
            if pause > MOST_PAUSE:
                break
        return response

    def _seconds(self, retry_after: str) -> float:
        """Return the seconds to wait by the header `Retry-After`; 0 where it can't be read."""
        if re.fullmatch(r"\d{1,9}", retry_after, re.ASCII):
            return float(retry_after)
        try:
            until = parsedate_to_datetime(retry_after)
            return (until - self.wall()).total_seconds()
        # A date without a zone can't be subtracted.
        except (ValueError, TypeError, OverflowError):
            return 0


def _may_be_the_method(response: Response) -> bool:
    """Return whether a server may have refused only the method HEAD."""
    if response.failure:
        return response.failure in (Failure.CONNECTION, Failure.TIMEOUT, Failure.NOT_HTTP)
    return True


def user_agent(version: str, home: str) -> str:
    """Return our header `User-Agent`: name, version, and the project's page if it has one."""
    return f"{NAME}/{version} (+{home})" if home else f"{NAME}/{version}"


def polite_client(
    agent: str, *, delay: float, timeout: float, retries: int, allow_private: bool
) -> Client:
    """Return a client that calls itself `agent`.

    `delay` are the seconds between two requests to a host, `timeout` those that a response may
    take.  With `allow_private` hosts of this machine and its network are asked, too.
    """
    http = HttpClient(agent, Connector(allow_private), timeout)
    return Client(http, RateLimit(delay), retries=retries, first_pause=2 * delay)


def without_fragment(link: Link) -> Link:
    """Return the address without its fragment, which is not sent to servers."""
    return Link(link.address.partition("#")[0])
