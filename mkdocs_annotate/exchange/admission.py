"""Arrivals as entries of a sidecar: each passes the sidecar's own doors, or is skipped."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.exchange.arrivals import Arrival, Arrivals, Reference
from mkdocs_annotate.exchange.placing import quotes_of
from mkdocs_annotate.model.links import Link, Refusal, doi_link, parse_doi, parse_link
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import (
    Fields,
    Uneditable,
    with_annotations,
    with_sources,
)
from mkdocs_annotate.sidecar.format import ID_LENGTH, ID_PATTERN
from mkdocs_annotate.sidecar.ids import slug_of


@dataclass
class Admission:
    """What is to be written into one sidecar, and why the rest is not."""

    sidecar: Sidecar
    """What the sidecar says so far."""

    shared: Mapping[str, Source] = field(default_factory=dict)
    """Sources of the site."""

    known: str = "already in the sidecar"
    """Why what is there is skipped."""

    annotations: list[Fields] = field(default_factory=list)
    sources: dict[str, Fields] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def admit(self, arrivals: Arrivals, page: Page, source: str, address: str = "") -> None:
        """Take what `arrivals` bring; `source` is the text of the article's file.

        Where some are about the page at `address`, those about other pages are skipped.
        """
        self.skipped += arrivals.skipped
        self.left_out += arrivals.left_out
        taken = _Keys(self)
        for key, fields in arrivals.sources.items():
            self._admit_source(key, fields, taken)
        page.expect(Words(target.exact) for one in arrivals.annotations for target in one.targets)
        said = {_said(entry) for entry in self.sidecar.annotations}
        ids = {annotation.id for annotation in self.sidecar.annotations}
        wanted = _same_page(address)
        several = wanted in {_same_page(one.page) for one in arrivals.annotations}
        for arrival in arrivals.annotations:
            if several and wanted and _same_page(arrival.page) not in ("", wanted):
                self.skipped.append("about another page")
                continue
            for quote in quotes_of(arrival.targets, page, source):
                self._admit(arrival, quote, taken, said, ids)

    def admit_sources(self, arrivals: Arrivals) -> None:
        """Take the sources alone of what `arrivals` bring."""
        self.skipped += arrivals.skipped
        self.left_out += arrivals.left_out
        self.skipped += ["an annotation: name its article with --article"] * len(
            arrivals.annotations
        )
        taken = _Keys(self)
        for key, fields in arrivals.sources.items():
            self._admit_source(key, fields, taken)

    def _admit_source(self, key: str, fields: Fields, taken: "_Keys") -> None:
        reason = _refused({}, {key: fields})
        if reason:
            self.skipped.append(f"a source: {reason}")
        elif taken.found(fields) or taken.same(key, fields):
            self.skipped.append(self.known)
        else:
            taken.add(taken.free(key), fields)

    def _admit(
        self,
        arrival: Arrival,
        quote: dict[str, str],
        taken: "_Keys",
        said: set[tuple[str, ...]],
        ids: set[str],
    ) -> None:
        own = _own_id(arrival, quote["quote"], ids)
        references = [one for one in arrival.references if _is_safe(one)]
        # Sources of an annotation that is refused are not wanted: it is asked first.
        asked = {**quote, **_fields(arrival, [_citation("x", one) for one in references], own)}
        same = (quote["quote"], quote.get("prefix", ""), arrival.note, arrival.by)
        reason = self.known if same in said else _refused(asked, {})
        if reason:
            self.skipped.append(reason)
            return
        said.add(same)
        ids.add(own or slug_of(quote["quote"]))
        cited = [_citation(taken.of(one), one) for one in references]
        self.annotations.append({**quote, **_fields(arrival, cited, own)})


def _same_page(address: str) -> str:
    """Return what addresses of one page have in common."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return re.sub(r"^https?://(?:www\.)?|(?:/(?:index\.html?)?)?$", "", path)


def _said(annotation: Any) -> tuple[str, ...]:
    """Return what makes two annotations the same."""
    quote = annotation.quote
    return quote.exact, quote.prefix, annotation.note, annotation.by


def _fields(arrival: Arrival, sources: list[dict[str, str]], own: str) -> dict[str, Any]:
    cited: Any = [one["source"] if len(one) == 1 else one for one in sources]
    if all(isinstance(one, str) for one in cited):
        cited = cited[0] if len(cited) == 1 else cited
    else:
        cited = sources
    fields: dict[str, Any] = {
        "kind": arrival.kind,
        "note": arrival.note,
        "sources": cited,
        "speaker": arrival.speaker,
        "technique": arrival.technique,
        "by": arrival.by,
        "date": arrival.date,
        "draft": "true" if arrival.draft else "",
        "tags": list(arrival.tags),
        "id": own,
    }
    return {key: value for key, value in fields.items() if value}


def _own_id(arrival: Arrival, quote: str, ids: set[str]) -> str:
    """Return the id that it came with, if it is one, is free, and is not the usual one."""
    usable = re.fullmatch(ID_PATTERN, arrival.id[: ID_LENGTH + 1])
    if not usable or len(arrival.id) > ID_LENGTH or arrival.id in ids:
        return ""
    return "" if arrival.id == slug_of(quote) else arrival.id


def _refused(fields: Fields, sources: Mapping[str, Fields]) -> str:
    """Return why the sidecar's own doors refuse an entry; empty where they don't."""
    try:
        text = with_annotations("", [fields], "") if fields else with_sources("", sources, "")
    except Uneditable:
        return "can't be written as YAML"
    _, problems = parse_sidecar(text, "")
    return problems[0].message if problems else ""


def _is_safe(reference: Reference) -> bool:
    return isinstance(parse_link(reference.address), Link)


def _citation(key: str, reference: Reference) -> dict[str, str]:
    citation = {"source": key, "locator": reference.locator, "quote": reference.quote}
    return {name: value for name, value in citation.items() if value}


class _Keys:
    """The keys of all sources that are described, here or there."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        known = {**admission.shared, **admission.sidecar.sources}
        self.keys = {*known, *admission.sources}
        self.addresses: dict[str, str] = {}
        for key, source in known.items():
            for link in (source.url, doi_link(source.doi)):
                if link:
                    self.addresses.setdefault(link.address, key)
        for key, fields in admission.sources.items():
            self._note(key, fields)

    def _note(self, key: str, fields: Fields) -> None:
        for address in (fields.get("url"), doi_link(str(fields.get("doi", "")))):
            written = address.address if isinstance(address, Link) else address
            if isinstance(written, str):
                self.addresses.setdefault(written, key)

    def found(self, fields: Fields) -> bool:
        """Return whether a document of this address is described."""
        doi = doi_link(str(fields.get("doi", "")))
        return fields.get("url") in self.addresses or bool(doi and doi.address in self.addresses)

    def same(self, key: str, fields: Fields) -> bool:
        """Return whether the source of this key has this title."""
        known = self.admission.sidecar.sources.get(key) or self.admission.shared.get(key)
        return bool(known and known.title == fields["title"])

    def of(self, reference: Reference) -> str:
        """Return the key of the document referred to, which is described if it isn't yet."""
        address = reference.address
        if reference.entry:
            name = slug_of(reference.entry)
            known = next((key for key in self.keys if slug_of(key) == name), "")
            if not known:
                self.add(name, {"title": name})
            return known or name
        if address in self.addresses:
            return self.addresses[address]
        shown = re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")
        key = self.free(slug_of(shown[:60]))
        self.add(key, {"title": shown[:200], **_where(address), **_copy(reference)})
        self.addresses.setdefault(address, key)
        return key

    def free(self, key: str) -> str:
        """Return `key`, with a number behind it where it is taken."""
        number, name = 2, key
        while name in self.keys:
            name, number = f"{key}-{number}", number + 1
        return name

    def add(self, key: str, fields: Fields) -> None:
        """Describe a source."""
        self.keys.add(key)
        self.admission.sources[key] = fields
        self._note(key, fields)


def _where(address: str) -> dict[str, str]:
    doi = (
        parse_doi(address) if re.match(r"https?://(?:dx\.)?doi\.org/", address) else Refusal("", "")
    )
    return {"url": address} if isinstance(doi, Refusal) else {"doi": doi}


def _copy(reference: Reference) -> dict[str, str]:
    copy = parse_link(reference.copy) if reference.copy else None
    if isinstance(copy, Link):
        values = {"archive_url": copy.address, "archive_date": reference.seen}
    else:
        values = {"accessed": reference.seen}
    return {key: value for key, value in values.items() if value}
