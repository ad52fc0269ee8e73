"""Articles as their site renders them, opened on all cores.

Each is opened by itself, in a process that has begun as a copy of this one: plugins and the
configuration of a host can't be sent to another.  Where the system makes no copies, or has one
core, this process opens them all.
"""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.rendering.page import RenderedPage

LEAST_SHARED = 12
"""How many articles are shared among cores, at least: copies of a process take time, too."""

_CHUNK = 8
"""How many articles a process takes at once."""

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True)
class OpenArticle:
    """An article as its site renders it, and what was made of its sidecar."""

    path: Path
    sidecar: Path
    """Where its sidecar is, or would be."""

    roots: tuple[Path, ...]
    """Folders that a sidecar may lie in."""

    html: str
    """The article as its host converts it, without annotations."""

    markdown: str
    """The Markdown that it was converted from."""

    result: RenderedPage | None
    """The annotated page; None without a sidecar."""

    name: str
    """What it is called where it has no heading."""

    language: str
    """The language of its notes; empty where unknown."""

    @cached_property
    def page(self) -> Page:
        """Return the article's own text, prepared for searching; many commands need none."""
        return Page.of_html(self.html, self.markdown)


class Opened(NamedTuple):
    """What became of one article: it is open, or can't be converted, or has no sidecar."""

    article: OpenArticle | None = None
    failure: Problem | None = None
    meta: Mapping[str, Any] | None = None
    """Its front matter; None where it was not read."""


def on_all_cores(make: Callable[[Item], Made], items: Sequence[Item]) -> Iterator[Made]:
    """Yield what `make` makes of each of `items`, in their order, as one process would.

    What can't be sent from one process to another is made here.
    """
    done = 0
    if cores() > 1 and len(items) >= LEAST_SHARED:
        try:
            for packed in _shared(make, items):
                yield pickle.loads(packed) if packed else make(items[done])
                done += 1
        # The system has ended a process, as it does when memory is short.
        except BrokenProcessPool:
            pass
    yield from map(make, islice(items, done, None))


def cores() -> int:
    """Return on how many cores this process may have copies of itself run; 1 where on none."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _shared(make: Callable[[Item], Made], items: Sequence[Item]) -> Iterator[bytes]:
    executor = ProcessPoolExecutor(
        min(cores(), len(items) // _CHUNK),
        multiprocessing.get_context("fork"),
        _begin,
        # Handed to a copy of this process, these need not be packed.
        (make, items),
    )
    try:
        yield from executor.map(_packed, range(len(items)), chunksize=_CHUNK)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


_work: Callable[[int], Any]


def _begin(make: Callable[[Any], Any], items: Sequence[Any]) -> None:
    """Make a copy of this process ready: whoever interrupts the command interrupts the first."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = lambda number: make(items[number])  # noqa: E731


def _packed(number: int) -> bytes:
    """Return what is made of item `number`, packed; nothing of what can't be."""
    made = _work(number)
    try:
        return pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    # A plugin's own classes may raise anything.
    except Exception:
        return b""
