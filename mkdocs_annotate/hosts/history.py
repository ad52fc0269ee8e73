"""Older texts of an article and its sidecar: the one door to git, which only reads."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

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
    """What git knows of an article and its sidecar; nothing where it knows none, or is none.

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
        """Yield the commits worth a look, each once.

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
    """Return what `git log` told: each commit, with the name of the file in it if it was asked."""
    found = []
    for entry in (data or b"").decode("utf-8", "replace").split("\x01")[1:]:
        about, _, names = entry.partition("\n")
        name, short, date, subject = about.split("\x02", 3)
        found.append((Commit(name, short, date, subject), names.strip("\n")))
    return found


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git answers in `folder`; None where it is missing, fails or takes too long."""
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
