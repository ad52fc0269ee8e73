"""Nodes held against the format; what a writer reads of it is in `cases/decoding`."""

import pytest

from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.nodes import parse_nodes
from mkdocs_annotate.sidecar.values import INVALID, Field, ValueReader, Values


def read(text, shape, key="x"):
    document = parse_nodes(text, "a.yml")
    reader = ValueReader(document)
    assert document.root is not None
    return reader.value(document.root, shape, Field(key)), reader.problems


def only(problems):
    (problem,) = problems
    return problem.position.line, problem.position.column, problem.rule


def test_a_sound_value_has_no_problem():
    assert read("words", shapes.Text()) == ("words", [])


@pytest.mark.parametrize(
    ("limit", "shape"),
    [
        (shapes.SHORT, shapes.Text()),
        (shapes.PASSAGE, shapes.Text(shapes.PASSAGE)),
        (shapes.NOTE, shapes.Text(shapes.NOTE, markdown=True)),
        (shapes.ID_LENGTH, shapes.ANNOTATION.fields["id"]),
        (shapes.SHORT, shapes.Address()),
    ],
)
def test_texts_have_limits(limit, shape):
    assert read("a" * limit, shape)[1] == []
    value, problems = read("a" * (limit + 1), shape)

    assert value is INVALID
    assert only(problems) == (1, 1, Rule.BAD_VALUE)
    assert problems[0].message == f"`x` has {limit + 1:,} characters, and {limit:,} is the most"


def test_keys_of_sources_have_limits_too():
    assert read(f"? {'a' * 1_000}\n: {{title: A}}", shapes.Entries(shapes.SOURCE))[1] == []
    _, problems = read(f"? {'a' * 1_001}\n: {{title: A}}", shapes.Entries(shapes.SOURCE))

    assert only(problems) == (1, 3, Rule.BAD_VALUE)


def test_a_value_is_called_by_its_key_or_by_its_number():
    assert str(Field("a")) == "`a`"
    assert str(Field("a", 2)) == "no. 2 of `a`"
    assert str(Field()) == "the file"
    assert str(Field("a\nb")) == "`a b`"


@pytest.mark.parametrize(
    ("text", "column"),
    [("a\u202eb", 2), ("'a\u202eb'", 3), ('"a\\u202eb"', 1), ("|\n  a\u202eb", 4)],
)
def test_a_character_is_told_where_it_stands_if_it_stands_there(text, column):
    _, problems = read(text, shapes.Text())

    assert problems[0].position.column == column
    assert problems[0].rule is Rule.BAD_CHARACTER


def test_quoted_text_may_turn_its_direction():
    assert read("a\u202eb", shapes.Text(quoted=True)) == ("a\u202eb", [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a #b", True),
        ("a  #1", True),
        ("a # b", False),
        ("a #", False),
        ("a#b", False),
        ("a ##b", False),
        ("'a' #b", False),
        ('"a" #b', False),
        ("|\n  a #b", False),
        ("a\n#b", False),
    ],
)
def test_a_comment_that_looks_like_text_is_told(text, told):
    value, problems = read(text, shapes.Text())

    assert (value is INVALID) is told
    assert [problem.rule for problem in problems] == [Rule.YAML_FEATURE] * told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n - b\n - c", True),
        (">\n a\n - b\n - c", True),
        (">\n - b\n - c", True),
        (">\n 1. b\n 2. c", True),
        (">\n a\n - b\n c", False),
        ("|\n - b\n - c", False),
        ('"a\n - b\n - c"', False),
    ],
)
def test_a_list_in_a_note_that_yaml_joins_is_told(text, told):
    value, _ = read(text, shapes.Text(markdown=True))

    assert (value is INVALID) is told


def test_words_that_are_only_compared_may_be_joined():
    assert read(">\n - b\n - c", shapes.Text(quoted=True)) == ("- b - c", [])


@pytest.mark.parametrize("text", ["a\n - b", "a\n - b\n - c"])
def test_one_or_a_list_is_no_half_list(text):
    assert only(read(text, shapes.ANNOTATION.fields["tags"])[1]) == (1, 1, Rule.WRONG_SHAPE)


def test_a_list_of_words_counts_each():
    value, problems = read("[a, [b], c]", shapes.ANNOTATION.fields["tags"])

    assert value is INVALID
    assert only(problems) == (1, 5, Rule.WRONG_SHAPE)


def test_a_list_of_entries_keeps_the_sound_ones():
    values, problems = read(
        "[{date: 2024-01-01, text: a}, b]", shapes.ARTICLE.fields["corrections"]
    )

    assert [value.sound["text"] for value in values] == ["a"]
    assert only(problems) == (1, 31, Rule.WRONG_SHAPE)


def test_a_list_of_which_something_was_refused_is_told_once():
    value, problems = read("[a, *b]", shapes.ANNOTATION.fields["tags"])

    assert value is INVALID
    assert only(problems) == (1, 5, Rule.YAML_FEATURE)
    assert read("[*b]", shapes.ANNOTATION.fields["tags"])[0] is INVALID
    assert read("[*b]", shapes.SIDECAR.fields["annotations"])[0] == []


def test_an_entry_keeps_its_sound_values_and_the_places_of_all():
    value, problems = read("title: A\ndate: x\n", shapes.SOURCE)

    assert isinstance(value, Values)
    assert value.sound == {"title": "A"}
    assert value.faulty
    assert {key: place.line for key, place in value.places.items()} == {"title": 1, "date": 2}
    assert only(problems) == (2, 7, Rule.BAD_VALUE)


def test_what_is_missing_is_not_told_where_something_else_is_wrong():
    assert only(read("titel: A", shapes.SOURCE)[1]) == (1, 1, Rule.UNKNOWN_KEY)


def test_a_citation_may_be_its_key():
    value, _ = read("minutes", shapes.CITATION)

    assert isinstance(value, Values)
    assert value.sound == {"source": "minutes"}
    assert read("my minutes", shapes.CITATION)[0] is INVALID


@pytest.mark.parametrize(
    ("text", "shape", "place"),
    [
        ("", shapes.SOURCE, (1, 1)),
        ("''", shapes.Text(), (1, 1)),
        ("[]", shapes.Listing(shapes.Text()), (1, 1)),
        ("' '", shapes.Listing(shapes.Text()), (1, 1)),
        ("''", shapes.Entries(shapes.SOURCE), (1, 1)),
    ],
)
def test_nothing_is_told_as_nothing(text, shape, place):
    value, problems = read(text or "''", shape)

    assert value is INVALID
    assert only(problems) == (*place, Rule.EMPTY_VALUE)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a:\n", "write something after it, or remove the line"),
        ("a: # b\n", "put it in quotes if the `#` belongs to it: else a comment begins there"),
        ("a: #b\n", 'put it in quotes: `a: "#b"`; a comment begins with `# `'),
    ],
)
def test_why_something_is_empty_is_told(text, hint):
    shape = shapes.Record("a thing", (), {"a": shapes.Text()})

    assert read(text, shape)[1][0].hint == hint


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: {title: A}, b: {title: B}}", ["a", "b"]),
        ("{}", []),
        ("{title: A, url: b}", []),
        ("{a: {title: A}, url: b}", ["a"]),
        ("{a: , title: A}", ["a"]),
        ("{annotations: [], a: {title: A}}", ["a"]),
        ("{'b c': {title: A}, a: {title: A}}", ["a"]),
        ('{"b\\x02": {title: A}, a: {title: A}}', ["a"]),
    ],
)
def test_entries_have_keys_of_the_writer_s_choice(text, value):
    entries, problems = read(text, shapes.Entries(shapes.SOURCE))

    assert list(entries) == value
    assert len(problems) == (value not in (["a", "b"], []) or "url" in text)


def test_in_place_of_an_entry_the_line_shows_the_slip():
    _, problems = read("- quote:x", shapes.SIDECAR.fields["annotations"])

    assert only(problems) == (1, 8, Rule.WRONG_SHAPE)
    assert problems[0].message == "no space stands behind the colon of `quote:`"
