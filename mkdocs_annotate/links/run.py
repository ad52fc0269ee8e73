"""Checks cited sources: several hosts at once, without requests for what is cached."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import compress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

from mkdocs_annotate.links.cache import (
    ArchivedCopy,
    CacheNotWritten,
    Finding,
    LinkCache,
    copy_key,
    finding_of,
    write_cache,
)
from mkdocs_annotate.links.client import Client
from mkdocs_annotate.links.http import Failure
from mkdocs_annotate.links.quote_search import search_quotes
from mkdocs_annotate.links.state import (
    CheckedSource,
    CitedAddress,
    WantedCopy,
    checked_source,
    copy_wanted,
    fingerprints,
    page_to_search,
    wants_copy,
    with_copy,
    with_search,
    with_values,
)
from mkdocs_annotate.links.wayback import NoArchiveResponse, nearest_copy
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, shown_host

SAVED_EVERY = 5.0
"""Seconds between two writings of the cache: what is lost at most where the program is killed."""

MOST_FAILURES = 3
"""After so many failures of the archive in a row it is not asked any more."""

Task = TypeVar("Task")
Result = TypeVar("Result")

Progress = Callable[[int, str], AbstractContextManager[Callable[[], object]]]
"""Shows the progress of a number of steps with a label: gives what is to be called after each."""


def _no_progress(count: int, label: str) -> AbstractContextManager[Callable[[], object]]:
    return nullcontext(lambda: None)


@dataclass
class LinkCheck:
    """Checks addresses, and keeps what it finds in `cache` and its file."""

    client: Client
    archive: Link
    """The API that looks archived copies up."""

    cache: LinkCache
    path: Path
    """The file of the cache."""

    days: int
    """Days for which a cached response counts."""

    jobs: int
    """How many hosts are asked at once."""

    progress: Progress = _no_progress
    warn: Callable[[str], object] = str
    """Called with what went wrong and does not stop the check."""

    asked: set[Link] = field(default_factory=set, init=False)
    """The addresses that were asked now, and not taken from the cache."""

    def __post_init__(self) -> None:
        """Begin the check today."""
        self._today = date.today()
        self._has_warned = False
        self._archive_failures = 0

    def check(self, cited: Sequence[CitedAddress], *, all_copies: bool) -> list[CheckedSource]:
        """Return the state of each of `cited`.

        Archived copies are looked up for what is gone; with `all_copies` for every source whose
        entry names none.
        """
        findings = self._findings((one.link, one.quotes) for one in cited)
        results = [checked_source(one, findings[one.link]) for one in cited]
        wanted = [wants_copy(one, every=all_copies) for one in results]
        copies = self._copies([copy_wanted(one) for one in compress(results, wanted)])
        results = [
            with_copy(one, copies[copy_wanted(one)]) if wants else one
            for one, wants in zip(results, wanted, strict=True)
        ]
        pages = [(one, page_to_search(one)) for one in results]
        searched = self._findings((page, one.missing) for one, page in pages if page)
        return [
            with_values(with_search(one, searched[page]) if page else one) for one, page in pages
        ]

    def without_connection(self, results: Sequence[CheckedSource]) -> list[CheckedSource]:
        """Return the sources requested now, if no host of them could be looked up; else nothing."""
        asked = [one for one in results if one.cited.link in self.asked]
        lost = all(one.finding.failure is Failure.NAMELESS for one in asked)
        return asked if lost else []

    def _findings(self, pages: Iterable[tuple[Link, Iterable[str]]]) -> dict[Link, Finding]:
        """Return what is found at the address of each page, where its quotes are searched."""
        quotes: dict[Link, dict[str, None]] = {}
        for link, some in pages:
            quotes.setdefault(link, {}).update(dict.fromkeys(some))
        found = {link: known for link in quotes if (known := self._cached(link, quotes[link]))}
        waiting = [(link, tuple(quotes[link])) for link in quotes if link not in found]
        pool = WorkerPool(self._fetched, lambda task: shown_host(task[0]), self.jobs)
        with self._saving(len(waiting)):
            results = pool.results(waiting)
            for (link, _), finding in self._shown(results, len(waiting), "Asking"):
                self.cache.findings[link.address] = finding
                found[link] = finding
                self.asked.add(link)
        if self._is_online({link: found[link] for link, _ in waiting}):
            return found
        return {link: _without_lookup(finding) for link, finding in found.items()}

    def _cached(self, link: Link, quotes: Iterable[str]) -> Finding | None:
        found = self.cache.finding(link.address, fingerprints(quotes), self._today, self.days)
        private = found is not None and found.failure is Failure.PRIVATE
        # A run without --allow-private did not ask it, and this one does.
        return None if private and self.client.http.connector.allow_private else found

    def _fetched(self, task: tuple[Link, tuple[str, ...]]) -> Finding:
        link, quotes = task
        response = self.client.get(link, page=bool(quotes))
        pairs = zip(fingerprints(quotes), search_quotes(quotes, response), strict=True)
        return finding_of(response, tuple(pairs), self._today)

    def _is_online(self, found: Mapping[Link, Finding]) -> bool:
        """Return whether an unknown host is really unknown: other names can be looked up.

        Without a connection every host seems unknown, but for this machine and its neighbours.
        """
        if all(finding.failure is not Failure.NO_HOST for finding in found.values()):
            return True
        answered = (shown_host(link) for link, finding in found.items() if finding.status)
        if any(map(_is_public_name, answered)):
            return True
        host = shown_host(self.archive)
        return _is_public_name(host) and self.client.http.connector.knows(host)

    def _copies(self, wanted: Sequence[WantedCopy]) -> dict[WantedCopy, str | None]:
        """Return the moment of each copy; empty where there is none, None where asking failed.

        What has no copy is asked for again in each run.
        """
        known = {one: self.cache.copy(_key(one), self._today, self.days) for one in wanted}
        found = {one: copy.moment if copy else None for one, copy in known.items()}
        waiting = [one for one, moment in found.items() if moment is None]
        pool = WorkerPool(self._looked_up, lambda task: "", 1)
        with self._saving(len(waiting)):
            for one, moment in self._shown(pool.results(waiting), len(waiting), "Copies"):
                found[one] = moment
                if moment:
                    self.cache.copies[_key(one)] = ArchivedCopy(self._today, moment)
        return found

    def _looked_up(self, wanted: WantedCopy) -> str | None:
        """Return the moment of a copy; called by one thread, as the archive is one host."""
        if self._archive_failures == MOST_FAILURES:
            return None
        today = Date(self._today.year, self._today.month, self._today.day)
        try:
            moment = nearest_copy(wanted.link, wanted.day or today, self.archive, self.client)
        except NoArchiveResponse:
            self._archive_failures += 1
            return None
        self._archive_failures = 0
        return moment

    def _shown(self, results: Iterator[Result], count: int, label: str) -> Iterator[Result]:
        """Yield `results`; show the progress, and write the cache now and then."""
        saved = time.monotonic()
        with self.progress(count, label) as advance:
            for result in results:
                yield result
                advance()
                if time.monotonic() - saved > SAVED_EVERY:
                    self._save()
                    saved = time.monotonic()

    @contextmanager
    def _saving(self, count: int) -> Iterator[None]:
        """Write the cache after `count` requests, however they end."""
        try:
            yield
        finally:
            if count:
                self._save()

    def _save(self) -> None:
        """Write the cache to its file; that it can't be written is reported once."""
        try:
            write_cache(self.path, self.cache)
        except CacheNotWritten as error:
            if not self._has_warned:
                self.warn(str(error))
            self._has_warned = True


def _key(wanted: WantedCopy) -> str:
    return copy_key(wanted.link.address, str(wanted.day or ""))


def _without_lookup(finding: Finding) -> Finding:
    """Return `finding` where no host can be looked up: that its host is unknown means nothing."""
    if finding.failure is not Failure.NO_HOST:
        return finding
    return replace(finding, failure=Failure.NAMELESS)


def _is_public_name(host: str) -> bool:
    """Return whether `host` is a name that other machines look up: no number, no `localhost`."""
    return "." in host and not host.rpartition(".")[2].isdecimal()


_GLANCE = 0.2  # Windows notices Ctrl-C only between two waits


class WorkerPool(Generic[Task, Result]):
    """Does the work of many tasks in several threads."""

    def __init__(
        self, work: Callable[[Task], Result], host_of: Callable[[Task], str], jobs: int
    ) -> None:
        self.work = work
        self.host_of = host_of
        self.jobs = jobs

    def results(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """Yield each of `tasks` with its result, in the order in which they are done.

        One thread does all tasks of a host, so that no other waits for its turn there; the host
        with most tasks comes first.  The threads end with the program: a caller that stops early
        need not wait for them.  Raises what the work raises.
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
                # Raised by `results`: a thread that died of it would leave the caller waiting.
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
