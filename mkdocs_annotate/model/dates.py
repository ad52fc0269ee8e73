"""Dates as sources give them: a year, a month of a year, or a day."""

import calendar
import re
from dataclasses import dataclass

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# The year first, so that nobody can read it as another day; a time behind it.
_LOOSE = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Date:
    """A date of the Gregorian calendar that may lack its day, or its day and month (then 0)."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def parse_date(text: str) -> Date | None:
    """Return the date that `text` gives as YYYY, YYYY-MM or YYYY-MM-DD; None if it gives none.

    Never raises.
    """
    found = _FORM.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and month is not None:
        longest = calendar.monthrange(year, month)[1]
        if not 1 <= day <= longest:
            return None
    return Date(year, month or 0, day or 0)


def meant_date(text: str) -> Date | None:
    """Return the date that `text` gives in another form, such as 2024-1-5 or 2024/01/05.

    None where there is more than one way to read it.  Never raises.
    """
    found = _LOOSE.fullmatch(text)
    return parse_date("-".join(part.zfill(2) for part in found.groups() if part)) if found else None


def looks_like_a_date(text: str) -> bool:
    """Return whether `text` has the form of a date, though there may be no such day."""
    return _FORM.fullmatch(text) is not None
