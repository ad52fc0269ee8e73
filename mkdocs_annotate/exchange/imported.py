"""Annotations and sources of other programs, before they are entries of a sidecar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkdocs_annotate.exchange.json_values import line_of, parse_json
from mkdocs_annotate.model.problems import Position, shown
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.sidecar.editing import Fields

ENTRY = "ann--source-"
"""The beginning of the ids of sources' entries on our pages."""


LONGEST_NAME = 60
"""Most characters of an entry's name in messages."""

NOWHERE = Position("", 1, 1)


class LeftOut(NamedTuple):
    """An entry, or a part of one, that is not imported."""

    position: Position
    reason: str
    hint: str = ""
    """What to do, where there is something to do."""

    def __str__(self) -> str:
        return f"{self.position}: {self.reason}{'; ' * bool(self.hint)}{self.hint}"


@dataclass(frozen=True)
class Target:
    """A quoted passage.  Positions of other programs never anchor, so there are none."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    line: int = 0
    """The line of the article's file in which it begins, from 1; 0 where unknown."""


@dataclass(frozen=True)
class Reference:
    """One use of a document, known by its address."""

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
class ImportedAnnotation:
    """One annotation; its texts are clean, and not yet checked by the sidecar's own rules."""

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
    """Its place in the imported file."""


@dataclass(frozen=True)
class Imported:
    """The content of one file."""

    annotations: tuple[ImportedAnnotation, ...] = ()
    sources: Mapping[str, Fields] = field(default_factory=dict)
    places: Mapping[str, Position] = field(default_factory=dict)
    """The place of each source in the imported file."""

    skipped: tuple[LeftOut, ...] = ()
    """Entries that are not imported."""

    left_out: tuple[LeftOut, ...] = ()
    """Parts that are left out of entries that are imported."""


class SkipEntry(Exception):
    """An entry is not imported; the message is the reason, in words that follow its name."""


def entry_name(*texts: Any) -> str:
    """Return the first of `texts` that is not empty, cut short, as the name of an entry."""
    words = next(filter(None, map(line_of, texts)), "")
    if not words:
        return "an entry without a word"
    return f"“{shown(words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + '…')}”"


@dataclass(frozen=True)
class ImportFormat:
    """A format of another program that can be imported; `exchange.formats` lists them all."""

    name: str
    """Its name for the option `--format`."""

    title: str
    """Its name in messages."""

    fits: Callable[[Any], bool]
    """Returns whether a parsed file is of this format.  Never raises."""

    read: Callable[[Any, Vocabulary, str], Imported]
    """Returns the content of a parsed file; the text is the file's name.  Raises UnusableFile."""

    parse: Callable[[str, str], Any] = lambda text, _: parse_json(text)
    """Returns the values in a text, given with the file's name.  Raises UnusableFile."""
