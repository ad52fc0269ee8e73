import pytest

from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.sidecar import line_mistakes
from mkdocs_annotate.sidecar.line_mistakes import beginning, feature, repetition
from mkdocs_annotate.sidecar.lines import Lines


@pytest.mark.parametrize(
    ("sign", "meaning", "is_feature"),
    [
        ("*", "`*`, which YAML takes for an alias", True),
        ("&", "`&`, which YAML takes for an anchor", True),
        ("!", "`!`, which YAML takes for a tag", True),
        ("[", "`[`, which YAML takes for a list", False),
        ("@", "`@`, which YAML does not allow", False),
        ("`", "a backtick, which YAML does not allow", False),
    ],
)
def test_signs_mean_something_at_the_start_of_a_value(sign, meaning, is_feature):
    told = beginning(sign, (0, 6), Lines(f"note: {sign}x"))

    assert told.message == f"the value begins with {meaning}"
    assert told.hint.startswith(f'put it in quotes: `note: "{sign}x"`')
    assert (told.rule is Rule.YAML_FEATURE) is is_feature


def test_only_the_value_of_a_line_is_written_out():
    assert (
        beginning("@", (0, 7), Lines("tags: [@x]")).hint == 'put the whole value in quotes: `"…"`'
    )


def test_an_alias_may_be_written_out():
    assert beginning("*", (0, 2), Lines("- *x")).hint.endswith(
        ", or write out what the alias stands for"
    )


def test_tags_and_anchors_are_told_by_name():
    assert feature("&x", (0, 0)).message == "`&x` is an anchor, and sidecars have none"
    assert feature("!x", (0, 0)).message == "`!x` is a tag, and sidecars have none"


def test_a_key_that_stands_twice_may_begin_a_new_entry_of_a_list():
    assert repetition("a", (3, 0), 2, listed=True).hint == (
        "keep one of the two, or put a `- ` before it if a new entry begins here"
    )
    assert repetition("a", (3, 0), 2, listed=False).hint == "keep one of the two, or join them"


@pytest.mark.parametrize(
    "told",
    [
        line_mistakes.merge_key((1, 2)),
        line_mistakes.bracketed_key((1, 2)),
        line_mistakes.second_document((1, 2)),
        line_mistakes.too_many((1, 2), 5),
        line_mistakes.too_deep((1, 2), 5),
    ],
)
def test_each_explanation_has_a_place_a_message_and_a_hint(told):
    assert told.place == (1, 2)
    assert told.message
    assert told.hint


def test_where_the_parser_tells_no_place_it_is_the_start():
    assert line_mistakes.no_yaml().place == (0, 0)
