from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.files.paths import ASSETS, INDEX_ASSET, asset_path

WRITTEN = [*ASSETS, INDEX_ASSET]


def test_stylesheets_and_script_are_written(tmp_path):
    folder = tmp_path / "docs" / "assets"

    result = CliRunner().invoke(main, ["assets", str(folder)])

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(folder / name) for name in WRITTEN]
    for name in WRITTEN:
        assert (folder / name).read_bytes() == asset_path(name).read_bytes()
