"""What is wrong with the options of a site or a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mkdocs_annotate.hosts.option_places import option_position
from mkdocs_annotate.model.problems import Problem, Rule


class Fault(NamedTuple):
    """An option that can't be used: its name, what is wrong, and what to do."""

    name: str
    message: str
    cure: str
    path: tuple[str, ...] = ()
    """The keys below the option that lead to the mistake, or the text in its list."""


def fault_problems(faults: Sequence[Fault], file: Path | str) -> list[Problem]:
    """Return `faults` as problems of `file`, a configuration or an article with front matter."""
    return [
        Problem(
            option_position(file, fault.name, fault.path),
            Rule.BAD_OPTION,
            fault.message,
            fault.cure,
        )
        for fault in faults
    ]
