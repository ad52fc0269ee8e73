"""Makes entries of a sidecar from imported annotations and sources, and checks each of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.exchange.imported import (
    NOWHERE,
    Imported,
    ImportedAnnotation,
    LeftOut,
    Reference,
    entry_name,
)
from mkdocs_annotate.exchange.imported_quotes import quotes_of
from mkdocs_annotate.model.links import Link, doi_link, parse_doi, parse_link
from mkdocs_annotate.model.problems import Mistake, Position, shown
from mkdocs_annotate.model.sidecar import Sidecar, id_of, slug_of
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import EditSession, Uneditable
from mkdocs_annotate.sidecar.format import ID_LENGTH, ID_PATTERN
from mkdocs_annotate.sidecar.yaml_text import Fields


@dataclass
class Merger:
    """Collects the entries to add to one sidecar, and the reasons why others are not added."""

    sidecar: Sidecar
    """The sidecar before the import."""

    shared: Mapping[str, Source] = field(default_factory=dict)
    """Sources of the site."""

    known: str = "already in the sidecar"
    """The reason with which entries that are there already are skipped."""

    annotations: list[Fields] = field(default_factory=list)
    sources: dict[str, Fields] = field(default_factory=dict)
    skipped: list[LeftOut] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    renamed: list[LeftOut] = field(default_factory=list)
    """Sources that are added under another key than they had."""

    def add(self, imported: Imported, page: Page, source: str, address: str = "") -> None:
        """Add annotations and sources; `source` is the text of the article's file.

        Where some annotations are about the page at `address`, those about other pages are
        skipped.
        """
        self.skipped += imported.skipped
        self.left_out += imported.left_out
        taken = _Keys(self)
        self._add_all_sources(imported, taken)
        page.expect(Words(target.exact) for one in imported.annotations for target in one.targets)
        known = {_identity(entry) for entry in self.sidecar.annotations}
        ids = {annotation.id for annotation in self.sidecar.annotations}
        wanted = _same_page(address)
        several = wanted in {_same_page(one.page) for one in imported.annotations}
        for annotation in imported.annotations:
            if several and wanted and _same_page(annotation.page) not in ("", wanted):
                self._skip_annotation(annotation, f"about another page, {shown(annotation.page)}")
                continue
            for quote in quotes_of(annotation.targets, page, source):
                self._add(annotation, quote, taken, known, ids)

    def add_sources(self, imported: Imported) -> None:
        """Add the sources alone."""
        self.skipped += imported.skipped
        self.left_out += imported.left_out
        for annotation in imported.annotations:
            self._skip_annotation(annotation, "an annotation", "name its article with --article")
        self._add_all_sources(imported, _Keys(self))

    def _add_all_sources(self, imported: Imported, taken: "_Keys") -> None:
        for key, fields in imported.sources.items():
            position = imported.places.get(key, NOWHERE)
            self._admit_source(key, fields, taken, position)

    def _admit_source(self, key: str, fields: Fields, taken: "_Keys", position: Position) -> None:
        reason = _refused({}, {key: fields})
        known = taken.same(key, fields)
        if reason:
            self.skipped.append(LeftOut(position, f"the source `{shown(key)}`: {reason}"))
        elif known:
            called = "" if known == key else f", as `{shown(known)}`"
            self.skipped.append(
                LeftOut(position, f"the source `{shown(key)}`: {self.known}{called}")
            )
        else:
            free = taken.free(key)
            taken.add(free, fields)
            if free != key:
                message = f"the source `{shown(key)}` is `{shown(free)}` here"
                hint = (
                    f"another source has the key `{shown(key)}`: cite this one as `{shown(free)}`"
                )
                self.renamed.append(LeftOut(position, message, hint))

    def _skip_annotation(self, annotation: ImportedAnnotation, reason: str, hint: str = "") -> None:
        name = entry_name(*(target.exact for target in annotation.targets), annotation.note)
        self.skipped.append(LeftOut(annotation.position, f"{name}: {reason}", hint))

    def _add(
        self,
        annotation: ImportedAnnotation,
        quote: dict[str, str],
        taken: "_Keys",
        known: set[tuple[str, ...]],
        ids: set[str],
    ) -> None:
        own = _own_id(annotation, quote["quote"], ids)
        references = []
        for one in annotation.references:
            link = parse_link(one.address)
            if isinstance(link, Link):
                references.append(one)
            else:
                self.left_out.append(LeftOut(annotation.position, link.message, link.hint))
        # Sources of an annotation that is refused are not wanted: it is asked first.
        asked = {**quote, **_fields(annotation, [_citation("x", one) for one in references], own)}
        same = (quote["quote"], quote.get("prefix", ""), annotation.note, annotation.by)
        reason = self.known if same in known else _refused(asked, {})
        if reason:
            self._skip_annotation(annotation, reason)
            return
        known.add(same)
        ids.add(own or id_of(quote["quote"]))
        cited = [_citation(taken.of(one), one) for one in references]
        self.annotations.append({**quote, **_fields(annotation, cited, own)})


def _same_page(address: str) -> str:
    """Return an address in the form in which all addresses of one page are equal."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return re.sub(r"^https?://(?:www\.)?|(?:/(?:index\.html?)?)?$", "", path)


def _identity(annotation: Any) -> tuple[str, ...]:
    """Return what makes two annotations the same."""
    quote = annotation.quote
    return quote.exact, quote.prefix, annotation.note, annotation.by


def _fields(
    annotation: ImportedAnnotation, sources: list[dict[str, str]], own: str
) -> dict[str, Any]:
    cited: Any = [one["source"] if len(one) == 1 else one for one in sources]
    if all(isinstance(one, str) for one in cited):
        cited = cited[0] if len(cited) == 1 else cited
    else:
        cited = sources
    fields: dict[str, Any] = {
        "kind": annotation.kind,
        "note": annotation.note,
        "sources": cited,
        "speaker": annotation.speaker,
        "technique": annotation.technique,
        "by": annotation.by,
        "date": annotation.date,
        "draft": "true" if annotation.draft else "",
        "tags": list(annotation.tags),
        "id": own,
    }
    return {key: value for key, value in fields.items() if value}


def _own_id(annotation: ImportedAnnotation, quote: str, ids: set[str]) -> str:
    """Return the imported id if it is valid, free, and not the default one."""
    usable = re.fullmatch(ID_PATTERN, annotation.id[: ID_LENGTH + 1])
    if not usable or len(annotation.id) > ID_LENGTH or annotation.id in ids:
        return ""
    return "" if annotation.id == id_of(quote) else annotation.id


def _refused(fields: Fields, sources: Mapping[str, Fields]) -> str:
    """Return why a sidecar can't have an entry, by its own rules; empty if it can."""
    try:
        session = EditSession("", "")
        if fields:
            session.add_annotations([fields])
        else:
            session.add_sources(sources)
    except Uneditable:
        return "can't be written as YAML"
    _, problems = parse_sidecar(session.text, "")
    return problems[0].message if problems else ""


def _citation(key: str, reference: Reference) -> dict[str, str]:
    citation = {"source": key, "locator": reference.locator, "quote": reference.quote}
    return {name: value for name, value in citation.items() if value}


class _Keys:
    """The keys of all sources, of the sidecar and of the import."""

    def __init__(self, admission: Merger) -> None:
        self.admission = admission
        known = {**admission.shared, **admission.sidecar.sources}
        self.keys = {*known, *admission.sources}
        self.addresses: dict[str, str] = {}
        self.documents: dict[str, list[str]] = {}
        """The keys of all documents at an address."""
        self.titles: dict[str, str] = {}
        for key, source in known.items():
            self.titles[key] = _comparable(source.title)
            for link in (source.url, doi_link(source.doi)):
                if link:
                    self._note_address(link.address, key)
        for key, fields in admission.sources.items():
            self._note(key, fields)

    def _note(self, key: str, fields: Fields) -> None:
        self.titles[key] = _comparable(fields["title"])
        for address in (fields.get("url"), doi_link(str(fields.get("doi", "")))):
            written = address.address if isinstance(address, Link) else address
            if isinstance(written, str):
                self._note_address(written, key)

    def _note_address(self, address: str, key: str) -> None:
        self.addresses.setdefault(address, key)
        self.documents.setdefault(address, []).append(key)

    def same(self, key: str, fields: Fields) -> str:
        """Return the key of the same source: one with its title, and with its key or address.

        Empty where there is none: one address may serve several documents, and one key, too.
        """
        title = _comparable(fields["title"])
        doi = doi_link(str(fields.get("doi", "")))
        addresses = {fields.get("url"), doi.address if doi else None} - {None}
        alike = (known for address in addresses for known in self.documents.get(str(address), ()))
        for known in (key, *alike):
            if known in self.titles and self.titles[known] == title:
                return known
        return ""

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


def _comparable(title: object) -> str:
    """Return a title in the form in which all spellings of it are equal."""
    return "".join(re.findall(r"\w+", str(title).casefold()))


def _where(address: str) -> dict[str, str]:
    doi = (
        parse_doi(address) if re.match(r"https?://(?:dx\.)?doi\.org/", address) else Mistake("", "")
    )
    return {"url": address} if isinstance(doi, Mistake) else {"doi": doi}


def _copy(reference: Reference) -> dict[str, str]:
    copy = parse_link(reference.copy) if reference.copy else None
    if isinstance(copy, Link):
        values = {"archive_url": copy.address, "archive_date": reference.seen}
    else:
        values = {"accessed": reference.seen}
    return {key: value for key, value in values.items() if value}
