"""Imports W3C Web Annotations.  Source: https://www.w3.org/TR/annotation-model/."""

from dataclasses import replace
from typing import Any

from mkdocs_annotate.exchange.entries import Unread, filled, is_filled
from mkdocs_annotate.exchange.imported import (
    Imported,
    ImportedAnnotation,
    ImportFormat,
    LeftOut,
    Reference,
    SkipEntry,
    Target,
    UnusableFile,
    entry_name,
    like,
    line_of,
    list_of,
    place_of,
    text_of,
)
from mkdocs_annotate.exchange.json_ld import (
    KINDS,
    MOTIVATIONS,
    PURPOSES,
    TEXT_FORMATS,
    address_of,
    as_web_annotation,
    is_a,
    is_recogito,
    names_in,
    note_in,
    page_of,
    quoted_target,
    quotes_in,
    reference_of,
)
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.model.vocabulary import VOCABULARY_IRI, Vocabulary

_READ = frozenset("@context type @type body bodyValue target".split())
"""Fields of an annotation that say what it is, or are looked at one by one."""

_CLASSES = ("Annotation", "AnnotationPage", "AnnotationCollection")


def is_web_annotation(value: Any) -> bool:
    """Return whether JSON is an annotation, a page or collection of them, or a list."""
    return any(is_a(one, *_CLASSES) or is_recogito(one) for one in list_of(value)[:1])


def read_web_annotations(value: Any, vocabulary: Vocabulary, file: str = "") -> Imported:
    """Return the annotations of passages, and why others are skipped.  Raises UnusableFile."""
    read: list[ImportedAnnotation] = []
    skipped: list[LeftOut] = []
    unread = Unread(file)
    for annotation in _annotations(value, unread):
        position = Position(file, *place_of(annotation))
        foreign = _Foreign(annotation, vocabulary, position, unread)
        try:
            read += foreign.imported()
        except SkipEntry as reason:
            skipped.append(LeftOut(position, f"{foreign.name}: {reason}"))
        skipped += foreign.skipped
    return Imported(tuple(read), skipped=tuple(skipped), left_out=unread.skips())


def _annotations(value: Any, unread: Unread) -> list[Any]:
    if is_a(value, "AnnotationCollection"):
        unread.look(value, ("@context", "type", "@type", "first", "total", "last", "id", "@id"))
        first = value.get("first")
        if not isinstance(first, dict):
            raise UnusableFile(
                "the collection only gives the address of its first page, and import fetches "
                "nothing; save that page, and import it"
            )
        value = first
    if is_a(value, "AnnotationPage"):
        # A page that goes on elsewhere is told: `next` is among the fields.
        unread.look(
            value, ("@context", "type", "@type", "items", "id", "@id", "startIndex", "partOf")
        )
        return list_of(value.get("items"))
    if not is_web_annotation(value):
        raise UnusableFile(
            "the file has no object of the type `Annotation`; check what it contains"
        )
    return [as_web_annotation(one) for one in list_of(value)]


class _Foreign:
    """One annotation that is imported."""

    def __init__(
        self, annotation: Any, vocabulary: Vocabulary, position: Position, unread: Unread
    ) -> None:
        self.annotation: dict[str, Any] = annotation if isinstance(annotation, dict) else {}
        self.position = position
        self.unread = unread
        self.kinds = {kind.iri: kind.id for kind in vocabulary.kinds.values()}
        self.techniques = {one.iri: one.id for one in vocabulary.techniques.values()}
        self.technique = ""
        self.vocabulary = vocabulary
        self.notes: list[tuple[str, str]] = []
        """Who wrote a note, and the note, in the order of the bodies."""
        self.tags: list[str] = []
        self.classes: list[str] = []
        self.references: list[Reference] = []
        self.kind = ""
        self.speaker = ""
        self.skipped: list[LeftOut] = []
        self.page = page_of(self.annotation)

    @property
    def name(self) -> str:
        """Return its name in messages: the words it quotes or, without any, its own words."""
        targets = map(quoted_target, list_of(self.annotation.get("target")))
        words = [target.exact for target in targets if target]
        return entry_name(*words, *(text for _, text in self.notes), address_of(self.annotation))

    def imported(self) -> list[ImportedAnnotation]:
        """Return imported annotations, one for each author of a note in it.  Raises SkipEntry."""
        if not is_a(self.annotation, "Annotation"):
            raise SkipEntry("not an annotation")
        for body in self._bodies():
            self._take(body)
        targets = self._targets()
        self._look_at_annotation()
        creator = self._creator(self.annotation)
        notes: dict[str, list[str]] = {}
        for who, note in self.notes:
            notes.setdefault(who or creator, []).append(note)
        technique = self.technique or self._technique()
        if not (notes or self.references or self.kind):
            raise SkipEntry("a highlight without a note")
        (by, texts), *others = notes.items() or [(creator or self._only_creator(), [])]
        first = self._read_entry(targets, by, texts, technique)
        # What others wrote below it is theirs, and of no class but their own.
        return [first, *(self._plain(targets, *other) for other in others)]

    def _look_at_annotation(self) -> None:
        """Count the fields of the annotation that are not used."""
        read = _READ | ({"id", "@id"} if self._id() else set())
        read |= filled(
            creator=self._creator(self.annotation),
            motivation=names_in(self.annotation.get("motivation")),
        )
        if parse_date(self._when()[:10]):
            read |= {self._dated_by}
        self.unread.look(self.annotation, read)
        for name in names_in(self.annotation.get("motivation")):
            if name not in MOTIVATIONS:
                self.unread.add(f"motivation: {name}", self.position[1:])

    @property
    def _dated_by(self) -> str:
        """Return the field with the date of the annotation; empty without any."""
        given = (name for name in ("modified", "created") if self.annotation.get(name))
        return next(given, "")

    def _read_entry(
        self, targets: tuple[Target, ...], by: str, texts: list[str], technique: str
    ) -> ImportedAnnotation:
        note = "\n\n".join(texts)
        return replace(
            self._plain(targets, by, texts),
            kind=self._kind(note, technique),
            references=tuple(self.references),
            speaker=self.speaker,
            technique=technique,
            tags=tuple(dict.fromkeys(filter(None, self.tags))),
            id=self._id(),
        )

    def _plain(self, targets: tuple[Target, ...], by: str, texts: list[str]) -> ImportedAnnotation:
        date = parse_date(self._when()[:10])
        return ImportedAnnotation(
            targets,
            note="\n\n".join(texts),
            by=by,
            date=str(date) if date else "",
            page=self.page,
            position=self.position,
        )

    def _only_creator(self) -> str:
        """Return who made the bodies, where one person made them all."""
        made = {self._creator(one) for one in self._bodies() if isinstance(one, dict)}
        return made.pop() if len(made) == 1 else ""

    def _bodies(self) -> list[Any]:
        bodies = list_of(self.annotation.get("body"))
        value = self.annotation.get("bodyValue")
        return [*bodies, {"type": "TextualBody", "value": value}] if value else bodies

    def _take(self, body: Any) -> None:
        """Sort one body into notes, tags, classes and references."""
        if is_a(body, "Choice"):
            # Of several the first is the one meant for all.
            items = list_of(body.get("items"))
            for _ in items[1:]:
                self.unread.add("body.items", place_of(body))
            body = next(iter(items), None)
        if isinstance(body, dict) and isinstance(body.get("source"), dict) and "value" not in body:
            inner = body["source"]
            body = like(body, {**inner, **body, "source": address_of(inner) or None})
        purposes = names_in(body.get("purpose")) if isinstance(body, dict) else []
        if isinstance(body, dict) and body.get("value") is not None:
            self._take_text(body, purposes)
        else:
            self._take_resource(body, purposes)

    def _take_text(self, body: dict[str, Any], purposes: list[str]) -> None:
        words = text_of(body["value"])
        if not words:
            self.unread.look({"value": body["value"]}, (), "body.")
        elif "replying" in purposes:
            self.skipped.append(LeftOut(self._place(body), f"{entry_name(words)}: a reply"))
        elif "tagging" in purposes:
            self.tags.append(line_of(words))
        elif "classifying" in purposes:
            self.classes.append(line_of(words))
        else:
            self.notes.append((self._creator(body), note_in(body)))
        read = {"type", "@type", "value"} | self._dates_of(body)
        read |= filled(
            creator=self._creator(body),
            format=any(one in line_of(body.get("format")) for one in TEXT_FORMATS),
            purpose=purposes and set(purposes) <= PURPOSES,
        )
        self.unread.look(body, read, "body.")

    def _dates_of(self, body: dict[str, Any]) -> set[str]:
        """Return the fields of a body that tell when the annotation was made, and are read."""
        found = {
            name for name in ("modified", "created") if parse_date(line_of(body.get(name))[:10])
        }
        return set() if self._dated_by else found

    def _take_resource(self, body: Any, purposes: list[str]) -> None:
        described = body if isinstance(body, dict) else {}
        address = address_of(described.get("source") or body)
        known = address in self.kinds or address.startswith(VOCABULARY_IRI)
        if address in self.techniques:
            self.technique = self.technique or self.techniques[address]
        elif known:
            self.kind = self.kind or self.kinds.get(address, "")
            self.speaker = self.speaker or line_of(described.get("schema:spokenByCharacter"))
        elif address.startswith(("http://", "https://")) and "classifying" not in purposes:
            self.references.append(reference_of(address, described, self.page))
        elif address or is_filled(body):
            words = entry_name(address, described.get("label"), described.get("type"))
            reason = "a body that is neither a text nor a web address"
            self.skipped.append(LeftOut(self._place(body), f"{words}: {reason}"))
        used = self.references[-1] if self.references else Reference("")
        read = filled(
            label=used.locator, selector=used.quote, state=used.seen or used.copy,
            purpose=purposes and set(purposes) <= PURPOSES,
        )  # fmt: skip
        read |= {"type", "@type", "source", "id", "@id", "schema:spokenByCharacter"}
        self.unread.look(described, read, "body.")

    def _place(self, value: Any) -> Position:
        return self.position._replace(line=place_of(value)[0], column=place_of(value)[1])

    def _kind(self, note: str, technique: str) -> str:
        """Return the kind, empty where it is the one that the rest implies."""
        motivations = names_in(self.annotation.get("motivation"))
        nearest = next((KINDS[name] for name in motivations if name in KINDS), "context")
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
        """Return when it was made, or else the first of its bodies that says so."""
        bodies = [body for body in self._bodies() if isinstance(body, dict)]
        for made in [self.annotation, *bodies]:
            when = line_of(made.get("modified") or made.get("created"))
            if when:
                return when
        return ""

    def _creator(self, made: dict[str, Any]) -> str:
        """Return the names of those who made an annotation or a body of it."""
        names: list[str] = []
        for creator in list_of(made.get("creator")):
            described = isinstance(creator, dict)
            name = (creator.get("name") or creator.get("nickname")) if described else creator
            found = [line_of(one) for one in list_of(name)]
            # An address is nobody's name.
            names += [one for one in found if one and "://" not in one]
            if described:
                self.unread.look(creator, ("name", "nickname", "type", "@type"), "creator.")
            elif any("://" in one for one in found):
                self.unread.add("creator", self._place(made)[1:])
        return ", ".join(names)

    def _id(self) -> str:
        """Return the name of a mark of ours, `…#ann-NAME`."""
        _, _, name = address_of(self.annotation).partition("#ann-")
        return name

    def _targets(self) -> tuple[Target, ...]:
        given = list_of(self.annotation.get("target"))
        found = tuple(filter(None, map(quoted_target, given)))
        if not found:
            raise SkipEntry("no words are quoted")
        for target in given:
            if quoted_target(target) is None:
                self.skipped.append(
                    LeftOut(self._place(target), f"{self.name}: a target without words")
                )
            else:
                self._look_at(target)
        return found

    def _look_at(self, target: dict[str, Any]) -> None:
        """Count the fields of a target that are not used; positions never are."""
        read = {"selector", "type", "@type"} | filled(source=self.page)
        self.unread.look(target, read, "target.")
        quotes = 0
        for selector in list_of(target.get("selector")):
            quotes += is_a(selector, "TextQuoteSelector")
            if isinstance(selector, dict) and (quotes > 1 or not quotes_in(selector)):
                name = next(iter(names_in(selector.get("type", selector.get("@type")))), "selector")
                self.unread.add(name, place_of(selector))


WEB_ANNOTATION = ImportFormat(
    "web-annotation", "Web Annotations", is_web_annotation, read_web_annotations
)
