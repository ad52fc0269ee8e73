"""The command `mv`: moves an article with its sidecar, and mends the links to both."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    folder_of,
    open_markdown,
)
from mkdocs_annotate.files.journal import Edit, NotDone, write_all
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.reading import read_utf8
from mkdocs_annotate.hosts.site_files import no_article
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.moving.links import LeftToDo, Move, mended, mended_markdown
from mkdocs_annotate.moving.yaml_paths import (
    FRONT_MATTER,
    sidecar_named,
    with_navigation,
    with_notes,
    with_schema,
    with_sidecar_named,
)
from mkdocs_annotate.sidecar.editing import as_diff
from mkdocs_annotate.sidecar.files import locate, sidecar_name

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.mkdocs_project import MkDocsProject


_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What the name of an article ends in, as MkDocs has it."""


@dataclass
class Plan:
    """The edits of files, the renames after them, and what is left to do by hand."""

    edits: list[Edit] = field(default_factory=list)
    renames: list[tuple[Path, Path]] = field(default_factory=list)
    counts: dict[Path, int] = field(default_factory=dict)
    """How many addresses are mended in each file."""

    left: list[str] = field(default_factory=list)
    """`file:line:column: what`, with the names that files have after the move."""


def plan_of(project: MkDocsProject, old: Path, new: Path) -> Plan:
    """Return the plan of a move of the article `old` to `new`, a path or a folder.

    Raises Unreadable where it can't be moved there.
    """
    return _Planner(project, old, new).plan


class _Planner:
    def __init__(self, project: MkDocsProject, old: Path, new: Path) -> None:
        self.project = project
        self.docs = Path(os.path.realpath(project.docs))
        self.plan = Plan()
        self.old = _real(old)
        articles = {_real(path): uri for path, uri in project.sources().items()}
        if self.old not in articles:
            raise Unreadable(no_article(old, articles, self.docs))
        self.new = self._destination(new)
        self.move = Move(articles[self.old], self.new.relative_to(self.docs).as_posix())
        texts = {path: self._text(path) for path in articles}
        self.sidecars = self._moved_sidecar(texts[self.old] or "")
        self.plan.renames = [(self.old, self.new), *self.sidecars.items()]
        self._check_free()
        for path, uri in articles.items():
            self._mend_article(path, uri, texts[path])
        self._mend_navigation()

    def _destination(self, new: Path) -> Path:
        """Return the new path of the article; an existing folder keeps its name."""
        if new.is_dir():
            new = new / self.old.name
        elif new.suffix not in _ENDINGS:
            raise Unreadable(
                f"{new} is neither a folder nor the name of an article; make the folder first, "
                f"or end "
                "the name in .md"
            )
        path = _real(new)
        if self.docs not in path.parents:
            raise Unreadable(f"{new} lies outside {self.project.docs.name}/, where articles are")
        return path

    def _moved_sidecar(self, text: str) -> dict[Path, Path]:
        """Return where the article's sidecar is and will be; one named in front matter stays."""
        if sidecar_named(text):
            return {}
        folder = _real(self.project.folder) if self.project.folder else None
        path = locate(self.old, self.docs, folder).path
        if path is None:
            return {}
        if path == Path(sidecar_name(str(self.old))):
            return {path: Path(sidecar_name(str(self.new)))}
        if folder is None or folder not in path.parents:
            # It lies beside the file that the article is a link to, and stays with it.
            return {}
        return {path: folder / sidecar_name(self.move.new)}

    def _check_free(self) -> None:
        for _, new in self.plan.renames:
            if os.path.lexists(new):
                raise Unreadable(f"{display_path(new)} is there already; nothing is changed")

    def _mend_article(self, path: Path, uri: str, text: str | None) -> None:
        if text is None:
            self.plan.left.append(
                f"{display_path(path)}:1:1: is not UTF-8, so its links were not checked"
            )
            return
        named = sidecar_named(text)
        sidecar = locate(
            path, self.docs, self.project.folder and _real(self.project.folder), named or None
        ).path
        head = with_sidecar_named(text, self._named_path(path, named)) if named else None
        begin = head.text if head else text
        start = found.end() if (found := FRONT_MATTER.match(begin)) else 0
        body = begin[start:]

        def links() -> tuple[Counter[str], Collection[str]] | None:
            real = self.project.links(body)
            return (real.inline, real.defined) if real else None

        done = mended_markdown(body, lambda address: self._mended(address, uri), links)
        left = [LeftToDo(start + offset, message) for offset, message in done.left]
        if head:
            left += head.left
        count = done.count + (begin != text)
        self._change(path, text, begin[:start] + done.text, count, left)
        if sidecar is not None:
            self._mend_sidecar(sidecar, uri)

    def _mended(self, address: str, uri: str) -> str:
        return mended(address, uri, self.move, lambda path: (self.docs / path).is_file())

    def _named_path(self, path: Path, named: str) -> str:
        """Return what the front matter of an article must name for its sidecar."""
        sidecar = Path(os.path.normpath(path.parent / named))
        sidecar = self.sidecars.get(sidecar, sidecar)
        folder = (self.new if path == self.old else path).parent
        if folder == path.parent and sidecar == Path(os.path.normpath(path.parent / named)):
            return named
        return Path(os.path.relpath(sidecar, folder)).as_posix()

    def _mend_sidecar(self, path: Path, uri: str) -> None:
        text = self._text(path)
        if text is None or any(edit.path == path for edit in self.plan.edits):
            return
        done = with_notes(text, lambda address: self._mended(address, uri))
        after = done.text
        if path in self.sidecars:
            after = with_schema(after, path.parent, self.sidecars[path].parent)
        self._change(path, text, after, done.count + (after != done.text), done.left)

    def _mend_navigation(self) -> None:
        path = self.project.config_file
        text = self._text(path)
        done = with_navigation(text or "", self.move)
        self._change(path, text or "", done.text, done.count, done.left)
        if not done.count and _names(self.project.config.nav, self.move.old) and not done.left:
            where = display_path(path)
            self.plan.left.append(
                f"{where}:1:1: `nav` names {self.move.old} where no value of this file does, "
                f"perhaps in one that it inherits; it should be {self.move.new}"
            )

    def _change(
        self, path: Path, before: str, after: str, count: int, left: list[LeftToDo]
    ) -> None:
        if after != before:
            self.plan.edits.append(Edit(path, before, after))
            self.plan.counts[path] = count
        for offset, message in left:
            line = before.count("\n", 0, offset) + 1
            column = offset - (before.rfind("\n", 0, offset) + 1) + 1
            name = display_path(dict(self.plan.renames).get(path, path))
            self.plan.left.append(f"{name}:{line}:{column}: {message}")

    def _text(self, path: Path) -> str | None:
        """Return the text of a file with its line ends as they are; None if it is none."""
        try:
            return read_utf8(path)
        except (OSError, UnicodeDecodeError):
            return None


def _names(navigation: object, article: str) -> bool:
    if isinstance(navigation, dict):
        return any(_names(value, article) for value in navigation.values())
    if isinstance(navigation, list):
        return any(_names(item, article) for item in navigation)
    return isinstance(navigation, str) and os.path.normpath(navigation) == os.path.normpath(article)


def _real(path: Path) -> Path:
    """Return `path` with the links of its folder followed, and none of its own."""
    return Path(os.path.realpath(path.parent)) / path.name


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@config_option
@click.option("--dry-run", is_flag=True, help="Show every edit as a diff, and write nothing.")
def mv(old: Path, new: Path, config_file: Path | None, dry_run: bool) -> None:
    """Move the article OLD, with its sidecar, to NEW, a path or a folder.

    Links to it in other articles and in notes are mended, and so are its own, its entry in `nav`,
    and the path of a sidecar in front matter. Nothing is overwritten; if one file can't be
    written, what was done before it is undone. What can't be mended is listed.

    Exit codes: 0 all is done, 1 something is left to do by hand, 2 nothing was moved.
    """
    project = open_markdown(config_file)
    plan = plan_of(project, old, new)
    if dry_run:
        for edit in plan.edits:
            click.echo(as_diff(edit.before, edit.after, edit.path), nl=False)
    else:
        try:
            write_all(plan.edits, plan.renames, folder_of(project), "mv")
        except NotDone as error:
            raise Unreadable(str(error)) from error
    _tell(plan)
    if plan.left:
        raise SystemExit(1)


def _tell(plan: Plan) -> None:
    for before, after in plan.renames:
        click.echo(f"{display_path(before)} → {display_path(after)}")
    for path, count in plan.counts.items():
        click.echo(f"{display_path(path)}: {count} mended")
    if plan.left:
        click.echo("left to do by hand:")
        for line in plan.left:
            file, _, rest = line.partition(": ")
            click.echo(f"{file}: {shown(rest)}")
