"""Paths: how messages name them, and whether they lie in a folder."""

import os
import stat
from pathlib import Path

from mkdocs_annotate.model.problems import shown


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


def is_inside(path: str | Path, root: Path) -> bool:
    """Return whether `path`, links followed, lies in the folder `root`.

    `docs-secret` does not lie in `docs`, though its name begins so.
    """
    real_root = os.path.realpath(root)
    return os.path.realpath(path).startswith(real_root.rstrip(os.sep) + os.sep)


def is_plainly_inside(path: str, root: str) -> bool:
    """Return whether `path` is there, below the folder `root`, and no link stands between.

    Then nothing more need be looked up: to follow all of a path takes ten times as long.
    """
    if not path.startswith(root + os.sep) or os.pardir in path:
        return False
    while len(path) > len(root):
        try:
            entry = os.lstat(path)
        except OSError:
            return False
        # What Windows has in place of links is no link to Python.
        if stat.S_ISLNK(entry.st_mode) or getattr(entry, "st_reparse_tag", None):
            return False
        path = path.rpartition(os.sep)[0]
    return True
