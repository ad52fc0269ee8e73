"""Guarded reading: nothing outside the project is opened, and what can't be read is a problem."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from mkdocs_annotate.files.paths import display_path, is_inside, is_plainly_inside
from mkdocs_annotate.model.problems import Mistake, Position, Problem, Rule

MAX_BYTES = 1 << 20
"""Largest file that a person writes, in bytes; a sidecar of 1,000 annotations has 700 kB."""


def read_utf8(path: Path) -> str:
    """Return the text of a file, its line ends as they are.

    Raises OSError, and UnicodeDecodeError where it is not UTF-8.
    """
    return path.read_bytes().decode("utf-8")


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its name in messages, its suffixes, the hint for one that is too large."""

    called: str
    suffixes: tuple[str, ...]
    smaller: str
    names: str
    """Its names, for a message."""
    outside: str = "the file leads outside the project, and is not read"
    most: int = MAX_BYTES


def guarded_text(path: Path, roots: tuple[Path, ...], kind: FileKind) -> str | Problem:
    """Return the text of the file at `path`, or the problem for which it can't be read.

    It must lie in one of `roots`, and so must what it links to; it must be an ordinary file of
    its kind, no larger than that may be, in UTF-8.  Never raises.
    """
    start = Position(display_path(path), 1, 1)
    data = _bytes_of(path, roots, kind)
    if isinstance(data, Mistake):
        return data.at(start, Rule.NOT_READABLE)
    if len(data) > kind.most:
        message = f"the file is larger than {kind.most >> 20} MiB"
        return Problem(start, Rule.TOO_LARGE, message, kind.smaller)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data.count(0) > max(3, len(data) // 3):
        # Without a mark UTF-16 is valid UTF-8, in which every second character is a NUL.
        message = "the file is in UTF-16 or UTF-32, and must be in UTF-8"
        return Problem(start, Rule.NOT_UTF8, message, _AS_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(start.file, data, error.start)


_AS_UTF8 = "save the file as UTF-8"


def _not_utf8(file: str, data: bytes, start: int) -> Problem:
    lines = re.split("\r\n?|\n", data[:start].decode("utf-8").removeprefix("\ufeff"))
    guess = data[start : start + 1].decode("cp1252", "replace")
    meant = f", “{guess}” in Windows-1252," if guess.isprintable() and guess != "\ufffd" else ""
    message = f"the byte 0x{data[start]:02X}{meant} is not UTF-8"
    position = Position(file, len(lines), len(lines[-1]) + 1)
    return Problem(position, Rule.NOT_UTF8, message, _AS_UTF8)


def _bytes_of(path: Path, roots: tuple[Path, ...], kind: FileKind) -> bytes | Mistake:
    """Return the content of a file, at most one byte more than is allowed; or why there is none."""
    if not path.name.endswith(kind.suffixes):
        hint = f"{kind.called} is called {kind.names}"
        return Mistake(f"this is not the name of {kind.called}", hint)
    real = str(path)
    if not any(is_plainly_inside(real, str(root)) for root in roots):
        real = os.path.realpath(path)
        if not any(is_inside(real, root) for root in roots):
            return Mistake(kind.outside, "put the file itself there, not a link to it")
    if not real.endswith(kind.suffixes):
        message = f"the file is a link to a file that is not called {kind.names}"
        return Mistake(message, _OWN_FILE)
    try:
        # A pipe or a device would block, or never end.
        handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return Mistake("there is no file behind this name", _OWN_FILE)
    except OSError as error:
        hint = "check its permissions, and where it leads if it is a link"
        return Mistake(f"the file can't be read: {error.strerror}", hint)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return Mistake("this is a folder, a pipe or a device, not a file", _OWN_FILE)
        return _read(handle, kind.most)
    except OSError as error:
        return Mistake(f"the file can't be read: {error.strerror}", "try it again")
    finally:
        os.close(handle)


def _read(handle: int, most: int) -> bytes:
    """Return the content of an open file, at most one byte more than is allowed."""
    parts = []
    left = most + 1
    # Pieces of this size: most sidecars are one, and a file object asks four things before.
    while left > 0 and (part := os.read(handle, min(left, 1 << 16))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


_OWN_FILE = "put an ordinary file in its place"
