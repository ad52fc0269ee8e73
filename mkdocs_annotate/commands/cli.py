"""The command `mkdocs-annotate`."""

import errno
from importlib import import_module
from typing import Any

import click

from mkdocs_annotate import __version__

COMMANDS = {
    "add": "Add an annotation of QUOTE to the sidecar of ARTICLE.",
    "assets": "Write the stylesheets and the script into FOLDER.",
    "check": "Report every problem in the sidecars of ARTICLES, or of the whole site.",
    "export": "Write the annotations of ARTICLES, or of the whole site, for other programs.",
    "fix": "Find a place for quotes that have lost theirs.",
    "import": (
        "Add the annotations or sources in FILES to a sidecar, or to a file of shared sources."
    ),
    "links": "Check whether the sources are still there.",
    "mv": "Move the article OLD, with its sidecar, to NEW, a path or a folder.",
    "new": "Write a starter sidecar for ARTICLE.",
    "pin": "Write prefix and suffix for quotes whose place is given by a count alone.",
    "render": "Annotate the pages of SITE, a folder of HTML that any program built.",
    "schema": "Print the JSON Schema of sidecars, with the kinds, sources and people of the site.",
    "status": "Show what is unfinished in the sidecars of ARTICLES, or of the whole site.",
    "write": "Show the built pages of SITE in your browser, and write their annotations there.",
}
"""The commands and the first line of the help of each; a command is loaded when it is called."""

_ELSEWHERE = {
    "assets": ("shipped_files", "assets"),
    "import": ("imports", "import_"),
    "schema": ("shipped_files", "schema"),
    "write": ("render", "write"),
}
"""Modules and functions of commands that are not called as the command is."""


class _Commands(click.Group):
    """Commands that are loaded when they are called, and never end with a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = _ELSEWHERE.get(cmd_name, (cmd_name, cmd_name))
        command: click.Command = getattr(import_module(f"mkdocs_annotate.commands.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        named = [click.Command(name, help=text) for name, text in COMMANDS.items()]
        click.Group(commands=named).format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            # Whoever reads what is printed has enough: click knows what to do then.
            if error.errno == errno.EPIPE:
                raise
            raise _unreadable(_unusable(error)) from error
        except Exception as error:
            raise _unreadable(_failure(ctx, error)) from error
        # Imported here, as in what follows: help is shown sooner without.
        from mkdocs_annotate.commands.open_project import has_failed

        if has_failed(ctx):
            ctx.exit(1)
        return result


def _unreadable(message: str) -> click.ClickException:
    from mkdocs_annotate.commands.open_project import Unreadable

    return Unreadable(message)


def _failure(ctx: click.Context, error: Exception) -> str:
    """Return the message for an error of our own."""
    from mkdocs_annotate.model.problems import Position
    from mkdocs_annotate.model.reporting import internal_error

    problem = internal_error(error, Position("", 1, 1))
    return f"{ctx.invoked_subcommand}: {problem.message}; please report it, with your input"


def _unusable(error: OSError) -> str:
    """Return the message for a file that the system refuses."""
    from mkdocs_annotate.files.paths import display_path

    name = display_path(error.filename) if isinstance(error.filename, str) else "a file"
    return f"{name} can't be used: {error.strerror or error}; look at its permissions"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Annotate Markdown articles, or any HTML, from YAML files beside them."""
