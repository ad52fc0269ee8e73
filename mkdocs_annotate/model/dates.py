"""Dates as sources give them: a year, a month of a year, or a day.

Source: Library of Congress, Extended Date/Time Format, levels 0 and 1, without times of day and
without years of more than four digits.  Beside it a few words: `in press`.
"""

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


STATUSES = ("in press", "forthcoming", "submitted", "in preparation", "no date")
"""Words in place of a date, for documents that have none yet, or none at all."""

SEASONS = 4
"""Spring, summer, autumn and winter, which EDTF counts from 21."""

_FIRST_SEASON = 21

_MOMENT = re.compile(
    r"(?P<year>-?[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"(?P<sure>[?~%]?)"
)
_OPEN = ".."


@dataclass(frozen=True, slots=True)
class Moment:
    """A year or a part of one, and how sure it is.

    The year is astronomical: 0 is 1 BCE, and -43 is 44 BCE.
    """

    year: int
    """The first of the ten or hundred years meant, where digits are not known."""

    month: int = 0
    """From 1; 0 where there is none."""

    day: int = 0
    """From 1; 0 where there is none."""

    season: int = 0
    """From 1 for spring to 4 for winter; 0 where there is none."""

    unknown_digits: int = 0
    """How many of the last digits of the year are not known: 1 for a decade, 2 for a century."""

    circa: bool = False
    """Approximate: `circa`."""

    uncertain: bool = False
    """Uncertain."""

    def __str__(self) -> str:
        year = f"-{-self.year:04d}" if self.year < 0 else f"{self.year:04d}"
        if self.unknown_digits:
            year = year[: -self.unknown_digits] + "X" * self.unknown_digits
        month = self.month or (self.season and self.season + _FIRST_SEASON - 1)
        parts = [f"{part:02d}" for part in (month, self.day) if part]
        sure = "%" if self.circa and self.uncertain else "~" * self.circa + "?" * self.uncertain
        return "-".join([year, *parts]) + sure


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When a document appeared: a moment, a stretch of time, or a word such as `in press`."""

    start: Moment | None = None
    """The moment, or when the stretch begins; None where that is not known or not said."""

    end: Moment | None = None
    """When the stretch ends; None where that is not known, and where it is no stretch."""

    stretch: bool = False
    """It runs from `start` to `end`."""

    status: str = ""
    """One of `STATUSES` where there is no date."""

    def __str__(self) -> str:
        if self.status:
            return self.status
        if not self.stretch:
            return str(self.start)
        return "/".join(_OPEN if one is None else str(one) for one in (self.start, self.end))

    @property
    def certain(self) -> Date | None:
        """Return the date if it is one year, month or day, certain and of our era; else None."""
        one = self.start
        if self.stretch or one is None or one.year < 1:
            return None
        if one.season or one.unknown_digits or one.circa or one.uncertain:
            return None
        return Date(one.year, one.month, one.day)


def parse_edtf(text: str) -> PublicationDate | None:
    """Return the date that `text` gives in EDTF, or in one word of `STATUSES`; else None.

    Never raises.
    """
    if text in STATUSES:
        return PublicationDate(status=text)
    first, sign, last = text.partition("/")
    start = _end(first) if sign else parse_moment(first)
    end = _end(last) if sign else None
    if isinstance(start, str) or isinstance(end, str) or not (start or end):
        return None
    if start and end and _order(start) > _order(end):
        return None
    return PublicationDate(start, end, bool(sign))


def _end(text: str) -> Moment | str | None:
    """Return one end of a stretch, None where it is open; the text where it is no date."""
    return None if text in ("", _OPEN) else parse_moment(text) or text


def parse_moment(text: str) -> Moment | None:
    """Return the year, or the part of one, that `text` gives in EDTF; else None.  Never raises."""
    found = _MOMENT.fullmatch(text)
    if not found or found["year"] == "-0000":
        return None
    unknown = found["year"].count("X")
    year = int(found["year"].replace("X", "0"))
    month, day = int(found["month"] or 0), int(found["day"] or 0)
    season = 0
    if unknown and found["month"]:
        return None
    if not day and not found["day"] and _FIRST_SEASON <= month < _FIRST_SEASON + SEASONS:
        season, month = month - _FIRST_SEASON + 1, 0
    elif found["month"] and not _is_in_calendar(year, month, found["day"]):
        return None
    sure = found["sure"]
    return Moment(year, month, day, season, unknown, sure in ("~", "%"), sure in ("?", "%"))


def _is_in_calendar(year: int, month: int, day: str | None) -> bool:
    # The calendar repeats every 400 years, and Python's begins with the year 1.
    parts = f"{year % 400 + 400:04d}-{month:02d}"
    return parse_date(f"{parts}-{day}" if day else parts) is not None


def _order(moment: Moment) -> tuple[int, int, int]:
    # A season may begin in the year before: only years are compared where there is one.
    return moment.year, 0 if moment.season else moment.month, moment.day
