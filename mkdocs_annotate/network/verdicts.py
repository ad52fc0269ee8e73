"""What an answer says about a source: whether a reader still finds there what was cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from urllib.parse import urlsplit

from mkdocs_annotate.network.answers import Answer, Trouble

GONE = (404, 410)
"""Statuses that say that there is no such page; any other may be a matter of today or of us."""

# Fronts of a site: its root, that of a language, and their usual files.
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)\.\w+)?", re.I)


class State(Enum):
    """What has become of an address."""

    LIVE = "live"
    """It answers, and every quote that was looked for stands there."""

    DEAD = "dead"
    """There is no such page, or no such host."""

    DEVIATED = "deviated"
    """It answers, and a quote that citations give no longer stands there."""

    SUSPECT = "suspect"
    """It answers, and perhaps with something else; a person must look."""

    UNKNOWN = "unknown"
    """Nothing can be said today."""


class Look(Enum):
    """How the search for a quote in a page ended."""

    FOUND = "found"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    """The page is no text that can be searched, or not all of it was there."""


@dataclass(frozen=True)
class Finding:
    """What was found at an address, without its page: what is remembered of it."""

    checked: date
    status: int = 0
    trouble: Trouble | None = None
    final: str = ""
    """The address after redirects."""

    quotes: tuple[tuple[str, Look], ...] = ()
    """How the search ended for each quote, by its fingerprint."""

    passing: bool = False
    """It may well be another one soon."""


@dataclass(frozen=True)
class Verdict:
    """What has become of an address, and how that is known, in the writer's words."""

    state: State
    reason: str


def finding_of(answer: Answer, quotes: Sequence[tuple[str, Look]], today: date) -> Finding:
    """Return what is to be remembered of `answer`, and of the search for `quotes` in it."""
    return Finding(
        today, answer.status, answer.trouble, answer.address, tuple(quotes), answer.passing
    )


def verdict_of(asked: str, finding: Finding, quotes: Sequence[str] = ()) -> Verdict:
    """Return what `finding` says about the address `asked`, at which `quotes` should stand.

    `quotes` are fingerprints.  Never raises.
    """
    if finding.trouble:
        state = State.DEAD if finding.trouble is Trouble.NO_HOST else State.UNKNOWN
        return Verdict(state, finding.trouble.value)
    if finding.status in GONE:
        return Verdict(State.DEAD, f"there is no such page any more ({finding.status})")
    if not 200 <= finding.status < 300:
        return Verdict(State.UNKNOWN, _refused(finding.status))
    looks = [look for fingerprint, look in finding.quotes if fingerprint in quotes]
    missing = looks.count(Look.MISSING)
    if missing:
        words = "the quote of a citation" if missing == 1 else f"{missing} quotes of citations"
        verb = "stands" if missing == 1 else "stand"
        return Verdict(State.DEVIATED, f"it answers, but {words} no longer {verb} there")
    if Look.FOUND not in looks and leads_to_front(asked, finding.final):
        return Verdict(State.SUSPECT, "it leads to the front page now")
    if Look.UNREADABLE in looks:
        return Verdict(State.LIVE, "it answers; its quotes can't be looked for")
    return Verdict(State.LIVE, "it answers")


def leads_to_front(asked: str, final: str) -> bool:
    """Return whether a deep address was answered by the front page of a site."""
    if not final or asked == final:
        return False
    return not _is_front(asked) and _is_front(final)


def _is_front(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.query and _FRONT.fullmatch(parts.path) is not None


def _refused(status: int) -> str:
    if status in (401, 402, 403, 407, 451):
        return f"it refuses programs, or wants a login ({status})"
    if status == 429:
        return "it has been asked too often (429)"
    if status >= 500:
        return f"its server has a fault just now ({status})"
    return f"it answers neither yes nor no ({status})"
