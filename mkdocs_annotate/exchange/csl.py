"""Sources as CSL-JSON.

https://github.com/citation-style-language/schema, `csl-data.json` of CSL 1.0.2.  That schema
refuses keys it doesn't know, so what only we have goes into `custom`; it wants dates in parts.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from mkdocs_annotate.exchange.csl_dates import csl_date, read_csl_date
from mkdocs_annotate.exchange.csl_variables import ISSUED, Json
from mkdocs_annotate.model.edtf import Moment, PublicationDate
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.sources import Author, Source

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
        names = [_name(one) for one in getattr(source, people)]
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


def _name(author: Author) -> Json:
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
