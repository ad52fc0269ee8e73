"""The JSON Schema says what the decoder says, as far as a schema can."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Group, Kind, Vocabulary
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar import schema as schema_module
from mkdocs_annotate.sidecar.decoding import parse_sidecar, parse_sources
from mkdocs_annotate.sidecar.schema import Names, descriptions, sidecar_schema, sources_schema

SCHEMA = sidecar_schema(Names(DEFAULT_VOCABULARY))
VALIDATOR = Draft202012Validator(SCHEMA)
SOURCES = Draft202012Validator(sources_schema(Names(DEFAULT_VOCABULARY)))
SHIPPED = Path(schema_module.__file__).with_name("annotations.schema.json")

OF_SHAPE = {
    Rule.UNKNOWN_KEY,
    Rule.MISSING_KEY,
    Rule.WRONG_SHAPE,
    Rule.EMPTY_VALUE,
    Rule.BAD_VALUE,
    Rule.NOTHING_SAID,
}
"""Rules that a schema can know; the others are about characters, YAML and the rest of the file."""


class Core(yaml.SafeLoader):
    """YAML as editors load it: the core schema of YAML 1.2, without dates."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


for _tag, _form, _first in (
    ("null", r"|~|null|Null|NULL", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_form})$"), _first)


def loaded(text):
    """Return what an editor makes of `text`; None where it can't read it."""
    try:
        return _with_text_keys(yaml.load(text, Core))
    except (yaml.YAMLError, ValueError):
        return None


def _with_text_keys(value):
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value


@pytest.mark.golden_test("cases/decoding/*.yml")
def test_schema_and_decoder_agree(golden):
    _, problems = parse_sidecar(golden["sidecar"], "a.yml")
    value = loaded(golden["sidecar"])
    faulty = any(problem.rule in OF_SHAPE for problem in problems)
    # An empty file, one that is no YAML, or a fault that is none of the shape.
    if value is None or (problems and not faulty):
        return

    accepts = VALIDATOR.is_valid(value)

    # Where they can't agree the case says why.
    reason = golden.get("schema") or ("refuses: as it should" if faulty else "accepts: so too")
    assert reason.startswith("accepts: " if accepts else "refuses: ")
    assert (accepts is faulty) is bool(golden.get("schema"))


@pytest.mark.golden_test("cases/decoding/*.yml")
def test_the_schema_of_a_file_of_sources_says_of_them_what_that_of_a_sidecar_says(golden):
    value = loaded(golden["sidecar"])
    if not isinstance(value, dict) or "sources" not in value:
        return
    described = value["sources"]
    accepts = VALIDATOR.is_valid({"sources": described})

    assert SOURCES.is_valid({"sources": described}) == accepts
    # `sources` alone is the line that may stand above them.
    if described is not None and described != {} and list(described) != ["sources"]:
        assert SOURCES.is_valid(described) == accepts


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("a: {title: T}", True),
        ("sources: {a: {title: T}}", True),
        ("a.b:c/d: {title: T, url: https://example.org, date: 2024}", True),
        ("sources: {title: T}", False),
        ("a: {titel: T}", False),
        ("a: {}", False),
        ("a: T", False),
        ("- a", False),
        ("a b: {title: T}", False),
        ("a: {title: T}\nsources: {b: {title: T}}", False),
        ("a: {title: T}\nannotations: []", False),
    ],
)
def test_schema_and_decoder_agree_on_a_file_of_sources(text, sound):
    assert (parse_sources(text, "a.yml")[1] == []) is sound
    assert SOURCES.is_valid(loaded(text)) is sound


def test_our_own_sources_pass():
    for path in Path(__file__).parents[2].glob("site/**/sources.yml"):
        SOURCES.validate(loaded(path.read_text("utf-8")))


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SOURCES.schema)
    Draft202012Validator.check_schema(SCHEMA)


def test_the_shipped_file_is_what_the_command_prints():
    printed = json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"

    assert SHIPPED.read_text("utf-8") == printed, (
        f"rewrite it: mkdocs-annotate schema > {SHIPPED.name}, in {SHIPPED.parent}"
    )


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[2].glob("site/**/*.annotations.yml"))
)
def test_our_own_sidecars_pass(path):
    VALIDATOR.validate(loaded(path.read_text("utf-8")))


@pytest.mark.parametrize("record", shapes.RECORDS, ids=lambda record: record.called)
def test_every_key_has_a_description(record):
    told = descriptions(record)

    assert set(told) == set(record.fields)
    assert all(text.endswith((".", "…")) and "\n" not in text for text in told.values())


def test_a_key_that_no_field_explains_is_a_fault_of_ours():
    record = shapes.Record("a thing", (Kind,), {"group": shapes.Text()})

    with pytest.raises(KeyError):
        descriptions(record)


def test_kinds_of_a_site_are_offered_and_others_not_refused():
    vocabulary = Vocabulary({"satire": Kind("satire", Group.OPINION)})
    validator = Draft202012Validator(sidecar_schema(Names(vocabulary)))

    assert '"satire"' in json.dumps(sidecar_schema(Names(vocabulary)))
    for kind in ("satire", "opinion"):
        assert validator.is_valid({"annotations": [{"quote": "a", "kind": kind}]})


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("note", ["x", 1, 1.5, True], ["", " ", None, [], {}, "a" * 5_001]),
        ("id", ["a-1", 7, True], ["A", "a--b", 1.5, None, "a" * 65]),
        ("kind", ["opinion", "satire"], ["Opinion", 1, None, ["opinion"]]),
        (
            "date",
            ["2024", 2024, "2024-02", "2024-02-30"],
            ["2024-13", 24, "0000", "2024-1-1", None],
        ),
        ("draft", [True, "true", "False"], ["yes", 1, None]),
        ("occurrence", [2, "2", "2 of 3", "all"], [0, -1, "0", "2/3", 1.5, None, True]),
        ("voice", ["quoted"], ["Quoted", None]),
        ("tags", ["a", 1, ["a", 1]], [[], [""], [["a"]], None]),
        ("sources", ["a", ["a"], {"source": "a"}, [{"source": "a"}]], ["a b", [], {}, {"a": 1}]),
    ],
)
def test_a_field_takes_what_it_says(field, good, bad):
    def is_valid(value):
        return VALIDATOR.is_valid({"annotations": [{"quote": "a", "note": "b", field: value}]})

    assert [value for value in good if not is_valid(value)] == []
    assert [value for value in bad if is_valid(value)] == []


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("language", ["fr", "pt-BR"], ["English", "français", 1, True]),
        ("type", ["book"], ["newspaper", None]),
        ("url", ["https://example.org", 404], ["", None, []]),
        ("author", ["a", ["a", "b"]], [[], None, {"family": "a"}]),
    ],
)
def test_a_field_of_a_source_takes_what_it_says(field, good, bad):
    def is_valid(value):
        return VALIDATOR.is_valid({"sources": {"a": {"title": "b", field: value}}})

    assert [value for value in good if not is_valid(value)] == []
    assert [value for value in bad if is_valid(value)] == []


def test_a_correction_has_a_whole_date():
    def is_valid(date):
        return VALIDATOR.is_valid({"article": {"corrections": [{"date": date, "text": "a"}]}})

    assert is_valid("2024-01-02")
    assert not is_valid("2024-01")
    assert not is_valid(2024)
