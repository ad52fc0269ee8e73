"""The command `schema`: the format of sidecars for editors."""

import json

import click

from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.schema import sidecar_schema


@click.command()
def schema() -> None:
    """Print the JSON Schema of sidecars.

    Save it, and name it in the first line of a sidecar, and the editor completes keys and
    underlines mistakes while you type:

      # yaml-language-server: $schema=annotations.schema.json
    """
    click.echo(json.dumps(sidecar_schema(DEFAULT_VOCABULARY), ensure_ascii=False, indent=2))
