"""The command `add`: appends an annotation with all it needs to have one place."""

from pathlib import Path

import click

from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.searching import search
from mkdocs_annotate.commands.opening import (
    Unreadable,
    config_option,
    open_articles,
    open_project,
)
from mkdocs_annotate.commands.reports import in_context
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.sidecar.editing import Uneditable, with_annotation
from mkdocs_annotate.sidecar.files import display_path
from mkdocs_annotate.sidecar.writing import NotWritten, write_sidecar


@click.command()
@click.argument("article", type=click.Path(path_type=Path))
@click.argument("quote")
@config_option
@click.option("--note", default="", help="What is to be said, in Markdown.")
@click.option("--kind", default="", help="What it says about the passage.")
@click.option("--source", default="", help="The key of a source.")
@click.option("--speaker", default="", help="Who is quoted.")
@click.option(
    "--which", type=click.IntRange(1), help="The place, where the words stand more often."
)
def add(
    article: Path,
    quote: str,
    config_file: Path | None,
    note: str,
    kind: str,
    source: str,
    speaker: str,
    which: int | None,
) -> None:
    """Add an annotation of QUOTE to the sidecar of ARTICLE.

    Words that stand more than once get the prefix and suffix of the place that is chosen. The
    sidecar is made if there is none; everything in it stays as it is.
    """
    if not (note or kind or source):
        raise click.UsageError("say something about the passage: --note, --kind or --source")
    project = open_project(config_file)
    known = project.options.vocabulary.kinds
    if kind and kind not in known:
        cure = did_you_mean(kind, known) or f"the kinds are {', '.join(known)}"
        raise Unreadable(f"this site has no kind `{shown(kind)}`; {cure}")
    (opened,) = open_articles(project, (article,))
    place = _place(quote, which, opened.page)
    fields = {"quote": quote, **_context(quote, place, opened.page)}
    said = {"kind": kind, "speaker": speaker, "note": note, "sources": source}
    fields |= {key: value for key, value in said.items() if value}
    path = opened.sidecar
    before = path.read_bytes().decode("utf-8") if path.exists() else None
    try:
        text = with_annotation(before or "", fields, display_path(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        write_sidecar(path, text, before)
    except (Uneditable, NotWritten) as error:
        raise Unreadable(str(error)) from error
    click.echo(f"{display_path(path)}: added “{shown(quote)}”")


def _place(quote: str, which: int | None, page: Page) -> Range:
    places = search(Words(quote), page).ranges
    if not places:
        raise Unreadable(f"“{shown(quote)}” does not stand in the article; copy it from the page")
    if which is None and len(places) == 1:
        return places[0]
    if which is not None and which <= len(places):
        return places[which - 1]
    lines = [f"“{shown(quote)}” stands {len(places)} times; choose one with --which:"]
    for number, place in enumerate(places, 1):
        lines.append(f"  {number}. {in_context(place, page)}")
    raise Unreadable("\n".join(lines))


def _context(quote: str, place: Range, page: Page) -> dict[str, str]:
    """Return prefix, suffix and, if they don't tell, the number of the place among all."""
    found = pin(quote, place, page)
    return found.values if found else {}
