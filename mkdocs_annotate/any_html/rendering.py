"""All pages of a built site annotated: on all cores, with indexes, exports and assets."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.any_html.pages import Decoded
from mkdocs_annotate.any_html.settings import SiteSettings
from mkdocs_annotate.any_html.sidecars import ASSETS_FOLDER
from mkdocs_annotate.any_html.sites import HtmlSite, IndexedPage
from mkdocs_annotate.exchange.csl import CslList
from mkdocs_annotate.exchange.publication import SITE_FOLDER, SOURCES, path_beside, title_of
from mkdocs_annotate.exchange.web_annotation import AnnotationLists
from mkdocs_annotate.files.paths import ASSETS, INDEX_ASSET, asset_path, display_path
from mkdocs_annotate.hosts.processes import on_all_cores
from mkdocs_annotate.hosts.publishing import PageExport
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position, Problem, in_order
from mkdocs_annotate.model.reporting import internal_error, levelled
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.index_sections import CataloguedPage, index_entries
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.translations import collated

MANIFEST = f"{ASSETS_FOLDER}/written.json"
"""Where a site keeps which files were added to it, so that the next run can remove them."""

_MARKER = re.compile(rb"<!--\s*annotate:")
_SIGNS = (b"ann-", b"<!--/ann", b"<!--ann")


@dataclass
class _Done:
    """What became of one page."""

    uri: str
    problems: tuple[Problem, ...] = ()
    annotated: bool = False
    changed: bool = False
    waiting: Decoded | None = None
    """The page, where it has indexes that are still to be made; it is not written yet."""

    listed: CataloguedPage | None = None
    annotations: Any = None
    cited: Mapping[str, Source] = field(default_factory=dict)
    links: Mapping[str, str | None] = field(default_factory=dict)
    """Where the links of the cited sources lead, by their addresses."""


class Outcome(NamedTuple):
    """What became of a site."""

    problems: tuple[Problem, ...]
    pages: int
    annotated: int
    changed: int


@dataclass(frozen=True)
class _Work:
    """What each process knows: the site, where its pages go, and which ask for indexes."""

    site: HtmlSite
    target: Path
    asking: frozenset[str]

    def done(self, uri: str) -> _Done:
        """Annotate one page and write it.  Never raises but for a disk that can't be written."""
        try:
            return self._done(uri)
        except OSError:
            raise
        # One page must not end the work on all others.
        except Exception as error:
            name = display_path(self.site.settings.site / uri)
            return _Done(uri, (internal_error(error, Position(name, 1, 1)),))

    def _done(self, uri: str) -> _Done:
        path = self.site.settings.site / uri
        concerned = uri in self.asking or self.site.sidecar_of(uri) is not None
        if not concerned and not _has_signs(path):
            return _Done(uri)
        read = self.site.read(uri)
        if read.decoded is None:
            told = [read.problem] if read.problem and concerned else []
            return _Done(uri, tuple(levelled(told, self.site.settings.options.rules)))
        text = read.decoded.text
        made, exports = self.site.annotated(uri, text, index=uri in self.asking)
        done = _Done(uri, made.problems, bool(made.passages or made.lists))
        self._collect(done, text, made, exports)
        if uri in self.asking:
            done.waiting = Decoded(made.html, read.decoded.encoding)
        elif made.html != text:
            done.changed = write_page(self.target / uri, read.decoded.encoded(made.html))
        return done

    def _collect(
        self, done: _Done, text: str, made: RenderedPage, exports: list[PageExport]
    ) -> None:
        """Keep what indexes and files for programs need of a page."""
        entries = index_entries(made.passages, made.unnamed) if self.asking else ()
        if entries:
            title = title_of(project(self.site.article(text)), done.uri)
            cited = made.cited
            done.listed = CataloguedPage(title, done.uri, done.uri, made.type, entries, cited)
        for export in exports:
            done.annotations = export.annotations
            done.cited = export.cited
            links = (one for source in export.cited.values() for one in _links_of(source))
            done.links = {link.address: export.linked(link) for link in links}


def _links_of(source: Source) -> Iterator[Link]:
    yield from (link for link in (source.url, source.archive_url) if link is not None)


def _has_signs(path: Path) -> bool:
    """Return whether a page may have annotations of an earlier run."""
    data = path.read_bytes()
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or any(sign in data for sign in _SIGNS)


def write_page(path: Path, data: bytes) -> bool:
    """Write a page, whole or not at all; return whether it was another one before."""
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        path.parent.mkdir(parents=True, exist_ok=True)
    real = Path(os.path.realpath(path))
    temporary = real.with_name(f".{real.name[:80]}.annotate-{secrets.token_hex(4)}.tmp")
    try:
        temporary.write_bytes(data)
        with suppress(OSError):
            shutil.copymode(real, temporary)
        temporary.replace(real)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def render_site(
    settings: SiteSettings,
    output: Path | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Outcome:
    """Annotate every page of a built site, in place or in a copy of it at `output`.

    Pages have the annotations of their sidecars and no others, whatever they had before; a run
    without sidecars restores the site.  `progress` gets how many pages are done, and of how many.
    Raises OSError where a file can't be written.  Cost: linear in pages, on all cores.
    """
    site = HtmlSite(settings)
    target = output or settings.site
    if output is not None:
        _copy(settings.site, output)
    # Without any sidecar there is nothing to list, and the site is as it was built.
    pages = site.pages if site.pairs.sidecars else ()
    asking = frozenset(uri for uri in pages if _asks(settings.site / uri))
    work = _Work(site, target, asking)
    done: list[_Done] = []
    for one in on_all_cores(work.done, site.pages):
        done.append(one)
        progress(len(done), len(site.pages))
    problems = [*site.problems, *(problem for one in done for problem in one.problems)]
    indexed, told = _with_indexes(work, done)
    problems += levelled(told, settings.options.rules)
    files = _exports(settings, done)
    if not settings.assets and (indexed or any(one.annotated for one in done)):
        names = (*ASSETS, INDEX_ASSET) if indexed else ASSETS
        files |= {f"{ASSETS_FOLDER}/{name}": asset_path(name).read_bytes() for name in names}
    _write_files(target, files)
    return Outcome(
        in_order(problems),
        len(site.pages),
        sum(one.annotated for one in done),
        sum(one.changed for one in done),
    )


def _copy(site: Path, output: Path) -> None:
    """Copy the files of a site that are not there already, as they are."""
    for folder, folders, names in os.walk(site):
        folders.sort()
        place = output / os.path.relpath(folder, site)
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy2(Path(folder, name), place / name)


def _asks(path: Path) -> bool:
    try:
        return _MARKER.search(path.read_bytes()) is not None
    except OSError:
        return False


def _with_indexes(work: _Work, done: list[_Done]) -> tuple[bool, list[Problem]]:
    """Write the pages that ask for indexes; return whether there are any, and what is wrong."""
    listed = (one.listed for one in done if one.listed is not None)
    catalogue = sorted(listed, key=lambda one: (collated(one.title), one.address))
    indexed, problems = False, list[Problem]()
    for one in done:
        if one.waiting is None:
            continue
        page = IndexedPage(work.site, one.uri, one.waiting.text)
        html = page.html(catalogue)
        problems += page.problems
        indexed = indexed or page.count > 0
        data = one.waiting.encoded(html)
        if data != (work.site.settings.site / one.uri).read_bytes():
            one.changed = write_page(work.target / one.uri, data)
    return indexed, problems


def _exports(settings: SiteSettings, done: Iterable[_Done]) -> dict[str, bytes]:
    """Return the files for other programs, by their paths in the site."""
    files: dict[str, Any] = {}
    label = urlsplit(settings.site_url).hostname or ""
    lists = AnnotationLists(f"{settings.site_url}{SITE_FOLDER}/", label)
    sources = CslList()
    for one in done:
        if one.annotations is not None:
            files[path_beside(one.uri)] = one.annotations
            files |= {f"{SITE_FOLDER}/{name}": page for name, page in lists.add(one.annotations)}
        sources.add(one.cited, partial(_led_to, one.links))
    files |= {f"{SITE_FOLDER}/{name}": page for name, page in lists.end()}
    if items := list(sources.items()):
        files[SOURCES] = items
    return {
        path: (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        for path, value in files.items()
    }


def _led_to(links: Mapping[str, str | None], link: Link) -> str | None:
    return links.get(link.address)


def _write_files(target: Path, files: dict[str, bytes]) -> None:
    """Write files that are added to a site, and remove those that an earlier run has added."""
    before = _listed(target)
    for path, data in files.items():
        write_page(target / path, data)
    for path in before - files.keys():
        (target / path).unlink(missing_ok=True)
        _remove_empty((target / path).parent, target)
    if files:
        listed = json.dumps({"files": sorted(files)}, indent=1)
        write_page(target / MANIFEST, f"{listed}\n".encode())
    elif (target / MANIFEST).is_file():
        (target / MANIFEST).unlink()
        _remove_empty((target / MANIFEST).parent, target)


def _listed(target: Path) -> set[str]:
    """Return the files that an earlier run has added, as far as they lie in the site."""
    try:
        files = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
        inside = [path for path in files if ".." not in Path(path).parts]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {path for path in inside if not Path(path).is_absolute()}


def _remove_empty(folder: Path, root: Path) -> None:
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
