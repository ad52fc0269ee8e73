"""An article as it is published, for exports."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.exchange.imported import ENTRY
from mkdocs_annotate.model.links import Link, LinkKind, doi_link
from mkdocs_annotate.model.sidecar import Article, slug_of
from mkdocs_annotate.model.sources import Person, Source

SITE_FOLDER = "annotations"
"""The folder of the exports of a whole site, from the site's root."""

ANNOTATIONS = "annotations.jsonld"
"""What the Web Annotations of a page are called."""

SOURCES = f"{SITE_FOLDER}/sources.csl.json"
"""Where the sources of a whole site lie, from the site's root."""


@dataclass(frozen=True)
class PublishedArticle:
    """An article as it is published."""

    address: str
    """The page's own address; empty where unknown."""

    title: str
    text: str
    """What the article shows, without annotations."""

    anchors: Sequence[Anchor]
    """The annotations with their places, in reading order; drafts are left out."""

    sources: Mapping[str, Source]
    """All that its annotations may cite."""

    marks: Mapping[str, str]
    """The ids of the marks on the page, by the ids of their annotations."""

    linked: Callable[[Link], str | None]
    """The whole address behind a link to a page of the site; None where it is unknown."""

    entries: Mapping[str, str] = field(default_factory=dict)
    """The id of a source's entry in the page's list, by its key."""

    article: Article = field(default_factory=Article)
    """The part of the sidecar about the article as a whole."""

    people: Mapping[str, Person] = field(default_factory=dict)
    """The people behind the names with which annotations are signed."""

    language: str = ""
    """The language of the notes; empty where unknown."""

    def mark(self, anchor: Anchor) -> str:
        """Return the id of the mark of an annotation."""
        id_ = anchor.annotation.id
        return self.marks.get(id_, f"ann-{id_}")

    def entry(self, key: str) -> str:
        """Return the id of the entry of a source; without an entry, the id that it would have."""
        return self.entries.get(key, f"{ENTRY}{slug_of(key)}")

    def person(self, by: str) -> Person:
        """Return the person behind `by`, or a person of that name."""
        return self.people.get(by, Person(by))

    def whole(self, link: Link | None) -> str | None:
        """Return the whole address of `link`; None if it is unknown."""
        if link is None:
            return None
        return self.linked(link) if link.kind is LinkKind.SITE else link.address

    def address_of(self, source: Source) -> str | None:
        """Return the address of a source, or of its DOI."""
        return self.whole(source.url or doi_link(source.doi))

    def cited(self) -> dict[str, Source]:
        """Return the cited sources by key: first the annotated text, then by first citation."""
        keys = [self.article.based_on]
        for anchor in self.anchors:
            keys += [citation.source for citation in anchor.annotation.sources]
        return {key: self.sources[key] for key in dict.fromkeys(keys) if key in self.sources}


def published_anchors(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Return the annotations that may be exported, in reading order: all but drafts."""
    found = (anchor for anchor in anchors if not anchor.annotation.draft)
    return tuple(sorted(found, key=lambda anchor: anchor.ranges[0]))


def title_of(page: Projection, otherwise: str) -> str:
    """Return the text of the first heading of `page`, in one line; `otherwise` without one."""
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


# `&`, `<` and `>` could end the element or begin a comment in it; the others end lines of scripts.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "&<>\u2028\u2029"}


def data_block(value: Any, *, narrow: bool) -> str:
    """Return `value` as a data block of JSON-LD, in a list of one.

    It is in ASCII alone where the page is `narrow`.  Raises ValueError for what JSON hasn't:
    infinity, not a number.  Cost: linear.
    """
    # Material's instant navigation takes types away from scripts and so runs them all: a list is an
    # expression that does nothing, where an object would be a block of code with a mistake.
    text = json.dumps([value], ensure_ascii=narrow, allow_nan=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.translate(_ESCAPES)}</script>'


Json: TypeAlias = dict[str, Any]


PANEL = "ann--panel"
"""The id of what is said about an article as a whole."""


def visible_annotations(collection: Json, hidden: frozenset[str], words: str = "") -> Json | None:
    """Return the annotations of a page, as `web_annotations` makes them, without hidden ones.

    `hidden` has the ids of their marks, and `words` all words of the page with a space between,
    if they are to be looked at: what is around a passage is left out where the page does not show
    it.  None if no annotation is left.
    """
    items = [item for item in collection["first"]["items"] if _id_of(item) not in hidden]
    if not items:
        return None
    if words:
        items = [_with_shown_context(item, words) for item in items]
    first = {**collection["first"], "items": items}
    return {**collection, "total": len(items), "first": first}


def _with_shown_context(item: Json, words: str) -> Json:
    single = isinstance(item["target"], dict)
    targets = [
        {**target, "selector": [_shown_selector(target["selector"][0], words), *rest]}
        for target in ([item["target"]] if single else item["target"])
        for rest in [target["selector"][1:]]
    ]
    return {**item, "target": targets[0] if single else targets}


def _shown_selector(selector: Json, words: str) -> Json:
    context = f"{selector['prefix']}{selector['exact']}{selector['suffix']}"
    if words_in_line(context) in words:
        return selector
    return {**selector, "prefix": "", "suffix": ""}


def visible_page(page: Json, hidden: frozenset[str], words: str) -> Json:
    """Return the schema.org data of a page without what the page hides; arguments as above.

    A headline whose words the page does not show is left out, too.
    """
    shown = dict(page)
    if PANEL in hidden:
        for key in ("backstory", "correction", "isBasedOn"):
            shown.pop(key, None)
    for key in ("citation", "comment"):
        works = [_without_hidden_links(one, hidden) for one in page.get(key, ())]
        shown[key] = [one for one in works if not _hides(one, hidden)]
        if not shown[key]:
            del shown[key]
    if words_in_line(page["headline"]) not in words:
        del shown["headline"]
    return shown


def _hides(work: Json, hidden: frozenset[str]) -> bool:
    return not {_id_of(work), _id_of(work.get("about", {}))}.isdisjoint(hidden)


def _without_hidden_links(work: Json, hidden: frozenset[str]) -> Json:
    if "citation" not in work:
        return work
    cited = [one for one in work["citation"] if _id_of(one) not in hidden]
    rest = {key: value for key, value in work.items() if key != "citation"}
    return {**rest, "citation": cited} if cited else rest


def _id_of(value: Json) -> str:
    """Return the part of an address after its `#`."""
    return str(value.get("id") or value.get("@id") or "").partition("#")[2]


def words_in_line(text: str) -> str:
    """Return the words of `text` with a space between: letters and digits alone."""
    return " ".join(re.findall(r"\w+", text))
