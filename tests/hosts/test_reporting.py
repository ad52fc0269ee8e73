import logging
from types import SimpleNamespace

import pytest

from mkdocs_annotate.hosts.logs import Reporter, begin_reports, reporter_of
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule
from mkdocs_annotate.model.reporting import RuleSettings

PROBLEM = Problem(Position("mkdocs.yml", 1, 1), Rule.BAD_OPTION, "x")


@pytest.mark.parametrize(
    ("level", "logged"),
    [
        (Level.INFO, []),
        (Level.WARNING, [logging.WARNING]),
        (Level.ERROR, [logging.ERROR]),
    ],
)
def test_a_problem_is_logged_as_its_level_says(caplog, level, logged):
    Reporter().report([PROBLEM], RuleSettings(((Rule.BAD_OPTION, level),)))

    assert [record.levelno for record in caplog.records] == logged


def test_a_problem_of_the_whole_site_is_logged_once_in_a_build(caplog):
    config = SimpleNamespace()

    for _ in range(3):
        reporter_of(config).report([PROBLEM], RuleSettings(), once=True)
    assert len(caplog.records) == 1

    for another in (config, SimpleNamespace()):
        begin_reports(another)
        reporter_of(another).report([PROBLEM], RuleSettings(), once=True)
    assert len(caplog.records) == 3


def test_a_problem_of_the_whole_site_is_logged_at_the_level_of_the_site(caplog):
    rules = RuleSettings(((Rule.BAD_OPTION, Level.ERROR),))

    found = Reporter().report([PROBLEM], rules, once=True)

    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert [problem.level for problem in found] == [Level.ERROR]


def test_problems_are_reported_in_order_and_info_only_where_it_is_asked_for(caplog):
    caplog.set_level(logging.INFO)
    second, first = (Problem(Position("a.yml", line, 1), Rule.ORPHAN, "x") for line in (9, 2))
    rules = RuleSettings(((Rule.ORPHAN, Level.INFO),))

    assert Reporter().report([second, first], RuleSettings()) == (first, second)
    assert caplog.messages == [str(first), str(second)]

    caplog.clear()
    assert Reporter().report([first], rules) == (first,)
    assert caplog.messages == []
    Reporter().report([first], rules, also_info=True)
    assert [record.levelno for record in caplog.records] == [logging.INFO]
