"""Which article is being converted: the private contracts with MkDocs, ProperDocs and Zensical.

Extensions are told nothing of the page.  MkDocs registers a tree processor that knows it, and
Zensical a preprocessor; both are found here by name, and nowhere else.
"""

import os
import posixpath
import sys
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from markdown import Markdown

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts import host_setup
from mkdocs_annotate.hosts.logs import Reporter, reporter_of
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.site_paths import patterns_in
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position, Problem, Rule

_RESULT = "_annotated"
_OWNER = "_annotate_owner"
_FILES = "_annotate_files"
_EXPORT = "_annotate_export"
_EXCERPT_END = "<!-- more -->"


@dataclass(frozen=True)
class HostPage:
    """The article being converted, and what its host knows of it."""

    article: Path
    docs: Path
    project: Path
    meta: Mapping[str, Any]
    language: str = ""
    """The language of its theme; empty where unknown."""

    templates: tuple[Path, ...] = ()
    """Folders of its theme that may have templates in place of ours."""

    page: Any = None
    """The host's page object, which carries the result to whoever asks for it."""

    relpath: Any = None
    anchors: Any = None
    directory_urls: bool = True
    """Zensical: pages are published as folders."""

    plugin: bool = False
    """MkDocs: our plugin is there, and does what needs all pages."""

    rewrites: bool = True
    """Zensical: it rewrites the links of the finished page, which has our notes."""

    lacking: tuple[Problem, ...] = ()
    """What the site's configuration must say for annotations, and does not."""

    unlisted: str = ""
    """Zensical: patterns of articles that are left out of the site or its lists."""

    address: str = ""
    """The whole address of the page; empty where unknown."""

    alone: bool = False
    """Python-Markdown converts it without a host, and so without a configuration file."""

    @property
    def root(self) -> Path:
        """Return where paths in options begin."""
        return Path.cwd() if self.alone else self.project

    @property
    def reporter(self) -> Reporter:
        """Return who reports the problems of the build that the page is part of."""
        return reporter_of(getattr(self.relpath, "config", None))

    @property
    def files(self) -> Mapping[str, str] | None:
        """Return where the files beside this page will be, by export; None if nobody writes any."""
        return vars(self.page).get(_FILES) if self.page is not None else None

    def hand_over(self, export: object) -> None:
        """Leave `export` on the host's page for whoever writes files."""
        vars(self.page)[_EXPORT] = export

    def keep(self, result: object) -> None:
        """Leave `result` on the host's page."""
        if self.page is not None:
            vars(self.page)[_RESULT] = result

    def declare(self, ids: tuple[str, ...]) -> None:
        """Tell MkDocs of ids that it could not see, so that links to them pass its checks."""
        if self.anchors is not None:
            self.anchors.present_anchor_ids.update(ids)

    def cut(self, html: str) -> Problem | None:
        """Return a problem if the host will cut `html`, which is a post, where its excerpt ends.

        Material's blog converts excerpts by themselves.  Zensical takes the first part of the
        page, in which our elements are open.
        """
        if self.page is None or self.relpath is not None or _EXCERPT_END not in html:
            return None
        message = f"Zensical would cut our panel and marks, too, at `{_EXCERPT_END}`"
        hint = "take that line out, or the post stays without annotations"
        place = Position(display_path(self.article), 1, 1)
        return Problem(place, Rule.HOST_SETUP, message, hint)

    def resolve(self, link: Link) -> str | None:
        """Return the address to write for a link to a page of this site; None if there is none."""
        target = urlsplit(link.address)
        if not target.path:
            return link.address
        path = unquote(target.path)
        if self.relpath is not None:
            return self._resolve_in_mkdocs(link.address, path, rooted=link.rooted)
        if self.page is None or (path.startswith("/") and not link.rooted):
            return link.address
        below = path.lstrip("/")
        known = self._resolve_in_zensical(link.address, below, rooted=link.rooted)
        # What lies at an absolute address is up to the server, unless we know the file.
        return link.address if known is None and path != below else known

    def leads_to(self, link: Link) -> str | None:
        """Return where a link leads on the finished site, whatever its host still rewrites."""
        return replace(self, rewrites=False).resolve(link)

    def _resolve_in_zensical(self, address: str, path: str, *, rooted: bool) -> str | None:
        """Return the address of a page or file below `docs`, as typed if Zensical rewrites it."""
        target = os.path.normpath((self.docs if rooted else self.article.parent) / path)
        candidates = map(Path, _candidates(target, path))
        file = next((candidate for candidate in candidates if candidate.is_file()), None)
        root = os.path.realpath(self.docs) + os.sep
        if file is None or not os.path.realpath(file).startswith(root):
            return None
        if self.rewrites:
            if not rooted:
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

    def _resolve_in_mkdocs(self, address: str, path: str, *, rooted: bool) -> str | None:
        files = self.relpath.files
        if path.startswith("/"):
            # What lies at an absolute address is up to the server, unless we know the file.
            target = path.lstrip("/")
            candidates = _candidates(posixpath.normpath(target), path) if rooted else [target]
            known = next((uri for uri in candidates if files.get_file_from_path(uri)), None)
            return self._address_of(known, address) if known else address
        folder = "" if rooted else posixpath.dirname(self.relpath.file.src_uri)
        target = posixpath.normpath(posixpath.join(folder, path))
        found = (uri for uri in _candidates(target, path) if files.get_file_from_path(uri))
        uri = next(found, None)
        return None if uri is None else self._address_of(uri, address)

    def _address_of(self, uri: str, typed: str) -> str:
        """Return what MkDocs makes of a link to the file `uri`, with what else was `typed`."""
        relative = posixpath.relpath(uri, posixpath.dirname(self.relpath.file.src_uri) or ".")
        return str(
            self.relpath.path_to_url(urlsplit(typed)._replace(path=quote(relative)).geturl())
        )


def _candidates(target: str, path: str) -> Iterator[str]:
    yield target
    if path.endswith("/"):
        # Somebody linked to where the page will be.
        yield posixpath.join(target, "index.md")
        yield f"{target}.md"


def result_of(page: Any) -> Any:
    """Return what was left on a host's `page`; None where nothing was."""
    return vars(page).get(_RESULT)


def announce(page: Any, files: Mapping[str, str]) -> None:
    """Note on a host's `page`, before it is rendered, that `files` will be written beside it."""
    vars(page)[_FILES] = files


def handed_over(page: Any) -> Any:
    """Return what was left to be written, and take it from the host's `page`; None if nothing."""
    return vars(page).pop(_EXPORT, None)


def forget_result(page: Any) -> None:
    """Remove what was left on a host's `page`."""
    vars(page).pop(_RESULT, None)


def claim(md: Markdown) -> None:
    """Note that `md` is the first to convert its page, where no host says so."""
    page = _zensical(md)
    if page is not None:
        # Weakly, or every `Markdown` of a build would stay alive.
        vars(page.page).setdefault(_OWNER, weakref.ref(md))


def host_page(md: Markdown, options: Options) -> HostPage | None:
    """Return the article that `md` is converting, if this is the conversion of the whole page.

    None for text inside or beside a page, which some plugins convert with the page's extensions:
    docstrings, excerpts of blog posts, headings of a table of contents.
    """
    if "relpath" in md.treeprocessors:
        return _mkdocs_page(md)
    zensical = _zensical(md)
    if zensical is not None:
        owner = vars(zensical.page).get(_OWNER)
        return _zensical_page(zensical, options) if owner is not None and owner() is md else None
    if options.article or options.sidecar:
        article, meta = Path(options.article or "article.md").absolute(), getattr(md, "Meta", {})
        root = article.parent if options.article else Path.cwd()
        ours = bool(options.article) and Path.cwd() in article.parents
        unseen = host_setup.unseen_options(Path.cwd(), options.named) if ours else ()
        return HostPage(article, root, root, meta or {}, lacking=unseen, alone=True)
    return None


def _mkdocs_page(md: Markdown) -> HostPage | None:
    """Return MkDocs' page; only `Page.render` registers the processor that extracts anchors."""
    processors = md.treeprocessors
    relpath: Any = processors["relpath"]
    names = ("mkdocs_extract_anchors", "properdocs_extract_anchors")
    anchors = next((processors[name] for name in names if name in processors), None)
    file = getattr(relpath, "file", None)
    page = getattr(file, "page", None)
    if anchors is None or file is None or page is None:
        return None
    config = relpath.config
    docs = Path(config.docs_dir)
    article = article_of(file, docs)
    if article is None:
        return None
    project = Path(config.config_file_path).parent if config.config_file_path else docs
    return HostPage(
        article,
        docs,
        project,
        page.meta or {},
        theme_language(config),
        theme_templates(config),
        page,
        relpath,
        anchors,
        plugin="annotate" in config.plugins,
        lacking=host_setup.plugin_missing(config),
        address=page.canonical_url or "",
    )


def article_of(file: Any, docs: Path) -> Path | None:
    """Return where the article of a `file` of MkDocs lies; None for a page that has no file.

    A plugin may put an edited copy in place of an article, and the sidecar is beside the article.
    """
    if not file.abs_src_path:
        return None
    original = docs / file.src_uri
    edited = getattr(file, "generated_by", None) and original.is_file()
    return original if edited else Path(file.abs_src_path)


def theme_templates(config: Any) -> tuple[Path, ...]:
    """Return where a theme of MkDocs may have templates in place of ours, its `custom_dir` first.

    Folders that are not there are left out.
    """
    folders = (Path(folder, "annotate") for folder in getattr(config.theme, "dirs", ()))
    return tuple(folder for folder in folders if folder.is_dir())


def theme_language(config: Any) -> str:
    """Return the language of the theme: Material has `language`, the built-in ones `locale`."""
    theme = getattr(config, "theme", None)
    for name in ("language", "locale"):
        try:
            value = theme[name] if theme is not None else None
        except (KeyError, TypeError):
            value = None
        if value:
            return str(value).replace("_", "-")
    return ""


def _zensical(md: Markdown) -> Any:
    """Return Zensical's preprocessor; its registry name has changed before, its class has not."""
    for processor in md.preprocessors:
        if type(processor).__name__ == "ContextPreprocessor" and hasattr(processor, "page"):
            reporter_of().host_found = True
            return processor
    return None


def lost_host(md: Markdown) -> Problem | None:
    """Return a problem where `md` is Zensical's, and no page of it was ever found."""
    if "zensical" not in sys.modules or "relpath" in md.treeprocessors:
        return None
    return None if reporter_of().host_found else host_setup.host_changed("Zensical", Path.cwd())


def _zensical_page(processor: Any, options: Options) -> HostPage:
    page, config = processor.page, processor.config
    root = Path(config.get("root_dir") or Path.cwd())
    docs = root / config["docs_dir"]
    theme = config.get("theme")
    language = theme.get("language", "") if isinstance(theme, Mapping) else ""
    meta = getattr(page, "meta", None) or {}
    directories = config.get("use_directory_urls", True) is not False
    site = str(config.get("site_url") or "")
    return HostPage(
        docs / page.path,
        docs,
        root,
        meta,
        str(language or ""),
        page=page,
        directory_urls=directories,
        # Until 0.0.71 the tree's links were rewritten, before there were any of ours.
        rewrites="zrelpath" not in processor.md.treeprocessors,
        lacking=host_setup.zensical_problems(config, root, options),
        unlisted=patterns_in(*map(config.get, ("exclude_docs", "draft_docs", "not_in_nav"))),
        address=urljoin(site.rstrip("/") + "/", page.url) if site else "",
    )
