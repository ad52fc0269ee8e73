"""Reviews in the Markdown Review Sidecar Format, `<article>.md.review.yaml` or `.json`.

A review is never published without permission, so all that it brings is a draft.
"""

import re
from collections.abc import Mapping
from typing import Any

from mkdocs_annotate.exchange.entries import Unread, understood
from mkdocs_annotate.exchange.imported import (
    Arrival,
    Arrivals,
    Skip,
    Skipped,
    Target,
    Unusable,
    line_of,
    named_so,
    text_of,
)
from mkdocs_annotate.exchange.json_values import JsonObject, place_of
from mkdocs_annotate.exchange.plain_text import as_markdown
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.nodes import Node, ScalarNode, SequenceNode, parse_nodes

_AUTHOR = re.compile(r"(?P<name>[^()]*[^()\s])\s*\([^()]*\)")


def parse_review(text: str, file: str) -> Any:
    """Return what the YAML of a review says, all values as text.

    Raises Unusable with the place of what the one door to YAML refuses.
    """
    document = parse_nodes(text, file)
    if document.problems:
        raise Unusable(str(document.problems[0]))
    return None if document.root is None else _value(document.root)


def _value(node: Node) -> Any:
    # As deep as nodes may be nested, which is not deep.
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [_value(item) for item in node.items]
    made = JsonObject({key: _value(value) for key, (_, value) in node.entries.items()})
    made.place = (node.position.line, node.position.column)
    return made


def is_mrsf(value: Any) -> bool:
    """Return whether a value is a review."""
    return isinstance(value, dict) and isinstance(value.get("comments"), list)


def read_mrsf(value: Any, file: str = "") -> Arrivals:
    """Return the open remarks on passages, and why others are skipped.  Raises Unusable."""
    if not is_mrsf(value):
        raise Unusable("the file has no list `comments`, and so is no review in MRSF")
    read: list[Arrival] = []
    skipped: list[Skip] = []
    unread = Unread(file)
    unread.look(value, ("comments", "mrsf_version"))
    for remark in value["comments"]:
        position = Position(file, *place_of(remark))
        try:
            arrival = _arrival(remark, position)
            read.append(arrival)
            unread.look(remark, _read(remark, arrival))
        except Skipped as reason:
            skipped.append(Skip(position, f"{_name(remark)}: {reason}"))
    return Arrivals(tuple(read), skipped=tuple(skipped), left_out=unread.skips())


def _read(remark: Mapping[str, Any], arrival: Arrival) -> set[str]:
    """Return the fields of a remark that are read, or decide whether it comes in."""
    return {"selected_text", "text"} | understood(
        line=arrival.targets[0].line, timestamp=arrival.date, author=arrival.by,
        type=line_of(remark.get("type")), severity=line_of(remark.get("severity")),
        resolved=str(remark.get("resolved", "")).lower() in ("true", "false"),
    )  # fmt: skip


def _name(remark: Any) -> str:
    """Return what a remark is called in a message: by the words it quotes, or else by its own."""
    if not isinstance(remark, dict):
        return named_so(remark)
    return named_so(remark.get("selected_text"), remark.get("text"), remark.get("id"))


def _arrival(remark: Any, position: Position) -> Arrival:
    if not isinstance(remark, dict):
        raise Skipped("no annotation at all")
    if str(remark.get("resolved", "")).lower() == "true":
        raise Skipped("resolved")
    if remark.get("reply_to"):
        raise Skipped("a reply")
    exact = line_of(remark.get("selected_text"))
    if not exact:
        raise Skipped("a remark on a line, without its words")
    note = as_markdown(text_of(remark.get("text")))
    if not note:
        raise Skipped("a highlight without a word")
    line = line_of(remark.get("line"))
    date = parse_date(line_of(remark.get("timestamp"))[:10])
    author = line_of(remark.get("author"))
    named = _AUTHOR.fullmatch(author[:1000])
    tags = [line_of(remark.get("type"))]
    severity = line_of(remark.get("severity"))
    tags.append(f"severity: {severity}" if severity else "")
    return Arrival(
        (Target(exact, line=int(line) if _is_line(line) else 0),),
        note=note,
        by=named["name"] if named else author,
        date=str(date) if date else "",
        draft=True,
        tags=tuple(filter(None, tags)),
        position=position,
    )


def _is_line(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
