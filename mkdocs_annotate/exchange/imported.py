"""What other formats bring: annotations and sources that are not in a sidecar yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkdocs_annotate.model.characters import forbidden_character
from mkdocs_annotate.model.problems import Position, shown
from mkdocs_annotate.sidecar.yaml_text import Fields

ENTRY = "ann--source-"
"""What the id of a source's entry on one of our pages begins with."""


LONGEST_NAME = 60
"""Most characters of the words that an entry is named by in messages."""

NOWHERE = Position("", 1, 1)


class Unusable(Exception):
    """Nothing of a file can be imported; the message says why and what to do."""

    def __init__(self, message: str, reason: str = "", place: tuple[int, int] = (1, 1)) -> None:
        super().__init__(message)
        self.reason = reason or message
        """The message without its place and its hint."""
        self.place = place
        """Line and column, from 1."""


class Skip(NamedTuple):
    """An entry, or a part of one, that does not come in: where it stands, and why not."""

    position: Position
    reason: str
    hint: str = ""
    """What to do, where there is something to do."""

    def __str__(self) -> str:
        return f"{self.position}: {self.reason}{'; ' * bool(self.hint)}{self.hint}"


@dataclass(frozen=True)
class Target:
    """The words that an arrival is about.  Positions never anchor, so there are none."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    line: int = 0
    """The line of the article's file that they begin in, from 1; 0 where unknown."""


@dataclass(frozen=True)
class Reference:
    """One use of a document, told by its address."""

    address: str
    locator: str = ""
    quote: str = ""
    copy: str = ""
    """The address of an archived copy."""

    seen: str = ""
    """When the copy was made or, without one, when the document was looked at."""

    entry: str = ""
    """Its name in the page's own list of sources, where it has no address but that list's."""


@dataclass(frozen=True)
class Arrival:
    """One annotation; texts are cleaned, and still to be admitted by the sidecar's own rules."""

    targets: tuple[Target, ...]
    note: str = ""
    kind: str = ""
    references: tuple[Reference, ...] = ()
    speaker: str = ""
    technique: str = ""
    by: str = ""
    date: str = ""
    draft: bool = False
    tags: tuple[str, ...] = ()
    id: str = ""
    page: str = ""
    """The address of the page that it is about; empty where unknown."""

    position: Position = NOWHERE
    """Where it stands in the file that it comes from."""


@dataclass(frozen=True)
class Arrivals:
    """All that one file brings, and for each entry that is passed over the reason."""

    annotations: tuple[Arrival, ...] = ()
    sources: Mapping[str, Fields] = field(default_factory=dict)
    places: Mapping[str, Position] = field(default_factory=dict)
    """Where each of the sources stands in the file that it comes from."""

    skipped: tuple[Skip, ...] = ()
    left_out: tuple[Skip, ...] = ()
    """Parts of entries that do come in, without these parts."""


class Skipped(Exception):
    """One entry is passed over; the message is the reason, in words that follow its name."""


def named_so(*texts: Any) -> str:
    """Return the first of `texts` that says something, cut short, as the name of an entry."""
    words = next(filter(None, map(line_of, texts)), "")
    if not words:
        return "an entry without a word"
    return f"“{shown(words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + '…')}”"


def entries_of(value: Any) -> list[Any]:
    """Return a value that may be one or a list as a list; nothing of nothing."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text_of(value: Any) -> str:
    """Return `value` without what no sidecar may hold: controls, halves of signs; else empty.

    Numbers are text too.  Never raises.  Cost: linear.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    if forbidden_character(text):
        text = "".join(one for one in text if not forbidden_character(one))
    return text.strip()


def line_of(value: Any) -> str:
    """Return `value` as one line, each run of white space as one space."""
    return " ".join(text_of(value).split())


def passage_of(value: Any) -> str:
    """Return a prefix or suffix as one line; a space at its edge tells words from their parts."""
    line = line_of(value)
    if not line or not isinstance(value, str):
        return line
    before = " " if value[:1].isspace() else ""
    return f"{before}{line}{' ' if value[-1:].isspace() else ''}"
