"""The markers of a page, replaced by indexes."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mkdocs_annotate.model.problems import Position, Problem, Rule
from mkdocs_annotate.rendering.index_sections import MOST_ENTRIES, Catalogue
from mkdocs_annotate.rendering.indexes import Index
from mkdocs_annotate.rendering.markers import Marker, markers_of
from mkdocs_annotate.rendering.site import Site

_HEADING = re.compile(r"<h([1-6])\b")


@dataclass(frozen=True)
class Filled:
    """A page with its indexes, the markers that can't be understood, and faults of templates."""

    html: str
    mistaken: tuple[Marker, ...] = ()
    problems: tuple[Problem, ...] = ()


def filled(
    html: str,
    catalogue: Catalogue,
    site: Site,
    shown: Callable[[Index, str], str],
    most: int = MOST_ENTRIES,
) -> Filled:
    """Return `html` with what `shown` makes of each index in place of its marker.

    `shown` is given the index and what stands before it.  Markers with a mistake stay.
    """
    parts: list[str] = []
    mistaken: list[Marker] = []
    problems: list[Problem] = []
    seen, named = Counter[str](), Counter[str]()
    done = 0
    for marker in markers_of(html, site.vocabulary):
        if marker.message:
            mistaken.append(marker)
            continue
        seen[marker.index] += 1
        before = html[: marker.start]
        above = _HEADING.findall(before)
        index = Index(
            marker,
            catalogue,
            site.vocabulary,
            site.wording,
            site.templates,
            min(6, max(2, int(above[-1]) + 1)) if above else 2,
            seen[marker.index],
            most,
        )
        named[index.label] += 1
        if named[index.label] > 1:
            # Screen readers tell the ways through two indexes apart by their names.
            index.label += f" {named[index.label]}"
        parts += [html[done : marker.start], shown(index, before)]
        problems += index.problems
        done = marker.end
    return Filled("".join(parts) + html[done:], tuple(mistaken), tuple(problems))


def marker_problem(marker: Marker, file: str, text: str) -> Problem:
    """Return what is wrong with `marker`, which stands somewhere in the `text` of `file`."""
    line = text.count("\n", 0, max(text.find(marker.text), 0)) + 1
    return Problem(
        Position(file, line, 1), Rule.BAD_MARKER, marker.message, marker.hint, subject=marker.text
    )


def contents_slot(
    items: list[Any], before: str, level: int, told: Callable[[Any], tuple[str, int, list[Any]]]
) -> tuple[list[Any], int]:
    """Return the list of a table of contents, and where in it headings of `level` belong.

    They stand behind `before`, the beginning of the page.  `told` says of an item its id, its
    level and the items below it.
    """
    while True:
        above = [told(item) for item in items if f'id="{told(item)[0]}"' in before]
        if not above or above[-1][1] >= level:
            return items, len(above)
        items = above[-1][2]
