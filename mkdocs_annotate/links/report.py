"""The results of a link check: as text, as JSON, and as changes of the entries of sources."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs_annotate.files.journal import Edit
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.files.reading import read_utf8
from mkdocs_annotate.links.cache import QuoteSearch, day_of
from mkdocs_annotate.links.state import GONE_STATES, CheckedSource, CitedAddress, LinkState
from mkdocs_annotate.model.links import shown_host
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.sidecar.editing import EditSession, Uneditable, as_diff
from mkdocs_annotate.sidecar.files import BIBLIOGRAPHIES

_STATES = {
    LinkState.LIVE: "is live",
    LinkState.DEAD: "is dead",
    LinkState.DEVIATED: "has deviated",
    LinkState.SUSPECT: "may have deviated",
    LinkState.UNKNOWN: "is unknown",
}


def as_text(results: Iterable[CheckedSource]) -> str:
    """Return a line for each source that is not simply live."""
    return "".join(f"{line}\n" for line in map(_line, results) if line)


def _line(one: CheckedSource) -> str:
    source, state = one.cited.source, one.assessment.state
    hints = _hints(one)
    if state is LinkState.LIVE and not hints:
        return ""
    where = f"{source.position}: `{shown(source.label)}` at {shown_host(one.cited.link)}"
    return f"{where} {_STATES[state]}: {'; '.join(filter(None, (one.assessment.reason, *hints)))}"


def _hints(one: CheckedSource) -> list[str]:
    """Return what to do about a source, and what else a writer should know."""
    source, state = one.cited.source, one.assessment.state
    hints = [f"“{shown(quote)}” is missing" for quote in one.missing] + _about_copy(one)
    if one.values:
        hints.append(f"write {lines_of(one.values)}")
    elif state in GONE_STATES and source.archive_url:
        hints.append("its entry already leads readers to the copy")
    elif state in GONE_STATES:
        hints.append(f"its entry already says so (`url_status: {source.url_status}`)")
    if state is LinkState.SUSPECT:
        hints.append("check whether it still says what is cited")
    if state is LinkState.LIVE and source.url_status != "live":
        hints.append(f"take `url_status: {source.url_status}` out if it is as it was")
    return hints


def _about_copy(one: CheckedSource) -> list[str]:
    """Return what a writer should know about the archived copy of a source."""
    if one.archive_failed:
        return ["the archive did not answer, so no copy was looked up"]
    if one.moment is None:
        return []
    if not one.moment:
        return ["no archived copy is known"]
    if one.in_copy is QuoteSearch.MISSING:
        return [f"nor does the copy of {day_of(one.moment)} show it"]
    if "archive_url" not in one.values:
        return ["the address of its copy is too long for an entry"]
    if one.in_copy is QuoteSearch.UNREADABLE:
        return ["check the copy yourself: it could not be searched"]
    return []


def lines_of(values: Mapping[str, str]) -> str:
    """Return `values` as the lines of an entry, one after another."""
    return ", ".join(f"`{key}: {value}`" for key, value in values.items())


def as_json(results: Iterable[CheckedSource]) -> str:
    """Return the sources as a JSON array of objects; keys are only ever added."""
    entries: list[dict[str, Any]] = [
        {
            "file": one.cited.source.position.file,
            "line": one.cited.source.position.line,
            "column": one.cited.source.position.column,
            "source": one.cited.source.key,
            "address": one.cited.link.address,
            "state": one.assessment.state.value,
            "reason": one.assessment.reason,
            "status": one.finding.status or None,
            "checked": str(one.finding.checked),
            "missing": one.missing,
            "write": dict(one.values),
        }
        for one in results
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def summary(results: Sequence[CheckedSource], asked: int) -> str:
    """Return in one line how many sources are in which state."""
    counts = Counter(one.assessment.state for one in results)
    parts = [f"{counts[state]} {state.value}" for state in LinkState if counts[state]]
    word = "source" if len(results) == 1 else "sources"
    states = ", ".join(parts) or "no address to check"
    return f"{len(results)} {word}: {states} ({asked} asked now)"


def texts_of(cited: Iterable[CitedAddress]) -> dict[Path, str]:
    """Return the texts of the files that describe `cited`.

    Read them before the check, which may take long: if a file is edited meanwhile, the positions
    of the entries change.
    """
    paths = {one.path for one in cited if one.path.suffix not in BIBLIOGRAPHIES}
    return {path: read_utf8(path) for path in paths}


class EntryChange(NamedTuple):
    """A change of the entries in a file."""

    edit: Edit
    changed: list[CheckedSource]
    """The sources whose entries are changed."""

    @property
    def diff(self) -> str:
        """Return the change as a unified diff."""
        return as_diff(self.edit.before, self.edit.after, self.edit.path)


def entry_changes(
    results: Sequence[CheckedSource], texts: Mapping[Path, str]
) -> tuple[list[EntryChange], list[str]]:
    """Return a change for each file in which entries should say what was found.

    `texts` are those of `texts_of`.  Also returned is a message for each entry that can't be
    changed, with the lines to type.
    """
    changes, messages = [], []
    for path in dict.fromkeys(one.cited.path for one in results if one.values):
        before = texts.get(path, "")
        session = EditSession(before, display_path(path))
        changed: list[CheckedSource] = []
        # From the last to the first: new lines move only what stands below them.
        for one in reversed([one for one in results if one.cited.path == path and one.values]):
            try:
                _set_values(session, one)
            except Uneditable as error:
                messages.append(f"{one.cited.source.position}: {error}")
            else:
                changed.append(one)
        changes.append(EntryChange(Edit(path, before, session.text), changed))
    return changes, messages


def _set_values(session: EditSession, one: CheckedSource) -> None:
    """Set the values of `one` in its entry.  Raises Uneditable."""
    lines = lines_of(one.values)
    if one.cited.path.suffix in BIBLIOGRAPHIES:
        hint = f"move the entry into a YAML file of sources, with {lines}"
        raise Uneditable(f"bibliography files are never changed; {hint}")
    try:
        session.set_values(one.cited.source.position, one.values)
    except Uneditable as error:
        raise Uneditable(error.reason, f"type it yourself: {lines}") from error
