"""Changing sidecars on disk: one file, read as it is, edited in place, written whole."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mkdocs_annotate.files.writing import write_sidecar
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.editing import Change, with_change, without_annotation
from mkdocs_annotate.sidecar.nodes import MappingNode, SequenceNode, parse_nodes


class FileState(NamedTuple):
    """What a sidecar was at some moment, to go back to."""

    text: str
    left: tuple[int, ...]
    """The annotations that were left, by their numbers in the file as it was first."""


@dataclass(eq=False)
class SidecarFile:
    """The text of a sidecar, before and after some changes.

    Annotations have numbers, from 0, that stay the same whatever is changed or removed; those
    without a quote have none.
    """

    path: Path
    before: str
    """What is on disk."""

    after: str = field(init=False)
    """What is to be there."""

    def __post_init__(self) -> None:
        self.after = self.before
        self._first = _places(self.before, str(self.path))
        self._left = list(range(len(self._first)))

    def change(self, entry: int, values: dict[str, str]) -> None:
        """Set `values` of annotation number `entry`.

        Raises Uneditable, with nothing changed.
        """
        text = self.after
        # A new key goes right behind the quote: so the last of them comes first.
        for key, value in reversed(values.items()):
            text = with_change(text, Change(self._place(text, entry), key, value))
        self.after = text

    def remove(self, entry: int) -> None:
        """Take annotation number `entry` out.  Raises Uneditable, with nothing changed."""
        self.after = without_annotation(self.after, self._place(self.after, entry))
        self._left.remove(entry)

    def entry_at(self, position: Position) -> int:
        """Return the number of the annotation whose quote stood at `position` at first."""
        places = [(place.line, place.column) for place in self._first]
        return places.index((position.line, position.column))

    @property
    def state(self) -> FileState:
        """Return what the text is now."""
        return FileState(self.after, tuple(self._left))

    def restore(self, state: FileState) -> None:
        """Go back to a `state` that the text had; nothing is written."""
        self.after, self._left = state.text, list(state.left)

    def write(self) -> bool:
        """Write the text if it changed; return whether it did.  Raises NotWritten."""
        if self.after == self.before:
            return False
        write_sidecar(self.path, self.after, self.before)
        self.before = self.after
        return True

    def _place(self, text: str, entry: int) -> Position:
        return _places(text, str(self.path))[self._left.index(entry)]


def open_file(path: Path) -> SidecarFile:
    """Return the sidecar at `path`, which has been read without problems of the file itself."""
    return SidecarFile(path, path.read_bytes().decode("utf-8"))


def _places(text: str, file: str) -> list[Position]:
    """Return where the quotes of the annotations stand, those without a quote left out."""
    root = parse_nodes(text, file).root
    assert isinstance(root, MappingNode)
    _, annotations = root.entries["annotations"]
    assert isinstance(annotations, SequenceNode)
    return [
        entry.entries["quote"][1].position
        for entry in annotations.items
        if isinstance(entry, MappingNode) and "quote" in entry.entries
    ]
