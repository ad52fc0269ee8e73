"""Reports problems as log lines, which hosts count, and reads the log lines of hosts."""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mkdocs_annotate.model.messages import nearest
from mkdocs_annotate.model.problems import Level, Problem, Rule, in_order, shown
from mkdocs_annotate.model.reporting import RuleSettings, levelled

_LEVELS = {Level.WARNING: logging.WARNING, Level.ERROR: logging.ERROR}
_REPORTER = "_annotate_reporter"

# Warnings of loggers below `mkdocs` make a strict build of MkDocs and ProperDocs fail; elsewhere
# they go to stderr.
_LOGGER = logging.getLogger("mkdocs.plugins.mkdocs_annotate")


class Reporter:
    """Reports the problems of one build: at the levels of the site, in order, in one line each."""

    def __init__(self) -> None:
        self.host_found = False
        """Zensical has named the page that is converted."""

        self._reported: set[Problem] = set()

    def report(
        self,
        problems: Iterable[Problem],
        rules: RuleSettings,
        *,
        once: bool = False,
        also_info: bool = False,
    ) -> tuple[Problem, ...]:
        """Log `problems`, and return them at the levels of `rules`, by file, line and column.

        With `once`, for problems of the whole site, those that this build has reported already are
        returned and not logged again; problems of templates are never logged twice.  Problems of
        the level info are logged where `also_info` is set, and fail no build; else only `check`
        shows them.
        """
        found = in_order(levelled(problems, rules))
        for problem in found:
            of_site = once or problem.rule == Rule.BAD_TEMPLATE
            if of_site and problem in self._reported:
                continue
            if of_site:
                self._reported.add(problem)
            if also_info or problem.level in _LEVELS:
                _LOGGER.log(_LEVELS.get(problem.level, logging.INFO), "%s", problem)
        return found


_ELSEWHERE = Reporter()
"""Zensical and Python-Markdown don't say where a build begins: there it is that of the process."""


def reporter_of(config: Any = None) -> Reporter:
    """Return the reporter of the build with this `config` of MkDocs; without it, of the process."""
    if config is None:
        return _ELSEWHERE
    reporter: Reporter = vars(config).setdefault(_REPORTER, Reporter())
    return reporter


def begin_reports(config: Any) -> None:
    """Begin a build with this `config` of MkDocs: nothing is reported yet."""
    vars(config)[_REPORTER] = Reporter()


def report_internal_error(problem: Problem) -> None:
    """Log an error of our own that is about no page, with its traceback."""
    _LOGGER.warning("%s", problem)
    log_traceback()


def say(message: str) -> None:
    """Log a message that is not a problem."""
    _LOGGER.info("%s", message)


def log_traceback() -> None:
    """Log the traceback of the exception being handled, for whoever runs with `--verbose`."""
    _LOGGER.debug("", exc_info=True)


_NOT_INSTALLED = re.compile(r'The "([^"]{1,100})" plugin is not installed')


_OTHER_NAME = re.compile("Failed to load extension 'annotate'.*No module named 'annotate'")


def builder_failure(errors: Sequence[str], error: Exception) -> str:
    """Return the errors that builders logged before `error` ended them, with a hint if we know one.

    A plugin that is not installed is either ours with a typo, or missing beside this command.
    """
    message = "; ".join([*errors, str(error)])
    if _OTHER_NAME.search(message):
        return "there is no extension 'annotate'; did you mean `mkdocs_annotate`?"
    missing = _NOT_INSTALLED.search(message)
    if not missing:
        return message
    near = nearest(missing[1], ["annotate"])
    hint = f"did you mean `{near}`?" if near else "install it beside mkdocs-annotate"
    return f"{errors[-1] if errors else message}; {hint}"


def failure(error: Exception) -> str:
    """Return the message of an error that a plugin, a hook or an extension raised."""
    message = shown(str(error))
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


class _Errors(logging.Handler):
    """Collects the errors that a builder logs."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.found = found

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(" ".join(record.getMessage().split()))


@contextmanager
def quiet_builders() -> Iterator[list[str]]:
    """Keep the log of builders off the terminal, and collect their errors.

    The command reports the problems of sidecars itself.
    """
    errors: list[str] = []
    handler = _Errors(errors)
    loggers = [logging.getLogger(name) for name in ("mkdocs", "properdocs")]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.ERROR)
        logger.propagate = False
    try:
        yield errors
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate
