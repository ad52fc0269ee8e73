import json

from click.testing import CliRunner
from jsonschema import Draft202012Validator

from mkdocs_annotate.commands.cli import main


def test_the_schema_is_a_json_schema():
    result = CliRunner().invoke(main, ["schema"])

    assert result.exit_code == 0
    Draft202012Validator.check_schema(json.loads(result.stdout))


def test_files_of_sources_have_a_schema_of_their_own():
    result = CliRunner().invoke(main, ["schema", "--sources"])

    schema = json.loads(result.stdout)
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid({"minutes": {"title": "Minutes"}})
    assert not Draft202012Validator(schema).is_valid({"annotations": []})
