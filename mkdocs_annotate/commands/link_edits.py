"""What was found out about sources, written into their entries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click

from mkdocs_annotate.commands.cited import Cited
from mkdocs_annotate.commands.link_reports import lines_of
from mkdocs_annotate.commands.link_results import Checked
from mkdocs_annotate.commands.reports import as_diff
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.sidecar.editing import Change, Uneditable, with_change
from mkdocs_annotate.sidecar.files import BIBLIOGRAPHIES, display_path
from mkdocs_annotate.sidecar.writing import NotWritten, write_sidecar

Tell = Callable[[str], object]
"""Prints some lines, with their ends."""


def texts_of(cited: Iterable[Cited]) -> dict[Path, str]:
    """Return the texts of the files that describe `cited`, as they are before anybody is asked.

    That may take long, and in a file that is edited meanwhile the places are others.
    """
    paths = {one.path for one in cited if one.path.suffix not in BIBLIOGRAPHIES}
    return {path: path.read_bytes().decode("utf-8") for path in paths}


def written_entries(
    results: Sequence[Checked], texts: Mapping[Path, str], tell: Tell, *, dry_run: bool
) -> list[Checked]:
    """Write into their files what entries should say; return those that say it now.

    A file is written whole or not at all, only where it still holds its one of `texts`, and every
    other byte of it stays.  What can't be written is told on standard error with the lines to
    type, and else `tell` what was done.  A dry run tells the changes, and writes nothing.
    """
    written: list[Checked] = []
    for path in dict.fromkeys(one.cited.path for one in results if one.values):
        before = after = texts.get(path, "")
        done: list[Checked] = []
        # The last first: what is put in moves only what stands below it.
        for one in reversed([one for one in results if one.cited.path == path and one.values]):
            changed = _changed(after, one)
            if changed is not None:
                after = changed
                done.append(one)
        if dry_run:
            tell(as_diff(before, after, path))
        elif _is_written(path, after, before):
            tell(f"{display_path(path)} is written\n")
            written += done
    return written


def _changed(text: str, one: Checked) -> str | None:
    """Return `text` with all that an entry should say; None where that is refused, and told."""
    position = one.cited.source.position
    if one.cited.path.suffix in BIBLIOGRAPHIES:
        cure = f"move the entry into a YAML file of sources, with {lines_of(one.values)}"
        click.echo(f"{position}: bibliographies are not written; {cure}", err=True)
        return None
    try:
        return with_values(text, position, one.values)
    except Uneditable as error:
        reason = str(error).partition("; type it yourself")[0]
        click.echo(f"{position}: {reason}; type it yourself: {lines_of(one.values)}", err=True)
        return None


def with_values(text: str, position: Position, values: Mapping[str, str]) -> str:
    """Return `text` with `values` of the source whose key stands at `position`.

    Raises Uneditable.
    """
    for key, value in values.items():
        text = with_change(text, Change(position, key, value))
    return text


def _is_written(path: Path, after: str, before: str) -> bool:
    if after == before:
        return False
    try:
        write_sidecar(path, after, before)
    except NotWritten as error:
        click.echo(str(error), err=True)
        return False
    return True
