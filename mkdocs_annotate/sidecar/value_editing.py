"""Any value of an entry set, changed or removed in the text of a sidecar; other bytes stay.

Like every edit it is tried as text, and counts only if it is read as exactly this change.
"""

from collections import abc
from functools import reduce
from operator import getitem
from typing import Any, NamedTuple, TypeAlias

from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.editing import (
    Uneditable,
    accepted,
    replacements,
    root_of,
    says_nothing,
    tree_of,
)
from mkdocs_annotate.sidecar.nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_nodes
from mkdocs_annotate.sidecar.yaml_text import field_lines, last_sign, line_end, newline_of

EntryPath: TypeAlias = tuple[str | int, ...]
"""The way to an entry: `("annotations", 2)`, `("sources", "kcna")`, `("article",)`."""

Value: TypeAlias = str | list[str] | list[dict[str, str]]

KEY_ORDER = tuple(
    """quote through prefix suffix occurrence section kind voice speaker technique note sources
    tags id by date draft type based_on backstory corrections title url""".split()
)
"""The order in which people write the keys of an entry."""

_LONG = 90


def with_values(
    text: str, path: EntryPath, values: abc.Mapping[str, Value | None], file: str
) -> str:
    """Return `text` where the entry at `path` has `values`; None removes a key.

    A key that is new goes behind those that people write before it.  The block `article` is made
    where there is none.  Raises Uneditable, like all edits.
    """
    for key, value in values.items():
        text = _with_value(text, path, key, value, file)
    return text


def _with_value(text: str, path: EntryPath, key: str, value: Value | None, file: str) -> str:
    root = None if says_nothing(text, file) else root_of(text, file)
    wanted = {} if root is None else tree_of(root)
    if path == ("article",) and not wanted.get("article"):
        if value is None:
            return text
        wanted = {**wanted, "article": {key: value}}
        return accepted(_with_article(text, root, key, value), wanted, file, _typed(key, value))
    entry = _entry(root, path, file)
    holder = reduce(getitem, path, wanted)
    if holder.get(key) == value:
        return text
    if value is not None:
        holder[key] = value
        forms = _set(text, entry, key, value)
        return accepted(forms, wanted, file, _typed(key, value))
    del holder[key]
    if not holder:
        return _without_entry(text, path, wanted, file)
    advice = "remove it yourself"
    return accepted(_removed(text, entry, key), wanted, file, f"{key}:", advice)


def _typed(key: str, value: Value) -> str:
    return "\n".join(field_lines({key: value}))


def _entry(root: MappingNode | None, path: EntryPath, file: str) -> MappingNode:
    node: Node | None = root
    for step in path:
        if isinstance(node, MappingNode) and step in node.entries:
            node = node.entries[str(step)][1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            node = None
    if not isinstance(node, MappingNode):
        raise Uneditable(f"what was to be changed stands in {file} no more")
    return node


def _without_entry(text: str, path: EntryPath, wanted: dict[str, object], file: str) -> str:
    """Return `text` without the entry at `path`, which has lost its last key."""
    *way, last = path
    if way or not isinstance(last, str):
        raise Uneditable(f"nothing would be left of this entry of {file}; remove it yourself")
    del wanted[last]
    root = root_of(text, file)
    return accepted(_removed(text, root, last), wanted, file, f"{last}:", "remove it yourself")


def _with_article(text: str, root: MappingNode | None, key: str, value: Value) -> abc.Iterator[str]:
    """Yield `text` with a block `article` on top, below the comment that heads the file."""
    newline = newline_of(text)
    fresh = newline.join(["article:", *(f"  {line}" for line in field_lines({key: value}))])
    if root is not None and "article" in root.entries:
        name, old = root.entries["article"]
        yield text[: name.start] + fresh + text[_end(text, old) :]
        return
    if root is None or not root.entries:
        start = text if not text or text.endswith("\n") else text + newline
        yield f"{start}{fresh}{newline}"
        return
    first = min(name.start for name, _ in root.entries.values())
    yield text[:first] + fresh + newline * 2 + text[first:]
    end = text if text.endswith("\n") else text + newline
    yield f"{end}{fresh}{newline}"


def _set(text: str, entry: MappingNode, key: str, value: Value) -> abc.Iterator[str]:
    """Yield `text` where `key` of `entry` has `value`, in the forms that are tried."""
    if entry.style == "flow":
        yield from _set_in_flow(text, entry, key, value)
        return
    if key not in entry.entries:
        yield from _added(text, entry, key, value)
        return
    name, old = entry.entries[key]
    fresh = _lines(text, name.position.column, key, value)
    rewritten = text[: name.start] + fresh + text[_end(text, old) :]
    if isinstance(value, str) and isinstance(old, ScalarNode):
        # A long text gets a block, unless the writer keeps long texts in another form.
        if old.style not in ("|", ">") and (len(value) >= _LONG or "\n" in value):
            short = "\n" not in text[old.start : old.end] and old.end - old.start < _LONG
            yield from [rewritten] if short or "\n" in value else []
        yield from replacements(text, old, value)
    yield rewritten


def _added(text: str, entry: MappingNode, key: str, value: Value) -> abc.Iterator[str]:
    """Yield `text` with a new key behind those of `entry` that people write before it."""
    rank = _rank(key)
    before = [pair for known, pair in entry.entries.items() if _rank(known) <= rank]
    after = [pair for known, pair in entry.entries.items() if _rank(known) > rank]
    for name, value_node in [*reversed(before), *reversed(after)]:
        end = line_end(text, last_sign(value_node))
        column = name.position.column
        fresh = newline_of(text) + " " * (column - 1) + _lines(text, column, key, value)
        yield text[:end] + fresh + text[end:]


def _rank(key: str) -> int:
    return KEY_ORDER.index(key) if key in KEY_ORDER else len(KEY_ORDER)


def _lines(text: str, column: int, key: str, value: Value) -> str:
    """Return `key` with `value` as lines; all but the first begin at `column`."""
    first, *further = field_lines({key: value})
    indent = " " * (column - 1)
    return newline_of(text).join([first, *(indent + line if line else "" for line in further)])


def _end(text: str, node: Node) -> int:
    """Return where the text of `node` ends: before a comment, and before the blanks of a block."""
    last = last_sign(node)
    return line_end(text, last) if last and text[last - 1] == "\n" else last


def _set_in_flow(text: str, entry: MappingNode, key: str, value: Value) -> abc.Iterator[str]:
    (fresh,) = field_lines({key: value}, flow=True)
    if key in entry.entries:
        name, old = entry.entries[key]
        if isinstance(value, str):
            yield from replacements(text, old, value)
        yield text[: name.start] + fresh + text[old.end :]
        return
    close = entry.end - 1
    yield text[:close].rstrip(" ") + f", {fresh}" + text[close:]
    yield text[:close] + fresh + text[close:]


def _removed(text: str, entry: MappingNode, key: str) -> abc.Iterator[str]:
    """Yield `text` without `key` of `entry`, and without the comment in its line."""
    names = sorted(entry.entries.values(), key=lambda pair: pair[0].start)
    number = [name.text for name, _ in names].index(key)
    name, old = names[number]
    if entry.style == "flow":
        if number:
            yield text[: names[number - 1][1].end] + text[old.end :]
        if number + 1 < len(names):
            yield text[: name.start] + text[names[number + 1][0].start :]
        return
    end = line_end(text, last_sign(old))
    start = text.rfind("\n", 0, name.start) + 1
    if not text[start : name.start].strip():
        rest = text[end:].removeprefix("\r").removeprefix("\n")
        yield text[:start] + rest
        yield text[:start].rstrip(" \r\n") + text[end:]
    elif number + 1 < len(names):
        yield text[: name.start] + text[names[number + 1][0].start :]


class WrittenEntry(NamedTuple):
    """An annotation as its file has it."""

    number: int
    """Its number in the list, from 0."""

    said: dict[str, Any]
    position: Position
    """Where its quote stands; without a quote where it begins."""


def written_entries(text: str, file: str) -> list[WrittenEntry]:
    """Return the annotations of `text`, those with mistakes, too; none where it can't be read."""
    root = _readable(text, file)
    _, annotations = root.entries.get("annotations", (None, None)) if root else (None, None)
    items = annotations.items if isinstance(annotations, SequenceNode) else []
    return [
        WrittenEntry(index, tree_of(item), item.entries.get("quote", (item, item))[1].position)
        for index, item in enumerate(items)
        if isinstance(item, MappingNode)
    ]


def written_article(text: str, file: str) -> dict[str, Any]:
    """Return what `text` says about the article; nothing where it can't be read."""
    root = _readable(text, file)
    _, article = root.entries.get("article", (None, None)) if root else (None, None)
    return tree_of(article) if isinstance(article, MappingNode) else {}


def _readable(text: str, file: str) -> MappingNode | None:
    document = parse_nodes(text, file)
    return document.root if isinstance(document.root, MappingNode) else None
