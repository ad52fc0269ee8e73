import logging

import pytest

from mkdocs_annotate.hosts.reporting import report
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Level, Problem, Rule


@pytest.mark.parametrize(
    ("level", "logged"),
    [
        (Level.INFO, []),
        (Level.WARNING, [logging.WARNING]),
        (Level.ERROR, [logging.ERROR]),
    ],
)
def test_a_problem_is_logged_as_its_level_says(caplog, level, logged):
    report([Problem(Position("a.yml", 1, 1), Rule.ORPHAN, "x", own_level=level)])

    assert [record.levelno for record in caplog.records] == logged
