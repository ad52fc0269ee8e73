"""The command `check`: is every annotation where it belongs."""

from pathlib import Path

import click

from mkdocs_annotate.commands.reports import as_json, as_text


@click.command()
@click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The site's configuration; mkdocs.yml or properdocs.yml without it.",
)
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
    try:
        # The other commands work where no builder is installed.
        from mkdocs_annotate.hosts.projects import ProjectError, check_project
    except ImportError as error:
        raise click.UsageError(
            "to convert a site as it is built, `check` needs its builder: "
            "pip install 'mkdocs-annotate[mkdocs]', or [properdocs]"
        ) from error
    path = config_file or _found_config()
    if not path.is_file():
        raise click.UsageError(f"there is no {path}; name the site's configuration with -f")
    try:
        checked = check_project(path)
    except ProjectError as error:
        raise click.UsageError(str(error)) from error
    if form == "json":
        click.echo(as_json(checked.problems), nl=False)
    else:
        click.echo(as_text(checked.problems), nl=False)
        click.echo(
            f"{_count(checked.annotations, 'annotation')} in "
            f"{_count(checked.articles, 'article')}: {_count(len(checked.problems), 'problem')}",
            err=True,
        )
    if checked.problems:
        raise SystemExit(1)


def _found_config() -> Path:
    names = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
    return next((Path(name) for name in names if Path(name).is_file()), Path(names[0]))


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
