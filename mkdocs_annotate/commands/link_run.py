"""The sources of a site that lie elsewhere, and the words that its citations find there."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import click

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.links.cache import Copy, Memory, NotKept, copy_key, fingerprint, write_memory
from mkdocs_annotate.links.client import Asker, Queue, without_fragment
from mkdocs_annotate.links.quote_search import looks
from mkdocs_annotate.links.responses import Finding, Trouble, finding_of
from mkdocs_annotate.links.wayback import NotTold, nearest_copy
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link, LinkKind, doi_link, shown_host
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.files import read_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.open_articles import OpenArticle, Project


NOT_ASKED = ("unfit", "usurped")
"""Where readers must not be led, we don't go either: an editor has seen what is there now."""


@dataclass(frozen=True)
class Cited:
    """A source at an address elsewhere, and what is quoted from it."""

    source: Source
    link: Link
    """What is asked: its address or DOI, without a fragment."""

    path: Path
    """The file that describes it."""

    quotes: tuple[str, ...] = ()
    """The words that citations give of it, each once."""


def cited_sources(project: Project, articles: Iterable[OpenArticle], *, every: bool) -> list[Cited]:
    """Return the sources that `articles` cite, by the places of their entries.

    With `every` also those that are described and cited by nobody.  Left out are pages of the
    site itself, which builds check, and what an editor called unfit or usurped.
    """
    shared = project.shared_sources()
    files = {display_path(path): path for path in project.source_files()}
    found: dict[Position, tuple[Source, list[str]]] = {}
    described = list(shared.values())
    for article in articles:
        sidecar, _ = read_sidecar(article.sidecar, article.roots)
        files[sidecar.file] = article.sidecar
        described += sidecar.sources.values()
        for source, quote in _uses(sidecar, {**shared, **sidecar.sources}):
            quotes = found.setdefault(source.position, (source, []))[1]
            if quote.strip() and quote not in quotes:
                quotes.append(quote)
    for source in described if every else ():
        found.setdefault(source.position, (source, []))
    return [
        Cited(source, link, files.get(position.file, Path(position.file)), tuple(quotes))
        for position, (source, quotes) in sorted(found.items())
        if source.url_status not in NOT_ASKED and (link := _elsewhere(source))
    ]


def _uses(sidecar: Sidecar, known: dict[str, Source]) -> Iterator[tuple[Source, str]]:
    """Yield each source that the sidecar cites, with the words that it gives of it."""
    if sidecar.article.based_on in known:
        yield known[sidecar.article.based_on], ""
    for annotation in sidecar.annotations:
        for citation in annotation.sources:
            if citation.source in known:
                yield known[citation.source], citation.quote


def _elsewhere(source: Source) -> Link | None:
    link = source.url or doi_link(source.doi)
    if link is None or link.kind is not LinkKind.EXTERNAL:
        return None
    return without_fragment(link)


SAVED_EVERY = 5.0
"""Seconds between two savings: as much is lost where the program is killed."""

MOST_FAILURES = 3
"""After so many answers in a row that the archive fails to give, it is left alone."""

Result = TypeVar("Result")

Wanted: TypeAlias = tuple[Link, Date | None]
"""An address of which a copy is wanted, and of which day."""


@dataclass(frozen=True)
class LinkToCheck:
    """An address to ask, and the words to look for there: those of all sources that have it."""

    link: Link
    quotes: tuple[str, ...]


def targets_of(pages: Iterable[tuple[Link, Iterable[str]]]) -> list[LinkToCheck]:
    """Return each address of `pages` once, with all that is to be looked for there."""
    found: dict[Link, dict[str, None]] = {}
    for link, quotes in pages:
        found.setdefault(link, {}).update(dict.fromkeys(quotes))
    return [LinkToCheck(link, tuple(quotes)) for link, quotes in found.items()]


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

    def findings(self, targets: Sequence[LinkToCheck]) -> dict[Link, Finding]:
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

    def _examined(self, target: LinkToCheck) -> Finding:
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
