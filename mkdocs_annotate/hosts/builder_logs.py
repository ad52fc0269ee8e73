"""What builders log while a command uses them, kept from the terminal."""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.nearness import nearest

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
