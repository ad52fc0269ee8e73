"""The dialogue of `fix`: shows each orphan with its possible passages, and writes the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from mkdocs_annotate.anchoring.anchors import Anchor, Orphan, anchor
from mkdocs_annotate.anchoring.explanations import explained_all
from mkdocs_annotate.anchoring.form import fold_text
from mkdocs_annotate.anchoring.lookalikes import listed_differences
from mkdocs_annotate.anchoring.repairs import Repair, repairs_of
from mkdocs_annotate.commands.open_project import working_on, write_sessions
from mkdocs_annotate.commands.terminal import (
    Ended,
    counted,
    in_context,
    read_key,
    read_line,
    sentence,
    word_diff,
)
from mkdocs_annotate.editorial.git import Commit, Origin, Origins, Removal
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.model.sidecar import is_to_be_reread, note_fingerprint
from mkdocs_annotate.sidecar.editing import EditSession, EditState, Uneditable

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.project import OpenArticle

_HELP = """\
  y  take the first passage; 1, 2 or 3 takes that one (of equal passages only a number does)
  n  leave it as it is, and go on
  e  type the words of another passage
  d  delete the annotation
  u  undo the last answer, and go back to it
  q  stop here; all answers so far are kept
"""


@dataclass(frozen=True)
class Task:
    """An annotation without a place, and all that is needed to give it one."""

    article: OpenArticle
    file: EditSession
    origins: Origins
    orphan: Orphan
    entry: int
    """Its number in the file."""


class _Answer(NamedTuple):
    """An answer that was given, and what the file was before."""

    task: int
    state: EditState
    outcome: str
    """`repaired`, `deleted`, `left` or `stuck`."""


class Session:
    """Goes through orphans; each answer is written before the next question is asked.

    Where nobody is asked, all is written at the end, in one go.
    """

    def __init__(self, tasks: Sequence[Task], folder: Path, *, dry_run: bool) -> None:
        self.tasks = tasks
        self.folder = folder
        """That of the site."""

        self.dry_run = dry_run
        self.answers: list[_Answer] = []
        self.to_be_reread: set[int] = set()
        """The orphans that were repaired and whose note may be untrue now."""

        self._unwritable: set[int] = set()
        """Files that somebody else changed meanwhile, or that can't be written."""

        self._asks = True

    def count(self, outcome: str) -> int:
        """Return how many answers had an outcome."""
        return sum(answer.outcome == outcome for answer in self.answers)

    def show_all(self) -> None:
        """Show each orphan with the passages that it may mean."""
        for number in range(len(self.tasks)):
            self._show(number)

    def take_proved(self) -> None:
        """Give each orphan the place that the history of its article proves; leave the others."""
        self._asks = False
        try:
            for number in range(len(self.tasks)):
                self._take_proved(number)
        finally:
            self._write_all()

    def _take_proved(self, number: int) -> None:
        state, repairs = self.tasks[number].file.state, self._show(number)
        proved = [one for one in repairs if one.proven]
        if proved:
            self._keep(number, state, self._repair(number, proved[0]))
            return
        if repairs:
            click.echo("  git does not prove that this is the passage: run without --yes to choose")
        self._keep(number, state, "left")

    def _write_all(self) -> None:
        """Write the files of all answers, unless this is a dry run; print why some weren't."""
        if self.dry_run:
            return
        files = list(dict.fromkeys(task.file for task in self.tasks))
        refused = write_sessions(files, self.folder, "fix --yes")
        for reason in refused.values():
            click.echo(reason, err=True)
        for at, answer in enumerate(self.answers):
            if self.tasks[answer.task].file.path in refused and answer.outcome == "repaired":
                self.answers[at] = answer._replace(outcome="stuck")
                self.to_be_reread.discard(answer.task)

    def ask_all(self) -> None:
        """Ask what to do about each orphan.  Raises Ended; the answers before it are kept."""
        number = 0
        while number < len(self.tasks):
            task = self.tasks[number]
            if id(task.file) in self._unwritable:
                self._keep(number, task.file.state, "stuck")
                number += 1
                continue
            number = self._ask(number)

    def _ask(self, number: int) -> int:
        """Ask about an orphan until there is an answer; return which one is next."""
        task, repairs = self.tasks[number], self._show(number)
        while True:
            key = read_key(_question(repairs))
            before = task.file.state
            if key in ("n", "s"):
                return self._keep(number, before, "left")
            if key == "q":
                raise Ended(stopped=False)
            if key == "u":
                if self.answers:
                    return self._undo()
                click.echo("  nothing was answered yet")
            elif key == "e":
                repairs = self._retyped(task) or repairs
            elif key == "d":
                return self._keep(number, before, self._delete(task))
            elif chosen := _chosen(key, repairs):
                return self._keep(number, before, self._repair(number, chosen))
            else:
                click.echo(_HELP, nl=False)

    def _keep(self, number: int, before: EditState, outcome: str) -> int:
        self.answers.append(_Answer(number, before, outcome))
        return number + 1

    def _undo(self) -> int:
        """Take the last answer back; return the orphan that it was about."""
        last = self.answers.pop()
        self.to_be_reread.discard(last.task)
        task = self.tasks[last.task]
        now = task.file.state
        task.file.restore(last.state)
        if not self._written(task.file, now):
            return last.task + 1
        return last.task

    def _repair(self, number: int, repair: Repair) -> str:
        task = self.tasks[number]
        before, reread = task.file.state, _to_be_reread(task, repair)
        try:
            task.file.set_annotation(task.entry, {**repair.values, **reread})
        except Uneditable as error:
            click.echo(f"  {error}", err=True)
            return "left"
        if not self._written(task.file, before):
            return "stuck"
        if reread:
            self.to_be_reread.add(number)
        return "repaired"

    def _delete(self, task: Task) -> str:
        before = task.file.state
        try:
            task.file.remove_annotation(task.entry)
        except Uneditable as error:
            click.echo(f"  {error}", err=True)
            return "left"
        return "deleted" if self._written(task.file, before) else "stuck"

    def _written(self, file: EditSession, before: EditState) -> bool:
        """Write `file` unless this is a dry run; go back to `before` where that fails."""
        if self.dry_run or not self._asks:
            return True
        for reason in write_sessions([file], self.folder, "fix").values():
            click.echo(reason, err=True)
            file.restore(before)
            self._unwritable.add(id(file))
            return False
        return True

    def _show(self, number: int) -> list[Repair]:
        """Show an orphan; return the ways to repair it, none after an error of our own."""
        with working_on(self.tasks[number].article.sidecar):
            return self._presented(number)
        return []

    def _presented(self, number: int) -> list[Repair]:
        task = self.tasks[number]
        annotation, page = task.orphan.annotation, task.article.page
        reason = task.orphan.reason.value
        progress = f"{number + 1} of {len(self.tasks)}"
        words = shown(annotation.quote.exact)
        click.echo(f"{annotation.position}: “{words}” ({reason}; {progress})")
        origin = task.origins.of(task.orphan)
        if isinstance(origin, Removal):
            click.echo(f"  {_removed(origin)}: remove the annotation, or quote another passage")
            return []
        repairs = repairs_of(task.orphan, page, origin.became if origin else None)
        if not repairs:
            click.echo("  there is no passage to propose: quote it again, or remove the annotation")
        _show_repairs(repairs, task, origin)
        return repairs

    def _retyped(self, task: Task) -> list[Repair]:
        """Ask for words; return the ways to quote them, none where they don't stand in the page."""
        words = read_line("  words of the passage: ")
        if not words:
            return []
        annotation, page = task.orphan.annotation, task.article.page
        quoted = replace(annotation, quote=replace(annotation.quote, exact=words))
        answer = anchor(quoted, page)
        if isinstance(answer, Anchor):
            repairs = [Repair(answer.ranges[0], {"quote": words})]
        else:
            found = repairs_of(answer, page)
            repairs = [replace(one, values={"quote": words, **one.values}) for one in found]
            ((_, problem),) = explained_all([answer], page, 1)
            click.echo(f"  {sentence(problem)}")
        _show_repairs(repairs, task, None)
        return repairs


def _to_be_reread(task: Task, repair: Repair) -> dict[str, str]:
    """Return what is written into an entry whose passage has changed under its note."""
    entry, page = task.orphan.annotation, task.article.page
    first = entry.quote.exact
    now = page.text[repair.range.start : repair.range.end]
    old, new = fold_text(first).strip(), fold_text(now).strip()
    same = new.startswith(old) if entry.quote.through else old == new
    if same or "quote" not in repair.values or not entry.note:
        return {}
    # Of a passage that changed twice, the words that the note was written about.
    old_words = entry.reread if is_to_be_reread(entry) else " ".join(first.split())
    return {"reread": old_words, "reread_note": note_fingerprint(entry.note, entry.date)}


def _question(repairs: Sequence[Repair]) -> str:
    keys = ["y"] if _has_first(repairs) else []
    keys += [f"1-{len(repairs)}"] if len(repairs) > 1 else []
    asked = "take it" if len(repairs) == 1 else "which one" if repairs else "what now"
    return f"  {asked}? [{' '.join(keys + _OTHERS)}] "


_OTHERS = ["n", "e", "d", "u", "q", "?"]


def _has_first(repairs: Sequence[Repair]) -> bool:
    """Return whether one of `repairs` is better than the rest: not so where words are equal."""
    return len(repairs) == 1 or any("quote" in repair.values for repair in repairs[:1])


def _chosen(key: str, repairs: Sequence[Repair]) -> Repair | None:
    """Return the repair that a key means; None for any other key."""
    if key == "y" and repairs and _has_first(repairs):
        return repairs[0]
    if key.isdecimal() and 1 <= int(key[:9]) <= len(repairs):
        return repairs[int(key[:9]) - 1]
    return None


def _show_repairs(repairs: Sequence[Repair], task: Task, origin: Origin | None) -> None:
    page, quote = task.article.page, task.orphan.annotation.quote.exact
    for number, repair in enumerate(repairs, 1):
        heading = page.heading_above(repair.range.start)
        under = f" (under “{shown(heading)}”)" if heading else ""
        differs = listed_differences(repair.differences)
        click.echo(
            f"  {number}. {in_context(repair.range, page)}{under}{differs and f': {differs}'}"
        )
        words = page.text[repair.range.start : repair.range.end]
        if repair.ported and origin:
            click.echo(f"     as in {_named(origin.commit)}: {word_diff(origin.words, words)}")
        if "quote" in repair.values:
            click.secho(f"     - quote: {shown(quote)}", fg="red")
        for key, value in repair.values.items():
            click.secho(f"     + {key}: {shown(value)}", fg="green")


def _removed(removal: Removal) -> str:
    if removal.commit is None:
        return f"removed since {_named(removal.last)}"
    return f"removed in {_named(removal.commit)}, “{shown(removal.commit.subject)}”"


def _named(commit: Commit) -> str:
    return f"{commit.short} of {commit.date}"


def summary(session: Session) -> str:
    """Return in one line what became of the orphans."""
    done = [f"{counted(session.count('repaired'), 'quote')} repaired"]
    if session.count("deleted"):
        done.append(f"{session.count('deleted')} deleted")
    return f"{', '.join(done)}, {left(session)} of {len(session.tasks)} without a place"


def left(session: Session) -> int:
    """Return how many orphans have no place yet."""
    return len(session.tasks) - session.count("repaired") - session.count("deleted")


def changed_files(session: Session) -> list[str]:
    """Return the names of the files that were written, each once."""
    outcomes = ("repaired", "deleted")
    files = [session.tasks[one.task].file for one in session.answers if one.outcome in outcomes]
    return list(dict.fromkeys(file.file for file in files))
