"""Edits of one YAML file in which every other byte stays: read once, checked, written once.

A round trip through a YAML library rewrites what it doesn't understand.  So an edit is tried as
text, in several forms; the new text is read; and it counts only if it says what the old one said,
with exactly this change.  No edit can be wrong; what fits no form is refused.
"""

from collections import abc
from dataclasses import dataclass
from difflib import unified_diff
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.reading import read_utf8
from mkdocs_annotate.files.writing import make_folder, write_if_unchanged
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.nodes import (
    Document,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    parse_nodes,
    plain,
)
from mkdocs_annotate.sidecar.yaml_text import (
    Fields,
    Replacement,
    additions,
    appended,
    described,
    entry_lines,
    newline_of,
    parts_in_file,
    replacements,
    scalar,
    spliced,
    with_entries,
    without_item,
)


def as_diff(before: str, after: str, path: Path) -> str:
    """Return what changes in the file at `path`, as a unified diff."""
    name = display_path(path)
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


KeyPath: TypeAlias = tuple[str | int, ...]
"""What leads to a value: keys, and numbers in lists: `("annotations", 0, "note")`."""


class Uneditable(Exception):
    """The text can't be changed so; the message says what to type instead."""

    def __init__(self, reason: str, advice: str = "") -> None:
        super().__init__(f"{reason}; {advice}" if advice else reason)
        self.reason = reason
        """Why, without what to type."""


class EditState(NamedTuple):
    """What a session held at some moment, to go back to."""

    document: Document
    text: str
    left: tuple[int, ...]
    """The annotations that were left, by their numbers in the file as it was first."""


@dataclass(frozen=True)
class Typed:
    """What a person is told to do where an edit is refused."""

    lines: str
    advice: str = "type it yourself"

    def __str__(self) -> str:
        return f"{self.advice}:" + (f"\n{self.lines}" if "\n" in self.lines else f" `{self.lines}`")


class EditSession:
    """The YAML of one file while it is edited.

    The text is parsed when the session begins, and each form of an edit once, to check it.
    Methods that edit raise Uneditable, with nothing changed, where no form of the edit is read as
    exactly this edit, or where the text has problems.

    Annotations have numbers, from 0, that stay the same whatever is changed or removed; those
    without a quote have none.
    """

    def __init__(self, before: str | None, file: str, path: Path | None = None) -> None:
        self.before = before
        """What is on disk; None for a file that is not there yet."""
        self.text = before or ""
        """What is to be there."""
        self.file = file
        self.path = path
        self._document = parse_nodes(self.text, file)
        self._first = [place for _, place in self._quotes()]
        self._left = list(range(len(self._first)))

    @property
    def diff(self) -> str:
        """Return what is to be changed on disk, as a unified diff."""
        return as_diff(self.before or "", self.text, self.path or Path(self.file))

    @property
    def state(self) -> EditState:
        """Return what the session holds now."""
        return EditState(self._document, self.text, tuple(self._left))

    def restore(self, state: EditState) -> None:
        """Go back to a `state` of this session; nothing is written."""
        self._document, self.text = state.document, state.text
        self._left = list(state.left)

    def write(self) -> bool:
        """Write the text if it changed; return whether it did.  Raises NotWritten.

        Folders are made.
        """
        assert self.path is not None
        if self.text == (self.before or ""):
            return False
        make_folder(self.path.parent)
        write_if_unchanged(self.path, self.text, self.before)
        self.before = self.text
        return True

    def number_at(self, position: Position) -> int:
        """Return the number of the annotation whose quote stood at `position` at first."""
        places = [(place.line, place.column) for place in self._first]
        return places.index((position.line, position.column))

    def set_values(self, position: Position, values: abc.Mapping[str, str]) -> None:
        """Set `values` of the entry at `position`, one after another.

        It is the annotation whose quote stands there, or the source whose own key does; a source
        that is described where it is cited has none, and begins there.
        """
        self._set(self._path_at(position), values)

    def set_annotation(self, number: int, values: abc.Mapping[str, str]) -> None:
        """Set `values` of an annotation; new keys stand in their order behind the quote."""
        # A new key goes right behind the quote: so the last of them comes first.
        self._set(self._path_of(number), dict(reversed(list(values.items()))))

    def remove_annotation(self, number: int) -> None:
        """Take an annotation out.  Comments around it stay."""
        root, path = self._root(), self._path_of(number)
        wanted = plain(root)
        quote = reduce(getitem, path, wanted).get("quote")
        del wanted["annotations"][path[1]]
        if not wanted["annotations"]:
            del wanted["annotations"]
        lines = f"- quote: {quote}" if isinstance(quote, str) else "its entry"
        candidates = without_item(self.text, root, int(path[1]))
        self._accept(candidates, wanted, Typed(lines, "remove it yourself"))
        self._left.remove(number)

    def add_annotations(self, entries: abc.Sequence[Fields]) -> None:
        """Add annotations at the end of their list."""
        root = self._root_or_none()
        wanted = {} if root is None else plain(root)
        known = wanted.get("annotations") or []
        wanted = {**wanted, "annotations": [*known, *map(dict, entries)]}
        typed = Typed(entry_lines(entries[0], "  ", "\n"))
        self._accept(appended(self.text, root, entries), wanted, typed)

    def add_sources(self, sources: abc.Mapping[str, Fields]) -> None:
        """Add entries at the end of the sources; none of them may be there."""
        root = self._root_or_none()
        wanted = {} if root is None else plain(root)
        typed = Typed(f"{scalar(next(iter(sources)))}:")
        known = wanted.get("sources") or {}
        if not isinstance(known, dict):
            raise Uneditable(f"the sources in {self.file} are no entries", str(typed))
        wanted = {**wanted, "sources": {**known, **_as_dicts(sources)}}
        self._accept(with_entries(self.text, root, sources), wanted, typed)

    def add_shared_sources(self, sources: abc.Mapping[str, Fields]) -> None:
        """Add entries at the end of a file of sources that a site shares."""
        root, text = self._root_or_none(), self.text
        wanted = {} if root is None else plain(root)
        if list(wanted) == ["sources"]:
            self.add_sources(sources)
            return
        newline = newline_of(text)
        gap = newline if root is None or newline + newline in text else ""
        fresh = (newline + gap).join(described(sources, "", newline))
        start = text if not text or text.endswith("\n") else text + newline
        candidate = f"{start}{gap if start else ''}{fresh}{newline}"
        typed = Typed(f"{scalar(next(iter(sources)))}:")
        self._accept(iter([candidate]), {**wanted, **_as_dicts(sources)}, typed)

    def texts(self) -> dict[KeyPath, ScalarNode]:
        """Return the values that are texts; none of a file that can't be read.

        What has a tag, an anchor or an alias is left out.  Never raises.
        """
        root = self._document.root
        return {} if root is None or isinstance(root, ScalarNode) else dict(_texts(root, ()))

    def replace_parts(self, changes: abc.Mapping[KeyPath, list[Replacement]]) -> None:
        """Replace parts of some texts; the parts of a text are in order and don't overlap."""
        root = self._document.root
        if not changes or root is None:
            return
        found, wanted = self.texts(), plain(root)
        edits: list[Replacement] = []
        for path, parts in changes.items():
            # Where the parts are not found, the text stays as it is, and is refused.
            edits += parts_in_file(self.text, found[path], parts) or ()
            *above, last = path
            reduce(getitem, above, wanted)[last] = spliced(found[path].text, parts)
        typed = Typed(", ".join(part.text for parts in changes.values() for part in parts))
        self._accept(iter([spliced(self.text, edits)]), wanted, typed)

    def _set(self, path: KeyPath, values: abc.Mapping[str, str]) -> None:
        before = self.state
        try:
            for key, value in values.items():
                self._set_one(path, key, value)
        except Uneditable:
            self.restore(before)
            raise

    def _set_one(self, path: KeyPath, key: str, value: str) -> None:
        root = self._root()
        entry, wanted = _at(root, path), plain(root)
        assert isinstance(entry, MappingNode)
        reduce(getitem, path, wanted)[key] = value
        if key in entry.entries:
            candidates = replacements(self.text, entry.entries[key][1], value)
        else:
            candidates = additions(self.text, entry, key, value)
        self._accept(candidates, wanted, Typed(f"{key}: {value}"))

    def _accept(self, candidates: abc.Iterator[str], wanted: Any, typed: Typed) -> None:
        """Take the first of `candidates` that says what is `wanted`, without new problems."""
        allowed = len(self._document.problems)
        for candidate in candidates:
            document = parse_nodes(candidate, self.file)
            says = plain(document.root) if document.root else {}
            if len(document.problems) <= allowed and says == wanted:
                self._document, self.text = document, candidate
                return
        raise Uneditable(f"the layout of {self.file} is unusual here", str(typed))

    def _root_or_none(self) -> MappingNode | None:
        """Return the root of the file; None of one that is empty but for comments."""
        empty = self._document.root is None and not self._document.problems
        return None if empty else self._root()

    def _root(self) -> MappingNode:
        root, problems = self._document.root, self._document.problems
        if problems:
            raise Uneditable(f"correct this first: {problems[0]}")
        if not isinstance(root, MappingNode):
            raise Uneditable(f"{self.file} is no sidecar")
        return root

    def _quotes(self) -> abc.Iterator[tuple[KeyPath, Position]]:
        """Yield each annotation that has a quote, with the place of that."""
        root = self._document.root
        entries = _child(root, "annotations") if isinstance(root, MappingNode) else None
        for index, entry in enumerate(entries.items if isinstance(entries, SequenceNode) else ()):
            if isinstance(entry, MappingNode) and "quote" in entry.entries:
                yield ("annotations", index), entry.entries["quote"][1].position

    def _path_of(self, number: int) -> KeyPath:
        self._root()
        return list(self._quotes())[self._left.index(number)][0]

    def _path_at(self, position: Position) -> KeyPath:
        """Return the way to the entry that a change names by `position`."""
        root = self._root()
        for path, place in (*self._quotes(), *_sources(root)):
            if (place.line, place.column) == (position.line, position.column):
                return path
        raise Uneditable(f"{position}: the entry to be changed is no longer here")


def open_session(path: Path) -> EditSession:
    """Return a session for the file at `path`, which may not be there yet.

    Raises OSError, and UnicodeDecodeError where it is not UTF-8.
    """
    text = read_utf8(path) if path.exists() else None
    return EditSession(text, display_path(path), path)


def _as_dicts(sources: abc.Mapping[str, Fields]) -> dict[str, dict[str, Any]]:
    return {key: dict(fields) for key, fields in sources.items()}


def _child(node: MappingNode, key: str) -> Node | None:
    return node.entries[key][1] if key in node.entries else None


def _at(node: Node, path: KeyPath) -> Node:
    for step in path:
        if isinstance(node, MappingNode):
            node = node.entries[str(step)][1]
        elif isinstance(node, SequenceNode):
            node = node.items[int(step)]
    return node


def _sources(root: MappingNode) -> abc.Iterator[tuple[KeyPath, Position]]:
    """Yield each source with the place of its key, or of its beginning where it has none."""
    annotations = _child(root, "annotations")
    for index, entry in enumerate(
        annotations.items if isinstance(annotations, SequenceNode) else ()
    ):
        cited = _child(entry, "sources") if isinstance(entry, MappingNode) else None
        path: KeyPath = ("annotations", index, "sources")
        if isinstance(cited, MappingNode):
            yield path, cited.position
        for number, one in enumerate(cited.items if isinstance(cited, SequenceNode) else ()):
            if isinstance(one, MappingNode):
                yield (*path, number), one.position
    # In a file of sources the line `sources:` may be missing.
    sources = root.entries["sources"][1] if "sources" in root.entries else root
    lead: KeyPath = () if sources is root else ("sources",)
    for key, (name, child) in sources.entries.items() if isinstance(sources, MappingNode) else ():
        if isinstance(child, MappingNode):
            yield (*lead, key), name.position


def _texts(node: Node, path: KeyPath) -> abc.Iterator[tuple[KeyPath, ScalarNode]]:
    if isinstance(node, ScalarNode):
        yield path, node
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.items):
            yield from _texts(item, (*path, number))
    else:
        for key, (_, value) in node.entries.items():
            yield from _texts(value, (*path, key))
