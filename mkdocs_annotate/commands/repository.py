"""Files named from the folder of the repository, as the services that host it name them."""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.sidecar.files import shown_path


def from_repository(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` of files named from the working directory, named from the repository.

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
    """Return the folder of the repository that `folder` lies in; itself where there is none."""
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
