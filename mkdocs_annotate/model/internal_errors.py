"""An error of the program itself, as a problem of the file that was being worked on."""

from types import TracebackType

from mkdocs_annotate.model.problems import Position, Problem, Rule, shown

_PACKAGE = __name__.partition(".")[0]


def internal_error(error: BaseException, position: Position) -> Problem:
    """Return the problem that `error`, which nothing expected, ended the work at `position`.

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
