"""The index pages of one build: what the pages of a MkDocs site say, and where that is listed."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

from mkdocs_annotate.hosts.index_filling import IndexFilling, marker_problem_on
from mkdocs_annotate.hosts.mkdocs_api import File, Files, MkDocsConfig, Page
from mkdocs_annotate.hosts.options import parse_language
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.rendering.index_sections import CataloguedPage, IndexEntry, entries_of
from mkdocs_annotate.rendering.markers import INDEXES, markers_of
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.translations import collated

_FENCE = re.compile(r" {0,3}(```|~~~)")
_LINE = re.compile(r" {0,3}<!--\s*annotate:\s*(\w*)")


@dataclass
class _Seen:
    """What an annotated page says, until the indexes are made."""

    page: Page
    type: str
    entries: tuple[IndexEntry, ...]
    cited: Mapping[str, Source]
    listed: Mapping[str, str]
    """The ids of sources in the list of the page, by their keys."""


@dataclass
class IndexPages:
    """Collects pages as they are rendered, and fills the markers once all others are written."""

    wanted: bool = False
    """Some page asks for an index; else nothing is collected, which would be kept for all pages."""

    asking: list[Page] = field(default_factory=list)
    """Pages with a marker."""

    _seen: list[_Seen] = field(default_factory=list)
    _fillings: dict[str, IndexFilling] = field(default_factory=dict)
    _filled: list[IndexFilling] = field(default_factory=list)
    _unneeded: set[str] = field(default_factory=set)

    def see(self, page: Page, html: str, result: RenderedPage | None) -> None:
        """Take note of what `page` says, and of the indexes it asks for."""
        if "<!--" in html and "annotate:" in html:
            self.asking.append(page)
        if not self.wanted or result is None or not result.passages:
            return
        entries = entries_of(result.passages, result.unnamed)
        if entries:
            self._seen.append(_Seen(page, result.type, entries, result.cited, result.entries))

    def plan(
        self, site_for: Callable[[str], Site], files: Files, config: MkDocsConfig
    ) -> list[Problem]:
        """Add the pages that long indexes take, and let pages that ask for one be written last.

        `site_for` makes what pages share that say to be in a language, or in none.  Return what
        is wrong with the markers.  Cost: linear in annotations for each marker.
        """
        if not self.wanted:
            return [one for page in self.asking for one in _unexpected(page, site_for(""))]
        catalogue = self._catalogue(lambda _: frozenset())
        problems: list[Problem] = []
        for page in self.asking:
            if files.get_file_from_path(page.file.src_uri) is page.file:
                # By then all others are written, and what they show is known.
                files.remove(page.file)
                files.append(page.file)
        for page in self.asking:
            filling = IndexFilling(page, site_for(parse_language(page.meta)), files, config)
            self._fillings[page.file.src_uri] = filling
            problems += filling.plan(catalogue)
        return problems

    def fill(self, page: Page, hidden_on: Callable[[File], frozenset[str]]) -> list[Problem]:
        """Put the indexes where `page`, which is asking, wants them, and into their further pages.

        `hidden_on` has the ids of what a page does not show, none of which is listed.  Return
        what is wrong with the templates.
        """
        filling = self._fillings.pop(page.file.src_uri)
        problems = filling.fill(self._catalogue(hidden_on))
        self._filled.append(filling)
        self._unneeded |= {file.src_uri for file in filling.unneeded}
        return problems

    def is_asking(self, page: Page) -> bool:
        """Return whether `page` has indexes that are still to be filled."""
        return page.file.src_uri in self._fillings

    def is_unneeded(self, page: Page) -> bool:
        """Return whether `page` was added for an index that has become shorter."""
        return page.file.src_uri in self._unneeded

    def correct(self, hidden_on: Callable[[File], frozenset[str]]) -> list[Problem]:
        """Write indexes again that list what was hidden after they were written.

        Return what to tell of those that can't be written again, and so were removed.
        """
        catalogue = self._catalogue(hidden_on)
        return [one for filling in self._filled for one in filling.correct(catalogue)]

    def _catalogue(self, hidden_on: Callable[[File], frozenset[str]]) -> list[CataloguedPage]:
        found = (_catalogued(seen, hidden_on(seen.page.file)) for seen in self._seen)
        return sorted(filter(None, found), key=lambda one: (collated(one.title), one.address))


def _catalogued(seen: _Seen, hidden: frozenset[str]) -> CataloguedPage | None:
    """Return what indexes tell of a page; None where it shows nothing of that."""
    entries = tuple(entry for entry in seen.entries if entry.id not in hidden)
    if not entries:
        return None
    file = seen.page.file
    # Taken from a heading it has character references, but no tags.
    title = unescape(str(seen.page.title or Path(file.src_uri).stem))
    cited = {key: one for key, one in seen.cited.items() if seen.listed.get(key) not in hidden}
    return CataloguedPage(title, file.url, file.src_uri, seen.type, entries, cited)


def _unexpected(page: Page, site: Site) -> Iterator[Problem]:
    """Yield what to tell of markers that the article's Markdown has not, or not as it should."""
    for marker in markers_of(page.content or "", site.vocabulary):
        if not marker.message:
            message = "this comment, which asks for an index, does not begin a line of the article"
            marker = replace(marker, message=message, hint="write it so")
        yield marker_problem_on(page.file, marker)


def indexes_in(files: Files) -> dict[str, str]:
    """Return the pages that ask for an index, by its name; the first of several.

    Their Markdown is looked through, since links to them are written before all pages are
    rendered.  Cost: a read for each article.
    """
    found: dict[str, str] = {}
    for file in files.documentation_pages():
        for name, _ in _asked_for(file):
            if name in INDEXES:
                found.setdefault(name, file.src_uri)
    return found


def mistaken_markers(files: Files, vocabulary: Vocabulary) -> list[Problem]:
    """Return what is wrong with the markers of a site that is not built."""
    return [
        marker_problem_on(file, marker)
        for file in files.documentation_pages()
        for _, line in _asked_for(file)
        for marker in markers_of(line, vocabulary)
        if marker.message
    ]


def _asked_for(file: File) -> Iterator[tuple[str, str]]:
    """Yield what the markers in the Markdown of an article name, and their lines."""
    try:
        content = file.content_bytes
    # MkDocs tells of a file that can't be read when it renders the page.
    except OSError:
        return
    if b"annotate:" not in content:
        return
    fence = ""
    for line in content.decode("utf-8", "replace").splitlines():
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        found = _LINE.match(line)
        if found and not fence:
            yield found[1], line
