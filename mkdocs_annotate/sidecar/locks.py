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
def folder_lock(folder: Path) -> Iterator[None]:
    """Keep other writers that ask for this lock out of `folder`, between processes and threads.

    The folder itself is locked with `flock`, so there is no file to be left over, and the system
    unlocks it when a process dies.  Windows has no `flock`: there it is a file that the system
    removes with its last handle, at a crash too.  Where a file system refuses locks of folders,
    as some over a network do, nothing is locked.  Raises Locked; OSError where there is no such
    folder.
    """
    release = _when_free(_folder_locked if fcntl else _file_made, folder)
    try:
        yield
    finally:
        release()


_Release = Callable[[], None]


def _when_free(take: Callable[[Path], _Release | None], folder: Path) -> _Release:
    """Return what releases the lock that `take` gives, as soon as it gives one."""
    until = time.monotonic() + PATIENCE
    while (release := take(folder)) is None:
        if time.monotonic() > until:
            raise Locked
        time.sleep(_PAUSE)
    return release


def _folder_locked(folder: Path) -> _Release | None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:
        # No locks here: what is written is compared with what was read all the same.
        pass
    return lambda: os.close(handle)


def _file_made(folder: Path) -> _Release | None:
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

    return release
