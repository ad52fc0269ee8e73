"""What commands print: problems as text or JSON, passages in their context, changes as a diff."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Level, Problem, Rule
from mkdocs_annotate.sidecar.files import display_path

_AROUND = 30
"""How much of the text around a passage is shown on each side, in characters."""


MOST_UNUSED = 3
"""How many shared sources that nothing cites are told one by one."""


def as_diff(before: str, after: str, path: Path) -> str:
    """Return what changes in the file at `path`, as a unified diff."""
    name = display_path(path)
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def counted(number: int, word: str) -> str:
    """Return a number of things, such as `3 quotes`; `no quotes` for none."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def as_text(problems: Sequence[Problem]) -> str:
    """Return one line for each of `problems`, with the level of those that are no warning."""
    return "".join(f"{_line(problem)}\n" for problem in problems)


def with_unused_counted(problems: Sequence[Problem]) -> list[Problem]:
    """Return `problems` with one for all unused shared sources of a file, where they are many.

    A registry of hundreds of sources would bury what is to be done.
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
            kept.append(replace(problem, message=message, cure="`--unused` lists them"))
    return kept


def _is_unused(problem: Problem) -> bool:
    return problem.rule == Rule.SOURCE_UNUSED and problem.level == Level.INFO


def _line(problem: Problem) -> str:
    if problem.level == Level.WARNING:
        return str(problem)
    return str(replace(problem, message=f"{problem.level.value}: {problem.message}"))


def sentence(problem: Problem) -> str:
    """Return what is wrong and what to do, in one line."""
    return f"{problem.message}; {problem.cure}" if problem.cure else problem.message


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
