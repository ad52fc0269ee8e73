"""Pauses between two requests to one host."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple


class Clock(NamedTuple):
    """The time in seconds from some moment, and how to let some of it pass."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


SYSTEM_CLOCK = Clock()

MOST_PAUSE = 60.0
"""The longest pause that is waited for, in seconds; of a host that wants more nothing is asked."""


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
        """Wait until `host` may be asked, and let nobody else ask it meanwhile.

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
