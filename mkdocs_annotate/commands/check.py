"""The command `check`: reports every problem of a site or of some articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_annotate.commands.baselines import (
    BadBaseline,
    as_gone,
    entries_of,
    read_baseline,
    write_baseline,
)
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    open_articles,
    open_project,
)
from mkdocs_annotate.commands.terminal import (
    as_github,
    as_json,
    as_sarif,
    as_text,
    counted,
    project_addresses,
    with_unused_counted,
)
from mkdocs_annotate.editorial.git import from_repository
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule, in_order
from mkdocs_annotate.model.reporting import internal_error

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle, Project

_FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": lambda problems: as_github(from_repository(problems)),
    "sarif": lambda problems: as_sarif(from_repository(problems), project_addresses()),
}
_FOR_PEOPLE = ("text", "github")


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="text",
    show_default=True,
    help="One line a problem for people, an array of objects for programs, workflow commands "
    "for GitHub, or SARIF for code scanning.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file of known problems, which are left out.",
)
@click.option(
    "--update-baseline", is_flag=True, help="Write all present problems into that file first."
)
@click.option("--unused", is_flag=True, help="List every shared source that nothing cites.")
def check(
    articles: tuple[Path, ...],
    config_file: Path | None,
    form: str,
    baseline: Path | None,
    update_baseline: bool,
    unused: bool,
) -> None:
    """Report every problem in the sidecars of ARTICLES, or of the whole site.

    Articles with a sidecar are converted as the site does it, drafts included; nothing is
    written, except for the baseline where you ask for it. Each problem is one line:
    file:line:column, what is wrong, what to do, and the name of the rule. Lines with `info:` are
    for your information; those with `error:` make a build fail.

    Exit codes: 0 all is well, 1 there are problems that are more than information, 2 the site or
    the baseline can't be read.
    """
    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline, which names the file")
    if update_baseline and articles:
        raise click.UsageError("--update-baseline is about the whole site: name no articles")
    project = open_project(config_file)
    opened = open_articles(project, articles, report=False, brief=True)
    annotated = [article for article in opened if article.result]
    results = [article.result for article in annotated if article.result]
    found = [problem for result in results for problem in result.problems] + project.failures
    if not articles:
        found += _site_problems(project, annotated)
    problems = in_order(found)
    new = problems
    if baseline:
        new = _not_in(baseline, problems, update=update_baseline, whole=not articles)
    shown = new if unused or form not in _FOR_PEOPLE else with_unused_counted(new)
    click.echo(_FORMATS[form](shown), nl=False)
    if form in _FOR_PEOPLE:
        annotations = sum(
            len(result.anchoring.anchors) + len(result.anchoring.orphans) for result in results
        )
        known = f", {len(problems) - len(new)} known" if baseline else ""
        click.echo(
            f"{counted(annotations, 'annotation')} in {counted(len(results), 'article')}: "
            f"{counted(len(new), 'new problem' if baseline else 'problem')}{_infos(new)}{known}",
            err=True,
        )
        _print_next_step(opened, new)
        if left_out := () if articles else project.left_out():
            names = ", ".join(map(display_path, left_out))
            click.echo(f"not checked, because their articles are not built here: {names}", err=True)
    if any(problem.level != Level.INFO for problem in new):
        raise SystemExit(1)


def _site_problems(project: Project, articles: Sequence[OpenArticle]) -> list[Problem]:
    """Return what is wrong with the site as a whole, and an error of ours as a problem."""
    try:
        return project.site_problems(articles, date.today())
    except Exception as error:
        file = display_path(project.config_file)
        return [internal_error(error, Position(file, 1, 1))]


def _infos(problems: Sequence[Problem]) -> str:
    number = sum(problem.level == Level.INFO for problem in problems)
    return f" ({number} for information)" if number else ""


def _print_next_step(opened: Sequence[OpenArticle], problems: Sequence[Problem]) -> None:
    """Say which command helps: where quotes have no place, and where there is no sidecar."""
    lost = sum(problem.rule in (Rule.ORPHAN, Rule.AMBIGUOUS) for problem in problems)
    if lost:
        verb = "has no place, or several" if lost == 1 else "have no place, or several"
        click.echo(
            f"{counted(lost, 'quote')} {verb}: `mkdocs-annotate fix` shows where each may belong",
            err=True,
        )
    for article in opened:
        if article.result is None:
            name = display_path(article.path)
            click.echo(
                f"{name} has no sidecar: `mkdocs-annotate new {name}` writes "
                f"{display_path(article.sidecar)}",
                err=True,
            )


def _not_in(
    path: Path, problems: Sequence[Problem], *, update: bool, whole: bool
) -> tuple[Problem, ...]:
    """Return those of `problems` that are not in the baseline at `path`.

    If `problems` are those of the whole site, prints which entries of the baseline are no longer
    needed.  Raises Unreadable.
    """
    entries = entries_of(from_repository(problems))
    try:
        if update:
            write_baseline(path, entries)
        baseline = read_baseline(path)
    except BadBaseline as error:
        raise Unreadable(str(error)) from error
    if whole:
        click.echo(as_gone(baseline, entries), nl=False, err=True)
    pairs = zip(problems, entries, strict=True)
    return tuple(problem for problem, entry in pairs if entry not in baseline)
