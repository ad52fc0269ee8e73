"""Problems to log lines, where every host counts them."""

import logging
from collections.abc import Iterable
from functools import lru_cache

from mkdocs_annotate.model.problems import Level, Problem, Rule

_LEVELS = {Level.WARNING: logging.WARNING, Level.ERROR: logging.ERROR}

# Warnings of loggers below `mkdocs` make a strict build of MkDocs and ProperDocs fail; elsewhere
# they go to stderr.
_LOGGER = logging.getLogger("mkdocs.plugins.mkdocs_annotate")


def report(problems: Iterable[Problem]) -> None:
    """Log each of `problems` in one line; those that only `check` shows are left out."""
    for problem in problems:
        if problem.rule == Rule.BAD_TEMPLATE:
            report_once(problem)
        else:
            _log(problem)


def mention(problems: Iterable[Problem]) -> None:
    """Log each of `problems`, those too that fail no build: hosts show them with what they do."""
    for problem in problems:
        _LOGGER.log(_LEVELS.get(problem.level, logging.INFO), "%s", problem)


@lru_cache(maxsize=256)
def report_once(problem: Problem) -> None:
    """Log a problem of the whole site, though every page meets it."""
    _log(problem)


def _log(problem: Problem) -> None:
    if problem.level in _LEVELS:
        _LOGGER.log(_LEVELS[problem.level], "%s", problem)


def report_fault(message: str) -> None:
    """Log a fault of our own, with its traceback for whoever runs with `--verbose`."""
    _LOGGER.warning("%s", message)
    _LOGGER.debug("", exc_info=True)
