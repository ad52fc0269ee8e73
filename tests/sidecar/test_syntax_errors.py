"""What the parsers of PyYAML say, told as what a writer did; whole files are in `cases`."""

import pytest

from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.sidecar.lines import Lines
from mkdocs_annotate.sidecar.nodes import parse_nodes
from mkdocs_annotate.sidecar.syntax_errors import Stop, explained


def told(source, words, place, **fields):
    explanation = explained(Stop(words, place, **fields), Lines(source))
    return explanation.place, explanation.message


def test_what_nobody_foresaw_is_told_in_the_parser_s_words():
    assert told("a", "while doing something found\nsomething odd", (0, 0)) == (
        (0, 0),
        "this is not YAML: while doing something found something odd",
    )
    assert told("", "", (0, 0)) == ((0, 0), "this is not YAML: unexpected text")


CASES = {
    "a tab at the start of a value": ("a:\tb", "found character '\\t'", (0, 2), {}, (0, 2)),
    "a tab that indents": ("a:\n \tb: c", "mapping values are not allowed", (1, 3), {}, (1, 1)),
    "an escape of libyaml": ('a: "b\\qc"', "found unknown escape character", (0, 5), {}, (0, 5)),
    "an escape of pure Python": (
        'a: "b\\qc"',
        "found unknown escape character",
        (0, 6),
        {},
        (0, 5),
    ),
    "an open quotation mark": (
        "a: 'b\nc",
        "while scanning a quoted scalar found unexpected end of stream",
        (1, 1),
        {"began": (0, 3)},
        (0, 3),
    ),
    "a directive": (
        "%X y\n---\n",
        "found unknown directive name",
        (0, 1),
        {"began": (0, 0)},
        (0, 0),
    ),
    "a first key that is indented": (
        "# x\n a: b\nc: d",
        "expected '<document start>'",
        (2, 0),
        {},
        (1, 1),
    ),
    "text behind the end": ("a\n...\nb", "expected <document start>", (2, 0), {}, (2, 0)),
    "an alias": ("a: *b*", "while scanning an alias", (0, 5), {"began": (0, 3)}, (0, 3)),
    "an alias without a context": ("a: *b*", "while scanning an alias", (0, 3), {}, (0, 3)),
    "a text behind a block sign": (
        "a: >b",
        "while scanning a block scalar",
        (0, 4),
        {"began": (0, 3)},
        (0, 3),
    ),
    "two commas": (
        "a: [b,,c]",
        "while parsing a flow node",
        (0, 6),
        {"bracket": (0, 3)},
        (0, 6),
    ),
    "a colon in brackets": (
        "a: {b: c: d}",
        "while parsing a flow mapping",
        (0, 8),
        {"bracket": (0, 3)},
        (0, 8),
    ),
    "a bracket that ends with its line": (
        "a: [b",
        "while parsing a flow sequence",
        (0, 5),
        {"bracket": (0, 3)},
        (0, 3),
    ),
    "a brace closed by a bracket": (
        "a: {b]",
        "while parsing a flow mapping",
        (0, 5),
        {"bracket": (0, 3)},
        (0, 5),
    ),
    "a question mark": ("a: ? b", "mapping keys are not allowed", (0, 3), {}, (0, 3)),
    "a colon in a line without a key": (
        "- b c: d: e",
        "mapping values are not allowed",
        (0, 8),
        {},
        (0, 8),
    ),
    "a colon in the first line": (
        "a b\nc: d",
        "mapping values are not allowed",
        (1, 1),
        {},
        (1, 1),
    ),
    "a line without a key": (
        "a b\nc",
        "could not find expected ':'",
        (1, 0),
        {"began": (0, 0)},
        (0, 0),
    ),
    "text behind a quotation mark": (
        "a: 'b' c",
        "while parsing a block mapping",
        (0, 7),
        {"text": ((0, 3), (0, 6))},
        (0, 7),
    ),
    "text in the line after a quoted one": (
        "a: 'b'\n c: d",
        "while parsing a block mapping",
        (1, 1),
        {"text": ((0, 3), (0, 6))},
        (1, 1),
    ),
    "a stray bracket": ("a: b\n]", "while parsing a block mapping", (1, 0), {}, (1, 0)),
    "a colon without a key": ("a: b\n: c", "while parsing a block mapping", (1, 0), {}, (1, 0)),
    "a line further left than its block": (
        "a: |\n    b\n  c",
        "while parsing a block mapping",
        (2, 2),
        {},
        (2, 2),
    ),
    "a line that is indented": ("a: b\n c", "while parsing a block mapping", (1, 1), {}, (1, 1)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_slip_is_told_where_it_is(name):
    text, words, place, fields, expected = CASES[name]

    found, message = told(text, words, place, **fields)

    assert found == expected
    assert not message.startswith("this is not YAML")


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("while scanning a quoted scalar", {}),
        ("while scanning a block scalar", {}),
        ("while parsing a flow node", {}),
        ("could not find expected ':'", {}),
    ],
)
def test_without_a_context_the_parser_s_words_are_told(words, fields):
    assert told("a: b c", words, (0, 5), **fields)[1] == f"this is not YAML: {words}"


@pytest.mark.parametrize(
    "text",
    ["--- {}a", "--- []a", '--- ""a: b', '--- ""<<: \r\n', "{}a"],
)
def test_a_document_that_begins_in_the_line_of_its_dashes_is_told_where_it_goes_on(text):
    problems = parse_nodes(text, "a.yml").problems

    assert [problem.rule for problem in problems] == [Rule.YAML_SYNTAX]


@pytest.mark.parametrize("text", ["[\u202e:", "[a:", "[a: b", "- [x, \u2066y: z"])
def test_an_entry_without_braces_of_its_own_is_no_bracket(text):
    (problem,) = parse_nodes(text, "a.yml").problems

    assert "the bracket `[` is opened here" in problem.message
    assert text[problem.position.column - 1] == "["
