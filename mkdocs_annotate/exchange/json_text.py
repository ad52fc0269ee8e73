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
        raise Unusable(f"the file is no JSON: {place}: {said}; export it again") from error


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= MAX_DIGITS else digits


def _measured(text: str) -> None:
    """Refuse what is nested too deep, which Python's own reader would break off at."""
    depth = 0
    for found in _SIGNS.finditer(text):
        sign = found.group()
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, found.start()) + 1
                message = f"line {line}: more than {MAX_DEPTH} brackets stand in each other"
                raise Unusable(f"{message}; no export of annotations is nested so deep")
        elif sign in "]}":
            depth -= 1
