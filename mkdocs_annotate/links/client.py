"""What an address answers in the end: turns, robots.txt, retries and redirects taken care of."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from mkdocs_annotate.links.http import Fetcher, led_to
from mkdocs_annotate.links.responses import Answer, Trouble
from mkdocs_annotate.links.robots import MAX_BYTES, MOST_PAUSE, Robots, TooLong, Turns, parse_robots
from mkdocs_annotate.model.links import Link, LinkKind, parse_link, shown_host

NAME = "mkdocs-annotate"
"""What robots.txt calls us."""

MOST_REDIRECTS = 5

_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (429, 503)
_AGAIN = (Trouble.NO_HOST, Trouble.NAMELESS, Trouble.TIMEOUT, Trouble.CONNECTION)
# With such a trouble no page of the host will do better.
_OF_HOST = (*_AGAIN, Trouble.PRIVATE, Trouble.TLS, Trouble.NOT_HTTP)


def _wall_clock() -> datetime:
    return datetime.now(timezone.utc)


class Asker:
    """Asks addresses, for all threads of a run."""

    def __init__(
        self,
        fetcher: Fetcher,
        turns: Turns,
        *,
        retries: int = 2,
        first_pause: float = 2.0,
        wall: Callable[[], datetime] = _wall_clock,
    ) -> None:
        self.fetcher = fetcher
        self.turns = turns
        self.retries = retries
        self.first_pause = first_pause
        self.wall = wall
        self._robots: dict[str, Robots | Trouble] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def answer(self, link: Link, *, page: bool, robots: bool = True) -> Answer:
        """Return what `link` answers in the end; with its page only where that is wanted.

        HEAD is asked first where no page is wanted; what it refuses is asked again with GET, as
        many servers know no better.  Without `robots` nobody's robots.txt is looked at, for
        services that are made for programs.  Never raises.
        """
        if not page:
            answer = self._followed("HEAD", link, robots=robots)
            if 200 <= answer.status < 300 or not _may_be_the_method(answer):
                return answer
        return self._followed("GET", link, robots=robots)

    def _followed(self, method: str, link: Link, *, robots: bool) -> Answer:
        seen: set[str] = set()
        while True:
            seen.add(link.address)
            answer = self._allowed(link) if robots else None
            answer = answer or self._patiently(method, link)
            if answer.status not in _REDIRECTS:
                return answer
            target = parse_link(led_to(answer))
            if not isinstance(target, Link) or target.kind is not LinkKind.EXTERNAL:
                return Answer(trouble=Trouble.BAD_REDIRECT, address=link.address)
            if target.address in seen or len(seen) > MOST_REDIRECTS:
                return Answer(trouble=Trouble.REDIRECTS, address=link.address)
            link = target

    def _allowed(self, link: Link) -> Answer | None:
        """Return the trouble that keeps us from `link`, or None."""
        robots = self._robots_of(link)
        if isinstance(robots, Trouble):
            return Answer(trouble=robots, address=link.address)
        if not robots.allows(link.address):
            return Answer(trouble=Trouble.ROBOTS, address=link.address)
        return None

    def _robots_of(self, link: Link) -> Robots | Trouble:
        """Return what the host of `link` asks of us; fetched once."""
        parts = urlsplit(link.address)
        origin = f"{parts.scheme.lower()}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(origin, Lock())
        with lock:
            if origin not in self._robots:
                self._robots[origin] = self._fetched_robots(origin, shown_host(link))
            return self._robots[origin]

    def _fetched_robots(self, origin: str, host: str) -> Robots | Trouble:
        """Return what the robots.txt of `origin` says.

        Without such a file all is allowed; where it can't be had, nothing.
        Source: RFC 9309 §2.3.1.
        """
        answer = self._followed("GET", Link(f"{origin}/robots.txt"), robots=False)
        if answer.trouble:
            return answer.trouble if answer.trouble in _OF_HOST else Trouble.NO_ROBOTS
        if answer.status == 429 or answer.status >= 500:
            return Trouble.NO_ROBOTS
        if not 200 <= answer.status < 300:
            return Robots()
        robots = parse_robots(answer.body[:MAX_BYTES].decode("utf-8-sig", "replace"), NAME)
        if robots.delay:
            self.turns.slow_down(host, robots.delay)
        return robots

    def _patiently(self, method: str, link: Link) -> Answer:
        """Return what one address answers, asked again where that may help."""
        host = shown_host(link)
        # A server that drops HEAD may know GET, which is asked next, and that patiently.
        retries = self.retries if method == "GET" else 0
        for attempt in range(retries + 1):
            try:
                with self.turns.turn(host):
                    answer = self.fetcher.fetched(method, link)
            except TooLong:
                return Answer(trouble=Trouble.LATER, address=link.address)
            if answer.status not in _LATER and answer.trouble not in _AGAIN:
                break
            pause = self.first_pause * 2**attempt
            if answer.status:
                pause = max(pause, self._seconds(answer.retry_after))
            self.turns.rest(host, pause)
            if pause > MOST_PAUSE:
                break
        return answer

    def _seconds(self, retry_after: str) -> float:
        """Return how many seconds the header asks us to wait; 0 where it can't be read."""
        if re.fullmatch(r"\d{1,9}", retry_after, re.ASCII):
            return float(retry_after)
        try:
            until = parsedate_to_datetime(retry_after)
            return (until - self.wall()).total_seconds()
        # Of a date without a zone no difference can be told.
        except (ValueError, TypeError, OverflowError):
            return 0


def _may_be_the_method(answer: Answer) -> bool:
    """Return whether a server may only have refused HEAD."""
    if answer.trouble:
        return answer.trouble in (Trouble.CONNECTION, Trouble.TIMEOUT, Trouble.NOT_HTTP)
    return True


def user_agent(version: str, home: str) -> str:
    """Return what we call ourselves: name, version, and where to read about us if there is."""
    return f"{NAME}/{version} (+{home})" if home else f"{NAME}/{version}"


def without_fragment(link: Link) -> Link:
    """Return the address that a server is asked for: what is behind `#` is the browser's."""
    return Link(link.address.partition("#")[0])


Task = TypeVar("Task")
Result = TypeVar("Result")

_GLANCE = 0.2  # Windows hears Ctrl-C only between two waits


class Queue(Generic[Task, Result]):
    """Does some work for each of many tasks, in several threads."""

    def __init__(
        self, work: Callable[[Task], Result], host_of: Callable[[Task], str], jobs: int
    ) -> None:
        self.work = work
        self.host_of = host_of
        self.jobs = jobs

    def results(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """Yield each of `tasks` with its result, in the order in which they are done.

        The tasks of one host are done by one thread, so that no other waits for its turn there;
        those of the host with most begin first.  The threads end with the program: whoever stops
        listening need not wait for them.  Raises what the work raises.
        """
        groups: dict[str, list[Task]] = {}
        for task in tasks:
            groups.setdefault(self.host_of(task), []).append(task)
        waiting: SimpleQueue[list[Task]] = SimpleQueue()
        for group in sorted(groups.values(), key=len, reverse=True):
            waiting.put(group)
        done: SimpleQueue[tuple[Task, Result | BaseException]] = SimpleQueue()
        stopped = Event()
        for _ in range(min(self.jobs, len(groups))):
            Thread(target=self._work_off, args=(waiting, done, stopped), daemon=True).start()
        try:
            for _ in tasks:
                task, result = _next(done)
                if isinstance(result, BaseException):
                    raise result
                yield task, result
        finally:
            stopped.set()

    def _work_off(
        self,
        waiting: "SimpleQueue[list[Task]]",
        done: "SimpleQueue[tuple[Task, Result | BaseException]]",
        stopped: Event,
    ) -> None:
        while True:
            try:
                group = waiting.get_nowait()
            except Empty:
                return
            for task in group:
                if stopped.is_set():
                    return
                try:
                    done.put((task, self.work(task)))
                # It is the listener's: a thread that dies of it would leave it waiting.
                except BaseException as error:
                    done.put((task, error))


def _next(
    done: "SimpleQueue[tuple[Task, Result | BaseException]]",
) -> tuple[Task, Result | BaseException]:
    while True:
        try:
            return done.get(timeout=_GLANCE)
        except Empty:
            continue
