"""The command `assets`: stylesheet and script for hosts that can't ship ours."""

from pathlib import Path

import click

from mkdocs_annotate.commands.open_project import Unreadable
from mkdocs_annotate.files.journal import journal, writing
from mkdocs_annotate.files.paths import ASSETS, INDEX_ASSET, asset_path
from mkdocs_annotate.files.writing import NotWritten, replace_file


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def assets(folder: Path) -> None:
    """Write the stylesheets and the script into FOLDER.

    For hosts that run the extension alone, such as Zensical. List them in the site's
    configuration, under extra_css and extra_javascript; annotate-index.css where the site has
    indexes. Files of these names are replaced.
    """
    files = {folder / name: asset_path(name).read_bytes() for name in (*ASSETS, INDEX_ASSET)}
    steps = [writing(target, data, None) for target, data in files.items()]
    with journal(Path.cwd(), "assets", steps):
        for target, data in files.items():
            try:
                replace_file(target, data)
            except NotWritten as error:
                raise Unreadable(str(error)) from error
            click.echo(str(target))
