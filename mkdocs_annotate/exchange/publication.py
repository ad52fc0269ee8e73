"""An article as it is published: what every export tells of, and where it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from mkdocs_annotate.anchoring.law import Anchor
from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.exchange.arrivals import ENTRY
from mkdocs_annotate.model.links import Link, LinkKind, doi_link
from mkdocs_annotate.model.people import Person
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.ids import slug_of

SITE_FOLDER = "annotations"
"""Where the exports of a whole site lie, from the site's root."""

ANNOTATIONS = "annotations.jsonld"
"""What the Web Annotations of a page are called."""

SOURCES = f"{SITE_FOLDER}/sources.csl.json"
"""Where the sources of a whole site lie, from the site's root."""


@dataclass(frozen=True)
class Published:
    """An article as it is published."""

    address: str
    """The page's own address; empty where unknown."""

    title: str
    text: str
    """What the article shows, without annotations."""

    said: Sequence[Anchor]
    """What is said about its passages, in reading order; drafts are left out."""

    sources: Mapping[str, Source]
    """All that its annotations may cite."""

    marks: Mapping[str, str]
    """The id of an annotation's mark on the page, by the annotation's own."""

    linked: Callable[[Link], str | None]
    """The whole address behind a link to a page of the site; None where it is unknown."""

    entries: Mapping[str, str] = field(default_factory=dict)
    """The id of a source's entry in the page's list, by its key."""

    article: Article = field(default_factory=Article)
    """What is said about it as a whole."""

    people: Mapping[str, Person] = field(default_factory=dict)
    """Who is behind the names that annotations are signed with."""

    language: str = ""
    """The language of the notes; empty where unknown."""

    def mark(self, anchor: Anchor) -> str:
        """Return the id of the mark of an annotation."""
        id_ = anchor.annotation.id
        return self.marks.get(id_, f"ann-{id_}")

    def entry(self, key: str) -> str:
        """Return the id of the entry of a source; a likely one of a source that has none."""
        return self.entries.get(key, f"{ENTRY}{slug_of(key)}")

    def person(self, by: str) -> Person:
        """Return who signs as `by`: what was typed is the name of somebody unknown."""
        return self.people.get(by, Person(by))

    def whole(self, link: Link | None) -> str | None:
        """Return the address behind `link` that holds everywhere; None where there is none."""
        if link is None:
            return None
        return self.linked(link) if link.kind is LinkKind.SITE else link.address

    def address_of(self, source: Source) -> str | None:
        """Return the address of a source, or of its DOI."""
        return self.whole(source.url or doi_link(source.doi))

    def cited(self) -> dict[str, Source]:
        """Return the sources that are cited, by key: what is annotated, then by first citation."""
        keys = [self.article.based_on]
        for anchor in self.said:
            keys += [citation.source for citation in anchor.annotation.sources]
        return {key: self.sources[key] for key in dict.fromkeys(keys) if key in self.sources}


def published_anchors(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Return what may leave the project, in reading order: everything but drafts."""
    found = (anchor for anchor in anchors if not anchor.annotation.draft)
    return tuple(sorted(found, key=lambda anchor: anchor.ranges[0]))


def title_of(page: Projection, otherwise: str) -> str:
    """Return the words of the first heading of `page`, in one line; `otherwise` without any."""
    if not page.headings:
        return otherwise
    place = page.headings[0].range
    return " ".join(page.text[place.start : place.end].split()) or otherwise


def path_beside(page: str, name: str = ANNOTATIONS) -> str:
    """Return where the file `name` of a page lies: beside it, behind its name unless it is index.

    Both paths begin at the root of the site.
    """
    folder, sign, file = page.rpartition("/")
    stem = re.sub(r"\.html?$", "", file)
    return folder + sign + (name if stem == "index" else f"{stem}.{name}")
