"""The lines of a file: offsets and places in them, and the key that a line begins with."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from mkdocs_annotate.model.messages import character_name
from mkdocs_annotate.model.problems import Mistake, shown

Place: TypeAlias = tuple[int, int]
"""A line and a column, in code points; both count from 0, as PyYAML's do."""

_END = re.compile("\r\n?|\n")
_HEAD = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<mark>[\"']?)(?P<word>[^\W\d][\w-]*)(?P=mark)"
    r"[ \t]*(?P<colon>:)(?=\s|$)[ \t]*(?P<value>.*)"
)


@dataclass(frozen=True)
class Head:
    """The key that a line begins with; columns count from 0."""

    key: str
    column: int
    colon: int
    value: str
    """What stands behind the colon in this line."""

    value_column: int

    dash: int
    """The column of the last `-` before the key; -1 without one."""


class Lines:
    """A text, line by line; a line ends at LF, CR or both, as it does for editors."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _END.finditer(self.text))]

    def __getitem__(self, number: int) -> str:
        """Return a line without its end; the empty text beyond the last one."""
        if not 0 <= number < len(self._starts):
            return ""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self.text[self._starts[number] : end].rstrip("\r\n")

    def place(self, offset: int) -> Place:
        """Return the place of an offset of the text."""
        number = bisect_right(self._starts, offset) - 1
        return number, offset - self._starts[number]

    def above(self, number: int) -> int:
        """Return the nearest line above a line that is neither blank nor a comment; else -1."""
        number -= 1
        while number >= 0 and self[number].lstrip()[:1] in ("", "#"):
            number -= 1
        return number

    def head(self, number: int) -> Head | None:
        """Return the key that a line begins with, behind any `- `; None without one."""
        found = _HEAD.match(self[number])
        if not found:
            return None
        lead = found["lead"]
        colon, begin = found.start("colon"), found.start("value")
        return Head(found["word"], len(lead), colon, found["value"], begin, lead.rfind("-"))

    def owner(self, number: int) -> tuple[int, Head] | None:
        """Return the nearest line, at or above a line, that begins with a key; None without one."""
        while number >= 0:
            head = self.head(number)
            if head:
                return number, head
            number = self.above(number)
        return None


LONGEST_HINT = 60
"""Longest value, in characters, that a hint repeats as it should be written."""

QUOTES = 'put the whole value in quotes: `"…"`'
"""What to do about most values that YAML takes for something else."""


def in_quotes(lines: Lines, number: int) -> str:
    """Return how to put the value that begins in a line in quotes; a short one is written out."""
    head, line = lines.head(number), quoted_line(lines, number)
    if line:
        return f"put it in quotes: `{line}`"
    if head is None:
        return QUOTES
    return (
        f'put the whole value in quotes, `{shown(head.key)}: "…"`, or write '
        f"`{shown(head.key)}: |` and the text on the next line, indented"
    )


def quoted_line(lines: Lines, number: int) -> str:
    """Return a line with its value in quotes, to be pasted; empty where it is long or goes on.

    Quotes are double ones, or single ones for a text that holds double ones.
    """
    head = lines.head(number)
    if head is None:
        return ""
    value = _bare(head.value)
    mark = '"' if not set(value) & {'"', "\\"} else "'"
    below = lines[number + 1]
    goes_on = below.strip() and len(below) - len(below.lstrip()) > head.column
    if not value or goes_on or len(value) > LONGEST_HINT or mark in value:
        return ""
    return f"{shown(head.key)}: {mark}{shown(value)}{mark}"


def _bare(value: str) -> str:
    """Return `value` without the quotation marks, straight or curly, that enclose all of it."""
    value = value.strip()
    for pair in ('""', "''", "“”", "‘’"):
        if len(value) > 1 and value[0] == pair[0] and value[-1] == pair[1]:
            return value[1:-1].strip()
    return value


MOST_CHARACTERS = 10
"""How many such characters are reported one by one: a file may consist of them."""


# PyYAML's error for these has no position.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


# PyYAML takes these for line ends, editors do not: lines would be miscounted.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def cleaned(lines: Lines) -> tuple[Lines, list[int], list[Mistake]]:
    """Return `lines` fit for a YAML parser, the offsets of what was replaced, and the mistakes.

    Offsets are in order.  Never raises.  Cost: linear.
    """
    text = lines.text
    # None of them is printable: this is so of nearly every file, and quickly seen.
    if text.replace("\n", "").replace("\r", "").isprintable():
        return lines, [], []
    replaced = sorted(
        found.start() for pattern in (_CONTROL, _LINE_ENDS) for found in pattern.finditer(text)
    )
    if not replaced:
        return lines, [], []
    mistakes = [
        Mistake(
            f"the invisible character {character_name(text[offset])} stands here",
            "delete it",
            place=lines.place(offset),
        )
        for offset in replaced[:MOST_CHARACTERS]
    ]
    more = replaced[MOST_CHARACTERS:]
    if more:
        mistakes.append(
            Mistake(
                f"{len(more):,} more such characters stand here and below",
                "look whether this is the right file, and save it as UTF-8",
                place=lines.place(more[0]),
            )
        )
    return Lines(_LINE_ENDS.sub(" ", _CONTROL.sub("\ufffd", text))), replaced, mistakes
