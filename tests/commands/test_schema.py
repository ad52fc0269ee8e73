import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY

CONFIG = """
site_name: Drawn
theme: {name: mkdocs, highlightjs: false}
plugins:
  - annotate:
      packs: [semeval-2023]
      kinds:
        opinion: false
        satire: {label: Satire, definition: Not meant literally., group: opinion}
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def annotation(*arguments):
    result = CliRunner().invoke(main, ["schema", *arguments])
    assert result.exit_code == 0, result.output
    schema = json.loads(result.stdout)
    return schema["properties"]["annotations"]["items"]["properties"], result.stderr, schema


def test_the_schema_is_a_json_schema():
    properties, _, schema = annotation()

    Draft202012Validator.check_schema(schema)
    assert properties["kind"]["anyOf"][0]["enum"] == list(DEFAULT_VOCABULARY.kinds)
    assert "anyOf" not in properties["technique"]


def test_files_of_sources_have_a_schema_of_their_own():
    result = CliRunner().invoke(main, ["schema", "--sources"])

    schema = json.loads(result.stdout)
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid({"minutes": {"title": "Minutes"}})
    assert not Draft202012Validator(schema).is_valid({"annotations": []})


def test_in_a_project_it_offers_the_kinds_and_techniques_of_the_site(draw):
    draw("docs/index.md\n| x\n").configure(CONFIG)
    properties, told, schema = annotation()

    Draft202012Validator.check_schema(schema)
    kinds = properties["kind"]["enum"]
    assert "opinion" not in kinds
    assert kinds[-1] == "satire"
    techniques = properties["technique"]
    assert techniques["anyOf"][0]["enum"][0] == "name-calling-labeling"
    assert techniques["description"].startswith("The rhetorical device")
    validator = Draft202012Validator(schema)
    for said in ({"kind": "satire"}, {"technique": "straw-man"}, {"technique": "my own"}):
        assert validator.is_valid({"annotations": [{"quote": "x", **said}]})
    assert not validator.is_valid({"annotations": [{"quote": "x", "kind": "opinon"}]})
    assert not validator.is_valid({"defaults": {"kind": "opinon"}, "annotations": [{"quote": "x"}]})
    assert told == ""


def test_in_a_project_it_offers_its_sources_and_people_and_takes_others(draw):
    site = draw("docs/index.md\n| x\nsources.yml\n| minutes: {title: Minutes of May}\n")
    site.configure(
        "site_name: Drawn\nplugins: [annotate: {people: {NA: {name: Nell Arkwright}}}]\n"
    )
    properties, _, schema = annotation()

    described = schema["properties"]["defaults"]["properties"]["by"]
    for by in (properties["by"], described):
        assert by["anyOf"][0] == {"enum": ["NA"], "enumDescriptions": ["Nell Arkwright"]}
        assert by["description"].startswith("Who wrote the annotation")
    cited = json.dumps(properties["sources"])
    assert '{"enum": ["minutes"], "enumDescriptions": ["Minutes of May"]}' in cited
    validator = Draft202012Validator(schema)
    for said in ({"by": "AQ"}, {"sources": "own"}, {"sources": {"title": "A page"}}):
        assert validator.is_valid({"annotations": [{"quote": "x", "note": "y", **said}]})


def test_beside_another_project_it_offers_the_default_kinds(draw):
    draw("docs/index.md\n| x\n").configure("site_name: Other\n")
    properties, told, _ = annotation()

    assert properties["kind"]["anyOf"][0]["enum"] == list(DEFAULT_VOCABULARY.kinds)
    assert told.startswith(
        "the schema has the default kinds only, since the site can't be read: mkdocs.yml lists "
        "neither"
    )


def test_a_project_that_is_named_must_be_readable():
    result = CliRunner().invoke(main, ["schema", "-f", "none.yml"])

    assert result.exit_code == 2
    assert "there is no none.yml" in result.output
