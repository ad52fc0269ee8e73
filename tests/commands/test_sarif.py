import json
from importlib.metadata import PackageNotFoundError

import jsonschema
import pytest
from click.testing import CliRunner

from mkdocs_annotate import __version__
from mkdocs_annotate.commands import terminal
from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.commands.terminal import as_sarif, project_addresses, rule_meanings
from mkdocs_annotate.model.problems import Position, Problem, Rule


def closed(required, **properties):
    """Return the schema of an object with these keys alone, of which some are `required`."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
FROM_1 = {"type": "integer", "minimum": 1}
MESSAGE = closed("text", text=TEXT)
RULE = closed(
    "id shortDescription",
    id=TEXT,
    shortDescription=MESSAGE,
    helpUri=ADDRESS,
    defaultConfiguration=closed("level", level=LEVEL),
)
PLACE = closed(
    "artifactLocation region",
    artifactLocation=closed(
        "uri uriBaseId",
        # A relative reference without a scheme (RFC 3986, 4.2).
        uri={"type": "string", "pattern": r"^([\w.~/!$&'()*+,;=@-]|%[0-9A-F]{2})+$"},
        uriBaseId={"const": "%SRCROOT%"},
    ),
    region=closed("startLine startColumn", startLine=FROM_1, startColumn=FROM_1),
)
RESULT = closed(
    "ruleId ruleIndex level message locations partialFingerprints",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations={
        "type": "array",
        "minItems": 1,
        "maxItems": 1,
        "items": closed("physicalLocation", physicalLocation=PLACE),
    },
    partialFingerprints={"type": "object", "minProperties": 1, "additionalProperties": TEXT},
)
DRIVER = closed(
    "name version rules",
    name=TEXT,
    version=TEXT,
    informationUri=ADDRESS,
    rules={"type": "array", "uniqueItems": True, "items": RULE},
)
RUN = closed(
    "tool columnKind results",
    tool=closed("driver", driver=DRIVER),
    columnKind={"const": "unicodeCodePoints"},
    results={"type": "array", "items": RESULT},
)
# Of our own writing, after the text of the standard, for those of its parts that are used:
# the official schema can't be fetched in a test.
SCHEMA = closed(
    "version runs",
    **{"$schema": ADDRESS},
    version={"const": "2.1.0"},
    runs={"type": "array", "minItems": 1, "maxItems": 1, "items": RUN},
)


def log_of(problems, addresses=()):
    log = json.loads(as_sarif(problems, dict(addresses)))
    jsonschema.validate(log, SCHEMA)
    (run,) = log["runs"]
    return run


def problem(rule=Rule.ORPHAN, message="“a” is lost", line=2, file="docs/a.annotations.yml"):
    return Problem(Position(file, line, 12), rule, message, "look")


def test_every_rule_has_a_meaning_and_is_valid():
    run = log_of([problem(rule) for rule in Rule])

    assert list(rule_meanings()) == [rule.name for rule in Rule]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule.value for rule in Rule)
    assert {rule["id"]: rule["shortDescription"]["text"] for rule in rules}["not-utf-8"] == (
        "The file is not UTF-8 text."
    )
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_log_of_a_sound_site_has_a_run_without_results():
    run = log_of([])

    assert run["results"] == run["tool"]["driver"]["rules"] == []


def test_a_result_says_what_is_wrong_and_where():
    run = log_of([problem()])

    (result,) = run["results"]
    assert result["message"]["text"] == "“a” is lost; look"
    assert result["level"] == "warning"
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 12}
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("mkdocs-annotate", __version__)


def test_the_names_of_files_are_made_addresses():
    (result,) = log_of([problem(file="docs/50% é #1.yml")])["results"]

    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "docs/50%25%20%C3%A9%20%231.yml"


def test_fingerprints_survive_moved_lines():
    (one,), (other,) = (log_of([problem(line=line)])["results"] for line in (2, 40))

    assert one["partialFingerprints"] == other["partialFingerprints"]


def test_a_hostile_quote_gives_no_link():
    (result,) = log_of([problem(message="“[read](https://example.org)” is lost")])["results"]

    assert result["message"]["text"] == "“[read]\\(https://example.org)” is lost; look"


def test_addresses_are_told_where_the_project_has_them():
    without = log_of([problem()])["tool"]["driver"]
    driver = log_of(
        [problem()],
        {"homepage": "https://example.org", "documentation": "https://example.org/docs/"},
    )["tool"]["driver"]

    assert "informationUri" not in without
    assert "helpUri" not in without["rules"][0]
    assert driver["informationUri"] == "https://example.org"
    assert driver["rules"][0]["helpUri"] == "https://example.org/docs/reference/problems/#orphan"


class _Metadata:
    def __init__(self, entries):
        self.entries = entries

    def get_all(self, name):
        return self.entries if name == "Project-URL" else None


@pytest.mark.parametrize(
    ("entries", "addresses"),
    [
        (None, {}),
        (["Homepage, https://example.org"], {"homepage": "https://example.org"}),
    ],
)
def test_addresses_are_those_of_the_package(monkeypatch, entries, addresses):
    monkeypatch.setattr(terminal, "metadata", lambda name: _Metadata(entries))

    assert project_addresses() == addresses


def test_a_package_that_is_not_installed_has_none(monkeypatch):
    def metadata(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(terminal, "metadata", metadata)

    assert project_addresses() == {}


def test_the_command_prints_a_log_and_nothing_else(draw):
    site = draw("""
        docs/index.md
        | Words.
        docs/index.annotations.yml
        | annotations:
        |   - quote: absent
        |     note: x
    """)
    site.configure(site.config)

    result = CliRunner().invoke(main, ["check", "--format", "sarif"])

    assert result.exit_code == 1
    jsonschema.validate(json.loads(result.stdout), SCHEMA)
    assert result.stderr == ""
