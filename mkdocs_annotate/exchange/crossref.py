"""What an entry of BibTeX takes over from those that it refers to: `crossref`, `xdata`."""

from collections.abc import Mapping

from mkdocs_annotate.exchange.bibtex import Record

_NO_HEIRS = {"title", "subtitle", "booktitle", "shorttitle", "crossref", "xdata", "ids", "label"}
"""What an entry does not take over as it stands from the one it refers to."""

_MOST_PARENTS = 4
"""How far references are followed: a paper, its volume, its series."""


def with_inherited(record: Record, known: Mapping[str, Record]) -> tuple[dict[str, str], str]:
    """Return the fields of an entry with those of the ones that it refers to.

    Beside them the first key of an entry that the file does not have; empty where it has all.
    """
    fields, missing = dict(record.fields), ""
    for key in filter(None, map(str.strip, record.fields.get("xdata", "").split(","))):
        data = known.get(key.lower())
        missing = missing or ("" if data else key)
        for name, value in data.fields.items() if data else ():
            fields.setdefault(name, value)
    seen = {record.key.lower()}
    while "crossref" in record.fields and len(seen) <= _MOST_PARENTS:
        wanted = record.fields["crossref"].strip()
        if wanted.lower() in seen:
            break
        seen.add(wanted.lower())
        parent = known.get(wanted.lower())
        if parent is None:
            return fields, missing or wanted
        _take_over(fields, parent)
        record = parent
    return fields, missing


def _take_over(fields: dict[str, str], parent: Record) -> None:
    title = parent.fields.get("booktitle") or parent.fields.get("title")
    if title:
        fields.setdefault("booktitle", title)
    for name, value in parent.fields.items():
        if name not in _NO_HEIRS:
            fields.setdefault(name, value)
