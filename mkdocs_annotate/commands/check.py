"""The command `check`: is every annotation where it belongs."""

from pathlib import Path

import click

from mkdocs_annotate.commands.opening import config_option, open_articles, open_project
from mkdocs_annotate.commands.reports import as_json, as_text
from mkdocs_annotate.model.problems import in_order


@click.command()
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="One line a problem for people, or an array of objects for programs.",
)
def check(config_file: Path | None, form: str) -> None:
    r"""Report every problem in the sidecars of a site.

    Articles with a sidecar are converted as the site does it, drafts included; nothing is
    written. Each problem is one line: file:line:column, what is wrong, what to do, and the name
    of the rule.

    \b
    Exit codes: 0 all is well, 1 there are problems, 2 the site can't be read.
    """
    project = open_project(config_file)
    results = [article.result for article in open_articles(project, ()) if article.result]
    problems = in_order(
        [problem for result in results for problem in result.problems] + project.strays()
    )
    if form == "json":
        click.echo(as_json(problems), nl=False)
    else:
        annotations = sum(
            len(result.anchoring.anchors) + len(result.anchoring.orphans) for result in results
        )
        click.echo(as_text(problems), nl=False)
        click.echo(
            f"{_count(annotations, 'annotation')} in {_count(len(results), 'article')}: "
            f"{_count(len(problems), 'problem')}",
            err=True,
        )
    if problems:
        raise SystemExit(1)


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
