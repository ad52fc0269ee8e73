"""JSON from strangers: read within limits, so that no text hangs or fells the command.

Names may have the prefix `oa:`.  No context is fetched, and no address looked at.

Source: recogito/text-annotator-js, `TextAnnotation`: `bodies`, and selectors with `quote`.  Its
exports in the W3C's form are Web Annotations as they are.
"""

import json
import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs_annotate.exchange.imported import (
    ENTRY,
    Reference,
    Target,
    Unusable,
    entries_of,
    line_of,
    passage_of,
)
from mkdocs_annotate.model.dates import parse_date

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


KINDS = {"linking": "source", "assessing": "check", "questioning": "unattributed"}
"""What a motivation comes nearest to, where nothing tells the kind."""

MOTIVATIONS = frozenset(
    "linking assessing questioning commenting describing classifying tagging highlighting".split()
)
"""Motivations of which a kind, a tag or a mark says all that they say."""

PURPOSES = MOTIVATIONS | {"replying"}
"""Purposes of a body that decide what is made of it."""

FORMATS = ("plain", "html", "markdown")
"""Formats of texts that are read, each by a part of its name."""


def _name(value: Any) -> str:
    """Return a term without the prefix of its vocabulary."""
    text = line_of(value)
    return text.removeprefix("http://www.w3.org/ns/oa#").removeprefix("oa:")


def names_in(value: Any) -> list[str]:
    """Return the terms of a value that may be one or a list, without prefixes."""
    return [name for name in map(_name, entries_of(value)) if name]


def is_a(value: Any, *types: str) -> bool:
    """Return whether an object is of one of some types."""
    if not isinstance(value, dict):
        return False
    return any(name in types for name in names_in(value.get("type", value.get("@type"))))


def address_of(value: Any) -> str:
    """Return the address that a resource is, or has."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id", ""))
    return line_of(value)


def quoted_target(target: Any) -> Target | None:
    """Return the words that a target quotes; None where it quotes none."""
    if not isinstance(target, dict):
        return None
    quotes = quotes_in(target.get("selector"))
    return quotes[0] if quotes else None


def quotes_in(selectors: Any) -> list[Target]:
    """Return the words that selectors quote, those that refine others first."""
    found: list[Target] = []
    waiting = deque((selector, 0) for selector in entries_of(selectors))
    deepest = -1
    while waiting:
        selector, depth = waiting.popleft()
        if not isinstance(selector, dict):
            continue
        waiting += [(inner, depth + 1) for inner in entries_of(selector.get("refinedBy"))]
        exact = selector.get("exact", selector.get("oa:exact"))
        if is_a(selector, "TextQuoteSelector") and line_of(exact):
            prefix, suffix = (
                passage_of(selector.get(key, selector.get(f"oa:{key}")))
                for key in ("prefix", "suffix")
            )
            quote = Target(line_of(exact), prefix, suffix)
            found = [quote, *found] if depth > deepest else [*found, quote]
            deepest = max(depth, deepest)
    return found


def page_of(annotation: dict[str, Any]) -> str:
    """Return the address of the page that an annotation is about, without a place in it."""
    for target in entries_of(annotation.get("target")):
        source = target.get("source") if isinstance(target, dict) else target
        return address_of(source).partition("#")[0]
    return ""


def reference_of(address: str, body: dict[str, Any], page: str) -> Reference:
    """Return one use of the document at `address`, by an annotation of `page`."""
    quoted = next(iter(quotes_in(body.get("selector"))), None)
    states = [state for state in entries_of(body.get("state")) if isinstance(state, dict)]
    state = states[0] if states else {}
    seen = parse_date(line_of(next(iter(entries_of(state.get("sourceDate"))), ""))[:10])
    around, _, entry = address.partition(f"#{ENTRY}")
    return Reference(
        address,
        locator=line_of(next(iter(entries_of(body.get("label"))), "")),
        quote=quoted.exact if quoted else "",
        copy=line_of(next(iter(entries_of(state.get("cached"))), "")),
        seen=str(seen) if seen else "",
        # Another page's list says nothing about ours.
        entry=entry if page and around == page else "",
    )


def is_recogito(value: Any) -> bool:
    """Return whether JSON is an annotation in Recogito's own form."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("bodies"), list)
        and isinstance(value.get("target"), dict)
    )


def as_web_annotation(value: Any) -> Any:
    """Return a Web Annotation for one of Recogito; anything else as it is."""
    if not is_recogito(value):
        return value
    target = value["target"]
    made = JsonObject({name: value[name] for name in value if name not in ("bodies", "target")})
    made.place = place_of(value)
    made["type"] = "Annotation"
    made["body"] = [_body(one) for one in value["bodies"]]
    for name in ("creator", "created"):
        made.setdefault(name, target.get(name))
    if target.get("updated"):
        made["modified"] = target["updated"]
    selectors = [_selector(one) for one in entries_of(target.get("selector"))]
    made["target"] = _like(
        target, {"selector": selectors}, "annotation", "creator", "created", "updated", "updatedBy"
    )
    return made


def _body(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    # Which annotation it belongs to is told by its place.
    return _like(body, {"type": "TextualBody"}, "annotation", "updated", "updatedBy")


def _selector(selector: Any) -> Any:
    if not isinstance(selector, dict) or "quote" not in selector:
        return selector
    return _like(selector, {"type": "TextQuoteSelector", "exact": selector["quote"]})


def _like(given: dict[str, Any], more: dict[str, Any], *without: str) -> JsonObject:
    made = JsonObject({name: given[name] for name in given if name not in without} | more)
    made.place = place_of(given)
    return made
