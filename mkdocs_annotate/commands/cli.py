"""The command `mkdocs-annotate`."""

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
from mkdocs_annotate.commands.pin import pin
from mkdocs_annotate.commands.schema import schema
from mkdocs_annotate.commands.status import status


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Annotate Markdown articles from YAML files beside them."""


for _command in (add, assets, check, export, fix, import_, links, mv, new, pin, schema, status):
    main.add_command(_command)
