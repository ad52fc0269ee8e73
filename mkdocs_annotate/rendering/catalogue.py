"""What all pages of a site say, kept small: what index pages are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Kind
from mkdocs_annotate.rendering.marks import passage_id
from mkdocs_annotate.rendering.views import Passage


class Entry(NamedTuple):
    """One annotation; nothing of it keeps its sidecar in memory."""

    id: str
    """The id of its first mark on the page."""

    kind: Kind
    words: str
    """An excerpt of the passage."""

    speaker: str
    """Who is quoted; empty where nobody is, or nobody who is named."""

    quoted: bool
    who: str
    """Whose words they are, where the kind judges them; empty for an author who is not named."""

    by_author: bool
    """They are the words of an author who is not named, whom each language calls otherwise."""

    tags: tuple[str, ...]
    sources: tuple[str, ...]
    """The keys of the sources that it cites, each once."""


@dataclass(frozen=True)
class CataloguedPage:
    """An annotated page, as it is published."""

    title: str
    address: str
    """From the root of the site."""

    path: str
    """Of its article, from the folder of all."""

    type: str = ""
    entries: tuple[Entry, ...] = ()
    """In reading order."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    """Those that its entries cite, by key."""


def entries_of(passages: Iterable[Passage], unnamed: str = "") -> tuple[Entry, ...]:
    """Return the entries of the `passages` of one page, in their order; drafts are left out.

    `unnamed` is what the page calls an author who is not named; empty where one is.
    """
    return tuple(_entry(passage, unnamed) for passage in passages if not passage.annotation.draft)


def _entry(passage: Passage, unnamed: str) -> Entry:
    annotation = passage.annotation
    by_author = bool(unnamed) and annotation.voice == "author" and passage.who == unnamed
    return Entry(
        passage_id(passage.key),
        passage.kind,
        passage.excerpts[0],
        annotation.speaker,
        annotation.voice == "quoted",
        "" if by_author else passage.who,
        by_author,
        annotation.tags,
        tuple(dict.fromkeys(citation.source for citation in annotation.sources)),
    )
