"""One change in the text of a sidecar, where every other byte stays.

A round trip through a YAML library rewrites what it doesn't understand.  So a change is tried as
text, in several forms; the new text is read; and it counts only if it says what the old one said,
with exactly this change.  No edit can be wrong; what fits no form is refused.
"""

import re
from collections import abc
from dataclasses import dataclass
from difflib import unified_diff
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any, TypeAlias

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar import yaml_text
from mkdocs_annotate.sidecar.nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_nodes
from mkdocs_annotate.sidecar.yaml_text import (
    PLAIN,
    appended,
    described,
    double_quoted,
    entry_lines,
    last_sign,
    line_end,
    newline_of,
    scalar,
    with_entries,
    without_item,
)


def as_diff(before: str, after: str, path: Path) -> str:
    """Return what changes in the file at `path`, as a unified diff."""
    name = display_path(path)
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


Tree: TypeAlias = Any
"""What a text says: texts, lists and dictionaries."""

Fields: TypeAlias = yaml_text.Fields
"""What an entry holds, by key: texts, lists of texts, lists of entries."""

# What a new key goes behind: of an annotation, of a source, and of one without an address.
_BEFORE_NEW = ("quote", "archive_url", "accessed", "url", "doi", "title")


@dataclass(frozen=True)
class Change:
    """The value of one key of an entry.

    It is the annotation whose quote stands at `position`, or the source whose own key does; a
    source that is described where it is cited has none, and begins there.
    """

    position: Position
    key: str
    value: str


class Uneditable(Exception):
    """The text can't be changed so; the message says what to type instead."""


def with_change(text: str, change: Change) -> str:
    """Return `text` with `change`; every other byte stays as it is.

    Raises Uneditable when no form of the change is read as exactly this change, or when the text
    has problems.
    """
    root = root_of(text, change.position.file)
    path, entry = _entry_at(root, change.position)
    wanted = tree_of(root)
    reduce(getitem, path, wanted)[change.key] = change.value
    if change.key in entry.entries:
        value = entry.entries[change.key][1]
        candidates = replacements(text, value, change.value)
    else:
        candidates = _additions(text, entry, change)
    return accepted(candidates, wanted, change.position.file, f"{change.key}: {change.value}")


def with_annotation(text: str, fields: Fields, file: str) -> str:
    """Return `text` with an annotation of `fields` at the end of its list.

    Raises Uneditable like `with_change`.
    """
    return with_annotations(text, [fields], file)


def with_annotations(text: str, entries: abc.Sequence[Fields], file: str) -> str:
    """Return `text` with annotations at the end of its list.  Raises Uneditable."""
    root = None if says_nothing(text, file) else root_of(text, file)
    wanted = {} if root is None else tree_of(root)
    wanted = {**wanted, "annotations": [*(wanted.get("annotations") or []), *map(dict, entries)]}
    typed = entry_lines(entries[0], "  ", "\n")
    return accepted(appended(text, root, entries), wanted, file, typed)


def without_annotation(text: str, position: Position) -> str:
    """Return `text` without the annotation whose quote stands at `position`.

    Comments around it stay.  Raises Uneditable like `with_change`.
    """
    root = root_of(text, position.file)
    path, entry = _entry_at(root, position)
    wanted = tree_of(root)
    del wanted["annotations"][path[1]]
    if not wanted["annotations"]:
        del wanted["annotations"]
    quote = entry.entries["quote"][1]
    typed = f"- quote: {quote.text}" if isinstance(quote, ScalarNode) else "its entry"
    candidates = without_item(text, root, int(path[1]))
    return accepted(candidates, wanted, position.file, typed, "remove it yourself")


def with_sources(text: str, sources: abc.Mapping[str, Fields], file: str) -> str:
    """Return `text` with entries at the end of its sources; none may be there.

    Raises Uneditable.
    """
    root = None if says_nothing(text, file) else root_of(text, file)
    wanted = {} if root is None else tree_of(root)
    wanted_sources = {key: dict(fields) for key, fields in sources.items()}
    typed = f"{scalar(next(iter(sources)))}:"
    known = wanted.get("sources") or {}
    if not isinstance(known, dict):
        raise Uneditable(f"the sources in {file} are no entries; type it yourself: `{typed}`")
    wanted = {**wanted, "sources": {**known, **wanted_sources}}
    return accepted(with_entries(text, root, sources), wanted, file, typed)


def with_shared_sources(text: str, sources: abc.Mapping[str, Fields], file: str) -> str:
    """Return `text`, a file of sources that a site shares, with entries at its end.

    Raises Uneditable.
    """
    root = None if says_nothing(text, file) else root_of(text, file)
    wanted = {} if root is None else tree_of(root)
    if list(wanted) == ["sources"]:
        return with_sources(text, sources, file)
    newline = newline_of(text)
    gap = newline if root is None or newline + newline in text else ""
    fresh = (newline + gap).join(described(sources, "", newline))
    start = text if not text or text.endswith("\n") else text + newline
    wanted |= {key: dict(fields) for key, fields in sources.items()}
    typed = f"{scalar(next(iter(sources)))}:"
    return accepted(iter([f"{start}{gap if start else ''}{fresh}{newline}"]), wanted, file, typed)


def says_nothing(text: str, file: str) -> bool:
    """Return whether `text` is empty but for comments."""
    document = parse_nodes(text, file)
    return document.root is None and not document.problems


def root_of(text: str, file: str) -> MappingNode:
    """Return what `text` says as nodes.  Raises Uneditable when the text has problems."""
    document = parse_nodes(text, file)
    if document.problems or not isinstance(document.root, MappingNode):
        problem = document.problems[0] if document.problems else None
        raise Uneditable(f"mend this first: {problem}" if problem else f"{file} is no sidecar")
    return document.root


def tree_of(node: Node) -> Tree:
    """Return what `node` says."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [tree_of(item) for item in node.items]
    return {key: tree_of(value) for key, (_, value) in node.entries.items()}


def _entry_at(root: MappingNode, position: Position) -> tuple[list[str | int], MappingNode]:
    """Return the entry that a change names by `position`, and the way to it through the tree."""
    for path, entry, place in _changeable(root):
        if (place.line, place.column) == (position.line, position.column):
            return path, entry
    raise Uneditable(f"{position}: what was to be changed stands here no more")


def _changeable(root: MappingNode) -> abc.Iterator[tuple[list[str | int], MappingNode, Position]]:
    """Yield each annotation and source with the place that a change names it by."""
    _, annotations = root.entries.get("annotations", (None, None))
    for index, entry in enumerate(
        annotations.items if isinstance(annotations, SequenceNode) else []
    ):
        if isinstance(entry, MappingNode) and "quote" in entry.entries:
            yield ["annotations", index], entry, entry.entries["quote"][1].position
            yield from _inline_sources(["annotations", index, "sources"], entry)
    # In a file of sources the line `sources:` may be missing.
    _, sources = root.entries.get("sources", (None, root))
    way: list[str | int] = ["sources"] if sources is not root else []
    for key, (name, child) in sources.entries.items() if isinstance(sources, MappingNode) else ():
        if isinstance(child, MappingNode):
            yield [*way, key], child, name.position


def _inline_sources(
    path: list[str | int], entry: MappingNode
) -> abc.Iterator[tuple[list[str | int], MappingNode, Position]]:
    """Yield the sources that an annotation describes itself, with the places where they begin."""
    _, cited = entry.entries.get("sources", (None, None))
    if isinstance(cited, MappingNode):
        yield path, cited, cited.position
    for index, one in enumerate(cited.items if isinstance(cited, SequenceNode) else []):
        if isinstance(one, MappingNode):
            yield [*path, index], one, one.position


def accepted(
    candidates: abc.Iterator[str],
    wanted: Tree,
    file: str,
    typed: str,
    advice: str = "type it yourself",
) -> str:
    """Return the first of `candidates` that says what is `wanted`.

    Raises Uneditable, with what is to be `typed`, when none does.
    """
    for candidate in candidates:
        document = parse_nodes(candidate, file)
        said = tree_of(document.root) if document.root else {}
        if not document.problems and said == wanted:
            return candidate
    shown = f"\n{typed}" if "\n" in typed else f" `{typed}`"
    raise Uneditable(f"the layout of {file} is unusual here; {advice}:{shown}")


def replacements(text: str, node: Node, value: str) -> abc.Iterator[str]:
    """Yield `text` with the value `node` in forms as near to the old one as possible."""
    if not isinstance(node, ScalarNode):
        return
    before, after = text[: node.start], text[node.end :]
    if node.style in ("|", ">"):
        for block in _blocks(text[node.start : node.end], value, node.style):
            yield before + block + after
        # The end of a block takes its line end along.
        tail = re.search(r"(?:\r?\n[ \t]*)*$", text[node.start : node.end])
        yield before + double_quoted(value) + (tail.group() if tail else "") + after
        return
    if not node.style and PLAIN.fullmatch(value):
        yield before + value + after
    if node.style == "'" and "\n" not in value:
        yield before + "'" + value.replace("'", "''") + "'" + after
    if not node.style and "'" not in value and "\n" not in value and '"' in value:
        yield before + "'" + value + "'" + after
    yield before + double_quoted(value) + after


def _blocks(old: str, value: str, style: str) -> abc.Iterator[str]:
    """Yield the block scalar `old` with the text `value`, in its style and then literally."""
    header, newline, body = old.partition("\r\n" if "\r\n" in old else "\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in body.splitlines() if line.strip()]
    if not newline or not indents:
        return
    indent = " " * min(indents)
    trailing = re.search(r"(?:\r?\n[ \t]*)*$", body)
    tail = trailing.group() if trailing else ""
    for sign in dict.fromkeys((style, "|")):
        lines = value.rstrip("\n").split("\n")
        if sign == ">":
            lines = [part for line in lines for part in (line, "")][:-1]
        written = newline.join(indent + line if line else "" for line in lines)
        for chomping in ("", "-", "+"):
            head = re.sub(r"^[|>][-+]?", sign + chomping, header)
            yield head + newline + written + tail


def _additions(text: str, entry: MappingNode, change: Change) -> abc.Iterator[str]:
    """Yield `text` with a key that the entry doesn't have yet, behind a key that it has."""
    line = f"{change.key}: {scalar(change.value)}"
    quoted = f"{change.key}: {double_quoted(change.value)}"
    if entry.style == "flow":
        close = entry.end - 1
        for written in (line, quoted):
            yield text[:close].rstrip(" ") + f", {written}" + text[close:]
            yield text[:close] + f"{written}" + text[close:]
        return
    for name, value in [entry.entries[key] for key in _BEFORE_NEW if key in entry.entries]:
        end = line_end(text, last_sign(value))
        indent = " " * (name.position.column - 1)
        for written in (line, quoted):
            yield text[:end] + newline_of(text) + indent + written + text[end:]
