"""Which article is being converted: the private contracts with MkDocs, ProperDocs and Zensical.

Extensions are told nothing of the page.  MkDocs registers a tree processor that knows it, and
Zensical a preprocessor; both are found here by name, and nowhere else.
"""

import os
import posixpath
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from markdown import Markdown

from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.links import Link

_RESULT = "_annotated"
_OWNER = "_annotate_owner"


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

    def keep(self, result: object) -> None:
        """Leave `result` on the host's page."""
        if self.page is not None:
            vars(self.page)[_RESULT] = result

    def declare(self, ids: tuple[str, ...]) -> None:
        """Tell MkDocs of ids that it could not see, so that links to them pass its checks."""
        if self.anchors is not None:
            self.anchors.present_anchor_ids.update(ids)

    def resolve(self, link: Link) -> str | None:
        """Return the address to write for a link to a page of this site; None if there is none."""
        target = urlsplit(link.address)
        if not target.path:
            return link.address
        if self.relpath is not None:
            return self._resolve_in_mkdocs(link.address, unquote(target.path))
        if self.page is not None and not target.path.startswith("/"):
            return self._resolve_in_zensical(link.address, unquote(target.path))
        return link.address

    def _resolve_in_zensical(self, address: str, path: str) -> str | None:
        """Return the address of a page or file below `docs`.

        Before 0.0.73 Zensical leaves links alone that are spliced in; later ones leave alone what
        is no source file any more.
        """
        file = Path(os.path.normpath(self.article.parent / path))
        inside = os.path.realpath(file).startswith(os.path.realpath(self.docs) + os.sep)
        if not inside or not file.exists():
            return None
        if file.suffix != ".md":
            return address
        here, there = (
            _published(source.relative_to(self.docs), directories=self.directory_urls)
            for source in (self.article, file)
        )
        relative = posixpath.relpath(there or ".", posixpath.dirname(here) or ".")
        if not there or there.endswith("/"):
            relative += "/"
        return urlsplit(address)._replace(path=quote(relative)).geturl()

    def _resolve_in_mkdocs(self, address: str, path: str) -> str | None:
        files = self.relpath.files
        if path.startswith("/"):
            # What lies at an absolute address is up to the server, unless we know the file.
            known = files.get_file_from_path(path[1:])
            return self._address_of(path[1:], address) if known else address
        folder = posixpath.dirname(self.relpath.file.src_uri)
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


def _published(source: Path, *, directories: bool) -> str:
    """Return where the page of a source file is published, from the root of the site."""
    stem = source.with_suffix("")
    if not directories:
        return f"{stem.as_posix()}.html"
    folder = stem.parent if stem.name in ("index", "README") else stem
    return "" if folder == Path() else f"{folder.as_posix()}/"


def _candidates(target: str, path: str) -> Iterator[str]:
    yield target
    if path.endswith("/"):
        # Somebody linked to where the page will be.
        yield posixpath.join(target, "index.md")
        yield f"{target}.md"


def result_of(page: Any) -> Any:
    """Return what was left on a host's `page`; None where nothing was."""
    return vars(page).get(_RESULT)


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
        return _zensical_page(zensical) if owner is not None and owner() is md else None
    if options.article or options.sidecar:
        article = Path(options.article or "article.md").absolute()
        meta = getattr(md, "Meta", None) or {}
        root = article.parent if options.article else Path.cwd()
        return HostPage(article, root, root, meta)
    return None


def _mkdocs_page(md: Markdown) -> HostPage | None:
    """Return MkDocs' page; only `Page.render` registers the processor that extracts anchors."""
    processors = md.treeprocessors
    relpath: Any = processors["relpath"]
    names = ("mkdocs_extract_anchors", "properdocs_extract_anchors")
    anchors = next((processors[name] for name in names if name in processors), None)
    file = getattr(relpath, "file", None)
    page = getattr(file, "page", None)
    # Generated pages have no source file, hence nothing beside it.
    if anchors is None or file is None or page is None or not file.abs_src_path:
        return None
    config = relpath.config
    docs = Path(config.docs_dir)
    project = Path(config.config_file_path).parent if config.config_file_path else docs
    return HostPage(
        Path(file.abs_src_path),
        docs,
        project,
        page.meta or {},
        theme_language(config),
        theme_templates(config),
        page,
        relpath,
        anchors,
    )


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
            return processor
    return None


def _zensical_page(processor: Any) -> HostPage | None:
    page, config = processor.page, processor.config
    root = config.get("root_dir") or Path.cwd()
    docs = Path(root, config["docs_dir"])
    theme = config.get("theme")
    language = theme.get("language", "") if isinstance(theme, Mapping) else ""
    meta = getattr(page, "meta", None) or {}
    directories = config.get("use_directory_urls", True) is not False
    return HostPage(
        docs / page.path,
        docs,
        Path(root),
        meta,
        str(language or ""),
        page=page,
        directory_urls=directories,
    )
