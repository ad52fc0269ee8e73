"""Ranges of characters: in the visible text, in the HTML and in the Markdown.

They are named tuples, since a page has thousands: a frozen dataclass takes three times as long.
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
