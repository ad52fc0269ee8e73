"""A page of MkDocs or ProperDocs, found by private names of these hosts.

Extensions are not given the page.  MkDocs registers a tree processor that knows it; only
`Page.render` registers the one that extracts anchors too.

Which form of an annotated page other plugins are shown, and when:

| while | who looks at | sees |
|---|---|---|
| `on_page_content` | `page.content`: feeds | article, numbers, notes and sources; whole addresses |
| `on_page_content` | `html`: books, encryption | the same; links that stay in the page |
| afterwards | either | the page of the site |

Each form is made from what other plugins return, so that their changes stay.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from markdown import Markdown

from mkdocs_annotate.hosts.host_page import PLUGIN, HostPage, IndexMaker, candidates
from mkdocs_annotate.hosts.logs import Reporter, reporter_of
from mkdocs_annotate.hosts.option_places import key_position
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.rendering.other_forms import PageParts, reader_form

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.kept_pages import KeptPages
    from mkdocs_annotate.rendering.page import RenderedPage

_MADE_OF = "_annotate_made_of"
_RESULT = "_annotated"
_FILES = "_annotate_files"
_EXPORT = "_annotate_export"
_FURNITURE = "_annotate_furniture"
_UNLISTED = "_annotate_unlisted"
KEPT = "_annotate_kept"
"""Where the configuration of a preview has the pages that are kept."""


@dataclass(frozen=True)
class MkDocsPage(HostPage):
    """A page that MkDocs or ProperDocs renders."""

    page: Any = None
    """The host's page, which carries the result to whoever asks for it."""

    relpath: Any = None
    """The tree processor that rewrites links; it knows the page, the files and the settings."""

    anchors: Any = None
    """The tree processor that knows the ids of the page."""

    @classmethod
    def is_converting(cls, md: Markdown) -> bool:
        """Return whether MkDocs or ProperDocs runs `md`."""
        return "relpath" in md.treeprocessors

    @classmethod
    def of(cls, md: Markdown, options: Options) -> HostPage | None:
        """Return the article that `md` is converting; None for text inside or beside a page."""
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
        return cls(
            article,
            docs,
            project_of(config),
            page.meta or {},
            theme_language(config),
            theme_templates(config),
            page.canonical_url or "",
            _plugin_missing(config),
            page,
            relpath,
            anchors,
        )

    @property
    def configuration(self) -> Path:
        """Return the configuration file that options stand in; a folder where there is none."""
        named = self.relpath.config.config_file_path
        return Path(named) if named else super().configuration

    @property
    def reporter(self) -> Reporter:
        """Return who reports the problems of the build that the page is part of."""
        return reporter_of(self.relpath.config)

    @property
    def index_maker(self) -> IndexMaker:
        """Return who fills the markers of the page: our plugin, where it is there."""
        return IndexMaker.SITE if PLUGIN in self.relpath.config.plugins else IndexMaker.PAGE

    @property
    def files(self) -> Mapping[str, str] | None:
        """Return where the files beside this page will be, by export; None if nobody writes any."""
        files: Mapping[str, str] | None = vars(self.page).get(_FILES)
        return files

    @property
    def kept(self) -> "KeptPages | None":
        """Return what the preview keeps of its pages; None where this is no preview."""
        kept: KeptPages | None = vars(self.relpath.config).get(KEPT)
        return kept

    def hand_over(self, export: object) -> None:
        """Keep `export` on the host's page for the code that writes files."""
        vars(self.page)[_EXPORT] = export

    def keep(self, result: "RenderedPage") -> None:
        """Keep `result` on the host's page."""
        vars(self.page)[_RESULT] = result

    def remember(self, source: str) -> None:
        """Keep this and the Markdown on the host's page, so that it can be rendered again."""
        vars(self.page)[_MADE_OF] = self, source

    def declare(self, ids: tuple[str, ...]) -> None:
        """Tell MkDocs of ids that it could not see, so that links to them pass its checks."""
        self.anchors.present_anchor_ids.update(ids)

    def is_unlisted(self, uri: str) -> bool:
        """Return whether the article at `uri` is not published, or its author lists it nowhere."""
        file = self.relpath.files.get_file_from_path(uri)
        return file is None or is_unlisted(file, self.relpath.config)

    def shown_to_plugins(self, article: str, result: "RenderedPage") -> str:
        """Return `result`, made of `article`, in the form that other plugins are shown.

        Where our plugin is not there to make the page of it, it is the page.  Of a page that its
        author lists nowhere feeds get the article alone.
        """
        file, config = self.relpath.file, self.relpath.config
        if PLUGIN not in config.plugins or not _others_look(config):
            return result.html
        prefix = id_prefix(file.src_uri)

        def whole(address: str) -> str:
            if self.address:
                return urljoin(self.address, address)
            return address.replace("#ann-", f"#{prefix}ann-") if address[0] == "#" else address

        made = reader_form(result.html, result.lists, prefix, whole)
        if made is None:
            return result.html
        form, vars(self.page)[_FURNITURE] = made
        if is_unlisted(file, config):
            vars(self.page)[_UNLISTED] = (article, form)
            return article
        return form

    def resolve(self, link: Link) -> str | None:
        """Return the address to write for a link to a page of this site; None if there is none."""
        path = unquote(urlsplit(link.address).path)
        if not path:
            return link.address
        files = self.relpath.files
        if path.startswith("/"):
            # What lies at an absolute address is up to the server, unless we know the file.
            target = path.lstrip("/")
            named = candidates(posixpath.normpath(target), path) if link.from_root else [target]
            known = next((uri for uri in named if files.get_file_from_path(uri)), None)
            return self._address_of(known, link.address) if known else link.address
        folder = "" if link.from_root else posixpath.dirname(self.relpath.file.src_uri)
        target = posixpath.normpath(posixpath.join(folder, path))
        found = (uri for uri in candidates(target, path) if files.get_file_from_path(uri))
        uri = next(found, None)
        return None if uri is None else self._address_of(uri, link.address)

    def _address_of(self, uri: str, typed: str) -> str:
        """Return what MkDocs makes of a link to the file `uri`, with what else was `typed`."""
        relative = posixpath.relpath(uri, posixpath.dirname(self.relpath.file.src_uri) or ".")
        return str(
            self.relpath.path_to_url(urlsplit(typed)._replace(path=quote(relative)).geturl())
        )


def _others_look(config: Any) -> bool:
    """Return whether another plugin or hook reads the content of pages.

    If none does, the other forms are not made: they take a fifth of the time of a page.
    """
    ours = config.plugins[PLUGIN]
    events = config.plugins.events["page_content"]
    return any(getattr(method, "__self__", None) is not ours for method in events)


def _plugin_missing(config: Any) -> tuple[Problem, ...]:
    """Return a problem if a `config` of MkDocs has neither our plugin nor our stylesheet."""
    styled = any("annotate" in path for path in config.extra_css)
    if styled or PLUGIN in config.plugins:
        return ()
    place = key_position(config.config_file_path or config.docs_dir, "markdown_extensions")
    message = "no page has annotate.css: the extension is listed, but the plugin is not"
    return (Problem(place, Rule.HOST_SETUP, message, "add `annotate` to `plugins`"),)


def project_of(config: Any) -> Path:
    """Return the folder of the configuration file; paths in it begin there."""
    file = config.config_file_path
    return Path(file).parent if file else Path(config.docs_dir)


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


def is_unlisted(file: Any, config: Any) -> bool:
    """Return whether a page is a draft, or its author wants it in no navigation."""
    unlisted = config.not_in_nav is not None and config.not_in_nav.match_file(file.src_uri)
    return bool(unlisted or file.inclusion.is_excluded())


def address_of(link: Link, path: str, files: Any) -> str | None:
    """Return where a link that is typed at `path`, in the folder of all articles, leads.

    The address begins at the root of the site.  None for what is no file of the site.
    """
    target, sign, rest = re.split("([?#]|$)", link.address, maxsplit=1)
    folder = "" if link.from_root or target.startswith("/") else posixpath.dirname(path)
    joined = posixpath.normpath(posixpath.join(folder, unquote(target).lstrip("/")))
    known = files.get_file_from_path(joined)
    return known.url + sign + rest if known else None


def id_prefix(uri: str) -> str:
    """Return what our ids of the page at `uri` begin with, where other pages may be beside it."""
    return f"in-{blake2b(uri.encode(), digest_size=4).hexdigest()}-"


def result_of(page: Any) -> "RenderedPage | None":
    """Return the result kept on a host's `page`; None without any."""
    result: RenderedPage | None = vars(page).get(_RESULT)
    return result


def made_of(page: Any) -> tuple[MkDocsPage, str] | None:
    """Remove what was kept to render a host's `page` again, and return it, with its Markdown."""
    found: tuple[MkDocsPage, str] | None = vars(page).pop(_MADE_OF, None)
    return found


def forget_result(page: Any) -> None:
    """Remove what was left on a host's `page`."""
    vars(page).pop(_RESULT, None)


def announce(page: Any, files: Mapping[str, str]) -> None:
    """Note on a host's `page`, before it is rendered, that `files` will be written beside it."""
    vars(page)[_FILES] = files


def handed_over(page: Any) -> Any:
    """Remove the export that is kept on the host's `page`, and return it; None without any."""
    return vars(page).pop(_EXPORT, None)


def unlisted_form(page: Any, html: str) -> str:
    """Return the annotated form of a page of which feeds had the article alone; else `html`.

    An article that was changed in the meantime stays as it is, without annotations.
    """
    article, form = vars(page).pop(_UNLISTED, ("", ""))
    return form if form and html == article else html


def furniture_of(page: Any) -> PageParts | None:
    """Return the parts that a host's `page` lacks in its present form; None if it lacks nothing.

    It is kept until `forget_furniture`.
    """
    furniture: PageParts | None = vars(page).get(_FURNITURE)
    return furniture


def forget_furniture(page: Any) -> None:
    """Remove the furniture that was kept on a host's `page`."""
    vars(page).pop(_FURNITURE, None)
