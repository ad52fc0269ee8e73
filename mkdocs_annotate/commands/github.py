"""Problems as workflow commands, which GitHub shows beside the lines they are about."""

from collections.abc import Sequence

from mkdocs_annotate.commands.reports import sentence
from mkdocs_annotate.model.problems import Level, Problem

_COMMANDS = {Level.INFO: "notice", Level.WARNING: "warning", Level.ERROR: "error"}


def as_github(problems: Sequence[Problem]) -> str:
    """Return one workflow command for each of `problems`, whose files a repository names.

    A value can neither end its line nor reach into another property.
    """
    return "".join(_command(problem) for problem in problems)


def _command(problem: Problem) -> str:
    file, line, column = problem.position
    properties = {"file": file, "line": line, "col": column, "title": problem.rule.value}
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[problem.level]} {told}::{_data(sentence(problem))}\n"


def _data(text: str) -> str:
    """Return `text` as `escapeData` does (actions/toolkit, `packages/core/src/command.ts`)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return `text` as `escapeProperty` does, from the same file."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
