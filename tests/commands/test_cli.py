from click.testing import CliRunner

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.cli import main


def test_every_command_explains_itself():
    for name, command in main.commands.items():
        result = CliRunner().invoke(main, [name, "--help"])

        assert result.exit_code == 0
        assert command.help


def test_the_version_is_told():
    assert CliRunner().invoke(main, ["--version"]).stdout.split()[-1] == __version__
