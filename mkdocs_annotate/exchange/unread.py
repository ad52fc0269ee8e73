"""The fields of a file that nothing is made of: named once, with the first place of each."""

from collections.abc import Collection, Mapping
from typing import Any

from mkdocs_annotate.exchange.arrivals import Skip
from mkdocs_annotate.exchange.json_text import place_of
from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.model.places import Position

MOST_NAMES = 60
"""Most names of a message; the largest files of reference managers have about 40."""


class Unread:
    """Counts the fields of `file` that are not read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._counts: dict[str, int] = {}
        self._places: dict[str, tuple[int, int]] = {}

    def copy(self) -> "Unread":
        """Return another one with the same fields."""
        other = Unread(self.file)
        other._counts, other._places = dict(self._counts), dict(self._places)
        return other

    def add(self, name: str, place: tuple[int, int]) -> None:
        """Count one more field called `name`, at a line and column from 1."""
        self._counts[name] = self._counts.get(name, 0) + 1
        self._places.setdefault(name, place)

    def look(self, entry: Mapping[str, Any], read: Collection[str], under: str = "") -> None:
        """Count the fields of `entry` that say something, but for those that are `read`.

        `under` is put before their names.  Fields that stand twice are counted, too.
        """
        place = place_of(entry)
        for name, value in entry.items():
            if name not in read and says_something(value):
                self.add(under + name, place)
        for name in getattr(entry, "repeated", ()):
            self.add(f"{under}{name} (again)", place)

    @property
    def position(self) -> Position:
        """Return the first place of all; the beginning of the file where there is none."""
        return Position(self.file, *min(self._places.values(), default=(1, 1)))

    @property
    def names(self) -> str:
        """Return the fields in the order of their places, with their counts; empty for none."""
        names = sorted(self._counts, key=lambda name: self._places[name])
        parts = [f"`{shown(name)}` ({self._where(name)})" for name in names[:MOST_NAMES]]
        if len(names) > MOST_NAMES:
            parts.append(f"and {len(names) - MOST_NAMES} more")
        return ", ".join(parts)

    def _where(self, name: str) -> str:
        line, count = self._places[name][0], self._counts[name]
        return f"line {line}" if count == 1 else f"{count:,} times, first in line {line}"

    def skips(self) -> tuple[Skip, ...]:
        """Return what is to be reported of an import: one line, or nothing."""
        if not self._counts:
            return ()
        return (Skip(self.position, f"a sidecar has no field for {self.names}"),)


def understood(**found: Any) -> set[str]:
    """Return the names of fields of which something was made: what was `found` is not empty."""
    return {name for name, value in found.items() if value}


def says_something(value: Any) -> bool:
    """Return whether JSON holds more than blanks, empty lists and empty objects."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif one is not None and one is not False and str(one).strip():
            return True
    return False
