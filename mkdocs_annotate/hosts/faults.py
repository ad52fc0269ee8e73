"""What is wrong with the options of a site or a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Problem, Rule
from mkdocs_annotate.sidecar.files import display_path


class Fault(NamedTuple):
    """An option that can't be used: its name, what is wrong, and what to do."""

    name: str
    message: str
    cure: str


def fault_problems(faults: Sequence[Fault], file: Path | str) -> list[Problem]:
    """Return `faults` as problems of the configuration `file`."""
    if not faults:
        return []
    position = Position(display_path(file), 1, 1)
    return [Problem(position, Rule.BAD_OPTION, fault.message, fault.cure) for fault in faults]
