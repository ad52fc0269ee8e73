"""The command `fix`: gives quotes that lost their passage a place again."""

from pathlib import Path

import click

from mkdocs_annotate.anchoring.law import Orphan
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.proposals import Proposal
from mkdocs_annotate.anchoring.repairs import Repair, repairs_of
from mkdocs_annotate.commands.edits import SidecarFile, open_file
from mkdocs_annotate.commands.opening import config_option, open_articles, open_project
from mkdocs_annotate.commands.origins import Origin, Origins, Removal
from mkdocs_annotate.commands.reports import in_context, word_diff
from mkdocs_annotate.hosts.history import Commit
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.sidecar.editing import Uneditable
from mkdocs_annotate.sidecar.files import display_path
from mkdocs_annotate.sidecar.writing import NotWritten


@click.command()
@click.argument("articles", nargs=-1, type=click.Path(path_type=Path))
@config_option
@click.option(
    "--yes", is_flag=True, help="Take what the history of the article proves, and ask nothing."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def fix(
    articles: tuple[Path, ...],
    config_file: Path | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Find a place for quotes that have lost theirs.

    Goes through the orphans and ambiguous quotes of ARTICLES, or of the whole site, shows each
    passage that may be meant, and writes the choice into the sidecar. Comments, order, layout and
    everything else in the file stay as they are.

    In a git repository the passage is looked up in the last text of the article in which the
    quote had its place, and followed from there.

    Exit codes: 0 every quote has a place, 1 some have none yet, 2 the site can't be read.
    """
    left, lost = 0, 0
    project = open_project(config_file)
    for article in open_articles(project, articles):
        if article.result is None or not article.result.anchoring.orphans:
            continue
        file = open_file(article.sidecar)
        asker = _Asker(article.page, file, yes=yes, ask=not (yes or dry_run))
        origins = Origins(project, article)
        lost += len(article.result.anchoring.orphans)
        for orphan in article.result.anchoring.orphans:
            left += not asker.repair(orphan, origins.of(orphan))
        left += _written(file, dry_run=dry_run)
    if not lost:
        click.echo("every quote has its place", err=True)
    if left:
        raise SystemExit(1)


def _written(file: SidecarFile, *, dry_run: bool) -> int:
    """Write the file unless it is a dry run; return how many files could not be written."""
    if dry_run:
        return 0
    try:
        if file.write():
            click.echo(f"{display_path(file.path)} is written")
    except NotWritten as error:
        click.echo(str(error), err=True)
        return 1
    return 0


class _Asker:
    """Repairs the orphans of one article, asking where it isn't sure."""

    def __init__(self, page: Page, file: SidecarFile, *, yes: bool, ask: bool) -> None:
        self.page = page
        self.file = file
        self.yes = yes
        self.ask = ask

    def repair(self, orphan: Orphan, origin: Origin | Removal | None) -> bool:
        """Return whether `orphan`, whose passage came from `origin`, has a place now."""
        annotation = orphan.annotation
        click.echo(
            f"{annotation.position}: “{shown(annotation.quote.exact)}” ({orphan.reason.value})"
        )
        if isinstance(origin, Removal):
            click.echo(f"  {_removed(origin)}: remove the annotation, or quote another passage")
            return False
        ported: Proposal | None = origin.became if origin else None
        repairs = repairs_of(orphan, self.page, ported)
        if not repairs:
            click.echo("  no passage is surely the one: quote it again, or remove the annotation")
            return False
        for number, repair in enumerate(repairs, 1):
            self._show(number, repair, annotation.quote.exact, origin)
        chosen = self._chosen(repairs)
        if chosen is None:
            return False
        try:
            self.file.change(self.file.entry_at(annotation.position), dict(chosen.values))
        except Uneditable as error:
            click.echo(f"  {error}", err=True)
            return False
        return True

    def _show(self, number: int, repair: Repair, quote: str, origin: Origin | None) -> None:
        heading = self.page.heading_above(repair.range.start)
        under = f" (under “{shown(heading)}”)" if heading else ""
        click.echo(f"  {number}. {in_context(repair.range, self.page)}{under}")
        if repair.ported and origin:
            words = self.page.text[repair.range.start : repair.range.end]
            click.echo(f"     as in {_named(origin.commit)}: {word_diff(origin.words, words)}")
        if "quote" in repair.values:
            click.secho(f"     - quote: {shown(quote)}", fg="red")
        for key, value in repair.values.items():
            click.secho(f"     + {key}: {shown(value)}", fg="green")

    def _chosen(self, repairs: list[Repair]) -> Repair | None:
        if self.yes:
            if repairs[0].proven:
                return repairs[0]
            click.echo("  not proven by the history of the article: run without --yes to choose")
            return None
        if not self.ask:
            return None
        choices = [str(number) for number in range(1, len(repairs) + 1)]
        answer = click.prompt(
            "  which one? (s skips it)", type=click.Choice([*choices, "s"]), show_choices=False
        )
        return None if answer == "s" else repairs[int(answer) - 1]


def _removed(removal: Removal) -> str:
    if removal.commit is None:
        return f"removed since {_named(removal.last)}"
    return f"removed in {_named(removal.commit)}, “{shown(removal.commit.subject)}”"


def _named(commit: Commit) -> str:
    return f"{commit.short} of {commit.date}"
