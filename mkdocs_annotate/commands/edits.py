"""Changing sidecars on disk: one file, read as it is, edited in place, written whole."""

from dataclasses import dataclass, field
from pathlib import Path

from mkdocs_annotate.model.places import Position
from mkdocs_annotate.sidecar.editing import Change, with_change
from mkdocs_annotate.sidecar.nodes import Mapping, Sequence, parse_nodes
from mkdocs_annotate.sidecar.writing import write_sidecar


@dataclass
class SidecarFile:
    """The text of a sidecar, before and after some changes."""

    path: Path
    before: str
    after: str = field(init=False)

    def __post_init__(self) -> None:
        self.after = self.before

    def change(self, entry: int, values: dict[str, str]) -> None:
        """Set `values` of annotation number `entry`, counted from 0.

        Raises Uneditable, with nothing changed.
        """
        text = self.after
        # A new key goes right behind the quote: so the last of them comes first.
        for key, value in reversed(values.items()):
            text = with_change(text, Change(_place(text, entry, str(self.path)), key, value))
        self.after = text

    def entry_at(self, position: Position) -> int:
        """Return the number of the annotation whose quote stands at `position` before changes."""
        places = _places(self.before, position.file)
        return [(place.line, place.column) for place in places].index(
            (position.line, position.column)
        )

    def write(self) -> bool:
        """Write the text if it changed; return whether it did.  Raises NotWritten."""
        if self.after == self.before:
            return False
        write_sidecar(self.path, self.after, self.before)
        self.before = self.after
        return True


def open_file(path: Path) -> SidecarFile:
    """Return the sidecar at `path`, which has been read without problems of the file itself."""
    return SidecarFile(path, path.read_bytes().decode("utf-8"))


def _place(text: str, entry: int, file: str) -> Position:
    return _places(text, file)[entry]


def _places(text: str, file: str) -> list[Position]:
    """Return where the quotes of the annotations stand, those without a quote left out."""
    root = parse_nodes(text, file).root
    assert isinstance(root, Mapping)
    _, annotations = root.entries["annotations"]
    assert isinstance(annotations, Sequence)
    return [
        entry.entries["quote"][1].position
        for entry in annotations.items
        if isinstance(entry, Mapping) and "quote" in entry.entries
    ]
