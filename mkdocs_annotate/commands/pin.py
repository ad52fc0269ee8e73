"""The command `pin`: writes down what stands around passages, while they have their place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin as pinned
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    open_articles,
    open_project,
    working_on,
)
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import NotWritten
from mkdocs_annotate.model.sidecar import Occurrence
from mkdocs_annotate.sidecar.editing import Uneditable, open_session

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.opened_articles import OpenArticle


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option("--all", "every", is_flag=True, help="Pin quotes that stand only once as well.")
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")
def pin(articles: tuple[Path, ...], config_file: Path | None, every: bool, dry_run: bool) -> None:
    """Write prefix and suffix beside quotes whose place is told by a count alone.

    Of equal passages a count can't tell that one was deleted and another added; words beside them
    can. They are the fewest whole words that tell the place from all others, now and after the
    passage, its sentence or its paragraph is deleted. Quotes that have a prefix or suffix keep it.
    """
    for article in open_articles(open_project(config_file), articles):
        if article.result is None or not article.result.anchoring.anchors:
            continue
        with working_on(article.sidecar):
            _pin(article, every=every, dry_run=dry_run)


def _pin(article: OpenArticle, *, every: bool, dry_run: bool) -> None:
    """Pin the quotes of one article.  Raises Unreadable where its sidecar can't be written."""
    assert article.result is not None
    file = open_session(article.sidecar)
    count = 0
    for anchor in article.result.anchoring.anchors:
        values = _values(anchor, article.page, every=every)
        if not values:
            continue
        try:
            file.set_annotation(file.number_at(anchor.annotation.position), values)
            count += 1
        except Uneditable as error:
            click.echo(str(error), err=True)
    if dry_run:
        click.echo(file.diff, nl=False)
        click.echo(f"{display_path(article.sidecar)}: {count} to be pinned", err=True)
        return
    try:
        if count:
            file.write()
    except NotWritten as error:
        raise Unreadable(str(error)) from error
    click.echo(f"{display_path(article.sidecar)}: {count} pinned")


def _values(anchor: Anchor, page: Page, *, every: bool) -> dict[str, str]:
    """Return what to write for one annotation; nothing if it needs or bears no more."""
    quote = anchor.annotation.quote
    if quote.prefix or quote.suffix or quote.through or len(anchor.ranges) > 1:
        return {}
    (place,) = anchor.ranges
    found = pinned(quote.exact, place, page, prefix_least=1 if every else 0)
    found = found or pinned(quote.exact, place, page, suffix_least=1 if every else 0)
    if found is None or not (found.prefix or found.suffix):
        return {}
    if quote.occurrence and not found.occurrence:
        found = replace(found, occurrence=Occurrence(1, 1))
    return found.values
