"""The lines of a file: offsets and places in them, and the key that a line begins with."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

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
