"""Indexes for hosts that render one page at a time, made from the sidecars of all articles.

No other article is converted for them: an annotation that has lost its place is listed, too, and
its link leads to the top of its page.
"""

import posixpath
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.front_matter import parse_front_matter, split_front_matter
from mkdocs_annotate.hosts.host_page import HostPage
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.rendering.index_markers import marker_problem
from mkdocs_annotate.rendering.index_sections import CataloguedPage, index_entries
from mkdocs_annotate.rendering.indexes import Heading, Index, PageAddress, fill_markers
from mkdocs_annotate.rendering.passages import (
    Passage,
    author_of,
    excerpt_of,
    judged_speaker,
    unnamed_author,
)
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.translations import collated
from mkdocs_annotate.sidecar.checks import with_implied_kinds
from mkdocs_annotate.sidecar.files import locate, read_sidecar

_HEADING = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)
# What Markdown makes of a title, roughly: words of links, emphasis, code.
_MARKUP = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|[*`]+")


@dataclass(frozen=True)
class Indexed:
    """A page with its indexes: their headings, each with its level and what stands before it."""

    html: str
    headings: tuple[tuple[int, str, tuple[Heading, ...]], ...]
    problems: tuple[Problem, ...]


def with_indexes(html: str, page: HostPage, options: Options, site: Site) -> Indexed:
    """Return `html`, the page of an article, with the indexes it asks for.

    Each stands on this page as a whole, as nobody makes further ones.  Cost: a read of each
    article and of each sidecar.
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
        _catalogue(page, options, folder, site), key=lambda one: (collated(one.title), one.address)
    )
    result = fill_markers(html, catalogue, site, shown, sys.maxsize)
    text = _text_of(page.article) if result.mistaken else ""
    name = display_path(page.article)
    problems = [marker_problem(marker, name, text) for marker in result.mistaken]
    return Indexed(result.html, tuple(headings), (*problems, *result.problems))


def _place(page: HostPage, here: str) -> PageAddress:
    """Return the address of the page as indexes need it: a path in the folder of all articles."""

    def href(path: str) -> str:
        return page.resolve(Link(quote(path), LinkKind.SITE, from_root=True)) or path

    def resolve(link: Link, path: str) -> str | None:
        parts = urlsplit(link.address)
        if parts.path.startswith("/"):
            return page.resolve(link)
        folder = "" if link.from_root else posixpath.dirname(path)
        target = quote(posixpath.normpath(posixpath.join(folder, unquote(parts.path))))
        typed = parts._replace(path=target).geturl()
        return page.resolve(replace(link, address=typed, from_root=True))

    return PageAddress(here, href, resolve)


def _catalogue(
    page: HostPage, options: Options, folder: Path | None, site: Site
) -> Iterator[CataloguedPage]:
    roots = tuple(filter(None, (page.docs, folder)))
    for article in sorted(page.docs.rglob("*.md")):
        if page.is_unlisted(article.relative_to(page.docs).as_posix()):
            continue
        meta, text = split_front_matter(_text_of(article))
        settings = parse_front_matter(meta, options.look)
        location = locate(article, page.docs, folder, settings.named)
        if settings.off or location.path is None:
            continue
        sidecar, _ = read_sidecar(location.path, roots)
        sources = {**site.registry, **sidecar.sources}
        author = author_of(sidecar.article, sources, site.wording)
        passages = _passages(with_implied_kinds(sidecar, site.vocabulary), author, site)
        entries = index_entries(passages, unnamed_author(author, site.wording))
        if entries:
            path = article.relative_to(page.docs).as_posix()
            cited = {key for entry in entries for key in entry.sources}
            yield CataloguedPage(
                title_of(meta, text) or article.name.removesuffix(".md"),
                path,
                path,
                sidecar.article.type,
                entries,
                {key: sources[key] for key in cited & sources.keys()},
            )


def _passages(sidecar: Sidecar, author: str, site: Site) -> Iterator[Passage]:
    """Yield the annotations as passages of a page that is not there: their quotes as excerpts."""
    for annotation in sidecar.annotations:
        kind = site.vocabulary.kind(annotation.kind)
        quote = annotation.quote
        words = f"{quote.exact} … {quote.through}" if quote.through else quote.exact
        yield Passage(
            annotation,
            annotation.id,
            kind,
            0,
            (excerpt_of(words),),
            judged_speaker(annotation, kind, author),
        )


def _text_of(article: Path) -> str:
    """Return the Markdown of an article; empty where it can't be read, which its host reports."""
    try:
        return article.read_text("utf-8-sig", errors="replace")
    except OSError:
        return ""


def _heading_words(line: str) -> str:
    """Return the words of a heading, without attributes and signs at its end.

    No pattern: one that looks for the end from each character on takes hours for a long line.
    """
    words = line.rstrip()
    if words.endswith("}") and (start := words.rfind("{")) > 0:
        words = words[:start].rstrip()
    return words.rstrip("#").rstrip() or line


def title_of(meta: Mapping[str, Any], text: str) -> str:
    """Return the title of an article as its host would find it; empty without one."""
    title = meta.get("title")
    if not isinstance(title, str):
        found = _HEADING.search(text)
        words = _heading_words(found[1]) if found else ""
        title = _MARKUP.sub(lambda mark: mark[1] or "", words)
    return " ".join(title.split())
