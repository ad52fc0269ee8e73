"""Where an option stands in the file that sets it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs_annotate.model.places import Position
from mkdocs_annotate.sidecar.files import display_path
from mkdocs_annotate.sidecar.nodes import Mapping, Node, Scalar, parse_nodes
from mkdocs_annotate.sidecar.nodes import Sequence as List

_OWN = (("plugins", ("annotate",)), ("markdown_extensions", ("mkdocs_annotate",)))
"""The lists of a configuration that name us, and what they call us."""

OWN_FILE = "annotate.yml"
"""The configuration that holds nothing but our options."""

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.M | re.S)


def option_position(file: Path | str, name: str, path: Sequence[str] = ()) -> Position:
    """Return where the option `name` stands in `file`, or what `path` leads to below it.

    `file` is a configuration in YAML or TOML, or an article with front matter.  As far as the way
    can be followed: an option that another file sets, which this one inherits, is told at the
    beginning.  Never raises.
    """
    start = Position(display_path(file), 1, 1)
    try:
        text = Path(file).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return start
    suffix = Path(file).suffix
    if suffix == ".toml":
        return _in_toml(text, name, start)
    if suffix in (".yml", ".yaml"):
        return _in_yaml(text, name, path, start)
    return _in_front_matter(text, name, path, start)


def key_position(file: Path | str, key: str) -> Position:
    """Return where a key of the configuration `file` itself stands; its beginning without one.

    Never raises.
    """
    start = Position(display_path(file), 1, 1)
    try:
        text = Path(file).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return start
    if Path(file).suffix == ".toml":
        return _in_toml(text, key, start)
    root = parse_nodes(text, start.file).root
    found = root.entries.get(key) if isinstance(root, Mapping) else None
    return found[0].position if found else start


def _in_toml(text: str, name: str, start: Position) -> Position:
    found = re.search(rf"^[ \t]*(?:\"{re.escape(name)}\"|{re.escape(name)})[ \t]*=", text, re.M)
    if not found:
        return start
    line = text.count("\n", 0, found.start()) + 1
    indent = len(found.group()) - len(found.group().lstrip(" \t"))
    return Position(start.file, line, indent + 1)


def _in_yaml(text: str, name: str, path: Sequence[str], start: Position) -> Position:
    root = parse_nodes(text, start.file).root
    place = start
    if isinstance(root, Mapping) and name in root.entries and start.file.endswith(OWN_FILE):
        return _followed(root, [name, *path])
    for own, options in _options(root):
        place = own.position
        if isinstance(options, Mapping) and name in options.entries:
            return _followed(options, [name, *path])
    return place


def _options(root: Node | None) -> Iterator[tuple[Scalar, Node | None]]:
    """Yield each place of a configuration that names us, and the options below it."""
    for section, names in _OWN:
        listed = root.entries.get(section) if isinstance(root, Mapping) else None
        items = listed[1].items if listed and isinstance(listed[1], List) else listed and listed[1:]
        for item in items or ():
            if isinstance(item, Mapping):
                yield from (pair for key, pair in item.entries.items() if key in names)
            elif isinstance(item, Scalar) and item.text in names:
                yield item, None


def _in_front_matter(text: str, name: str, path: Sequence[str], start: Position) -> Position:
    head = _FRONT_MATTER.match(text)
    root = parse_nodes(head[1], start.file).root if head else None
    if not isinstance(root, Mapping) or "annotations" not in root.entries:
        return start
    key, below = root.entries["annotations"]
    known = isinstance(below, Mapping) and name in below.entries
    found = _followed(below, [name, *path]) if known else key.position
    # The line that opens the front matter stands above.
    return Position(start.file, found.line + 1, found.column)


def _followed(node: Node, path: Sequence[str]) -> Position:
    """Return where the keys, or the text in a list, that `path` names stand; as far as they do."""
    place = node.position
    for name in path:
        if isinstance(node, Mapping) and name in node.entries:
            key, node = node.entries[name]
            place = key.position
        else:
            items = node.items if isinstance(node, List) else [node]
            return next(
                (item.position for item in items if isinstance(item, Scalar) and item.text == name),
                place,
            )
    return place
