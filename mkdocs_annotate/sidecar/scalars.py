"""What a text says: a word of several, a date, one of several places, Markdown; and an entry."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mkdocs_annotate.model.dates import Date, parse_date, parse_edtf
from mkdocs_annotate.model.links import parse_doi, parse_link
from mkdocs_annotate.model.problems import Position, Problem, Rule
from mkdocs_annotate.model.sidecar import ALL, Occurrence
from mkdocs_annotate.model.sources import Author
from mkdocs_annotate.sidecar import format as shapes


@dataclass
class Values:
    """The sound values of an entry, by key, with the places of all its keys."""

    position: Position
    sound: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Position] = field(default_factory=dict)
    faulty: bool = False


INVALID = object()
"""Stands for a value whose problem has been recorded."""


MOST_PROBLEMS = 100
"""How many problems of a file are reported."""


class FileProblems:
    """Collects what is wrong with one file, as far as it is reported."""

    def __init__(self, problems: Sequence[Problem] = (), *, more: bool = False) -> None:
        self.problems = list(problems)
        self.more = more
        """There are more than `MOST_PROBLEMS`."""

    def report(self, problem: Problem) -> Any:
        """Record a problem; return what stands for its value."""
        self.more |= len(self.problems) == MOST_PROBLEMS
        if not self.more:
            self.problems.append(problem)
        return INVALID

    def refuse(
        self, position: Position, rule: Rule, message: str, hint: str, subject: str = ""
    ) -> Any:
        """Record what is wrong; return what stands for the value."""
        return self.report(Problem(position, rule, message, hint, subject=subject))


LIST_SIGN = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]")
"""What begins an entry of a list in Markdown."""

_OCCURRENCE = re.compile(r"(\d{1,6})(?:\s+of\s+(\d{1,6}))?", re.ASCII)
# In a folded text a line end stands for a blank line, unless a line next to it is indented.
_FOLDED = re.compile(r"(?<=\S)\n(?=\S)")


def meaning_of(text: str, shape: shapes.Shape) -> Any:
    """Return what `text`, without blanks around it, says as `shape`; None if nothing.

    For an address that can't be one it is a `Mistake`, which says why.  Never raises.
    """
    if isinstance(shape, shapes.Name):
        return text if re.fullmatch(shape.pattern, text) else None
    if isinstance(shape, shapes.Choice):
        return text if text in shape.words else None
    if isinstance(shape, shapes.Flag):
        return {"true": True, "false": False}.get(text.lower())
    if isinstance(shape, shapes.When):
        return _date(text, whole=shape.whole)
    if isinstance(shape, shapes.Published):
        return parse_edtf(text)
    if isinstance(shape, shapes.Address):
        return parse_link(text)
    return parse_doi(text) if isinstance(shape, shapes.Doi) else _occurrence(text)


def _date(text: str, *, whole: bool) -> Date | None:
    date = parse_date(text)
    return date if date and (date.day or not whole) else None


def _occurrence(text: str) -> Occurrence | None:
    if text == "all":
        return Occurrence(ALL)
    found = _OCCURRENCE.fullmatch(text)
    if not found:
        return None
    number, total = int(found[1]), int(found[2] or 0)
    if number < 1 or (found[2] and number > total):
        return None
    return Occurrence(number, total)


def as_markdown(text: str, style: str) -> str:
    """Return a text of YAML in which a blank line of the file is a blank line again.

    YAML folds the lines of a text in `style`, and makes one line end of a blank line; Markdown
    would go on with the paragraph.
    """
    text = text.strip("\n")
    return text if style in ("|", '"') or "\n" not in text else _FOLDED.sub("\n\n", text)


def author_of(name: str) -> Author:
    """Return the author that a text names: `Family, Given`, or a whole name, in `{…}` or not."""
    if name.startswith("{") and name.endswith("}"):
        return Author(name[1:-1].strip())
    family, comma, given = name.partition(",")
    if comma and "," not in given and family.strip() and given.strip():
        return Author(family.strip(), given.strip())
    return Author(name)


def implied_kind(sound: dict[str, Any]) -> str:
    """Return the kind of an annotation that names none: what it has says it; empty for nothing."""
    for key, kind in (("technique", "rhetoric"), ("note", "context"), ("sources", "source")):
        if key in sound:
            return kind
    return ""


LONG = 90
"""Characters from which people fold a text."""


def folded_lines(text: str) -> list[str]:
    """Return the lines of a long text of one line, as people fold it; none if it stays whole."""
    if len(text) < LONG:
        return []
    lines = textwrap.wrap(text, LONG, break_long_words=False, break_on_hyphens=False)
    return lines if len(lines) > 1 and " ".join(lines) == text else []
