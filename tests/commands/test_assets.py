from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.hosts.package_assets import ASSETS, asset_path


def test_stylesheet_and_script_are_written(tmp_path):
    folder = tmp_path / "docs" / "assets"

    result = CliRunner().invoke(main, ["assets", str(folder)])

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(folder / name) for name in ASSETS]
    for name in ASSETS:
        assert (folder / name).read_bytes() == asset_path(name).read_bytes()
