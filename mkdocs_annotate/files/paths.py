"""Paths: how messages name them, tests for folders and patterns, and the paths of our assets."""

import os
import re
import stat
from functools import lru_cache
from pathlib import Path
from typing import Any

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


_PARTS = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_SIGN = re.compile(r"\*\*/|/\*\*(?=$)|\*\*|\*|\?|\[[^\]/]*\]|.")


def patterns_in(*values: Any) -> str:
    """Return the patterns of several options, one a line; values that are not text are ignored."""
    return "\n".join(value for value in values if isinstance(value, str))


def is_matched(path: str, patterns: str) -> bool:
    """Return whether the last of `patterns` that matches `path` includes it.

    Paths begin in the folder of all articles.  A pattern without a slash matches a name in any
    folder, one that ends with a slash all files of a folder, and `!` excludes again.
    Source: https://git-scm.com/docs/gitignore.  Never raises.
    """
    matched = False
    for line in patterns.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        lets_out = pattern.startswith("!")
        if _compiled(pattern.removeprefix("!")).fullmatch(path):
            matched = not lets_out
    return matched


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    folder = pattern.endswith("/")
    inner = pattern.rstrip("/")
    # A slash at the beginning or in the middle ties a pattern to the folder of all articles.
    anywhere = "" if "/" in inner else "(?:.*/)?"
    expression = "".join(map(_part, _SIGN.findall(inner.removeprefix("/"))))
    below = "/.*" if folder else "(?:/.*)?"
    return re.compile(f"{anywhere}{expression}{below}", re.DOTALL)


def _part(sign: str) -> str:
    if len(sign) > 2 and sign.startswith("[") and sign not in _PARTS:
        inside = sign[1:-1].replace("\\", r"\\").replace("[", r"\[")
        return f"[^{inside[1:]}]" if inside.startswith("!") and inside[1:] else _set(inside)
    return _PARTS.get(sign) or re.escape(sign)


def _set(inside: str) -> str:
    try:
        re.compile(f"[{inside}]")
    except re.error:
        return re.escape(f"[{inside}]")
    return f"[{inside}]"


ASSETS = ("annotate.css", "annotate.js")
"""What annotated pages need."""

INDEX_ASSET = "annotate-index.css"
"""What index pages need besides."""

ASSETS_FOLDER = "assets/annotate"
"""Where a site of MkDocs publishes them."""


def asset_path(name: str) -> Path:
    """Return where the package keeps the asset `name`."""
    return Path(__file__).parents[1] / "assets" / name
