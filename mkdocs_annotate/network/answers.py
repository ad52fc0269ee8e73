"""What comes back from an address: an HTTP answer, or the reason why there is none."""

from dataclasses import dataclass, field
from enum import Enum


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
