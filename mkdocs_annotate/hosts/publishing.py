"""One annotated page to what programs get of it: in the page, and for files beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from mkdocs_annotate import __version__
from mkdocs_annotate.anchoring.projection import Projection, project
from mkdocs_annotate.exchange.publication import (
    PublishedArticle,
    data_block,
    published_anchors,
    title_of,
)
from mkdocs_annotate.exchange.schema_org import schema_org
from mkdocs_annotate.exchange.web_annotation import web_annotations
from mkdocs_annotate.hosts.options import Options, parse_language
from mkdocs_annotate.hosts.page_lookup import HostPage
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.page import RenderedPage, is_narrow
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import BEGIN, END

_TEXT = ("",)
"""Cites the text that is annotated: it is no passage, and so never hidden."""


@dataclass(frozen=True)
class PageExport:
    """What is to be written of one page, by whoever writes files."""

    annotations: Any
    """The Web Annotations; None where there are none to write."""

    cited: Mapping[str, Source]
    """The sources that it cites, by key; none where nobody asked for them."""

    linked: Callable[[Link], str | None]
    """The whole address behind a link to a page of the site."""

    citing: Mapping[str, tuple[str, ...]]
    """The ids of the passages that cite a source, by its key; none for the text annotated."""

    entries: Mapping[str, str]
    """The id of a source's entry in the list of sources, by its key."""

    about: Any = None
    """What schema.org calls the page; None where nobody asked for it."""

    def sources_but(self, hidden: frozenset[str]) -> dict[str, Source]:
        """Return the sources cited, without those that only passages cite whose ids are hidden."""
        return {
            key: source
            for key, source in self.cited.items()
            if self.entries.get(key) not in hidden
            and not hidden.issuperset(self.citing.get(key, _TEXT))
        }


def published(
    page: Projection, sidecar: Sidecar, result: RenderedPage, site: Site, **known: Any
) -> PublishedArticle:
    """Return what exports tell of an article that `result` was made of.

    `known` is what only its host knows: address, title, linked, language.
    """
    return PublishedArticle(
        text=page.text,
        said=published_anchors(result.anchoring.anchors),
        sources={**site.registry, **sidecar.sources},
        marks=result.marks,
        entries=result.entries,
        article=sidecar.article,
        people=site.people,
        **{**known, "title": title_of(page, known["title"])},
    )


def exported(
    result: RenderedPage,
    html: str,
    sidecar: Sidecar,
    site: Site,
    page: HostPage,
    options: Options,
) -> RenderedPage:
    """Return `result`, made of the article's `html`, with what `options.exports` put in the page.

    What belongs into files is handed over.  Cost: linear; a second look at the article's text.
    """

    def linked(link: Link) -> str | None:
        return urljoin(page.address, page.leads_to(link) or link.address) if page.address else None

    article = published(
        project(html),
        sidecar,
        result,
        site,
        address=page.address,
        title=name_of(page),
        linked=linked,
        language=language_of(page, options),
    )
    files = page.files or {}
    annotations, about, cited = None, None, dict[str, Source]()
    if "web-annotation" in files and article.said:
        address = urljoin(page.address, files["web-annotation"])
        annotations = web_annotations(article, address, site.vocabulary, __version__)
    if "csl" in files:
        cited = article.cited()
    if "schema-org" in options.exports and result.html != html:
        about = schema_org(article, site.vocabulary)
    if page.files is not None:
        if annotations or cited or about:
            page.hand_over(
                PageExport(annotations, cited, linked, _citing(article), article.entries, about)
            )
        return result
    if about is None:
        return result
    # Nobody changes the page after us.
    block = data_block(about, narrow=is_narrow(html))
    return replace(result, html=f"{result.html}{BEGIN}{block}{END}")


def _citing(article: PublishedArticle) -> dict[str, tuple[str, ...]]:
    citing: dict[str, tuple[str, ...]] = {}
    for anchor in article.said:
        for key in {citation.source for citation in anchor.annotation.sources}:
            citing[key] = (*citing.get(key, ()), article.mark(anchor))
    return citing


def name_of(page: HostPage) -> str:
    """Return what an article without a heading is called."""
    title = page.meta.get("title")
    # Python-Markdown's `meta` makes a list of lines of everything.
    words = " ".join(map(str, title)) if isinstance(title, list) else str(title or "")
    return words or page.article.stem


def language_of(page: HostPage, options: Options) -> str:
    """Return the language that an article's notes are in, as far as its page or site says so."""
    return parse_language(page.meta) or options.language or page.language
