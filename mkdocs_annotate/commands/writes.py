"""Several files changed and moved together.

Each is whole at any moment, but no system changes several in one step.  Where one can't be written,
those before it are undone; where the command is killed, nothing is, and the next command tells
which files were written (`journal`).
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mkdocs_annotate.commands.journal import Step, journal, moving, writing
from mkdocs_annotate.sidecar.files import display_path
from mkdocs_annotate.sidecar.writing import NotWritten, write_sidecar


@dataclass(frozen=True)
class Edit:
    """A file's text before and after."""

    path: Path
    before: str
    after: str


class NotDone(Exception):
    """Nothing was changed, or what could not be undone is named; the message says why."""


def write_each(edits: Sequence[Edit], folder: Path, command: str) -> dict[Path, str]:
    """Write each of `edits` by itself: one that can't be written keeps no other from it.

    Nothing is undone.  What `command` is about to write stands in a journal in `folder`, that of
    the site, until it is done.  Returns why files were left as they are, by their paths.
    """
    changed = [edit for edit in edits if edit.after != edit.before]
    refused: dict[Path, str] = {}
    with journal(folder, command, _writings(changed)):
        for edit in changed:
            try:
                write_sidecar(edit.path, edit.after, edit.before)
            except NotWritten as error:
                refused[edit.path] = str(error)
    return refused


def _writings(edits: Sequence[Edit]) -> list[Step]:
    return [writing(edit.path, edit.after.encode(), edit.before.encode()) for edit in edits]


def write_all(
    edits: list[Edit], renames: list[tuple[Path, Path]], folder: Path, command: str
) -> None:
    """Write `edits`, then rename files; no file is ever overwritten.

    What `command` is about to do stands in a journal in `folder` until it is done.  Raises NotDone
    where a file can't be written or moved, after undoing those before it.
    """
    steps = [moving(old, new) for old, new in renames]
    with journal(folder, command, [*_writings(edits), *steps]):
        _write(edits, renames)


def _write(edits: list[Edit], renames: list[tuple[Path, Path]]) -> None:
    undo: list[tuple[Path, Callable[[], object]]] = []
    try:
        for edit in edits:
            write_sidecar(edit.path, edit.after, edit.before)
            undo.append((edit.path, partial(write_sidecar, edit.path, edit.before, edit.after)))
        for old, new in renames:
            for folder in _missing(new.parent):
                folder.mkdir()
                undo.append((folder, folder.rmdir))
            _rename(old, new)
            undo.append((new, partial(_rename, new, old)))
    except (NotWritten, OSError) as error:
        stuck = _undone(undo)
        raise NotDone(f"{_reason(error)}; {stuck}") from error
    except BaseException:
        _undone(undo)
        raise
    for old, _ in renames:
        # An empty folder would be left over; git has none either.
        with suppress(OSError):
            old.parent.rmdir()


def _reason(error: NotWritten | OSError) -> str:
    if isinstance(error, NotWritten):
        return str(error)
    name = display_path(error.filename2 or error.filename or "")
    return f"{name} can't be made: {error.strerror}"


def _undone(undo: list[tuple[Path, Callable[[], object]]]) -> str:
    """Undo all that was done, the last first; return what to tell of that."""
    stuck = []
    for path, back in reversed(undo):
        try:
            back()
        except (NotWritten, OSError):
            stuck.append(display_path(path))
    if stuck:
        return f"what was done could not be undone of {', '.join(stuck)}: look at these"
    return "nothing is changed"


def _missing(folder: Path) -> list[Path]:
    """Return those of `folder` and the folders around it that are not there, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    return missing[::-1]


def _rename(old: Path, new: Path) -> None:
    if os.path.lexists(new):
        raise FileExistsError(17, "it is there already", str(old), None, str(new))
    old.rename(new)
