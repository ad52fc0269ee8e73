"""The format as a JSON Schema, which completes and checks sidecars in editors."""

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from mkdocs_annotate.model.dates import STATUSES
from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.sidecar import format as shapes

_NOT_BLANK = r"\S"
_DAY = "(0[1-9]|[12][0-9]|3[01])"
_MONTH = "(0[1-9]|1[0-2])"
_YEAR = "(?!0000)[0-9]{4}"


@dataclass(frozen=True)
class Names:
    """The names that entries may hold, as an editor can know them."""

    vocabulary: Vocabulary
    complete: bool = False
    """A site's configuration was read: it has no other kinds than these."""

    sources: Mapping[str, str] = field(default_factory=dict)
    """The keys of the sources that the site shares, each with the source's title."""

    people: Mapping[str, str] = field(default_factory=dict)
    """The initials of the site's people, each with a name."""


def sidecar_schema(names: Names) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of sidecars with `names`.

    What the decoder refuses for its shape the schema refuses too; quotes, and keys that are cited,
    need the article or the file, and characters nobody sees need an eye for them.
    """
    schema = _record(shapes.SIDECAR, names)
    # A quote alone says nothing, unless the file has a kind for all that name none.
    one_of = [{"required": [name]} for name in shapes.ANNOTATION.some_of]
    has_kind = {"properties": {"defaults": {"required": ["kind"]}}, "required": ["defaults"]}
    schema["if"] = has_kind
    schema["else"] = {"properties": {"annotations": {"items": {"anyOf": one_of}}}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Annotations of an article (mkdocs-annotate)",
        **schema,
    }


def sources_schema(names: Names) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a file of sources that a site shares.

    The line `sources:` may stand above them, as in a sidecar.
    """
    entries = _shape(shapes.REGISTRY, names)
    alone = {"required": ["sources"], "maxProperties": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Sources that the articles of a site share (mkdocs-annotate)",
        "type": "object",
        "if": alone,
        "then": {"properties": {"sources": entries}},
        "else": entries,
    }


def _shape(shape: shapes.Shape, names: Names) -> dict[str, Any]:
    if isinstance(shape, shapes.Record):
        return _record(shape, names)
    if isinstance(shape, shapes.Listing):
        one = _shape(shape.of, names)
        several = {"type": "array", "minItems": 1, "items": one}
        return {"anyOf": [one, several]} if shape.or_one else several
    if isinstance(shape, shapes.Entries):
        return {
            "type": "object",
            "propertyNames": {"pattern": _whole(shapes.KEY_PATTERN), "maxLength": shapes.SHORT},
            "additionalProperties": _record(shape.of, names),
        }
    return _scalar(shape, names)


def _scalar(shape: shapes.Shape, names: Names) -> dict[str, Any]:
    if isinstance(shape, shapes.Text):
        return _text(_NOT_BLANK, shape.limit)
    if isinstance(shape, shapes.Name):
        return _name(shape, names)
    if isinstance(shape, shapes.Choice):
        return {"enum": list(shape.words)}
    if isinstance(shape, shapes.Flag):
        return {"anyOf": [{"type": "boolean"}, {"pattern": "^([Tt]rue|[Ff]alse)$", **_STRING}]}
    if isinstance(shape, shapes.When):
        return _date(whole=shape.whole)
    if isinstance(shape, shapes.Published):
        return _publication_date()
    if isinstance(shape, shapes.Place):
        several = r"^\s*([1-9][0-9]{0,5}(\s+of\s+[1-9][0-9]{0,5})?|all)\s*$"
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"pattern": several, **_STRING}]}
    return _text(_NOT_BLANK, shapes.SHORT)


_STRING = {"type": "string"}


def _text(pattern: str, limit: int) -> dict[str, Any]:
    """Return the schema of a text; YAML makes numbers and booleans of some, and we do not."""
    samples = (("number", "1.5"), ("integer", "1"), ("boolean", "true"))
    types = [name for name, sample in samples if re.search(pattern, sample)]
    if "number" in types:
        types.remove("integer")
    return {"type": ["string", *types], "maxLength": limit, "pattern": pattern}


def _name(shape: shapes.Name, names: Names) -> dict[str, Any]:
    text = _text(_whole(shape.pattern), shape.limit)
    if shape.pattern == shapes.KEY_PATTERN:
        # A sidecar describes sources of its own.
        return _offered(names.sources, text)
    if shape.pattern != shapes.KIND_PATTERN:
        return text
    kinds = {"enum": list(names.vocabulary.kinds)}
    # A site that is not known may have kinds of its own: these are offered, others not refused.
    return kinds if names.complete else {"anyOf": [kinds, text]}


def _offered(known: Mapping[str, str], text: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a text that completes to words of `known`, and may be any other."""
    if not known:
        return text
    # `enumDescriptions` is no keyword of JSON Schema: editors show it, validators pass it over.
    words = {"enum": list(known), "enumDescriptions": list(known.values())}
    return {"anyOf": [words, text]}


def _date(*, whole: bool) -> dict[str, Any]:
    if whole:
        return {"pattern": f"^{_YEAR}-{_MONTH}-{_DAY}$", **_STRING}
    parts = {"pattern": f"^{_YEAR}(-{_MONTH}(-{_DAY})?)?$", **_STRING}
    # A year alone is a number to YAML.
    return {"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, parts]}


def _publication_date() -> dict[str, Any]:
    part = f"{_MONTH}(-{_DAY})?|2[1-4]"
    moment = f"(-?[0-9]{{4}}(-({part}))?|[0-9]{{3}}X|[0-9]{{2}}XX)[?~%]?"
    stretch = rf"{moment}/({moment}|\.\.)?|(\.\.)?/{moment}"
    dates = {"pattern": _whole(f"{moment}|{stretch}"), **_STRING}
    # YAML makes a number of a year alone.
    years = {"type": "integer", "minimum": -9999, "maximum": 9999}
    return {"anyOf": [years, dates, {"enum": list(STATUSES)}]}


def _whole(pattern: str) -> str:
    return rf"^\s*({pattern})\s*$"


def _record(shape: shapes.Record, names: Names) -> dict[str, Any]:
    texts = descriptions(shape)
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": texts[name], **_shape(field, names)}
            for name, field in shape.fields.items()
        },
    }
    if names.people and "by" in shape.fields:
        schema["properties"]["by"] = _described(
            schema["properties"]["by"], lambda text: _offered(names.people, text)
        )
    if names.vocabulary.techniques and "technique" in shape.fields:
        # Offered, not demanded: a word that no pack has is a warning, and shown.
        schema["properties"]["technique"] = _described(
            schema["properties"]["technique"],
            lambda text: {"anyOf": [{"enum": list(names.vocabulary.techniques)}, text]},
        )
    if shape.required:
        schema["required"] = list(shape.required)
    if shape.shorthand:
        others = [_record(shape.instead, names)] if shape.instead else []
        return {"anyOf": [_shape(shape.fields[shape.shorthand], names), schema, *others]}
    return schema


def _described(
    schema: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    """Return what `change` makes of a schema, with the description that the schema had."""
    return {"description": schema.pop("description"), **change(schema)}


def descriptions(shape: shapes.Record) -> dict[str, str]:
    """Return what each key of an entry means: the text below the field that it fills.

    Raises KeyError for a key that no field explains: an error of ours.
    """
    texts: dict[str, str] = {}
    for model in shape.models:
        texts = {**_field_texts(model), **texts}
    return {name: texts[name] for name in shape.fields}


@lru_cache
def _field_texts(model: type) -> dict[str, str]:
    """Return the docstrings below the fields of a class, each in one line."""
    (definition,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(definition, ast.ClassDef)
    texts = {}
    for statement, below in zip(definition.body, definition.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            texts[statement.target.id] = " ".join(str(below.value.value).split())
    return texts
