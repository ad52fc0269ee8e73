"""Sources as items of CSL-JSON, and conversion of dates from and to CSL.

Dates have parts, seasons, `circa`, two ends, or are text. A negative year is one before our era
(-44 is 44 BCE), where EDTF has a year 0. The schema refuses keys that it does not know, so what
only we have goes into `custom`.

Source: CSL 1.0.2, appendix IV of https://docs.citationstyles.org/en/stable/specification.html, and
`csl-data.json` of https://github.com/citation-style-language/schema.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from mkdocs_annotate.exchange.imported import line_of, list_of
from mkdocs_annotate.exchange.plain_text import title_text
from mkdocs_annotate.model.date_text import read_date
from mkdocs_annotate.model.dates import Moment, PublicationDate, parse_edtf
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.sources import Author, Source
from mkdocs_annotate.sidecar.format import PASSAGE

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
    """Return the date in a variable of CSL; None if there is none, or if it has several readings.

    Never raises.
    """
    if not isinstance(value, Mapping):
        return read_date(line_of(value))
    parts = [_numbers(one) for one in list_of(value.get("date-parts"))[:2]]
    if any(parts):
        return _of_parts(parts, value)
    for form in ("edtf", "raw", "literal"):
        date = read_date(line_of(value.get(form)))
        if date:
            return _about(date) if _is_circa(value) else date
    return None


def _numbers(parts: Any) -> list[str]:
    """Return the parts that say something; programs write `null`, 0 or nothing for others."""
    texts = [line_of(part) for part in list_of(parts)[:3]]
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


ISSUED = ("article-journal", "article-magazine", "article-newspaper", "periodical")
"""Types whose `number` is that of an issue."""

TEXTS = frozenset(
    """abstract annote archive archive_collection archive_location archive-place authority
    call-number chapter-number citation-key collection-number container-title-short dimensions
    division event event-place event-title ISBN ISSN issue journalAbbreviation jurisdiction
    keyword language medium number number-of-pages number-of-volumes original-publisher
    original-publisher-place original-title page-first part part-title PMCID PMID printing
    publisher-place references reviewed-genre reviewed-title scale section shortTitle source status
    supplement title-short version volume-title volume-title-short year-suffix""".split()
)
_NAMES = frozenset(
    """chair collection-editor compiler composer container-author contributor curator director
    editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer
    series-creator""".split()
)
_DATES = frozenset(["available-date", "event-date", "original-date", "submitted"])
_LISTS = frozenset(["categories"])
_NAME_PARTS = (
    "family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal",
)  # fmt: skip


def variables_of(item: Mapping[str, Any]) -> Json:
    """Return the variables of an item of CSL that sources don't have, but exports keep.

    Texts are one line each.  One of over `PASSAGE` characters is not taken, nor is anything of
    another type, nor a list of names of which one is none.  Never raises.
    """
    found: Json = {}
    for name, value in item.items():
        kept = _kept(name, value)
        if kept:
            found[name] = kept
    return found


def _kept(name: str, value: Any) -> Any:
    if name in TEXTS:
        text = title_text(line_of(value))
        return text if len(text) <= PASSAGE else None
    if name in _LISTS:
        return [text for text in map(line_of, list_of(value)) if text]
    if name in _NAMES:
        names = [_name(part) for part in list_of(value)]
        return names if all(names) else None
    if name in _DATES:
        date = read_csl_date(value)
        return csl_date(date) if date else None
    return None


def _name(value: Any) -> Json:
    if not isinstance(value, dict):
        return {"literal": line_of(value)} if line_of(value) else {}
    parts = ((part, line_of(value.get(part))) for part in _NAME_PARTS)
    return {part: text for part, text in parts if text}


_TEXTS = {
    "title": "title",
    "publisher": "publisher",
    "container": "container-title",
    "series": "collection-title",
    "edition": "edition",
    "volume": "volume",
    "pages": "page",
    "doi": "DOI",
    "genre": "genre",
    "language": "language",
    "note": "note",
}
"""Fields that are texts here and there."""

_ARCHIVES = {
    "web.archive.org": "Internet Archive",
    "archive.today": "archive.today",
    "archive.ph": "archive.today",
    "perma.cc": "Perma.cc",
}
_HOST = re.compile(r"https?://([^/?#:]+)", re.IGNORECASE)

_PEOPLE = ("author", "editor", "translator")


class CslList:
    """The sources that the articles of a site cite, each once, in order of first citation.

    It keeps the JSON of each: two articles may call different documents by one key.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._known: set[tuple[str, str]] = set()
        self._next: dict[str, int] = {}

    def add(self, cited: Mapping[str, Source], linked: Callable[[Link], str | None]) -> None:
        """Take the sources that one article cites, by key; `linked` as for `csl_items`."""
        for key, source in cited.items():
            (item,) = csl_items([(key, source)], linked)
            del item["id"]
            text = json.dumps(item, ensure_ascii=False)
            if (key, text) in self._known:
                continue
            self._known.add((key, text))
            id_ = key
            while id_ in self._texts:
                # Where to go on counting: thousands of articles may each have a `report`.
                self._next[key] = self._next.get(key, 1) + 1
                id_ = f"{key}-{self._next[key]}"
            self._texts[id_] = text

    def items(self) -> Iterator[Json]:
        """Yield an item for each source."""
        for id_, text in self._texts.items():
            yield {"id": id_, **json.loads(text)}


def csl_items(
    sources: Sequence[tuple[str, Source]], linked: Callable[[Link], str | None]
) -> list[Json]:
    """Return an item for each source, by the id to give it.

    `linked` makes whole addresses of those on the site; None leaves one out.
    """
    return [_item(id_, source, linked) for id_, source in sources]


def _item(id_: str, source: Source, linked: Callable[[Link], str | None]) -> Json:
    item: Json = {"id": id_, "type": source.type}
    for ours, theirs in _TEXTS.items():
        if getattr(source, ours):
            item[theirs] = getattr(source, ours)
    if source.number:
        item["issue" if source.type in ISSUED else "number"] = source.number
    for people in _PEOPLE:
        names = [_csl_author(one) for one in getattr(source, people)]
        if names:
            item[people] = names
    item |= _dates(source)
    for theirs, link in (("URL", source.url), ("archive_location", source.archive_url)):
        address = _address(link, linked)
        if address:
            item[theirs] = address
    if "archive_location" in item:
        host = _HOST.match(item["archive_location"])
        item["archive"] = _ARCHIVES.get(host[1], host[1]) if host else "this site"
    custom = _custom(source)
    if custom:
        item["custom"] = custom
    # What was taken along never takes the place of what the source says.
    return item | dict(filter(lambda pair: pair[0] not in item, source.extra.items()))


def _address(link: Link | None, linked: Callable[[Link], str | None]) -> str | None:
    if link is None:
        return None
    return linked(link) if link.kind is LinkKind.SITE else link.address


def _csl_author(author: Author) -> Json:
    if author.given:
        return {"family": author.family, "given": author.given}
    return {"literal": author.family}


def _dates(source: Source) -> Json:
    accessed = source.accessed
    day = Moment(accessed.year, accessed.month, accessed.day) if accessed else None
    dates = {"issued": source.date, "accessed": PublicationDate(day) if day else None}
    return {name: csl_date(date) for name, date in dates.items() if date}


def _custom(source: Source) -> Json:
    custom: Json = {}
    if source.archive_date:
        custom["archive_date"] = str(source.archive_date)
    if source.date and read_csl_date(csl_date(source.date)) != source.date:
        # Such as a decade, which there are only two ends of a stretch for.
        custom["date"] = str(source.date)
    if not source.reachable:
        custom["url_status"] = source.url_status
    if source.access:
        custom["access"] = source.access
    if source.role:
        custom["role"] = source.role
    return custom
