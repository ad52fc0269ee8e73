"""What every import needs: types of imported annotations, and parsing of JSON within limits."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkdocs_annotate.model.messages import forbidden_character
from mkdocs_annotate.model.problems import Position, shown
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.sidecar.yaml_text import Fields

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
    """A quoted passage, without offsets: those of other programs never anchor a passage."""

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
    """The name of its entry in the page's list of sources, if that is its only address."""


@dataclass(frozen=True)
class ImportedAnnotation:
    """One annotation.  Its texts are clean; the rules of sidecars are checked later."""

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


class UnusableFile(Exception):
    """Nothing of a file can be imported; the message says why and what to do."""

    def __init__(
        self,
        message: str,
        reason: str = "",
        place: tuple[int, int] = (1, 1),
        *,
        located: bool = False,
    ) -> None:
        super().__init__(message)
        self.located = located
        """The message begins with the name of the file."""
        self.reason = reason or message
        """The message without its place and its hint."""
        self.place = place
        """Line and column, from 1."""


class SkipEntry(Exception):
    """An entry is not imported; the message is the reason, in words that follow its name."""


def entry_name(*texts: Any) -> str:
    """Return the first of `texts` that is not empty, cut short, as the name of an entry."""
    words = next(filter(None, map(line_of, texts)), "")
    if not words:
        return "an entry without text"
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


MAX_DEPTH = 64
"""Deepest nesting; an annotation needs 10."""

MAX_DIGITS = 18
"""Longest whole number that is read as one: Python refuses those of over 4,300 digits."""

# A string, closed or not, or a bracket.  It can't fail once begun, so it is linear.
_SIGNS = re.compile(r'"[^"\\]*(?:\\.?[^"\\]*)*(?:"|\Z)|[\[\]{}]', re.DOTALL)


class JsonObject(dict[str, Any]):
    """An object of JSON that knows where it begins."""

    place: tuple[int, int] = (1, 1)
    """Line and column, from 1."""

    repeated: tuple[str, ...] = ()
    """The keys that stand in it more than once; the last of each counts."""


def place_of(value: Any) -> tuple[int, int]:
    """Return line and column, from 1, of an object; 1 and 1 for any other value."""
    return getattr(value, "place", (1, 1))


def like(given: Any, values: Mapping[str, Any]) -> JsonObject:
    """Return an object of `values` with the place and the repeated keys of `given`."""
    made = JsonObject(values)
    made.place = place_of(given)
    made.repeated = getattr(given, "repeated", ())
    return made


def parse_json(text: str) -> Any:
    """Return the value of the JSON `text`, its objects as `JsonObject`.

    Long numbers become text; `NaN` and its like become None.  Raises UnusableFile with the line and
    column of what is wrong.  Cost: linear.
    """
    text = text.removeprefix("\ufeff")
    _check_depth(text)
    places = _object_places(text)

    def located(pairs: list[tuple[str, Any]]) -> JsonObject:
        made = JsonObject(pairs)
        # Objects are made in the order in which they end.
        made.place = next(places, (1, 1))
        if len(made) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            made.repeated = tuple(name for name in made if counts[name] > 1)
        return made

    try:
        return json.loads(
            text, parse_int=_number, parse_constant=lambda _: None, object_pairs_hook=located
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        reason = error.msg[:1].lower() + error.msg[1:]
        raise UnusableFile(
            f"the file is not JSON: {place}: {reason}; export it again",
            f"the file is not JSON: {reason}",
            (error.lineno, error.colno),
        ) from error


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def _object_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the line and column of each object, in the order in which they end.

    Cost: linear, but for a search among the lines for each object.
    """
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    opened: list[int] = []
    for found in _SIGNS.finditer(text):
        if found.group() == "{":
            opened.append(found.start())
        elif found.group() == "}" and opened:
            start = opened.pop()
            line = bisect_right(lines, start)
            yield line, start - lines[line - 1] + 1


def _check_depth(text: str) -> None:
    """Raise UnusableFile if brackets are nested too deep, where Python's own parser would fail."""
    depth = 0
    for found in _SIGNS.finditer(text):
        sign = found.group()
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, found.start()) + 1
                reason = f"more than {MAX_DEPTH} brackets are nested in each other"
                message = f"line {line}: {reason}; no export of annotations is nested so deep"
                raise UnusableFile(message, reason, (line, 1))
        elif sign in "]}":
            depth -= 1


def list_of(value: Any) -> list[Any]:
    """Return a list as it is, and a single value as a list of one; an empty list for None."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def text_of(value: Any) -> str:
    """Return the text `value` without characters that no sidecar may have; empty for other types.

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
    """Return a prefix or suffix as one line; a space at its edges is kept, as it ends a word."""
    line = line_of(value)
    if not line or not isinstance(value, str):
        return line
    before = " " if value[:1].isspace() else ""
    return f"{before}{line}{' ' if value[-1:].isspace() else ''}"
