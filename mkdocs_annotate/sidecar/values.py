"""Nodes to values: each checked against the format, every problem at once."""

import re
from dataclasses import replace
from typing import Any, NamedTuple

from mkdocs_annotate.model.messages import character_name, forbidden_character
from mkdocs_annotate.model.problems import Mistake, Position, Rule, shown
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar import hints
from mkdocs_annotate.sidecar.line_mistakes import beginning, line_mistake
from mkdocs_annotate.sidecar.lines import in_quotes
from mkdocs_annotate.sidecar.nodes import (
    Document,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    parse_nodes,
)
from mkdocs_annotate.sidecar.scalars import (
    INVALID,
    LIST_SIGN,
    MOST_PROBLEMS,
    FileProblems,
    Values,
    as_markdown,
    meaning_of,
)

# `# words` is how comments are written; `#1` and `#words` are more likely part of a text.
_CUT = re.compile(r"[ \t]{0,100}#\w")


class Field(NamedTuple):
    """Whose value is read: that of a key, or an entry of the list behind it."""

    key: str = ""
    """Empty for the whole file."""
    number: int = 0
    """Which entry of the list, from 1; 0 for the value itself."""

    def __str__(self) -> str:
        name = f"`{shown(self.key)}`" if self.key else "the file"
        return f"no. {self.number} of {name}" if self.number else name


class ValueReader(FileProblems):
    """Reads the values of one document, and keeps what is wrong with them in `problems`."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.problems, more=document.more)
        self.document = document

    def value(self, node: Node, shape: shapes.Shape, field: Field) -> Any:
        """Return what `node` says as `shape`, or `INVALID`."""
        if isinstance(shape, shapes.Text) and isinstance(node, ScalarNode):
            # First, since most values are such texts.
            return self.scalar(node, shape, field) if node.text.strip() else self.empty(node, field)
        if isinstance(shape, shapes.Record):
            return self.record(node, shape, field)
        if isinstance(shape, shapes.Listing):
            return self.listing(node, shape, field)
        if isinstance(shape, shapes.Entries):
            return self.entries(node, shape, field)
        if not isinstance(node, ScalarNode):
            return self.no_text(node, shape, field)
        return self.scalar(node, shape, field) if node.text.strip() else self.empty(node, field)

    def no_text(self, node: SequenceNode | MappingNode, shape: shapes.Shape, field: Field) -> Any:
        """Record that a list or an entry stands where a text is wanted."""
        textual = isinstance(shape, shapes.Text) and not field.number
        if node.style == "flow" and textual:
            place = node.position.line - 1, node.position.column - 1
            sign = "[" if isinstance(node, SequenceNode) else "{"
            mistake = beginning(sign, place, self.document.lines)
            if isinstance(node, SequenceNode) and node.items:
                mistake = replace(mistake, hint=f"{mistake.hint}, or remove the brackets")
            return self.report(mistake.at(node.position, Rule.WRONG_SHAPE))
        message = f"{field} is {hints.called(node)}"
        hint = hints.for_text(node, shape, field.key)
        return self.refuse(node.position, Rule.WRONG_SHAPE, message, hint, field.key)

    def empty(self, node: Node, field: Field, hint: str = "") -> Any:
        """Record that a value is empty, or commented out."""
        if isinstance(node, ScalarNode) and self.cut(node, field):
            return INVALID
        if field.number:
            hint = "write something after its `-`, or remove it"
        if isinstance(node, ScalarNode) and self.document.behind(node).lstrip().startswith("#"):
            hint = "put it in quotes if the `#` belongs to it: else a comment begins there"
        hint = hint or "write something after it, or remove the line"
        return self.refuse(node.position, Rule.EMPTY_VALUE, f"{field} is empty", hint, field.key)

    def cut(self, node: ScalarNode, field: Field) -> bool:
        """Return whether a `#` cuts the text short, and record it."""
        end = node.end - self.document.shift
        if node.style or not _CUT.match(self.document.lines.text, end):
            return False
        behind = self.document.behind(node)
        if field.number:
            hint = 'put the whole entry in quotes: `"…"`'
        else:
            hint = in_quotes(self.document.lines, node.position.line - 1)
        self.refuse(
            node.position,
            Rule.YAML_FEATURE,
            f"“{shown(behind.strip())}” is taken for a comment, and is no part of {field}",
            f"{hint}; a comment begins with `# `",
            behind.strip(),
        )
        return True

    def scalar(self, node: ScalarNode, shape: shapes.Shape, field: Field) -> Any:
        """Return what a text says as `shape`, or `INVALID`."""
        limit, quoted, markdown = shapes.SHORT, False, False
        if isinstance(shape, shapes.Text):
            limit, quoted, markdown = shape.limit, shape.quoted, shape.markdown
        elif isinstance(shape, shapes.Name):
            limit = shape.limit
        bad = forbidden_character(node.text, quoted=quoted)
        if bad is not None:
            message = f"{field} holds the invisible character {character_name(bad)}"
            # An escape such as `\x02` has no place of its own.
            offset = max(self.document.written(node).find(bad), 0)
            position = self.document.position(node, offset)
            return self.refuse(position, Rule.BAD_CHARACTER, message, "delete it", field.key)
        if len(node.text) > limit:
            message = f"{field} has {len(node.text):,} characters, and {limit:,} is the most"
            return self.refuse(
                node.position, Rule.BAD_VALUE, message, hints.shorter(field.key), field.key
            )
        if self.cut(node, field) or (markdown and self.joined(node, field, 2)):
            return INVALID
        if not isinstance(shape, shapes.Text):
            return self.typed(node, shape, field)
        return as_markdown(node.text, node.style) if markdown else node.text

    def joined(self, node: ScalarNode, field: Field, least: int) -> bool:
        """Return whether YAML joins what looks like a list of `least` lines, and record it."""
        written = self.document.written(node)
        if node.style not in ("", ">") or written == node.text:
            return False
        if sum(bool(LIST_SIGN.match(line)) for line in written.splitlines()[1:]) < least:
            return False
        if least > 1:
            hint = f"write `{field.key}: |`, and the text on the lines below it"
        else:
            hint = f"write all of it below `{field.key}:`, each behind a `- `"
        message = f"YAML joins the lines of {field}, and the list in it becomes one line"
        self.refuse(node.position, Rule.WRONG_SHAPE, message, hint, field.key)
        return True

    def typed(self, node: ScalarNode, shape: shapes.Shape, field: Field) -> Any:
        """Return a value that is more than a text."""
        text = node.text.strip()
        result = meaning_of(text, shape)
        if isinstance(result, Mistake):
            return self.report(result.at(node.position, Rule.BAD_VALUE))
        if result is None:
            message = f"{field} can't be “{shown(text)}”"
            hint = hints.for_meaning(text, shape, field.key)
            return self.refuse(node.position, Rule.BAD_VALUE, message, hint, text)
        return result

    def listing(self, node: Node, shape: shapes.Listing, field: Field) -> Any:
        """Return the sound members of a list, or `INVALID`."""
        if not isinstance(node, SequenceNode):
            if isinstance(node, ScalarNode) and not node.text.strip():
                return self.empty(node, field)
            if isinstance(shape.of, shapes.Record) and not shape.or_one:
                return self.wrong(node, hints.for_list(node, shape.of), field)
            if isinstance(node, ScalarNode) and self.joined(node, field, 1):
                return INVALID
            one = self.value(node, shape.of, field)
            return INVALID if _is_faulty(one, shape) else [one]
        if not node.items and not node.faulty:
            return self.empty(node, field)
        values = [
            self.value(item, shape.of, Field(field.key, number))
            for number, item in enumerate(node.items, 1)
        ]
        sound = [value for value in values if not _is_faulty(value, shape)]
        # A list of entries keeps those that are sound; in a list of words each counts.
        if isinstance(shape.of, shapes.Record) and not shape.or_one:
            return sound
        return INVALID if node.faulty or len(sound) < len(values) else sound

    def wrong(self, node: Node, hint: str, field: Field) -> Any:
        """Record that a list or entry is something else, unless its first line shows why."""
        mistake = line_mistake(self.document.lines, node.position.line - 1)
        if mistake and mistake.place:
            line, column = mistake.place
            position = Position(node.position.file, line + 1, column + 1)
            return self.report(mistake.at(position, Rule.WRONG_SHAPE))
        message = f"{field} is {hints.called(node)}"
        return self.refuse(node.position, Rule.WRONG_SHAPE, message, hint, field.key)

    def entries(self, node: Node, shape: shapes.Entries, field: Field) -> Any:
        """Return the entries by key, each with the place of its key; or `INVALID`."""
        if not isinstance(node, MappingNode):
            if isinstance(node, ScalarNode) and not node.text.strip():
                return self.empty(node, field)
            return self.wrong(node, hints.for_entries(node), field)
        found: dict[str, tuple[Position, Any]] = {}
        fields = [name for name, pair in node.entries.items() if _is_field(name, pair[1], shape)]
        for name, (name_node, child) in node.entries.items():
            if name in fields:
                # A row of them is one mistake, reported at the first.
                if name == fields[0]:
                    self.keyless(name_node, shape, list(found)[-1:])
            elif name in shapes.SIDECAR.fields and isinstance(child, SequenceNode):
                message = f"`{name}` stands among the sources"
                hint = "it is a key of the file: begin it in column 1"
                self.refuse(name_node.position, Rule.UNKNOWN_KEY, message, hint, name)
            elif self.is_key(name_node, shape):
                # Its fields stand below it and are not indented, which will be reported.
                bare = fields and isinstance(child, ScalarNode) and not child.text
                value = INVALID if bare else self.record(child, shape.of, Field(name))
                found[name] = (name_node.position, value)
        return found

    def keyless(self, name: ScalarNode, shape: shapes.Entries, above: list[str]) -> None:
        """Record that an entry's field stands where its key belongs; a key may stand above it."""
        message = f"`{name.text}` is a field of {shape.of.called}, and stands where its key belongs"
        hint = "write a key of your choice above it, such as `minutes:`, and indent the fields"
        if above:
            hint = f"indent it further than `{shown(above[0])}:`"
        self.refuse(name.position, Rule.WRONG_SHAPE, message, hint, name.text)

    def is_key(self, name: ScalarNode, shape: shapes.Entries) -> bool:
        """Return whether an entry can be called `name`; else it is recorded."""
        bad = forbidden_character(name.text)
        if bad is not None:
            message = f"the key holds the invisible character {character_name(bad)}"
            self.refuse(name.position, Rule.BAD_CHARACTER, message, "delete it", name.text)
        elif len(name.text) > shapes.SHORT or not re.fullmatch(shapes.KEY_PATTERN, name.text):
            message = f"“{shown(name.text)}” can't be the key of {shape.of.called}"
            self.refuse(name.position, Rule.BAD_VALUE, message, hints.for_key(name.text), name.text)
        else:
            return True
        return False

    def record(self, node: Node, shape: shapes.Record, field: Field) -> Any:
        """Return the `Values` of an entry, or `INVALID` where there is no entry at all."""
        if isinstance(node, ScalarNode) and not node.text.strip():
            return self.empty(node, field, "" if field.number else hints.for_record(node, shape))
        if isinstance(node, ScalarNode) and shape.shorthand:
            only = shape.shorthand
            value = self.value(node, shape.fields[only], field)
            return INVALID if value is INVALID else Values(node.position, {only: value})
        if not isinstance(node, MappingNode):
            return self.wrong(node, hints.for_record(node, shape), field)
        shape = _meant(node, shape)
        values = Values(node.position, faulty=node.faulty)
        shared: set[str] = set()
        for name, (name_node, child) in node.entries.items():
            values.places[name] = child.position
            if name in shape.fields:
                value = self.value(child, shape.fields[name], Field(name))
                values.faulty |= value is INVALID
                if value is not INVALID:
                    values.sound[name] = value
            else:
                self.unknown_key(name_node, node, shape, shared)
                values.faulty = True
        for name in shape.required:
            if name not in node.entries and not values.faulty:
                hint = hints.for_missing(name, node, further=field.number > 1)
                message = f"{shape.called} has no `{name}`"
                self.refuse(node.position, Rule.MISSING_KEY, message, hint, name)
                values.faulty = True
        return values

    def unknown_key(
        self, name: ScalarNode, node: MappingNode, shape: shapes.Record, shared: set[str]
    ) -> None:
        """Record a key that the entry doesn't have, unless its hint was given for another one."""
        # To find what was meant takes time, and a hostile file may have 70,000 of them.
        self.more |= len(self.problems) == MOST_PROBLEMS
        if self.more:
            return
        hint = hints.for_unknown(name.text, node, shape)
        if hint.shared and hint.shared in shared:
            return
        shared.add(hint.shared)
        message = f"{shape.called} has no key `{shown(name.text)}`"
        self.refuse(name.position, Rule.UNKNOWN_KEY, message, hint.text, name.text)


def _meant(node: MappingNode, shape: shapes.Record) -> shapes.Record:
    """Return the record that an entry is: the other one if it has a key that only that has."""
    other = shape.instead
    if other is None or set(shape.required) & set(node.entries):
        return shape
    own = {*shape.fields, *shape.synonyms}
    only_other = {*other.fields, *other.synonyms} - own
    names = (name.lower().replace("-", "_") for name in node.entries)
    return other if any(name in only_other for name in names) else shape


def _is_field(name: str, node: Node, shape: shapes.Entries) -> bool:
    """Return whether a field of an entry stands where the key of one belongs."""
    return name in shape.of.fields and isinstance(node, ScalarNode)


def _is_faulty(value: Any, shape: shapes.Listing) -> bool:
    """Return whether a member of a list can't be used; annotations answer that for themselves."""
    if value is INVALID:
        return True
    return shape.or_one and isinstance(value, Values) and value.faulty


def _is_blank(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.text and not node.style


def sidecar_values(text: str, file: str) -> tuple[Any, FileProblems]:
    """Return the `Values` of a sidecar, `INVALID` for one without any, and what is wrong."""
    reader = ValueReader(parse_nodes(text, file))
    root = reader.document.root
    if root is None or _is_blank(root):
        return INVALID, reader
    return reader.record(root, shapes.SIDECAR, Field()), reader


def source_entries(text: str, file: str) -> tuple[dict[str, tuple[Position, Any]], FileProblems]:
    """Return the entries of a file of sources by key, each with its place, and what is wrong."""
    reader = ValueReader(parse_nodes(text, file))
    root = reader.document.root
    if isinstance(root, MappingNode) and list(root.entries) == ["sources"]:
        root = root.entries["sources"][1]
    if root is None or _is_blank(root):
        return {}, reader
    entries = reader.entries(root, shapes.REGISTRY, Field())
    return {} if entries is INVALID else entries, reader
