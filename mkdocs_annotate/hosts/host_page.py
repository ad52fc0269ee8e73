"""The article that a host converts: the methods that each host implements, with defaults.

A further host is a class like `BarePage`, in a file of its own, which `conversion.hosts` yields.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown import Markdown

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.logs import Reporter, reporter_of
from mkdocs_annotate.hosts.options import OPTIONS, Options
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position, Problem, Rule
from mkdocs_annotate.sidecar import nodes

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.kept_pages import KeptPages
    from mkdocs_annotate.rendering.page import RenderedPage


class IndexMaker(Enum):
    """Which part of the program replaces the comments that ask for an index."""

    NOBODY = "nobody"
    """Nothing is known of other pages."""

    PAGE = "page"
    """The conversion of the page itself, from the sidecars of the other articles."""

    SITE = "site"
    """Whoever builds the site, once all pages are rendered."""


@dataclass(frozen=True)
class HostPage:
    """The article being converted; this class knows only its place, and hosts override the rest."""

    article: Path
    docs: Path
    """The folder of all articles."""

    project: Path
    """The folder of the site's configuration file."""

    meta: Mapping[str, Any]
    """The front matter."""

    language: str = ""
    """The language of its theme; empty where unknown."""

    templates: tuple[Path, ...] = ()
    """Folders of its theme that may have templates in place of ours."""

    address: str = ""
    """The whole address of the page; empty where unknown."""

    setup_problems: tuple[Problem, ...] = ()
    """Problems of the site's configuration: settings that annotations need."""

    @classmethod
    def is_converting(cls, md: Markdown) -> bool:
        """Return whether this host runs `md`."""
        return False

    @classmethod
    def claim(cls, md: Markdown) -> None:
        """Note that `md` is the first to convert its page, if the host does not say so itself."""

    @classmethod
    def of(cls, md: Markdown, options: Options) -> "HostPage | None":
        """Return the article that `md` is converting, if this is the conversion of the whole page.

        None for text inside or beside a page, which some plugins convert with the page's
        extensions: docstrings, excerpts of blog posts, headings of a table of contents.
        """
        return None

    @property
    def root(self) -> Path:
        """Return where paths in options begin."""
        return self.project

    @property
    def configuration(self) -> Path:
        """Return the configuration file that options stand in; a folder where there is none."""
        files = (self.project / name for name in ("zensical.toml", "mkdocs.yml"))
        return next((file for file in files if file.is_file()), self.project)

    @property
    def is_in_site(self) -> bool:
        """Return whether the article is part of a site, whose usual files are read unasked."""
        return True

    @property
    def reporter(self) -> Reporter:
        """Return the reporter of the build that the page is part of."""
        return reporter_of()

    @property
    def index_maker(self) -> IndexMaker:
        """Return which part of the program makes the indexes of the page."""
        return IndexMaker.NOBODY

    @property
    def search_reads(self) -> bool:
        """Return whether a search reads the page itself, not the form that our plugin makes."""
        return self.index_maker is not IndexMaker.SITE

    @property
    def files(self) -> Mapping[str, str] | None:
        """Return where the files beside this page will be, by export; None if nobody writes any."""
        return None

    @property
    def kept(self) -> "KeptPages | None":
        """Return what the preview keeps of its pages; None where this is no preview of MkDocs."""
        return None

    def hand_over(self, export: object) -> None:
        """Keep `export` for the code that writes the files beside this page."""

    def keep(self, result: "RenderedPage") -> None:
        """Keep `result` for the code that builds the site."""

    def remember(self, source: str) -> None:
        """Leave what the page is made of on the host's page, for whoever renders it again."""

    def declare(self, ids: tuple[str, ...]) -> None:
        """Give the host the ids that we add, so that links to them pass its checks."""

    def cut(self, html: str) -> Problem | None:
        """Return a problem if the host will cut `html` where our elements are open."""
        return None

    def is_unlisted(self, uri: str) -> bool:
        """Return whether the article at `uri` in `docs` is not published, or in no navigation."""
        return False

    def shown_to_plugins(self, article: str, result: "RenderedPage") -> str:
        """Return `result`, made of `article`, in the form that other plugins are shown."""
        return result.html

    def resolve(self, link: Link) -> str | None:
        """Return the address to write for a link to a page of this site; None if there is none."""
        return link.address

    def leads_to(self, link: Link) -> str | None:
        """Return the address of a link on the finished site, after the host has rewritten it."""
        return self.resolve(link)


class BarePage(HostPage):
    """An article that Python-Markdown converts without a host, and so without a configuration."""

    @classmethod
    def is_converting(cls, md: Markdown) -> bool:
        """Return whether this host runs `md`: it does where no other host was found."""
        return True

    @classmethod
    def of(cls, md: Markdown, options: Options) -> HostPage | None:
        """Return the article that the options name; None without any."""
        if not options.article and not options.sidecar:
            return None
        article = Path(options.article or "article.md").absolute()
        folder = article.parent if options.article else Path.cwd()
        below = bool(options.article) and Path.cwd() in article.parents
        unread = unread_options(Path.cwd(), options.named) if below else ()
        meta: Mapping[str, Any] = getattr(md, "Meta", None) or {}
        return cls(article, folder, folder, meta, setup_problems=unread)

    @property
    def root(self) -> Path:
        """Return where paths in options begin: in the working folder."""
        return Path.cwd()

    @property
    def is_in_site(self) -> bool:
        """Return False: files of sources are read where they are named."""
        return False


def candidates(target: str, path: str) -> Iterator[str]:
    """Yield the files that a link may mean whose `path` leads to `target`, the likeliest first."""
    yield target
    if path.endswith("/"):
        # Somebody linked to where the page will be.
        yield posixpath.join(target, "index.md")
        yield f"{target}.md"


def host_changed(host: str, place: Path) -> Problem:
    """Return the problem for a `host` that no longer says which article is converted."""
    message = f"{host} does not say which article is converted, so none is annotated"
    hint = (
        "update mkdocs-annotate; if you have its newest version, report this with the version of "
        "the host"
    )
    return Problem(Position(display_path(place), 1, 1), Rule.HOST_CHANGED, message, hint)


PLUGIN = "annotate"
"""What the plugin is called in `plugins`."""

MAX_BYTES = 1 << 20
"""Largest configuration that is looked at."""


def unread_options(folder: Path, named: frozenset[str]) -> tuple[Problem, ...]:
    """Return a problem if the `mkdocs.yml` in `folder` has options of the plugin without effect.

    `named` are the options that the extension is given itself.  Never raises: a file that can't
    be read has no options.  Cost: a look at the disk; the file is read once.
    """
    file = folder / "mkdocs.yml"
    try:
        state = file.stat()
    except OSError:
        return ()
    found = _plugin_options(file, state.st_mtime_ns, state.st_size)
    unread = [name for name in found if name in OPTIONS and name not in named]
    if not unread:
        return ()
    listed = ", ".join(f"`{name}`" for name in unread)
    return (
        Problem(
            found[unread[0]],
            Rule.HOST_SETUP,
            f"the plugin `{PLUGIN}` does not run here, so its options have no effect: {listed}",
            "write them below `mkdocs_annotate` in `markdown_extensions`; MkDocs finds them there",
            subject=listed,
        ),
    )


@lru_cache(maxsize=4)
def _plugin_options(file: Path, modified: int, size: int) -> dict[str, Position]:
    """Return the options of the plugin in a configuration, with their places."""
    try:
        text = file.read_text("utf-8-sig") if size <= MAX_BYTES else ""
    except (OSError, ValueError):
        return {}
    root = nodes.parse_nodes(text, display_path(file)).root
    plugins = root.entries.get("plugins") if isinstance(root, nodes.MappingNode) else None
    listed = plugins[1] if plugins else None
    entries = listed.items if isinstance(listed, nodes.SequenceNode) else [listed]
    for entry in entries:
        if isinstance(entry, nodes.MappingNode) and PLUGIN in entry.entries:
            options = entry.entries[PLUGIN][1]
            if isinstance(options, nodes.MappingNode):
                return {name: key.position for name, (key, _) in options.entries.items()}
    return {}
