"""The variables of CSL that a source has no field for: taken along, for the export alone.

https://docs.citationstyles.org/en/stable/specification.html, appendix IV.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from mkdocs_annotate.exchange.arrivals import entries_of, line_of
from mkdocs_annotate.exchange.csl_dates import csl_date, read_csl_date
from mkdocs_annotate.exchange.plain_text import title_text
from mkdocs_annotate.sidecar.format import PASSAGE

Json: TypeAlias = dict[str, Any]

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
    """Return what an item of CSL says in variables that are neither ours nor unknown.

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
        return [text for text in map(line_of, entries_of(value)) if text]
    if name in _NAMES:
        names = [_name(part) for part in entries_of(value)]
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
