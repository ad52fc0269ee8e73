"""Sources as CSL-JSON, out and in.

https://github.com/citation-style-language/schema, `csl-data.json` of CSL 1.0.2.  That schema
refuses keys it doesn't know, so what only we have goes into `custom`; it wants dates in parts.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from mkdocs_annotate.exchange.arrivals import Unusable, entries_of, line_of, text_of
from mkdocs_annotate.exchange.csl_variables import Json, variables_of
from mkdocs_annotate.exchange.entries import (
    Entries,
    Entry,
    edtf_date,
    key_of,
    sound_address,
    sound_doi,
    written_name,
)
from mkdocs_annotate.exchange.plain_text import html_text
from mkdocs_annotate.model.dates import Date, parse_date
from mkdocs_annotate.model.links import Link, LinkKind, parse_link
from mkdocs_annotate.model.places import Position
from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.model.sources import (
    ACCESSES,
    ROLES,
    SOURCE_TYPES,
    URL_STATUSES,
    Author,
    Source,
)
from mkdocs_annotate.sidecar.editing import Fields
from mkdocs_annotate.sidecar.format import LANGUAGE_PATTERN

_TEXTS = {
    "title": "title",
    "publisher": "publisher",
    "container": "container-title",
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

_OF_A_COPY = ("archive", "archive_location")

_WORDS = {"url_status": URL_STATUSES, "access": ACCESSES, "role": ROLES}
"""Fields of `custom` that hold one of some words."""


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
    if source.author:
        item["author"] = [_name(author) for author in source.author]
    for theirs, date in (("issued", source.date), ("accessed", source.accessed)):
        if date:
            item[theirs] = _date_parts(date)
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


def _date_parts(date: Date) -> Json:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}


def _custom(source: Source) -> Json:
    custom: Json = {}
    if source.archive_date:
        custom["archive_date"] = str(source.archive_date)
    if not source.reachable:
        custom["url_status"] = source.url_status
    if source.access:
        custom["access"] = source.access
    if source.role:
        custom["role"] = source.role
    return custom


def is_csl(value: Any) -> bool:
    """Return whether JSON is an item of CSL, or a list of them."""
    return any(
        isinstance(item, dict) and "id" in item and "type" in item and "target" not in item
        for item in entries_of(value)
    )


def read_csl(value: Any, file: str = "", places: Sequence[tuple[int, int]] = ()) -> Entries:
    """Return the sources of `file` by key, and what of it can't be used.

    `places` are line and column of each item, as far as they are known.  Raises Unusable.
    """
    if not is_csl(value):
        raise Unusable("the file holds no items with `id` and `type`, and so is no CSL-JSON")
    entries = Entries()
    for number, item in enumerate(entries_of(value)):
        position = Position(file, *(places[number] if number < len(places) else (1, 1)))
        if isinstance(item, dict):
            fields = _fields(item, position, entries)
            extra = variables_of(item)
            if "archive_url" in fields:
                # The copy has a field of its own, and its archive is told by the address.
                extra = {name: extra[name] for name in extra if name not in _OF_A_COPY}
            entries.add(key_of(item.get("id")), Entry(fields, position, extra))
        else:
            cure = "an item stands in braces, with `id`, `type` and `title`"
            entries.tell(position, Rule.WRONG_SHAPE, "no source at all", cure)
    return entries


def _fields(item: Json, position: Position, entries: Entries) -> Fields:
    """Return the fields of an item; of those that no source can hold the reader is told."""
    fields: dict[str, Any] = {"type": line_of(item.get("type"))}
    if fields["type"] not in SOURCE_TYPES:
        del fields["type"]
    fields["title"] = _plain(item.get("title")) or _plain(item.get("title-short"))
    authors = [name for name in map(_author, entries_of(item.get("author"))) if name]
    fields["author"] = authors[0] if len(authors) == 1 else authors
    fields["publisher"] = _plain(item.get("publisher"))
    fields["container"] = _plain(item.get("container-title"))
    fields["date"] = _date(item.get("issued"))
    fields["url"] = sound_address(line_of(item.get("URL")), position, entries)
    fields["doi"] = sound_doi(line_of(item.get("DOI")), position, entries)
    fields["accessed"] = _date(item.get("accessed"))
    fields["archive_url"] = _linked(item.get("archive_location"))
    fields |= _own(item.get("custom"))
    fields["genre"] = _plain(item.get("genre"))
    language = line_of(item.get("language"))
    fields["language"] = language if re.fullmatch(LANGUAGE_PATTERN, language) else ""
    fields["note"] = text_of(item.get("note"))
    return {name: value for name, value in fields.items() if value}


def _plain(value: Any) -> str:
    """Return a text as one line, without the tags that CSL allows: `<i>`, `<sub>`."""
    line = line_of(value)
    return line_of(html_text(line)) if re.search("</?[a-z]", line[:10_000]) else line


def _own(custom: Any) -> dict[str, str]:
    """Return what we ourselves put into `custom`."""
    if not isinstance(custom, dict):
        return {}
    found = {"archive_date": _date(custom.get("archive_date"))}
    for key, words in _WORDS.items():
        word = line_of(custom.get(key))
        found[key] = word if word in words else ""
    return found


def _linked(value: Any) -> str:
    """Return an address that can be linked to; an archive's shelf mark is none."""
    address = line_of(value)
    link = parse_link(address) if address.startswith(("http://", "https://")) else None
    return link.address if isinstance(link, Link) else ""


def _author(name: Any) -> str:
    if not isinstance(name, dict):
        return ""
    parts = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(filter(None, (line_of(name.get(part)) for part in parts)))
    given = " ".join(filter(None, (line_of(name.get(part)) for part in ("given", "suffix"))))
    return written_name(family, given, line_of(name.get("literal")))


def _date(value: Any) -> str:
    """Return a date as a sidecar writes it; empty where there is none, or more than one reading."""
    if not isinstance(value, dict):
        return edtf_date(value)
    parts = next(iter(entries_of(value.get("date-parts"))), None)
    numbers = [line_of(part) for part in entries_of(parts)][:3]
    if numbers and all(part.isascii() and part.isdigit() for part in numbers):
        widths = (4, 2, 2)
        date = parse_date("-".join(n.zfill(w) for n, w in zip(numbers, widths, strict=False)))
        return str(date) if date else ""
    return (
        edtf_date(value.get("edtf"))
        or edtf_date(value.get("raw"))
        or edtf_date(value.get("literal"))
    )
