"""What an address must become when an article moves."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, unquote

_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:|//")
_UNFIT = re.compile(r"[\s()<>%#?\\\"']")


@dataclass(frozen=True)
class Move:
    """An article's path before and after, both from the folder of the articles."""

    old: str
    new: str

    def place_of(self, article: str) -> str:
        """Return where `article` is after the move."""
        return self.new if article == self.old else article


class Stuck(Exception):
    """An address that the move concerns, but that can't be mended; the message says why."""


def mended(address: str, article: str, move: Move, exists: Callable[[str], bool]) -> str:
    """Return what `address`, written in `article`, must be after `move`; often the same.

    `exists` tells whether there is a file at a path from the folder of the articles.  Anchors and
    queries stay.  Raises Stuck for addresses of the published page, and for those that a moved
    article takes along and that lead nowhere.
    """
    found = re.match(r"[^?#]*", address)
    path = found.group() if found else ""
    if not path or _SCHEME.match(path):
        return address
    tail = address[len(path) :]
    if path.startswith("/"):
        is_it = posixpath.normpath(unquote(path[1:])) == move.old
        return f"/{_written(move.new)}{tail}" if is_it else address
    target = posixpath.normpath(posixpath.join(posixpath.dirname(article), unquote(path)))
    here = posixpath.dirname(move.place_of(article)) or "."
    if target == move.old:
        return _relative(move.new, here, path) + tail
    if not exists(target) and target in _published(move.old):
        raise Stuck("leads to the published page, and its address changes")
    if here == (posixpath.dirname(article) or "."):
        return address
    if not exists(target):
        raise Stuck("leads to no file, and was left as it is")
    return _relative(target, here, path) + tail


def _relative(target: str, folder: str, before: str) -> str:
    """Return the path of `target` from `folder`, beginning with `./` if `before` did."""
    path = posixpath.relpath(target, folder)
    if before.startswith("./") and not path.startswith("../"):
        path = f"./{path}"
    return before if unquote(before) == path else _written(path)


def _written(path: str) -> str:
    """Return `path` with escapes for what would end an address in Markdown."""
    return _UNFIT.sub(lambda found: quote(found.group()), path)


def _published(article: str) -> tuple[str, ...]:
    """Return the paths that the page of `article` may be published at, without a last slash."""
    stem = posixpath.splitext(article)[0]
    if posixpath.basename(stem) in ("index", "README"):
        folder = posixpath.dirname(stem)
        return (folder or ".", f"{folder}/index.html".lstrip("/"))
    return stem, f"{stem}.html", f"{stem}/index.html"
