"""The variables of CSL that a source has no field for: taken along, for the export alone.

https://docs.citationstyles.org/en/stable/specification.html, appendix IV.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from mkdocs_annotate.exchange.arrivals import entries_of, line_of
from mkdocs_annotate.sidecar.format import PASSAGE

Json: TypeAlias = dict[str, Any]

_TEXTS = frozenset(
    """abstract annote archive archive_collection archive_location archive-place authority
    call-number chapter-number collection-number collection-title container-title-short dimensions
    division edition event event-place event-title ISBN ISSN issue journalAbbreviation jurisdiction
    keyword medium number number-of-pages number-of-volumes original-publisher
    original-title page page-first part part-title PMCID PMID printing
    publisher-place references reviewed-title scale section shortTitle source status supplement
    title-short version volume volume-title year-suffix""".split()
)
_NAMES = frozenset(
    """chair collection-editor compiler composer contributor curator director
    editor editorial-director executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer
    series-creator translator""".split()
)
_DATES = frozenset(["available-date", "event-date", "original-date", "submitted"])
_NAME_PARTS = (
    "family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal",
)  # fmt: skip


def variables_of(item: Mapping[str, Any]) -> Json:
    """Return what an item of CSL says in variables that are neither ours nor unknown.

    Texts are one line each, of `PASSAGE` characters at most; nothing that is of another type is
    taken.  Never raises.
    """
    found: Json = {}
    for name, value in item.items():
        kept: Any = None
        if name in _TEXTS:
            kept = line_of(value)[:PASSAGE]
        elif name in _NAMES:
            kept = [part for part in map(_name, entries_of(value)) if part]
        elif name in _DATES:
            kept = _date(value)
        if kept:
            found[name] = kept
    return found


def _name(value: Any) -> Json:
    if not isinstance(value, dict):
        return {}
    parts = ((part, line_of(value.get(part))) for part in _NAME_PARTS)
    return {part: text for part, text in parts if text}


def _date(value: Any) -> Json:
    """Return a date in whole numbers."""
    given = value.get("date-parts") if isinstance(value, dict) else None
    dates = []
    for parts in entries_of(given)[:2]:
        numbers = [line_of(part) for part in entries_of(parts)][:3]
        if numbers and all(one.isascii() and one.isdigit() and len(one) < 5 for one in numbers):
            dates.append([int(one) for one in numbers])
    return {"date-parts": dates} if dates else {}
