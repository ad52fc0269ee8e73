"""Taking turns at a host: one request at a time, with a pause between."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from mkdocs_annotate.network.guarding import Clock

MOST_PAUSE = 60.0
"""The longest pause that is waited for, in seconds; a host that wants more is left for today."""


class TooLong(Exception):
    """The host wants a longer pause than anybody would wait for."""


class _Host:
    def __init__(self) -> None:
        self.lock = Lock()
        self.free_at = 0.0
        self.pause = 0.0


class Turns:
    """Who may ask a host, and when: for all threads of a run."""

    def __init__(self, pause: float, clock: Clock) -> None:
        self.pause = pause
        self.clock = clock
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    def _of(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until `host` may be asked, and keep others from it meanwhile.  Raises TooLong."""
        found = self._of(host)
        with found.lock:
            wait = found.free_at - self.clock.now()
            if wait > MOST_PAUSE:
                raise TooLong
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
