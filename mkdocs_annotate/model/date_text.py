"""Dates as people and programs write them: `c. 1850`, `Spring 2019`, `May–June 1998`, `44 BC`.

A date with two readings, such as `03/04/2024`, is not read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from mkdocs_annotate.model.dates import (
    Moment,
    PublicationDate,
    meant_date,
    parse_edtf,
    parse_moment,
)

LONGEST = 80
"""Longest text that is read as a date, in characters."""

_MONTHS = "january february march april may june july august september october november december"
_MONTH_NUMBERS = {
    name[:length]: number
    for number, name in enumerate(_MONTHS.split(), 1)
    for length in range(3, len(name) + 1)
}
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}

_WORDS = {
    "in press": "in press", "inpress": "in press", "forthcoming": "forthcoming",
    "to appear": "forthcoming", "to be published": "forthcoming",
    "in preparation": "in preparation", "inpreparation": "in preparation",
    "submitted": "submitted", "under review": "submitted",
    "n.d": "no date", "n. d": "no date", "nd": "no date", "no date": "no date",
    "undated": "no date", "s.d": "no date", "s. d": "no date", "s.a": "no date", "o.j": "no date",
    "o. j": "no date", "im druck": "in press", "im erscheinen": "forthcoming",
    "sous presse": "in press", "en prensa": "in press", "no prelo": "in press",
}  # fmt: skip

_CIRCA = re.compile(r"(?:c\.|ca\.?|circa|cca\.?|approx(?:\.|imately)?|about|around)\s*(?=\d)")
_PERHAPS = re.compile(r"(?:perhaps|probably|possibly|prob\.)\s+")
_DOUBT = re.compile(r"\s*(?:\(\?\)|\[\?\])$")
_BEFORE = re.compile(r"(?:before|until|not after|-|–)\s*(?=\d)")
_AFTER = re.compile(r"(?:after|since|not before|from)\s+(?=\d)")
_ONGOING = re.compile(r"\s*(?:--|[-–—]|to present|[-–—] ?present)$")
_BCE = re.compile(r"(\d{1,4})\s*(?:b\.?\s?c\.?(?:\s?e\.?)?|v\. ?chr\.?)")
_CE = re.compile(r"(?:a\.?d\.?\s*)(\d{1,4})|(\d{1,4})\s*(?:a\.?d\.?|c\.?e\.?)")
_DECADE = re.compile(r"(?:the )?(\d{3})(?:0['’]?s|-)")
_CENTURY = re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th)[ -](?:century|cent\.?|c\.?)")
_SPAN = re.compile(r"\s*(?:--|[–—/]|\bto\b|(?<=\d)-(?=\d)|(?<=[a-z])-(?=[a-z]))\s*")
_TIME = re.compile(r"(?<=\d)[t ]\d{2}:\d{2}.*$")
_UNKNOWN_PARTS = re.compile(r"(?<=\d{4})(?P<month>-xx)?(?:-xx)+$|(?<=\d{4}-\d{2})-xx$")
_SUFFIX = re.compile(r"(\d{4})[a-h]")
_YEAR_OR_MONTH = re.compile(r"\d{4}[/.]\d{2}")
_WORD = re.compile(r"[a-z]+\.?|\d+(?:st|nd|rd|th)?")


def read_date(text: str) -> PublicationDate | None:
    """Return the date that `text` gives in EDTF or in words; None if none, or more than one.

    Never raises.  Cost: bounded by `LONGEST`.
    """
    plain = " ".join(text.split())
    if not plain or len(plain) > LONGEST:
        return None
    exact = parse_edtf(plain)
    if exact:
        return exact
    plain = _inside(plain.lower().strip(" .,;"))
    word = _WORDS.get(plain)
    return PublicationDate(status=word) if word else _stretch(plain) or _one(plain)


def _inside(text: str) -> str:
    """Return `text` without the brackets that cataloguers put around a date: `[1850]`."""
    return text[1:-1].strip() if text[:1] + text[-1:] in ("[]", "()") else text


def _one(text: str) -> PublicationDate | None:
    if _BEFORE.match(text):
        end = _moment(_BEFORE.sub("", text, count=1))
        return PublicationDate(None, end, True) if end else None
    ongoing = _AFTER.match(text) or _ONGOING.search(text)
    if ongoing:
        start = _moment(text.replace(ongoing.group(), ""))
        # `199-` is a decade; `1998-` runs on.
        return PublicationDate(start, None, True) if start else _single(text)
    return _single(text)


def _single(text: str) -> PublicationDate | None:
    moment = _moment(text)
    return PublicationDate(moment) if moment else None


def _stretch(text: str) -> PublicationDate | None:
    """Return a stretch of time, as in `1998–99`, `May/June 1998`, `c. 1850–1860`."""
    if meant_date(text) and not _YEAR_OR_MONTH.fullmatch(text):
        return None
    parts = _SPAN.split(text)
    if len(parts) != 2 or not all(parts) or (_YEAR_OR_MONTH.fullmatch(text) and parts[1] < "13"):
        return None
    first, last = _completed(*parts)
    start, end = _moment(first), _moment(last)
    if not (start and end):
        return None
    if start.circa and not end.circa:
        end = replace(end, circa=True)
    return parse_edtf(f"{start}/{end}")


def _completed(first: str, last: str) -> tuple[str, str]:
    """Return both ends of a stretch, each completed with century, year or month of the other."""
    years = re.findall(r"\d{4}", first)
    if years:
        # `2001-02` is read as a month; another sign between them tells a stretch.
        return first, years[-1][:2] + last if re.fullmatch(r"\d{2}", last) else last
    later = re.findall(r"\d{4}", last)
    if not later:
        return first, last
    if re.fullmatch(r"\d{1,2}", first):
        first = f"{first} {_month_in(last)}"
    if re.fullmatch(r"\d{1,2},? \d{4}", last):
        last = f"{_month_in(first)} {last}"
    return f"{first} {later[-1]}", last


def _month_in(text: str) -> str:
    return next((word for word in _WORD.findall(text) if word.strip(".") in _MONTH_NUMBERS), "")


def _moment(text: str) -> Moment | None:
    """Return one moment, certain or not."""
    text = _inside(text.strip())
    for pattern, doubts in ((_CIRCA, {"circa": True}), (_PERHAPS, {"uncertain": True})):
        if pattern.match(text):
            found = _moment(pattern.sub("", text, count=1))
            return found and replace(found, **doubts)
    if _DOUBT.search(text):
        found = _moment(_DOUBT.sub("", text))
        return found and replace(found, uncertain=True)
    return next((found for form in _FORMS for found in form(text) if found), None)


def _as_edtf(text: str) -> Iterator[Moment | None]:
    upper = _UNKNOWN_PARTS.sub("", _TIME.sub("", text)).upper()
    yield parse_moment(upper)
    # `199u` is what EDTF wrote for `199X` before 2019.
    yield parse_moment(re.sub("U{1,2}(?=[?~%]?$)", lambda found: "X" * len(found[0]), upper))
    year = _SUFFIX.fullmatch(text)
    if year:
        # `1998b`: the letter tells apart two works of one year.
        yield parse_moment(year[1])


def _as_era(text: str) -> Iterator[Moment | None]:
    found = _BCE.fullmatch(text)
    if found and int(found[1]):
        yield Moment(1 - int(found[1]))
    found = _CE.fullmatch(text)
    if found:
        yield parse_moment((found[1] or found[2]).zfill(4))


def _as_decade(text: str) -> Iterator[Moment | None]:
    found = _DECADE.fullmatch(text)
    if found:
        yield parse_moment(f"{found[1]}X")
    found = _CENTURY.fullmatch(text)
    if found and int(found[1]):
        yield parse_moment(f"{int(found[1]) - 1:02d}XX")


def _as_numbers(text: str) -> Iterator[Moment | None]:
    date = None if _YEAR_OR_MONTH.fullmatch(text) else meant_date(text)
    yield parse_moment(str(date)) if date else None
    found = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", text)
    if found:
        yield parse_moment(f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}")


def _as_words(text: str) -> Iterator[Moment | None]:
    """Yield the date in a text such as `3 November 2024`, `Nov. 2024`, `Spring 2019`."""
    plain = re.sub(r"\bof\b|,", " ", text)
    words = [word.strip(".") for word in _WORD.findall(plain)]
    if _WORD.sub("", plain).strip(" .") or len(words) > 3:
        return
    year = [word for word in words if re.fullmatch(r"\d{4}", word)]
    month = [_MONTH_NUMBERS[word] for word in words if word in _MONTH_NUMBERS]
    season = [_SEASONS[word] for word in words if word in _SEASONS]
    day = [word for word in words if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", word)]
    if len(year) != 1 or len(month) + len(season) != 1 or 2 + len(day) != len(words):
        return
    if season:
        yield None if day else Moment(int(year[0]), season=season[0])
    else:
        number = f"-{re.sub('[a-z]', '', day[0]):0>2}" if day else ""
        yield parse_moment(f"{year[0]}-{month[0]:02d}{number}")


_FORMS: tuple[Callable[[str], Iterator[Moment | None]], ...] = (
    _as_decade, _as_edtf, _as_era, _as_numbers, _as_words,
)  # fmt: skip
