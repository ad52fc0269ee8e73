import logging
from types import SimpleNamespace

import pytest

from mkdocs_annotate.hosts.logs import Reporter, begin_reports, reporter_of
from mkdocs_annotate.model.levels import RuleSettings
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule


@pytest.mark.parametrize(
    ("level", "logged"),
    [
        (Level.INFO, []),
        (Level.WARNING, [logging.WARNING]),
        (Level.ERROR, [logging.ERROR]),
    ],
)
def test_a_problem_is_logged_as_its_level_says(caplog, level, logged):
    Reporter().report([Problem(Position("a.yml", 1, 1), Rule.ORPHAN, "x", own_level=level)])

    assert [record.levelno for record in caplog.records] == logged


PROBLEM = Problem(Position("mkdocs.yml", 1, 1), Rule.BAD_OPTION, "x")


def test_a_problem_of_the_whole_site_is_logged_once_in_a_build(caplog):
    config = SimpleNamespace()

    for _ in range(3):
        reporter_of(config).report_once([PROBLEM], RuleSettings())
    assert len(caplog.records) == 1

    for another in (config, SimpleNamespace()):
        begin_reports(another)
        reporter_of(another).report_once([PROBLEM], RuleSettings())
    assert len(caplog.records) == 3


def test_a_problem_of_the_whole_site_is_logged_at_the_level_of_the_site(caplog):
    rules = RuleSettings(((Rule.BAD_OPTION, Level.ERROR),))

    Reporter().report_once([PROBLEM], rules)

    assert [record.levelno for record in caplog.records] == [logging.ERROR]
