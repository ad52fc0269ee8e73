"""The command `export`: annotations and sources for other programs."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import click

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.opening import (
    Unreadable,
    config_option,
    open_articles,
    open_project,
)
from mkdocs_annotate.exchange.csl import csl_items
from mkdocs_annotate.exchange.web_annotation import Published, web_annotations
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.files import display_path, read_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.projects import OpenArticle, Project


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["web-annotation", "csl"]),
    required=True,
    help="W3C Web Annotation, a file for each article; or the sources cited, as CSL-JSON.",
)
@click.option("--base-url", default="", help="The site's address, without it `site_url`.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="A folder for annotations, a file for sources or one article; without it the terminal.",
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
    _tell_left_out(opened)
    exporter = _Exporter(project, base)
    if form == "csl":
        _put(exporter.sources(opened), output)
        return
    if not base:
        raise Unreadable("annotations name the page they are on: add `site_url`, or --base-url")
    named = output is not None and output.suffix in (".json", ".jsonld")
    if len(opened) > 1 and (output is None or named):
        raise Unreadable(f"{len(opened)} articles have annotations: name a folder with --output")
    for article in opened:
        file = output
        if output is not None and not named:
            file = output / _export_path(project.published(article)[1])
        _put(exporter.annotations(article), file)


def _base(address: str) -> str:
    """Return the site's address with a slash at its end; empty without one."""
    if not address:
        return ""
    link = parse_link(address)
    if not isinstance(link, Link) or link.kind is not LinkKind.EXTERNAL:
        raise Unreadable(f'"{shown(address)}" is no address of a site; write https://…')
    return link.address if link.address.endswith("/") else link.address + "/"


def _export_path(page: str) -> str:
    """Return where the annotations of a page lie: beside it, under its name unless it is index."""
    stem = re.sub(r"\.html?$", "", page)
    folder, _, name = stem.rpartition("/")
    own = "annotations.jsonld" if name == "index" else f"{name}.annotations.jsonld"
    return f"{folder}/{own}" if folder else own


def _tell_left_out(articles: list[OpenArticle]) -> None:
    results = [article.result for article in articles if article.result]
    orphans = sum(len(result.anchoring.orphans) for result in results)
    drafts = sum(
        anchor.annotation.draft for result in results for anchor in result.anchoring.anchors
    )
    for number, what in ((orphans, "without a place"), (drafts, "still a draft")):
        if number:
            click.echo(f"left out: {number} {what}", err=True)


def _put(value: Any, file: Path | None) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    except OSError as error:
        raise Unreadable(f"{display_path(file)} can't be written: {error.strerror}") from error
    click.echo(f"{display_path(file)} is written")


class _Exporter:
    """Makes the exports of one site, whose address is `base`; it may be empty for sources."""

    def __init__(self, project: Project, base: str) -> None:
        self.project = project
        self.base = base
        self.shared = project.shared_sources()

    def annotations(self, article: OpenArticle) -> dict[str, Any]:
        """Return the Web Annotations of one article."""
        assert article.result is not None
        url, file = self.project.published(article)
        address = urljoin(self.base, url)
        headings = article.page.projection.headings
        place = headings[0].range if headings else None
        title = article.page.text[place.start : place.end] if place else article.path.stem
        published = Published(
            address,
            urljoin(self.base, _export_path(file)),
            " ".join(title.split()),
            article.page.text,
            {**self.shared, **_sidecar_of(article).sources},
            article.result.marks,
            lambda link: self._whole(article, link) or link.address,
            self.project.language,
        )
        anchors = article.result.anchoring.anchors
        return web_annotations(anchors, published, self.project.options.vocabulary, __version__)

    def sources(self, articles: list[OpenArticle]) -> list[dict[str, Any]]:
        """Return the sources that are cited, each once, in order of first citation."""
        cited: dict[str, Source] = {}
        items: list[dict[str, Any]] = []
        for article in articles:
            fresh = []
            for key, source in self._cited(article).items():
                id_, number = key, 2
                # Two articles may call different documents by one key.
                while id_ in cited and cited[id_] != source:
                    id_, number = f"{key}-{number}", number + 1
                if id_ not in cited:
                    cited[id_] = source
                    fresh.append((id_, source))
            items += csl_items(fresh, partial(self._whole, article))
        return items

    def _cited(self, article: OpenArticle) -> dict[str, Source]:
        assert article.result is not None
        sidecar = _sidecar_of(article)
        known = {**self.shared, **sidecar.sources}
        anchors = sorted(article.result.anchoring.anchors, key=lambda anchor: anchor.ranges[0])
        keys = [sidecar.article.based_on]
        for anchor in anchors:
            if not anchor.annotation.draft:
                keys += [citation.source for citation in anchor.annotation.sources]
        return {key: known[key] for key in dict.fromkeys(keys) if key in known}

    def _whole(self, article: OpenArticle, link: Link) -> str | None:
        """Return the whole address of a link to a page of the site; None where that is unknown."""
        return urljoin(self.base, self.project.linked(article, link)) if self.base else None


def _sidecar_of(article: OpenArticle) -> Sidecar:
    return read_sidecar(article.sidecar, article.roots)[0]
