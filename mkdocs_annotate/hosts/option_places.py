"""Mistakes in options, and the places of options in a configuration or in front matter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from reprlib import Repr
from typing import NamedTuple

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.problems import Position, Problem, Rule
from mkdocs_annotate.sidecar.nodes import MappingNode, Node, ScalarNode, parse_nodes
from mkdocs_annotate.sidecar.nodes import SequenceNode as List


class OptionProblem(NamedTuple):
    """An option that can't be used: its name, what is wrong, and what to do."""

    name: str
    message: str
    hint: str
    path: tuple[str, ...] = ()
    """The keys below the option that lead to the mistake, or the text in its list."""


_BRIEF = Repr()
_BRIEF.maxlevel = 1


def value_text(value: object) -> str:
    """Return a value that YAML holds as a message names it.  Never raises.

    Of lists and tables only the first values are written out: with aliases, ten lines of YAML
    make a list of millions.  Python writes no integer of more than 4,300 digits.
    """
    try:
        return _BRIEF.repr(value) if isinstance(value, (list, tuple, Mapping)) else str(value)
    except ValueError:
        return "a long number"


class Mistakes(list[OptionProblem]):
    """What is wrong with options, in the order in which they are read."""

    def reject(self, name: str, message: str, hint: str, *path: str) -> None:
        """Add what is wrong with the option `name`, or with what `path` leads to below it."""
        self.append(OptionProblem(name, message, hint, path))


def option_problems(mistakes: Sequence[OptionProblem], file: Path | str) -> list[Problem]:
    """Return `mistakes` as problems of `file`, a configuration or an article with front matter."""
    return [
        Problem(
            option_position(file, mistake.name, mistake.path),
            Rule.BAD_OPTION,
            mistake.message,
            mistake.hint,
            subject=".".join((mistake.name, *mistake.path)),
        )
        for mistake in mistakes
    ]


_OWN = (("plugins", ("annotate",)), ("markdown_extensions", ("mkdocs_annotate",)))
"""The lists of a configuration that name us, and what they call us."""

OWN_FILE = "annotate.yml"
"""The configuration that holds nothing but our options."""

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.M | re.S)


def option_position(file: Path | str, name: str, path: Sequence[str] = ()) -> Position:
    """Return where the option `name` stands in `file`, or what `path` leads to below it.

    `file` is a configuration in YAML or TOML, or an article with front matter.  As far as the way
    can be followed: an option that is set in another file, which this one inherits, has the
    beginning of this file as its place.  Never raises.
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
    found = root.entries.get(key) if isinstance(root, MappingNode) else None
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
    if isinstance(root, MappingNode) and name in root.entries and start.file.endswith(OWN_FILE):
        return _followed(root, [name, *path])
    for own, options in _options(root):
        place = own.position
        if isinstance(options, MappingNode) and name in options.entries:
            return _followed(options, [name, *path])
    return place


def _options(root: Node | None) -> Iterator[tuple[ScalarNode, Node | None]]:
    """Yield each place of a configuration that names us, and the options below it."""
    for section, names in _OWN:
        listed = root.entries.get(section) if isinstance(root, MappingNode) else None
        items = listed[1].items if listed and isinstance(listed[1], List) else listed and listed[1:]
        for item in items or ():
            if isinstance(item, MappingNode):
                yield from (pair for key, pair in item.entries.items() if key in names)
            elif isinstance(item, ScalarNode) and item.text in names:
                yield item, None


def _in_front_matter(text: str, name: str, path: Sequence[str], start: Position) -> Position:
    head = _FRONT_MATTER.match(text)
    root = parse_nodes(head[1], start.file).root if head else None
    if not isinstance(root, MappingNode) or "annotations" not in root.entries:
        return start
    key, below = root.entries["annotations"]
    known = isinstance(below, MappingNode) and name in below.entries
    found = _followed(below, [name, *path]) if known else key.position
    # The line that opens the front matter stands above.
    return Position(start.file, found.line + 1, found.column)


def _followed(node: Node, path: Sequence[str]) -> Position:
    """Return the place to which `path`, keys or a text in a list, leads; as far as it exists."""
    place = node.position
    for name in path:
        if isinstance(node, MappingNode) and name in node.entries:
            key, node = node.entries[name]
            place = key.position
        else:
            items = node.items if isinstance(node, List) else [node]
            return next(
                (
                    item.position
                    for item in items
                    if isinstance(item, ScalarNode) and item.text == name
                ),
                place,
            )
    return place
