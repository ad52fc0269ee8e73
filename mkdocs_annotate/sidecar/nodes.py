"""YAML text to nodes with positions: the one door to YAML.

PyYAML's loaders are not safe enough for files that strangers send: merge keys hang them, deep
nesting crashes libyaml's composer, and `no` becomes False.  So the events of one pass are made
into nodes here, all values stay text, and what no sidecar needs is refused.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias

import yaml

from mkdocs_annotate.model.problems import Mistake, Position, Problem, Rule
from mkdocs_annotate.sidecar.lines import Lines, Place, cleaned
from mkdocs_annotate.sidecar.scalars import MOST_PROBLEMS

MAX_DEPTH = 16
"""Deepest nesting; a sidecar needs 5.  libyaml is quadratic in depth."""

MAX_EVENTS = 150_000
"""Most YAML events in a file; 1,000 annotations have 33,000."""


class ScalarNode(NamedTuple):
    """A text, with the place it begins at and its extent in the file's text."""

    text: str
    position: Position
    start: int = 0
    end: int = 0
    style: str = ""
    """Its first sign: a quotation mark, `|` or `>`; empty for a text without."""


class SequenceNode(NamedTuple):
    """A list."""

    items: list["Node"]
    position: Position
    start: int = 0
    end: int = 0
    style: str = ""
    """`flow` in brackets, else `block`."""
    faulty: bool = False
    """Something in it was refused, with a problem."""


class MappingNode(NamedTuple):
    """An entry with keys.  Each key stands once: repetitions were problems, and are left out."""

    entries: dict[str, tuple[ScalarNode, "Node"]]
    position: Position
    start: int = 0
    end: int = 0
    style: str = ""
    """`flow` in braces, else `block`."""
    faulty: bool = False
    """Something in it was refused, with a problem."""


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def plain(node: Node) -> Any:
    """Return what `node` says as texts, lists and dictionaries."""
    # As deep as nodes may be nested, which is not deep.
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.entries.items()}


@dataclass(frozen=True)
class Document:
    """What one file holds: its root, None for an empty or refused file, and what is wrong."""

    root: Node | None
    problems: list[Problem]
    more: bool
    """There are more than `MOST_PROBLEMS`."""
    lines: Lines
    """Its text without a BOM, and with stand-ins for what YAML can't hold."""
    shift: int
    """How many characters of the file stand before `lines`."""

    def written(self, text: ScalarNode) -> str:
        """Return `text` as it stands in the file, quotation marks and line ends included."""
        return self.lines.text[text.start - self.shift : text.end - self.shift]

    def behind(self, text: ScalarNode) -> str:
        """Return what stands behind `text` in the line it ends in, at most 200 characters."""
        end = text.end - self.shift
        return self.lines.text[end : end + 200].partition("\n")[0]

    def position(self, text: ScalarNode, offset: int) -> Position:
        """Return the position of an offset of what is written of `text`."""
        line, column = self.lines.place(text.start - self.shift + offset)
        return Position(text.position.file, line + 1, column + 1)


# libyaml, where PyYAML was built with it, is 16 times faster; the result is the same.
_EVENTS: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TEXT_TAGS = (None, "tag:yaml.org,2002:str")


def parse_nodes(text: str, file: str) -> Document:
    """Return the nodes of the YAML `text`, and every problem found on the way.

    A file whose syntax is wrong, or that passes a limit, is refused: no root.  Anchors, aliases,
    tags, merge keys and further documents are problems; what they stand for is left out, and the
    entry around it is faulty.  Positions count from 1.  Never raises.  Cost: linear; 1,000
    annotations take 0.1 s.
    """
    return _Reader(text, file).document()


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read."""

    event: Any
    listed: bool
    """It is a list."""
    refused: bool
    faulty: bool = False
    key: ScalarNode | None = None
    key_read: bool = False
    repeats: bool = False
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[ScalarNode, Node]] = field(default_factory=dict)


class _Refused(Exception):
    """The file can't be used; its problem has been recorded."""


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.more = False
        self.featured = set[int]()
        """Lines, from 0, whose feature of YAML has been reported."""
        # A BOM shifts libyaml's marks by one.
        self.shift = int(text.startswith("\ufeff"))
        self.lines, self.replaced, unseen = cleaned(Lines(text[self.shift :]))
        for mistake in unseen:
            self._report(Rule.BAD_CHARACTER, mistake)
        self.root: Node | None = None
        self.parents: list[_Open] = []
        self.last: Any = None

    @property
    def mistakes(self) -> ModuleType:  # most files have none, and are read sooner without
        from mkdocs_annotate.sidecar import line_mistakes

        return line_mistakes

    def document(self) -> Document:
        try:
            self._parse()
        except _Refused:
            self.root = None
        return Document(self.root, self.problems, self.more, self.lines, self.shift)

    def _parse(self) -> None:
        loader = None
        try:
            loader = _EVENTS(self.lines.text)
            self._read(loader)
        except yaml.MarkedYAMLError as error:
            self._syntax_error(error)
            raise _Refused from error
        # The pure-Python parser raises the latter two for odd escapes and directives.
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            self._report(Rule.YAML_SYNTAX, self.mistakes.no_yaml())
            raise _Refused from error
        finally:
            if loader is not None:
                loader.dispose()

    def _read(self, loader: Any) -> None:
        documents = 0
        for _ in range(MAX_EVENTS):
            event = self.last = loader.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._take_scalar(event)
            elif kind is yaml.DocumentStartEvent:
                if (documents := documents + 1) > 1:
                    place = _place(event.start_mark)
                    self._report(Rule.YAML_FEATURE, self.mistakes.second_document(place))
                    return
            elif kind is yaml.StreamEndEvent:
                return
            else:
                self._take(event)
        self._report(Rule.TOO_LARGE, self.mistakes.too_many(_place(event.start_mark), MAX_EVENTS))
        raise _Refused

    def _take_scalar(self, event: Any) -> None:
        begin, end = event.start_mark, event.end_mark
        refused = (event.tag or event.anchor) and self._has_features(event)
        if self.replaced and not refused:
            refused = bisect_left(self.replaced, begin.index) < bisect_left(
                self.replaced, end.index
            )
        if refused:
            self._put(None, event)
            return
        position = Position(self.file, begin.line + 1, begin.column + 1)
        start, stop = begin.index + self.shift, end.index + self.shift
        # An unquoted text's style is '' from libyaml and None in pure Python.
        self._put(ScalarNode(event.value, position, start, stop, event.style or ""), event)

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.parents) == MAX_DEPTH:
                place = _place(event.start_mark)
                self._report(Rule.TOO_LARGE, self.mistakes.too_deep(place, MAX_DEPTH))
                raise _Refused
            listed = isinstance(event, yaml.SequenceStartEvent)
            self.parents.append(_Open(event, listed, self._has_features(event)))
        elif isinstance(event, yaml.CollectionEndEvent):
            opened = self.parents.pop()
            self._put(None if opened.refused else self._collection(opened, event), opened.event)
        elif isinstance(event, yaml.AliasEvent):
            # That of a merge key has been reported.
            if not (self.parents and self.parents[-1].key_read and self.parents[-1].key is None):
                self._report_sign("*", _place(event.start_mark))
            self._put(None, event)

    def _has_features(self, event: Any) -> bool:
        """Record the tag or anchor of `event`; return whether it has one."""
        tag = "" if event.tag in _TEXT_TAGS else event.tag
        if not tag and not event.anchor:
            return False
        place = _place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            self._report_sign("!" if tag else "&", place)
        elif place[0] not in self.featured:
            name = tag.replace("tag:yaml.org,2002:", "!!") if tag else f"&{event.anchor}"
            self.featured.add(place[0])
            self._report(Rule.YAML_FEATURE, self.mistakes.feature(name, place))
        return True

    def _report_sign(self, sign: str, place: Place) -> None:
        """Record a value that begins with `sign`; of a line the first alone."""
        if place[0] not in self.featured:
            self.featured.add(place[0])
            self._report(Rule.YAML_FEATURE, self.mistakes.beginning(sign, place, self.lines))

    def _put(self, node: Node | None, event: Any) -> None:
        """Put `node`, which began with `event`, where it belongs; None is a refused one."""
        if not self.parents:
            self.root = node
            return
        parent = self.parents[-1]
        parent.faulty |= node is None
        if parent.listed:
            if node is not None:
                parent.items.append(node)
        elif not parent.key_read:
            parent.key_read = True
            parent.key = self._key(node, event, parent)
            if parent.key is None:
                parent.faulty = True
        else:
            parent.key_read = False
            if parent.key is not None and node is not None:
                parent.entries[parent.key.text] = (parent.key, node)

    def _key(self, node: Node | None, event: Any, parent: _Open) -> ScalarNode | None:
        if node is None:
            return None
        if not isinstance(node, ScalarNode):
            self._report(Rule.WRONG_SHAPE, self.mistakes.bracketed_key(_place(event.start_mark)))
            return None
        if node.text == "<<" and not node.style:
            self._report(Rule.YAML_FEATURE, self.mistakes.merge_key(_place(event.start_mark)))
            return None
        if len(self.parents) == 1:
            self._refuse_odd_space(event.start_mark.line)
        before, parent.repeats = parent.repeats, node.text in parent.entries
        # Where a `- ` is missing, a row of keys is repeated: the first alone is reported.
        if parent.repeats and not before:
            first = parent.entries[node.text][0].position.line
            listed = any(around.listed for around in self.parents[-2:-1])
            mistake = self.mistakes.repetition(
                node.text, _place(event.start_mark), first, listed=listed
            )
            self._report(Rule.REPEATED_KEY, mistake)
        return None if parent.repeats else node

    def _refuse_odd_space(self, number: int) -> None:
        """Refuse a file with a no-break space before a key: the line is torn off its entry."""
        if self.lines.text.isascii():
            return
        if mistake := self.mistakes.odd_space(self.lines[number], number):
            self._report(Rule.BAD_CHARACTER, mistake)
            raise _Refused

    def _collection(self, opened: _Open, end: Any) -> Node:
        event, position = opened.event, self._position(_place(opened.event.start_mark))
        extent = event.start_mark.index + self.shift, end.end_mark.index + self.shift
        style = "flow" if event.flow_style else "block"
        if opened.listed:
            return SequenceNode(opened.items, position, *extent, style, opened.faulty)
        return MappingNode(opened.entries, position, *extent, style, opened.faulty)

    def _position(self, place: Place) -> Position:
        return Position(self.file, place[0] + 1, place[1] + 1)

    def _report(self, rule: Rule, mistake: Mistake) -> None:
        if len(self.problems) == MOST_PROBLEMS:
            self.more = True
            raise _Refused
        self.problems.append(mistake.at(self._position(mistake.place or (0, 0)), rule))

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        context = _place(error.context_mark) if error.context_mark else None
        place = _place(error.problem_mark)
        # `*Two words* here` is an alias and then an error, but one mistake.
        if place[0] in self.featured:
            return
        # Imported here, as most files are YAML, and are read sooner without.
        from mkdocs_annotate.sidecar.syntax_errors import Stop, explained

        words = f"{error.context or ''} {error.problem or ''}"
        stop = Stop(words, place, context, self._text_before(), self._open_bracket())
        self._report(Rule.YAML_SYNTAX, explained(stop, self.lines))

    def _text_before(self) -> tuple[Place, Place] | None:
        """Return the extent of the value in quotation marks that was read last."""
        quoted = isinstance(self.last, yaml.ScalarEvent) and self.last.style in ("'", '"')
        return (_place(self.last.start_mark), _place(self.last.end_mark)) if quoted else None

    def _open_bracket(self) -> Place | None:
        # A key and a value in a list in brackets are an entry that has none of its own.
        around = (_place(one.event.start_mark) for one in reversed(self.parents))
        inner = bool(self.parents and self.parents[-1].event.flow_style)
        return next((at for at in around if inner and self.lines[at[0]][at[1]] in "[{"), None)


def _place(mark: Any) -> Place:
    return mark.line, mark.column
