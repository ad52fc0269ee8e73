"""What has become of sources, as a person reads it and as a program does."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mkdocs_annotate.commands.link_results import GONE, Checked
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.links import shown_host
from mkdocs_annotate.network.remembering import day_of
from mkdocs_annotate.network.verdicts import Look, State

_CALLED = {
    State.LIVE: "is live",
    State.DEAD: "is dead",
    State.DEVIATED: "has deviated",
    State.SUSPECT: "may have deviated",
    State.UNKNOWN: "is unknown",
}


def as_text(results: Iterable[Checked]) -> str:
    """Return a line for each source that is not simply live."""
    return "".join(f"{line}\n" for line in map(_line, results) if line)


def _line(one: Checked) -> str:
    source, state = one.cited.source, one.verdict.state
    cure = _cure(one)
    if state is State.LIVE and not cure:
        return ""
    where = f"{source.position}: `{shown(source.label)}` at {shown_host(one.cited.link)}"
    return f"{where} {_CALLED[state]}: {'; '.join(filter(None, (one.verdict.reason, *cure)))}"


def _cure(one: Checked) -> list[str]:
    """Return what is to be done about a source, and what else is to be told."""
    source, state = one.cited.source, one.verdict.state
    told = [f"missing is “{shown(quote)}”" for quote in one.missing] + _told_of_copy(one)
    if one.values:
        told.append(f"write {lines_of(one.values)}")
    elif state in GONE and source.archive_url:
        told.append("readers are led to the copy already")
    elif state in GONE:
        told.append(f"its entry says so already (`url_status: {source.url_status}`)")
    if state is State.SUSPECT:
        told.append("look whether it still says what is cited")
    if state is State.LIVE and source.url_status != "live":
        told.append(f"take `url_status: {source.url_status}` out if it is as it was")
    return told


def _told_of_copy(one: Checked) -> list[str]:
    """Return what is to be told of the copy of a source, if anything."""
    if one.refused:
        return ["the archive could not be asked for a copy"]
    if one.moment is None:
        return []
    if not one.moment:
        return ["no archived copy is known"]
    if one.shows is Look.MISSING:
        return [f"nor does the copy of {day_of(one.moment)} show it"]
    if "archive_url" not in one.values:
        return ["the address of its copy is too long for an entry"]
    if one.shows is Look.UNREADABLE:
        return ["look at the copy, which could not be searched"]
    return []


def lines_of(values: Mapping[str, str]) -> str:
    """Return the lines that `values` are in an entry."""
    return ", ".join(f"`{key}: {value}`" for key, value in values.items())


def as_json(results: Iterable[Checked]) -> str:
    """Return the sources as a JSON array of objects; keys are only ever added."""
    entries: list[dict[str, Any]] = [
        {
            "file": one.cited.source.position.file,
            "line": one.cited.source.position.line,
            "column": one.cited.source.position.column,
            "source": one.cited.source.key,
            "address": one.cited.link.address,
            "state": one.verdict.state.value,
            "reason": one.verdict.reason,
            "status": one.finding.status or None,
            "checked": str(one.finding.checked),
            "missing": one.missing,
            "write": dict(one.values),
        }
        for one in results
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def summary(results: Sequence[Checked], asked: int) -> str:
    """Return in one line how many sources are in which state."""
    counts = Counter(one.verdict.state for one in results)
    parts = [f"{counts[state]} {state.value}" for state in State if counts[state]]
    word = "source" if len(results) == 1 else "sources"
    states = ", ".join(parts) or "nothing to ask"
    return f"{len(results)} {word}: {states} ({asked} asked now)"
