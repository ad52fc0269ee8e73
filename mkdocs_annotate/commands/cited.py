"""The sources of a site that lie elsewhere, and the words that its citations find there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_annotate.model.links import Link, LinkKind, doi_link
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.network.asking import without_fragment
from mkdocs_annotate.sidecar.files import display_path, read_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.open_articles import OpenArticle, Project

NOT_ASKED = ("unfit", "usurped")
"""Where readers must not be led, we don't go either: an editor has seen what is there now."""


@dataclass(frozen=True)
class Cited:
    """A source at an address elsewhere, and what is quoted from it."""

    source: Source
    link: Link
    """What is asked: its address or DOI, without a fragment."""

    path: Path
    """The file that describes it."""

    quotes: tuple[str, ...] = ()
    """The words that citations give of it, each once."""


def cited_sources(project: Project, articles: Iterable[OpenArticle], *, every: bool) -> list[Cited]:
    """Return the sources that `articles` cite, by the places of their entries.

    With `every` also those that are described and cited by nobody.  Left out are pages of the
    site itself, which builds check, and what an editor called unfit or usurped.
    """
    shared = project.shared_sources()
    files = {display_path(path): path for path in project.source_files()}
    found: dict[Position, tuple[Source, list[str]]] = {}
    described = list(shared.values())
    for article in articles:
        sidecar, _ = read_sidecar(article.sidecar, article.roots)
        files[sidecar.file] = article.sidecar
        described += sidecar.sources.values()
        for source, quote in _uses(sidecar, {**shared, **sidecar.sources}):
            quotes = found.setdefault(source.position, (source, []))[1]
            if quote.strip() and quote not in quotes:
                quotes.append(quote)
    for source in described if every else ():
        found.setdefault(source.position, (source, []))
    return [
        Cited(source, link, files.get(position.file, Path(position.file)), tuple(quotes))
        for position, (source, quotes) in sorted(found.items())
        if source.url_status not in NOT_ASKED and (link := _elsewhere(source))
    ]


def _uses(sidecar: Sidecar, known: dict[str, Source]) -> Iterator[tuple[Source, str]]:
    """Yield each source that the sidecar cites, with the words that it gives of it."""
    if sidecar.article.based_on in known:
        yield known[sidecar.article.based_on], ""
    for annotation in sidecar.annotations:
        for citation in annotation.sources:
            if citation.source in known:
                yield known[citation.source], citation.quote


def _elsewhere(source: Source) -> Link | None:
    link = source.url or doi_link(source.doi)
    if link is None or link.kind is not LinkKind.EXTERNAL:
        return None
    return without_fragment(link)
