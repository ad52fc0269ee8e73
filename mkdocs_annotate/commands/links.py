"""The command `links`: checks whether sources are still there, and looks up archived copies."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    folder_of,
    open_articles,
    open_project,
)
from mkdocs_annotate.commands.terminal import counted, project_addresses
from mkdocs_annotate.files.journal import write_each
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.links.cache import DamagedCache, ForeignFile, LinkCache, read_cache
from mkdocs_annotate.links.client import polite_client, user_agent
from mkdocs_annotate.links.report import (
    EntryChange,
    as_json,
    as_text,
    entry_changes,
    summary,
    texts_of,
)
from mkdocs_annotate.links.run import LinkCheck
from mkdocs_annotate.links.state import CheckedSource, CitedAddress, cited_addresses
from mkdocs_annotate.links.wayback import API
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.sidecar.files import read_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle, Project

CACHE = ".annotate-links.json"
"""The file that answers are kept in, beside the site's configuration, unless one is named."""

STOPPED = 130
"""The exit code of a program that Ctrl-C stops."""


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option("--all", "every", is_flag=True, help="Ask for sources that nobody cites as well.")
@click.option("--write", is_flag=True, help="Write what was found out into the entries.")
@click.option("--dry-run", is_flag=True, help="Show what --write would change, as a diff.")
@click.option(
    "--archive",
    is_flag=True,
    help="Look up a copy for every source that names none, even where its page is live.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A line for each source that is not live, or all of them as an array of objects.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 32),
    default=8,
    show_default=True,
    help="How many hosts are asked at once; each gets one request at a time.",
)
@click.option(
    "--delay",
    type=click.FloatRange(0, 60),
    default=1.0,
    show_default=True,
    help="Seconds between two requests to one host; longer where its robots.txt says so.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, 120, min_open=True),
    default=10.0,
    show_default=True,
    help="Seconds that a host has to answer.",
)
@click.option(
    "--retries",
    type=click.IntRange(0, 5),
    default=2,
    show_default=True,
    help="How often a host that fails temporarily is asked again.",
)
@click.option(
    "--max-age",
    type=click.IntRange(0, 3650),
    default=7,
    show_default=True,
    help="Days for which a response is kept; with 0 everything is asked again.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The file in which responses are kept; by default {CACHE} beside the configuration.",
)
@click.option(
    "--archive-api",
    default=API,
    show_default=True,
    help="The API that looks copies up; it must answer as the Wayback Machine's does.",
)
@click.option(
    "--allow-private", is_flag=True, help="Ask hosts of this machine and its network, too."
)
def links(
    articles: tuple[Path, ...],
    config_file: Path | None,
    every: bool,
    write: bool,
    dry_run: bool,
    archive: bool,
    form: str,
    jobs: int,
    delay: float,
    timeout: float,
    retries: int,
    max_age: int,
    cache: Path | None,
    archive_api: str,
    allow_private: bool,
) -> None:
    """Check whether the sources are still there.

    Each address that ARTICLES, or those of the whole site, cite is asked once, and its page is
    searched for the words that citations quote: a page may be there and no longer say them. For
    what is gone an archived copy is looked up. With --write the entries get `url_status` and
    `archive_url`; everything else in the files stays as it is.

    Hosts are asked slowly, and not at all where their robots.txt asks programs to stay away.
    Answers are kept in a file: a run that was stopped goes on where it was.

    Exit codes: 0 nothing is dead or has deviated, or its entry says so; 1 something is or has, and
    its entry does not say so; 2 the site can't be read, or there is no connection; 130 stopped, run
    it again.
    """
    project = open_project(config_file)
    folder = folder_of(project)
    cited = _cited(project, open_articles(project, articles), every=every)
    texts = texts_of(cited)
    path = cache or folder / CACHE
    client = polite_client(
        user_agent(__version__, project_addresses().get("homepage", "")),
        delay=delay,
        timeout=timeout,
        retries=retries,
        allow_private=allow_private,
    )
    check = LinkCheck(
        client,
        _archive(archive_api),
        _read_cache(path),
        path,
        days=max_age,
        jobs=jobs,
        progress=_bar,
        warn=_warn,
    )
    try:
        results = check.check(cited, all_copies=archive)
    except KeyboardInterrupt:
        _warn(
            f"stopped; {display_path(path)} keeps what was answered: run the command again, "
            "and it goes on from there"
        )
        raise SystemExit(STOPPED) from None
    unreached = check.without_connection(results)
    if form == "json":
        click.echo(as_json(results), nl=False)
    else:
        click.echo(as_text(one for one in results if one not in unreached), nl=False)
        asked = check.asked.intersection(one.link for one in cited)
        _warn(summary(results, len(asked)))
    changes, messages = entry_changes(results, texts) if write or dry_run else ([], [])
    for message in messages:
        _warn(message)
    # Standard output holds nothing but the array of objects where programs read it.
    if dry_run:
        for change in changes:
            click.echo(change.diff, nl=False, err=form == "json")
    written = [] if dry_run else _written(changes, folder, err=form == "json")
    if unreached:
        raise Unreadable(
            f"there seems to be no connection: no host of {counted(len(unreached), 'source')} "
            "could be looked up; run the command again when there is one"
        )
    updated = {one.cited.source.position for one in written}
    if any(one.pending and one.cited.source.position not in updated for one in results):
        raise SystemExit(1)


def _cited(project: Project, articles: Iterable[OpenArticle], *, every: bool) -> list[CitedAddress]:
    """Return the addresses that `articles` cite."""
    sidecars = [(one.sidecar, read_sidecar(one.sidecar, one.roots)[0]) for one in articles]
    files = {display_path(path): path for path in project.source_files()}
    return cited_addresses(sidecars, project.shared_sources(), files, every=every)


def _archive(address: str) -> Link:
    link = parse_link(address)
    if not isinstance(link, Link) or link.kind is not LinkKind.EXTERNAL:
        raise Unreadable(f'"{shown(address)}" is not the address of an archive; write https://…')
    return link


def _read_cache(path: Path) -> LinkCache:
    """Return the cache at `path`; an empty one in place of a damaged one, which is reported."""
    try:
        return read_cache(path)
    except ForeignFile as error:
        message = (
            f"{display_path(path)} is not a cache of links: {error}; name another file with --cache"
        )
        raise Unreadable(message) from error
    except DamagedCache as error:
        _warn(f"{display_path(path)}: {error}; everything is asked again")
        return LinkCache()


def _written(changes: list[EntryChange], folder: Path, *, err: bool) -> list[CheckedSource]:
    """Write `changes`, report each file, and return the sources whose entries are changed."""
    edits = [change.edit for change in changes]
    refused = write_each(edits, folder, "links --write")
    written = []
    for change in changes:
        path = change.edit.path
        if path in refused:
            _warn(refused[path])
        elif change.edit.after != change.edit.before:
            click.echo(f"{display_path(path)} is written", err=err)
            written += change.changed
    return written


def _warn(message: str) -> None:
    click.echo(message, err=True)


def _is_watched() -> bool:
    return sys.stderr.isatty()


@contextmanager
def _bar(count: int, label: str) -> Iterator[Callable[[], None]]:
    """Show a progress bar where there is something to wait for and a person who waits."""
    if not count or not _is_watched():
        yield lambda: None
        return
    with click.progressbar(length=count, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)
