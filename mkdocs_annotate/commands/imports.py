"""The command `import`: annotations and sources of other programs, into our files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import click

from mkdocs_annotate.anchoring.anchors import anchor_all
from mkdocs_annotate.anchoring.explanations import explained_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    open_articles,
    open_project,
)
from mkdocs_annotate.exchange.formats import FORMATS, read_import
from mkdocs_annotate.exchange.imported import Imported, UnusableFile
from mkdocs_annotate.exchange.imported_quotes import PageReferences
from mkdocs_annotate.exchange.merging import Merger
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.reading import MAX_BYTES
from mkdocs_annotate.files.writing import NotWritten
from mkdocs_annotate.model.problems import Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Annotation, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Vocabulary
from mkdocs_annotate.rendering.page import MOST_PROPOSALS
from mkdocs_annotate.rendering.translations import kind_words
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import EditSession, Uneditable, open_session
from mkdocs_annotate.sidecar.files import read_sidecar, read_sources

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle, Project

MAX_IMPORT = 8 << 20
"""Largest file that is imported, in bytes: more annotations than one article bears."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@config_option
@click.option(
    "--article",
    type=click.Path(path_type=Path),
    help="The article that the annotations are about; its sidecar is written.",
)
@click.option(
    "--sources",
    "shared",
    type=click.Path(path_type=Path, dir_okay=False),
    help="In place of an article: the file to add sources to, such as sources.yml.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="The format of FILES; by default it is guessed.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def import_(
    files: tuple[Path, ...],
    config_file: Path | None,
    article: Path | None,
    shared: Path | None,
    form: str | None,
    dry_run: bool,
) -> None:
    """Add the annotations or sources in FILES to a sidecar, or to a file of shared sources.

    FILES are exports of Hypothesis, W3C Web Annotations, reviews in MRSF, or sources in CSL-JSON
    or BibTeX. Entries are added at the end; comments, order and layout of what is there stay.
    Entries that are skipped are listed, each with its line and the reason.

    Exit codes: 0 every quote has its place, 1 some have none, 2 nothing was imported.
    """
    if (article is None) == (shared is None):
        raise Unreadable("name either an --article, or a file of --sources")
    if shared is not None and shared.suffix not in (".yml", ".yaml"):
        raise Unreadable(f"{display_path(shared)}: sources are added to YAML; name a file ….yml")
    project = open_project(config_file) if article is not None else None
    vocabulary = project.options.vocabulary if project else DEFAULT_VOCABULARY
    brought = [_brought(file, form or "", vocabulary) for file in files]
    origins = ", ".join(
        f"{display_path(f)} ({name})" for f, (name, _) in zip(files, brought, strict=True)
    )
    if article is not None and project is not None:
        if _into_sidecar(article, project, brought, origins, dry_run):
            raise SystemExit(1)
    elif shared is not None:
        _into_sources(shared, brought, origins, dry_run)


def _brought(file: Path, form: str, vocabulary: Vocabulary) -> tuple[str, Imported]:
    name = display_path(file)
    try:
        return read_import(_text_of(file), form, name, vocabulary)
    except UnusableFile as error:
        raise Unreadable(str(error) if error.located else f"{name}: {error}") from error


def _into_sidecar(
    article: Path,
    project: Project,
    brought: list[tuple[str, Imported]],
    origins: str,
    dry_run: bool,
) -> int:
    """Add what was imported to the sidecar of an article; return how many have no place."""
    (opened,) = open_articles(project, (article,))
    merger = Merger(_sidecar_of(opened), project.shared_sources())
    # Of a built page nobody knows the lines of its Markdown.
    is_markdown = not opened.path.suffix.startswith((".htm", ".xht"))
    source = opened.path.read_text("utf-8-sig", errors="replace") if is_markdown else ""
    address = urljoin(project.site_url, project.published(opened)[0])
    references = PageReferences((*kind_words(), *(text for _, text in project.options.words)))
    for _, imported in brought:
        imported = references.as_written(imported, opened.page.text)
        merger.add(imported, opened.page, source, address if project.site_url else "")
    _keep_from_defaults(merger)
    session = open_session(opened.sidecar)
    _extend(session, merger)
    _put(session, dry_run)
    _print_added(opened.sidecar, merger, origins, dry_run)
    fresh = _fresh(session.text, merger, display_path(opened.sidecar))
    orphans = _print_places(fresh, opened.page)
    _print_skipped(merger)
    return orphans


def _keep_from_defaults(merger: Merger) -> None:
    """Keep the defaults of the file from applying to annotations that others wrote.

    A kind and a voice are written out; author and date can't be, which is reported.
    """
    defaults = merger.sidecar.defaults
    unknown = Counter[str]()
    for number, fields in enumerate(merger.annotations):
        entry = dict(fields)
        if defaults.kind and "kind" not in entry:
            entry["kind"] = "context" if "note" in entry else "source"
        if defaults.voice and "voice" not in entry and "speaker" not in entry:
            entry["voice"] = "author"
        merger.annotations[number] = entry
        unknown.update(key for key in ("by", "date", "tags") if key not in entry)
    for key in ("by", "date", "tags"):
        if getattr(defaults, key) and unknown[key]:
            click.echo(
                f"{unknown[key]} without `{key}` will get that of `defaults`: write `{key}` in "
                "these entries if theirs is different",
                err=True,
            )


def _into_sources(
    path: Path, brought: list[tuple[str, Imported]], origins: str, dry_run: bool
) -> None:
    """Add the sources that were imported to a file of sources."""
    file = display_path(path)
    known = dict[str, Source]()
    if path.exists():
        known, problems = read_sources(path, (path.absolute().parent,))
        _must_be_readable(problems)
    merger = Merger(Sidecar(file, sources=known), known="already in the file")
    for _, imported in brought:
        merger.add_sources(imported)
    session = open_session(path)
    if merger.sources:
        try:
            session.add_shared_sources(merger.sources)
        except Uneditable as error:
            raise Unreadable(str(error)) from error
        _must_fit(session)
    _put(session, dry_run)
    _print_added(path, merger, origins, dry_run)
    _print_skipped(merger)


def _put(session: EditSession, dry_run: bool) -> None:
    if dry_run:
        click.echo(session.diff, nl=False)
        return
    try:
        session.write()
    except NotWritten as error:
        raise Unreadable(str(error)) from error


def _print_added(path: Path, merger: Merger, origins: str, dry_run: bool) -> None:
    added = _counts(len(merger.annotations), len(merger.sources))
    would = "would be added" if dry_run else "added"
    click.echo(f"{display_path(path)}: {added} {would} from {origins}")


def _text_of(file: Path) -> str:
    """Return the text of a regular file that is not too large.  Raises Unreadable."""
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
        raise Unreadable(f"{name}: line {line} is not UTF-8; save the file as UTF-8") from error


_OF_THE_FILE = (Rule.NOT_READABLE, Rule.NOT_UTF8, Rule.TOO_LARGE)


def _sidecar_of(opened: OpenArticle) -> Sidecar:
    """Return the sidecar as it is.  Raises Unreadable if it has mistakes."""
    if not opened.sidecar.is_symlink() and not opened.sidecar.exists():
        return Sidecar(display_path(opened.sidecar))
    sidecar, problems = read_sidecar(opened.sidecar, opened.roots)
    _must_be_readable(problems)
    return sidecar


def _must_be_readable(problems: list[Problem]) -> None:
    for problem in problems:
        if problem.rule in _OF_THE_FILE:
            raise Unreadable(f"correct this first: {problem}")


def _extend(session: EditSession, merger: Merger) -> None:
    try:
        if merger.annotations:
            session.add_annotations(merger.annotations)
        if merger.sources:
            session.add_sources(merger.sources)
    except Uneditable as error:
        raise Unreadable(str(error)) from error
    _must_fit(session)


def _must_fit(session: EditSession) -> None:
    if len(session.text.encode()) > MAX_BYTES:
        most = f"{MAX_BYTES >> 20} MiB"
        raise Unreadable(f"{session.file} would be larger than {most}; import fewer entries")


def _counts(annotations: int, sources: int) -> str:
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((annotations, "annotation"), (sources, "source"))
        if number
    ]
    return " and ".join(parts) or "nothing"


def _fresh(text: str, merger: Merger, file: str) -> tuple[Annotation, ...]:
    """Return the annotations that were added, which are the last ones."""
    count = len(merger.annotations)
    return parse_sidecar(text, file)[0].annotations[-count:] if count else ()


def _print_places(annotations: tuple[Annotation, ...], page: Page) -> int:
    """Print for each annotation whether it has its place; return how many have none."""
    orphans = anchor_all(annotations, page).orphans
    explained = explained_all(orphans, page, MOST_PROPOSALS)
    lost = {orphan.annotation.position: problem for orphan, problem in explained}
    for annotation in annotations:
        words = shown(annotation.quote.exact)
        found = f"{annotation.position}: “{words}” has its place"
        click.echo(str(lost.get(annotation.position, found)))
    return len(lost)


def _print_skipped(merger: Merger) -> None:
    """Print what was not imported unchanged, by its name and place in the file."""
    skipped = (
        ("renamed", merger.renamed),
        ("skipped", merger.skipped),
        ("left out", merger.left_out),
    )
    for word, skips in skipped:
        if skips:
            click.echo(f"{word} {len(skips)}:")
        for skip in skips:
            click.echo(f"  {skip}")
