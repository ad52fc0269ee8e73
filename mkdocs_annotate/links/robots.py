"""What a host's robots.txt asks of programs (RFC 9309), and how long a pause it wants.

Not `urllib.robotparser`: it takes the first rule that fits where the standard wants the longest,
and doesn't know the `*` and `$` that most files use.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from mkdocs_annotate.links.public_hosts import Clock
from mkdocs_annotate.links.responses import encoded, target_of

MAX_BYTES = 500 << 10
"""How much of a robots.txt is read.  Source: RFC 9309 §2.5."""

MOST_RULES = 5_000
"""How many rules of a file count."""


@dataclass(frozen=True)
class Robots:
    """What one host asks of us."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Patterns of paths, and whether they are allowed."""

    delay: float = 0
    """How many seconds it wants between two requests."""

    def allows(self, address: str) -> bool:
        """Return whether `address`, which is of this host, may be asked for.

        The longest pattern that fits decides, and of two equally long ones the one that allows.
        Source: RFC 9309 §2.2.2.  Never raises.  Cost: linear in the rules.
        """
        path = target_of(address)
        fitting = [
            (len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)
        ]
        return max(fitting, default=(0, True))[1]


@dataclass
class _Group:
    """The rules below some lines `User-agent`."""

    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float = 0
    open: bool = True
    """No rule has come yet, so that a further `User-agent` belongs to it."""


def parse_robots(text: str, agent: str) -> Robots:
    """Return what the `text` of a robots.txt asks of the program `agent`.

    Its own groups count, else those of `*`.  What is no rule is passed over.  Never raises.
    Source: RFC 9309 §2.2.1; `Crawl-delay` is no standard, and common.
    """
    groups: list[_Group] = []
    for line in text[:MAX_BYTES].splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            _read(key.strip().lower(), value.strip(), groups)
    for wanted in (agent.lower(), "*"):
        own = [group for group in groups if wanted in group.agents]
        if own:
            rules = [rule for group in own for rule in group.rules]
            return Robots(tuple(rules[:MOST_RULES]), max(group.delay for group in own))
    return Robots()


def _read(key: str, value: str, groups: list[_Group]) -> None:
    if key == "user-agent":
        if not groups or not groups[-1].open:
            groups.append(_Group())
        # A version may stand behind the name.
        groups[-1].agents.append(value.partition("/")[0].strip().lower())
    elif groups and key in ("allow", "disallow"):
        groups[-1].open = False
        if value:
            groups[-1].rules.append((encoded(value), key == "allow"))
    elif groups and key == "crawl-delay":
        groups[-1].open = False
        if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", value, re.ASCII):
            groups[-1].delay = float(value)


def _fits(pattern: str, path: str) -> bool:
    """Return whether `path` begins as `pattern` says.

    `*` stands for anything, and a last `$` for the end.  Piece after piece is
    looked for, each at its first place: a regular expression of many `*` could take for ever.
    """
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = pieces.pop() if ends and pieces else None
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not ends:
        return True
    if last is None:
        return at == len(path)
    return len(path) - len(last) >= at and path.endswith(last)


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
