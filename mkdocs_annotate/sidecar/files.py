"""Where sidecars lie on disk, and guarded reading: nothing outside the project is opened."""

import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TypeAlias

from mkdocs_annotate.files.paths import display_path, is_inside, is_plainly_inside
from mkdocs_annotate.model.internal_errors import internal_error
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.decoding import parse_sidecar, parse_sources
from mkdocs_annotate.sidecar.lines import Lines
from mkdocs_annotate.sidecar.names import (
    MOST_READ,
    by_stem,
    intended_stem,
    is_yaml,
    says_annotations,
)

SUFFIX = ".annotations.yml"
"""What a sidecar's name ends in, after the name of its article without the ending."""

MAX_BYTES = 1 << 20
"""Largest sidecar, in bytes; 1,000 annotations have 700 kB."""

MAX_BIBLIOGRAPHY = 64 << 20
"""Largest file of sources in another program's format, in bytes."""


@dataclass(frozen=True)
class Location:
    """Where the sidecar of an article is, if it has one, and what is wrong with that."""

    path: Path | None
    problems: tuple[Problem, ...] = ()


def sidecar_name(article: str) -> str:
    """Return the name of the sidecar of an article: `a/b.md` has `a/b.annotations.yml`."""
    return str(PurePath(article).with_suffix("")) + SUFFIX


def locate(
    article: Path, docs: Path, annotations: Path | None = None, named: str | None = None
) -> Location:
    """Return where the sidecar of `article` is.

    It lies beside the article; or in the folder `annotations`, which mirrors `docs`; or where
    `named`, a path from the article's folder, says; or beside the file that `article` is a link
    to.  Without any, files are told that may have been meant.  Never raises.  Cost: a look at the
    folder, whose names are kept; a file of YAML that is called as the article is opened.
    """
    if named:
        return _named(article, named)
    beside = Path(sidecar_name(str(article)))
    mirrored = None
    if annotations is not None:
        mirrored = annotations / sidecar_name(os.path.relpath(article, docs))
    if os.path.lexists(beside):
        both = mirrored is not None and mirrored != beside and os.path.lexists(mirrored)
        return Location(beside, (_two(beside, mirrored),) if both and mirrored else ())
    if mirrored is not None and os.path.lexists(mirrored):
        return Location(mirrored)
    if article.is_symlink():
        original = Path(sidecar_name(os.path.realpath(article)))
        if os.path.lexists(original):
            return Location(original)
    return Location(None, (*_misspelt(beside), *(_misspelt(mirrored) if mirrored else ())))


def _named(article: Path, named: str) -> Location:
    path = Path(os.path.normpath(article.parent / named))
    if not named.endswith(SUFFIX):
        hint = f"call it `…{SUFFIX}`"
        return Location(None, (_bad_name(article, named, "is no name of a sidecar", hint),))
    if not os.path.lexists(path):
        hint = f"the path begins at the article's folder, {display_path(article.parent)}"
        return Location(None, (_bad_name(article, named, "does not exist", hint),))
    return Location(path)


def _bad_name(article: Path, named: str, fault: str, hint: str) -> Problem:
    position = Position(display_path(article), 1, 1)
    message = f"the file “{shown(named)}”, named as `annotations` in the front matter, {fault}"
    return Problem(position, Rule.BAD_OPTION, message, hint, subject=named)


def _two(used: Path, unused: Path) -> Problem:
    return Problem(
        Position(display_path(unused), 1, 1),
        Rule.TWO_SIDECARS,
        f"the article has another sidecar, {display_path(used)}, and this one is not read",
        "move its entries there, and remove it",
        subject=display_path(used),
    )


def _misspelt(beside: Path) -> tuple[Problem, ...]:
    """Return a problem for each file that may have been meant as the sidecar at `beside`."""
    stem = beside.name[: -len(SUFFIX)].casefold()
    names = _lookalikes_in(beside.parent).get(stem, ())
    paths = [beside.with_name(name) for name in names if name != beside.name]
    return tuple(misnamed(path, beside.name) for path in paths if looks_like_sidecar(path))


def misnamed(path: Path, right: str) -> Problem:
    """Return the problem of the file at `path`, which should have the name `right`."""
    hint = f"rename it to `{shown(right)}`"
    message = f"a sidecar ends in `{SUFFIX}`"
    return Problem(Position(display_path(path), 1, 1), Rule.NO_ARTICLE, message, hint)


def intended_article(path: str) -> str:
    """Return the article that the file at `path`, from the folder of all, was meant for."""
    folder, sign, name = path.rpartition("/")
    right = name.removesuffix(SUFFIX) if name.endswith(SUFFIX) else ""
    stem = intended_stem(name, SUFFIX) or right or PurePath(name).stem
    return f"{folder}{sign}{stem}.md"


def looks_like_sidecar(path: Path) -> bool:
    """Return whether a file that is no sidecar by its name was meant as one.

    Its name is nearly one, or it is YAML that says what sidecars say.  Never raises.
    """
    if intended_stem(path.name, SUFFIX):
        return True
    return is_yaml(path.name) and says_annotations(_beginning_of(path))


def _beginning_of(path: Path) -> str:
    """Return the first part of an ordinary file; empty for anything else."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return stream.read(MOST_READ).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _lookalikes_in(folder: Path) -> dict[str, list[str]]:
    """Return the names in `folder` of files that may be meant as sidecars, by stem."""
    try:
        changed = folder.stat().st_mtime_ns
        # Clocks of disks are coarse: what was just changed may change again in the same moment.
        fresh = time.time_ns() - changed < _FRESH
        return (_lookalikes.__wrapped__ if fresh else _lookalikes)(str(folder), changed)
    except OSError:
        return {}


_FRESH = 2_000_000_000
"""How long a folder counts as just changed, in nanoseconds: FAT counts two seconds."""


@lru_cache(maxsize=256)
def _lookalikes(folder: str, changed: int) -> dict[str, list[str]]:
    """Return the names in a folder, last changed at `changed`, that may be meant as sidecars."""
    names = (one.name for one in Path(folder).iterdir())
    return by_stem(sorted(name for name in names if ".y" in name.lower()), SUFFIX)


Parse: TypeAlias = Callable[[str, str], tuple[Sidecar, list[Problem]]]
"""What makes a sidecar of the text and the name of a file, and says what is wrong there."""


def read_sidecar(
    path: Path, roots: tuple[Path, ...], parse: Parse = parse_sidecar
) -> tuple[Sidecar, list[Problem]]:
    """Return what the sidecar at `path` says, and every problem in it.

    It must lie in one of `roots`, and so must what it links to; it must be an ordinary file of
    at most `MAX_BYTES`, in UTF-8.  Else it is empty, with a problem.  Never raises.
    """
    file = display_path(path)
    text = _text_of(path, file, roots, _SIDECAR)
    if isinstance(text, Problem):
        return Sidecar(file), [text]
    try:
        return parse(text, file)
    # The readers raise nothing that we know of; a file that shows otherwise must not end a build.
    except Exception as error:
        return Sidecar(file), [internal_error(error, Position(file, 1, 1))]


def read_text(path: Path, roots: tuple[Path, ...]) -> str | Problem:
    """Return the text of the sidecar at `path`, guarded as `read_sidecar`, or why it has none.

    Line ends and a byte-order mark stay.  Never raises.
    """
    return _text_of(path, display_path(path), roots, _SIDECAR)


def read_sources(path: Path, roots: tuple[Path, ...]) -> tuple[dict[str, Source], list[Problem]]:
    """Return the sources that the file at `path` describes for the site, and what is wrong there.

    The file is guarded as sidecars are.  Never raises.
    """
    file = display_path(path)
    text = _text_of(path, file, roots, _REGISTRY)
    if isinstance(text, Problem):
        return {}, [text]
    try:
        return parse_sources(text, file)
    except Exception as error:
        return {}, [internal_error(error, Position(file, 1, 1))]


def read_bibliography(path: Path, roots: tuple[Path, ...]) -> str | Problem:
    """Return the text of the file of sources in another format at `path`, or why it has none.

    The file is guarded as sidecars are, and may be larger.  Never raises.
    """
    return _text_of(path, display_path(path), roots, _BIBLIOGRAPHY)


@dataclass(frozen=True)
class _Sort:
    """A sort of file: what it is called, what its name ends in, what to do where it is large."""

    called: str
    suffixes: tuple[str, ...]
    smaller: str
    names: str
    """Its names, for a message."""
    outside: str = "the file leads outside the project, and is not read"
    most: int = MAX_BYTES


BIBLIOGRAPHIES = (".json", ".bib")
"""What files of sources in CSL-JSON and in BibTeX end in."""

_SIDECAR = _Sort(
    "a sidecar",
    (SUFFIX,),
    "divide the article",
    f"`…{SUFFIX}`",
    "the file lies outside the folders of articles and of annotations, and is not read",
)
_DIVIDE = "divide the file, and name both parts"
_NAMES = "`….yml`, `….json` or `….bib`"
_REGISTRY = _Sort("a file of sources", (".yml", ".yaml"), _DIVIDE, _NAMES)
_BIBLIOGRAPHY = _Sort("a file of sources", BIBLIOGRAPHIES, _DIVIDE, _NAMES, most=MAX_BIBLIOGRAPHY)


def _text_of(path: Path, file: str, roots: tuple[Path, ...], sort: _Sort) -> str | Problem:
    """Return the text of what messages call `file`; or why it has none."""
    start = Position(file, 1, 1)
    data = _bytes_of(path, roots, sort)
    if isinstance(data, _Unreadable):
        return Problem(start, Rule.NOT_READABLE, data.message, data.hint)
    if len(data) > sort.most:
        message = f"the file is larger than {sort.most >> 20} MiB"
        return Problem(start, Rule.TOO_LARGE, message, sort.smaller)
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
    before = Lines(data[:start].decode("utf-8").removeprefix("\ufeff"))
    line, column = before.place(len(before.text))
    guess = data[start : start + 1].decode("cp1252", "replace")
    meant = f", “{guess}” in Windows-1252," if guess.isprintable() and guess != "\ufffd" else ""
    message = f"the byte 0x{data[start]:02X}{meant} is no UTF-8"
    return Problem(Position(file, line + 1, column + 1), Rule.NOT_UTF8, message, _AS_UTF8)


@dataclass(frozen=True)
class _Unreadable:
    """Why there is nothing to read, and what to do."""

    message: str
    hint: str


def _bytes_of(path: Path, roots: tuple[Path, ...], sort: _Sort) -> bytes | _Unreadable:
    """Return the content of a file, at most one byte more than is allowed; or why there is none."""
    if not path.name.endswith(sort.suffixes):
        hint = f"{sort.called} is called {sort.names}"
        return _Unreadable(f"this is no name of {sort.called}", hint)
    real = str(path)
    if not any(is_plainly_inside(real, str(root)) for root in roots):
        real = os.path.realpath(path)
        if not any(is_inside(real, root) for root in roots):
            return _Unreadable(sort.outside, "put the file itself there, and no link to it")
    if not real.endswith(sort.suffixes):
        message = f"the file is a link to one that is not called {sort.names}"
        return _Unreadable(message, _OWN_FILE)
    try:
        # A pipe or a device would block, or never end.
        handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return _Unreadable("there is no file behind this name", _OWN_FILE)
    except OSError as error:
        return _Unreadable(
            f"the file can't be read: {error.strerror}",
            "look at its permissions, and where it leads",
        )
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return _Unreadable("this is a folder, a pipe or a device, and no file", _OWN_FILE)
        return _read(handle, sort.most)
    except OSError as error:
        return _Unreadable(f"the file can't be read: {error.strerror}", "try it again")
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
