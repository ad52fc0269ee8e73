"""The command `fix`: gives quotes that lost their passage a place again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_annotate.commands.open_project import (
    config_option,
    folder_of,
    open_articles,
    open_project,
)
from mkdocs_annotate.commands.repairing import Session, Task, changed_files, left, summary
from mkdocs_annotate.commands.terminal import Ended, counted
from mkdocs_annotate.editorial.git import Origins
from mkdocs_annotate.sidecar.editing import EditSession, open_session

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle, Project

STOPPED = 130
"""The exit code of a program that Ctrl-C stops."""


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option("--yes", is_flag=True, help="Take what git proves without asking, and no more.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def fix(articles: tuple[Path, ...], config_file: Path | None, yes: bool, dry_run: bool) -> None:
    """Find a place for quotes that have lost theirs.

    Goes through the quotes of ARTICLES, or of the whole site, that have no place or several, shows
    each passage that may be meant, and writes your choice into the sidecar at once. You can stop
    halfway, and go on from there later. Comments, order, layout and everything else in the file
    stay as they are.

    Answer with one key: y takes the first passage, a number another one, n leaves the quote as it
    is, e asks for other words, d deletes the annotation, u undoes the last answer, q stops, and ?
    explains the keys. Without a terminal, answers are read line by line.

    In a git repository the passage is found in the last version of the article in which the
    quote had its place, and followed through the edits since then.

    Exit codes: 0 every quote has a place, 1 some have none yet, 2 the site can't be read, 130
    stopped with Ctrl-C; the answers so far are kept.
    """
    project = open_project(config_file)
    tasks = list(_tasks(project, open_articles(project, articles)))
    session = Session(tasks, folder_of(project), dry_run=dry_run)
    if not session.tasks:
        click.echo("every quote has its place", err=True)
        return
    stopped = False
    try:
        if yes:
            session.take_proved()
        elif dry_run:
            session.show_all()
        else:
            session.ask_all()
    except (Ended, KeyboardInterrupt) as end:
        stopped = isinstance(end, KeyboardInterrupt) or end.stopped
        click.echo("stopped here: all answers are kept, run the command again to go on", err=True)
    _tell(session, dry_run=dry_run)
    if stopped:
        raise SystemExit(STOPPED)
    if left(session):
        raise SystemExit(1)


def _tasks(project: Project, articles: Iterable[OpenArticle]) -> Iterator[Task]:
    files: dict[Path, EditSession] = {}
    for article in articles:
        orphans = article.result.anchoring.orphans if article.result else ()
        if not orphans:
            continue
        file = files.setdefault(article.sidecar, open_session(article.sidecar))
        origins = Origins(project, article)
        for orphan in orphans:
            entry = file.number_at(orphan.annotation.position)
            yield Task(article, file, origins, orphan, entry)


def _tell(session: Session, *, dry_run: bool) -> None:
    if dry_run:
        for file in dict.fromkeys(task.file for task in session.tasks):
            click.echo(file.diff, nl=False)
        return
    for name in changed_files(session):
        click.echo(f"{name} is written")
    click.echo(summary(session), err=True)
    if number := len(session.to_be_reread):
        verb = "is" if number == 1 else "are"
        click.echo(
            f"{counted(number, 'note')} {verb} to be read again, as the passage changed: "
            "`mkdocs-annotate status` lists them",
            err=True,
        )
