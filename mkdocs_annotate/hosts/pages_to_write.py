"""The pages of `mkdocs serve` in which a person can write: finds and renders them."""

import os
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote

from mkdocs_annotate.anchoring.page import Page as PageText
from mkdocs_annotate.editorial.git import user_name
from mkdocs_annotate.hosts.conversion import annotated
from mkdocs_annotate.hosts.front_matter import parse_front_matter, parse_language
from mkdocs_annotate.hosts.host_page import HostPage
from mkdocs_annotate.hosts.logs import reporter_of, say
from mkdocs_annotate.hosts.mkdocs_page import made_of
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.sites import registry_of
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.sidecar.files import locate, sidecar_name
from mkdocs_annotate.writing.application import ARTICLE_END, WritingApplication, article_start
from mkdocs_annotate.writing.operations import WritablePage

if TYPE_CHECKING:
    from mkdocs_annotate.rendering.note_content import Resolve

# `!`: what makes pages smaller keeps such comments.
_BEGIN, _BEGIN_END, _END = "<!--!ann-page ", "-->", "<!--!/ann-page-->"

# The last line of MkDocs' own script: it reloads the page, with selections and focus lost.
_RELOAD = re.compile(r"\nlivereload\((\d+), (\d+)\);\n</script>")

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass
class _Article:
    """An article of the last build."""

    host: HostPage
    source: str
    plain: str
    """Its HTML, without annotations."""
    text: PageText | None = field(default=None, repr=False)


class PagesToWrite:
    """The pages of the last build, with markers around their articles."""

    def __init__(self) -> None:
        self._articles: dict[str, _Article] = {}
        self.options = Options()

    @property
    def _quiet(self) -> Options:
        """Return the options of a page that is looked at: nothing is written beside it."""
        return replace(self.options, exports=(), preview=True)

    def seen(self, page: Any, html: str) -> str:
        """Return the content of a host's `page` with marks around it, if it can be written."""
        found = made_of(page)
        if found is None:
            return html
        host, source = found
        name = str(page.file.src_uri)
        self._articles[name] = _Article(host, source, without_annotations(html))
        return f"{_BEGIN}{quote(name)} {_BEGIN_END}{html}{_END}"

    def open(self, server: Any) -> None:
        """Allow writing in the pages of MkDocs' `server`, if only this machine can reach it."""
        host, port = server.server_address[:2]
        if host not in _LOOPBACK:
            message = f"writing in the page is off, since other machines could reach {shown(host)}"
            hint = "write `dev_addr: 127.0.0.1:8000`, or switch `write` off"
            problem = Problem(Position("mkdocs.yml", 1, 1), Rule.BAD_OPTION, message, hint)
            reporter_of().report([problem], self.options.rules)
            return
        application = WritingApplication(server.get_app(), self, port, say)
        server.set_app(application)
        say(f"Write in the page: open {application.opened_at(server.url)}")

    def page(self, name: str) -> WritablePage | None:
        """Return the page of the article called `name`; None if the site has none."""
        article = self._articles.get(name)
        if article is None:
            return None
        host, options = article.host, self._quiet
        settings = parse_front_matter(host.meta, options.look)
        if settings.off:
            return None
        if article.text is None:
            article.text = PageText.of_html(article.plain, article.source)
        folder = host.project / options.annotations_dir if options.annotations_dir else None
        place = SidecarPlace(
            _sidecar_of(host, folder, settings.named), tuple(filter(None, (host.docs, folder)))
        )
        language = parse_language(host.meta) or host.language
        return writable_page(
            name, place, article.text, (options, host.root), language, host.resolve
        )

    changes = ""
    """Nowhere: MkDocs' own script asks whether a page has changed."""

    def name_of(self, path: str, html: str) -> str:
        """Return which article stands in `html`, a page of the site; empty for none."""
        _, found, rest = html.partition(_BEGIN)
        return unquote(rest.partition(" ")[0]) if found and _END in rest else ""

    def article(self, name: str) -> str:
        """Return the article called `name`, as it was built last, with its sidecar as it is."""
        return self._annotated(name, self._articles[name].plain)

    def _annotated(self, name: str, plain: str) -> str:
        article = self._articles[name]
        made = annotated(plain, article.source, article.host, self._quiet).page
        return plain if made is None else made.html

    def shown(self, name: str, html: str) -> str:
        """Return `html`, the page of the article `name`, as its sidecar is now."""
        head, _, rest = html.partition(_BEGIN)
        _, _, rest = rest.partition(_BEGIN_END)
        content, _, tail = rest.rpartition(_END)
        content = self._annotated(name, without_annotations(content))
        tail = _RELOAD.sub(r'\nannotateLive = "/livereload/\1/\2";\n</script>', tail)
        return f"{head}{article_start(name)}{content}{ARTICLE_END}{tail}"


class SidecarPlace(NamedTuple):
    """Where the sidecar of a page is, or would be, and the folders that it may lie in."""

    path: Path
    roots: tuple[Path, ...]


def writable_page(
    name: str,
    sidecar: SidecarPlace,
    text: PageText,
    site: tuple[Options, Path],
    language: str,
    resolve: "Resolve",
) -> WritablePage:
    """Return the page called `name` with what is known of it in a `site`.

    That is its options, and the folder that their paths begin in.
    """
    options, folder = site
    registry, _ = registry_of(folder, options)
    return WritablePage(
        name,
        *sidecar,
        text,
        options.vocabulary,
        registry,
        wording_of(options.language or language, language, options.words),
        resolve,
        options.language or language,
        _writer_of(options, folder),
    )


def _writer_of(options: Options, folder: Path) -> str:
    """Return what `by` of a new annotation says in a site in `folder`; empty for nothing.

    It is the option `me`, an empty one, too; else the name that git signs with, or the short name
    of the person who is called so.
    """
    if "me" in options.named:
        return options.me
    name = _user_name(folder)
    return next((key for key, one in options.people.items() if one.name == name), name)


_user_name = lru_cache(user_name)


def _sidecar_of(host: HostPage, folder: Path | None, named: str) -> Path:
    """Return where the sidecar of an article is, or would be."""
    found = locate(host.article, host.docs, folder, named).path
    if found is not None:
        return found
    name = sidecar_name(str(host.article))
    if folder is None:
        return Path(name)
    return folder / os.path.relpath(name, host.docs)
