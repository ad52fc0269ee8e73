"""Gives search plugins a form of annotated pages, and removes hidden notes from their index.

Search indexes every word of a page, the numbers of notes too; Material's search obeys
`data-search-exclude`, but not around headings.  The index is given another form of the page, and
the page itself stays as it is: setting its content and putting it back would undo what other
plugins do in between.
"""

import copy
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs_annotate.hosts.mkdocs_api import MkDocsConfig, Page
from mkdocs_annotate.hosts.written_pages import WrittenPages
from mkdocs_annotate.rendering.other_forms import lists_of_page, searchable
from mkdocs_annotate.rendering.splice import BEGIN

_LISTS = ("ann--notes", "ann--sources")
_ADD = "add_entry_from_context"
_HEADING = re.compile(r"<h([1-6])[ >].*?</h\1>", re.DOTALL)
_LETTER = re.compile(r"\w")
_TAG = re.compile(r"</?[a-z][^<>]*>")
_SIGNS = re.compile(rf"{_TAG.pattern}|&#?\w+;|(\w)")


class _Remains(NamedTuple):
    """The words of a page that may still be in the search index, though the page hides some."""

    shown: Mapping[str, str]
    """The words that its lists still show, by the id of the list."""

    hidden: Mapping[str, Sequence[str]]
    """The words of each entry of its lists that it does not show, by the id of the list."""


class ReadForm:
    """Adds pages to the index of a search plugin, annotated ones in the form that it can read."""

    def __init__(self, add: Callable[[Page], Any]) -> None:
        self.add = add
        self.lists: dict[str, dict[str, tuple[str, str]]] = {}
        """What `_lists_in` returns of each page, by its address."""

    def __call__(self, page: Page) -> Any:
        """Add `page`; what is read is a copy."""
        if page.content and BEGIN in page.content:
            content = page.content
            page = copy.copy(page)
            page.content = searchable(content)
            self.lists[page.url] = _lists_in(content)
        return self.add(page)


def _lists_in(html: str) -> dict[str, tuple[str, str]]:
    """Return the heading of each list of notes and sources, and its words with the heading."""
    lists: dict[str, tuple[str, str]] = {}
    for section in lists_of_page(html):
        id_ = _LISTS["ann-sources" in section.partition(">")[0]]
        heading = _HEADING.search(section)
        lists[id_] = (_words(heading[0]) if heading else "", _words(section))
    return lists


def _words(html: str) -> str:
    return unescape(_TAG.sub(" ", html)).strip()


def show_search_its_form(config: MkDocsConfig) -> None:
    """Give the search plugins of MkDocs and Material pages in the form for search."""
    for plugin in config.plugins.values():
        index = getattr(plugin, "search_index", None)
        add = getattr(index, _ADD, None)
        if callable(add) and not isinstance(add, ReadForm):
            setattr(index, _ADD, ReadForm(add))


def forget_hidden(config: MkDocsConfig, written: WrittenPages) -> None:
    """Remove what pages hide from their lists of notes and sources in the search index.

    `written` knows each page that hides something.  Where an index has these lists in another form,
    as with templates of the site's own, each hidden entry is taken out where its letters stand
    last.  An index that can't be read is left as it is: others may have encrypted it.
    """
    path = Path(config.site_dir, "search", "search_index.json")
    try:
        index = json.loads(path.read_text("utf-8"))
        entries = [entry for entry in index["docs"] if isinstance(entry, dict)]
    except (OSError, ValueError, KeyError, TypeError):
        return
    read = _read_lists(config)
    remains = {
        file.url: _Remains(written.lists_of(file), written.hidden_entries(file))
        for file in written.hiding()
    }
    changed = False
    for address, left in remains.items():
        own = [entry for entry in entries if _parts(entry)[0] == address]
        before = [dict(entry) for entry in own]
        _mend(own, left, read.get(address, {}))
        changed = changed or own != before
    if changed:
        index["docs"] = [
            entry
            for entry in entries
            if entry.get("text") or not (_parts(entry)[0] in remains and _parts(entry)[1] in _LISTS)
        ]
        # Made of the entries beforehand; without it browsers make it themselves.
        index.pop("index", None)
        path.write_text(json.dumps(index, sort_keys=True, separators=(",", ":")), "utf-8")


def _read_lists(config: MkDocsConfig) -> dict[str, dict[str, tuple[str, str]]]:
    lists: dict[str, dict[str, tuple[str, str]]] = {}
    for plugin in config.plugins.values():
        form = getattr(getattr(plugin, "search_index", None), _ADD, None)
        if isinstance(form, ReadForm):
            lists |= form.lists
    return lists


def _parts(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the address of the page of an entry, and the id of the section."""
    address, _, id_ = str(entry.get("location", "")).partition("#")
    return address, id_


def _mend(
    entries: Sequence[dict[str, Any]], left: _Remains, read: Mapping[str, tuple[str, str]]
) -> None:
    """Leave what a page hides out of all its entries; `read` are its lists as search read them."""
    page = next((entry for entry in entries if not _parts(entry)[1]), {})
    found = set()
    for entry in entries:
        id_ = _parts(entry)[1]
        if id_ in _LISTS:
            words = left.shown.get(id_, "")
            title = str(entry.get("title", ""))
            # Where the page as a whole is an entry, its words end with those of the lists.
            _replace(
                page, [f"{title} {entry.get('text', '')}"], f"{title} {words}" if words else ""
            )
            entry["text"] = words
            found.add(id_)
    # A list that the contents leave out is no entry of its own, but in the words of another.
    elsewhere = [id_ for id_ in _LISTS if id_ not in found]
    for entry in entries:
        for id_ in elsewhere:
            if id_ in read:
                title, text = read[id_]
                words = left.shown.get(id_, "")
                _replace(entry, [text], f"{title} {words}" if words else "")
        _replace(entry, (one for id_ in elsewhere for one in left.hidden.get(id_, ())), "")


def _replace(entry: dict[str, Any], wanted: Iterable[str], new: str) -> bool:
    """Put `new` in each place where the letters of one of `wanted` stand last in an entry.

    Tags stay: those of Material are in its entries.  Return whether there is such a place.
    """
    text = str(entry.get("text", ""))
    parts: list[str] = []
    done = 0
    spans = sorted(_places(text, wanted))
    for begin, end in spans:
        if end > done:
            tags = "".join(_TAG.findall(text[max(begin, done) : end]))
            parts += [text[done:begin].strip(), new if begin >= done else "", tags]
            # What ends a sentence goes with it.
            done = end
            while text[done : done + 1] in (" ", "."):
                done += 1
    if spans:
        entry["text"] = " ".join(part for part in (*parts, text[done:].strip()) if part)
    return bool(spans)


def _places(text: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where the letters of each of `wanted` stand last, of equal ones where each does."""
    found = _letters(text)
    letters = "".join(letter for letter, _ in found)
    ends: dict[str, int] = {}
    for one in wanted:
        sought = "".join(letter for letter, _ in _letters(one))
        start = letters.rfind(sought, 0, ends.get(sought, len(letters))) if sought else -1
        if start < 0:
            continue
        ends[sought] = start
        begin, end = found[start][1], found[start + len(sought) - 1][1] + 1
        if not _LETTER.match(text[end : end + 1]) and not _LETTER.match(
            text[max(begin - 1, 0) : begin]
        ):
            yield begin, end


def _letters(text: str) -> list[tuple[str, int]]:
    """Return the letters and digits of a text and where they stand, without those of tags."""
    return [(found[1], found.start()) for found in _SIGNS.finditer(text) if found[1]]
