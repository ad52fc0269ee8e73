"""The commands for built sites, whatever program built them: `render` and `write`."""

import os
import sys
from pathlib import Path

import click

from mkdocs_annotate.any_html.settings import SettingsError, SiteSettings, read_settings
from mkdocs_annotate.commands.open_project import (
    BUILT,
    Unreadable,
    config_here,
    folder_of,
    open_markdown,
)
from mkdocs_annotate.commands.terminal import as_text, counted
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.model.problems import Level

_site = click.argument("site", required=False, type=click.Path(path_type=Path, file_okay=False))
_sidecars = click.option(
    "--sidecars",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of sidecars, which mirrors SITE.",
)
_article = click.option(
    "--article",
    default="",
    help="Where the article of a page is: a tag, `#id`, `.class` or `[attribute=value]`; of "
    "several, separated by commas, the first that a page has exactly once.",
)


@click.command()
@_site
@_sidecars
@click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The options; by default annotate.yml beside the sidecars, or in the working folder.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a copy of the site there; by default pages are changed where they are.",
)
@_article
@click.option(
    "--assets",
    default="",
    help="The address of a folder that has our stylesheet and script; by default they are put "
    "into the site.",
)
@click.option("--strict", is_flag=True, help="End with exit code 1 where there are problems.")
def render(
    site: Path | None,
    sidecars: Path | None,
    config_file: Path | None,
    output: Path | None,
    article: str,
    assets: str,
    strict: bool,
) -> None:
    """Annotate the pages of SITE, a folder of HTML that any program built.

    The sidecar of guide/start.html or guide/start/index.html is guide/start.annotations.yml in
    the folder of sidecars. Run it after each build, or again and again: pages get the annotations
    of their sidecars and no others, and without sidecars the site is as it was built. Outside of
    articles and heads no byte changes.

    Exit codes: 0 all pages are written; 1 they are, but there are problems that fail the build:
    errors, and with --strict or the option `strict` warnings too; 2 there is no such site, or it
    can't be written.
    """
    # Here and not above: other commands begin sooner without.
    from mkdocs_annotate.any_html.rendering import render_site

    try:
        settings = read_settings(site, sidecars, config_file, article=article, assets=assets)
    except SettingsError as error:
        raise Unreadable(str(error)) from error
    _must_be_apart(settings, output)
    with _Progress() as progress:
        outcome = render_site(settings, output, progress.show)
    told = [problem for problem in outcome.problems if problem.level != Level.INFO]
    click.echo(as_text(told), nl=False)
    click.echo(
        f"{display_path(output or settings.site)}: {counted(outcome.annotated, 'page')} annotated "
        f"of {outcome.pages}, {counted(outcome.changed, 'page')} written, "
        f"{counted(len(told), 'problem')}",
        err=True,
    )
    failing = strict or settings.options.strict
    if any(failing or problem.level == Level.ERROR for problem in told):
        raise SystemExit(1)


def _must_be_apart(settings: SiteSettings, output: Path | None) -> None:
    """Raise Unreadable where a copy would be made of itself."""
    if output is None:
        return
    site, copy = settings.site.resolve(), output.resolve()
    if site == copy:
        raise Unreadable("--output is the site itself; leave it out to change pages in place")
    if site in copy.parents or copy in site.parents:
        raise Unreadable("--output lies inside the site, or contains it; name a folder beside it")


@click.command()
@_site
@_sidecars
@click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The site's configuration; without it mkdocs.yml, properdocs.yml, zensical.toml or "
    "annotate.yml in the working folder.",
)
@_article
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen at; 0 takes any that is free.",
)
def write(
    site: Path | None, sidecars: Path | None, config_file: Path | None, article: str, port: int
) -> None:
    """Show the built pages of SITE in your browser, and write their annotations there.

    Open the address that is printed, select words, press A, type, press Ctrl+Enter: the annotation
    stands in the sidecar as if typed there, and the page shows it at once. The files of SITE stay
    as they are; pages that your builder writes meanwhile are shown as soon as they are there.

    Without SITE it is the one that annotate.yml names, or that of zensical.toml, mkdocs.yml or
    properdocs.yml, built before. Only this machine can open the pages, and only the address with
    its key can write. Ctrl+C ends it.

    Exit codes: 0 it was ended by Ctrl+C, 2 there is no such site, or the port is taken.
    """
    # Here and not above: other commands begin sooner without.
    from mkdocs_annotate.any_html.writing import BuiltPages, WritingServer

    pairs: dict[str, str] | None = None
    named = config_file or config_here()
    if site or sidecars or named.name == BUILT:
        given = config_file if config_file and config_file.name == BUILT else None
        try:
            settings = read_settings(site, sidecars, given, article=article)
        except SettingsError as error:
            raise Unreadable(str(error)) from error
    else:
        settings, pairs = _built_from_markdown(config_file)
    pages = BuiltPages(settings, _told, pairs)
    for problem in pages.site.problems:
        if problem.level != Level.INFO:
            _told(str(problem))
    try:
        server = WritingServer(pages, port)
    except OSError as error:
        hint = "name another port with --port, or 0 for any"
        raise Unreadable(f"nothing can listen at port {port}: {error.strerror}; {hint}") from error
    _told(f"Write in the page: open {server.address}")
    _told("Ctrl+C ends it.")
    try:
        server.serve()
    except KeyboardInterrupt:
        _told("")


def _told(line: str) -> None:
    click.echo(line, err=True)


def _built_from_markdown(config: Path | None) -> tuple[SiteSettings, dict[str, str]]:
    """Return the built site of a configuration, and which sidecar belongs to which page.

    Raises Unreadable.
    """
    project = open_markdown(config)
    site = Path(str(project.config.site_dir))
    if not site.is_dir():
        name = display_path(site)
        raise Unreadable(f"the site is not built yet, there is no {name}; build it first")
    folder = project.folder or project.docs
    pairs = {
        uri: Path(os.path.relpath(sidecar, folder)).as_posix()
        for uri, sidecar in project.built_pages().items()
    }
    config_folder, url = folder_of(project), project.site_url
    options, place = project.options, project.config_file
    url = f"{url.rstrip('/')}/" if url else ""
    settings = SiteSettings(site, folder, config_folder, place, options, site_url=url)
    return settings, pairs


class _Progress:
    """A line that counts pages, on terminals alone."""

    def __enter__(self) -> "_Progress":
        self.shown = 0
        self.on = sys.stderr.isatty()
        return self

    def __exit__(self, *_: object) -> None:
        if self.on and self.shown:
            click.echo("\r\033[K", nl=False, err=True)

    def show(self, done: int, total: int) -> None:
        """Show how many pages of all are done, in steps that can be seen."""
        step = max(1, total // 100)
        if self.on and (done == total or done >= self.shown + step):
            self.shown = done
            click.echo(f"\r{done} of {total} pages", nl=False, err=True)
