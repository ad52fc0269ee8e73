"""Nodes to values: each checked against the format, every problem at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mkdocs_annotate.model.characters import character_name, forbidden_character, shown
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.links import Refusal, parse_doi, parse_link
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import ALL, Occurrence
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.nodes import Mapping, Node, Scalar, Sequence

_OCCURRENCE = re.compile(r"(\d{1,6})(?:\s+of\s+(\d{1,6}))?", re.ASCII)


@dataclass
class Values:
    """The sound values of an entry, by key, with the places of all its keys."""

    position: Position
    sound: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    faulty: bool = False


FAULT = object()
"""Stands for a value whose problem has been recorded."""


class ValueReader:
    """Reads the values of one file, and keeps what is wrong with them in `problems`."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def report(self, position: Position, rule: Rule, message: str, cure: str) -> Any:
        """Record a problem; return what stands for its value."""
        self.problems.append(Problem(position, rule, message, cure))
        return FAULT

    def value(self, node: Node, shape: shapes.Shape, key: str) -> Any:
        """Return what `node` says as `shape`, or `FAULT`."""
        if isinstance(shape, shapes.Record):
            return self.record(node, shape, key)
        if isinstance(shape, shapes.Listing):
            return self.listing(node, shape, key)
        if isinstance(shape, shapes.Entries):
            return self.entries(node, shape, key)
        if not isinstance(node, Scalar):
            return self.report(
                node.position,
                Rule.WRONG_SHAPE,
                f"`{key}` is {_called(node)}",
                "write a text after it; if brackets belong to the text, put it in quotes",
            )
        if not node.text.strip():
            return self.empty(node, key)
        return self.scalar(node, shape, key)

    def empty(self, node: Node, key: str) -> Any:
        """Record that a value is empty."""
        return self.report(
            node.position,
            Rule.EMPTY_VALUE,
            f"`{shown(key)}` is empty",
            "write something after it, or remove the line",
        )

    def scalar(self, node: Scalar, shape: shapes.Shape, key: str) -> Any:
        """Return what a text says as `shape`, or `FAULT`."""
        limit, quoted = shapes.SHORT, False
        if isinstance(shape, shapes.Text):
            limit, quoted = shape.limit, shape.quoted
        elif isinstance(shape, shapes.Name):
            limit = shape.limit
        bad = forbidden_character(node.text, quoted=quoted)
        if bad is not None:
            return self.report(
                node.position,
                Rule.BAD_CHARACTER,
                f"`{key}` holds the invisible character {character_name(bad)}",
                "delete it",
            )
        if len(node.text) > limit:
            return self.report(
                node.position,
                Rule.BAD_VALUE,
                f"`{key}` has {len(node.text):,} characters, and {limit:,} is the most",
                _SHORTER.get(key, "shorten it"),
            )
        if isinstance(shape, shapes.Text):
            return node.text.strip("\n") if shape.limit == shapes.NOTE else node.text
        return self.typed(node, shape, key)

    def typed(self, node: Scalar, shape: shapes.Shape, key: str) -> Any:
        """Return a value that is more than a text."""
        text = node.text.strip()
        result: Any = None
        cure = ""
        if isinstance(shape, shapes.Name):
            result = text if re.fullmatch(shape.pattern, text) else None
            cure = shape.says
        elif isinstance(shape, shapes.Choice):
            result = text if text in shape.words else None
            near = did_you_mean(text, shape.words)
            cure = near or f"write one of {_listed(shape.words)}"
        elif isinstance(shape, shapes.Flag):
            result = {"true": True, "false": False}.get(text.lower())
            cure = "write `true` or `false`"
        elif isinstance(shape, shapes.When):
            result = parse_date(text)
            if result and shape.whole and not result.day:
                result = None
            cure = "write a date like `2024-11-03`" + (
                "" if shape.whole else ", or a part of one like `2024-11` or `2024`"
            )
        elif isinstance(shape, shapes.Place):
            result = _occurrence(text)
            cure = "write `2 of 3` (the second of three places), or `all`"
        else:
            parsed = (parse_doi if isinstance(shape, shapes.Doi) else parse_link)(text)
            if isinstance(parsed, Refusal):
                return self.report(node.position, Rule.BAD_VALUE, parsed.message, parsed.cure)
            return parsed
        if result is None:
            message = f"`{key}` can't be “{shown(text)}”"
            return self.report(node.position, Rule.BAD_VALUE, message, cure)
        return result

    def listing(self, node: Node, shape: shapes.Listing, key: str) -> Any:
        """Return the sound members of a list, or `FAULT`."""
        if not isinstance(node, Sequence):
            if isinstance(node, Scalar) and not node.text.strip():
                return self.empty(node, key)
            if not shape.or_one:
                return self.report(
                    node.position,
                    Rule.WRONG_SHAPE,
                    f"`{key}` is {_called(node)}",
                    "it is a list: begin each entry with `- `",
                )
            one = self.value(node, shape.of, key)
            return FAULT if _is_faulty(one, shape) else [one]
        if not node.items:
            return self.empty(node, key)
        values = [self.value(item, shape.of, key) for item in node.items]
        sound = [value for value in values if not _is_faulty(value, shape)]
        # A list of entries keeps those that are sound; in a list of words each counts.
        whole = isinstance(shape.of, shapes.Record) and not shape.or_one
        return sound if whole or len(sound) == len(values) else FAULT

    def entries(self, node: Node, shape: shapes.Entries, key: str) -> Any:
        """Return the entries by key, each with the node of its key; or `FAULT`."""
        if not isinstance(node, Mapping):
            if isinstance(node, Scalar) and not node.text.strip():
                return self.empty(node, key)
            return self.report(
                node.position,
                Rule.WRONG_SHAPE,
                f"`{key}` is {_called(node)}",
                "write a key of your choice, a colon, and its fields indented below",
            )
        found: dict[str, tuple[Scalar, Any]] = {}
        for name, (name_node, child) in node.entries.items():
            if not re.fullmatch(shapes.KEY_PATTERN, name) or forbidden_character(name):
                self.report(
                    name_node.position,
                    Rule.BAD_VALUE,
                    f"“{shown(name)}” can't be the key of {shape.of.called}",
                    "use a word without spaces",
                )
                continue
            found[name] = (name_node, self.record(child, shape.of, name))
        return found

    def record(self, node: Node, shape: shapes.Record, key: str) -> Any:
        """Return the `Values` of an entry, or `FAULT` where there is no entry at all."""
        if isinstance(node, Scalar) and not node.text.strip():
            return self.empty(node, key)
        if isinstance(node, Scalar) and shape.shorthand:
            only = shape.shorthand
            value = self.value(node, shape.fields[only], key)
            return FAULT if value is FAULT else Values(node.position, {only: value})
        if not isinstance(node, Mapping):
            return self.report(
                node.position,
                Rule.WRONG_SHAPE,
                f"{_called(node)} stands where {shape.called} belongs",
                f"write its fields as `key: value`, such as `{next(iter(shape.fields))}: …`",
            )
        values = Values(node.position)
        for name, (name_node, child) in node.entries.items():
            values.places[name] = child.position
            field_shape = shape.fields.get(name)
            if field_shape is None:
                self.unknown_key(name_node, node, shape)
                values.faulty = True
                continue
            value = self.value(child, field_shape, name)
            if value is FAULT:
                values.faulty = True
            else:
                values.sound[name] = value
        for name in shape.required:
            if name not in node.entries and not values.faulty:
                message = f"{shape.called} has no `{name}`"
                self.report(node.position, Rule.MISSING_KEY, message, f"add `{name}: …`")
                values.faulty = True
        return values

    def unknown_key(self, name: Scalar, node: Mapping, shape: shapes.Record) -> None:
        """Record a key that the entry doesn't have, with the one that was meant."""
        free = [known for known in shape.fields if known not in node.entries]
        cure = did_you_mean(name.text, free) or _elsewhere(name.text, shape)
        self.report(
            name.position,
            Rule.UNKNOWN_KEY,
            f"{shape.called} has no key `{shown(name.text)}`",
            cure or f"its keys are {_listed(shape.fields)}",
        )


_SHORTER = {
    "quote": "give its first words here and its last words as `through`",
    "note": "write what is most needed, and link to the rest",
    "prefix": "32 characters do",
    "suffix": "32 characters do",
}


def _occurrence(text: str) -> Occurrence | None:
    if text == "all":
        return Occurrence(ALL)
    found = _OCCURRENCE.fullmatch(text)
    if not found:
        return None
    number, total = int(found[1]), int(found[2] or 0)
    if number < 1 or (found[2] and number > total):
        return None
    return Occurrence(number, total)


def _is_faulty(value: Any, shape: shapes.Listing) -> bool:
    """Return whether a member of a list can't be used; annotations answer that for themselves."""
    if value is FAULT:
        return True
    return shape.or_one and isinstance(value, Values) and value.faulty


def _called(node: Node) -> str:
    """Return what a writer calls `node`."""
    if isinstance(node, Sequence):
        return "a list"
    return "an entry with keys" if isinstance(node, Mapping) else "a text"


def _elsewhere(name: str, shape: shapes.Record) -> str:
    """Return where the key `name` belongs, if only its place is wrong."""
    for other in (shapes.SIDECAR, shapes.ANNOTATION, shapes.SOURCE, shapes.ARTICLE):
        if other is not shape and name in other.fields:
            return f"it is a key of {other.called}: check the indentation"
    return ""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
