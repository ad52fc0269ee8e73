"""Values to the model: the one way from a sidecar's text to what it says."""

import hashlib
import re
from collections import abc
from dataclasses import fields, replace
from typing import Any

from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position, Problem, Rule, in_order, shown
from mkdocs_annotate.model.sidecar import (
    Annotation,
    Article,
    Citation,
    Correction,
    Defaults,
    Quote,
    Sidecar,
    id_of,
    ids_of,
)
from mkdocs_annotate.model.sources import Source, made
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.plain_files import plain_entries, plain_values
from mkdocs_annotate.sidecar.scalars import (
    INVALID,
    MOST_PROBLEMS,
    FileProblems,
    Values,
    author_of,
    implied_kind,
)

_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{4})(\d{2})(\d{2})\d{6}")


def parse_sidecar(text: str, file: str) -> tuple[Sidecar, list[Problem]]:
    """Return what the YAML `text` says, and every problem in it.

    An annotation with a problem is left out, so that nothing is shown that was not meant; a
    source or the article keeps its sound values.  `file` is the name that messages begin with.
    Never raises.  Cost: linear.
    """
    values, problems = plain_values(text, file), FileProblems()
    if values is None:
        # Imported here, as most sites have plain files alone, and start sooner without.
        from mkdocs_annotate.sidecar.values import sidecar_values

        values, problems = sidecar_values(text, file)
    sidecar = Sidecar(file) if values is INVALID else _Decoder(file, problems).sidecar(values)
    return sidecar, _problems_of(problems)


def parse_sources(text: str, file: str) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources that the YAML `text` describes by key, and every problem in it.

    It is what stands below `sources:` in a sidecar, and that line may stand here, too.
    Never raises.  Cost: linear.
    """
    plain = plain_entries(text, file)
    if plain is not None:
        return _sources(plain), []
    from mkdocs_annotate.sidecar.values import source_entries

    entries, problems = source_entries(text, file)
    return _sources(entries), _problems_of(problems)


def sources_of(
    described: abc.Mapping[str, tuple[Position, abc.Mapping[str, Any]]],
    file: str,
    problems: list[Problem],
) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources of entries that another format describes, by key, and every problem.

    They pass the same tests as those of a sidecar; `problems` of the file come with the others.
    Never raises.  Cost: linear.
    """
    from mkdocs_annotate.sidecar import nodes
    from mkdocs_annotate.sidecar.values import Field, ValueReader

    def node(value: Any, position: Position) -> nodes.Node:
        if isinstance(value, str):
            return nodes.ScalarNode(value, position, style='"')
        return nodes.SequenceNode([node(item, position) for item in value], position)

    entries: dict[str, tuple[nodes.ScalarNode, nodes.Node]] = {}
    for key, (position, given) in described.items():
        values = {
            name: (nodes.ScalarNode(name, position), node(value, position))
            for name, value in given.items()
        }
        entries[key] = (
            nodes.ScalarNode(key, position, style='"'),
            nodes.MappingNode(values, position),
        )
    root = nodes.MappingNode(entries, Position(file, 1, 1))
    ordered = list(in_order(problems))
    few, more = ordered[:MOST_PROBLEMS], len(ordered) > MOST_PROBLEMS
    nothing = nodes.parse_nodes("", file)
    reader = ValueReader(replace(nothing, root=root, problems=few, more=more))
    sources = _sources(reader.entries(root, shapes.REGISTRY, Field()))
    return sources, _problems_of(reader)


def _sources(entries: dict[str, tuple[Position, Any]]) -> dict[str, Source]:
    return {key: _source(key, place, entry) for key, (place, entry) in entries.items()}


def _problems_of(reader: FileProblems) -> list[Problem]:
    """Return the problems of a file in order, and last that there are more, if there are."""
    problems = list(in_order(reader.problems))
    if reader.more:
        message = f"the file has more than {MOST_PROBLEMS} problems"
        position = problems[-1].position
        problems.append(Problem(position, Rule.TOO_LARGE, message, "correct those above first"))
    return problems


class _Decoder:
    def __init__(self, file: str, reader: FileProblems) -> None:
        self.file = file
        self.reader = reader
        self.inline: dict[str, Source] = {}
        """Sources described where they are cited, by the keys made for them."""

    def sidecar(self, values: Values) -> Sidecar:
        sound = values.sound
        entries = sound.get("annotations", [])
        # Blank or no entry at all, it has been reported: nobody knows what was to hold.
        given = sound.get("defaults", Values(values.position, faulty="defaults" in values.places))
        if given.sound or given.faulty:
            entries = [with_defaults(entry, given) for entry in entries]
        following = [*entries[1:], None]
        kinds = map(self.kind, entries, following)
        annotations = self.annotations(
            [(entry, kind) for entry, kind in zip(entries, kinds, strict=True) if kind]
        )
        sources = sound.get("sources", {})
        return Sidecar(
            self.file,
            _article(sound["article"]) if "article" in sound else Article(),
            defaults_of(given),
            {**_sources(sources), **self.inline},
            annotations,
        )

    def kind(self, values: Values, following: Values | None) -> str:
        """Return the kind of an annotation; none of one that can't be used."""
        if values.faulty or self.is_starter(values):
            return ""
        sound = values.sound
        kind: str = sound.get("kind") or implied_kind(sound)
        # A `- ` too much divides an entry in two: the second was reported.
        if not kind and (following is None or "quote" in following.places):
            quote = sound["quote"]
            message = f"“{shown(quote)}” has neither `note` nor `sources` nor `kind`"
            hint = "say something about the passage, or remove the entry"
            self.reader.refuse(values.places["quote"], Rule.NOTHING_SAID, message, hint, quote)
        speaker = sound.get("speaker", "")
        if kind and speaker and sound.get("voice") == "author":
            message = (
                f"`voice: author` says that nobody is quoted, and `speaker` names {shown(speaker)}"
            )
            hint = "remove one of the two"
            self.reader.refuse(
                values.places["voice"], Rule.SPEAKER_NOT_QUOTED, message, hint, speaker
            )
            return ""
        return kind

    def is_starter(self, values: Values) -> bool:
        """Return whether an annotation to be published has the note of a starter, and record it."""
        sound = values.sound
        note = sound.get("note", "")
        # Nearly every note has other words at its end.
        if sound.get("draft") or not note.rstrip().endswith(_STARTER_END):
            return False
        if " ".join(note.split()) != shapes.STARTER_NOTE:
            return False
        message = "the note is still the one that `mkdocs-annotate new` began with"
        hint = "write yours in its place, or remove the entry"
        self.reader.refuse(values.places["note"], Rule.NOTHING_SAID, message, hint, sound["quote"])
        return True

    def annotations(self, entries: list[tuple[Values, str]]) -> tuple[Annotation, ...]:
        """Return annotations, each with its id; one whose id was taken is left out."""
        taken: dict[str, Position] = {}
        kept: list[tuple[Values, Quote, str]] = []
        for values, kind in entries:
            own = values.sound.get("id", "")
            if own in taken:
                message = f"the id `{own}` is that of line {taken[own].line} too"
                hint = "give this annotation another one, or none"
                self.reader.refuse(values.places["id"], Rule.REPEATED_ID, message, hint, own)
                continue
            if own:
                taken[own] = values.places["id"]
            kept.append((values, _quote(values.sound), kind))
        ids = ids_of([(values.sound.get("id", ""), quote, kind) for values, quote, kind in kept])
        return tuple(
            _annotation(values, quote, kind, id_, self.citations(values))
            for (values, quote, kind), id_ in zip(kept, ids, strict=True)
        )

    def citations(self, values: Values) -> tuple[Citation, ...]:
        """Return what an annotation cites; a source that it describes is kept in `inline`."""
        return tuple(
            _citation(entry, entry.sound["source"] if "source" in entry.sound else self.key(entry))
            for entry in values.sound.get("sources", [])
        )

    def key(self, values: Values) -> str:
        """Return the key of a source that is described where it is cited.

        It is made of its whole description, so that equal descriptions are one source, and no
        two documents are.
        """
        described = {k: v for k, v in values.sound.items() if k not in _OF_CITATION}
        source = _source("", values.position, replace(values, sound=described))
        written = "\0".join(
            f"{name}: {_written(value)}" for name, value in sorted(described.items())
        )
        digest = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        key = f"{id_of(source.title)}-{digest}"
        self.inline.setdefault(key, replace(source, key=key, inline=True))
        return key


_STARTER_END = shapes.STARTER_NOTE.split()[-1]

_OF_CITATION = tuple(shapes.CITATION.fields)


def _written(value: Any) -> str:
    """Return a value of a source as a text that no change of our own classes changes."""
    if isinstance(value, list):
        return "\1".join(map(_written, value))
    return value.address if isinstance(value, Link) else str(value)


def _annotation(
    values: Values, quote: Quote, kind: str, id_: str, sources: tuple[Citation, ...]
) -> Annotation:
    given = {key: values.sound[key] for key in values.sound if key not in _OF_QUOTE}
    if "speaker" in given:
        given["voice"] = "quoted"
    if "tags" in given:
        given["tags"] = tuple(given["tags"])
    given |= {"quote": quote, "id": id_, "kind": kind, "sources": sources}
    return made(Annotation, position=values.places["quote"], places=values.places, **given)


_OF_QUOTE = frozenset(field.name for field in fields(Quote)) - {"exact"} | {"quote"}


def _quote(sound: dict[str, Any]) -> Quote:
    given = {key: sound[key] for key in sound if key in _OF_QUOTE}
    exact = given.pop("quote")
    if "section" in given:
        given["section"] = given["section"].strip()
    return made(Quote, exact=exact, **given)


def _citation(values: Values, key: str) -> Citation:
    given = {field: text for field, text in values.sound.items() if field in _OF_CITATION}
    return made(Citation, position=values.position, **{**given, "source": key})


def _article(values: Values) -> Article:
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
    sound = {} if values is INVALID else dict(values.sound)
    title = sound.pop("title", key)
    for people in ("author", "editor", "translator"):
        sound[people] = tuple(author_of(name) for name in sound.pop(people, []))
    copied = _WAYBACK.match(sound["archive_url"].address) if "archive_url" in sound else None
    if copied and "archive_date" not in sound:
        sound["archive_date"] = parse_date("-".join(copied.groups()))
    sound.setdefault("type", "webpage" if "url" in sound else "document")
    return made(Source, title=title, key=key, position=position, extra={}, **sound)


_DECIDING = ("kind", "voice")
"""Keys of `defaults` without which an annotation would be shown as something else."""


def with_defaults(entry: Values, given: Values) -> Values:
    """Return an annotation with what `given` says for all of them, and it doesn't.

    One that may need a default with a mistake can't be used.
    """
    added = {key: value for key, value in given.sound.items() if key not in entry.places}
    if "speaker" in entry.places:
        added.pop("voice", None)
    if "tags" in given.sound and "tags" in entry.sound:
        added["tags"] = list(dict.fromkeys([*given.sound["tags"], *entry.sound["tags"]]))
    doubtful = _needs_more(entry, given)
    if not added and not doubtful:
        return entry
    places = {key: given.places[key] for key in added if key not in entry.places}
    return Values(
        entry.position,
        {**entry.sound, **added},
        {**entry.places, **places},
        entry.faulty or doubtful,
    )


def _needs_more(entry: Values, given: Values) -> bool:
    """Return whether an annotation may rely on a default that has a mistake."""
    if not given.faulty:
        return False
    lost = [key for key in _DECIDING if key in given.places and key not in given.sound]
    # An unknown key may be `kind` mistyped, and so may all of it.
    if not given.places or set(given.places) - set(shapes.DEFAULTS.fields):
        lost.append("kind")
    return any(key not in entry.places for key in lost)


def defaults_of(values: Values) -> Defaults:
    """Return the defaults of a file, as far as they are sound."""
    sound = dict(values.sound)
    sound["tags"] = tuple(sound.get("tags", ()))
    return Defaults(**sound, places=values.places)
