"""Nodes to model: every value checked against the format, every problem at once."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from mkdocs_annotate.model.characters import character_name, forbidden_character, shown
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.links import Refusal, parse_doi, parse_link
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import (
    ALL,
    Annotation,
    Article,
    Citation,
    Correction,
    Occurrence,
    Quote,
    Sidecar,
)
from mkdocs_annotate.model.sources import Author, Source
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.nodes import Mapping, Node, Scalar, Sequence, parse_nodes

_SLUG_LENGTH = 48
"""Longest default id: an address that fits a line."""

_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{4})(\d{2})(\d{2})\d{6}")
_OCCURRENCE = re.compile(r"(\d{1,6})(?:\s+of\s+(\d{1,6}))?", re.ASCII)


def parse_sidecar(text: str, file: str) -> tuple[Sidecar, list[Problem]]:
    """Return what the YAML `text` says, and every problem in it.

    An annotation with a problem is left out, so that nothing is shown that was not meant; a
    source or the article keeps its sound values.  `file` is the name that messages begin with.
    Never raises.  Cost: linear.
    """
    document = parse_nodes(text, file)
    decoder = _Decoder(file, document.problems)
    sidecar = Sidecar(file)
    if document.root is not None and not _is_blank(document.root):
        sidecar = decoder.sidecar(document.root)
    return sidecar, decoder.problems


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.style


@dataclass
class _Values:
    """The sound values of an entry, by key, with the places of all its keys."""

    position: Position
    sound: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    faulty: bool = False


_FAULT = object()
"""Stands for a value whose problem has been recorded."""


class _Decoder:
    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def report(self, position: Position, rule: Rule, message: str, cure: str) -> Any:
        self.problems.append(Problem(position, rule, message, cure))
        return _FAULT

    # From nodes to values, led by a shape.

    def value(self, node: Node, shape: shapes.Shape, key: str) -> Any:
        """Return what `node` says as `shape`, or `_FAULT`."""
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
        return self.report(
            node.position,
            Rule.EMPTY_VALUE,
            f"`{shown(key)}` is empty",
            "write something after it, or remove the line",
        )

    def scalar(self, node: Scalar, shape: shapes.Shape, key: str) -> Any:
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
            return _FAULT if _is_faulty(one, shape) else [one]
        if not node.items:
            return self.empty(node, key)
        values = [self.value(item, shape.of, key) for item in node.items]
        sound = [value for value in values if not _is_faulty(value, shape)]
        # A list of entries keeps those that are sound; in a list of words each counts.
        whole = isinstance(shape.of, shapes.Record) and not shape.or_one
        return sound if whole or len(sound) == len(values) else _FAULT

    def entries(self, node: Node, shape: shapes.Entries, key: str) -> Any:
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
        """Return the `_Values` of an entry, or `_FAULT` where there is no entry at all."""
        if isinstance(node, Scalar) and not node.text.strip():
            return self.empty(node, key)
        if isinstance(node, Scalar) and shape.shorthand:
            only = shape.shorthand
            value = self.value(node, shape.fields[only], key)
            return _FAULT if value is _FAULT else _Values(node.position, {only: value})
        if not isinstance(node, Mapping):
            return self.report(
                node.position,
                Rule.WRONG_SHAPE,
                f"{_called(node)} stands where {shape.called} belongs",
                f"write its fields as `key: value`, such as `{next(iter(shape.fields))}: …`",
            )
        values = _Values(node.position)
        for name, (name_node, child) in node.entries.items():
            values.places[name] = child.position
            field_shape = shape.fields.get(name)
            if field_shape is None:
                self.unknown_key(name_node, node, shape)
                values.faulty = True
                continue
            value = self.value(child, field_shape, name)
            if value is _FAULT:
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
        free = [known for known in shape.fields if known not in node.entries]
        cure = did_you_mean(name.text, free) or _elsewhere(name.text, shape)
        self.report(
            name.position,
            Rule.UNKNOWN_KEY,
            f"{shape.called} has no key `{shown(name.text)}`",
            cure or f"its keys are {_listed(shape.fields)}",
        )

    # From values to the model.

    def sidecar(self, root: Node) -> Sidecar:
        values = self.record(root, shapes.SIDECAR, "the file")
        if values is _FAULT:
            return Sidecar(self.file)
        sound = values.sound
        decoded = (self.annotation(entry) for entry in sound.get("annotations", []))
        annotations = self.identified([entry for entry in decoded if entry is not None])
        sources = sound.get("sources", {})
        return Sidecar(
            self.file,
            _article(sound["article"]) if "article" in sound else Article(),
            {key: _source(key, name.position, entry) for key, (name, entry) in sources.items()},
            annotations,
        )

    def annotation(self, values: _Values) -> Annotation | None:
        if values.faulty:
            return None
        sound = values.sound
        position = values.places["quote"]
        kind = sound.get("kind") or _implied_kind(sound)
        if not kind:
            self.report(
                position,
                Rule.NOTHING_SAID,
                f"“{shown(sound['quote'])}” has neither `note` nor `sources` nor `kind`",
                "say something about the passage, or remove the entry",
            )
            return None
        speaker = sound.get("speaker", "")
        if speaker and sound.get("voice") == "author":
            self.report(
                values.places["voice"],
                Rule.KEYS_CLASH,
                f"`voice` is author, and `speaker` names who is quoted, {shown(speaker)}",
                "write `voice: quoted`, or remove one of the two",
            )
            return None
        return Annotation(
            quote=Quote(
                sound["quote"],
                sound.get("through", ""),
                sound.get("prefix", ""),
                sound.get("suffix", ""),
                sound.get("occurrence"),
                sound.get("section", "").strip(),
            ),
            id=sound.get("id", ""),
            kind=kind,
            note=sound.get("note", ""),
            sources=tuple(_citation(entry) for entry in sound.get("sources", [])),
            voice="quoted" if speaker else sound.get("voice", "author"),
            speaker=speaker,
            technique=sound.get("technique", ""),
            by=sound.get("by", ""),
            date=sound.get("date"),
            draft=sound.get("draft", False),
            tags=tuple(sound.get("tags", [])),
            position=position,
            places=values.places,
        )

    def identified(self, annotations: list[Annotation]) -> tuple[Annotation, ...]:
        """Return `annotations` with an id each; one whose id was taken is left out."""
        taken: dict[str, Position] = {}
        kept = []
        for annotation in annotations:
            if annotation.id in taken:
                self.report(
                    annotation.place("id"),
                    Rule.REPEATED_ID,
                    f"the id `{annotation.id}` is that of line {taken[annotation.id].line} too",
                    "give this annotation another one, or none",
                )
                continue
            if annotation.id:
                taken[annotation.id] = annotation.place("id")
            kept.append(annotation)
        return with_ids(kept)


_SHORTER = {
    "quote": "give its first words here and its last words as `through`",
    "note": "write what is most needed, and link to the rest",
    "prefix": "32 characters do",
    "suffix": "32 characters do",
}


def with_ids(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Return `annotations`, those without an id with one made of their quote.

    Where quotes alone would give the same id, a digest of what tells the entries apart is added,
    so that ids stay when entries are moved about.
    """
    annotations = list(annotations)
    slugs = [annotation.id or slug_of(annotation.quote.exact) for annotation in annotations]
    often = Counter(slugs)
    used = {annotation.id for annotation in annotations if annotation.id}
    result = []
    for annotation, slug in zip(annotations, slugs, strict=True):
        if not annotation.id:
            if often[slug] > 1:
                told_apart = repr((annotation.quote, annotation.kind))
                slug += "-" + hashlib.sha256(told_apart.encode()).hexdigest()[:4]
            base, number = slug, 2
            while slug in used:
                slug = f"{base}-{number}"
                number += 1
            used.add(slug)
        result.append(replace(annotation, id=slug))
    return tuple(result)


def slug_of(quote: str) -> str:
    """Return the id made of the words of `quote`: ASCII letters and digits, or a digest of it."""
    plain = unicodedata.normalize("NFKD", quote).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = "-".join(words)
    if len(slug) > _SLUG_LENGTH:
        cut = slug[: _SLUG_LENGTH + 1]
        slug = cut[: cut.rfind("-")] if "-" in cut else slug[:_SLUG_LENGTH]
    return slug or "q-" + hashlib.sha256(quote.encode("utf-8", "replace")).hexdigest()[:8]


def _implied_kind(sound: dict[str, Any]) -> str:
    for key, kind in (("technique", "rhetoric"), ("note", "context"), ("sources", "source")):
        if key in sound:
            return kind
    return ""


def _citation(values: _Values) -> Citation:
    sound = values.sound
    return Citation(
        sound["source"], sound.get("locator", ""), sound.get("quote", ""), values.position
    )


def _article(values: _Values) -> Article:
    sound = values.sound
    corrections = [
        Correction(entry.sound["date"], entry.sound["text"], entry.places["text"])
        for entry in sound.get("corrections", [])
        if not entry.faulty
    ]
    corrections.sort(key=lambda correction: correction.date, reverse=True)
    return Article(
        sound.get("type", ""),
        sound.get("based_on", ""),
        sound.get("backstory", ""),
        tuple(corrections),
        values.places,
    )


def _source(key: str, position: Position, values: Any) -> Source:
    """Return the source of an entry; one without a sound title is called by its key."""
    sound = {} if values is _FAULT else dict(values.sound)
    title = sound.pop("title", key)
    sound["author"] = tuple(_author(name) for name in sound.pop("author", []))
    copied = _WAYBACK.match(sound["archive_url"].address) if "archive_url" in sound else None
    if copied and "archive_date" not in sound:
        sound["archive_date"] = parse_date("-".join(copied.groups()))
    sound.setdefault("type", "webpage" if "url" in sound else "document")
    return Source(title, key=key, position=position, **sound)


def _author(name: str) -> Author:
    if name.startswith("{") and name.endswith("}"):
        return Author(name[1:-1].strip())
    family, comma, given = name.partition(",")
    if comma and "," not in given and family.strip() and given.strip():
        return Author(family.strip(), given.strip())
    return Author(name)


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
    if value is _FAULT:
        return True
    return shape.or_one and isinstance(value, _Values) and value.faulty


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
