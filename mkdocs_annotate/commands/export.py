"""The command `export`: annotations and sources for other programs."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

import click

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    folder_of,
    open_articles,
    open_project,
    working_on,
)
from mkdocs_annotate.exchange.csl import CslList
from mkdocs_annotate.exchange.publication import ANNOTATIONS, PublishedArticle, path_beside
from mkdocs_annotate.exchange.schema_org import schema_org
from mkdocs_annotate.exchange.web_annotation import web_annotations
from mkdocs_annotate.files.journal import journal, writing
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import NotWritten, replace_file
from mkdocs_annotate.hosts.publishing import published
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.sidecar.files import read_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle, Project


_NAMES = {"web-annotation": ANNOTATIONS, "schema-org": "schema-org.jsonld"}


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["web-annotation", "schema-org", "csl"]),
    required=True,
    help="W3C Web Annotation or schema.org, a file for each article; the sources, as CSL-JSON.",
)
@click.option(
    "--base-url", default="", help="The site's address; by default `site_url` of the configuration."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="A folder for annotations, a file for sources or one article; by default the terminal.",
)
def export(
    articles: tuple[Path, ...],
    config_file: Path | None,
    form: str,
    base_url: str,
    output: Path | None,
) -> None:
    """Write the annotations of ARTICLES, or of the whole site, for other programs.

    Drafts, and annotations that have no place in their article, are left out. Files of the same
    names are replaced.
    """
    project = open_project(config_file)
    base = _base(base_url or project.site_url)
    opened = [one for one in open_articles(project, articles) if one.result]
    if not opened:
        raise Unreadable("no article has annotations; `mkdocs-annotate new` makes a sidecar")
    _report_left_out(opened)
    exporter = _Exporter(project, base)
    if form == "csl":
        _write([(output, _text(exporter.sources(opened)))], folder_of(project))
        return
    if not base:
        raise Unreadable("annotations name the page they are on: add `site_url`, or --base-url")
    named = output is not None and output.suffix in (".json", ".jsonld")
    if len(opened) > 1 and (output is None or named):
        raise Unreadable(f"{len(opened)} articles have annotations: name a folder with --output")
    make = exporter.annotations if form == "web-annotation" else exporter.schema_org
    made: list[tuple[Path | None, str]] = []
    for article in opened:
        with working_on(article.sidecar):
            value = make(article)
            if value is not None:
                file = output
                if output is not None and not named:
                    file = output / path_beside(project.published(article)[1], _NAMES[form])
                made.append((file, _text(value)))
    _write(made, folder_of(project))


def _base(address: str) -> str:
    """Return the site's address with a slash at its end; empty without one."""
    if not address:
        return ""
    link = parse_link(address)
    if not isinstance(link, Link) or link.kind is not LinkKind.EXTERNAL:
        raise Unreadable(f'"{shown(address)}" is not the address of a site; write https://…')
    return link.address if link.address.endswith("/") else link.address + "/"


def _report_left_out(articles: list[OpenArticle]) -> None:
    results = [article.result for article in articles if article.result]
    orphans = sum(len(result.anchoring.orphans) for result in results)
    drafts = sum(
        anchor.annotation.draft for result in results for anchor in result.anchoring.anchors
    )
    for number, what in ((orphans, "without a place"), (drafts, "still a draft")):
        if number:
            click.echo(f"left out: {number} {what}", err=True)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(made: list[tuple[Path | None, str]], folder: Path) -> None:
    """Write each text to its file, whole or not at all; without one, to the terminal.

    `folder` is that of the site.  Raises Unreadable, with the old file as it was.
    """
    steps = [writing(file, text.encode(), _now(file)) for file, text in made if file]
    with journal(folder, "export", steps):
        for file, text in made:
            if file is None:
                click.echo(text, nl=False)
                continue
            try:
                replace_file(file, text.encode())
            except NotWritten as error:
                raise Unreadable(str(error)) from error
            click.echo(f"{display_path(file)} is written")


def _now(file: Path) -> bytes | None:
    """Return the bytes of a file; None if it is missing or can't be read."""
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return None


class _Exporter:
    """Makes the exports of one site, whose address is `base`; it may be empty for sources."""

    def __init__(self, project: Project, base: str) -> None:
        self.project = project
        self.base = base
        self.site = project.site

    def annotations(self, article: OpenArticle) -> dict[str, Any] | None:
        """Return the Web Annotations of one article; None without any but drafts."""
        address = urljoin(self.base, quote(path_beside(self.project.published(article)[1])))
        exported = self._published(article)
        if not exported.anchors:
            return None
        return web_annotations(exported, address, self.site.vocabulary, __version__)

    def schema_org(self, article: OpenArticle) -> dict[str, Any] | None:
        """Return one article as schema.org describes it; None without annotations."""
        exported = self._published(article)
        if not exported.anchors and exported.article == Article():
            return None
        return schema_org(exported, self.site.vocabulary)

    def sources(self, articles: list[OpenArticle]) -> list[dict[str, Any]]:
        """Return the sources that are cited, each once, in order of first citation."""
        sources = CslList()
        for article in articles:
            with working_on(article.sidecar):
                sources.add(self._published(article).cited(), partial(self._whole, article))
        return list(sources.items())

    def _published(self, article: OpenArticle) -> PublishedArticle:
        assert article.result is not None
        return published(
            article.page.projection,
            read_sidecar(article.sidecar, article.roots)[0],
            article.result,
            self.site,
            address=self._address(article),
            title=article.name,
            linked=partial(self._whole, article),
            language=article.language,
        )

    def _address(self, article: OpenArticle) -> str:
        return urljoin(self.base, self.project.published(article)[0])

    def _whole(self, article: OpenArticle, link: Link) -> str | None:
        """Return the whole address of a link to a page of the site; None if it is unknown."""
        if not self.base:
            return None
        return urljoin(self._address(article), self.project.linked(article, link))
