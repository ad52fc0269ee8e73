"""Where an author wants an index: a comment such as `<!-- annotate: sources -->` in any page."""

import re
from dataclasses import dataclass

from mkdocs_annotate.model.nearness import did_you_mean
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.model.vocabulary import Group, Vocabulary

INDEXES = ("sources", "kinds", "questions", "speakers", "tags", "articles", "definitions")
"""What there are indexes of."""

_COMMENT = re.compile(r"<!--\s*annotate:(?P<words>[^<>]*?)-->")
_NARROWED = ("kinds", "speakers", "tags")
"""Indexes that can be limited to some kinds or groups."""


@dataclass(frozen=True)
class Marker:
    """A request for an index."""

    start: int
    end: int
    """Where its comment stands in the HTML of the page."""

    text: str
    index: str = ""
    """One of `INDEXES`; empty where it can't be told."""

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
