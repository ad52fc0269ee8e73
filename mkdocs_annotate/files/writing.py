"""Writing a file: whole or not at all, and never over what somebody else wrote meanwhile."""

import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs_annotate.model.problems import shown

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PATIENCE = 10.0
"""How many seconds another writer is waited for; to write a sidecar takes some milliseconds."""

_PAUSE = 0.01


class Locked(Exception):
    """Another process kept the folder locked for longer than `PATIENCE`."""


@contextmanager
def folder_lock(folder: Path, patience: float | None = None) -> Iterator[bool]:
    """Keep other writers that ask for this lock out of `folder`, between processes and threads.

    Gives whether it is locked; another writer is waited for `patience` seconds, or `PATIENCE`.

    The folder itself is locked with `flock`, so there is no file to be left over, and the system
    unlocks it when a process dies.  Windows has no `flock`: there it is a file that the system
    removes with its last handle, at a crash too.  Where a file system refuses locks of folders,
    as some over a network do, nothing is locked.  Raises Locked; OSError where there is no such
    folder.
    """
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    release, locked = _when_free(_folder_locked if fcntl else _file_made, folder, until)
    try:
        yield locked
    finally:
        release()


_Release = Callable[[], None]


def _when_free(
    take: Callable[[Path], tuple[_Release, bool] | None], folder: Path, until: float
) -> tuple[_Release, bool]:
    """Wait until `take` gives a lock; return the function that releases it.

    With it comes whether the folder is locked, which some file systems refuse.
    """
    while (release := take(folder)) is None:
        if time.monotonic() > until:
            raise Locked
        time.sleep(_PAUSE)
    return release


def _folder_locked(folder: Path) -> tuple[_Release, bool] | None:
    handle = os.open(folder, os.O_RDONLY)
    locked = True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        # No locks here: what is written is compared with what was read all the same.
        locked = False
    return lambda: os.close(handle), locked


def _file_made(folder: Path) -> tuple[_Release, bool] | None:
    path = folder / ".annotate.lock"
    temporary = getattr(os, "O_TEMPORARY", 0)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | temporary)
    # While a file is being removed, Windows denies it.
    except (FileExistsError, PermissionError):
        return None

    def release() -> None:
        os.close(handle)
        if not temporary:
            path.unlink(missing_ok=True)

    return release, True


@contextmanager
def kept_file(path: Path, data: bytes) -> Iterator[None]:
    """Keep a new file with `data` at `path` while the block runs, and remove it then.

    A process that is killed leaves it behind: for such a file `is_kept` is false.
    Raises OSError, Locked.
    """
    # In one step for whoever looks behind the same lock: made, locked, filled.
    with folder_lock(path.parent):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            if fcntl:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.write(handle, data)
            os.fsync(handle)
        except OSError:
            os.close(handle)
            path.unlink(missing_ok=True)
            raise
    try:
        yield
    finally:
        if fcntl:
            # Before it is closed: nobody may take it for one that was left behind.
            path.unlink(missing_ok=True)
        os.close(handle)
        path.unlink(missing_ok=True)


def is_kept(path: Path) -> bool:
    """Return whether a process that still runs keeps the file at `path` by `kept_file`.

    On Windows such a file can't be removed, and it is not looked at any further here.  Raises
    OSError.
    """
    if not fcntl:
        return False
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


LEFT_OVER_AGE = 3600.0
"""Seconds after which a temporary file counts as left over where folders can't be locked."""

_TEMPORARY = re.compile(r"\..+\.annotate-[0-9a-f]{8}\.tmp", re.DOTALL)


class NotWritten(Exception):
    """The file was not changed; the message says why, in the writer's words."""


def write_if_unchanged(path: Path, text: str, before: str | None) -> None:
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


def remove_if_unchanged(path: Path, before: str) -> None:
    """Remove the file at `path`, which still must hold `before`.  Raises NotWritten."""
    try:
        with folder_lock(path.parent):
            _must_hold(path, path, before)
            path.unlink()
            _sync_folder(path.parent)
    except Locked as error:
        raise _busy(path) from error
    except OSError as error:
        raise _not_written(path, error) from error


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whatever stands there, as `write_if_unchanged` does it.

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


def _busy(path: Path) -> NotWritten:
    return NotWritten(f"another program is writing in {_named(path.parent)}; run the command again")


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
        raise _busy(path) from error
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
