"""Where something is: in a file a person edits, in the visible text, in the HTML."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A place in a file, as editors count: lines and columns from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Range:
    """A half-open stretch of the visible text, in code points from 0."""

    start: int
    end: int


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A half-open stretch of the HTML string, in code points from 0."""

    start: int
    end: int


@dataclass(frozen=True, order=True, slots=True)
class SourceRange:
    """A half-open stretch of the Markdown source, in code points from 0."""

    start: int
    end: int
