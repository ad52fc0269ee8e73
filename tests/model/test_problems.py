import ast
import inspect
import re

import pytest

from mkdocs_annotate.model import problems as module
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule, in_order

PLACE = Position("a.yml", 2, 5)


def test_a_problem_is_one_line_with_place_message_hint_and_rule():
    problem = Problem(PLACE, Rule.UNKNOWN_KEY, "there is no key `noet`", "did you mean `note`?")

    assert str(problem) == ("a.yml:2:5: there is no key `noet`; did you mean `note`? [unknown-key]")


def test_a_problem_may_have_no_hint():
    assert str(Problem(PLACE, Rule.INTERNAL, "it failed")) == (
        "a.yml:2:5: it failed [internal-error]"
    )


def test_problems_come_in_the_order_of_files_and_lines_each_once():
    first, second = Problem(PLACE, Rule.ORPHAN, "a"), Problem(PLACE, Rule.ORPHAN, "b")
    above = Problem(Position("a.yml", 1, 9), Rule.ORPHAN, "c")
    before = Problem(Position("a.md", 9, 1), Rule.ORPHAN, "d")

    assert in_order([first, second, above, first, before]) == (before, above, first, second)


def test_a_problem_is_the_same_whatever_is_given_as_its_subject():
    assert Problem(PLACE, Rule.ORPHAN, "a") == Problem(PLACE, Rule.ORPHAN, "a", subject="b")


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_name_that_can_be_typed(rule):
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.value)
    assert isinstance(rule.level, Level)


def test_every_rule_is_explained():
    (definition,) = (
        node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef) and node.name == "Rule"
    )
    pairs = zip(definition.body, definition.body[1:], strict=False)
    explained = {
        statement.targets[0].id
        for statement, below in pairs
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(below, ast.Expr)
    }

    assert explained == {rule.name for rule in Rule}
