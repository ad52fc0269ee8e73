"""Imports reviews in the Markdown Review Sidecar Format: `<article>.md.review.yaml` or `.json`.

A review is never published without permission, so its annotations are drafts.
"""

import re
from collections.abc import Mapping
from typing import Any

from mkdocs_annotate.exchange.entries import Unread, filled
from mkdocs_annotate.exchange.imported import (
    Imported,
    ImportedAnnotation,
    ImportFormat,
    JsonObject,
    LeftOut,
    SkipEntry,
    Target,
    UnusableFile,
    entry_name,
    line_of,
    parse_json,
    place_of,
    text_of,
)
from mkdocs_annotate.exchange.plain_text import as_markdown
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.nodes import Node, ScalarNode, SequenceNode, parse_nodes

_AUTHOR = re.compile(r"(?P<name>[^()]*[^()\s])\s*\([^()]*\)")


def parse_review(text: str, file: str) -> Any:
    """Return the values of a review in JSON or YAML; those of YAML are all texts.

    Raises UnusableFile with the place of a mistake.
    """
    if text.removeprefix("\ufeff").lstrip()[:1] in ("{", "["):
        return parse_json(text)
    document = parse_nodes(text, file)
    if document.problems:
        raise UnusableFile(str(document.problems[0]), located=True)
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


def read_mrsf(value: Any, file: str = "") -> Imported:
    """Return the open remarks on passages, and why others are skipped.  Raises UnusableFile."""
    if not is_mrsf(value):
        raise UnusableFile("the file has no list `comments`, so it is not an MRSF review")
    read: list[ImportedAnnotation] = []
    skipped: list[LeftOut] = []
    unread = Unread(file)
    unread.look(value, ("comments", "mrsf_version"))
    for remark in value["comments"]:
        position = Position(file, *place_of(remark))
        try:
            annotation = _read_entry(remark, position)
            read.append(annotation)
            unread.look(remark, _read(remark, annotation))
        except SkipEntry as reason:
            skipped.append(LeftOut(position, f"{_name(remark)}: {reason}"))
    return Imported(tuple(read), skipped=tuple(skipped), left_out=unread.skips())


def _read(remark: Mapping[str, Any], annotation: ImportedAnnotation) -> set[str]:
    """Return the fields of a remark that are read, or decide whether it comes in."""
    return {"selected_text", "text"} | filled(
        line=annotation.targets[0].line, timestamp=annotation.date, author=annotation.by,
        type=line_of(remark.get("type")), severity=line_of(remark.get("severity")),
        resolved=str(remark.get("resolved", "")).lower() in ("true", "false"),
    )  # fmt: skip


def _name(remark: Any) -> str:
    """Return the name of a remark in messages: the words it quotes, else its own."""
    if not isinstance(remark, dict):
        return entry_name(remark)
    return entry_name(remark.get("selected_text"), remark.get("text"), remark.get("id"))


def _read_entry(remark: Any, position: Position) -> ImportedAnnotation:
    if not isinstance(remark, dict):
        raise SkipEntry("not an annotation")
    if str(remark.get("resolved", "")).lower() == "true":
        raise SkipEntry("resolved")
    if remark.get("reply_to"):
        raise SkipEntry("a reply")
    exact = line_of(remark.get("selected_text"))
    if not exact:
        raise SkipEntry("a remark on a line, without a quote")
    note = as_markdown(text_of(remark.get("text")))
    if not note:
        raise SkipEntry("a highlight without a note")
    line = line_of(remark.get("line"))
    date = parse_date(line_of(remark.get("timestamp"))[:10])
    author = line_of(remark.get("author"))
    named = _AUTHOR.fullmatch(author[:1000])
    tags = [line_of(remark.get("type"))]
    severity = line_of(remark.get("severity"))
    tags.append(f"severity: {severity}" if severity else "")
    return ImportedAnnotation(
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


MRSF = ImportFormat(
    "mrsf", "a review in MRSF", is_mrsf, lambda value, _, file: read_mrsf(value, file), parse_review
)
