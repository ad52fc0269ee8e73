"""The comments with which authors ask for an index, such as `<!-- annotate: sources -->`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mkdocs_annotate.model.messages import did_you_mean
from mkdocs_annotate.model.problems import Position, Problem, Rule, shown
from mkdocs_annotate.model.vocabulary import Group, Vocabulary

INDEXES = ("sources", "kinds", "questions", "speakers", "tags", "articles", "definitions")
"""The names of the indexes."""

_COMMENT = re.compile(r"<!--\s*annotate:(?P<words>[^<>]*?)-->")
_NARROWED = ("kinds", "speakers", "tags")
"""Indexes that can be limited to some kinds or groups."""


@dataclass(frozen=True)
class Marker:
    """A comment that asks for an index."""

    start: int
    end: int
    """Its range in the HTML of the page."""

    text: str
    index: str = ""
    """One of `INDEXES`; empty where none is named."""

    only: frozenset[str] = frozenset()
    """The kinds or groups that the index is limited to; none for all."""

    message: str = ""
    """What is wrong with it; empty where nothing is."""

    hint: str = ""


def markers_of(html: str, vocabulary: Vocabulary) -> list[Marker]:
    """Return the markers of a page, in order.  Never raises.  Cost: linear."""
    if "annotate:" not in html:
        return []
    return [_marker(found, vocabulary) for found in _COMMENT.finditer(html)]


def _marker(found: re.Match[str], vocabulary: Vocabulary) -> Marker:
    start, end = found.span()
    index, *limits = found["words"].replace(",", " ").split() or [""]
    if index not in INDEXES:
        hint = did_you_mean(index, INDEXES) or f"there are {', '.join(INDEXES)}"
        message = f"there is no index of “{shown(index)}”" if index else "no index is named"
        return Marker(start, end, found[0], message=message, hint=hint)
    if limits and index not in _NARROWED:
        message = f"the index of {index} takes no more words"
        return Marker(start, end, found[0], index, message=message, hint="remove them")
    if index == "questions":
        return Marker(start, end, found[0], "kinds", frozenset({Group.QUESTION.value}))
    known = {*vocabulary.kinds, *(group.value for group in Group)}
    for limit in limits:
        if limit not in known:
            hint = did_you_mean(limit, known) or "the reference lists kinds and groups"
            message = f"“{shown(limit)}” is neither a kind nor a group"
            return Marker(start, end, found[0], index, message=message, hint=hint)
    return Marker(start, end, found[0], index, frozenset(limits))


def marker_problem(marker: Marker, file: str, text: str) -> Problem:
    """Return the mistake in `marker`, with its line in `text`, the content of `file`."""
    line = text.count("\n", 0, max(text.find(marker.text), 0)) + 1
    return Problem(
        Position(file, line, 1), Rule.BAD_MARKER, marker.message, marker.hint, subject=marker.text
    )


def contents_slot(
    items: list[Any], before: str, level: int, parts_of: Callable[[Any], tuple[str, int, list[Any]]]
) -> tuple[list[Any], int]:
    """Return the list in a table of contents to which headings of `level` belong, and the place.

    The headings stand behind `before`, the beginning of the page.  `parts_of` returns the id of
    an item, its level and the items below it.
    """
    while True:
        above = [parts_of(item) for item in items if f'id="{parts_of(item)[0]}"' in before]
        if not above or above[-1][1] >= level:
            return items, len(above)
        items = above[-1][2]
