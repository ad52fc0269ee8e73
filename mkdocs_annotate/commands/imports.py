"""The command `import`: annotations and sources of other programs, into a sidecar."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import click

from mkdocs_annotate.anchoring.explanations import explained_all
from mkdocs_annotate.anchoring.ladder import anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.commands.opening import (
    Unreadable,
    config_option,
    open_articles,
    open_project,
)
from mkdocs_annotate.commands.reports import as_diff
from mkdocs_annotate.exchange.admission import Admission
from mkdocs_annotate.exchange.arrivals import Unusable
from mkdocs_annotate.exchange.formats import FORMATS, arrivals_of
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.model.sidecar import Annotation, Sidecar
from mkdocs_annotate.rendering.page import MOST_PROPOSALS
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import Uneditable, with_annotations, with_sources
from mkdocs_annotate.sidecar.files import MAX_BYTES, display_path, read_sidecar
from mkdocs_annotate.sidecar.writing import NotWritten, write_sidecar

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.projects import OpenArticle

MAX_IMPORT = 8 << 20
"""Largest file that is imported, in bytes: more annotations than one article bears."""


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@config_option
@click.option(
    "--article",
    required=True,
    type=click.Path(path_type=Path),
    help="The article that the annotations are about.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Guessed without it.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def import_(
    file: Path, config_file: Path | None, article: Path, form: str | None, dry_run: bool
) -> None:
    """Add the annotations or sources in FILE to the sidecar of an article.

    FILE is an export of Hypothesis, W3C Web Annotations, a review in MRSF, or sources in CSL-JSON.
    Entries are added at the end; comments, order and layout of the sidecar stay. What is passed
    over is counted, with the reason.

    Exit codes: 0 every quote has its place, 1 some have none, 2 nothing was imported.
    """
    name = display_path(file)
    text = _text_of(file)
    project = open_project(config_file)
    try:
        form, arrivals = arrivals_of(text, form or "", name, project.options.vocabulary)
    except Unusable as error:
        said = str(error)
        raise Unreadable(said if said.startswith(name) else f"{name}: {said}") from error
    (opened,) = open_articles(project, (article,))
    admission = Admission(_sidecar_of(opened), project.shared_sources())
    source = opened.path.read_text("utf-8-sig", errors="replace")
    address = urljoin(project.site_url, project.published(opened)[0])
    admission.admit(arrivals, opened.page, source, address if project.site_url else "")
    before = opened.sidecar.read_bytes().decode("utf-8") if opened.sidecar.exists() else None
    text = _extended(before or "", admission, display_path(opened.sidecar))
    if dry_run:
        click.echo(as_diff(before or "", text, opened.sidecar), nl=False)
    elif text != (before or ""):
        _write(opened.sidecar, text, before)
    added = _counts(len(admission.annotations), len(admission.sources))
    would = "would be added" if dry_run else "added"
    click.echo(f"{display_path(opened.sidecar)}: {added} {would} from {name} ({form})")
    fresh = _fresh(text, admission, display_path(opened.sidecar))
    orphans = _tell_places(fresh, opened.page)
    _tell_skipped(admission.skipped)
    if orphans:
        raise SystemExit(1)


def _text_of(file: Path) -> str:
    """Return the text of an ordinary file of a bearable size.  Raises Unreadable."""
    name = display_path(file)
    if not file.is_file():
        raise Unreadable(f"{name} is no file; name the one that was exported")
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_IMPORT + 1)
    except OSError as error:
        raise Unreadable(f"{name} can't be read: {error.strerror}") from error
    if len(data) > MAX_IMPORT:
        raise Unreadable(f"{name} is larger than {MAX_IMPORT >> 20} MiB; export fewer annotations")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"{name}: line {line} is no UTF-8; save the file as UTF-8") from error


_OF_THE_FILE = (Rule.NOT_READABLE, Rule.NOT_UTF8, Rule.TOO_LARGE)


def _sidecar_of(opened: OpenArticle) -> Sidecar:
    """Return what the sidecar says so far.  Raises Unreadable where it can't be told."""
    if not opened.sidecar.is_symlink() and not opened.sidecar.exists():
        return Sidecar(display_path(opened.sidecar))
    sidecar, problems = read_sidecar(opened.sidecar, opened.roots)
    for problem in problems:
        if problem.rule in _OF_THE_FILE:
            raise Unreadable(f"mend this first: {problem}")
    return sidecar


def _extended(text: str, admission: Admission, file: str) -> str:
    try:
        if admission.annotations:
            text = with_annotations(text, admission.annotations, file)
        if admission.sources:
            text = with_sources(text, admission.sources, file)
    except Uneditable as error:
        raise Unreadable(str(error)) from error
    if len(text.encode()) > MAX_BYTES:
        raise Unreadable(
            f"{file} would be larger than {MAX_BYTES >> 20} MiB; import fewer annotations"
        )
    return text


def _write(path: Path, text: str, before: str | None) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_sidecar(path, text, before)
    except NotWritten as error:
        raise Unreadable(str(error)) from error


def _counts(annotations: int, sources: int) -> str:
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((annotations, "annotation"), (sources, "source"))
        if number
    ]
    return " and ".join(parts) or "nothing"


def _fresh(text: str, admission: Admission, file: str) -> tuple[Annotation, ...]:
    """Return the annotations that were added, which are the last ones."""
    count = len(admission.annotations)
    return parse_sidecar(text, file)[0].annotations[-count:] if count else ()


def _tell_places(annotations: tuple[Annotation, ...], page: Page) -> int:
    """Print for each annotation whether it has its place; return how many have none."""
    orphans = anchor_all(annotations, page).orphans
    told = explained_all(orphans, page, MOST_PROPOSALS)
    lost = {orphan.annotation.position: problem for orphan, problem in told}
    for annotation in annotations:
        words = shown(annotation.quote.exact)
        found = f"{annotation.position}: “{words}” has its place"
        click.echo(str(lost.get(annotation.position, found)))
    return len(lost)


def _tell_skipped(reasons: list[str]) -> None:
    for reason, count in Counter(reasons).most_common():
        click.echo(f"skipped {count}: {reason}")
