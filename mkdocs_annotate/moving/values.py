"""Parts of values in YAML, changed where they stand: every other byte stays."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from mkdocs_annotate.sidecar.nodes import Node, Scalar, Sequence, parse_nodes

Path: TypeAlias = tuple[str, ...]
"""The keys that lead to a value, numbers in lists among them: `("annotations", "0", "note")`."""


class Part(NamedTuple):
    """A half-open extent of a value's text, and what is to stand there."""

    start: int
    end: int
    text: str


def values(text: str) -> dict[Path, Scalar]:
    """Return the values of the YAML `text` that are texts; none of a file that can't be read.

    What has a tag, an anchor or an alias is left out.  Never raises.
    """
    root = parse_nodes(text, "file").root
    return dict(_values(root, ())) if root is not None and not isinstance(root, Scalar) else {}


def _values(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    if isinstance(node, Scalar):
        yield path, node
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items):
            yield from _values(item, (*path, str(number)))
    else:
        for key, (_, value) in node.entries.items():
            yield from _values(value, (*path, key))


def with_parts(text: str, changes: Mapping[Path, list[Part]]) -> str | None:
    """Return `text` with parts of some of its values changed, or None where that can't be done.

    The parts of a value are in order and don't overlap.  The new text is read again, and counts
    only if it says what the old one said, with exactly these changes.
    """
    said = values(text)
    edits: list[Part] = []
    for path, parts in changes.items():
        found = _in_file(text, said[path], parts)
        if found is None:
            return None
        edits += found
    wanted = {path: value.text for path, value in said.items()}
    for path, parts in changes.items():
        wanted[path] = spliced(wanted[path], parts)
    changed = spliced(text, edits)
    return changed if {p: v.text for p, v in values(changed).items()} == wanted else None


def spliced(text: str, parts: list[Part]) -> str:
    """Return `text` with all `parts`, which don't overlap, in place of what stood there."""
    for start, end, new in sorted(parts, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _in_file(text: str, value: Scalar, parts: list[Part]) -> list[Part] | None:
    """Return `parts` of `value` as parts of the file's text.

    Escapes and folded lines shift what stands in a value: so an equal stretch is looked for, and
    counted.
    """
    written = text[value.start : value.end]
    found = []
    for part in parts:
        words = value.text[part.start : part.end]
        inside, there = _places(words, value.text), _places(words, written)
        if part.start not in inside or len(inside) != len(there):
            return None
        start = value.start + there[inside.index(part.start)]
        found.append(Part(start, start + len(words), part.text))
    return found


def _places(words: str, text: str) -> list[int]:
    found = []
    at = text.find(words)
    while words and at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
