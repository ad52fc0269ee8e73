"""The one door to YAML: nodes with positions; what a writer sees of it is in `cases/decoding`."""

import pytest
import yaml

from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.sidecar import nodes
from mkdocs_annotate.sidecar.nodes import (
    MAX_DEPTH,
    MAX_EVENTS,
    Document,
    MappingNode,
    ScalarNode,
    SequenceNode,
    parse_nodes,
)


def parsed(text) -> Document:
    return parse_nodes(text, "a.yml")


def problems(text):
    return [
        (problem.position.line, problem.position.column, problem.rule)
        for problem in parsed(text).problems
    ]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _parser(request, monkeypatch):
    monkeypatch.setattr(nodes, "_EVENTS", getattr(yaml, request.param))


@pytest.mark.usefixtures("_parser")
def test_nodes_have_texts_styles_and_places():
    root = parsed("a: 1\nb:\n  - 'two'\n  - {c: \"3\"}\n").root

    assert isinstance(root, MappingNode)
    assert (root.style, root.start) == ("block", 0)
    key, value = root.entries["a"]
    assert (key.text, key.position.column) == ("a", 1)
    assert value == ScalarNode("1", value.position, 3, 4, "")
    _, items = root.entries["b"]
    assert isinstance(items, SequenceNode)
    assert (items.style, items.position.line, items.position.column) == ("block", 3, 3)
    two, three = items.items
    assert isinstance(two, ScalarNode)
    assert (two.text, two.style) == ("two", "'")
    assert isinstance(three, MappingNode)
    assert (three.style, three.entries["c"][1].style) == ("flow", '"')


@pytest.mark.usefixtures("_parser")
def test_extents_are_those_of_the_file_s_text():
    text = "\ufeffa: 'b' # c\n\u00e4\U0001f642: d\n"
    document = parsed(text)
    root = document.root

    assert isinstance(root, MappingNode)
    first, second = (value for _, value in root.entries.values())
    assert isinstance(first, ScalarNode)
    assert isinstance(second, ScalarNode)
    assert text[first.start : first.end] == document.written(first) == "'b'"
    assert text[second.start : second.end] == document.written(second) == "d"
    assert document.behind(first) == " # c"
    assert str(document.position(second, 1)) == "a.yml:2:6"
    assert str(first.position) == "a.yml:1:4"


def test_what_stands_behind_a_text_is_read_so_far():
    root = parsed("a: b" + " " * 300 + "#x\n").root

    assert isinstance(root, MappingNode)
    value = root.entries["a"][1]
    assert isinstance(value, ScalarNode)
    assert parsed("a: b" + " " * 300 + "#x\n").behind(value) == " " * 200


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "\ufeff"])
def test_a_file_without_values_has_an_empty_root_or_none(text):
    document = parsed(text)

    assert document.problems == []
    assert document.root is None or (
        isinstance(document.root, ScalarNode) and not document.root.text
    )


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: [", (1, 4, Rule.YAML_SYNTAX)),
        ("a: *b", (1, 4, Rule.YAML_FEATURE)),
        ("a: &b c", (1, 4, Rule.YAML_FEATURE)),
        ("a: !b c", (1, 4, Rule.YAML_FEATURE)),
        ("a: !b [c]", (1, 4, Rule.YAML_FEATURE)),
        ("a: ! c", (1, 4, Rule.YAML_FEATURE)),
        ("a: &b [c]", (1, 4, Rule.YAML_FEATURE)),
        ("<<: {a: b}", (1, 1, Rule.YAML_FEATURE)),
        ("a: b\n---\na: c", (2, 1, Rule.YAML_FEATURE)),
        ("a: b\na: c", (2, 1, Rule.REPEATED_KEY)),
        ("[a]: b", (1, 1, Rule.WRONG_SHAPE)),
        ("{a: b}: c", (1, 1, Rule.WRONG_SHAPE)),
        ("a: \x07", (1, 4, Rule.BAD_CHARACTER)),
        ("\u00a0note: x", (1, 1, Rule.BAD_CHARACTER)),
        ("%FOO bar\n---\na: [", (3, 4, Rule.YAML_SYNTAX)),
    ],
)
def test_what_no_sidecar_needs_is_refused_where_it_stands(text, found):
    if text.startswith("%") and nodes._EVENTS is yaml.CSafeLoader:
        found = (1, 1, Rule.YAML_SYNTAX)  # libyaml knows no other directives

    assert problems(text) == [found]


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    "text", ["a: *b", "a: &b c", "a: !b c", "a: !b [c]", "a: \x07", "? [a]\n: b"]
)
def test_an_entry_of_which_something_was_refused_is_faulty(text):
    root = parsed(text).root

    assert isinstance(root, MappingNode)
    assert root.faulty
    assert root.entries == {}


@pytest.mark.usefixtures("_parser")
def test_a_list_of_which_something_was_refused_is_faulty():
    root = parsed("[a, *b, c]").root

    assert isinstance(root, SequenceNode)
    assert root.faulty
    assert len(root.items) == 2


def test_a_sound_entry_is_not_faulty():
    root = parsed("a: [b]").root

    assert isinstance(root, MappingNode)
    assert not root.faulty


def test_a_character_that_is_no_part_of_a_value_leaves_it_sound():
    document = parsed("a: b # \x07\n")

    assert isinstance(document.root, MappingNode)
    assert not document.root.faulty
    assert len(document.problems) == 1


def test_a_root_with_a_tag_is_nothing():
    assert parsed("!x {a: b}").root is None


def test_of_a_row_of_repeated_keys_the_first_is_told():
    text = "a: 1\nb: 2\na: 3\nb: 4\nc: 5\nb: 6\n"

    assert problems(text) == [(3, 1, Rule.REPEATED_KEY), (6, 1, Rule.REPEATED_KEY)]


def test_of_a_line_one_feature_is_told():
    assert problems("a: [*b, *c, &d e, !f g, &h [i]]\nj: *k\n") == [
        (1, 5, Rule.YAML_FEATURE),
        (2, 4, Rule.YAML_FEATURE),
    ]


def test_an_alias_that_goes_wrong_is_told_once():
    assert problems("a: *b c* d") == [(1, 4, Rule.YAML_FEATURE)]


@pytest.mark.usefixtures("_parser")
def test_nesting_has_a_limit():
    assert problems("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert problems("[" * (MAX_DEPTH + 1)) == [(1, MAX_DEPTH + 1, Rule.TOO_LARGE)]


@pytest.mark.usefixtures("_parser")
def test_the_number_of_values_has_a_limit(monkeypatch):
    monkeypatch.setattr(nodes, "MAX_EVENTS", 10)

    # Beside its values a list of one document has six events.
    assert problems("[" + "a," * 4 + "]") == []
    assert problems("[" + "a," * 9 + "]") == [(1, 14, Rule.TOO_LARGE)]


def test_the_limit_of_values_is_beyond_any_sidecar():
    assert MAX_EVENTS > 4 * 33_000


@pytest.mark.parametrize("text", ["a: \ud800", "a: '\ud800\udc00'", "\ud800: a"])
def test_a_lone_surrogate_is_told(text):
    assert Rule.BAD_CHARACTER in [rule for _, _, rule in problems(text)]


@pytest.mark.parametrize("text", ['"\\UFFFFFFFF"', '"\\x"', "%YAML 1" + "0" * 5_000 + ".1\n---\n"])
def test_what_breaks_the_pure_python_parser_is_a_problem(text, monkeypatch):
    monkeypatch.setattr(nodes, "_EVENTS", yaml.SafeLoader)

    ((line, column, rule),) = problems(text)

    assert (line, rule) == (1, Rule.YAML_SYNTAX)
    assert column >= 1


def test_a_parser_that_fails_without_a_place_is_answered(monkeypatch):
    class Failing(yaml.SafeLoader):
        def __init__(self, text):
            raise yaml.YAMLError

    monkeypatch.setattr(nodes, "_EVENTS", Failing)

    assert problems("a: b") == [(1, 1, Rule.YAML_SYNTAX)]


def test_libyaml_is_used_where_there_is_one():
    assert nodes._EVENTS is yaml.CSafeLoader
