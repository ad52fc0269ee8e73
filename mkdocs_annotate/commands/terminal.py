"""Output of commands (text, JSON, GitHub, SARIF), and questions at the terminal."""

import ast
import hashlib
import inspect
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any
from urllib.parse import quote

import click

from mkdocs_annotate import __version__
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Level, Problem, Rule, harmless, shown

_AROUND = 30
"""How much of the text around a passage is shown on each side, in characters."""


MOST_UNUSED = 3
"""How many shared sources that nothing cites are listed one by one."""


def counted(number: int, word: str) -> str:
    """Return a number of things, such as `3 quotes`; `no quotes` for none."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def as_text(problems: Sequence[Problem]) -> str:
    """Return one line for each of `problems`; the level is given unless it is a warning."""
    return "".join(f"{_line(problem)}\n" for problem in problems)


def with_unused_counted(problems: Sequence[Problem]) -> list[Problem]:
    """Return `problems`, with a single one for many unused shared sources of a file.

    Hundreds of lines about unused sources would hide the other problems.
    """
    counts = Counter(problem.position.file for problem in problems if _is_unused(problem))
    kept: list[Problem] = []
    counted_files = set[str]()
    for problem in problems:
        file = problem.position.file
        if not _is_unused(problem) or counts[file] <= MOST_UNUSED:
            kept.append(problem)
        elif file not in counted_files:
            counted_files.add(file)
            message = f"nothing cites {counts[file]:,} of the sources in this file"
            hint = "`--unused` lists them"
            kept.append(replace(problem, message=message, hint=hint, subject=""))
    return kept


def _is_unused(problem: Problem) -> bool:
    return problem.rule == Rule.SOURCE_UNUSED and problem.level == Level.INFO


def _line(problem: Problem) -> str:
    if problem.level == Level.WARNING:
        return str(problem)
    return str(replace(problem, message=f"{problem.level.value}: {problem.message}"))


def sentence(problem: Problem) -> str:
    """Return what is wrong and what to do, in one line."""
    return f"{problem.message}; {problem.hint}" if problem.hint else problem.message


def as_json(problems: Sequence[Problem]) -> str:
    """Return `problems` as a JSON array of objects; keys are only ever added."""
    entries = [
        {
            "file": problem.position.file,
            "line": problem.position.line,
            "column": problem.position.column,
            "rule": problem.rule.value,
            "level": problem.level.value,
            "message": problem.message,
            "hint": problem.hint,
            # Its name in earlier editions.
            "cure": problem.hint,
            "subject": harmless(problem.subject),
        }
        for problem in problems
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def in_context(place: Range, page: Page) -> str:
    """Return the passage at `place` in brackets, in one line with what stands around it."""
    start, end = max(0, place.start - _AROUND), place.end + _AROUND
    before, words, after = (
        re.sub(r"\s+", " ", page.text[first:last])
        for first, last in ((start, place.start), (place.start, place.end), (place.end, end))
    )
    return f"… {before.lstrip()}[{shown(words)}]{after.rstrip()} …"


def word_diff(old: str, new: str) -> str:
    """Return both texts in one line, as git's word diff: `[-taken out-]`, `{+put in+}`."""
    before, after = old.split(), new.split()
    if before == after:
        return "the same words"
    parts = []
    for tag, a, a_end, b, b_end in SequenceMatcher(None, before, after, False).get_opcodes():
        gone, come = (shown(" ".join(words)) for words in (before[a:a_end], after[b:b_end]))
        if tag == "equal":
            parts.append(gone)
        else:
            parts.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return " ".join(parts)


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """Return a fingerprint for each of `problems`, which are in the order of their files.

    It is made of the file, the rule and the subject: not of line numbers, nor of our own wording.
    Where several are alike, the second ends in `-2`, and so on.
    """
    met = Counter[str]()
    found = []
    for problem in problems:
        known = _hash(problem)
        met[known] += 1
        found.append(known if met[known] == 1 else f"{known}-{met[known]}")
    return found


def _hash(problem: Problem) -> str:
    # Neither the name of a rule nor, as shown, that of a file holds a line feed.
    parts = [problem.position.file, problem.rule.value, problem.subject]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_COMMANDS = {Level.INFO: "notice", Level.WARNING: "warning", Level.ERROR: "error"}


def as_github(problems: Sequence[Problem]) -> str:
    """Return one workflow command for each of `problems`, whose files a repository names.

    A value can neither end its line nor reach into another property.
    """
    return "".join(_command(problem) for problem in problems)


def _command(problem: Problem) -> str:
    file, line, column = problem.position
    properties = {"file": file, "line": line, "col": column, "title": problem.rule.value}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[problem.level]} {listed}::{_data(sentence(problem))}\n"


def _data(text: str) -> str:
    """Return `text` as `escapeData` does (actions/toolkit, `packages/core/src/command.ts`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return `text` as `escapeProperty` does, from the same file."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_LEVELS = {
    Level.OFF: "none",
    Level.INFO: "note",
    Level.WARNING: "warning",
    Level.ERROR: "error",
}

# Not `primaryLocationLineHash`: GitHub makes that one of the line itself, and warns of any other
# (github/codeql-action, `src/fingerprints.ts`).
_FINGERPRINT = "mkdocsAnnotate/v2"


def as_sarif(problems: Sequence[Problem], addresses: Mapping[str, str]) -> str:
    """Return `problems`, whose files a repository names, as a SARIF log of one run.

    `addresses` are those of the project: its `homepage` and `documentation`, where it has them.
    """
    rules = sorted({problem.rule for problem in problems}, key=lambda rule: rule.value)
    driver: dict[str, Any] = {"name": "mkdocs-annotate", "version": __version__}
    if "homepage" in addresses:
        driver["informationUri"] = addresses["homepage"]
    driver["rules"] = [_rule(rule, addresses.get("documentation")) for rule in rules]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(problem, rules.index(problem.rule), fingerprint)
            for problem, fingerprint in zip(problems, fingerprints(problems), strict=True)
        ],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def project_addresses() -> dict[str, str]:
    """Return the addresses in the metadata of the installed package, by lower-case names."""
    try:
        entries = metadata("mkdocs-annotate").get_all("Project-URL") or []
    except PackageNotFoundError:
        return {}
    pairs = (str(entry).partition(",") for entry in entries)
    return {name.strip().lower(): address.strip() for name, _, address in pairs}


def _rule(rule: Rule, documentation: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": rule.value,
        "shortDescription": {"text": rule_meanings()[rule.name]},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }
    if documentation:
        found["helpUri"] = f"{documentation.rstrip('/')}/reference/problems/#{rule.value}"
    return found


def _result(problem: Problem, rule_index: int, fingerprint: str) -> dict[str, Any]:
    position = problem.position
    place = {
        # The names of files hold what an address can't: spaces, `%`, `#`.
        "artifactLocation": {"uri": quote(position.file), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": position.line, "startColumn": position.column},
    }
    return {
        "ruleId": problem.rule.value,
        "ruleIndex": rule_index,
        "level": _LEVELS[problem.level],
        "message": {"text": _without_links(sentence(problem))},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }


def _without_links(text: str) -> str:
    """Return `text` without what viewers read as links (SARIF 2.1.0, 3.11.6)."""
    return re.sub(r"\](?=\()", r"]\\", text)


@lru_cache
def rule_meanings() -> dict[str, str]:
    """Return what each rule means, by its name in code: the docstring below it, in one line."""
    (definition,) = ast.parse(inspect.getsource(Rule)).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for statement, below in zip(definition.body, definition.body[1:], strict=False):
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[statement.targets[0].id] = " ".join(str(below.value.value).split())
    return found


class Ended(Exception):
    """There are no more answers: the input has ended, or Ctrl-C was typed."""

    def __init__(self, *, stopped: bool) -> None:
        super().__init__()
        self.stopped = stopped
        """It was Ctrl-C."""


def read_key(question: str) -> str:
    """Return the answer to `question`: at a terminal the key that is pressed, else a line.

    Raises Ended.
    """
    click.echo(question, nl=False)
    try:
        if sys.stdin.isatty():
            key = click.getchar()
            click.echo(key)
        else:
            key = _typed_line()
        return key.strip()
    except (KeyboardInterrupt, EOFError) as error:
        click.echo()
        raise Ended(stopped=isinstance(error, KeyboardInterrupt)) from error


def read_line(question: str) -> str:
    """Return a line in answer to `question`, without blanks around it.  Raises Ended."""
    click.echo(question, nl=False)
    try:
        return _typed_line().strip()
    except (KeyboardInterrupt, EOFError) as error:
        click.echo()
        raise Ended(stopped=isinstance(error, KeyboardInterrupt)) from error


def _typed_line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    if not sys.stdin.isatty():
        # Nobody else writes down what was answered.
        click.echo(line.strip())
    return line
