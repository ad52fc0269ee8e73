import subprocess
import sys

import pytest
from click.testing import CliRunner

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.cli import COMMANDS, main


def test_every_command_explains_itself():
    for name in COMMANDS:
        result = CliRunner().invoke(main, [name, "--help"])

        assert result.exit_code == 0
        assert main.get_command(None, name).help


def test_the_list_of_commands_says_what_each_says_of_itself():
    own = {name: main.get_command(None, name).get_short_help_str(1000) for name in COMMANDS}

    assert own == COMMANDS
    shown = CliRunner().invoke(main, ["--help"], terminal_width=200).stdout
    assert all(f"  {name} " in shown and text in shown for name, text in COMMANDS.items())


def test_help_loads_no_command():
    program = (
        "import sys; from mkdocs_annotate.commands.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print(*(name for name in sys.modules if name.startswith('mkdocs_annotate.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    loaded = done.stdout.splitlines()[-1].split()
    assert loaded == ["mkdocs_annotate.commands", "mkdocs_annotate.commands.cli"]


def test_a_command_that_there_is_not_is_refused():
    result = CliRunner().invoke(main, ["chek"])

    assert result.exit_code == 2
    assert "No such command" in result.stderr


def test_the_version_is_told():
    assert CliRunner().invoke(main, ["--version"]).stdout.split()[-1] == __version__


def test_no_command_ends_with_a_traceback(monkeypatch):
    def fail(*_):
        raise RecursionError("too deep")

    monkeypatch.setattr("mkdocs_annotate.commands.check.open_project", fail)

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: check: mkdocs-annotate failed with RecursionError")
    assert result.stderr.count("\n") == 1


def test_a_file_that_the_system_refuses_is_named(monkeypatch):
    def fail(*_):
        raise PermissionError(13, "Permission denied", "docs/a.md")

    monkeypatch.setattr("mkdocs_annotate.commands.check.open_project", fail)

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 2
    assert "docs/a.md can't be used: Permission denied" in result.stderr


@pytest.mark.parametrize("command", ["export", "fix", "links", "pin"])
def test_an_article_that_cannot_be_converted_is_told_and_the_exit_code_says_so(draw, command):
    site = draw(
        """
        hook.py
        | def on_page_markdown(markdown, **_):
        |     raise LookupError("no")
        docs/index.md
        | The old bridge.
        docs/index.annotations.yml
        | annotations:
        |   - {quote: old, note: x}
        """
    )
    site.configure(site.config + "hooks: [hook.py]\n")
    more = ["--format", "csl"] if command == "export" else []

    result = CliRunner().invoke(main, [command, *more])

    assert result.exit_code in (1, 2)
    assert "docs/index.md:1:1: the article can't be converted" in result.stderr
    assert "Traceback" not in result.output
