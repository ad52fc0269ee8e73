"""A site that another program built, opened for commands."""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from mkdocs_annotate.anchoring.page import Page as PageText
from mkdocs_annotate.any_html.settings import SettingsError, SiteSettings, read_settings
from mkdocs_annotate.any_html.sidecars import sidecar_names
from mkdocs_annotate.any_html.sites import HtmlSite, address_of, source_beside
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.processes import on_all_cores
from mkdocs_annotate.hosts.project import OpenArticle, ProjectError, source_problems
from mkdocs_annotate.hosts.sites import registry_of, site_of, source_files
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.messages import nearest
from mkdocs_annotate.model.problems import Problem, shown
from mkdocs_annotate.model.reporting import levelled
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.sidecar.files import SUFFIX


class HtmlProject:
    """The pages of a built site are its articles.

    Raises ProjectError where nothing says where they or their sidecars are.
    """

    def __init__(
        self, config: Path | None = None, site: Path | None = None, sidecars: Path | None = None
    ) -> None:
        try:
            self.settings: SiteSettings = read_settings(site, sidecars, config)
        except SettingsError as error:
            raise ProjectError(str(error)) from error
        self.pages = HtmlSite(self.settings)
        self.options: Options = self.settings.options
        self.failures: list[Problem] = []
        self.docs = self.settings.site
        self.folder: Path | None = self.settings.sidecars

    @property
    def config_file(self) -> Path:
        """Return where `annotate.yml` is, or would be."""
        return self.settings.place

    @property
    def site_url(self) -> str:
        """Return the site's address; empty where nothing says it."""
        return self.settings.site_url

    @cached_property
    def site(self) -> Site:
        """Return what the pages of the site share; their language is that of the options."""
        return site_of(self.options, self.settings.folder, self.shared_sources())

    def annotated_articles(self, *, brief: bool = False) -> Iterator[OpenArticle]:
        """Yield the pages that have a sidecar; one that can't be read is a problem."""
        for opened in on_all_cores(self._opened, sorted(self.pages.pairs.sidecars)):
            if isinstance(opened, Problem):
                self.failures += levelled([opened], self.options.rules)
            else:
                yield opened

    def article(self, path: Path) -> OpenArticle:
        """Return the page at `path`, from the working folder or from the site.

        Raises ProjectError if the site has none there, or if it can't be read.
        """
        uri = self._uri(path)
        if uri is None:
            raise ProjectError(self._no_page(path))
        opened = self._opened(uri)
        if isinstance(opened, Problem):
            raise ProjectError(str(opened))
        return opened

    def article_of_sidecar(self, path: Path) -> Path | None:
        """Return the page that the sidecar at `path` belongs to; None where it has none."""
        real = path.resolve()
        for uri, name in self.pages.pairs.sidecars.items():
            if (self.settings.sidecars / name).resolve() == real:
                return self.settings.site / uri
        return None

    def page_of(self, article: OpenArticle, text: str) -> PageText | None:
        """Return the page that `article` would be with another HTML `text`; None without any."""
        inner = self.pages.article(text)
        return PageText.of_html(inner) if inner else None

    def published(self, article: OpenArticle) -> tuple[str, str]:
        """Return the address of a page and the path of its file, from the site's."""
        uri = article.path.relative_to(self.settings.site).as_posix()
        return address_of(uri), uri

    def linked(self, article: OpenArticle, link: Link) -> str:
        """Return where a link of a note leads, from the address of its page."""
        uri = article.path.relative_to(self.settings.site).as_posix()
        return self.pages.page(uri).resolve(link) or link.address

    def shared_sources(self) -> dict[str, Source]:
        """Return the sources of the site's own files, by key."""
        return registry_of(self.settings.folder, self.options)[0]

    def source_files(self) -> tuple[Path, ...]:
        """Return the site's own files of sources."""
        return source_files(self.settings.folder, self.options)

    def site_problems(self, articles: Iterable[OpenArticle], today: date) -> list[Problem]:
        """Return what is wrong with options, sidecars without a page, and shared sources."""
        told = levelled(source_problems(self, articles, today), self.options.rules)
        return [*self.pages.problems, *told]

    def left_out(self) -> list[Path]:
        """Return none: every page that is there is built."""
        return []

    def _opened(self, uri: str) -> OpenArticle | Problem:
        read = self.pages.read(uri)
        if read.decoded is None:
            assert read.problem is not None
            return read.problem
        text = read.decoded.text
        sidecar = self.pages.sidecar_of(uri)
        result: RenderedPage | None = None
        if sidecar is not None:
            # Drafts are annotations of the article, too.
            result, _ = self.pages.annotated(uri, text, preview=True)
        path = self.settings.site / uri
        lying = sidecar or self.settings.sidecars / sidecar_names(uri)[0]
        return OpenArticle(
            path,
            lying,
            (self.settings.sidecars,),
            self.pages.article(text),
            source_beside(lying),
            result,
            path.stem if path.stem != "index" else path.parent.name,
            self.options.language,
        )

    def _uri(self, path: Path) -> str | None:
        """Return the path of a page in the site, however it is named; None for no page."""
        typed = Path(os.path.normpath(path))
        for candidate in (typed, self.settings.site / typed):
            for name in (candidate, candidate / "index.html", Path(f"{candidate}.html")):
                uri = Path(os.path.relpath(name, self.settings.site)).as_posix()
                if uri in self._known:
                    return uri
        return None

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.pages.pages)

    def _no_page(self, path: Path) -> str:
        name = display_path(path)
        if path.name.endswith(SUFFIX):
            return f"{name} is a sidecar, and no page of the built site belongs to it"
        near = nearest(path.as_posix(), [display_path(self.settings.site / u) for u in self._known])
        hint = f"did you mean {near}?" if near else f"they lie in {shown(str(self.docs))}/"
        return f"{name} is no page of the built site; {hint}"
