"""The commands `assets` and `schema`: files of ours for other hosts, and for editors."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    has_config,
    open_project,
)
from mkdocs_annotate.files.journal import journal, writing
from mkdocs_annotate.files.paths import ASSETS, INDEX_ASSET, asset_path, display_path
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
    for path in _written("schema", {output: text.encode()}):
        click.echo(f"{display_path(path)} is written")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def assets(folder: Path) -> None:
    """Write the stylesheets and the script into FOLDER.

    For hosts that run the extension alone, such as Zensical. List them in the site's
    configuration, under extra_css and extra_javascript; annotate-index.css where the site has
    indexes. Files of these names are replaced.
    """
    files = {folder / name: asset_path(name).read_bytes() for name in (*ASSETS, INDEX_ASSET)}
    for path in _written("assets", files):
        click.echo(str(path))


def _written(command: str, files: Mapping[Path, bytes]) -> Iterator[Path]:
    """Write `files`, and yield the path of each; raises Unreadable for one that can't be."""
    steps = [writing(target, data, None) for target, data in files.items()]
    with journal(Path.cwd(), command, steps):
        for target, data in files.items():
            try:
                replace_file(target, data)
            except NotWritten as error:
                raise Unreadable(str(error)) from error
            yield target


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
