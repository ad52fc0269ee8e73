"""Problems to log lines, where every host counts them."""

import logging
from collections.abc import Iterable
from typing import Any

from mkdocs_annotate.model.levels import RuleSettings, levelled
from mkdocs_annotate.model.problems import Level, Problem, Rule

_LEVELS = {Level.WARNING: logging.WARNING, Level.ERROR: logging.ERROR}
_REPORTER = "_annotate_reporter"

# Warnings of loggers below `mkdocs` make a strict build of MkDocs and ProperDocs fail; elsewhere
# they go to stderr.
_LOGGER = logging.getLogger("mkdocs.plugins.mkdocs_annotate")


class Reporter:
    """Logs the problems of one build, and remembers which were logged for the whole site."""

    def __init__(self) -> None:
        self.host_found = False
        """Zensical has said which page is converted."""

        self._reported: set[Problem] = set()

    def report(self, problems: Iterable[Problem]) -> None:
        """Log each of `problems` in one line; those that only `check` shows are left out."""
        for problem in problems:
            if problem.rule == Rule.BAD_TEMPLATE:
                self._log_once(problem)
            else:
                _log(problem)

    def report_once(self, problems: Iterable[Problem], rules: RuleSettings) -> None:
        """Log problems of the whole site that every page meets, at the levels of `rules`."""
        for problem in levelled(problems, rules):
            self._log_once(problem)

    def _log_once(self, problem: Problem) -> None:
        if problem not in self._reported:
            self._reported.add(problem)
            _log(problem)


_ELSEWHERE = Reporter()
"""Zensical and Python-Markdown don't say where a build begins: there it is that of the process."""


def reporter_of(config: Any = None) -> Reporter:
    """Return the reporter of the build that `config` of MkDocs is for; elsewhere there is one."""
    if config is None:
        return _ELSEWHERE
    reporter: Reporter = vars(config).setdefault(_REPORTER, Reporter())
    return reporter


def begin_reports(config: Any) -> None:
    """Let the build that `config` of MkDocs is for have reported nothing yet."""
    vars(config)[_REPORTER] = Reporter()


def mention(problems: Iterable[Problem]) -> None:
    """Log each of `problems`, those too that fail no build: hosts show them with what they do."""
    for problem in problems:
        _LOGGER.log(_LEVELS.get(problem.level, logging.INFO), "%s", problem)


def _log(problem: Problem) -> None:
    if problem.level in _LEVELS:
        _LOGGER.log(_LEVELS[problem.level], "%s", problem)


def report_fault(message: str) -> None:
    """Log a fault of our own, with its traceback for whoever runs with `--verbose`."""
    _LOGGER.warning("%s", message)
    _LOGGER.debug("", exc_info=True)
