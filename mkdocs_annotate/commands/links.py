"""The command `links`: are the sources still there, and is there a copy of those that are not."""

from collections.abc import Sequence
from functools import partial
from itertools import compress
from pathlib import Path

import click

from mkdocs_annotate import __version__
from mkdocs_annotate.commands.link_edits import entry_changes, texts_of, written_entries
from mkdocs_annotate.commands.link_results import (
    Checked,
    as_json,
    as_text,
    checked,
    copy_wanted,
    page_to_search,
    summary,
    wants_copy,
    with_copy,
    with_search,
    with_values,
)
from mkdocs_annotate.commands.link_run import Cited, Run, cited_sources, targets_of
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    folder_of,
    open_articles,
    open_project,
)
from mkdocs_annotate.commands.printing import counted, project_addresses
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.links.cache import Damaged, Memory, NotOurs, read_memory
from mkdocs_annotate.links.client import Asker, user_agent
from mkdocs_annotate.links.http import Fetcher
from mkdocs_annotate.links.public_hosts import Guard
from mkdocs_annotate.links.responses import Trouble
from mkdocs_annotate.links.robots import Turns
from mkdocs_annotate.links.wayback import API
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.problems import shown

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
    help="Look for a copy of every source that names none, live ones too.",
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
    help="How often a host that fails for the moment is asked again.",
)
@click.option(
    "--max-age",
    type=click.IntRange(0, 3650),
    default=7,
    show_default=True,
    help="Days for which an answer counts; with 0 everything is asked anew.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The file that answers are kept in; {CACHE} beside the configuration without it.",
)
@click.option(
    "--archive-api",
    default=API,
    show_default=True,
    help="Where copies are looked up: an API that answers as the Wayback Machine's does.",
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
    """Ask whether the sources are still there.

    Each address that ARTICLES, or those of the whole site, cite is asked once, and its page is
    searched for the words that citations quote: a page may be there and no longer say them. For
    what is gone an archived copy is looked up. With --write the entries get `url_status` and
    `archive_url`; everything else in the files stays as it is.

    Hosts are asked slowly, and not at all where their robots.txt asks programs to stay away.
    Answers are kept in a file: a run that was stopped goes on where it was.

    Exit codes: 0 nothing is dead or has deviated, or its entry says so; 1 something has and its
    entry does not; 2 the site can't be read, or there is no connection; 130 stopped, and to be
    run again.
    """
    project = open_project(config_file)
    folder = folder_of(project)
    path = cache or folder / CACHE
    guard = Guard(allow_private=allow_private)
    agent = user_agent(__version__, project_addresses().get("homepage", ""))
    fetcher = Fetcher(agent, guard, timeout)
    turns = Turns(delay, guard.clock)
    asker = Asker(fetcher, turns, retries=retries, first_pause=2 * delay)
    run = Run(asker, _api(archive_api), _memory(path), path, days=max_age, jobs=jobs)
    cited = cited_sources(project, open_articles(project, articles), every=every)
    texts = texts_of(cited)
    try:
        results = _results(cited, run, archive=archive)
    except KeyboardInterrupt:
        click.echo(
            f"stopped; {display_path(path)} keeps what was answered: run the command again, "
            "and it goes on from there",
            err=True,
        )
        raise SystemExit(STOPPED) from None
    unreached = _without_connection(results, run)
    told = as_text(one for one in results if one not in unreached)
    click.echo(as_json(results) if form == "json" else told, nl=False)
    if form == "text":
        asked = run.asked.intersection(one.link for one in cited)
        click.echo(summary(results, len(asked)), err=True)
    # An array of objects is all that programs read.
    tell = partial(click.echo, nl=False, err=form == "json")
    changes = entry_changes(results, texts) if write or dry_run else []
    written = written_entries(changes, folder, tell, dry_run=dry_run)
    if unreached:
        raise Unreadable(
            f"there seems to be no connection: no host of {counted(len(unreached), 'source')} "
            "could be looked up; run the command again when there is one"
        )
    served = {one.cited.source.position for one in written}
    if any(one.pending and one.cited.source.position not in served for one in results):
        raise SystemExit(1)


def _without_connection(results: Sequence[Checked], run: Run) -> list[Checked]:
    """Return the sources that were asked now, if of all of them no host could be looked up."""
    asked = [one for one in results if one.cited.link in run.asked]
    lost = all(one.finding.trouble is Trouble.NAMELESS for one in asked)
    return asked if lost else []


def _api(address: str) -> Link:
    link = parse_link(address)
    if not isinstance(link, Link) or link.kind is not LinkKind.EXTERNAL:
        raise Unreadable(f'"{shown(address)}" is no address of an archive; write https://…')
    return link


def _memory(path: Path) -> Memory:
    """Return what the file at `path` keeps; nothing of a damaged one, which is told."""
    try:
        return read_memory(path)
    except NotOurs as error:
        message = f"{display_path(path)} keeps no answers: {error}; name another file with --cache"
        raise Unreadable(message) from error
    except Damaged as error:
        click.echo(f"{display_path(path)}: {error}; everything is asked anew", err=True)
        return Memory()


def _results(cited: Sequence[Cited], run: Run, *, archive: bool) -> list[Checked]:
    """Return what has become of each source, and of a copy where one is wanted."""
    findings = run.findings(targets_of((one.link, one.quotes) for one in cited))
    results = [checked(one, findings[one.link]) for one in cited]
    wanted = [wants_copy(one, every=archive) for one in results]
    copies = run.copies([copy_wanted(one) for one in compress(results, wanted)])
    results = [
        with_copy(one, copies[copy_wanted(one)]) if wants else one
        for one, wants in zip(results, wanted, strict=True)
    ]
    pages = [(one, page_to_search(one)) for one in results]
    searched = run.findings(targets_of((page, one.missing) for one, page in pages if page))
    return [with_values(with_search(one, searched[page]) if page else one) for one, page in pages]
