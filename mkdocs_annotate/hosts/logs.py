"""Problems to log lines, where every host counts them."""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mkdocs_annotate.model.levels import RuleSettings, levelled
from mkdocs_annotate.model.nearness import nearest
from mkdocs_annotate.model.problems import Level, Problem, Rule, shown

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


def say(message: str) -> None:
    """Tell whoever runs the host something that is no problem."""
    _LOGGER.info("%s", message)


def _log(problem: Problem) -> None:
    if problem.level in _LEVELS:
        _LOGGER.log(_LEVELS[problem.level], "%s", problem)


def report_fault(message: str) -> None:
    """Log a fault of our own, with its traceback for whoever runs with `--verbose`."""
    _LOGGER.warning("%s", message)
    _LOGGER.debug("", exc_info=True)


_NOT_INSTALLED = re.compile(r'The "([^"]{1,100})" plugin is not installed')


_OTHER_NAME = re.compile("Failed to load extension 'annotate'.*No module named 'annotate'")


def builder_failure(told: Sequence[str], error: Exception) -> str:
    """Return what builders said before they gave up with `error`, and what to do if we know.

    A plugin that is not installed is our own mistyped, or is missing where this command runs.
    """
    said = "; ".join([*told, str(error)])
    if _OTHER_NAME.search(said):
        return "there is no extension 'annotate'; did you mean `mkdocs_annotate`?"
    missing = _NOT_INSTALLED.search(said)
    if not missing:
        return said
    near = nearest(missing[1], ["annotate"])
    hint = f"did you mean `{near}`?" if near else "install it beside mkdocs-annotate"
    return f"{told[-1] if told else said}; {hint}"


def failure(error: Exception) -> str:
    """Return what to report of an error that a plugin, a hook or an extension raised."""
    said = shown(str(error))
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


class _Errors(logging.Handler):
    """Keeps what a builder calls an error."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(" ".join(record.getMessage().split()))


@contextmanager
def quiet_builders() -> Iterator[list[str]]:
    """Keep what builders log from the terminal, and give back their errors.

    Problems of sidecars are told once, by the command.
    """
    told: list[str] = []
    errors = _Errors(told)
    loggers = [logging.getLogger(name) for name in ("mkdocs", "properdocs")]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(errors)
        logger.setLevel(logging.ERROR)
        logger.propagate = False
    try:
        yield told
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(errors)
            logger.setLevel(level)
            logger.propagate = propagate
