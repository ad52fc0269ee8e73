"""Exports of annotated pages for other programs, in the page and in files beside it."""

import json
import posixpath
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from mkdocs_annotate import __version__
from mkdocs_annotate.anchoring.projection import Projection, project
from mkdocs_annotate.exchange.csl import CslList
from mkdocs_annotate.exchange.publication import (
    SITE_FOLDER,
    SOURCES,
    PublishedArticle,
    data_block,
    path_beside,
    published_anchors,
    title_of,
    visible_annotations,
    visible_page,
)
from mkdocs_annotate.exchange.schema_org import schema_org
from mkdocs_annotate.exchange.web_annotation import COLLECTION, AnnotationLists, web_annotations
from mkdocs_annotate.hosts.front_matter import parse_language, parse_title
from mkdocs_annotate.hosts.host_page import HostPage
from mkdocs_annotate.hosts.options import Options, address_mistakes
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.page import RenderedPage, is_narrow
from mkdocs_annotate.rendering.page_elements import page_words
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import BEGIN, END

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.mkdocs_api import File, MkDocsConfig, Page
    from mkdocs_annotate.hosts.written_pages import WrittenPages

_TEXT = ("",)
"""Cites the text that is annotated: it is no passage, and so never hidden."""


@dataclass(frozen=True)
class PageExport:
    """What one page exports to files."""

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
        """Return the sources cited, without those that only hidden passages cite."""
        return {
            key: source
            for key, source in self.cited.items()
            if self.entries.get(key) not in hidden
            and not hidden.issuperset(self.citing.get(key, _TEXT))
        }


def published(
    page: Projection, sidecar: Sidecar, result: RenderedPage, site: Site, **known: Any
) -> PublishedArticle:
    """Return the article of `result` as exports need it.

    `known` has what only the host knows: address, title, linked, language.
    """
    return PublishedArticle(
        text=page.text,
        anchors=published_anchors(result.anchoring.anchors),
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

    What belongs into files is handed over to the host's page.  Cost: linear; the article's text is
    read a second time.
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
    if "web-annotation" in files and article.anchors:
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
    for anchor in article.anchors:
        for key in {citation.source for citation in anchor.annotation.sources}:
            citing[key] = (*citing.get(key, ()), article.mark(anchor))
    return citing


def name_of(page: HostPage) -> str:
    """Return the name of an article that has no heading."""
    return parse_title(page.meta) or page.article.stem


def language_of(page: HostPage, options: Options) -> str:
    """Return the language of an article's notes; empty where neither page nor site names one."""
    return parse_language(page.meta) or options.language or page.language


IN_FILES = ("web-annotation", "csl")
"""The exports that are files."""


@dataclass
class _Waiting:
    """The export of a page, kept until it is known what the page shows."""

    file: "File"
    export: PageExport
    """Without what is packed."""

    packed: bytes
    """The annotations, and what schema.org calls the page: packed they take a tenth."""


class SiteExports:
    """Writes the exports of all pages of a build, once it is known what the pages show.

    A `dirty` build renders only some pages: lists of the whole site stay as they are.
    """

    def __init__(self, options: Options, config: "MkDocsConfig", *, dirty: bool) -> None:
        self.folder = Path(config.site_dir)
        address = config.site_url or ""
        self.forms = [
            form
            for form in IN_FILES
            if form in options.exports and (address or form != "web-annotation")
        ]
        self.mistakes = address_mistakes(options.exports, address)
        lists = urljoin(address, f"{SITE_FOLDER}/")
        self._lists = AnnotationLists(lists, config.site_name)
        self._sources = CslList()
        self._waiting: dict[str, _Waiting] = {}
        self._kept = {
            path
            for path in (f"{SITE_FOLDER}/{COLLECTION}", SOURCES)
            if dirty and (self.folder / path).exists()
        }

    def files_of(self, page: "Page") -> dict[str, str]:
        """Return the addresses, from `page`, of the files that will be beside it, by export."""
        own = path_beside(page.file.dest_uri)
        paths = {"web-annotation": own, "csl": SOURCES}
        here = posixpath.dirname(page.file.dest_uri) or "."
        return {form: quote(posixpath.relpath(paths[form], here)) for form in self.forms}

    def take(self, page: "Page", export: PageExport) -> None:
        """Keep the `export` of a page that was rendered, until its file is written."""
        packed = _packed(export.annotations, export.about)
        export = replace(export, annotations=None, about=None)
        self._waiting[page.file.src_uri] = _Waiting(page.file, export, packed)

    def put_in(self, page: "Page", output: str, written: "WrittenPages") -> str:
        """Return `output`, a page about to be written, with the data that it has for programs."""
        waiting = self._waiting.get(page.file.src_uri)
        if waiting is None or written.hides_all(page.file):
            return output
        annotations, about = _unpacked(waiting.packed)
        if not written.is_untouched(page.file):
            hidden, words = written.hidden_on(page.file), page_words(output)
            if annotations is not None:
                annotations = visible_annotations(annotations, hidden, words)
            about = about and visible_page(about, hidden, words)
        waiting.packed = _packed(annotations, None)
        if about is None:
            return output
        data = data_block(about, narrow=False)
        block = f"{BEGIN}{data}{END}"
        before, body_end, after = output.rpartition("</body>")
        return f"{before}{block}{body_end}{after}" if body_end else f"{output}{block}"

    def finish(self, written: "WrittenPages") -> None:
        """Write the files of each page and the lists of the site, where there is something."""
        for waiting in self._waiting.values():
            if written.hides_all(waiting.file):
                continue
            hidden = written.hidden_on(waiting.file)
            annotations, _ = _unpacked(waiting.packed)
            if annotations is not None:
                words = written.words_of(waiting.file)
                annotations = visible_annotations(annotations, hidden, words)
            if annotations is not None:
                self._write(path_beside(waiting.file.dest_uri), annotations)
                self._write_lists(self._lists.add(annotations))
            self._sources.add(waiting.export.sources_but(hidden), waiting.export.linked)
        self._write_lists(self._lists.end())
        sources = list(self._sources.items())
        if sources and SOURCES not in self._kept:
            self._write(SOURCES, sources)

    def _write_lists(self, lists: Iterable[tuple[str, Any]]) -> None:
        for name, value in lists:
            if f"{SITE_FOLDER}/{COLLECTION}" not in self._kept:
                self._write(f"{SITE_FOLDER}/{name}", value)

    def _write(self, path: str, value: Any) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        file.write_text(f"{text}\n", "utf-8")


def _packed(annotations: Any, about: Any) -> bytes:
    return zlib.compress(json.dumps((annotations, about)).encode(), 1)


def _unpacked(packed: bytes) -> tuple[Any, Any]:
    annotations, about = json.loads(zlib.decompress(packed))
    return annotations, about
