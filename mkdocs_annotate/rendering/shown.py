"""What a page shows of its annotations, and what a later form of the page shows no more.

Other programs change pages after we have made them: they encrypt them, or hide some words.  What
is told of a passage elsewhere, in indexes or exports, must not say what its own page hides.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from html import unescape

from mkdocs_annotate.anchoring.tags import split
from mkdocs_annotate.rendering.elements import (
    Element,
    OpenElements,
    is_excluded,
    items_around,
    value_of,
    without_elements,
)
from mkdocs_annotate.rendering.marks import NOTE_ENDING, passage_id

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
    for element in stack:
        tag = element.tag
        if listed and is_excluded(tag):
            # The number of a note, and the ways back from it.
            return []
        if "ann-" not in tag:
            continue
        if element.name == "sup" and "ann-ref" in value_of(tag, "class").split():
            return []
        if element.name in ("mark", "span") and (key := value_of(tag, "data-ann")):
            keys[passage_id(key)] = None
        elif element.name == "section" and _is_in(_ABOUT, element):
            keys[PANEL_ID] = None
        elif element.name == "details" and _is_in(_PASSAGES, element):
            # These are words of the article.
            return []
        elif element.name == "li" and list_of(id_ := value_of(tag, "id")):
            keys[id_] = None
            listed = True
    return list(keys)


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

    def unwanted(tag: str, around: Iterable[Element]) -> bool:
        return is_excluded(tag) or (tag[:3].lower() == "<li" and value_of(tag, "id") in hidden)

    return without_elements(html, unwanted)
