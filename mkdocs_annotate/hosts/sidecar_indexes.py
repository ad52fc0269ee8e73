"""Indexes where a host renders one page at a time: made of the sidecars, as nobody sees all pages.

No article is converted for them, so that an annotation that has lost its place is listed, too; its
link leads to the top of its page.
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
from mkdocs_annotate.hosts.options import Options, parse_front_matter
from mkdocs_annotate.hosts.page_lookup import HostPage
from mkdocs_annotate.hosts.site_files import is_unlisted
from mkdocs_annotate.hosts.site_paths import is_matched
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.sidecar import Annotation, Quote, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.filled_markers import filled, marker_problem
from mkdocs_annotate.rendering.index_sections import CataloguedPage, IndexEntry
from mkdocs_annotate.rendering.indexes import Heading, Index, PageAddress
from mkdocs_annotate.rendering.marks import passage_id
from mkdocs_annotate.rendering.site import Site, author_of
from mkdocs_annotate.rendering.translations import collated
from mkdocs_annotate.rendering.views import excerpt_of
from mkdocs_annotate.sidecar import nodes
from mkdocs_annotate.sidecar.checks import with_implied_kinds
from mkdocs_annotate.sidecar.files import locate, read_sidecar

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
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

    Each is whole, as there is nobody to make further pages.  Cost: a read of each article and of
    each sidecar.
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
    result = filled(html, catalogue, site, shown, sys.maxsize)
    text = _text_of(page.article) if result.mistaken else ""
    name = display_path(page.article)
    told = [marker_problem(marker, name, text) for marker in result.mistaken]
    return Indexed(result.html, tuple(headings), (*told, *result.problems))


def _place(page: HostPage, here: str) -> PageAddress:
    """Return where the page is, as indexes need it; addresses are paths in the folder of all."""

    def href(path: str) -> str:
        return page.resolve(Link(quote(path), LinkKind.SITE, rooted=True)) or path

    def resolve(link: Link, path: str) -> str | None:
        parts = urlsplit(link.address)
        if parts.path.startswith("/"):
            return page.resolve(link)
        folder = "" if link.rooted else posixpath.dirname(path)
        target = quote(posixpath.normpath(posixpath.join(folder, unquote(parts.path))))
        typed = parts._replace(path=target).geturl()
        return page.resolve(replace(link, address=typed, rooted=True))

    return PageAddress(here, href, resolve)


def _is_unlisted(uri: str, page: HostPage) -> bool:
    """Return whether the article at `uri` is not published, or its author lists it nowhere."""
    if page.relpath is None:
        return is_matched(uri, page.unlisted)
    file = page.relpath.files.get_file_from_path(uri)
    return file is None or is_unlisted(file, page.relpath.config)


def _catalogue(
    page: HostPage, options: Options, folder: Path | None, site: Site
) -> Iterator[CataloguedPage]:
    roots = tuple(filter(None, (page.docs, folder)))
    for article in sorted(page.docs.rglob("*.md")):
        if _is_unlisted(article.relative_to(page.docs).as_posix(), page):
            continue
        meta, text = _parts_of(_text_of(article))
        settings = parse_front_matter(meta, options.look)
        location = locate(article, page.docs, folder, settings.named)
        if settings.off or location.path is None:
            continue
        sidecar, _ = read_sidecar(location.path, roots)
        sources = {**site.registry, **sidecar.sources}
        entries = tuple(_entries(with_implied_kinds(sidecar, site.vocabulary), sources, site))
        if entries:
            path = article.relative_to(page.docs).as_posix()
            cited = {key for entry in entries for key in entry.sources}
            yield CataloguedPage(
                _title_of(meta, text) or article.name.removesuffix(".md"),
                path,
                path,
                sidecar.article.type,
                entries,
                {key: sources[key] for key in cited & sources.keys()},
            )


def _entries(sidecar: Sidecar, sources: Mapping[str, Source], site: Site) -> Iterator[IndexEntry]:
    author = author_of(sidecar.article, sources, site.wording)
    for annotation in sidecar.annotations:
        if annotation.draft:
            continue
        kind = site.vocabulary.kind(annotation.kind)
        quoted = annotation.voice == "quoted"
        judged = kind.group.shows_word
        by_author = judged and not quoted and author == site.wording("notes.author")
        who = annotation.speaker if quoted else author
        yield IndexEntry(
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


def _parts_of(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter of an article, as texts by their keys, and its Markdown."""
    found = _FRONT_MATTER.match(text)
    root = nodes.parse_nodes(found[1], "front matter").root if found else None
    meta = _plain(root) if isinstance(root, nodes.MappingNode) else {}
    return meta, text[found.end() :] if found else text


def _plain(node: nodes.MappingNode) -> dict[str, Any]:
    return {
        key: value.text if isinstance(value, nodes.ScalarNode) else _plain(value)
        for key, (_, value) in node.entries.items()
        if not isinstance(value, nodes.SequenceNode)
    }


def _title_of(meta: Mapping[str, Any], text: str) -> str:
    """Return the title of an article as its host would find it; empty without one."""
    title = meta.get("title")
    if not isinstance(title, str):
        found = _HEADING.search(text)
        title = _MARKUP.sub(lambda mark: mark[1] or "", found[1]) if found else ""
    return " ".join(title.split())
