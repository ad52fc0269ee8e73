"""The rules of a robots.txt (RFC 9309).

Not `urllib.robotparser`: it takes the first rule that fits where the standard wants the longest,
and doesn't know the `*` and `$` that most files use.
"""

import re
from dataclasses import dataclass, field

from mkdocs_annotate.links.http import percent_encoded, request_target

MAX_BYTES = 500 << 10
"""How much of a robots.txt is read.  Source: RFC 9309 §2.5."""

MOST_RULES = 5_000
"""How many rules of a file count."""


@dataclass(frozen=True)
class Robots:
    """The rules of one host for our program."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Patterns of paths, and whether they are allowed."""

    delay: float = 0
    """Seconds that the host wants between two requests."""

    def allows(self, address: str) -> bool:
        """Return whether `address`, which is of this host, may be asked for.

        The longest pattern that fits decides, and of two equally long ones the one that allows.
        Source: RFC 9309 §2.2.2.  Never raises.  Cost: linear in the rules.
        """
        path = request_target(address)
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
    """No rule was read yet, so that another `User-agent` belongs to this group."""


def parse_robots(text: str, agent: str) -> Robots:
    """Return the rules in the `text` of a robots.txt for the program `agent`.

    Its own groups count, else those of `*`.  Lines that are no rule are skipped.  Never raises.
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
            groups[-1].rules.append((percent_encoded(value), key == "allow"))
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
