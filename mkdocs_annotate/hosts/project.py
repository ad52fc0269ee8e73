"""The interface of sites for commands, whatever program builds them, and opened articles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.editorial.overview import cited_by, not_archived, unused
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.sites import is_in_bibliography
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Level, Problem
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.sidecar.files import read_sidecar


class ProjectError(Exception):
    """A project can't be read; the message says why, in the writer's words."""


@dataclass(frozen=True)
class OpenArticle:
    """An article as its site renders it, and what was made of its sidecar."""

    path: Path
    sidecar: Path
    """Where its sidecar is, or would be."""

    roots: tuple[Path, ...]
    """Folders that a sidecar may lie in."""

    html: str
    """The article as its host converts it, without annotations."""

    markdown: str
    """The Markdown that it was converted from."""

    result: RenderedPage | None
    """The annotated page; None without a sidecar."""

    name: str
    """What it is called where it has no heading."""

    language: str
    """The language of its notes; empty where unknown."""

    @cached_property
    def page(self) -> Page:
        """Return the article's own text, prepared for searching; many commands need none."""
        return Page.of_html(self.html, self.markdown)


class Opened(NamedTuple):
    """The result of opening an article: it is open, can't be converted, or has no sidecar."""

    article: OpenArticle | None = None
    failure: Problem | None = None
    meta: Mapping[str, Any] | None = None
    """Its front matter; None where it was not read."""

    def brief(self) -> "Opened":
        """Return an article with its problems and the number of its annotations alone.

        To send all of it from one process to another takes a third of the time to make it.
        """
        article = self.article
        if article is None or article.result is None:
            return self
        # As many as there are, and all of them the first, which is sent once.
        anchors, orphans = article.result.anchoring.anchors, article.result.anchoring.orphans
        anchoring = replace(
            article.result.anchoring,
            anchors=anchors[:1] * len(anchors),
            orphans=orphans[:1] * len(orphans),
        )
        result = RenderedPage("", article.result.problems, anchoring=anchoring)
        return self._replace(article=replace(article, html="", markdown="", result=result))


class Project(Protocol):
    """An opened site of any builder."""

    options: Options
    failures: list[Problem]
    """The problems of articles that could not be converted so far."""

    docs: Path
    """The folder of its articles."""

    folder: Path | None
    """The folder of its sidecars; None where they lie beside the articles."""

    @property
    def config_file(self) -> Path:
        """Return the configuration; it may not be there."""

    @property
    def site_url(self) -> str:
        """Return the site's address; empty where the configuration has none."""

    @property
    def site(self) -> Site:
        """Return what the pages of the site share."""

    def annotated_articles(self, *, brief: bool = False) -> Iterator[OpenArticle]:
        """Yield the articles that have a sidecar; one that fails is a problem in `failures`.

        With `brief` they may have no more than their problems and the number of annotations.
        """

    def article(self, path: Path) -> OpenArticle:
        """Return the article at `path`.  Raises ProjectError if the site has none there."""

    def article_of_sidecar(self, path: Path) -> Path | None:
        """Return the path of the article that the sidecar at `path` belongs to; else None."""

    def page_of(self, article: OpenArticle, text: str) -> Page | None:
        """Return the page that `article` would be with another text; None if it can't be made."""

    def published(self, article: OpenArticle) -> tuple[str, str]:
        """Return the address of an article's page and the path of its file, from the site's."""

    def linked(self, article: OpenArticle, link: Link) -> str:
        """Return where a link of `article` to its site leads, from the address of its page."""

    def shared_sources(self) -> dict[str, Source]:
        """Return the sources of the site's own files, by key."""

    def source_files(self) -> tuple[Path, ...]:
        """Return the site's own files of sources."""

    def site_problems(self, articles: Iterable[OpenArticle], today: date) -> list[Problem]:
        """Return what is wrong with the site beside its single pages."""

    def left_out(self) -> list[Path]:
        """Return the sidecars of articles that are not built."""


def source_problems(
    project: Project, articles: Iterable[OpenArticle], today: date
) -> list[Problem]:
    """Return what is wrong with the sources of a site, whose annotated articles are `articles`.

    Shared ones that none of them cites, unless a bibliography has them, and those that lack a
    copy `today`.
    """
    shared = project.shared_sources()
    cited, sources, mistaken = set[str](), list(shared.values()), False
    for article in articles:
        sidecar, wrong = read_sidecar(article.sidecar, article.roots)
        cited |= cited_by(sidecar)
        sources += sidecar.sources.values()
        mistaken = mistaken or bool(wrong)
    problems: list[Problem] = []
    # An entry with a mistake may cite what seems to be unused.
    if not mistaken:
        ours = {key: one for key, one in shared.items() if not is_in_bibliography(one)}
        problems += unused(ours, cited, Level.INFO)
    return problems + not_archived(sources, today, project.options.rules.archive_after_days)


def unlisted(config_file: Path) -> str:
    """Return the message for a configuration that does not name us."""
    if config_file.suffix == ".toml":
        return (
            f"{config_file.name} does not list the extension `mkdocs_annotate`; add "
            "`[project.markdown_extensions.mkdocs_annotate]`"
        )
    return (
        f"{config_file.name} lists neither the plugin `annotate` nor the extension "
        "`mkdocs_annotate`; add `- annotate` under `plugins:`"
    )
