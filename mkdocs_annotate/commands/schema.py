"""The command `schema`: the format of sidecars for editors."""

import json
from pathlib import Path

import click

from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    has_config,
    open_project,
)
from mkdocs_annotate.files.journal import journal, writing
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import NotWritten, replace_file
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.schema import Names, sidecar_schema, sources_schema


@click.command()
@config_option
@click.option("--sources", is_flag=True, help="Print the schema of files like sources.yml instead.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write it to."
)
def schema(config_file: Path | None, sources: bool, output: Path | None) -> None:
    """Print the JSON Schema of sidecars, with the kinds, sources and people of the site.

    It offers the site's kinds, the keys of its shared sources and its people, and refuses kinds
    that the site doesn't have. Print it again when these change.

    Save it with --output and name it in the first line of a sidecar: then the editor completes
    keys and underlines mistakes while you type:

      # yaml-language-server: $schema=annotations.schema.json
    """
    names = _names(config_file)
    printed = sources_schema if sources else sidecar_schema
    text = json.dumps(printed(names), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        click.echo(text, nl=False)
        return
    data = text.encode()
    with journal(Path.cwd(), "schema", [writing(output, data, None)]):
        try:
            replace_file(output, data)
        except NotWritten as error:
            raise Unreadable(str(error)) from error
    click.echo(f"{display_path(output)} is written")


def _names(config_file: Path | None) -> Names:
    """Return the names of the site; the default kinds where there is none that can be read."""
    if config_file is None and not has_config():
        return Names(DEFAULT_VOCABULARY)
    try:
        project = open_project(config_file)
    except Unreadable as error:
        if config_file is not None:
            raise
        click.echo(
            f"the schema has the default kinds only, since the site can't be read: {error}",
            err=True,
        )
        return Names(DEFAULT_VOCABULARY)
    return Names(
        project.options.vocabulary,
        complete=True,
        sources={key: source.title for key, source in project.shared_sources().items()},
        people={initials: one.name for initials, one in project.options.people.items()},
    )
