"""The command `schema`: the format of sidecars for editors."""

import json

import click

from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.schema import sidecar_schema, sources_schema


@click.command()
@click.option("--sources", is_flag=True, help="That of files like sources.yml instead.")
def schema(sources: bool) -> None:
    """Print the JSON Schema of sidecars.

    Save it, and name it in the first line of a sidecar, and the editor completes keys and
    underlines mistakes while you type:

      # yaml-language-server: $schema=annotations.schema.json
    """
    printed = sources_schema if sources else sidecar_schema
    click.echo(json.dumps(printed(DEFAULT_VOCABULARY), ensure_ascii=False, indent=2))
