"""How much a site makes of each rule."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from mkdocs_annotate.model.problems import Level, Problem, Rule


@dataclass(frozen=True)
class RuleSettings:
    """How much a site makes of rules, and the numbers that some of them compare with."""

    levels: tuple[tuple[Rule, Level], ...] = ()
    """The levels that are not the rules' own."""

    max_marks: int = 40
    """Most marks in 1,000 words.  In 371 news articles that were marked in full (PTC corpus,
    SemEval-2020) the median is 15, the 95th percentile 43."""

    archive_after_days: int = 180
    """How long ago a source may have been looked at without an archived copy."""

    def level(self, rule: Rule) -> Level:
        """Return how much a problem of `rule` counts."""
        return dict(self.levels).get(rule, rule.level)


@lru_cache(maxsize=8)
def silent_rules(settings: RuleSettings) -> frozenset[Rule]:
    """Return the rules that are switched off."""
    return frozenset(rule for rule in Rule if settings.level(rule) == Level.OFF)


def levelled(problems: Iterable[Problem], settings: RuleSettings) -> list[Problem]:
    """Return those of `problems` that are to be reported, with the levels of the site."""
    levels = dict(settings.levels)
    reported = []
    for problem in problems:
        level = levels.get(problem.rule, problem.level)
        if level != Level.OFF:
            reported.append(
                problem if level == problem.level else replace(problem, own_level=level)
            )
    return reported
