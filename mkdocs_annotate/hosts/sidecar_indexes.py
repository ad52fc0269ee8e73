"""Indexes where a host renders one page at a time: made of the sidecars, as nobody sees all pages.

No article is converted for them, so that an annotation that has lost its place is listed, too; its
link leads to the top of its page.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.page_lookup import HostPage
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.sidecar import Annotation, Quote, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.catalogue import CataloguedPage, Entry
from mkdocs_annotate.rendering.filling import filled, marker_problem
from mkdocs_annotate.rendering.indexes import Heading, Index, Place
from mkdocs_annotate.rendering.marks import passage_id
from mkdocs_annotate.rendering.ordering import collated
from mkdocs_annotate.rendering.page import Site, author_of
from mkdocs_annotate.rendering.views import excerpt_of
from mkdocs_annotate.sidecar.checks import with_implied_kinds
from mkdocs_annotate.sidecar.files import display_path, locate, read_sidecar

_EVERYTHING = 1_000_000_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(['\"]?)(.+?)\1[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\{[^}]*\})?[ \t]*$", re.MULTILINE)
# What Markdown makes of a title, roughly: words of links, emphasis, code.
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`]+")


@dataclass(frozen=True)
class Indexed:
    """A page with its indexes: their headings, each with its level and what stands before it."""

    html: str
    headings: tuple[tuple[int, str, tuple[Heading, ...]], ...]
    problems: tuple[Problem, ...]


def with_indexes(html: str, page: HostPage, options: Options, site: Site) -> Indexed:
    """Return `html`, the page of an article, with the indexes it asks for.

    Each is whole, as there is nobody to make further pages.  Cost: a read of each sidecar.
    """
    headings: list[tuple[int, str, tuple[Heading, ...]]] = []
    folder = page.project / options.annotations_dir if options.annotations_dir else None
    here = page.article.relative_to(page.docs).as_posix()
    place = _place(page, here)

    def shown(index: Index, before: str) -> str:
        made = index.page(0, [place])
        headings.append((index.level, before, made.headings))
        return made.html

    catalogue = sorted(
        _catalogue(page, folder, site), key=lambda one: (collated(one.title), one.address)
    )
    result = filled(html, catalogue, site, shown, _EVERYTHING)
    text = _text_of(page.article) if result.mistaken else ""
    name = display_path(page.article)
    told = [marker_problem(marker, name, text) for marker in result.mistaken]
    return Indexed(result.html, tuple(headings), (*told, *result.problems))


def _place(page: HostPage, here: str) -> Place:
    """Return where the page is, as indexes need it; addresses are paths in the folder of all."""

    def href(path: str) -> str:
        relative = posixpath.relpath(path, posixpath.dirname(here) or ".")
        return page.resolve(Link(quote(relative), LinkKind.SITE)) or relative

    def resolve(link: Link, path: str) -> str | None:
        parts = urlsplit(link.address)
        if parts.path.startswith("/"):
            return page.resolve(link)
        folder = "" if link.rooted else posixpath.dirname(path)
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        relative = posixpath.relpath(target, posixpath.dirname(here) or ".")
        typed = parts._replace(path=quote(relative)).geturl()
        return page.resolve(replace(link, address=typed, rooted=False))

    return Place(here, href, resolve)


def _catalogue(page: HostPage, folder: Path | None, site: Site) -> Iterator[CataloguedPage]:
    roots = tuple(filter(None, (page.docs, page.project, folder)))
    for article in sorted(page.docs.rglob("*.md")):
        location = locate(article, page.docs, folder)
        if location.path is None:
            continue
        sidecar, _ = read_sidecar(location.path, roots)
        sources = {**site.registry, **sidecar.sources}
        entries = tuple(_entries(with_implied_kinds(sidecar, site.vocabulary), sources, site))
        if entries:
            path = article.relative_to(page.docs).as_posix()
            cited = {key for entry in entries for key in entry.sources}
            yield CataloguedPage(
                _title_of(article),
                path,
                path,
                sidecar.article.type,
                entries,
                {key: sources[key] for key in cited & sources.keys()},
            )


def _entries(sidecar: Sidecar, sources: Mapping[str, Source], site: Site) -> Iterator[Entry]:
    author = author_of(sidecar.article, sources, site.wording)
    for annotation in sidecar.annotations:
        if annotation.draft:
            continue
        kind = site.vocabulary.kind(annotation.kind)
        quoted = annotation.voice == "quoted"
        judged = kind.group.shows_word
        by_author = judged and not quoted and author == site.wording("notes.author")
        who = annotation.speaker if quoted else author
        yield Entry(
            passage_id(annotation.id),
            kind,
            excerpt_of(_words_of(annotation.quote)),
            annotation.speaker,
            quoted,
            who if judged and not by_author else "",
            by_author,
            annotation.tags,
            _cited_by(annotation),
        )


def _words_of(quoted: Quote) -> str:
    return f"{quoted.exact} … {quoted.through}" if quoted.through else quoted.exact


def _cited_by(annotation: Annotation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.source for citation in annotation.sources))


def _text_of(article: Path) -> str:
    """Return the Markdown of an article; empty where it can't be read, of which its host tells."""
    try:
        return article.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""


def _title_of(article: Path) -> str:
    """Return the title of an article as its host would find it: front matter, heading, name."""
    text = _text_of(article)
    front = _FRONT_MATTER.match(text)
    titles = _TITLE.search(front[1]) if front else None
    heading = titles[2] if titles else ""
    if not heading and (found := _HEADING.search(text, front.end() if front else 0)):
        heading = _MARKUP.sub(lambda mark: mark[1] or "", found[1])
    return " ".join(heading.split()) or article.name.removesuffix(".md")
