"""Parts of Web Annotations in JSON-LD, and of those that Recogito writes in its own form.

Names may have the prefix `oa:`.  No context is fetched, and no address looked at.

Source: recogito/text-annotator-js, `TextAnnotation`: `bodies`, and selectors with `quote`.  Its
exports in the W3C's form are Web Annotations already.
"""

from collections import deque
from typing import Any

from mkdocs_annotate.exchange.imported import (
    ENTRY,
    JsonObject,
    Reference,
    Target,
    line_of,
    list_of,
    passage_of,
    place_of,
    text_of,
)
from mkdocs_annotate.exchange.plain_text import as_markdown, html_text
from mkdocs_annotate.model.dates import parse_date

KINDS = {"linking": "source", "assessing": "check", "questioning": "unattributed"}
"""The kind that is nearest to a motivation, where nothing else gives the kind."""

MOTIVATIONS = frozenset(
    "linking assessing questioning commenting describing classifying tagging highlighting".split()
)
"""Motivations that a kind, a tag or a mark expresses."""

PURPOSES = MOTIVATIONS | {"replying"}
"""Purposes of a body that are understood."""

TEXT_FORMATS = ("plain", "html", "markdown")
"""Formats of texts that are understood, by a part of their names."""


def _name(value: Any) -> str:
    """Return a term without the prefix of its vocabulary."""
    text = line_of(value)
    return text.removeprefix("http://www.w3.org/ns/oa#").removeprefix("oa:")


def names_in(value: Any) -> list[str]:
    """Return the terms of a value that may be one or a list, without prefixes."""
    return [name for name in map(_name, list_of(value)) if name]


def is_a(value: Any, *types: str) -> bool:
    """Return whether an object is of one of some types."""
    if not isinstance(value, dict):
        return False
    return any(name in types for name in names_in(value.get("type", value.get("@type"))))


def address_of(value: Any) -> str:
    """Return the address that a resource is, or has."""
    if isinstance(value, dict):
        value = value.get("id", value.get("@id", ""))
    return line_of(value)


def quoted_target(target: Any) -> Target | None:
    """Return the words that a target quotes; None where it quotes none."""
    if not isinstance(target, dict):
        return None
    quotes = quotes_in(target.get("selector"))
    return quotes[0] if quotes else None


def quotes_in(selectors: Any) -> list[Target]:
    """Return the words that selectors quote, those that refine others first."""
    found: list[Target] = []
    waiting = deque((selector, 0) for selector in list_of(selectors))
    deepest = -1
    while waiting:
        selector, depth = waiting.popleft()
        if not isinstance(selector, dict):
            continue
        waiting += [(inner, depth + 1) for inner in list_of(selector.get("refinedBy"))]
        exact = selector.get("exact", selector.get("oa:exact"))
        if is_a(selector, "TextQuoteSelector") and line_of(exact):
            prefix, suffix = (
                passage_of(selector.get(key, selector.get(f"oa:{key}")))
                for key in ("prefix", "suffix")
            )
            quote = Target(line_of(exact), prefix, suffix)
            found = [quote, *found] if depth > deepest else [*found, quote]
            deepest = max(depth, deepest)
    return found


def page_of(annotation: dict[str, Any]) -> str:
    """Return the address of the page that an annotation is about, without a place in it."""
    for target in list_of(annotation.get("target")):
        source = target.get("source") if isinstance(target, dict) else target
        return address_of(source).partition("#")[0]
    return ""


def reference_of(address: str, body: dict[str, Any], page: str) -> Reference:
    """Return one use of the document at `address`, by an annotation of `page`."""
    quoted = next(iter(quotes_in(body.get("selector"))), None)
    states = [state for state in list_of(body.get("state")) if isinstance(state, dict)]
    state = states[0] if states else {}
    seen = parse_date(line_of(next(iter(list_of(state.get("sourceDate"))), ""))[:10])
    around, _, entry = address.partition(f"#{ENTRY}")
    return Reference(
        address,
        locator=line_of(next(iter(list_of(body.get("label"))), "")),
        quote=quoted.exact if quoted else "",
        copy=line_of(next(iter(list_of(state.get("cached"))), "")),
        seen=str(seen) if seen else "",
        # Another page's list says nothing about ours.
        entry=entry if page and around == page else "",
    )


def note_in(body: dict[str, Any]) -> str:
    """Return the text of a body as Markdown."""
    value = body["value"]
    written = " ".join(map(line_of, list_of(body.get("format")))).lower()
    if "markdown" in written:
        return text_of(value)
    if "html" in written:
        return as_markdown(html_text(text_of(value)))
    return as_markdown(text_of(value))


def is_recogito(value: Any) -> bool:
    """Return whether JSON is an annotation in Recogito's own form."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("bodies"), list)
        and isinstance(value.get("target"), dict)
    )


def as_web_annotation(value: Any) -> Any:
    """Return a Web Annotation for one of Recogito; anything else as it is."""
    if not is_recogito(value):
        return value
    target = value["target"]
    made = JsonObject({name: value[name] for name in value if name not in ("bodies", "target")})
    made.place = place_of(value)
    made["type"] = "Annotation"
    made["body"] = [_body(one) for one in value["bodies"]]
    for name in ("creator", "created"):
        made.setdefault(name, target.get(name))
    if target.get("updated"):
        made["modified"] = target["updated"]
    selectors = [_selector(one) for one in list_of(target.get("selector"))]
    made["target"] = _like(
        target, {"selector": selectors}, "annotation", "creator", "created", "updated", "updatedBy"
    )
    return made


def _body(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    # Its place says which annotation it belongs to.
    return _like(body, {"type": "TextualBody"}, "annotation", "updated", "updatedBy")


def _selector(selector: Any) -> Any:
    if not isinstance(selector, dict) or "quote" not in selector:
        return selector
    return _like(selector, {"type": "TextQuoteSelector", "exact": selector["quote"]})


def _like(given: dict[str, Any], more: dict[str, Any], *without: str) -> JsonObject:
    made = JsonObject({name: given[name] for name in given if name not in without} | more)
    made.place = place_of(given)
    return made
