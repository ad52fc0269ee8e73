"""Any value of an entry set, changed or removed in the text of a sidecar; other bytes stay.

Like every edit it is tried as text, and counts only if it is read as exactly this change.
"""

from collections import abc
from functools import lru_cache, reduce
from operator import getitem
from typing import Any, NamedTuple, TypeAlias

from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.editing import EditSession, KeyPath, Typed, Uneditable
from mkdocs_annotate.sidecar.nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    parse_nodes,
    plain,
)
from mkdocs_annotate.sidecar.scalars import LONG
from mkdocs_annotate.sidecar.yaml_text import (
    field_lines,
    last_sign,
    line_end,
    newline_of,
    replacements,
)

Value: TypeAlias = str | list[str] | list[dict[str, str]]

KEY_ORDER = tuple(
    """quote through prefix suffix occurrence section kind voice speaker technique note sources
    tags id by date draft type based_on backstory corrections title url""".split()
)
"""The order in which people write the keys of an entry."""

ARTICLE = ("article",)
"""The way to what is said about the article."""


class ValueSession(EditSession):
    """A session in which any value of an entry can be set, lists too, or removed."""

    def set_fields(self, path: KeyPath, values: abc.Mapping[str, Value | None]) -> None:
        """Set `values` of the entry at `path`; None removes a key.

        A key that is new goes behind those that people write before it.  The block `article` is
        made where there is none.  Raises Uneditable, with nothing changed.
        """
        before = self.state
        try:
            for key, value in values.items():
                self._set_field(path, key, value)
        except Uneditable:
            self.restore(before)
            raise

    def _set_field(self, path: KeyPath, key: str, value: Value | None) -> None:
        root = self._root_or_none()
        wanted: Any = {} if root is None else plain(root)
        if path == ARTICLE and not wanted.get("article"):
            if value is not None:
                forms = _with_article(self.text, root, key, value)
                self._try(forms, {**wanted, "article": {key: value}}, {key: value})
            return
        entry = _entry_at(root, path, self.file)
        holder: Any = reduce(getitem, path, wanted)
        if holder.get(key) == value:
            return
        if value is not None:
            holder[key] = value
            self._try(_set(self.text, entry, key, value), wanted, {key: value})
        elif len(holder) > 1:
            del holder[key]
            self._try(_removed(self.text, entry, key), wanted, {key: ""}, "remove it yourself")
        elif path == ARTICLE and root is not None:
            del wanted["article"]
            forms = _removed(self.text, root, "article")
            self._try(forms, wanted, {"article": ""}, "remove it yourself")
        else:
            raise Uneditable(f"nothing would be left of this entry of {self.file}")

    def _try(
        self,
        forms: abc.Iterator[str],
        wanted: Any,
        typed: abc.Mapping[str, Value],
        advice: str = "type it yourself",
    ) -> None:
        self._accept(forms, wanted, Typed("\n".join(field_lines(typed)), advice))


def _entry_at(root: MappingNode | None, path: KeyPath, file: str) -> MappingNode:
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
        if old.style not in ("|", ">") and (len(value) >= LONG or "\n" in value):
            short = "\n" not in text[old.start : old.end] and old.end - old.start < LONG
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
        WrittenEntry(index, plain(item), item.entries.get("quote", (item, item))[1].position)
        for index, item in enumerate(items)
        if isinstance(item, MappingNode)
    ]


def written_article(text: str, file: str) -> dict[str, Any]:
    """Return what `text` says about the article; nothing where it can't be read."""
    root = _readable(text, file)
    _, article = root.entries.get("article", (None, None)) if root else (None, None)
    return plain(article) if isinstance(article, MappingNode) else {}


@lru_cache(maxsize=4)
def _readable(text: str, file: str) -> MappingNode | None:
    document = parse_nodes(text, file)
    return document.root if isinstance(document.root, MappingNode) else None
