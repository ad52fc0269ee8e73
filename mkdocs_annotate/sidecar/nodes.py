"""YAML text to nodes with positions: the one door to YAML.

PyYAML's loaders are not safe enough for files that strangers send: merge keys hang them, deep
nesting crashes libyaml's composer, and `no` becomes False.  So the events of one pass are made
into nodes here, all values stay text, and what no sidecar needs is refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.sidecar.syntax_errors import explain

MAX_DEPTH = 16
"""Deepest nesting; a sidecar needs 5.  libyaml is quadratic in depth."""

MAX_EVENTS = 150_000
"""Most YAML events in a file; 1,000 annotations have 33,000."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, with the place it begins at and its extent in the file's text."""

    text: str
    position: Position
    start: int = 0
    end: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: list["Node"]
    position: Position
    start: int = 0
    end: int = 0
    style: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """An entry with keys.  Each key stands once: repetitions were problems, and are left out."""

    entries: dict[str, tuple[Scalar, "Node"]]
    position: Position
    start: int = 0
    end: int = 0
    style: str = ""


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Document:
    """What one file holds: its root, None for an empty or refused file, and what is wrong."""

    root: Node | None
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False


# libyaml, where PyYAML was built with it, is 16 times faster; the result is the same.
_EVENTS: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# PyYAML takes these for line ends, editors do not: lines would be miscounted.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")


def parse_nodes(text: str, file: str) -> Document:
    """Return the nodes of the YAML `text`, and every problem found on the way.

    A file whose syntax is wrong, or that passes a limit, is refused: no root.  Anchors, aliases,
    tags, merge keys and further documents are problems, and what they stand for is left out.
    Positions count from 1.  Never raises.  Cost: linear; 1,000 annotations take 0.1 s.
    """
    return _Reader(text, file).document()


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read."""

    event: Any
    key: Scalar | None = None
    key_read: bool = False
    keys_read: bool = True
    items: list[Node | None] = field(default_factory=list)
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


class _Refused(Exception):
    """The file can't be used; its problem has been recorded."""


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.shift = 0
        self.problems: list[Problem] = []
        self.text = self._cleaned(text)
        self.root: Node | None = None
        self.parents: list[_Open] = []

    def _cleaned(self, text: str) -> str:
        """Return `text` without what PyYAML trips over, replaced one for one so offsets hold."""
        if text.startswith("\ufeff"):
            # A BOM shifts libyaml's marks by one.
            text = text[1:]
            self.shift = 1
        for pattern, instead in ((_CONTROL, "\ufffd"), (_LINE_ENDS, " ")):
            for found in pattern.finditer(text):
                self._report_character(text, found)
            text = pattern.sub(instead, text)
        return text

    def _report_character(self, text: str, found: re.Match[str]) -> None:
        before = text[: found.start()]
        line = before.count("\n") + 1
        column = found.start() - (before.rfind("\n") + 1) + 1
        self.problems.append(
            Problem(
                Position(self.file, line, column),
                Rule.BAD_CHARACTER,
                f"the invisible character U+{ord(found.group()):04X} stands here",
                "delete it",
            )
        )

    def document(self) -> Document:
        loader = None
        try:
            loader = _EVENTS(self.text)
            self._read(loader.get_event)
        except _Refused:
            return Document(None, self.problems, refused=True)
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
            return Document(None, self.problems, refused=True)
        # The pure-Python parser raises the latter two for odd escapes and directives.
        except (yaml.YAMLError, ValueError, OverflowError):
            self._refuse(Rule.YAML_SYNTAX, None, "this is not YAML", "compare it with an example")
            return Document(None, self.problems, refused=True)
        finally:
            if loader is not None:
                loader.dispose()
        return Document(self.root, self.problems)

    def _read(self, next_event: Callable[[], Any]) -> None:
        for _ in range(MAX_EVENTS):
            event = next_event()
            if isinstance(event, yaml.StreamEndEvent):
                return
            if isinstance(event, yaml.DocumentStartEvent) and (self.root is not None):
                self._refuse(
                    Rule.YAML_FEATURE,
                    event.start_mark,
                    "a second document begins here",
                    "a sidecar is one document: remove the line `---`",
                )
                return
            self._take(event)
        self._refuse(
            Rule.TOO_LARGE,
            event.start_mark,
            f"the file has more than {MAX_EVENTS:,} values",
            "divide the article",
        )
        raise _Refused

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self._refuse_features(event)
            if len(self.parents) == MAX_DEPTH:
                self._refuse(
                    Rule.TOO_LARGE,
                    event.start_mark,
                    f"lists and entries are nested more than {MAX_DEPTH} deep",
                    "a sidecar needs no more than five: take the brackets away",
                )
                raise _Refused
            self.parents.append(_Open(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._place(self._collection(self.parents.pop(), event), event)
        elif isinstance(event, yaml.ScalarEvent):
            odd = self._refuse_features(event)
            self._place(None if odd else self._scalar(event), event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(
                Rule.YAML_FEATURE,
                event.start_mark,
                f"`*{event.anchor}` is an alias, and sidecars have none",
                "write the value out, or put it in quotes if the `*` belongs to it",
            )
            self._place(None, event)

    def _refuse_features(self, event: Any) -> bool:
        """Record an anchor or a tag of `event`; return whether its value can't be used."""
        if event.anchor:
            self._refuse(
                Rule.YAML_FEATURE,
                event.start_mark,
                f"`&{event.anchor}` is an anchor, and sidecars have none",
                "remove it, or put the value in quotes if the `&` belongs to it",
            )
        if event.tag not in _TEXT_TAGS:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(
                Rule.YAML_FEATURE,
                event.start_mark,
                f"`{shown[:40]}` is a tag, and sidecars have none",
                "remove it, or put the value in quotes if the `!` belongs to it",
            )
            return True
        return False

    def _place(self, node: Node | None, event: Any) -> None:
        """Put `node` where it belongs; None stands for a value that was refused."""
        if not self.parents:
            self.root = node
            return
        parent = self.parents[-1]
        if isinstance(parent.event, yaml.SequenceStartEvent):
            parent.items.append(node)
        elif not parent.key_read:
            parent.key_read = True
            parent.key = self._key(node, event, parent)
        else:
            parent.key_read = False
            if parent.key is not None and node is not None:
                parent.entries[parent.key.text] = (parent.key, node)

    def _key(self, node: Node | None, event: Any, parent: _Open) -> Scalar | None:
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self._refuse(
                Rule.WRONG_SHAPE,
                event.start_mark,
                "a list stands where a key belongs",
                "put the text in quotes if the brackets belong to it",
            )
            return None
        # An unquoted scalar's style is '' from libyaml and None in pure Python.
        if node.text == "<<" and not node.style:
            self._refuse(
                Rule.YAML_FEATURE,
                event.start_mark,
                "`<<` merges entries, and sidecars don't",
                "write the keys out",
            )
            return None
        if node.text in parent.entries:
            first = parent.entries[node.text][0].position
            self._refuse(
                Rule.REPEATED_KEY,
                event.start_mark,
                f"`{node.text[:60]}` stands twice in this entry, first in line {first.line}",
                "keep one of the two, or begin a new entry with `- `",
            )
            return None
        return node

    def _collection(self, opened: _Open, end: Any) -> Node:
        event = opened.event
        position = self._position(event.start_mark)
        extent = (event.start_mark.index + self.shift, end.end_mark.index + self.shift)
        style = "flow" if event.flow_style else "block"
        if isinstance(event, yaml.SequenceStartEvent):
            items = [item for item in opened.items if item is not None]
            return Sequence(items, position, *extent, style)
        return Mapping(opened.entries, position, *extent, style)

    def _scalar(self, event: Any) -> Scalar:
        return Scalar(
            event.value,
            self._position(event.start_mark),
            event.start_mark.index + self.shift,
            event.end_mark.index + self.shift,
            event.style or "",
        )

    def _position(self, mark: Any) -> Position:
        return Position(self.file, mark.line + 1, mark.column + 1)

    def _refuse(self, rule: Rule, mark: Any, message: str, cure: str) -> None:
        position = self._position(mark) if mark else Position(self.file, 1, 1)
        self.problems.append(Problem(position, rule, message, cure))

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        column = mark.column if mark else 0
        message, cure = explain(error.context or "", error.problem or "", self._line(mark), column)
        self._refuse(Rule.YAML_SYNTAX, mark, message, cure)

    def _line(self, mark: Any) -> str:
        lines = self.text.split("\n")
        return lines[mark.line].rstrip("\r") if mark and mark.line < len(lines) else ""
