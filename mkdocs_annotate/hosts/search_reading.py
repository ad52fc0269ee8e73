"""What search plugins read of annotated pages, and what is taken out of what they wrote.

Search takes all of a page for words, the numbers of notes too; Material's heeds
`data-search-exclude`, and stumbles over headings inside.  Its index is given another form of the
page, and the page itself stays as it is: setting its content and putting it back would undo what
others do in between.
"""

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mkdocs_annotate.hosts.mkdocs_api import MkDocsConfig, Page
from mkdocs_annotate.rendering.search import searchable
from mkdocs_annotate.rendering.splice import BEGIN

_LISTS = ("ann--notes", "ann--sources")
_ADD = "add_entry_from_context"


class ReadForm:
    """Adds pages to the index of a search plugin, annotated ones in the form that it can read."""

    def __init__(self, add: Callable[[Page], Any]) -> None:
        self.add = add

    def __call__(self, page: Page) -> Any:
        """Add `page`; what is read is a copy."""
        if page.content and BEGIN in page.content:
            content = page.content
            page = copy.copy(page)
            page.content = searchable(content)
        return self.add(page)


def show_search_its_form(config: MkDocsConfig) -> None:
    """Let search plugins, those of MkDocs and Material, read pages without what isn't for them."""
    for plugin in config.plugins.values():
        index = getattr(plugin, "search_index", None)
        add = getattr(index, _ADD, None)
        if callable(add) and not isinstance(add, ReadForm):
            setattr(index, _ADD, ReadForm(add))


def forget_hidden(config: MkDocsConfig, shown: Mapping[str, Mapping[str, str]]) -> None:
    """Leave what pages hide out of the lists of notes and sources that search has of them.

    `shown` has each page that hides something, by its address from the root of the site, and the
    words that its lists still show, by the id of the list.  An index that can't be read is left
    as it is: others may have encrypted it.
    """
    path = Path(config.site_dir, "search", "search_index.json")
    try:
        index = json.loads(path.read_text("utf-8"))
        entries = [entry for entry in index["docs"] if isinstance(entry, dict)]
    except (OSError, ValueError, KeyError, TypeError):
        return
    pages = {entry.get("location"): entry for entry in entries}
    changed = False
    for entry in entries:
        address, _, id_ = str(entry.get("location", "")).partition("#")
        if id_ not in _LISTS or address not in shown:
            continue
        changed = True
        left = shown[address].get(id_, "")
        if address in pages:
            # Where the page as a whole is an entry, its words end with those of the lists.
            page = pages[address]
            page["text"] = _with(page.get("text", ""), entry, left)
        entry["text"] = left
    if changed:
        index["docs"] = [entry for entry in entries if entry["text"] or not _is_list(entry, shown)]
        # Made of the entries beforehand; without it browsers make it themselves.
        index.pop("index", None)
        path.write_text(json.dumps(index, sort_keys=True, separators=(",", ":")), "utf-8")


def _is_list(entry: Mapping[str, Any], pages: Mapping[str, Any]) -> bool:
    address, _, id_ = str(entry.get("location", "")).partition("#")
    return id_ in _LISTS and address in pages


def _with(text: str, entry: Mapping[str, Any], left: str) -> str:
    """Return the words of a whole page with `left` in place of a list; without if none is left."""
    title = str(entry.get("title", ""))
    before, found, after = text.rpartition(f"{title} {entry.get('text', '')}".strip())
    words = f"{title} {left}" if left else ""
    return f"{before}{words}{after}".strip() if found else text
