"""Patterns of paths as in `.gitignore`, which options such as `exclude_docs` have a line each.

MkDocs has a library for them, and Zensical reads them itself.
"""

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from mkdocs_annotate.files.paths import display_path, shown_path
from mkdocs_annotate.hosts.option_values import OptionProblem
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.sidecar.files import SUFFIX, intended_article

_PARTS = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_SIGN = re.compile(r"\*\*/|/\*\*(?=$)|\*\*|\*|\?|\[[^\]/]*\]|.")


def patterns_in(*values: Any) -> str:
    """Return what several options say together, a pattern a line; other than text is nothing."""
    return "\n".join(value for value in values if isinstance(value, str))


def is_matched(path: str, patterns: str) -> bool:
    """Return whether the last of `patterns` that is about `path` takes it in.

    Paths begin in the folder of all articles.  A pattern without a slash is about a name in any
    folder, one that ends with a slash about all in a folder, and `!` lets out again.
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


def no_article(path: Path, articles: Iterable[Path], docs: Path) -> str:
    """Return what to tell of a `path` that is none of the `articles` below the folder `docs`."""
    name = shown_path(path.as_posix())
    known = {display_path(article): article for article in articles}
    folder = display_path(docs)
    if path.name.endswith(SUFFIX):
        stem = path.with_name(path.name.removesuffix(SUFFIX))
        owner = _meant(stem.with_name(f"{stem.name}.md"), list(known))
        hint = f"name its article, {owner}" if owner else "no article of this site belongs to it"
        return f"{name} is a sidecar; {hint}"
    meant = _meant(path, list(known))
    hint = f"did you mean {meant}?" if meant else f"they lie in {shown(folder)}/"
    return f"{name} is no article of this site; {hint}"


def _meant(path: Path, known: list[str]) -> str:
    """Return the one of the `known` paths that `path` most probably stands for; empty for none."""
    wanted = PurePath(os.path.normpath(path))
    for candidate in (wanted, wanted.with_name(f"{wanted.name}.md"), wanted / "index.md"):
        ends = [
            one for one in known if PurePath(one).parts[-len(candidate.parts) :] == candidate.parts
        ]
        if len(ends) == 1:
            return ends[0]
    # Their folders are all alike, and would make any name near.
    stems = {PurePath(one).stem: one for one in known}
    return stems.get(nearest(wanted.stem, stems) or "", "")


def mentions_sidecar(path: str) -> bool:
    """Return whether the front matter of the article at `path` names a sidecar.  Raises OSError."""
    with Path(path).open(encoding="utf-8-sig", errors="replace") as lines:
        if next(lines, "").rstrip() != "---":
            return False
        for line in lines:
            if line.startswith("annotations:"):
                return True
            if line.rstrip() in ("---", "..."):
                return False
    return False


_MOST_NAMES = 200
"""How many folders are looked at for a near name."""


def missing_folder(options: Options, project: Path) -> list[OptionProblem]:
    """Return what is wrong where `annotations_dir` names no folder; its path begins in `project`.

    Cost: one look at the disk, where it names one.
    """
    if not options.annotations_dir:
        return []
    path = project / options.annotations_dir
    if path.is_dir():
        return []
    near = nearest(path.name, _folders_in(path.parent))
    parent = PurePosixPath(options.annotations_dir).parent
    hint = f"did you mean `{shown(str(parent / near))}`?" if near else _FROM_THE_PROJECT
    name = shown(options.annotations_dir)
    return [OptionProblem("annotations_dir", f"`annotations_dir` names no folder: {name}", hint)]


_FROM_THE_PROJECT = "give a path from the folder of the configuration file, or make the folder"


def _folders_in(folder: Path) -> list[str]:
    try:
        names = [one.name for one in folder.iterdir() if one.is_dir()]
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith("."))[:_MOST_NAMES]


def unused_folders(options: Options, project: Path, docs: Path) -> list[Problem]:
    """Return a problem for each folder beside `docs` that has sidecars and that no option names.

    Only its first two floors are looked at.
    """
    named = project / options.annotations_dir if options.annotations_dir else None
    around = {docs, *docs.parents, *([named, *named.parents] if named else [])}
    folders = [project / name for name in _folders_in(project) if project / name not in around]
    return [problem for folder in folders for problem in _mirrored(folder, docs)]


def _mirrored(folder: Path, docs: Path) -> Iterator[Problem]:
    """Yield a problem of the first sidecar in `folder` that is called as an article in `docs`."""
    for floor in ("", "*/"):
        for path in sorted(folder.glob(f"{floor}*{SUFFIX}")):
            article = intended_article(path.relative_to(folder).as_posix())
            if (docs / article).is_file():
                message = f"this sidecar of {article} is not read"
                hint = f"put it beside the article, or set `annotations_dir: {folder.name}`"
                place = Position(display_path(path), 1, 1)
                yield Problem(place, Rule.NO_ARTICLE, message, hint, subject=article)
                return
