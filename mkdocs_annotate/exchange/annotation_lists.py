"""The annotations of a whole site as a W3C AnnotationCollection, in pages, by reference.

https://www.w3.org/TR/annotation-model/ §5: a collection may be cut into AnnotationPages, which
hold annotations or their names alone.  Here they are names; where each is told in full stands
beside them.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""With https the tests of the W3C fail."""

LENGTH = 1_000
"""Most annotations of a page, but for those of one article, which stay together."""

COLLECTION = "collection.jsonld"

Json: TypeAlias = dict[str, Any]


class AnnotationLists:
    """Makes the collection of a site in `folder`, an address that ends with a slash.

    It keeps one page at a time, so a site of any size takes as much room.
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
