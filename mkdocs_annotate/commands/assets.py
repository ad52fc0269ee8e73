"""The command `assets`: stylesheet and script for hosts that can't ship ours."""

from pathlib import Path

import click

from mkdocs_annotate.hosts.package_assets import ASSETS, INDEX_ASSET, asset_path


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def assets(folder: Path) -> None:
    """Write the stylesheets and the script into FOLDER.

    For hosts that run the extension alone, such as Zensical. List them in the site's
    configuration, under extra_css and extra_javascript; annotate-index.css where the site has
    indexes. Files of these names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*ASSETS, INDEX_ASSET):
        target = folder / name
        target.write_bytes(asset_path(name).read_bytes())
        click.echo(str(target))
