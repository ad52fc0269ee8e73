"""The command `new`: a starter sidecar for an article."""

import os
import re
from pathlib import Path

import click

from mkdocs_annotate.anchoring.anchors import search
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    folder_of,
    open_articles,
    open_project,
)
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import NotWritten, make_folder, write_if_unchanged
from mkdocs_annotate.sidecar.editing import EditSession
from mkdocs_annotate.sidecar.format import STARTER_NOTE

SCHEMA = "annotations.schema.json"
"""Where a project keeps the schema, beside its configuration."""

_SENTENCE = re.compile(r"\S[^.!?\n]{10,60}(?=[ .,;:!?\n])")


@click.command()
@click.argument("article", type=click.Path(path_type=Path))
@config_option
def new(article: Path, config_file: Path | None) -> None:
    """Write a starter sidecar for ARTICLE.

    It has one annotation, a draft that quotes the article's first words: only a preview shows it.
    Where the project has an annotations.schema.json (`mkdocs-annotate schema` prints one), the
    first line names it, and editors complete keys.
    """
    project = open_project(config_file)
    (opened,) = open_articles(project, (article,))
    fields = {
        "quote": _first_words(opened.page),
        "note": STARTER_NOTE,
        "draft": "true",
    }
    path = opened.sidecar
    head = [f"# Annotations of {article.name}: each entry quotes some words of it."]
    folders = (*opened.roots, folder_of(project))
    schema = next((root / SCHEMA for root in folders if (root / SCHEMA).is_file()), None)
    if schema:
        relative = Path(os.path.relpath(schema, path.parent)).as_posix()
        head.insert(0, f"# yaml-language-server: $schema={relative}")
    try:
        make_folder(path.parent)
        session = EditSession("\n".join(head) + "\n", display_path(path))
        session.add_annotations([fields])
        write_if_unchanged(path, session.text, None)
    except NotWritten as error:
        raise Unreadable(str(error)) from error
    shows = "`mkdocs serve`" if opened.path.suffix == ".md" else "`render` with `preview: true`"
    click.echo(f"{display_path(path)} is written; {shows} shows its draft")


def _first_words(page: Page) -> str:
    """Return words that stand in the article once, from its first sentence if need be."""
    for found in _SENTENCE.finditer(page.text):
        words = " ".join(found.group().split())
        if len(search(Words(words), page).ranges) == 1:
            return words
    return "words of the article"
