"""Baselines: files of known problems, which `check` leaves out."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mkdocs_annotate.commands.terminal import fingerprints
from mkdocs_annotate.files.journal import journal, writing
from mkdocs_annotate.files.paths import display_path, shown_path
from mkdocs_annotate.files.reading import read_utf8
from mkdocs_annotate.files.writing import NotWritten, write_if_unchanged
from mkdocs_annotate.model.problems import Position, Problem, shown
from mkdocs_annotate.sidecar.nodes import Node, SequenceNode, parse_nodes, plain

_HEADING = (
    "# Known problems, which `mkdocs-annotate check` leaves out; --update-baseline writes them.\n"
)
_KEYS = ("file", "rule", "fingerprint")
_OLD_KEYS = ("file", "rule", "words")
"""The keys of version 0.1, in which fingerprints were made of our own sentences."""
_HINT = "remove the file, and write it again with --update-baseline"


class BadBaseline(Exception):
    """The file is no baseline, or can't be read or written; the message says what to do."""


class OldBaseline(BadBaseline):
    """The file is a baseline of version 0.1; it can be written anew."""


@dataclass(frozen=True)
class KnownProblem:
    """A known problem; its `fingerprint` is made of what it is about, not of our message."""

    file: str
    rule: str
    fingerprint: str


Baseline = dict[KnownProblem, Position]
"""Known problems, with the places that they are recorded at."""


def entries_of(problems: Sequence[Problem]) -> list[KnownProblem]:
    """Return the entries of `problems`, whose files a repository names."""
    return [
        KnownProblem(problem.position.file, problem.rule.value, fingerprint)
        for problem, fingerprint in zip(problems, fingerprints(problems), strict=True)
    ]


def read_baseline(path: Path) -> Baseline:
    """Return what the file at `path` records.  Raises BadBaseline."""
    text = _text_of(path)
    if text is None:
        raise BadBaseline(f"there is no {display_path(path)}; write it with --update-baseline")
    return parsed(text, display_path(path))


def write_baseline(path: Path, entries: Sequence[KnownProblem]) -> None:
    """Write `entries` to the file at `path`.

    Raises BadBaseline, also where what stands there is no baseline.
    """
    before = _text_of(path)
    if before is not None:
        with suppress(OldBaseline):
            parsed(before, display_path(path))
    text = as_yaml(entries)
    try:
        with journal(Path.cwd(), "check", [writing(path, text.encode(), None)]):
            write_if_unchanged(path, text, before)
    except NotWritten as error:
        raise BadBaseline(str(error)) from error


def _text_of(path: Path) -> str | None:
    try:
        return read_utf8(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadBaseline(f"{display_path(path)} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadBaseline(f"{display_path(path)} is not UTF-8; {_HINT}") from error


def as_yaml(entries: Sequence[KnownProblem]) -> str:
    """Return the text of a baseline: a line for each of `entries`, sorted."""
    lines = [
        "- {" + ", ".join(f"{key}: {_quoted(getattr(entry, key))}" for key in _KEYS) + "}\n"
        for entry in sorted(entries, key=lambda entry: (entry.file, entry.rule, entry.fingerprint))
    ]
    return _HEADING + ("".join(lines) or "[]\n")


def _quoted(text: str) -> str:
    """Return `text` quoted for YAML, whatever characters it has."""
    return json.dumps(text, ensure_ascii=False)


def parsed(text: str, file: str) -> Baseline:
    """Return what the `text` of a baseline records.  Raises BadBaseline, naming the place."""
    document = parse_nodes(text, file)
    if document.problems:
        first = document.problems[0]
        raise BadBaseline(f"{first.position}: {first.message}; {_HINT}")
    root = document.root
    if root is None:
        return {}
    if not isinstance(root, SequenceNode):
        raise BadBaseline(f"{root.position}: a baseline is a list of problems; {_HINT}")
    return {_entry(item): item.position for item in root.items}


def _entry(item: Node) -> KnownProblem:
    said = plain(item)
    keys = set(said) if isinstance(said, dict) else set()
    if keys == set(_OLD_KEYS):
        message = "this baseline was written by version 0.1; write it again with --update-baseline"
        raise OldBaseline(f"{item.position}: {message}")
    if keys != set(_KEYS) or not all(isinstance(value, str) for value in said.values()):
        needed = "`file`, `rule` and `fingerprint`"
        raise BadBaseline(f"{item.position}: an entry of a baseline has {needed}; {_HINT}")
    return KnownProblem(**said)


def as_gone(baseline: Baseline, entries: Sequence[KnownProblem]) -> str:
    """Return one line for each problem of `baseline` that is none of `entries` any more."""
    now = set(entries)
    return "".join(
        f"{position}: {shown_path(entry.file)} no longer has this problem; remove the line, "
        f"or use --update-baseline [{shown(entry.rule)}]\n"
        for entry, position in baseline.items()
        if entry not in now
    )
