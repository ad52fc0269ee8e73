"""Elements of a finished page: which are open at a place, and pages without some of them.

Other programs may have written the page anew in the meantime: values of attributes without
quotation marks and end tags that were left out are understood.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mkdocs_annotate.anchoring.tags import VOID, is_raw, name_of, split

_ATTRIBUTE = r"""[\s"']{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))"""
_VALUES = {
    name: re.compile(_ATTRIBUTE.format(name=name), re.IGNORECASE)
    for name in ("class", "data-ann", "href", "id")
}

_LIST = ("li", "ol", "ul")
_NAMED = re.compile(r"""[\s"']data-search-exclude(?=[\s=>/])""", re.IGNORECASE)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")


@dataclass(frozen=True, eq=False)
class Element:
    """An open element: one and the same, however many have the same tag."""

    name: str
    tag: str
    """Its start tag."""


def value_of(tag: str, name: str) -> str:
    """Return the value of an attribute in a start tag; empty without one.

    `name` is one of `class`, `data-ann`, `href` and `id`.
    """
    found = _VALUES[name].search(tag)
    return next((value for value in found.groups() if value is not None), "") if found else ""


def is_excluded(tag: str) -> bool:
    """Return whether a start tag has the attribute `data-search-exclude`."""
    return "data-search-exclude" in tag and bool(_NAMED.search(_QUOTED.sub("= ", tag)))


class OpenElements:
    """The elements that are open while the tags of a page are taken one by one."""

    def __init__(self) -> None:
        self.stack: list[Element] = []

    def take(self, tag: str) -> None:
        """Take the next tag.

        An end tag closes what was left open inside its element; without a start tag it is nothing.
        """
        name = name_of(tag)
        if not name or name in VOID or is_raw(name) or tag.endswith("/>"):
            return
        if tag.startswith("</"):
            self._close(name)
            return
        if name == "li":
            # Its end tag may be left out.
            near = next((one for one in reversed(self.stack) if one.name in _LIST), None)
            if near is not None and near.name == "li":
                self._close("li")
        self.stack.append(Element(name, tag))

    def _close(self, name: str) -> None:
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth].name == name:
                del self.stack[depth:]
                return
            # Not more than a browser would: an end tag never closes a section around it.
            if self.stack[depth].name == "section":
                return


def items_around(html: str, wanted: Callable[[str, Sequence[Element]], bool]) -> frozenset[int]:
    """Return where the list items begin that hold a tag of which `wanted` says so.

    Of items in items the inner one counts.  A place is the position of a start tag in what `split`
    returns of `html`.  `wanted` gets what `without_elements` gives.  Never raises.
    Cost: linear in the tags.
    """
    opened = OpenElements()
    places: dict[Element, int] = {}
    found: set[int] = set()
    for number, piece in enumerate(split(html)):
        if number % 2 == 0:
            continue
        opened.take(piece)
        if opened.stack and opened.stack[-1].tag is piece:
            places[opened.stack[-1]] = number
        if not piece.startswith("</") and name_of(piece) and wanted(piece, opened.stack):
            item = next((one for one in reversed(opened.stack) if one.name == "li"), None)
            if item is not None:
                found.add(places[item])
    return frozenset(found)


def without_elements(
    html: str,
    unwanted: Callable[[str, Sequence[Element]], bool],
    places: frozenset[int] = frozenset(),
) -> str:
    """Return `html` without the elements of which `unwanted` says so, and those at `places`.

    It is given a start tag and the elements that are open around it.  Places are those that
    `items_around` returns.  Never raises.  Cost: linear in the tags.
    """
    opened = OpenElements()
    kept: list[str] = []
    left_out: Element | None = None
    depth = 0
    """How many elements are open around `left_out`."""
    for number, piece in enumerate(split(html)):
        if number % 2 == 0:
            if left_out is None:
                kept.append(piece)
            continue
        opened.take(piece)
        if left_out is not None:
            if opened.stack[depth : depth + 1] == [left_out]:
                continue
            left_out = None
            if piece.startswith("</") and len(opened.stack) == depth:
                continue
        pushed = bool(opened.stack) and opened.stack[-1].tag is piece
        # Taken off and put back: a copy of what is open would be quadratic where nothing is closed.
        own = opened.stack.pop() if pushed else None
        goes = number in places or (
            not piece.startswith("</") and bool(name_of(piece)) and unwanted(piece, opened.stack)
        )
        around = len(opened.stack)
        if own is not None:
            opened.stack.append(own)
        if goes:
            left_out, depth = (own, around) if own is not None else (None, 0)
        else:
            kept.append(piece)
    return "".join(kept)
