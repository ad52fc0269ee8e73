"""Which sidecar of a folder belongs to which page of a built site."""

import os
import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mkdocs_annotate.any_html.settings import SiteSettings
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.messages import nearest
from mkdocs_annotate.model.problems import Position, Problem, Rule
from mkdocs_annotate.sidecar.files import SUFFIX, intended_article, looks_like_sidecar, misnamed

ASSETS_FOLDER = "annotate-assets"
"""Where our stylesheet and script are put in a site that does not name another place."""

PAGES = (".html", ".htm")
XML = (".xhtml", ".xht")


class Pairs(NamedTuple):
    """Which sidecar belongs to which page, by their paths in their folders, and what is wrong."""

    sidecars: dict[str, str]
    problems: list[Problem]


def files_in(root: Path, endings: tuple[str, ...], skipped: tuple[Path, ...] = ()) -> Iterator[str]:
    """Yield the paths of files below `root` that end so.

    Left out are hidden folders, ours, those of packages, and `skipped` ones.  Links to folders are
    not followed, and links to files outside of `root` are left out.
    """
    apart = {os.path.realpath(folder) for folder in skipped} - {os.path.realpath(root)}
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in (ASSETS_FOLDER, "node_modules")
            and not (apart and os.path.realpath(Path(folder, name)) in apart)
        )
        for name in names:
            if name.endswith(endings) and not name.startswith("."):
                path = Path(folder, name)
                if not path.is_symlink() or _is_within(path, root):
                    yield path.relative_to(root).as_posix()


def _is_within(path: Path, root: Path) -> bool:
    return Path(os.path.realpath(root)) in Path(os.path.realpath(path)).parents


def sidecar_names(uri: str) -> tuple[str, ...]:
    """Return what the sidecar of the page at `uri` may be called, the usual name first."""
    stem = posixpath.splitext(uri)[0]
    short = stem.removesuffix("/index")
    return tuple(dict.fromkeys((short + SUFFIX, stem + SUFFIX)))


def pairs_of(pages: Iterable[str], sidecars: Iterable[str], settings: SiteSettings) -> Pairs:
    """Return which of `sidecars` belongs to which of `pages`, and what is wrong.

    `a.annotations.yml` is for `a.html` or `a/index.html`.  Where there are both, the second has
    `a/index.annotations.yml`, or nobody can say which is meant.
    """
    known = set(pages)
    stems = {name.removesuffix(SUFFIX) for name in sidecars}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for stem in sorted(stems):
        name = stem + SUFFIX
        place = Position(display_path(settings.sidecars / name), 1, 1)
        direct = [stem + end for end in (*PAGES, *XML) if stem + end in known]
        below = f"{stem}/index.html"
        own = f"{stem}/index" in stems
        candidates = direct + [below] * (below in known and not own)
        if len(candidates) == 1:
            found[candidates[0]] = name
        elif candidates:
            problems.append(_two_pages(place, candidates, stem))
        elif below in known:
            other = display_path(settings.sidecars / f"{stem}/index{SUFFIX}")
            message = f"the page has another sidecar, {other}, and this one is not read"
            cure = "move its entries there, and remove it"
            problems.append(Problem(place, Rule.TWO_SIDECARS, message, cure))
        else:
            problems.append(_no_page(place, stem, known))
    return Pairs(found, problems)


def _two_pages(place: Position, candidates: list[str], stem: str) -> Problem:
    message = f"two pages could have this sidecar, {' and '.join(candidates)}"
    cure = "remove one of the pages"
    if candidates[-1] == f"{stem}/index.html":
        cure = (
            f"if it is about the second, move it to {stem}/index{SUFFIX}; "
            "if not, remove one of the pages"
        )
    return Problem(place, Rule.TWO_PAGES, message, cure)


def _no_page(place: Position, stem: str, pages: set[str]) -> Problem:
    names = {_stem_of(page): page for page in pages}
    near = nearest(stem, names)
    message = f"the site has no page {stem}.html or {stem}/index.html"
    if near:
        cure = f"is it for {names[near]}? Rename it to {near}{SUFFIX}"
    else:
        cure = "a folder of sidecars mirrors the built site; move it, or remove it"
    return Problem(place, Rule.NO_ARTICLE, message, cure)


def _stem_of(page: str) -> str:
    """Return what the sidecar of a page is called, without its ending."""
    stem = posixpath.splitext(page)[0]
    return stem.removesuffix("/index") or stem


def misnamed_sidecars(settings: SiteSettings, pages: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file in a folder of sidecars that is nearly called like one."""
    folder, skipped = settings.sidecars, (settings.site, *settings.skipped)
    for name in sorted(files_in(folder, (".yml", ".yaml", ".txt", ".bak"), skipped)):
        path = folder / name
        if not name.endswith(SUFFIX) and looks_like_sidecar(path):
            stem = posixpath.splitext(intended_article(name))[0]
            known = {_stem_of(page) for page in pages}
            near = stem if stem in known else nearest(stem, known) or stem
            yield misnamed(path, posixpath.basename(near) + SUFFIX)
