import pytest

from mkdocs_annotate.model.problems import Level, Position, Problem, Rule
from mkdocs_annotate.model.reporting import RuleSettings, levelled, silent_rules

PLACE = Position("a.yml", 1, 1)
ORPHAN = Problem(PLACE, Rule.ORPHAN, "a")
AUTHOR = Problem(PLACE, Rule.NOTE_WITHOUT_AUTHOR, "b")
MARKS = Problem(PLACE, Rule.TOO_MANY_MARKS, "c")
UNUSED = Problem(PLACE, Rule.SOURCE_UNUSED, "d", own_level=Level.INFO)


def told(problems, *levels):
    settings = RuleSettings(levels)
    return [(problem.message, problem.level) for problem in levelled(problems, settings)]


def test_rules_have_levels_of_their_own():
    assert told([ORPHAN, AUTHOR, MARKS, UNUSED]) == [
        ("a", Level.WARNING),
        ("c", Level.INFO),
        ("d", Level.INFO),
    ]


def test_a_site_has_the_last_word():
    levels = (
        (Rule.ORPHAN, Level.ERROR),
        (Rule.NOTE_WITHOUT_AUTHOR, Level.WARNING),
        (Rule.TOO_MANY_MARKS, Level.OFF),
        (Rule.SOURCE_UNUSED, Level.WARNING),
    )

    assert told([ORPHAN, AUTHOR, MARKS, UNUSED], *levels) == [
        ("a", Level.ERROR),
        ("b", Level.WARNING),
        ("d", Level.WARNING),
    ]


def test_a_level_makes_no_other_problem():
    assert levelled([ORPHAN], RuleSettings(((Rule.ORPHAN, Level.ERROR),))) == [ORPHAN]


def test_rules_that_are_off_are_known_before_anything_is_looked_at():
    assert Rule.NOTE_WITHOUT_AUTHOR in silent_rules(RuleSettings())
    settings = RuleSettings(
        ((Rule.NOTE_WITHOUT_AUTHOR, Level.INFO), (Rule.TOO_MANY_MARKS, Level.OFF))
    )
    assert Rule.NOTE_WITHOUT_AUTHOR not in silent_rules(settings)
    assert Rule.TOO_MANY_MARKS in silent_rules(settings)


@pytest.mark.parametrize("rule", Rule)
def test_only_rules_about_what_readers_see_anyway_are_off_or_mere_information(rule):
    # What another plugin hides is meant to be hidden, and only whoever hid it sees it.
    if not rule.editorial and rule != Rule.PASSAGE_NOT_SHOWN:
        assert rule.level == Level.WARNING
