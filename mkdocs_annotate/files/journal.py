"""Writes and moves several files together, with a journal of the steps that are not done yet.

No system changes several files in one step.  Each file is whole at any moment.  Where one can't be
written, those before it are undone; where the command is killed, nothing is undone, and the next
command reports from the journal which files were written.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import (
    Locked,
    NotWritten,
    folder_lock,
    is_kept,
    kept_file,
    sweep,
    write_if_unchanged,
)
from mkdocs_annotate.model.problems import shown

_NAME = ".annotate-writing-{}.json"
_MOST_BYTES = 8 << 20


@dataclass(frozen=True)
class Step:
    """A file to be written or moved; paths are absolute."""

    path: str
    after: str = ""
    """The SHA-256 of its new text; empty for a file that is moved."""

    before: str = ""
    """That of its old text; empty for a new file."""

    moved_to: str = ""


def writing(path: Path, after: bytes, before: bytes | None) -> Step:
    """Return the step of writing `after` to a file that holds `before`; None: it is new."""
    return Step(_whole(path), _hash(after), "" if before is None else _hash(before))


def moving(old: Path, new: Path) -> Step:
    """Return the step of renaming a file."""
    return Step(_whole(old), moved_to=_whole(new))


@contextmanager
def journal(folder: Path, command: str, steps: Sequence[Step]) -> Iterator[None]:
    """Keep the `steps` of `command` in a file in `folder` while the block runs.

    It is needed for more than one file, and for a file that is neither beside articles nor in
    `folder`, where commands look for left-over temporary files.  If the journal can't be made, the
    block runs without it.
    """
    if not steps:
        yield
        return
    data = json.dumps({"command": command, "steps": [asdict(step) for step in steps]}).encode()
    kept = kept_file(folder / _NAME.format(secrets.token_hex(4)), data)
    try:
        kept.__enter__()
    except (Locked, OSError):
        yield
        return
    try:
        yield
    finally:
        kept.__exit__(None, None, None)


def interrupted(folder: Path) -> list[str]:
    """Return a message for each command that was killed while it wrote, and forget it.

    Their temporary files are removed.  Commands that still run are left alone.  Raises nothing.
    """
    messages: list[str] = []
    for path in sorted(folder.glob(_NAME.format("*"))):
        with suppress(Locked, OSError), folder_lock(folder):
            if is_kept(path):
                continue
            data = _read(path)
            path.unlink()
            command, steps = _parsed(data)
            # A single file is as it was, or is written.
            if len(steps) > 1:
                messages.append(_account(command, steps))
            for parent in {Path(each).parent for step in steps for each in _paths(step)}:
                if parent != folder:
                    sweep(parent)
    return messages


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _parsed(data: bytes) -> tuple[str, list[Step]]:
    """Return the command and its steps; nothing of a file that was not written to its end."""
    try:
        root: Any = json.loads(data)
        steps = [Step(**{key: str(value) for key, value in step.items()}) for step in root["steps"]]
        return str(root["command"]), steps
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", []


def _account(command: str, steps: Sequence[Step]) -> str:
    """Return one line that says which of `steps` were done, and which were not."""
    groups: dict[str, list[str]] = {}
    for step in steps:
        name = display_path(step.path)
        if step.moved_to:
            name += f" → {display_path(step.moved_to)}"
        groups.setdefault(_state(step, steps), []).append(name)
    parts = [f"{state}: {', '.join(names)}" for state, names in sorted(groups.items())]
    return (
        f"`{shown(command)}` was stopped while it wrote files; {'; '.join(parts)}. "
        "Each file is whole and nothing was undone: look at them, and run the command again"
    )


def _state(step: Step, steps: Sequence[Step]) -> str:
    if step.moved_to:
        return "moved" if os.path.lexists(step.moved_to) else "not moved"
    moved = {other.path: other.moved_to for other in steps if other.moved_to}
    for path in (step.path, moved.get(step.path, "")):
        with suppress(OSError):
            found = _hash(Path(path).read_bytes()) if path else ""
            if found:
                states = {step.after: "written", step.before: "not written"}
                return states.get(found, "changed since")
    return "missing" if step.before else "not written"


def _paths(step: Step) -> list[str]:
    return [path for path in (step.path, step.moved_to) if path]


def _whole(path: Path) -> str:
    # Links are not followed: the file is reported by the name that the writer knows.
    return str(path.absolute())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Edit:
    """A file's text before and after."""

    path: Path
    before: str
    after: str


class NotDone(Exception):
    """The files were not written.  The message says why, and names what could not be undone."""


def write_each(edits: Sequence[Edit], folder: Path, command: str) -> dict[Path, str]:
    """Write each of `edits` by itself: if one can't be written, the others still are.

    Nothing is undone.  What `command` is about to write stands in a journal in `folder`, that of
    the site, until it is done.  Returns why files were left as they are, by their paths.
    """
    changed = [edit for edit in edits if edit.after != edit.before]
    refused: dict[Path, str] = {}
    with journal(folder, command, _writings(changed)):
        for edit in changed:
            try:
                write_if_unchanged(edit.path, edit.after, edit.before)
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
            write_if_unchanged(edit.path, edit.after, edit.before)
            undo.append(
                (edit.path, partial(write_if_unchanged, edit.path, edit.before, edit.after))
            )
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
    """Undo all that was done, the last first; return the message about that."""
    stuck = []
    for path, back in reversed(undo):
        try:
            back()
        except (NotWritten, OSError):
            stuck.append(display_path(path))
    if stuck:
        return f"these files were changed and could not be restored: {', '.join(stuck)}"
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
