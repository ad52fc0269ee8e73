"""One run over many addresses: what is remembered is not asked again, and all is kept."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, TypeVar

import click

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, shown_host
from mkdocs_annotate.network.answers import Trouble
from mkdocs_annotate.network.archives import NotTold, nearest_copy
from mkdocs_annotate.network.asking import Asker
from mkdocs_annotate.network.queueing import Queue
from mkdocs_annotate.network.reading import looks
from mkdocs_annotate.network.remembering import (
    Copy,
    Memory,
    NotKept,
    copy_key,
    fingerprint,
    write_memory,
)
from mkdocs_annotate.network.verdicts import Finding, finding_of

SAVED_EVERY = 5.0
"""Seconds between two savings: as much is lost where the program is killed."""

MOST_FAILURES = 3
"""After so many answers in a row that the archive fails to give, it is left alone."""

Result = TypeVar("Result")

Wanted: TypeAlias = tuple[Link, Date | None]
"""An address of which a copy is wanted, and of which day."""


@dataclass(frozen=True)
class Target:
    """An address to ask, and the words to look for there: those of all sources that have it."""

    link: Link
    quotes: tuple[str, ...]


def targets_of(pages: Iterable[tuple[Link, Iterable[str]]]) -> list[Target]:
    """Return each address of `pages` once, with all that is to be looked for there."""
    found: dict[Link, dict[str, None]] = {}
    for link, quotes in pages:
        found.setdefault(link, {}).update(dict.fromkeys(quotes))
    return [Target(link, tuple(quotes)) for link, quotes in found.items()]


class Run:
    """Asks addresses and an archive, and keeps what they say in `memory` and its file."""

    def __init__(
        self, asker: Asker, api: Link, memory: Memory, path: Path, *, days: int, jobs: int
    ) -> None:
        self.asker = asker
        self.api = api
        self.memory = memory
        self.path = path
        self.days = days
        self.jobs = jobs
        self.today = date.today()
        self.asked: set[Link] = set()
        """The addresses that were asked, and not remembered."""
        self._told = False
        self._failures = 0

    def findings(self, targets: Sequence[Target]) -> dict[Link, Finding]:
        """Return what was found at each of `targets`, asked or remembered."""
        known = {
            target.link: self.memory.finding(
                target.link.address, fingerprints(target.quotes), self.today, self.days
            )
            for target in targets
        }
        guard = self.asker.fetcher.guard
        found = {
            link: finding
            for link, finding in known.items()
            # What a run without --allow-private left alone says nothing to one with it.
            if finding and not (guard.allow_private and finding.trouble is Trouble.PRIVATE)
        }
        waiting = [target for target in targets if target.link not in found]
        queue = Queue(self._examined, lambda target: shown_host(target.link), self.jobs)
        count = len(waiting)
        with self._saving(count):
            for target, finding in self._shown(queue.results(waiting), count, "Asking"):
                self.memory.findings[target.link.address] = finding
                found[target.link] = finding
                self.asked.add(target.link)
        if self._is_online({target.link: found[target.link] for target in waiting}):
            return found
        return {link: _offline(finding) for link, finding in found.items()}

    def _examined(self, target: Target) -> Finding:
        answer = self.asker.answer(target.link, page=bool(target.quotes))
        pairs = zip(fingerprints(target.quotes), looks(target.quotes, answer), strict=True)
        return finding_of(answer, tuple(pairs), self.today)

    def _is_online(self, found: Mapping[Link, Finding]) -> bool:
        """Return whether a host that can't be looked up is none: another name can be.

        A machine without a connection is told of every host that it does not exist, and may all
        the same reach itself and its neighbours.
        """
        if all(finding.trouble is not Trouble.NO_HOST for finding in found.values()):
            return True
        answered = (shown_host(link) for link, finding in found.items() if finding.status)
        if any(map(_is_public_name, answered)):
            return True
        host = shown_host(self.api)
        return _is_public_name(host) and self.asker.fetcher.guard.knows(host)

    def copies(self, wanted: Sequence[Wanted]) -> dict[Wanted, str | None]:
        """Return the moment of the copy nearest to a day, the last without one, of each address.

        It is empty where there is none, and None where the archive could not be asked.  That
        there is none is asked anew in each run.
        """
        known = {one: self.memory.copy(_key(one), self.today, self.days) for one in wanted}
        found = {one: copy.moment if copy else None for one, copy in known.items()}
        waiting = [one for one, moment in found.items() if moment is None]
        queue = Queue(self._looked_up, lambda asked: "", 1)
        count = len(waiting)
        with self._saving(count):
            for one, moment in self._shown(queue.results(waiting), count, "Copies"):
                found[one] = moment
                if moment:
                    self.memory.copies[_key(one)] = Copy(self.today, moment)
        return found

    def _looked_up(self, wanted: Wanted) -> str | None:
        """Return what the archive says; called by one thread, as all of it is one host."""
        link, day = wanted
        if self._failures == MOST_FAILURES:
            return None
        today = Date(self.today.year, self.today.month, self.today.day)
        try:
            moment = nearest_copy(link, day or today, self.api, self.asker)
        except NotTold:
            self._failures += 1
            return None
        self._failures = 0
        return moment

    def _shown(self, results: Iterator[Result], count: int, label: str) -> Iterator[Result]:
        """Yield `results`, with a bar for people, and save now and then what became of them."""
        saved = time.monotonic()
        with _bar(count, label) as advance:
            for result in results:
                yield result
                advance()
                if time.monotonic() - saved > SAVED_EVERY:
                    self.save()
                    saved = time.monotonic()

    @contextmanager
    def _saving(self, count: int) -> Iterator[None]:
        """Save what is known at the end of something done `count` times, however it ends."""
        try:
            yield
        finally:
            if count:
                self.save()

    def save(self) -> None:
        """Write the memory to its file; where that fails, it is told once."""
        try:
            write_memory(self.path, self.memory)
        except NotKept as error:
            if not self._told:
                click.echo(str(error), err=True)
            self._told = True


def fingerprints(quotes: Iterable[str]) -> list[str]:
    """Return what stands for each of `quotes` in the memory."""
    return [fingerprint(quote) for quote in quotes]


def _key(wanted: Wanted) -> str:
    link, day = wanted
    return copy_key(link.address, str(day or ""))


def _offline(finding: Finding) -> Finding:
    """Return what is to be made of a look-up that failed where every look-up fails."""
    if finding.trouble is not Trouble.NO_HOST:
        return finding
    return replace(finding, trouble=Trouble.NAMELESS)


def _is_public_name(host: str) -> bool:
    """Return whether `host` had to be looked up, and by others: no number, no `localhost`."""
    return "." in host and not host.rpartition(".")[2].isdecimal()


def _is_watched() -> bool:
    return sys.stderr.isatty()


@contextmanager
def _bar(count: int, label: str) -> Iterator[Callable[[], None]]:
    """Show a bar where there is something to wait for and a person who waits."""
    if not count or not _is_watched():
        yield lambda: None
        return
    with click.progressbar(length=count, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)
