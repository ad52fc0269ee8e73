"""Problems for people and programs: text, or JSON."""

import json
from collections.abc import Sequence

from mkdocs_annotate.model.problems import Problem


def as_text(problems: Sequence[Problem]) -> str:
    """Return one line for each of `problems`."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """Return `problems` as a JSON array of objects; keys are only ever added."""
    entries = [
        {
            "file": problem.position.file,
            "line": problem.position.line,
            "column": problem.position.column,
            "rule": problem.rule.value,
            "level": problem.rule.level.value,
            "message": problem.message,
            "cure": problem.cure,
        }
        for problem in problems
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
