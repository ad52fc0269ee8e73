"""Annotations of Recogito in its own form, as Web Annotations.

Source: recogito/text-annotator-js, `TextAnnotation`: `bodies`, and selectors with `quote`.  Its
exports in the W3C's form are Web Annotations already.
"""

from typing import Any

from mkdocs_annotate.exchange.json_values import JsonObject, list_of, place_of


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
