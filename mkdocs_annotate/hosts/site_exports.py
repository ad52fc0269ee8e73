"""The files for other programs that a build of MkDocs writes beside its pages."""

import json
import posixpath
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs_annotate.exchange.csl import CslList
from mkdocs_annotate.exchange.publication import (
    SITE_FOLDER,
    SOURCES,
    data_block,
    path_beside,
    visible_annotations,
    visible_page,
)
from mkdocs_annotate.exchange.web_annotation import COLLECTION, AnnotationLists
from mkdocs_annotate.hosts.mkdocs_api import File, MkDocsConfig, Page
from mkdocs_annotate.hosts.options import Options, address_faults
from mkdocs_annotate.hosts.page_forms import WrittenPages
from mkdocs_annotate.hosts.page_lookup import announce, handed_over
from mkdocs_annotate.hosts.publishing import PageExport
from mkdocs_annotate.rendering.shown import page_words
from mkdocs_annotate.rendering.splice import BEGIN, END

IN_FILES = ("web-annotation", "csl")
"""The exports that are files."""


@dataclass
class _Waiting:
    """What a page hands over, until it is known what the page shows."""

    file: File
    export: PageExport
    """Without what is packed."""

    packed: bytes
    """The annotations, and what schema.org calls the page: packed they take a tenth."""


class SiteExports:
    """Writes what the pages of one build hand over, once it is known what they show.

    A `dirty` build renders some of the pages alone: lists of all that are there stay as they are.
    """

    def __init__(self, options: Options, config: MkDocsConfig, *, dirty: bool) -> None:
        self.folder = Path(config.site_dir)
        address = config.site_url or ""
        self.forms = [
            form
            for form in IN_FILES
            if form in options.exports and (address or form != "web-annotation")
        ]
        self.faults = address_faults(options.exports, address)
        lists = urljoin(address, f"{SITE_FOLDER}/")
        self._lists = AnnotationLists(lists, config.site_name)
        self._sources = CslList()
        self._waiting: dict[str, _Waiting] = {}
        self._kept = {
            path
            for path in (f"{SITE_FOLDER}/{COLLECTION}", SOURCES)
            if dirty and (self.folder / path).exists()
        }

    def announce(self, page: Page) -> None:
        """Tell whoever renders `page` which files will be beside it, by their addresses from it."""
        own = path_beside(page.file.dest_uri)
        paths = {"web-annotation": own, "csl": SOURCES}
        here = posixpath.dirname(page.file.dest_uri) or "."
        announce(page, {form: quote(posixpath.relpath(paths[form], here)) for form in self.forms})

    def take(self, page: Page) -> None:
        """Keep what `page` hands over, now that it is rendered, until its file is written."""
        export: PageExport | None = handed_over(page)
        if export is not None:
            packed = _packed(export.annotations, export.about)
            export = replace(export, annotations=None, about=None)
            self._waiting[page.file.src_uri] = _Waiting(page.file, export, packed)

    def put_in(self, page: Page, output: str, written: WrittenPages) -> str:
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

    def finish(self, written: WrittenPages) -> None:
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
