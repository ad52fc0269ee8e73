"""One writer at a time in a folder, whichever program it is in; no file is left behind."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PATIENCE = 10.0
"""How many seconds another writer is waited for; to write a sidecar takes some milliseconds."""

_PAUSE = 0.01


class Locked(Exception):
    """Somebody else kept the folder for longer than `PATIENCE`."""


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
    """Return what releases the lock that `take` gives, as soon as it gives one.

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

    A process that is killed leaves it behind: `is_kept` tells such a file from one that is kept.
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
