"""Annotations as W3C Web Annotations: those of a page, and a collection for the whole site.

Every key is a constant; texts of a sidecar are values. The collection of a site is cut into
AnnotationPages that hold the ids of annotations, and beside them the file that holds them in full.

Source: https://www.w3.org/TR/annotation-model/, §5 for collections.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.exchange.publication import PublishedArticle
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Citation
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import VOCABULARY_IRI, Kind, Vocabulary

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The context with http: with https, the tests of the W3C fail."""

LENGTH = 1_000
"""Most annotations of a page, but for those of one article, which stay together."""

COLLECTION = "collection.jsonld"

Json: TypeAlias = dict[str, Any]


class AnnotationLists:
    """Makes the collection of a site in `folder`, an address that ends with a slash.

    It keeps one page at a time, so that its memory does not grow with the site.
    """

    def __init__(self, folder: str, label: str) -> None:
        self.folder = folder
        self.label = label
        self.total = 0
        self._number = 0
        self._names: list[str] = []
        self._documents: list[str] = []

    def add(self, collection: Json) -> Iterator[tuple[str, Json]]:
        """Take the annotations of an article; yield the name and content of a page that is full."""
        names = [item["id"] for item in collection["first"]["items"]]
        if self._names and len(self._names) + len(names) > LENGTH:
            yield self._page(last=False)
        self._names += names
        self._documents.append(collection["id"])

    def end(self) -> Iterator[tuple[str, Json]]:
        """Yield the last page, and the collection; nothing where no article was added."""
        if not self._documents:
            return
        yield self._page(last=True)
        collection = {
            "@context": CONTEXT,
            "id": self.folder + COLLECTION,
            "type": "AnnotationCollection",
            "label": self.label,
            "total": self.total,
            "first": self._address(1),
            "last": self._address(self._number),
        }
        yield COLLECTION, collection

    def _page(self, *, last: bool) -> tuple[str, Json]:
        self._number += 1
        number = self._number
        page: Json = {
            "@context": CONTEXT,
            "id": self._address(number),
            "type": "AnnotationPage",
            "partOf": self.folder + COLLECTION,
            "startIndex": self.total,
            "items": self._names,
            # The prefix is in the context.
            "rdfs:seeAlso": [{"id": address} for address in self._documents],
        }
        if number > 1:
            page["prev"] = self._address(number - 1)
        if not last:
            page["next"] = self._address(number + 1)
        self.total += len(self._names)
        self._names, self._documents = [], []
        return f"{number}.jsonld", page

    def _address(self, number: int) -> str:
        return f"{self.folder}{number}.jsonld"


WIDTH = 32
"""How much of the article a prefix or suffix holds at least, in code points."""

MOST_WIDTH = 512
"""Most context that is written: on some pages no context tells a place apart."""


def web_annotations(
    article: PublishedArticle, address: str, vocabulary: Vocabulary, version: str
) -> Json:
    """Return the collection, at `address`, of the annotations that have a place, in order.

    Cost: linear in the article for each annotation.
    """
    items = [_Item(anchor, article, vocabulary, version).json() for anchor in article.anchors]
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "label": article.title,
        "total": len(items),
        "first": {
            "id": f"{address}#first",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }


@dataclass(frozen=True)
class _Item:
    """One annotation that is exported."""

    anchor: Anchor
    article: PublishedArticle
    vocabulary: Vocabulary
    version: str

    @property
    def annotation(self) -> Annotation:
        return self.anchor.annotation

    @property
    def kind(self) -> Kind:
        return self.vocabulary.kind(self.annotation.kind)

    @property
    def motivation(self) -> str:
        # Contexts cached before July 2021 lack this one (w3c/web-annotation#444).
        known = self.kind.motivation
        return "oa:assessing" if known == "assessing" else known

    def json(self) -> Json:
        item: Json = {
            "id": f"{self.article.address}#{self.article.mark(self.anchor)}",
            "type": "Annotation",
            "motivation": self.motivation,
        }
        created = _moment(self.annotation.date)
        if created:
            item["created"] = created
        if self.annotation.by:
            item["creator"] = self._creator()
        item["generator"] = {
            "id": VOCABULARY_IRI,
            "type": "Software",
            "name": f"mkdocs-annotate {self.version}",
        }
        bodies = [*self._note(), *self._classes(), *self._citations(), *self._tags()]
        if bodies:
            item["body"] = bodies
        targets = [self._target(place) for place in self.anchor.ranges]
        item["target"] = targets[0] if len(targets) == 1 else targets
        return item

    def _creator(self) -> Json:
        person = self.article.person(self.annotation.by)
        creator = {"type": "Person", "name": person.name}
        address = self.article.whole(person.url)
        return {"id": address, **creator} if address else creator

    def _note(self) -> list[Json]:
        if not self.annotation.note:
            return []
        comments = self.kind.motivation in ("classifying", "linking")
        body = {"type": "TextualBody", "value": self.annotation.note, "format": "text/markdown"}
        if self.article.language:
            body["language"] = self.article.language
        return [{**body, "purpose": "commenting" if comments else self.motivation}]

    def _classes(self) -> list[Json]:
        """Return the kind where the motivation doesn't tell it, with the speaker; the technique."""
        bodies: list[Json] = []
        is_plain = self.kind.id in ("context", "source")
        if not is_plain or self.annotation.speaker or self.annotation.technique:
            body = {"type": "SpecificResource", "purpose": "classifying", "source": self.kind.iri}
            if self.annotation.speaker:
                body["schema:spokenByCharacter"] = self.annotation.speaker
            bodies.append(body)
        technique = self.vocabulary.techniques.get(self.annotation.technique)
        if technique:
            source = technique.iri
            bodies.append({"type": "SpecificResource", "purpose": "classifying", "source": source})
        elif self.annotation.technique:
            # Free text has no IRI.
            value = self.annotation.technique
            bodies.append({"type": "TextualBody", "value": value, "purpose": "classifying"})
        return bodies

    def _citations(self) -> list[Json]:
        return [self._citation(citation) for citation in self.annotation.sources]

    def _citation(self, citation: Citation) -> Json:
        source = self.article.sources.get(citation.source)
        body: Json = {
            "type": "SpecificResource",
            "purpose": "linking",
            "source": self._address(citation.source, source),
        }
        if citation.locator:
            body["label"] = citation.locator
        if citation.quote:
            body["selector"] = {"type": "TextQuoteSelector", "exact": citation.quote}
        # A state without a date fails the tests of the W3C.
        seen = _moment(source.archive_date) or _moment(source.accessed) if source else ""
        if source and seen:
            body["state"] = {"type": "TimeState", "sourceDate": seen}
            copy = self.article.whole(source.archive_url)
            if copy:
                body["state"]["cached"] = copy
        return body

    def _address(self, key: str, source: Source | None) -> str:
        """Return the address of a source, of its DOI, or of the list that it stands in."""
        known = self.article.address_of(source) if source else None
        return known or f"{self.article.address}#{self.article.entry(key)}"

    def _tags(self) -> list[Json]:
        return [
            {"type": "TextualBody", "value": tag, "purpose": "tagging"}
            for tag in self.annotation.tags
        ]

    def _target(self, place: Range) -> Json:
        prefix, suffix = context_around(place, self.article.text)
        return {
            "type": "SpecificResource",
            "source": self.article.address,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    # The article's words, not those that were typed to find them.
                    "exact": self.article.text[place.start : place.end],
                    "prefix": prefix,
                    "suffix": suffix,
                },
                {"type": "TextPositionSelector", "start": place.start, "end": place.end},
            ],
        }


def context_around(place: Range, text: str) -> tuple[str, str]:
    """Return the text before and after `place`, widened until it occurs once in the page.

    Several matches mean all of them, so the context is always written.  It is not widened beyond
    `MOST_WIDTH`: the offsets that stand beside it tell places apart as well.
    """
    width = WIDTH
    while True:
        start, end = max(0, place.start - width), place.end + width
        whole = text[start:end]
        first = text.find(whole)
        alone = text.find(whole, first + 1) < 0
        if alone or width >= MOST_WIDTH or (start == 0 and end >= len(text)):
            return text[start : place.start], text[place.end : end]
        width *= 2


def _moment(date: Date | None) -> str:
    """Return the beginning of a day, as xsd:dateTime; empty for a part of a date."""
    return f"{date}T00:00:00Z" if date and date.day else ""
