"""Answers to questions: single keys at a terminal, else lines of the input."""

import sys

import click


class Ended(Exception):
    """There are no more answers: the input ends, or Ctrl-C was typed."""

    def __init__(self, *, stopped: bool) -> None:
        super().__init__()
        self.stopped = stopped
        """It was Ctrl-C."""


def read_key(question: str) -> str:
    """Return the answer to `question`: at a terminal the key that is pressed, else a line.

    Raises Ended.
    """
    click.echo(question, nl=False)
    try:
        if sys.stdin.isatty():
            key = click.getchar()
            click.echo(key)
        else:
            key = _line()
        return key.strip()
    except (KeyboardInterrupt, EOFError) as error:
        click.echo()
        raise Ended(stopped=isinstance(error, KeyboardInterrupt)) from error


def read_line(question: str) -> str:
    """Return a line in answer to `question`, without blanks around it.  Raises Ended."""
    click.echo(question, nl=False)
    try:
        return _line().strip()
    except (KeyboardInterrupt, EOFError) as error:
        click.echo()
        raise Ended(stopped=isinstance(error, KeyboardInterrupt)) from error


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    if not sys.stdin.isatty():
        # Nobody else writes down what was answered.
        click.echo(line.strip())
    return line
