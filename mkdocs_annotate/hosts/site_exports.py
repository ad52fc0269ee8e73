"""The files for other programs that a build of MkDocs writes beside its pages."""

import json
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from mkdocs_annotate.exchange.annotation_lists import COLLECTION, AnnotationLists
from mkdocs_annotate.exchange.csl import CslList
from mkdocs_annotate.exchange.publication import SITE_FOLDER, SOURCES, path_beside
from mkdocs_annotate.hosts.faults import Fault
from mkdocs_annotate.hosts.mkdocs_api import MkDocsConfig, Page
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.page_lookup import announce, handed_over
from mkdocs_annotate.hosts.publishing import PageExport

IN_FILES = ("web-annotation", "csl")
"""The exports that are files."""


class SiteExports:
    """Writes what the pages of one build hand over, each as soon as it is rendered.

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
        self.faults: list[Fault] = []
        if "web-annotation" in options.exports and not address:
            message = "`exports` can't write annotations, which name the page that they are on"
            cure = "add `site_url`, or write `exports: [schema-org, csl]`"
            self.faults.append(Fault("exports", message, cure))
        lists = urljoin(address, f"{SITE_FOLDER}/")
        self._lists = AnnotationLists(lists, config.site_name)
        self._sources = CslList()
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
        """Write what `page` hands over, now that it is rendered."""
        export: PageExport | None = handed_over(page)
        if export is None:
            return
        if export.annotations is not None:
            self._write(path_beside(page.file.dest_uri), export.annotations)
            self._write_lists(self._lists.add(export.annotations))
        self._sources.add(export.cited, export.linked)

    def finish(self) -> None:
        """Write the lists of the whole site, where there is something to list."""
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
