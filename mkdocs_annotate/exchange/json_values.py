"""JSON of other programs: read within limits, its texts cleaned."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs_annotate.model.characters import forbidden_character

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
    """Return line and column, from 1, of an object; those of the first sign of anything else."""
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
            f"the file is no JSON: {place}: {reason}; export it again",
            f"the file is no JSON: {reason}",
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
    """Refuse what is nested too deep: Python's own reader would break off.  Raises UnusableFile."""
    depth = 0
    for found in _SIGNS.finditer(text):
        sign = found.group()
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, found.start()) + 1
                reason = f"more than {MAX_DEPTH} brackets stand in each other"
                message = f"line {line}: {reason}; no export of annotations is nested so deep"
                raise UnusableFile(message, reason, (line, 1))
        elif sign in "]}":
            depth -= 1


class UnusableFile(Exception):
    """Nothing of a file can be imported; the message says why and what to do."""

    def __init__(self, message: str, reason: str = "", place: tuple[int, int] = (1, 1)) -> None:
        super().__init__(message)
        self.reason = reason or message
        """The message without its place and its hint."""
        self.place = place
        """Line and column, from 1."""


def list_of(value: Any) -> list[Any]:
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
