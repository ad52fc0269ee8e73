"""JSON from strangers: read within limits, so that no text hangs or fells the command."""

import json
import re
from typing import Any

from mkdocs_annotate.exchange.arrivals import Unusable

MAX_DEPTH = 64
"""Deepest nesting; an annotation needs 10."""

MAX_DIGITS = 18
"""Longest whole number that is read as one: Python refuses those of over 4,300 digits."""

# A string, closed or not, or a bracket.  It can't fail once begun, so it is linear.
_SIGNS = re.compile(r'"[^"\\]*(?:\\.?[^"\\]*)*(?:"|\Z)|[\[\]{}]', re.DOTALL)

_SIGNS_AND_COMMAS = re.compile(_SIGNS.pattern.replace(r"{}]", r"{},]"), re.DOTALL)
_BLANK = re.compile(r"\s*")


def parse_json(text: str) -> Any:
    """Return the value of the JSON `text`; of keys that stand twice the last counts.

    Long numbers become text, and `NaN` and its like nothing.  Raises Unusable with the line and
    column of what is wrong.  Cost: linear.
    """
    text = text.removeprefix("\ufeff")
    _measured(text)
    try:
        return json.loads(text, parse_int=_number, parse_constant=lambda _: None)
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


def item_places(text: str) -> list[tuple[int, int]]:
    """Return the line and column, from 1, of each item of the list that the JSON `text` is.

    That of the first sign where it is no list.  `text` must have been read.  Cost: linear.
    """
    text = text.removeprefix("\ufeff")
    starts: list[int] = []
    depth = 0
    for found in _SIGNS_AND_COMMAS.finditer(text):
        sign = found.group()
        if sign in "]}":
            depth -= 1
        elif sign in "[{" or sign == ",":
            depth += sign != ","
            if depth == 1:
                inner = _BLANK.match(text, found.end())
                starts.append(found.start() if sign == "{" or not inner else inner.end())
    places, line, line_start, seen = [], 1, 0, 0
    for start in starts:
        line += text.count("\n", seen, start)
        line_start = max(text.rfind("\n", seen, start) + 1, line_start)
        places.append((line, start - line_start + 1))
        seen = start
    return places


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
