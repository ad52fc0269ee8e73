"""The format as a JSON Schema, which completes and checks sidecars in editors."""

import ast
import inspect
from functools import lru_cache
from typing import Any

from mkdocs_annotate.model.vocabulary import Vocabulary
from mkdocs_annotate.sidecar import format as shapes

SCHEMA_ID = "https://mkdocs-annotate.github.io/annotations.schema.json"

# YAML makes numbers, dates and booleans of some texts before a schema sees them; we do not.
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_NOT_BLANK = r"\S"


def sidecar_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of sidecars of a site with `vocabulary`.

    What the decoder refuses for its shape the schema refuses too; quotes and keys of sources,
    which need the article or the file, it can't judge.
    """
    schema = _record(shapes.SIDECAR, vocabulary)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Annotations of an article (mkdocs-annotate)",
        **schema,
    }


def _shape(shape: shapes.Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    if isinstance(shape, shapes.Record):
        return _record(shape, vocabulary)
    if isinstance(shape, shapes.Listing):
        one = _shape(shape.of, vocabulary)
        several = {"type": "array", "minItems": 1, "items": one}
        return {"anyOf": [one, several]} if shape.or_one else several
    if isinstance(shape, shapes.Entries):
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{shapes.KEY_PATTERN}$"},
            "additionalProperties": _record(shape.of, vocabulary),
        }
    return _scalar(shape, vocabulary)


def _scalar(shape: shapes.Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    if isinstance(shape, shapes.Text):
        return {**_TEXT, "maxLength": shape.limit, "pattern": _NOT_BLANK}
    if isinstance(shape, shapes.Name):
        if shape.pattern == shapes.KIND_PATTERN:
            # A site may have kinds of its own: known ones are offered, others are not refused.
            return {
                "anyOf": [
                    {"enum": list(vocabulary.kinds)},
                    {"type": "string", "pattern": f"^{shape.pattern}$"},
                ]
            }
        return {**_TEXT, "maxLength": shape.limit, "pattern": f"^{shape.pattern}$"}
    if isinstance(shape, shapes.Choice):
        return {"enum": list(shape.words)}
    if isinstance(shape, shapes.Flag):
        return {"type": "boolean"}
    if isinstance(shape, shapes.When):
        pattern = r"^\d{4}-\d{2}-\d{2}$" if shape.whole else r"^\d{4}(-\d{2}(-\d{2})?)?$"
        return {"type": ["string", "integer"], "pattern": pattern}
    if isinstance(shape, shapes.Place):
        return {
            "anyOf": [{"type": "integer", "minimum": 1}, {"pattern": r"^(\d+( +of +\d+)?|all)$"}]
        }
    return {"type": "string", "pattern": _NOT_BLANK}


def _record(shape: shapes.Record, vocabulary: Vocabulary) -> dict[str, Any]:
    told = descriptions(shape)
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": told[name], **_shape(field, vocabulary)}
            for name, field in shape.fields.items()
        },
    }
    if shape.required:
        schema["required"] = list(shape.required)
    if shape.shorthand:
        return {"anyOf": [_shape(shape.fields[shape.shorthand], vocabulary), schema]}
    return schema


def descriptions(shape: shapes.Record) -> dict[str, str]:
    """Return what each key of an entry means: the text below the field that it fills.

    Raises KeyError for a key that no field explains: a fault of ours.
    """
    told: dict[str, str] = {}
    for model in shape.models:
        told = {**_field_texts(model), **told}
    return {name: told[name] for name in shape.fields}


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
