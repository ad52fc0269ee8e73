"""A page of Zensical, found by private names of this host, and checks of its configuration.

Extensions are not given the page.  Zensical registers a preprocessor that knows it, which is
found here by the name of its class.

Zensical runs no plugins, so its configuration must do what our plugin does on MkDocs; settings
that are missing are reported.
"""

import os
import posixpath
import sys
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from markdown import Markdown

from mkdocs_annotate.files.paths import ASSETS, asset_path, display_path, is_matched, patterns_in
from mkdocs_annotate.hosts.host_page import (
    HostPage,
    IndexMaker,
    candidates,
    host_changed,
    unread_options,
)
from mkdocs_annotate.hosts.logs import reporter_of
from mkdocs_annotate.hosts.option_places import key_position
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.sidecar.files import SUFFIX

_OWNER = "_annotate_owner"
_EXCERPT_END = "<!-- more -->"


@dataclass(frozen=True)
class ZensicalPage(HostPage):
    """A page that Zensical renders."""

    directory_urls: bool = True
    """Pages are published as folders."""

    rewrites: bool = True
    """It rewrites the links of the finished page, which has our notes."""

    unlisted: str = ""
    """Patterns of articles that are left out of the site or its lists."""

    @classmethod
    def is_converting(cls, md: Markdown) -> bool:
        """Return whether Zensical runs `md`, and says which page that is."""
        return _context(md) is not None

    @classmethod
    def claim(cls, md: Markdown) -> None:
        """Note that `md` is the first to convert its page, as Zensical does not say so."""
        context = _context(md)
        if context is not None:
            # Weakly, or every `Markdown` of a build would stay alive.
            vars(context.page).setdefault(_OWNER, weakref.ref(md))

    @classmethod
    def of(cls, md: Markdown, options: Options) -> HostPage | None:
        """Return the article that `md` is converting; None where another was the first."""
        context = _context(md)
        owner = vars(context.page).get(_OWNER)
        if owner is None or owner() is not md:
            return None
        page, config = context.page, context.config
        root = Path(config.get("root_dir") or Path.cwd())
        docs = root / config["docs_dir"]
        theme = config.get("theme")
        language = theme.get("language", "") if isinstance(theme, Mapping) else ""
        site = str(config.get("site_url") or "")
        setup = setup_problems(setup_of(config, root, options.annotations_dir))
        return cls(
            docs / page.path,
            docs,
            root,
            getattr(page, "meta", None) or {},
            str(language or ""),
            address=urljoin(site.rstrip("/") + "/", page.url) if site else "",
            setup_problems=(*setup, *unread_options(root, options.named)),
            directory_urls=config.get("use_directory_urls", True) is not False,
            # Until 0.0.71 the tree's links were rewritten, before there were any of ours.
            rewrites="zrelpath" not in md.treeprocessors,
            unlisted=patterns_in(*map(config.get, ("exclude_docs", "draft_docs", "not_in_nav"))),
        )

    @property
    def index_maker(self) -> IndexMaker:
        """Return who fills the markers of the page: nobody knows all pages of the site."""
        return IndexMaker.PAGE

    def is_unlisted(self, uri: str) -> bool:
        """Return whether the article at `uri` is not published, or its author lists it nowhere."""
        return is_matched(uri, self.unlisted)

    def cut(self, html: str) -> Problem | None:
        """Return a problem if `html` is a post, which Zensical cuts where its excerpt ends.

        It takes the first part of the page, in which our elements are open; Material's blog
        converts excerpts by themselves.
        """
        if _EXCERPT_END not in html:
            return None
        message = f"Zensical cuts the finished page, with its marks, at `{_EXCERPT_END}`"
        hint = "remove that line, or the post stays without annotations"
        place = Position(display_path(self.article), 1, 1)
        return Problem(place, Rule.HOST_SETUP, message, hint)

    def resolve(self, link: Link) -> str | None:
        """Return the address to write for a link to a page of this site; None if there is none."""
        path = unquote(urlsplit(link.address).path)
        if not path or (path.startswith("/") and not link.from_root):
            return link.address
        below = path.lstrip("/")
        known = self._known(link.address, below, from_root=link.from_root)
        # What lies at an absolute address is up to the server, unless we know the file.
        return link.address if known is None and path != below else known

    def leads_to(self, link: Link) -> str | None:
        """Return where a link leads on the finished site."""
        return replace(self, rewrites=False).resolve(link)

    def _known(self, address: str, path: str, *, from_root: bool) -> str | None:
        """Return the address of a page or file below `docs`, as typed if Zensical rewrites it."""
        target = os.path.normpath((self.docs if from_root else self.article.parent) / path)
        files = map(Path, candidates(target, path))
        file = next((candidate for candidate in files if candidate.is_file()), None)
        root = os.path.realpath(self.docs) + os.sep
        if file is None or not os.path.realpath(file).startswith(root):
            return None
        if self.rewrites:
            if not from_root:
                return address
            typed = Path(os.path.relpath(file, self.article.parent)).as_posix()
            return urlsplit(address)._replace(path=quote(typed)).geturl()
        here, there = (self._published(source) for source in (self.article, file))
        relative = posixpath.relpath(there or ".", posixpath.dirname(here) or ".")
        if not there or there.endswith("/"):
            relative += "/"
        return urlsplit(address)._replace(path=quote(relative)).geturl()

    def _published(self, file: Path) -> str:
        """Return where Zensical publishes a file, from the root of the site."""
        source = file.relative_to(self.docs)
        if source.suffix != ".md":
            return source.as_posix()
        stem = source.with_suffix("")
        if not self.directory_urls:
            return f"{stem.as_posix()}.html"
        folder = stem.parent if stem.name in ("index", "README") else stem
        return "" if folder == Path() else f"{folder.as_posix()}/"


def _context(md: Markdown) -> Any:
    """Return Zensical's preprocessor; its registry name has changed before, its class has not."""
    for processor in md.preprocessors:
        if type(processor).__name__ == "ContextPreprocessor" and hasattr(processor, "page"):
            reporter_of().host_found = True
            return processor
    return None


def lost_host() -> Problem | None:
    """Return a problem where this is a process of Zensical, and no page of it was ever found."""
    if "zensical" not in sys.modules or reporter_of().host_found:
        return None
    return host_changed("Zensical", Path.cwd())


_CONFIGS = ("zensical.toml", "mkdocs.yml", "mkdocs.yaml")


@dataclass(frozen=True)
class Setup:
    """The settings of Zensical that stand in for our plugin."""

    root: Path
    """The folder of the configuration file."""

    docs: Path
    sidecars: Path
    """The folder that sidecars lie in: `docs`, or one that mirrors it."""

    listed: tuple[str, ...]
    """The stylesheets and scripts of every page."""

    excluded: str
    """Patterns of files that are not published, a line each."""

    watched: tuple[Path, ...]
    """Files and folders on whose change the host renders all pages anew."""

    theme: Path | None = None
    """A folder of files that are published as those of `docs` are."""


def setup_of(config: Mapping[str, Any], root: Path, annotations_dir: str) -> Setup:
    """Return the settings in Zensical's `config`.  Never raises: unreadable ones are missing."""
    docs = root / str(config.get("docs_dir") or "docs")
    given = config.get("extra_javascript")
    scripts = given if isinstance(given, list) else []
    paths = [one.get("path") if isinstance(one, Mapping) else one for one in scripts]
    theme = config.get("theme")
    own = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    return Setup(
        root,
        docs,
        root / annotations_dir if annotations_dir else docs,
        (*_texts(config.get("extra_css")), *_texts(paths)),
        str(config.get("exclude_docs") or ""),
        tuple(Path(os.path.normpath(root / path)) for path in _texts(config.get("watch"))),
        root / own if isinstance(own, str) else None,
    )


def _texts(values: Any) -> tuple[str, ...]:
    values = values if isinstance(values, list) else []
    return tuple(value for value in values if isinstance(value, str))


@lru_cache(maxsize=4)
def setup_problems(setup: Setup) -> tuple[Problem, ...]:
    """Return what is missing in the configuration of a site that has sidecars.  Never raises.

    Cost: the copies of our assets are read, once.
    """
    names = (name for name in _CONFIGS if (setup.root / name).is_file())
    file = setup.root / next(names, _CONFIGS[0])
    found = (*_published(setup), *_stale(setup), *_assets(setup))
    return tuple(
        Problem(key_position(file, option), Rule.HOST_SETUP, message, hint, subject=option)
        for option, message, hint in found
    )


def _published(setup: Setup) -> Iterator[tuple[str, str, str]]:
    patterns = (line.strip().rpartition("/")[2] for line in setup.excluded.splitlines())
    outside = setup.docs != setup.sidecars and setup.docs not in setup.sidecars.parents
    if not outside and not any(fnmatch(f"a{SUFFIX}", pattern) for pattern in patterns if pattern):
        # A folder of sidecars may be left out by its name.
        name = setup.sidecars.name
        if setup.docs == setup.sidecars or name not in setup.excluded:
            yield (
                "exclude_docs",
                "the site publishes its sidecars",
                f"set `exclude_docs` to `*{SUFFIX}`",
            )


def _stale(setup: Setup) -> Iterator[tuple[str, str, str]]:
    if not any(path in (setup.sidecars, *setup.sidecars.parents) for path in setup.watched):
        message = "the host keeps rendered pages, and does not notice when a sidecar changes"
        yield "watch", message, f"add `{_relative(setup, setup.sidecars)}` to `watch`"


def _assets(setup: Setup) -> Iterator[tuple[str, str, str]]:
    paths = [PurePosixPath(path.partition("?")[0]) for path in setup.listed if "//" not in path]
    for name, option in zip(ASSETS, ("extra_css", "extra_javascript"), strict=True):
        # Whoever makes it smaller, or puts it together with others, may name it otherwise.
        if not any("annotate" in path and Path(name).suffix in path for path in setup.listed):
            command = _command(setup, setup.docs / "assets")
            hint = f"run {command}, and add `assets/{name}` to `{option}`"
            yield option, f"no page has {name}", hint
        for path in paths:
            if path.name == name:
                wrong = _copy(setup, str(path), asset_path(name).read_bytes())
                yield from ((option, message, hint) for message, hint in wrong)


def _copy(setup: Setup, path: str, asset: bytes) -> Iterator[tuple[str, str]]:
    folders = (setup.docs, setup.theme) if setup.theme else (setup.docs,)
    files = [folder / path.lstrip("/") for folder in folders]
    for file in files:
        try:
            copy = file.read_bytes()
        except (OSError, ValueError):
            continue
        # Word by word: git may have written other line ends.
        if copy.split() != asset.split():
            hint = (
                f"run {_command(setup, file.parent)} again; keep your own changes in another file"
            )
            yield f"{shown(path)} is of another version of mkdocs-annotate", hint
        return
    yield f"{shown(path)} is listed but does not exist", f"run {_command(setup, files[0].parent)}"


def _command(setup: Setup, folder: Path) -> str:
    return f"`mkdocs-annotate assets {shown(_relative(setup, folder))}`"


def _relative(setup: Setup, folder: Path) -> str:
    """Return the path of a folder from that of the configuration file."""
    return Path(os.path.relpath(folder, setup.root)).as_posix()
