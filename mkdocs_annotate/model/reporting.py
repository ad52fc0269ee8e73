"""How problems are reported: at the level that a site gives each rule; and errors of our own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from types import TracebackType

from mkdocs_annotate.model.problems import Level, Position, Problem, Rule, shown


@dataclass(frozen=True)
class RuleSettings:
    """The levels that a site gives to rules, and the limits that some rules use."""

    levels: tuple[tuple[Rule, Level], ...] = ()
    """The levels that differ from those that the rules have by themselves."""

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
    """Return those of `problems` that are to be reported, at the levels of the site."""
    levels = dict(settings.levels)
    reported = []
    for problem in problems:
        level = levels.get(problem.rule, problem.level)
        if level != Level.OFF:
            reported.append(
                problem if level == problem.level else replace(problem, own_level=level)
            )
    return reported


_PACKAGE = __name__.partition(".")[0]


def internal_error(error: BaseException, position: Position) -> Problem:
    """Return the problem for `error`, an unexpected exception while working on `position`.

    Its message names the kind of the error, its own words, and the line of this package in which
    it was raised, so that a report of it can be followed without a traceback.  Never raises.
    """
    kind = type(error).__name__
    words = shown(_words_of(error))
    where = _line_of(error.__traceback__)
    message = f"mkdocs-annotate failed with {kind}{where}{f': {words}' if words else ''}"
    return Problem(position, Rule.INTERNAL, message, "please report it, with this file")


def _words_of(error: BaseException) -> str:
    try:
        return str(error)
    # An exception class of somebody else may fail to print.
    except Exception:
        return ""


def _line_of(traceback: TracebackType | None) -> str:
    """Return the innermost line of this package in `traceback`, for a message."""
    where = ""
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__", ""))
        if module.startswith(f"{_PACKAGE}."):
            where = f" in {module.removeprefix(f'{_PACKAGE}.')}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return where
