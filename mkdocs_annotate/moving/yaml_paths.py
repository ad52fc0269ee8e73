"""Changes paths of articles and sidecars in YAML: in `nav`, in front matter, and in sidecars."""

import os
import posixpath
import re
from pathlib import Path

from mkdocs_annotate.moving.links import LeftToDo, Mend, Mended, Move, Unmendable, mended_markdown
from mkdocs_annotate.sidecar.editing import EditSession, KeyPath, Uneditable
from mkdocs_annotate.sidecar.yaml_text import Replacement

FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?\r?\n)(?:\.{3}|-{3})[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
"""The settings at the top of an article, as MkDocs reads them."""


def with_navigation(text: str, move: Move) -> Mended:
    """Return the configuration `text` with the moved article in its `nav`."""
    session = EditSession(text, "")
    changes = {
        path: [Replacement(0, len(value.text), move.new)]
        for path, value in session.texts().items()
        if path[0] == "nav" and posixpath.normpath(value.text) == move.old
    }
    try:
        session.replace_parts(changes)
    except Uneditable:
        return Mended(text, 0, [LeftToDo(0, f"`nav` names {move.old}; it should be {move.new}")])
    return Mended(session.text, len(changes), [])


def sidecar_named(article: str) -> str:
    """Return the path of a sidecar that the front matter of an article names; none: empty."""
    found = _named(article)
    return found[1] if found else ""


def with_sidecar_named(article: str, path: str) -> Mended:
    """Return `article` with `path` as the sidecar that its front matter names."""
    found, head = _named(article), FRONT_MATTER.match(article)
    if not found or not head:
        return Mended(article, 0, [])
    session = EditSession(head[1], "")
    try:
        session.replace_parts({found[0]: [Replacement(0, len(found[1]), path)]})
    except Uneditable:
        message = f"the front matter names “{found[1]}”; it should be “{path}”"
        return Mended(article, 0, [LeftToDo(head.start(1), message)])
    return Mended(article[: head.start(1)] + session.text + article[head.end(1) :], 1, [])


def _named(article: str) -> tuple[KeyPath, str] | None:
    head = FRONT_MATTER.match(article)
    said = EditSession(head[1], "").texts() if head else {}
    ways: tuple[KeyPath, ...] = (("annotations",), ("annotations", "file"))
    for path in ways:
        if path in said and said[path].text.endswith(".annotations.yml"):
            return path, said[path].text
    return None


def with_notes(text: str, mend: Mend) -> Mended:
    """Return the sidecar `text` with the addresses in its notes and of its sources mended."""
    left: list[LeftToDo] = []
    count = 0
    session = EditSession(text, "")
    said = session.texts()
    if not said and re.search(r"^\s*[^\s#]", text, re.MULTILINE):
        return Mended(text, 0, [LeftToDo(0, "can't be read, so its links were not checked")])
    for path, value in said.items():
        if _is_markdown(path):
            mended = mended_markdown(value.text, mend)
            left += [LeftToDo(value.start, message) for _, message in mended.left]
            parts = list(mended.parts)
        elif path[-1] in ("url", "archive_url"):
            try:
                new = mend(value.text)
            except Unmendable as error:
                left.append(LeftToDo(value.start, f"“{value.text}” {error}"))
                continue
            parts = [Replacement(0, len(value.text), new)] if new != value.text else []
        else:
            continue
        try:
            session.replace_parts({path: parts} if parts else {})
            count += len(parts)
        except Uneditable:
            left += [
                LeftToDo(value.start, f"“{value.text[start:end]}” should be “{new}”")
                for start, end, new in parts
            ]
    return Mended(session.text, count, sorted(left))


def _is_markdown(path: KeyPath) -> bool:
    return path[-1] in ("note", "backstory") or (path[-1] == "text" and "corrections" in path)


# `# yaml-language-server: $schema=PATH` of the YAML server, `# $schema: PATH` of JetBrains.
_LINE = re.compile(
    r"^(?P<begin>#[ \t]*(?:yaml-language-server:[ \t]*\$schema=|\$schema:[ \t]*))(?P<path>\S+)",
    re.MULTILINE,
)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")


def with_schema(text: str, old: Path, new: Path) -> str:
    """Return the `text` of a sidecar that moves from the folder `old` to `new`.

    A path to its schema leads to the same file from there; an address, and a path from a root,
    stay as they are.  Cost: linear.
    """

    def moved(found: re.Match[str]) -> str:
        path = found["path"]
        if _ELSEWHERE.match(path):
            return found.group()
        file = os.path.normpath(old / path)
        return found["begin"] + Path(os.path.relpath(file, new)).as_posix()

    return _LINE.sub(moved, text)
