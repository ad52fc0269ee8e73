"""The command `mkdocs-annotate`."""

import errno
from typing import Any

import click

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.add import add
from mkdocs_annotate.commands.assets import assets
from mkdocs_annotate.commands.check import check
from mkdocs_annotate.commands.export import export
from mkdocs_annotate.commands.fix import fix
from mkdocs_annotate.commands.imports import import_
from mkdocs_annotate.commands.links import links
from mkdocs_annotate.commands.mv import mv
from mkdocs_annotate.commands.new import new
from mkdocs_annotate.commands.open_project import Unreadable, has_failed
from mkdocs_annotate.commands.pin import pin
from mkdocs_annotate.commands.render import render
from mkdocs_annotate.commands.schema import schema
from mkdocs_annotate.commands.status import status
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.internal_errors import internal_error
from mkdocs_annotate.model.problems import Position


class _Commands(click.Group):
    """Commands that never end with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            # Whoever reads what is printed has enough: click knows what to do then.
            if error.errno == errno.EPIPE:
                raise
            raise Unreadable(_unusable(error)) from error
        except Exception as error:
            problem = internal_error(error, Position("", 1, 1))
            said = f"{ctx.invoked_subcommand}: {problem.message}; please report it, with your input"
            raise Unreadable(said) from error
        if has_failed(ctx):
            ctx.exit(1)
        return result


def _unusable(error: OSError) -> str:
    """Return what to tell of a file that the system refuses."""
    name = display_path(error.filename) if isinstance(error.filename, str) else "a file"
    return f"{name} can't be used: {error.strerror or error}; look at its permissions"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Annotate Markdown articles, or any HTML, from YAML files beside them."""


_COMMANDS = (add, assets, check, export, fix, import_, links, mv, new, pin, render, schema, status)
for _command in _COMMANDS:
    main.add_command(_command)
