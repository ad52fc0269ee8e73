"""W3C Web Annotations of anybody: nearly every value may be one or a list, an object or a name.

https://www.w3.org/TR/annotation-model/.  Names may have the prefix `oa:`.  No context is fetched,
and no address looked at.
"""

from collections import deque
from typing import Any

from mkdocs_annotate.exchange.arrivals import (
    ENTRY,
    Arrival,
    Arrivals,
    Reference,
    Skipped,
    Target,
    Unusable,
    entries_of,
    line_of,
    passage_of,
    text_of,
)
from mkdocs_annotate.exchange.plain_text import as_markdown, html_text
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.vocabulary import VOCABULARY_IRI, Vocabulary

_KINDS = {"linking": "source", "assessing": "check", "questioning": "unattributed"}
"""What a motivation comes nearest to, where nothing tells the kind."""

_CLASSES = ("Annotation", "AnnotationPage", "AnnotationCollection")


def is_web_annotation(value: Any) -> bool:
    """Return whether JSON is an annotation, a page or collection of them, or a list."""
    return any(_is_a(one, *_CLASSES) for one in entries_of(value)[:1])


def read_web_annotations(value: Any, vocabulary: Vocabulary) -> Arrivals:
    """Return the annotations of passages, and why others are skipped.  Raises Unusable."""
    read: list[Arrival] = []
    skipped: list[str] = []
    for annotation in _annotations(value):
        try:
            read.append(_Foreign(annotation, vocabulary).arrival())
        except Skipped as reason:
            skipped.append(str(reason))
    return Arrivals(tuple(read), skipped=tuple(skipped))


def _annotations(value: Any) -> list[Any]:
    if _is_a(value, "AnnotationCollection"):
        first = value.get("first")
        if not isinstance(first, dict):
            raise Unusable(
                "the collection only names the address of its first page, and nothing is fetched; "
                "save that page and import it"
            )
        value = first
    if _is_a(value, "AnnotationPage"):
        return entries_of(value.get("items"))
    if not is_web_annotation(value):
        raise Unusable("the file holds no object of the type `Annotation`; look what it is")
    return entries_of(value)


def _name(value: Any) -> str:
    """Return a term without the prefix of its vocabulary."""
    text = line_of(value)
    return text.removeprefix("http://www.w3.org/ns/oa#").removeprefix("oa:")


def _names(value: Any) -> list[str]:
    return [name for name in map(_name, entries_of(value)) if name]


def _is_a(value: Any, *types: str) -> bool:
    if not isinstance(value, dict):
        return False
    return any(name in types for name in _names(value.get("type", value.get("@type"))))


def _address_of(value: Any) -> str:
    """Return the address that a resource is, or has."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id", ""))
    return line_of(value)


class _Foreign:
    """One annotation on its way in."""

    def __init__(self, annotation: Any, vocabulary: Vocabulary) -> None:
        if not _is_a(annotation, "Annotation"):
            raise Skipped("no annotation at all")
        self.annotation: dict[str, Any] = annotation
        self.kinds = {kind.iri: kind.id for kind in vocabulary.kinds.values()}
        self.techniques = {one.iri: one.id for one in vocabulary.techniques.values()}
        self.technique = ""
        self.vocabulary = vocabulary
        self.notes: list[str] = []
        self.tags: list[str] = []
        self.classes: list[str] = []
        self.references: list[Reference] = []
        self.kind = ""
        self.speaker = ""
        self.page = _page(annotation)

    def arrival(self) -> Arrival:
        """Return it in our words.  Raises Skipped."""
        targets = self._targets()
        for body in self._bodies():
            self._take(body)
        note = "\n\n".join(filter(None, self.notes))
        technique = self.technique or self._technique()
        if not (note or self.references or self.kind):
            raise Skipped("a highlight without a word")
        kind = self._kind(note, technique)
        date = parse_date(self._when()[:10])
        return Arrival(
            targets,
            note=note,
            kind=kind,
            references=tuple(self.references),
            speaker=self.speaker,
            technique=technique,
            by=self._creator(),
            date=str(date) if date else "",
            tags=tuple(dict.fromkeys(filter(None, self.tags))),
            id=self._id(),
            page=self.page,
        )

    def _bodies(self) -> list[Any]:
        bodies = entries_of(self.annotation.get("body"))
        value = self.annotation.get("bodyValue")
        return [*bodies, {"type": "TextualBody", "value": value}] if value else bodies

    def _take(self, body: Any) -> None:
        """Sort one body into notes, tags, classes and references."""
        if _is_a(body, "Choice"):
            # Of several the first is the one meant for all.
            body = next(iter(entries_of(body.get("items"))), None)
        if isinstance(body, dict) and isinstance(body.get("source"), dict) and "value" not in body:
            inner = body["source"]
            body = {**inner, **body, "source": _address_of(inner) or None}
        purposes = _names(body.get("purpose")) if isinstance(body, dict) else []
        if isinstance(body, dict) and body.get("value") is not None:
            self._take_text(body, purposes)
        else:
            self._take_resource(body, purposes)

    def _take_text(self, body: dict[str, Any], purposes: list[str]) -> None:
        if "tagging" in purposes:
            self.tags.append(line_of(body["value"]))
        elif "classifying" in purposes:
            self.classes.append(line_of(body["value"]))
        else:
            self.notes.append(_note(body))

    def _take_resource(self, body: Any, purposes: list[str]) -> None:
        described = body if isinstance(body, dict) else {}
        address = _address_of(described.get("source") or body)
        if address in self.techniques:
            self.technique = self.technique or self.techniques[address]
        elif address in self.kinds or address.startswith(VOCABULARY_IRI):
            self.kind = self.kind or self.kinds.get(address, "")
            self.speaker = self.speaker or line_of(described.get("schema:spokenByCharacter"))
        elif address.startswith(("http://", "https://")) and "classifying" not in purposes:
            self.references.append(_reference(address, described, self.page))

    def _kind(self, note: str, technique: str) -> str:
        """Return the kind, empty where it is the one that the rest implies."""
        motivations = _names(self.annotation.get("motivation"))
        nearest = next((_KINDS[name] for name in motivations if name in _KINDS), "context")
        kind = self.kind or nearest
        implied = "rhetoric" if technique else "context" if note else "source"
        if technique in self.vocabulary.techniques:
            implied = self.vocabulary.techniques[technique].kind
        return "" if kind == implied or (kind == "context" and not note) else kind

    def _technique(self) -> str:
        """Return what a class of ours says beside the kind; other classes are kinds or tags."""
        technique = ""
        for name in self.classes:
            if name.lower() in self.vocabulary.kinds:
                self.kind = self.kind or name.lower()
            elif self.kind and not technique:
                technique = name
            else:
                self.tags.append(name)
        return technique

    def _when(self) -> str:
        return line_of(self.annotation.get("modified") or self.annotation.get("created"))

    def _creator(self) -> str:
        names: list[str] = []
        for creator in entries_of(self.annotation.get("creator")):
            name = creator.get("name") if isinstance(creator, dict) else creator
            names += map(line_of, entries_of(name))
        # An address is nobody's name.
        return ", ".join(name for name in names if name and "://" not in name)

    def _id(self) -> str:
        """Return the name of a mark of ours, `…#ann-NAME`."""
        _, _, name = _address_of(self.annotation).partition("#ann-")
        return name

    def _targets(self) -> tuple[Target, ...]:
        targets = [_target(target) for target in entries_of(self.annotation.get("target"))]
        found = tuple(target for target in targets if target)
        if not found:
            raise Skipped("no words are quoted")
        return found


def _note(body: dict[str, Any]) -> str:
    """Return what a text says, as Markdown."""
    value = body["value"]
    written = " ".join(map(line_of, entries_of(body.get("format")))).lower()
    if "markdown" in written:
        return text_of(value)
    if "html" in written:
        return as_markdown(html_text(text_of(value)))
    return as_markdown(text_of(value))


def _page(annotation: dict[str, Any]) -> str:
    """Return the address of the page that an annotation is about, without a place in it."""
    for target in entries_of(annotation.get("target")):
        source = target.get("source") if isinstance(target, dict) else target
        return _address_of(source).partition("#")[0]
    return ""


def _reference(address: str, body: dict[str, Any], page: str) -> Reference:
    quoted = next(iter(_quotes(body.get("selector"))), None)
    states = [state for state in entries_of(body.get("state")) if isinstance(state, dict)]
    state = states[0] if states else {}
    seen = parse_date(line_of(next(iter(entries_of(state.get("sourceDate"))), ""))[:10])
    around, _, entry = address.partition(f"#{ENTRY}")
    return Reference(
        address,
        locator=line_of(next(iter(entries_of(body.get("label"))), "")),
        quote=quoted.exact if quoted else "",
        copy=line_of(next(iter(entries_of(state.get("cached"))), "")),
        seen=str(seen) if seen else "",
        # Another page's list says nothing about ours.
        entry=entry if page and around == page else "",
    )


def _target(target: Any) -> Target | None:
    if not isinstance(target, dict):
        return None
    quotes = _quotes(target.get("selector"))
    return quotes[0] if quotes else None


def _quotes(selectors: Any) -> list[Target]:
    """Return the words that selectors quote, those that refine others first."""
    found: list[Target] = []
    waiting = deque((selector, 0) for selector in entries_of(selectors))
    deepest = -1
    while waiting:
        selector, depth = waiting.popleft()
        if not isinstance(selector, dict):
            continue
        waiting += [(inner, depth + 1) for inner in entries_of(selector.get("refinedBy"))]
        exact = selector.get("exact", selector.get("oa:exact"))
        if _is_a(selector, "TextQuoteSelector") and line_of(exact):
            prefix, suffix = (
                passage_of(selector.get(key, selector.get(f"oa:{key}")))
                for key in ("prefix", "suffix")
            )
            quote = Target(line_of(exact), prefix, suffix)
            found = [quote, *found] if depth > deepest else [*found, quote]
            deepest = max(depth, deepest)
    return found
