"""What comes back from an address: an HTTP answer, or the reason why there is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from urllib.parse import quote, urlsplit


class Trouble(Enum):
    """Why an address gave no answer: each is what a writer is told."""

    NO_HOST = "its host does not exist any more"
    NAMELESS = "its host can't be looked up just now"
    PRIVATE = "its host is not on the public internet, and was not asked"
    TIMEOUT = "it took too long to answer"
    CONNECTION = "there is no connection to it, or it broke off"
    TLS = "its certificate or encryption is not in order"
    NOT_HTTP = "what answers there does not speak HTTP"
    REDIRECTS = "it redirects in a circle, or too often"
    BAD_REDIRECT = "it redirects to an address that can't be used"
    ROBOTS = "its robots.txt asks programs to stay away"
    NO_ROBOTS = "its robots.txt can't be read just now"
    LATER = "its host wants longer pauses than a run should last"


LASTING = frozenset({Trouble.PRIVATE, Trouble.ROBOTS, Trouble.BAD_REDIRECT})
"""Troubles that will be the same tomorrow.  A host that does not exist is looked up every time:
that costs nobody anything, and may be the fault of our own connection."""


@dataclass(frozen=True)
class Answer:
    """What came back: a status and its page, or a trouble and nothing else."""

    status: int = 0
    """The HTTP status; 0 where there is a trouble."""

    trouble: Trouble | None = None

    address: str = ""
    """Where it came from, after redirects."""

    location: str = ""
    """Where it leads on, as the header gives it."""

    retry_after: str = ""
    """When to come back, as the header gives it."""

    content_type: str = ""

    body: bytes = field(default=b"", repr=False)
    """The page as it was before any compression; empty where the compression is unknown."""

    whole: bool = True
    """The page is all there: not cut at the limit, by a lost connection or by the clock."""

    @property
    def passing(self) -> bool:
        """Return whether it may well be another one soon."""
        if self.trouble:
            return self.trouble not in LASTING
        return self.status in (408, 425, 429) or self.status >= 500


# What may stay as it is; the rest is sent, and compared, as `%XX`.
_SAFE = "/%?&=:;@+,!$'()*~[]-._"


def target_of(address: str) -> str:
    """Return path and query of `address`, which leads to another site, in ASCII."""
    parts = urlsplit(address)
    return encoded((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def encoded(text: str) -> str:
    """Return a path or query with everything unusual as `%XX`.  Never raises."""
    return quote(text, safe=_SAFE, errors="replace")


GONE = (404, 410)
"""Statuses that say that there is no such page; any other may be a matter of today or of us."""

# Fronts of a site: its root, that of a language, and their usual files.
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)\.\w+)?", re.I)


class LinkState(Enum):
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


class QuoteSearch(Enum):
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

    quotes: tuple[tuple[str, QuoteSearch], ...] = ()
    """How the search ended for each quote, by its fingerprint."""

    passing: bool = False
    """It may well be another one soon."""


@dataclass(frozen=True)
class Verdict:
    """What has become of an address, and how that is known, in the writer's words."""

    state: LinkState
    reason: str


def finding_of(answer: Answer, quotes: Sequence[tuple[str, QuoteSearch]], today: date) -> Finding:
    """Return what is to be remembered of `answer`, and of the search for `quotes` in it."""
    return Finding(
        today, answer.status, answer.trouble, answer.address, tuple(quotes), answer.passing
    )


def verdict_of(asked: str, finding: Finding, quotes: Sequence[str] = ()) -> Verdict:
    """Return what `finding` says about the address `asked`, at which `quotes` should stand.

    `quotes` are fingerprints.  Never raises.
    """
    if finding.trouble:
        state = LinkState.DEAD if finding.trouble is Trouble.NO_HOST else LinkState.UNKNOWN
        return Verdict(state, finding.trouble.value)
    if finding.status in GONE:
        return Verdict(LinkState.DEAD, f"there is no such page any more ({finding.status})")
    if not 200 <= finding.status < 300:
        return Verdict(LinkState.UNKNOWN, _refused(finding.status))
    looks = [look for fingerprint, look in finding.quotes if fingerprint in quotes]
    missing = looks.count(QuoteSearch.MISSING)
    if missing:
        words = "the quote of a citation" if missing == 1 else f"{missing} quotes of citations"
        verb = "stands" if missing == 1 else "stand"
        return Verdict(LinkState.DEVIATED, f"it answers, but {words} no longer {verb} there")
    if QuoteSearch.FOUND not in looks and leads_to_front(asked, finding.final):
        return Verdict(LinkState.SUSPECT, "it leads to the front page now")
    if QuoteSearch.UNREADABLE in looks:
        return Verdict(LinkState.LIVE, "it answers; its quotes can't be looked for")
    return Verdict(LinkState.LIVE, "it answers")


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
