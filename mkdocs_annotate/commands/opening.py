"""Opening the site that a command is about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_annotate.sidecar.files import SUFFIX

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.projects import OpenArticle, Project

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")

config_option: Callable[[Any], Any] = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The site's configuration; mkdocs.yml or properdocs.yml without it.",
)


class Unreadable(click.ClickException):
    """The site, or what the command needs of it, can't be used."""

    exit_code = 2


def has_config() -> bool:
    """Return whether the working directory is that of a site."""
    return any(Path(name).is_file() for name in CONFIG_NAMES)


def open_project(config_file: Path | None) -> Project:
    """Return the site of `config_file`, or of the working directory.

    Raises Unreadable with what to do.
    """
    try:
        # Here and not above: other commands work where no builder is installed.
        from mkdocs_annotate.hosts.projects import Project, ProjectError
    except ImportError as error:
        raise Unreadable(
            "to convert articles as the site does, its builder is needed: "
            "pip install 'mkdocs-annotate[mkdocs]', or [properdocs]"
        ) from error
    path = config_file or next(
        (Path(name) for name in CONFIG_NAMES if Path(name).is_file()), Path(CONFIG_NAMES[0])
    )
    if config_file is None and not path.is_file() and Path("zensical.toml").is_file():
        raise Unreadable(
            f"zensical.toml can't be read yet; put a {path} beside it, with `site_name` and "
            "`plugins: [annotate]`"
        )
    if not path.is_file():
        raise Unreadable(f"there is no {path}; {_elsewhere(path)}")
    try:
        return Project(path)
    except ProjectError as error:
        raise Unreadable(str(error)) from error


def _elsewhere(path: Path) -> str:
    """Return what to do where there is no configuration at `path`: one may lie further up."""
    here = Path.cwd()
    above = (
        (up, folder / name)
        for up, folder in enumerate(here.parents, 1)
        for name in CONFIG_NAMES
        if (folder / name).is_file()
    )
    up, found = next(above, (0, path))
    if not up:
        return "name the site's configuration with -f"
    return f"did you mean {'../' * up}{found.name}? Run the command there, or name it with -f"


def open_articles(project: Project, paths: tuple[Path, ...]) -> list[OpenArticle]:
    """Return the articles at `paths`, or all that have a sidecar; a sidecar names its article.

    Raises Unreadable.
    """
    from mkdocs_annotate.hosts.projects import ProjectError

    try:
        if paths:
            return [project.article(_article_of(project, path)) for path in paths]
        return list(project.annotated_articles())
    except ProjectError as error:
        raise Unreadable(str(error)) from error


def _article_of(project: Project, path: Path) -> Path:
    owner = project.article_of_sidecar(path) if path.name.endswith(SUFFIX) else None
    return owner or path
