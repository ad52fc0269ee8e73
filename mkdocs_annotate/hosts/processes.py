"""Work on many articles or pages, shared among processes, one for each core.

A process begins as a copy of this one, since the plugins and the configuration of a host can't be
sent to another.  Where the system makes no copies, or has one core, this process does all the work.
"""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

LEAST_SHARED = 12
"""How many items are shared among processes, at least: copies of a process take time, too."""

_CHUNK = 8
"""How many items a process takes at once."""

Item = TypeVar("Item")
Made = TypeVar("Made")


def on_all_cores(
    make: Callable[[Item], Made],
    items: Sequence[Item],
    sent: Callable[[Made], Made] | None = None,
) -> Iterator[Made]:
    """Yield the result of `make` for each of `items`, in order, as if one process made them all.

    A result that can't be sent from one process to another is made again in this one;
    `sent` returns the part of a result that must be sent.
    """
    done = 0
    if cores() > 1 and len(items) >= LEAST_SHARED:
        try:
            for packed in _shared(make, items, sent):
                yield pickle.loads(packed) if packed else make(items[done])
                done += 1
        # The system has ended a process, as it does when memory is short.
        except BrokenProcessPool:
            pass
    yield from map(make, islice(items, done, None))


def cores() -> int:
    """Return how many cores this process may use; 1 where the system can't copy a process."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _shared(
    make: Callable[[Item], Made], items: Sequence[Item], sent: Callable[[Made], Made] | None
) -> Iterator[bytes]:
    executor = ProcessPoolExecutor(
        min(cores(), len(items) // _CHUNK),
        multiprocessing.get_context("fork"),
        _begin,
        # Handed to a copy of this process, these need not be packed.
        ((lambda item: sent(make(item))) if sent else make, items),
    )
    try:
        yield from executor.map(_packed, range(len(items)), chunksize=_CHUNK)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


_work: Callable[[int], Any]


def _begin(make: Callable[[Any], Any], items: Sequence[Any]) -> None:
    """Prepare a copy of this process.  It ignores Ctrl-C, which the first process handles."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = lambda number: make(items[number])  # noqa: E731


def _packed(number: int) -> bytes:
    """Return the pickled result for item `number`; empty where it can't be pickled."""
    made = _work(number)
    try:
        return pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    # A plugin's own classes may raise anything.
    except Exception:
        return b""
