"""Writing a file: whole or not at all, and never over what somebody else wrote meanwhile."""

import os
import re
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.sidecar.locks import Locked, folder_lock

LEFT_OVER_AGE = 3600.0
"""Seconds after which a temporary file counts as left over where folders can't be locked."""

_TEMPORARY = re.compile(r"\..+\.annotate-[0-9a-f]{8}\.tmp", re.DOTALL)


class NotWritten(Exception):
    """The file was left as it is; the message says why, in the writer's words."""


def write_sidecar(path: Path, text: str, before: str | None) -> None:
    """Write `text` to `path`, which still must hold `before`; None: it must not exist.

    Killed at any moment, the old file is there or the new one: the text goes to a new file beside
    the real target, which then takes its place.  What such a kill leaves behind the next write in
    the folder removes.  Line ends are written as they are.
    From the comparison until the new text stands there no other process can write by this
    function; an editor can, but would have to save within the microseconds between the last look
    and the replacement.
    Raises NotWritten, with the old file whole.
    """
    real = Path(os.path.realpath(path))
    _must_hold(real, path, before)
    if before != text:
        _put(path, real, text.encode(), before)


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whatever stands there, as `write_sidecar` does it.

    Folders are made.  A device or a pipe, such as the terminal, is written to as it is.  Raises
    NotWritten, with the old file whole.
    """
    real = Path(os.path.realpath(path))
    try:
        now = real.stat()
    except OSError:
        now = None
    if now is not None and not stat.S_ISREG(now.st_mode):
        _write_through(path, data)
        return
    if now is not None and not os.access(real, os.W_OK):
        raise NotWritten(f"{_named(path)} is read-only")
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(path, error) from error
    _put(path, real, data, _ANYTHING)


def make_folder(folder: Path) -> None:
    """Make `folder` and those around it, as far as they are not there.  Raises NotWritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"{_named(folder)} can't be made: {error.strerror}") from error


def _not_written(path: Path, error: OSError) -> NotWritten:
    return NotWritten(f"{_named(path)} can't be written: {error.strerror}")


def _named(path: Path) -> str:
    """Return a path as one harmless line: a file's name may hold a line end."""
    return "/".join(map(shown, path.as_posix().split("/")))


class _Anything:
    """In place of a text: the file may hold anything, or not be there."""


_ANYTHING = _Anything()


def _write_through(path: Path, data: bytes) -> None:
    try:
        with path.open("wb") as stream:
            stream.write(data)
    except OSError as error:
        raise _not_written(path, error) from error


def _put(path: Path, real: Path, data: bytes, before: str | _Anything | None) -> None:
    try:
        with folder_lock(real.parent) as locked:
            _sweep(real.parent, locked=locked)
            _replace(path, real, data, before)
    except Locked as error:
        message = f"another program is writing in {_named(path.parent)}; run the command again"
        raise NotWritten(message) from error
    except OSError as error:
        raise _not_written(path, error) from error


def _replace(path: Path, real: Path, data: bytes, before: str | _Anything | None) -> None:
    temporary = real.with_name(f".{_short(real.name)}.annotate-{secrets.token_hex(4)}.tmp")
    try:
        _write_new(temporary, data, real)
        if not isinstance(before, _Anything):
            _must_hold(real, path, before)
        if before is None:
            # A link fails where a file has appeared meanwhile; replacing would not.
            os.link(temporary, real)
            temporary.unlink()
        else:
            temporary.replace(real)
        _sync_folder(real.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _not_written(path, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _short(name: str) -> str:
    """Return `name`, cut so that a temporary name of it is no longer than file systems allow."""
    return os.fsdecode(os.fsencode(name)[:200])


def _must_hold(real: Path, path: Path, before: str | None) -> None:
    if before is None:
        if os.path.lexists(real):
            raise NotWritten(f"{_named(path)} is there already")
        return
    try:
        now = real.read_bytes()
    except OSError as error:
        raise NotWritten(f"{_named(path)} can't be read any more: {error.strerror}") from error
    if now != before.encode():
        raise NotWritten(f"{_named(path)} was changed meanwhile; run the command again")
    # Replacing a file needs no right to write it: its owner's wish counts all the same.
    if not os.access(real, os.W_OK):
        raise NotWritten(f"{_named(path)} is read-only")


def _write_new(temporary: Path, data: bytes, real: Path) -> None:
    mode = real.stat().st_mode & 0o777 if real.exists() else 0o666
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(handle)
    if real.exists():
        temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def left_over(folder: Path, *, below: bool) -> list[Path]:
    """Return the temporary files in `folder`, and in all folders below it if `below` says so.

    A writer that is at work has one, too.  Raises nothing.
    """
    found: list[Path] = []
    for root, _, names in os.walk(folder):
        temporary = (name for name in names if name.endswith(".tmp") and _TEMPORARY.fullmatch(name))
        found += [Path(root, name) for name in temporary]
        if not below:
            break
    return found


def sweep(folder: Path, *, below: bool = False) -> None:
    """Remove the temporary files that killed writers left in `folder`, or also `below` it.

    Folders in which a writer is at work are left alone.  Raises nothing.
    """
    for parent in {file.parent for file in left_over(folder, below=below)}:
        with suppress(Locked, OSError), folder_lock(parent, patience=0.0) as locked:
            _sweep(parent, locked=locked)


def _sweep(folder: Path, *, locked: bool) -> None:
    """Remove what killed writers left in `folder`, which is `locked`, or can't be.

    Whoever writes makes the temporary file behind the same lock: so those there are nobody's.
    """
    for file in left_over(folder, below=False):
        with suppress(OSError):
            if locked or time.time() - file.stat().st_mtime > LEFT_OVER_AGE:
                file.unlink()
