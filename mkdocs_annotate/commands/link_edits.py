"""What was found out about sources, written into their entries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from mkdocs_annotate.commands.link_results import Checked, lines_of
from mkdocs_annotate.commands.link_run import Cited
from mkdocs_annotate.commands.printing import as_diff
from mkdocs_annotate.files.journal import journal, writing
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import NotWritten, write_sidecar
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.editing import Change, Uneditable, with_change
from mkdocs_annotate.sidecar.files import BIBLIOGRAPHIES

Tell = Callable[[str], object]
"""Prints some lines, with their ends."""


def texts_of(cited: Iterable[Cited]) -> dict[Path, str]:
    """Return the texts of the files that describe `cited`, as they are before anybody is asked.

    That may take long, and in a file that is edited meanwhile the places are others.
    """
    paths = {one.path for one in cited if one.path.suffix not in BIBLIOGRAPHIES}
    return {path: path.read_bytes().decode("utf-8") for path in paths}


class EntryChange(NamedTuple):
    """The text of a file before and after, and whose entries say more in the latter."""

    path: Path
    before: str
    after: str
    done: list[Checked]


def entry_changes(results: Sequence[Checked], texts: Mapping[Path, str]) -> list[EntryChange]:
    """Return what to write into files so that entries say what was found out, a change a file.

    `texts` are those of `texts_of`.  What can't be written is told on standard error, with the
    lines to type.
    """
    changes = []
    for path in dict.fromkeys(one.cited.path for one in results if one.values):
        before = after = texts.get(path, "")
        done: list[Checked] = []
        # The last first: what is put in moves only what stands below it.
        for one in reversed([one for one in results if one.cited.path == path and one.values]):
            changed = _changed(after, one)
            if changed is not None:
                after = changed
                done.append(one)
        changes.append(EntryChange(path, before, after, done))
    return changes


def written_entries(
    changes: Sequence[EntryChange], folder: Path, tell: Tell, *, dry_run: bool
) -> list[Checked]:
    """Write `changes` into their files; return those whose entries say more now.

    A file is written whole or not at all, only where it still holds its text, and every other byte
    of it stays; each that can't be written is told on standard error.  `tell` says what was done;
    a dry run tells the changes, and writes nothing.  A journal in `folder`, that of the site, says
    what is to be written until it is.
    """
    if dry_run:
        for change in changes:
            tell(as_diff(change.before, change.after, change.path))
        return []
    changes = [change for change in changes if change.after != change.before]
    steps = [writing(one.path, one.after.encode(), one.before.encode()) for one in changes]
    written: list[Checked] = []
    with journal(folder, "links --write", steps):
        for change in changes:
            if _is_written(change.path, change.after, change.before):
                tell(f"{display_path(change.path)} is written\n")
                written += change.done
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
    try:
        write_sidecar(path, after, before)
    except NotWritten as error:
        click.echo(str(error), err=True)
        return False
    return True
