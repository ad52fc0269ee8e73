"""The command `status`: what is unfinished, who wrote what, and how old it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from mkdocs_annotate.anchoring.anchors import Orphan
from mkdocs_annotate.commands.open_project import config_option, open_articles, open_project
from mkdocs_annotate.commands.terminal import counted
from mkdocs_annotate.editorial.overview import Contributor, Overview, overview_of
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.model.sidecar import Annotation
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.files import read_sidecar


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lists for people, or one object for programs.",
)
def status(articles: tuple[Path, ...], config_file: Path | None, form: str) -> None:
    """Show what is unfinished in the sidecars of ARTICLES, or of the whole site.

    Lists drafts, the oldest first; quotes that have lost their place; notes to be read again,
    since their passage changed; who has signed how many annotations, and when; and the sources
    that are cited and have no archived copy. None of this is a mistake; `check` reports mistakes.
    """
    project = open_project(config_file)
    annotated = [article for article in open_articles(project, articles) if article.result]
    sidecars = [read_sidecar(article.sidecar, article.roots)[0] for article in annotated]
    orphans = [
        orphan
        for article in annotated
        for orphan in (article.result.anchoring.orphans if article.result else ())
    ]
    overview = overview_of(sidecars, project.shared_sources(), project.options.people)
    if form == "json":
        text = json.dumps(
            _as_object(overview, orphans, len(annotated)), ensure_ascii=False, indent=2
        )
        click.echo(text)
        return
    click.echo(
        f"{counted(overview.annotations, 'annotation')} in {counted(len(annotated), 'article')}"
    )
    for heading, lines in _sections(overview, orphans):
        if lines:
            click.echo(f"\n{heading}:")
            click.echo("".join(f"  {line}\n" for line in lines), nl=False)


def _sections(overview: Overview, orphans: Sequence[Orphan]) -> Iterator[tuple[str, list[str]]]:
    drafts, lost, copyless = overview.drafts, orphans, overview.copyless
    yield counted(len(drafts), "draft"), [_line(entry) for entry in drafts]
    yield (
        f"{counted(len(lost), 'quote')} without a place (`mkdocs-annotate fix`)",
        [_line(orphan.annotation) for orphan in lost],
    )
    yield (
        f"{counted(len(overview.to_be_reread), 'note')} to be read again, as the passage changed",
        [_line(entry) for entry in overview.to_be_reread],
    )
    yield "signed by", [_signed(author) for author in overview.authors]
    yield (
        f"{counted(len(copyless), 'source')} without an archived copy "
        "(`mkdocs-annotate links --archive --write`)",
        [_copyless(source) for source in copyless],
    )


def _line(entry: Annotation) -> str:
    details = [entry.kind, shown(entry.by), str(entry.date or "no date")]
    listed = ", ".join(filter(None, details))
    return f"{entry.position}: “{shown(entry.quote.exact)}” ({listed})"


def _signed(author: Contributor) -> str:
    drafts = f", {counted(author.drafts, 'draft')}" if author.drafts else ""
    return (
        f"{shown(author.name) or 'nobody'}: {counted(author.annotations, 'annotation')}{drafts}"
        f"{_span(author.first, author.last)}"
    )


def _span(first: Date | None, last: Date | None) -> str:
    if first is None:
        return ", no date"
    return f", {first}" if first == last else f", {first} to {last}"


def _copyless(source: Source) -> str:
    looked_at = f"accessed {source.accessed}" if source.accessed else "no `accessed`"
    return f"{source.position}: `{shown(source.label)}`, {looked_at}"


def _as_object(overview: Overview, orphans: Sequence[Orphan], articles: int) -> dict[str, Any]:
    """Return all that is known, for programs; keys may be added and are never removed."""
    return {
        "articles": articles,
        "annotations": overview.annotations,
        "drafts": [_as_entry(entry) for entry in overview.drafts],
        "to_be_reread": [_as_entry(entry) for entry in overview.to_be_reread],
        "without_place": [_as_entry(orphan.annotation) for orphan in orphans],
        "signed": [
            {
                "by": author.name,
                "annotations": author.annotations,
                "drafts": author.drafts,
                "first": str(author.first or ""),
                "last": str(author.last or ""),
            }
            for author in overview.authors
        ],
        "sources_without_copy": [
            {
                "file": source.position.file,
                "line": source.position.line,
                "column": source.position.column,
                "source": source.key,
                "title": source.title,
                "accessed": str(source.accessed or ""),
            }
            for source in overview.copyless
        ],
    }


def _as_entry(entry: Annotation) -> dict[str, Any]:
    return {
        "file": entry.position.file,
        "line": entry.position.line,
        "column": entry.position.column,
        "quote": entry.quote.exact,
        "kind": entry.kind,
        "by": entry.by,
        "date": str(entry.date or ""),
    }
