"""The command `add`: adds an annotation, with the context by which its quote has one place."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mkdocs_annotate.anchoring.anchors import Orphan, Reason, anchor, search
from mkdocs_annotate.anchoring.explanations import explained_all
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.commands.open_project import (
    Unreadable,
    config_option,
    open_articles,
    open_project,
)
from mkdocs_annotate.commands.terminal import in_context, sentence
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.writing import NotWritten
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Problem, Rule, shown
from mkdocs_annotate.model.sidecar import Annotation, Quote, Sidecar
from mkdocs_annotate.sidecar.checks import check_sidecar
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import EditSession, Uneditable, open_session
from mkdocs_annotate.sidecar.yaml_text import Fields

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle, Project

_PLACING = ("through", "prefix", "suffix", "occurrence", "section")
"""Fields that say which place is meant; where one is given, no other is found out."""

_SAYING = ("kind", "speaker", "voice", "technique", "by", "date", "id")
_FOR_SOURCES = ("source", "source_title", "source_url", "locator", "source_quote")

_STDIN = "-"


@click.command()
@click.argument("article", type=click.Path(path_type=Path))
@click.argument("quote")
@config_option
@click.option("--note", default="", help="The note, in Markdown; - reads it from stdin.")
@click.option("-e", "--edit", is_flag=True, help="Write the note in your editor, $EDITOR.")
@click.option("--kind", default="", help="The kind of the annotation, such as opinion.")
@click.option("--source", multiple=True, help="The key of a source; may be repeated.")
@click.option("--locator", default="", help="Which part of the source.")
@click.option("--source-quote", default="", help="The words of the source that support the claim.")
@click.option(
    "--source-title", default="", help="The title of a new source; --source gives it a key."
)
@click.option("--source-url", default="", help="The address of the new source.")
@click.option("--speaker", default="", help="Who is quoted.")
@click.option("--voice", default="", help="Whose words the passage is: author or quoted.")
@click.option("--technique", default="", help="The rhetorical device.")
@click.option("--by", default="", help="Who wrote the annotation.")
@click.option(
    "--date", default="", help="When it was written; `today` stands for the date of today."
)
@click.option("--draft", is_flag=True, help="Show it in previews only.")
@click.option("--tag", multiple=True, help="A tag; may be repeated.")
@click.option("--id", default="", help="Its id, which links to the annotation end with.")
@click.option("--through", default="", help="The last words of a long passage.")
@click.option("--section", default="", help="The heading below which the passage stands.")
@click.option("--prefix", default="", help="The words just before the passage.")
@click.option("--suffix", default="", help="The words just after it.")
@click.option("--occurrence", default="", help="Which of several equal places: `2 of 3`, `all`.")
@click.option(
    "--which",
    type=click.IntRange(1),
    help="Which place, by number, where the words stand several times.",
)
def add(article: Path, quote: str, config_file: Path | None, **given: Any) -> None:
    """Add an annotation of QUOTE to the sidecar of ARTICLE.

    Words that stand more than once get the prefix and suffix of the place that is chosen. The
    sidecar is made if there is none; everything in it stays as it is. QUOTE and --note may be
    `-`: then that one is read from standard input.

    Nothing is written that would be a problem: an unknown kind or source, words that don't stand
    in the article, a date that is not valid.
    """
    if quote == _STDIN and given["note"] == _STDIN:
        raise click.UsageError("only one of QUOTE and --note can come from standard input")
    if quote == _STDIN:
        quote = _from_stdin()
    project = open_project(config_file)
    (opened,) = open_articles(project, (article,))
    target = _target(opened)
    fields: dict[str, Any] = {"quote": quote}
    fields |= _placed(quote, given, opened.page)
    # What a person types last is asked for last, when all else is known to be right.
    described = _described(given, target.sidecar, project)
    cited = _cited(given)
    note = _note(quote, given)
    if not (note or cited or given["kind"] or given["technique"] or target.sidecar.defaults.kind):
        raise click.UsageError(
            "say something about the passage: --note, --edit, --kind, --source or --technique"
        )
    fields |= {key: given[key] for key in _SAYING if given[key]} | _today(given["date"])
    fields |= {"note": note} if note else {}
    fields |= {"sources": cited} if cited else {}
    fields |= {"tags": list(given["tag"])} if given["tag"] else {}
    fields |= {"draft": "true"} if given["draft"] else {}
    _write(target, fields, described, (project, opened.page))
    click.echo(f"{display_path(opened.sidecar)}: added “{shown(quote)}”")


@dataclass(frozen=True)
class _Target:
    """The sidecar that is added to, and what it says."""

    path: Path
    session: EditSession
    sidecar: Sidecar
    problems: list[Problem]


def _target(opened: OpenArticle) -> _Target:
    path = opened.sidecar
    try:
        session = open_session(path)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{display_path(path)} can't be read as UTF-8 text: {error}") from error
    return _Target(path, session, *parse_sidecar(session.text, session.file))


def _from_stdin() -> str:
    return sys.stdin.read().strip()


def _note(quote: str, given: Mapping[str, Any]) -> str:
    note: str = _from_stdin() if given["note"] == _STDIN else given["note"]
    if not given["edit"]:
        return note
    head = f"<!-- What is to be said about “{shown(quote)}”, in Markdown. -->\n"
    written: str | None = click.edit(f"{head}\n{note}\n", extension=".md")
    if written is None:
        raise Unreadable("the editor saved nothing, and nothing is added")
    return written.replace(head, "", 1).strip()


def _today(given: str) -> dict[str, str]:
    return {"date": date.today().isoformat()} if given == "today" else {}


def _cited(given: Mapping[str, Any]) -> str | list[str] | list[dict[str, str]]:
    """Return the value of `sources`; empty if nothing is cited."""
    keys, title, address = list(given["source"]), given["source_title"], given["source_url"]
    uses = {"locator": given["locator"], "quote": given["source_quote"]}
    uses = {key: value for key, value in uses.items() if value}
    if address and not title:
        raise click.UsageError("--source-url needs --source-title: readers see the title")
    if len(keys) > 1 and (title or uses):
        raise click.UsageError(
            "--locator, --source-quote and --source-title are about one source: give one --source"
        )
    if uses and not (keys or title):
        raise click.UsageError("--locator and --source-quote need --source or --source-title")
    if title and not keys:
        described = {"title": title, "url": address}
        return [{key: value for key, value in described.items() if value} | uses]
    if uses:
        return [{"source": keys[0], **uses}]
    return keys if len(keys) > 1 else "".join(keys)


def _described(
    given: Mapping[str, Any], sidecar: Sidecar, project: Project
) -> dict[str, dict[str, str]]:
    """Return the source to add, by its key; empty without one."""
    if not given["source_title"] or not given["source"]:
        return {}
    key = given["source"][0]
    known = {**project.shared_sources(), **sidecar.sources}.get(key)
    if known is not None:
        raise Unreadable(
            f"`{shown(key)}` is described already, in {known.position}; leave --source-title out, "
            "or choose another key"
        )
    fields = {"title": given["source_title"], "url": given["source_url"]}
    return {key: {name: value for name, value in fields.items() if value}}


def _write(
    target: _Target,
    fields: Fields,
    described: Mapping[str, Fields],
    around: tuple[Project, Page],
) -> None:
    """Write the sidecar with a new entry, unless the entry would be a problem.

    Raises Unreadable.
    """
    session = target.session
    try:
        session.add_annotations([fields])
        if described:
            session.add_sources(described)
        _must_be_sound(session.text, target, *around)
        session.write()
    except (Uneditable, NotWritten) as error:
        raise Unreadable(str(error)) from error


def _must_be_sound(text: str, target: _Target, project: Project, page: Page) -> None:
    """Raise Unreadable if `text` has problems that the file does not have yet.

    So is a new entry, the last one, without a place in `page`.
    """
    sidecar, problems = parse_sidecar(text, display_path(target.path))
    known = {
        (one.rule, one.message) for one in [*target.problems, *_checked(target.sidecar, project)]
    }
    new = [
        one
        for one in [*problems, *_checked(sidecar, project)]
        if (one.rule, one.message) not in known
    ]
    if new:
        raise Unreadable("\n".join(map(_refusal, new)))
    answer = anchor(sidecar.annotations[-1], page)
    if isinstance(answer, Orphan):
        raise Unreadable(_reason(answer, page))


def _checked(sidecar: Sidecar, project: Project) -> list[Problem]:
    return check_sidecar(sidecar, project.options.vocabulary, project.shared_sources())


def _refusal(problem: Problem) -> str:
    message = sentence(problem)
    if problem.rule == Rule.UNKNOWN_SOURCE:
        message += "; or describe it now, with --source-title and --source-url"
    return message


def _placed(quote: str, given: Mapping[str, Any], page: Page) -> dict[str, str]:
    """Return the fields that give `quote` one place in `page`.  Raises Unreadable."""
    typed = {key: given[key] for key in _PLACING if given[key]}
    if typed:
        if given["which"] is not None:
            raise click.UsageError(
                f"--which and --{next(iter(typed))} both say which place is meant: give one of them"
            )
        return typed
    return _context(quote, _place(quote, given["which"], page), page)


def _place(quote: str, which: int | None, page: Page) -> Range:
    places = search(Words(quote), page).ranges
    if not places:
        raise Unreadable(_no_place(quote, page))
    if which is None and len(places) == 1:
        return places[0]
    if which is not None and which <= len(places):
        return places[which - 1]
    lines = [f"“{shown(quote)}” stands {len(places)} times; choose one with --which:"]
    for number, place in enumerate(places, 1):
        lines.append(f"  {number}. {in_context(place, page)}")
    raise Unreadable("\n".join(lines))


def _no_place(quote: str, page: Page) -> str:
    """Return why `quote` has no place, with the nearest passage."""
    answer = anchor(Annotation(Quote(quote), "new", "context"), page)
    orphan = answer if isinstance(answer, Orphan) else Orphan(answer.annotation, Reason.MISSING)
    return _reason(orphan, page)


def _reason(orphan: Orphan, page: Page) -> str:
    ((_, problem),) = explained_all([orphan], page, 1)
    return sentence(problem)


def _context(quote: str, place: Range, page: Page) -> dict[str, str]:
    """Return prefix and suffix, and `occurrence` if these are not enough."""
    found = pin(quote, place, page)
    return found.values if found else {}
