"""JSON from strangers: read within limits, so that no text hangs or fells the command."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs_annotate.exchange.arrivals import Unusable

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
    """Return an object of `values` that stands where `given` does."""
    made = JsonObject(values)
    made.place = place_of(given)
    made.repeated = getattr(given, "repeated", ())
    return made


def parse_json(text: str) -> Any:
    """Return the value of the JSON `text`, its objects as `JsonObject`.

    Long numbers become text, and `NaN` and its like nothing.  Raises Unusable with the line and
    column of what is wrong.  Cost: linear.
    """
    text = text.removeprefix("\ufeff")
    _measured(text)
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
        said = error.msg[:1].lower() + error.msg[1:]
        raise Unusable(
            f"the file is no JSON: {place}: {said}; export it again",
            f"the file is no JSON: {said}",
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


def _measured(text: str) -> None:
    """Refuse what is nested too deep, which Python's own reader would break off at."""
    depth = 0
    for found in _SIGNS.finditer(text):
        sign = found.group()
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, found.start()) + 1
                reason = f"more than {MAX_DEPTH} brackets stand in each other"
                message = f"line {line}: {reason}; no export of annotations is nested so deep"
                raise Unusable(message, reason, (line, 1))
        elif sign in "]}":
            depth -= 1
