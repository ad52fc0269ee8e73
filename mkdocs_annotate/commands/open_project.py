"""Opening the site that a command is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_annotate.files.journal import Edit, interrupted, write_each
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import sweep
from mkdocs_annotate.model.problems import Position, Problem
from mkdocs_annotate.model.reporting import internal_error
from mkdocs_annotate.sidecar.editing import EditSession
from mkdocs_annotate.sidecar.files import SUFFIX

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.mkdocs_project import MkDocsProject
    from mkdocs_annotate.hosts.project import OpenArticle, Project


CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml", "zensical.toml")
"""Configurations of sites whose articles are Markdown."""

BUILT = "annotate.yml"
"""The configuration of a site that another program built."""

_FOLDERS = "mkdocs_annotate.folders"


def _keep_folder(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    context.meta.setdefault(_FOLDERS, {})[parameter.name] = value


_CONFIG_OPTIONS = (
    click.option(
        "-f",
        "--config-file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The site's configuration; without it mkdocs.yml, properdocs.yml, zensical.toml or "
        "annotate.yml in the working folder.",
    ),
    click.option(
        "--site",
        "built_site",
        type=click.Path(path_type=Path, file_okay=False),
        expose_value=False,
        callback=_keep_folder,
        help="A folder of HTML that any program built; its pages are the articles.",
    ),
    click.option(
        "--sidecars",
        type=click.Path(path_type=Path, file_okay=False),
        expose_value=False,
        callback=_keep_folder,
        help="The folder of sidecars that mirrors --site.",
    ),
)


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which site a command is about."""
    for option in reversed(_CONFIG_OPTIONS):
        command = option(command)
    return command


class Unreadable(click.ClickException):
    """The command can't do its work: the site, or a file that it needs, can't be used."""

    exit_code = 2


_FAILED = "mkdocs_annotate.failed"


def report_failure(problem: Problem) -> None:
    """Print a `problem` that kept the command from a part of its work.

    A command that would otherwise end with exit code 0 then ends with 1.
    """
    click.echo(str(problem), err=True)
    click.get_current_context().meta[_FAILED] = True


def has_failed(context: click.Context) -> bool:
    """Return whether a part of the work was not done, after `report_failure`."""
    return bool(context.meta.get(_FAILED))


@contextmanager
def working_on(file: Path) -> Iterator[None]:
    """Report an error of ours in the block as a problem of `file`, and go on after the block."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort, OSError):
        raise
    except Exception as error:
        report_failure(internal_error(error, Position(display_path(file), 1, 1)))


def has_config() -> bool:
    """Return whether the working directory is that of a site."""
    return any(Path(name).is_file() for name in (*CONFIG_NAMES, BUILT))


def open_project(config_file: Path | None) -> Project:
    """Return the site of `config_file`, of --site and --sidecars, or of the working directory.

    Raises Unreadable with what to do.
    """
    given = click.get_current_context().meta.get(_FOLDERS, {})
    site, sidecars = given.get("built_site"), given.get("sidecars")
    named = config_file or config_here()
    if site or sidecars or named.name == BUILT:
        is_built = named.name == BUILT and named.is_file()
        return _open_built(named if is_built else None, site, sidecars)
    return open_markdown(config_file)


def config_here() -> Path:
    """Return the configuration in the working directory; the usual name where there is none."""
    names = (Path(name) for name in (*CONFIG_NAMES, BUILT))
    return next((path for path in names if path.is_file()), Path(CONFIG_NAMES[0]))


def _open_built(config: Path | None, site: Path | None, sidecars: Path | None) -> Project:
    # Here and not above: no builder is needed, and other commands begin sooner without.
    from mkdocs_annotate.any_html.projects import HtmlProject
    from mkdocs_annotate.hosts.project import ProjectError

    try:
        project = HtmlProject(config, site, sidecars)
    except ProjectError as error:
        raise Unreadable(str(error)) from error
    _tidy(project)
    return project


def open_markdown(config_file: Path | None) -> MkDocsProject:
    """Return the site of `config_file`, or of the working directory, whose articles are Markdown.

    Raises Unreadable with what to do.
    """
    try:
        # Here and not above: other commands work where no builder is installed.
        from mkdocs_annotate.hosts.mkdocs_project import MkDocsProject
        from mkdocs_annotate.hosts.project import ProjectError
    except ImportError as error:
        raise Unreadable(
            "this command converts articles as the site does, and needs its builder: "
            "pip install 'mkdocs-annotate[mkdocs]', or [properdocs]"
        ) from error
    path = config_file or config_here()
    if path.name == BUILT:
        raise Unreadable(
            "this command is about articles in Markdown; the pages of a built site belong to the "
            "program that builds them"
        )
    if not path.is_file():
        raise Unreadable(f"there is no {path}; {_elsewhere(path)}")
    try:
        project = MkDocsProject(path)
    except ProjectError as error:
        raise Unreadable(str(error)) from error
    _tidy(project)
    return project


def _elsewhere(path: Path) -> str:
    """Return a hint for a missing configuration at `path`: one may lie in a folder above."""
    here = Path.cwd()
    above = (
        (up, folder / name)
        for up, folder in enumerate(here.parents, 1)
        for name in (*CONFIG_NAMES, BUILT)
        if (folder / name).is_file()
    )
    up, found = next(above, (0, path))
    if not up:
        return f"name the site's configuration with -f; for pages that are built, write {BUILT}"
    return f"did you mean {'../' * up}{found.name}? Run the command there, or name it with -f"


def folder_of(project: Project) -> Path:
    """Return the folder of the site's configuration."""
    return project.config_file.parent


def _tidy(project: Project) -> None:
    """Remove what killed commands left behind, and report what they had written."""
    folder = folder_of(project)
    for line in interrupted(folder):
        click.echo(line, err=True)
    sweep(folder)
    for place in filter(None, (project.docs, project.folder)):
        sweep(place, below=True)


def open_articles(
    project: Project, paths: tuple[Path, ...], *, report: bool = True, brief: bool = False
) -> list[OpenArticle]:
    """Return the articles at `paths`, or all that have a sidecar; a sidecar names its article.

    Of all, those that can't be converted are left out, and reported unless `report` is false; with
    `brief` they may have no more than their problems.  Raises Unreadable.
    """
    from mkdocs_annotate.hosts.project import ProjectError

    try:
        if paths:
            return [project.article(_article_of(project, path)) for path in paths]
        articles = list(project.annotated_articles(brief=brief))
        for problem in project.failures if report else ():
            report_failure(problem)
        return articles
    except ProjectError as error:
        raise Unreadable(str(error)) from error


def _article_of(project: Project, path: Path) -> Path:
    owner = project.article_of_sidecar(path) if path.name.endswith(SUFFIX) else None
    return owner or path


def write_sessions(
    sessions: Collection[EditSession], folder: Path, command: str
) -> dict[Path, str]:
    """Write the files of `sessions` that changed; return why some were left, by their paths.

    It is done by `write_each`, with the same `folder` and `command`.
    """
    edits = {
        session.path: Edit(session.path, session.before or "", session.text)
        for session in sessions
        if session.path
    }
    refused = write_each(list(edits.values()), folder, command)
    for session in sessions:
        if session.path not in refused:
            session.before = session.text
    return refused
