"""What commands print: problems as text or JSON, passages in their context."""

import json
import re
from collections.abc import Sequence

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Problem

_AROUND = 30
"""How much of the text around a passage is shown on each side, in characters."""


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


def in_context(place: Range, page: Page) -> str:
    """Return the passage at `place` in brackets, in one line with what stands around it."""
    start, end = max(0, place.start - _AROUND), place.end + _AROUND
    before, words, after = (
        re.sub(r"\s+", " ", page.text[first:last])
        for first, last in ((start, place.start), (place.start, place.end), (place.end, end))
    )
    return f"… {before.lstrip()}[{shown(words)}]{after.rstrip()} …"
