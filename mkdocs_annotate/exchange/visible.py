"""Exports without what their page does not show."""

import re
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


PANEL = "ann--panel"
"""The id of what is said about an article as a whole."""


def visible_annotations(collection: Json, hidden: frozenset[str], words: str = "") -> Json | None:
    """Return the annotations of a page, as `web_annotations` makes them, without hidden ones.

    `hidden` has the ids of their marks, and `words` all words of the page with a space between,
    if they are to be looked at: what is around a passage is left out where the page does not show
    it.  None if no annotation is left.
    """
    items = [item for item in collection["first"]["items"] if _id_of(item) not in hidden]
    if not items:
        return None
    if words:
        items = [_with_shown_context(item, words) for item in items]
    first = {**collection["first"], "items": items}
    return {**collection, "total": len(items), "first": first}


def _with_shown_context(item: Json, words: str) -> Json:
    single = isinstance(item["target"], dict)
    targets = [
        {**target, "selector": [_shown_selector(target["selector"][0], words), *rest]}
        for target in ([item["target"]] if single else item["target"])
        for rest in [target["selector"][1:]]
    ]
    return {**item, "target": targets[0] if single else targets}


def _shown_selector(selector: Json, words: str) -> Json:
    context = f"{selector['prefix']}{selector['exact']}{selector['suffix']}"
    if words_in_line(context) in words:
        return selector
    return {**selector, "prefix": "", "suffix": ""}


def visible_page(page: Json, hidden: frozenset[str], words: str) -> Json:
    """Return what schema.org calls a page, without what it hides; arguments as above.

    A headline whose words the page does not show is left out, too.
    """
    shown = dict(page)
    if PANEL in hidden:
        for key in ("backstory", "correction", "isBasedOn"):
            shown.pop(key, None)
    for key in ("citation", "comment"):
        works = [_without_hidden_links(one, hidden) for one in page.get(key, ())]
        shown[key] = [one for one in works if not _hides(one, hidden)]
        if not shown[key]:
            del shown[key]
    if words_in_line(page["headline"]) not in words:
        del shown["headline"]
    return shown


def _hides(work: Json, hidden: frozenset[str]) -> bool:
    return not {_id_of(work), _id_of(work.get("about", {}))}.isdisjoint(hidden)


def _without_hidden_links(work: Json, hidden: frozenset[str]) -> Json:
    if "citation" not in work:
        return work
    cited = [one for one in work["citation"] if _id_of(one) not in hidden]
    rest = {key: value for key, value in work.items() if key != "citation"}
    return {**rest, "citation": cited} if cited else rest


def _id_of(value: Json) -> str:
    """Return the part of an address behind its `#`."""
    return str(value.get("id") or value.get("@id") or "").partition("#")[2]


def words_in_line(text: str) -> str:
    """Return the words of `text` with a space between: letters and digits alone."""
    return " ".join(re.findall(r"\w+", text))
