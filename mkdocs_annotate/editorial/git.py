"""What git knows of the files of a site: their names, their history, and who writes in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, anchor
from mkdocs_annotate.anchoring.following_edits import Removed, follow_edits
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.proposals import Proposal
from mkdocs_annotate.files.paths import shown_path
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.model.sidecar import Annotation, Quote
from mkdocs_annotate.sidecar.decoding import parse_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle, Project


def from_repository(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` with the names of files in the repository instead of those from here.

    Without a repository the names stay; so do those of files outside it.
    """
    here = Path.cwd()
    root = _root(here)
    return [
        replace(problem, position=problem.position._replace(file=_named(file, here, root)))
        for problem in problems
        for file in (problem.position.file,)
    ]


def _root(folder: Path) -> Path:
    """Return the folder of the repository that `folder` lies in; `folder` itself without one."""
    around = (folder, *folder.parents)
    # In a worktree or a submodule `.git` is a file.
    return next((place for place in around if (place / ".git").exists()), folder)


def _named(file: str, here: Path, root: Path) -> str:
    try:
        relative = Path(os.path.relpath(here / file, root)).as_posix()
    # On Windows there is no way from one drive to another.
    except ValueError:
        return file
    return file if relative.startswith("../") else shown_path(relative)


MOST_COMMITS = 20
"""How many commits of a file are looked at: each costs two processes and a conversion of the
article, some 50 ms, and a quote that was lost longer ago has other words around it by now."""

SECONDS = 10
"""How long git may take for one answer; a text takes it some milliseconds."""

_COMMAND = (
    "git",
    "--no-pager",
    "--literal-pathspecs",
    # Names as they are, not as octal numbers.
    "-c",
    "core.quotepath=false",
    # Else the user's settings may start a program that checks signatures.
    "-c",
    "log.showSignature=false",
)

_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    # Never writes, not even to refresh what git keeps for itself.
    "GIT_OPTIONAL_LOCKS": "0",
    # What a partial clone has left out stays there.
    "GIT_NO_LAZY_FETCH": "1",
}

_FORMAT = "--format=%x01%H%x02%h%x02%cs%x02%s"


@dataclass(frozen=True)
class Commit:
    """A commit: its name, the short form of it, its date as `2024-11-03`, its first line."""

    name: str
    short: str
    date: str
    subject: str


class History:
    """The history of an article and its sidecar; empty without git or a repository.

    Both may have had other names: renames that git notices are followed.  Never raises.
    """

    def __init__(self, article: Path, sidecar: Path) -> None:
        self.article = article
        self.sidecar = sidecar

    @cached_property
    def head(self) -> Commit | None:
        """Return the commit that is checked out."""
        found = _commits(_git(self.article.parent, "log", "-1", _FORMAT))
        return found[0][0] if found else None

    @cached_property
    def changes(self) -> tuple[Commit, ...]:
        """Return the commits that changed the article, newest first, at most `MOST_COMMITS`."""
        return tuple(commit for commit, _ in self._log(self.article))

    def commits(self) -> Iterator[Commit]:
        """Yield the commits in which the passage may be found, each once.

        First what is checked out, then where the sidecar changed last, then where the article did.
        """
        seen = set[str]()
        sidecar = [commit for commit, _ in self._log(self.sidecar)[:1]]
        for commit in (self.head, *sidecar, *self.changes):
            if commit is not None and commit.name not in seen:
                seen.add(commit.name)
                yield commit

    def article_at(self, commit: Commit) -> str | None:
        """Return the text of the article in `commit`; None if it had none, or no readable one."""
        return self._text(commit, self.article)

    def sidecar_at(self, commit: Commit) -> str | None:
        """Return the text of the sidecar in `commit`; None if it had none."""
        return self._text(commit, self.sidecar)

    @cached_property
    def _logs(self) -> dict[Path, list[tuple[Commit, str]]]:
        return {}

    def _log(self, file: Path) -> list[tuple[Commit, str]]:
        """Return the commits that changed `file`, with its name from the repository's root."""
        if file not in self._logs:
            arguments = ("log", "--follow", f"-{MOST_COMMITS}", _FORMAT, "--name-only", "--")
            self._logs[file] = _commits(_git(file.parent, *arguments, file.name))
        return self._logs[file]

    def _text(self, commit: Commit, file: Path) -> str | None:
        names = dict.fromkeys(name for _, name in self._log(file) if name)
        found = (_git(file.parent, "show", f"{commit.name}:{name}") for name in names)
        return _decoded(next((data for data in found if data is not None), None))


def _decoded(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _commits(data: bytes | None) -> list[tuple[Commit, str]]:
    """Parse the output of `git log`: each commit, with the name of the file if it is printed."""
    found = []
    for entry in (data or b"").decode("utf-8", "replace").split("\x01")[1:]:
        about, _, names = entry.partition("\n")
        name, short, date, subject = about.split("\x02", 3)
        found.append((Commit(name, short, date, subject), names.strip("\n")))
    return found


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints in `folder`; None if it is missing, fails or takes too long."""
    try:
        done = subprocess.run(
            [*_COMMAND, *arguments],
            cwd=folder,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def user_name(folder: Path) -> str:
    """Return the name that git would sign a commit in `folder` with; empty where nobody gave one.

    Never raises.
    """
    name = os.environ.get("GIT_AUTHOR_NAME") or _decoded(_git(folder, "config", "user.name")) or ""
    return " ".join(name.split())


@dataclass(frozen=True)
class Origin:
    """A passage in an older text: the commit, its words there, and where it stands today."""

    commit: Commit
    words: str
    became: Proposal | None


@dataclass(frozen=True)
class Removal:
    """A passage that is gone: where it was found, and the first commit without it, if known."""

    last: Commit
    commit: Commit | None


class Origins:
    """Looks for the passages of one article's annotations in its history."""

    def __init__(self, project: Project, article: OpenArticle) -> None:
        self._project = project
        self._article = article
        self._history = History(article.path, article.sidecar)
        self._pages: dict[str, Page | None] = {}
        self._quotes: dict[str, frozenset[Quote]] = {}

    def of(self, orphan: Orphan) -> Origin | Removal | None:
        """Return what became of the passage that `orphan` had; None if no commit has it.

        The first of `History.commits` in which the annotation had one place decides.
        Never raises.  Cost: a conversion of the article for each of up to 22 commits, once.
        """
        for commit in self._history.commits():
            page = self._page(commit)
            if page is None or not self._stood(orphan.annotation, commit):
                continue
            answer = anchor(orphan.annotation, page)
            if isinstance(answer, Anchor) and len(answer.ranges) == 1:
                return self._became(answer.ranges[0], page, commit)
        return None

    def _became(self, place: Range, page: Page, commit: Commit) -> Origin | Removal:
        became = follow_edits(place, page, self._article.page)
        if isinstance(became, Removed):
            return Removal(commit, self._remover(place, page))
        return Origin(commit, page.text[place.start : place.end], became)

    def _remover(self, place: Range, page: Page) -> Commit | None:
        """Return the commit that removed the passage.

        None if only the uncommitted files lack it, or if all commits that are searched do.
        """
        remover = None
        for commit in self._history.changes:
            later = self._page(commit)
            if later is None or not isinstance(follow_edits(place, page, later), Removed):
                return remover
            remover = commit
        return None

    def _stood(self, annotation: Annotation, commit: Commit) -> bool:
        """Return whether the sidecar had the quote in `commit`.

        What is checked out counts as it is: the quote may be newer, and not committed yet.
        """
        if commit == self._history.head:
            return True
        if commit.name not in self._quotes:
            sidecar, _ = parse_sidecar(self._history.sidecar_at(commit) or "", "sidecar")
            quotes = frozenset(annotation.quote for annotation in sidecar.annotations)
            self._quotes[commit.name] = quotes
        return annotation.quote in self._quotes[commit.name]

    def _page(self, commit: Commit) -> Page | None:
        if commit.name not in self._pages:
            text = self._history.article_at(commit)
            page = None if text is None else self._project.page_of(self._article, text)
            self._pages[commit.name] = page
        return self._pages[commit.name]
