"""Dates of CSL-JSON, out and in: parts, seasons, `circa`, two ends, or text.

Source: CSL 1.0.2, `csl-data.json`, and its appendix on dates.  A negative year there is one before
our era (-44 is 44 BCE), where EDTF has a year 0.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from mkdocs_annotate.exchange.arrivals import entries_of, line_of
from mkdocs_annotate.model.date_text import read_date
from mkdocs_annotate.model.edtf import Moment, PublicationDate, parse_edtf

Json: TypeAlias = dict[str, Any]

_NO = ("", "0", "false", "no")
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


def csl_date(date: PublicationDate) -> Json:
    """Return a date as CSL has it; what it has no parts for is text."""
    if date.status or (date.stretch and date.start is None):
        return {"literal": str(date)}
    moments = [one for one in (date.start, date.end) if one]
    first = moments[0]
    if first.unknown_digits and not date.stretch:
        last = first.year + 10**first.unknown_digits - 1
        written: Json = {"date-parts": [[first.year], [last]]}
    else:
        written = {"date-parts": [_parts(one) for one in moments]}
        if date.stretch and date.end is None:
            # So processors know a stretch that goes on.
            written["date-parts"].append([0])
        if first.season:
            written["season"] = first.season
    if any(one.circa or one.uncertain for one in moments):
        written["circa"] = True
    return written


def _parts(moment: Moment) -> list[int]:
    year = moment.year if moment.year > 0 else moment.year - 1
    return [year, *(part for part in (moment.month, moment.day) if part)]


def read_csl_date(value: Any) -> PublicationDate | None:
    """Return the date that a variable of CSL gives; None if none, or more than one reading.

    Never raises.
    """
    if not isinstance(value, Mapping):
        return read_date(line_of(value))
    parts = [_numbers(one) for one in entries_of(value.get("date-parts"))[:2]]
    if any(parts):
        return _of_parts(parts, value)
    for form in ("edtf", "raw", "literal"):
        date = read_date(line_of(value.get(form)))
        if date:
            return _about(date) if _is_circa(value) else date
    return None


def _numbers(parts: Any) -> list[str]:
    """Return the parts that say something; programs write `null`, 0 or nothing for others."""
    texts = [line_of(part) for part in entries_of(parts)[:3]]
    return [text for text in texts if text not in ("", "0")]


def _of_parts(parts: list[list[str]], value: Mapping[str, Any]) -> PublicationDate | None:
    season = _season(value.get("season"))
    moments = [_moment(one, season if len(one) == 1 else 0) if one else None for one in parts]
    if any(one and found is None for one, found in zip(parts, moments, strict=True)):
        return None
    texts = [str(found) if found else ".." for found in moments]
    date = parse_edtf("/".join(texts))
    return _about(date) if date and _is_circa(value) else date


def _season(value: Any) -> int:
    """Return the season from 1 to 4; 0 where there is none, or one that is unknown."""
    text = line_of(value).lower()
    number = int(text) if text in ("1", "2", "3", "4", "21", "22", "23", "24") else 0
    return number % 20 or _SEASONS.get(text, 0)


def _moment(numbers: list[str], season: int) -> Moment | None:
    """Return the moment of a year, a month or a season, and a day; None if there is none."""
    if not all(
        one.removeprefix("-").isascii() and one.removeprefix("-").isdigit() for one in numbers
    ):
        return None
    year, month, day = [*(int(one[:6]) for one in numbers), 0, 0][:3]
    year += year < 0
    # Processors know seasons as months from 13, too, and from 21.
    found = next((month - base for base in (12, 20) if base < month <= base + 4), 0)
    if found and not day:
        month, season = 0, found
    if not 0 <= month <= 12 or abs(year) > 9999:
        return None
    return Moment(year, month, day, season)


def _about(date: PublicationDate) -> PublicationDate:
    start, end = (one and replace(one, circa=True) for one in (date.start, date.end))
    return replace(date, start=start, end=end)


def _is_circa(value: Mapping[str, Any]) -> bool:
    circa = value.get("circa")
    return circa is True or line_of(circa).lower() not in _NO
