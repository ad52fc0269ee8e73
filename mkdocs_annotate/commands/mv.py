"""The command `mv`: moves an article with its sidecar, and mends what points to them."""

from pathlib import Path

import click

from mkdocs_annotate.commands.opening import Unreadable, config_option, folder_of, open_markdown
from mkdocs_annotate.commands.relocation import Plan, plan_of
from mkdocs_annotate.commands.reports import as_diff
from mkdocs_annotate.commands.writes import NotDone, write_all
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.sidecar.files import display_path


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@config_option
@click.option("--dry-run", is_flag=True, help="Show every edit as a diff, and write nothing.")
def mv(old: Path, new: Path, config_file: Path | None, dry_run: bool) -> None:
    """Move the article OLD, with its sidecar, to NEW, a path or a folder.

    Links to it in other articles and in notes are mended, and so are its own, its entry in `nav`,
    and the path of a sidecar in front matter. Nothing is overwritten; if one file can't be
    written, what was done before it is undone. What can't be mended is listed.

    Exit codes: 0 all is done, 1 something is left to do by hand, 2 nothing was moved.
    """
    project = open_markdown(config_file)
    plan = plan_of(project, old, new)
    if dry_run:
        for edit in plan.edits:
            click.echo(as_diff(edit.before, edit.after, edit.path), nl=False)
    else:
        try:
            write_all(plan.edits, plan.renames, folder_of(project), "mv")
        except NotDone as error:
            raise Unreadable(str(error)) from error
    _tell(plan)
    if plan.left:
        raise SystemExit(1)


def _tell(plan: Plan) -> None:
    for before, after in plan.renames:
        click.echo(f"{display_path(before)} → {display_path(after)}")
    for path, count in plan.counts.items():
        click.echo(f"{display_path(path)}: {count} mended")
    if plan.left:
        click.echo("left to do by hand:")
        for line in plan.left:
            file, _, rest = line.partition(": ")
            click.echo(f"{file}: {shown(rest)}")
