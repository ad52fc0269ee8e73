"""How much one sidecar may put into a page: counted before it is made, and never by a clock.

The files that strangers write are small, and may ask for much: a word of a thousand places sixty
times, a thousand citations of a source with a long title.  Each entry is counted with all that it
would put into the page, in the order of the sidecar; one that no longer fits is left out, and is
a problem at its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Annotation, Article
from mkdocs_annotate.model.sources import Source

MAX_MARKS = 2_000
"""Most marks on a page, each place of an annotation counted; a page of 50,000 words with 40 marks
in each 1,000 has as many."""

MAX_COVERED = 4_000_000
"""Most characters of the article under the marks of a page, each mark counted by itself."""

MAX_ADDED = 8 << 20
"""Most bytes that are put into a page; 1,000 annotations with notes of 700 characters put in 3 MB.
"""

MOST_TOLD = 10
"""Most entries of a page that are reported one by one because they don't fit."""

_REFERENCE = 10
"""Most bytes of one character, as a reference: `&#1114111;`."""

# What the templates put around an entry, a place and a citation, in bytes, rounded up.
_ENTRY, _PLACE, _CITATION = 900, 700, 400


@dataclass
class _Count:
    """The sum of what the entries so far put into the page."""

    marks: int = 0
    covered: int = 0
    added: int = 0

    def plus(self, other: "_Count") -> "_Count":
        return _Count(
            self.marks + other.marks, self.covered + other.covered, self.added + other.added
        )

    @property
    def excess(self) -> str:
        """Return the limit that is passed, in words; empty where none is."""
        if self.marks > MAX_MARKS:
            return f"the page would have more than {MAX_MARKS:,} marks"
        if self.covered > MAX_COVERED:
            return f"more than {MAX_COVERED:,} characters of the page would be marked"
        if self.added > MAX_ADDED:
            return f"more than {MAX_ADDED >> 20} MiB would be put into the page"
        return ""


def within_limits(
    anchors: Sequence[Anchor], sources: Mapping[str, Source], article: Article, author: str
) -> tuple[tuple[Anchor, ...], list[Problem]]:
    """Return those of `anchors` that fit into one page, and problems for the others.

    `author` is whose words those of nobody quoted are.  Cost: linear.
    """
    if _fit_easily(anchors, sources, article, author):
        return tuple(anchors), []
    count = _Count(added=_of_article(article, sources))
    described: set[str] = set()
    kept: list[Anchor] = []
    left: list[tuple[Annotation, str]] = []
    for anchor in anchors:
        more = count.plus(_of_anchor(anchor, sources, described, author))
        if excess := more.excess:
            left.append((anchor.annotation, excess))
        else:
            count = more
            described.update(citation.source for citation in anchor.annotation.sources)
            kept.append(anchor)
    return tuple(kept), list(not_marked(left))


def oversized(added: Sequence[str], file: str) -> Problem | None:
    """Return a problem of the sidecar `file` if the strings `added` are too much for a page."""
    if sum(map(len, added)) * _REFERENCE <= MAX_ADDED:
        return None
    size = sum(map(_size, added))
    if size <= MAX_ADDED:
        return None
    message = f"{size:,} bytes would be put into the page, and {MAX_ADDED:,} are the most"
    return Problem(Position(file, 1, 1), Rule.TOO_LARGE, message, "divide the article")


def not_marked(left: Sequence[tuple[Annotation, str]]) -> Iterator[Problem]:
    """Yield problems for entries that are left out, each with the limit that is passed."""
    hint = "mark fewer places, or divide the article"
    for annotation, excess in left[:MOST_TOLD]:
        message = f"“{shown(annotation.quote.exact)}” is not marked: {excess}"
        yield Problem(
            annotation.position, Rule.NOT_MARKED, message, hint, subject=annotation.quote.exact
        )
    if more := left[MOST_TOLD:]:
        message = f"{len(more):,} more annotations are not marked for the same reason"
        yield Problem(more[0][0].position, Rule.NOT_MARKED, message, hint)


def _fit_easily(
    anchors: Sequence[Anchor], sources: Mapping[str, Source], article: Article, author: str
) -> bool:
    """Return whether the anchors surely fit, by a count of characters that is far too high."""
    places = [place for anchor in anchors for place in anchor.ranges]
    covered = sum([end - start for start, end in places])
    if len(places) > MAX_MARKS or covered > MAX_COVERED:
        return False
    added = _of_article(article, sources) + _PLACE * len(places)
    for entry, _ in anchors:
        said = len(entry.quote.exact) + len(entry.by) + len(entry.technique)
        said += 2 * len(entry.note) + 3 * (len(entry.speaker) + len(author))
        for citation in entry.sources:
            said += len(citation.source) + len(citation.locator) + 4 * len(citation.quote)
            if citation.source in sources:
                added += 2 * _of_source(sources[citation.source])
        added += _ENTRY + _CITATION * len(entry.sources) + _REFERENCE * said
    return added <= MAX_ADDED


def _of_anchor(
    anchor: Anchor, sources: Mapping[str, Source], described: set[str], author: str
) -> _Count:
    annotation = anchor.annotation
    added = _ENTRY + _PLACE * len(anchor.ranges) + 2 * _size(annotation.note)
    # Whose words they are stands in the note, in the list above, and in the name of the reference.
    added += 3 * max(_size(annotation.speaker), _size(author))
    added += _size(annotation.by + annotation.technique + annotation.quote.exact)
    for citation in annotation.sources:
        source = sources.get(citation.source)
        added += _CITATION + _size(citation.source + citation.locator)
        # The words cited are shown, and stand percent-encoded in the address.
        added += _size(citation.quote) + 3 * len(citation.quote.encode("utf-8", "replace"))
        if source is not None:
            added += _size(source.title) + _address(source)
            added += 0 if citation.source in described else _of_source(source)
    covered = sum(place.end - place.start for place in anchor.ranges)
    return _Count(len(anchor.ranges), covered, added)


def _of_source(source: Source) -> int:
    """Return the bytes of an entry in the list of sources."""
    authors = sum(_size(one.family + one.given) + 8 for one in source.author)
    texts = (source.title, source.publisher, source.container, source.genre, source.note)
    return _ENTRY + authors + 2 * _size("".join(texts)) + 3 * _address(source)


def _of_article(article: Article, sources: Mapping[str, Source]) -> int:
    source = sources.get(article.based_on)
    size = 2 * _size(article.backstory) + (_of_source(source) if source else 0)
    return size + sum(_ENTRY + 2 * _size(one.text) for one in article.corrections)


def _address(source: Source) -> int:
    links = (source.url, source.archive_url)
    return len(source.doi) + sum(len(link.address) for link in links if link)


def _size(text: str) -> int:
    """Return the bytes of `text` in a page, where what Latin-1 lacks may stand as references."""
    return len(text) if text.isascii() else len(text.encode("ascii", "xmlcharrefreplace"))
