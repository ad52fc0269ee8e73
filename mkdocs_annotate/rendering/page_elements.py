"""Elements of a finished page: which are open at a place, and the page without some of them.

Other programs change pages after we have made them: they encrypt them, hide some words, or write
the HTML anew. Attributes without quotation marks and missing end tags are understood. Indexes and
exports must not show what the page of a passage hides.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape

from mkdocs_annotate.anchoring.tags import VOID, is_raw, name_of, split
from mkdocs_annotate.rendering.marks import NOTE_ENDING, passage_id

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
    """The elements that are open while the tags of a page are read one by one."""

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


_WORD = re.compile(r"\w+")
PANEL_ID = "ann--panel"
_SOURCE_ID = "ann--source-"
_OURS = frozenset(("mark", "span", "li", "section"))
_ABOUT = frozenset(("ann-panel", "ann-about"))
_PASSAGES = frozenset(("ann-list",))
_SECTIONS = _ABOUT | {"ann-notes", "ann-sources"}


def shown_texts(html: str) -> dict[str, str]:
    """Return the words of each passage, note and source that the page `html` shows, by their ids.

    A passage with several places is one, with the id of the first.  One, too, is what is said about
    the article as a whole, in the panel above it and behind it.  Never raises.
    Cost: linear, for each mark that lies over a word.
    """
    opened = OpenElements()
    texts: dict[str, list[str]] = {}
    keys: list[str] = []
    ours = False
    for number, piece in enumerate(split(html)):
        if number % 2:
            opened.take(piece)
            # Most of an article lies in none of ours: 2,000 tags take 4 ms, with a look at all
            # elements around each of them 12 ms.
            if ours or "ann-" in piece:
                owners = [one for one in opened.stack if one.name in _OURS]
                ours = any("ann-" in one.tag for one in owners)
                keys = _keys_of(opened.stack) if ours else []
                for key in keys:
                    texts.setdefault(key, [])
        elif piece:
            for key in keys:
                texts[key].append(piece)
    return {key: unescape("".join(parts)) for key, parts in texts.items()}


def _keys_of(stack: Iterable[Element]) -> list[str]:
    """Return the ids of the passages, the note or the source that a place is in."""
    keys: dict[str, None] = {}
    listed = False
    above: Element | None = None
    for element in stack:
        tag = element.tag
        if listed and (is_excluded(tag) or _leads_back(tag, above)):
            # The ways back to passages.
            return []
        above = element
        if "ann-" not in tag:
            continue
        if element.name == "sup" and "ann-ref" in value_of(tag, "class").split():
            return []
        if element.name in ("mark", "span") and (id_ := _passage_of(tag)):
            keys[id_] = None
        elif element.name == "section" and _is_in(_ABOUT, element):
            keys[PANEL_ID] = None
        elif element.name == "details" and _is_in(_PASSAGES, element):
            # These are words of the article.
            return []
        elif element.name == "li" and list_of(id_ := value_of(tag, "id")):
            keys[id_] = None
            listed = True
    return list(keys)


def _passage_of(tag: str) -> str:
    """Return the id of the passage that a piece with this start tag belongs to; empty for others.

    Only pieces beyond the first of a first place name their annotation: that one has its id.
    """
    if key := value_of(tag, "data-ann"):
        return passage_id(key)
    return value_of(tag, "id") if "ann-m" in value_of(tag, "class").split() else ""


def _leads_back(tag: str, above: Element | None) -> bool:
    """Return whether a start tag begins what leads from a note or a source back to passages.

    Those are the only links that stand in a note itself, not in what is a part of it, and the small
    print of a source.
    """
    if above is None or above.name != "li":
        return False
    id_ = value_of(above.tag, "id")
    if tag[:3].lower() == "<a ":
        return id_.endswith(NOTE_ENDING)
    return id_.startswith(_SOURCE_ID) and name_of(tag) == "small"


def _is_in(classes: frozenset[str], element: Element) -> bool:
    return not classes.isdisjoint(value_of(element.tag, "class").split())


def list_of(id_: str) -> str:
    """Return the id of the list that an entry is in; empty for a passage."""
    if id_.startswith(_SOURCE_ID):
        return "ann--sources"
    return "ann--notes" if id_.endswith(NOTE_ENDING) else ""


def words_of(text: str) -> list[str]:
    """Return the words of `text`: letters and digits, whatever stands between them."""
    return _WORD.findall(text)


def page_words(html: str) -> str:
    """Return all words of a page in order, with a space between; without our references."""
    opened = OpenElements()
    parts: list[str] = []
    for number, piece in enumerate(split(html)):
        if number % 2:
            opened.take(piece)
        elif piece and not any(
            one.name == "sup" and "ann-ref" in value_of(one.tag, "class") for one in opened.stack
        ):
            parts.append(piece)
    return " ".join(words_of(unescape("".join(parts))))


def hidden_ids(before: Mapping[str, str], after: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of what was shown `before` and is not `after`, or not with all its words.

    Words that were put in hide nothing.  Who hides a note hides what it is about, too, and who
    hides a passage its note.  Cost: linear.
    """
    hidden = {id_ for id_, text in before.items() if not _holds(after.get(id_, ""), text)}
    for id_ in list(hidden):
        if not id_.startswith((_SOURCE_ID, PANEL_ID)):
            passage = id_.removesuffix(NOTE_ENDING)
            hidden |= {passage, passage + NOTE_ENDING}
    return frozenset(hidden)


def _holds(text: str, wanted: str) -> bool:
    if text == wanted:
        return bool(text)
    words = iter(words_of(text))
    return bool(text) and all(word in words for word in words_of(wanted))


def without_hidden(html: str, hidden: frozenset[str]) -> str:
    """Return the page `html` without what our own blocks still say of `hidden` passages.

    The links of our lists, notes and sources to a passage hold its words, or begin their names
    with them.  In the list of all passages its speaker stands beside the link, so that items are
    left out whole.  The article and the notes themselves are left to whoever has hidden something.
    Cost: linear.
    """

    def within(classes: frozenset[str], tag: str, around: Iterable[Element]) -> bool:
        href = value_of(tag, "href") if tag.startswith(("<a ", "<A ")) else ""
        target = href.partition("#")[2]
        if not target or (target not in hidden and _first_place(target) not in hidden):
            return False
        return any(one.name == "section" and _is_in(classes, one) for one in around)

    if not hidden:
        return html
    items = items_around(html, partial(within, _ABOUT))
    return without_elements(html, partial(within, _SECTIONS), items)


def _first_place(id_: str) -> str:
    """Return the id of the first place of a passage, of the id of any."""
    return re.sub(r"--\d+$", "", id_)


def without_listed(html: str, hidden: frozenset[str]) -> str:
    """Return lists of notes and sources without `hidden` entries, and without what no index has."""

    def unwanted(tag: str, around: Sequence[Element]) -> bool:
        if tag[:3].lower() == "<li":
            return value_of(tag, "id") in hidden
        return is_excluded(tag) or _leads_back(tag, around[-1] if around else None)

    return without_elements(html, unwanted)
