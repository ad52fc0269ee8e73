"""Where something is: in a file a person edits, in the visible text, in the HTML.

Named tuples, as there are thousands of them on a page: a frozen dataclass takes thrice the time.
"""

from typing import NamedTuple


class Range(NamedTuple):
    """A half-open stretch of the visible text, in code points from 0."""

    start: int
    end: int


class Span(NamedTuple):
    """A half-open stretch of the HTML string, in code points from 0."""

    start: int
    end: int


class SourceRange(NamedTuple):
    """A half-open stretch of the Markdown source, in code points from 0."""

    start: int
    end: int
