"""Reviews in the Markdown Review Sidecar Format, `<article>.md.review.yaml` or `.json`.

A review is never published without permission, so all that it brings is a draft.
"""

import re
from typing import Any

from mkdocs_annotate.exchange.arrivals import (
    Arrival,
    Arrivals,
    Skipped,
    Target,
    Unusable,
    line_of,
    text_of,
)
from mkdocs_annotate.exchange.plain_text import as_markdown
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.sidecar.nodes import Node, Scalar, Sequence, parse_nodes

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
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return {key: _value(value) for key, (_, value) in node.entries.items()}


def is_mrsf(value: Any) -> bool:
    """Return whether a value is a review."""
    return isinstance(value, dict) and isinstance(value.get("comments"), list)


def read_mrsf(value: Any) -> Arrivals:
    """Return the open remarks on passages, and why others are skipped.  Raises Unusable."""
    if not is_mrsf(value):
        raise Unusable("the file has no list `comments`, and so is no review in MRSF")
    read: list[Arrival] = []
    skipped: list[str] = []
    for remark in value["comments"]:
        try:
            read.append(_arrival(remark))
        except Skipped as reason:
            skipped.append(str(reason))
    return Arrivals(tuple(read), skipped=tuple(skipped))


def _arrival(remark: Any) -> Arrival:
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
    tag = line_of(remark.get("type"))
    return Arrival(
        (Target(exact, line=int(line) if _is_line(line) else 0),),
        note=note,
        by=named["name"] if named else author,
        date=str(date) if date else "",
        draft=True,
        tags=(tag,) if tag else (),
    )


def _is_line(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
