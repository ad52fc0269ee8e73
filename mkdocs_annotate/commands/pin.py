"""The command `pin`: writes the words around passages into the sidecar, as prefix and suffix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin as pinned
from mkdocs_annotate.commands.open_project import (
    config_option,
    folder_of,
    open_articles,
    open_project,
    working_on,
    write_sessions,
)
from mkdocs_annotate.model.sidecar import Occurrence
from mkdocs_annotate.sidecar.editing import EditSession, Uneditable, open_session


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option("--all", "every", is_flag=True, help="Pin quotes that stand only once as well.")
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff, and write nothing.")
def pin(articles: tuple[Path, ...], config_file: Path | None, every: bool, dry_run: bool) -> None:
    """Write prefix and suffix for quotes whose place is given by a count alone.

    Where one of several equal passages is deleted and another is added, the count stays the same,
    but the words beside them differ. `pin` writes the fewest whole words that tell the place from
    all others, now and after the passage, its sentence or its paragraph is deleted. A quote that
    has a prefix or suffix keeps it.
    """
    project = open_project(config_file)
    files: dict[Path, EditSession] = {}
    counts: Counter[Path] = Counter()
    for article in open_articles(project, articles):
        anchors = article.result.anchoring.anchors if article.result else ()
        if not anchors:
            continue
        with working_on(article.sidecar):
            file = files.setdefault(article.sidecar, open_session(article.sidecar))
            counts[article.sidecar] += _pin(anchors, article.page, file, every)
    refused = {} if dry_run else write_sessions(files.values(), folder_of(project), "pin")
    for path, file in files.items():
        _tell(file, counts[path], refused.get(path, ""), dry_run=dry_run)
    if refused:
        raise SystemExit(2)


def _pin(anchors: Iterable[Anchor], page: Page, file: EditSession, every: bool) -> int:
    """Pin quotes in the text of their sidecar; return how many."""
    count = 0
    for anchor in anchors:
        values = _values(anchor, page, every=every)
        if not values:
            continue
        try:
            file.set_annotation(file.number_at(anchor.annotation.position), values)
            count += 1
        except Uneditable as error:
            click.echo(str(error), err=True)
    return count


def _tell(file: EditSession, count: int, refused: str, *, dry_run: bool) -> None:
    if refused:
        click.echo(f"Error: {refused}", err=True)
    elif dry_run:
        click.echo(file.diff, nl=False)
        click.echo(f"{file.file}: {count} to be pinned", err=True)
    else:
        click.echo(f"{file.file}: {count} pinned")


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
