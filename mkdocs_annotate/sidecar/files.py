"""Where sidecars lie on disk, and guarded reading: nothing outside the project is opened."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePath

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.sidecar.decoding import parse_sidecar

SUFFIX = ".annotations.yml"
"""What a sidecar's name ends in, after the name of its article without the ending."""

MISTAKEN_SUFFIX = ".annotations.yaml"

MAX_BYTES = 1 << 20
"""Largest sidecar, in bytes; 1,000 annotations have 700 kB."""


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
    `named`, a path from the article's folder, says.  Raises nothing; opens nothing.
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
    return Location(None, _misspelt(beside))


def _named(article: Path, named: str) -> Location:
    path = Path(os.path.normpath(article.parent / named))
    if not named.endswith(SUFFIX):
        cure = f"call it `…{SUFFIX}`"
        return Location(None, (_bad_name(article, named, "is no name of a sidecar", cure),))
    if not os.path.lexists(path):
        cure = f"the path begins at the article's folder, {display_path(article.parent)}"
        return Location(None, (_bad_name(article, named, "does not exist", cure),))
    return Location(path)


def _bad_name(article: Path, named: str, fault: str, cure: str) -> Problem:
    position = Position(display_path(article), 1, 1)
    message = f"the file “{shown(named)}”, named as `annotations` in the front matter, {fault}"
    return Problem(position, Rule.BAD_OPTION, message, cure)


def _two(used: Path, unused: Path) -> Problem:
    return Problem(
        Position(display_path(unused), 1, 1),
        Rule.TWO_SIDECARS,
        f"the article has another sidecar, {display_path(used)}, and this one is not read",
        "move its entries there, and remove it",
    )


def _misspelt(beside: Path) -> tuple[Problem, ...]:
    other = beside.with_name(beside.name[: -len(SUFFIX)] + MISTAKEN_SUFFIX)
    if not os.path.lexists(other):
        return ()
    position = Position(display_path(other), 1, 1)
    cure = f"rename it to `{beside.name}`"
    return (Problem(position, Rule.NO_ARTICLE, f"a sidecar ends in `{SUFFIX}`", cure),)


def read_sidecar(path: Path, roots: tuple[Path, ...]) -> tuple[Sidecar, list[Problem]]:
    """Return what the sidecar at `path` says, and every problem in it.

    It must lie in one of `roots`, and so must what it links to; it must be an ordinary file of
    at most `MAX_BYTES`, in UTF-8.  Else it is empty, with a problem.  Never raises.
    """
    file = display_path(path)
    data = _bytes_of(path, roots)
    if isinstance(data, str):
        return Sidecar(file), [Problem(Position(file, 1, 1), Rule.NOT_READABLE, data)]
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES >> 20} MiB"
        problem = Problem(Position(file, 1, 1), Rule.TOO_LARGE, message, "divide the article")
        return Sidecar(file), [problem]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Sidecar(file), [_not_utf8(file, data, error)]
    return parse_sidecar(text, file)


def _not_utf8(file: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "the file is in UTF-16, and sidecars are in UTF-8"
    else:
        message = f"the byte 0x{data[error.start]:02X} here is no UTF-8"
    position = Position(file, before.count(b"\n") + 1, column)
    return Problem(position, Rule.NOT_UTF8, message, "save the file as UTF-8")


def _bytes_of(path: Path, roots: tuple[Path, ...]) -> bytes | str:
    """Return the content of a file, at most one byte more than is allowed; or why there is none."""
    real = os.path.realpath(path)
    if not any(is_inside(real, root) for root in roots):
        return "the file lies outside the project, and is not read"
    if not real.endswith(SUFFIX):
        return f"the file is a link to one whose name does not end in `{SUFFIX}`"
    try:
        # A pipe or a device would block, or never end.
        handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return f"the file can't be read: {error.strerror}"
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return "this is no ordinary file"
        try:
            return stream.read(MAX_BYTES + 1)
        except OSError as error:
            return f"the file can't be read: {error.strerror}"


def is_inside(path: str | Path, root: Path) -> bool:
    """Return whether `path`, links followed, lies in the folder `root`.

    `docs-secret` does not lie in `docs`, though its name begins so.
    """
    real_root = os.path.realpath(root)
    return os.path.realpath(path).startswith(real_root.rstrip(os.sep) + os.sep)


def display_path(path: Path | str) -> str:
    """Return `path` as messages name it: from the working directory, where it lies in it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        return Path(path).as_posix()
    name = str(path) if relative.startswith("..") else relative
    return shown_path(Path(name).as_posix())


def shown_path(name: str) -> str:
    """Return a file's name as one harmless line, however long."""
    return "/".join(shown(part) for part in name.split("/"))
