"""Writing a sidecar: whole or not at all, and never over what somebody else wrote meanwhile."""

import os
import secrets
from pathlib import Path

from mkdocs_annotate.sidecar.locks import Locked, folder_lock


class NotWritten(Exception):
    """The file was left as it is; the message says why, in the writer's words."""


def write_sidecar(path: Path, text: str, before: str | None) -> None:
    """Write `text` to `path`, which still must hold `before`; None: it must not exist.

    Killed at any moment, the old file is there or the new one: the text goes to a new file beside
    the real target, which then takes its place.  Line ends are written as they are.
    From the comparison until the new text stands there no other process can write by this
    function; an editor can, but would have to save within the microseconds between the last look
    and the replacement.
    Raises NotWritten, with the old file whole.
    """
    real = Path(os.path.realpath(path))
    _must_hold(real, before)
    if before == text:
        return
    try:
        with folder_lock(real.parent):
            _replace(path, real, text, before)
    except Locked as error:
        message = f"another program is writing in {path.parent}; run the command again"
        raise NotWritten(message) from error
    except OSError as error:
        raise NotWritten(f"{path} can't be written: {error.strerror}") from error


def _replace(path: Path, real: Path, text: str, before: str | None) -> None:
    temporary = real.with_name(f".{real.name}.annotate-{secrets.token_hex(4)}.tmp")
    try:
        _write_new(temporary, text, real)
        _must_hold(real, before)
        if before is None:
            # A link fails where a file has appeared meanwhile; replacing would not.
            os.link(temporary, real)
            temporary.unlink()
        else:
            temporary.replace(real)
        _sync_folder(real.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise NotWritten(f"{path} can't be written: {error.strerror}") from error
    except NotWritten:
        temporary.unlink(missing_ok=True)
        raise


def _must_hold(path: Path, before: str | None) -> None:
    if before is None:
        if os.path.lexists(path):
            raise NotWritten(f"{path} is there already")
        return
    try:
        now = path.read_bytes()
    except OSError as error:
        raise NotWritten(f"{path} can't be read any more: {error.strerror}") from error
    if now != before.encode():
        raise NotWritten(f"{path} was changed meanwhile; run the command again")
    # Replacing a file needs no right to write it: its owner's wish counts all the same.
    if not os.access(path, os.W_OK):
        raise NotWritten(f"{path} is read-only")


def _write_new(temporary: Path, text: str, real: Path) -> None:
    mode = real.stat().st_mode & 0o777 if real.exists() else 0o666
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(text.encode())
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
