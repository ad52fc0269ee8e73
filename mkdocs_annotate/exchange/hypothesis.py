"""Imports annotations of Hypothesis: responses of its API, and exports of its client.

Shapes: https://h.readthedocs.io/en/latest/api-reference/v1/ (`rows`), and the client's export
(`annotations`).  `start` and `end` count UTF-16 units of the whole page, theme included, and are
not looked at.
"""

from typing import Any

from mkdocs_annotate.exchange.entries import Unread, filled
from mkdocs_annotate.exchange.imported import (
    Imported,
    ImportedAnnotation,
    ImportFormat,
    LeftOut,
    SkipEntry,
    Target,
    UnusableFile,
    entry_name,
    line_of,
    list_of,
    passage_of,
    place_of,
    text_of,
)
from mkdocs_annotate.model.dates import parse_date
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.model.vocabulary import Vocabulary

_UNPUBLISHED = ("PENDING", "DENIED", "SPAM")


def is_hypothesis(value: Any) -> bool:
    """Return whether JSON comes from Hypothesis: rows of its API, or an export of its client."""
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("rows"), list) or isinstance(value.get("annotations"), list)


_STATUSES = ("APPROVED", *_UNPUBLISHED)


def read_hypothesis(value: Any, vocabulary: Vocabulary, file: str = "") -> Imported:
    """Return the public annotations of passages, and why others are skipped.

    Raises UnusableFile.
    """
    if not is_hypothesis(value):
        raise UnusableFile(
            "the file has neither `rows` nor `annotations`; export it from Hypothesis"
        )
    rows = value["rows"] if isinstance(value.get("rows"), list) else value["annotations"]
    read: list[ImportedAnnotation] = []
    skipped: list[LeftOut] = []
    unread = Unread(file)
    unread.look(value, ("rows", "annotations"))
    for row in rows:
        position = Position(file, *place_of(row))
        try:
            annotation = _read_entry(row, vocabulary, position)
            read.append(annotation)
            _look(row, annotation, unread)
        except SkipEntry as reason:
            skipped.append(LeftOut(position, f"{_name(row)}: {reason}"))
    return Imported(tuple(read), skipped=tuple(skipped), left_out=unread.skips())


def _name(row: Any) -> str:
    """Return the name of a row in messages: the words it quotes, else its own."""
    if not isinstance(row, dict):
        return entry_name(row)
    target = _target(row)
    return entry_name(target and target.exact, row.get("text"), row.get("id"))


def _look(row: dict[str, Any], annotation: ImportedAnnotation, unread: Unread) -> None:
    """Count the unread fields of an imported row and its target."""
    by = annotation.by
    read = {"references", "hidden", "permissions", "target"} | filled(
        text=annotation.note, tags=annotation.tags or annotation.kind, uri=annotation.page, user=by,
        moderation_status=row.get("moderation_status") in _STATUSES,
        user_info=isinstance(row.get("user_info"), dict),
    )  # fmt: skip
    if annotation.date:
        read.add("updated" if row.get("updated") else "created")
    unread.look(row, read)
    targets = [one for one in list_of(row.get("target")) if isinstance(one, dict)]
    for target in targets:
        unread.look(target, ("selector",), "target.")
        for selector in list_of(target.get("selector")):
            if isinstance(selector, dict) and selector.get("type") != "TextQuoteSelector":
                # Positions never decide.
                unread.add(line_of(selector.get("type")) or "selector", place_of(selector))
    info = row.get("user_info")
    if isinstance(info, dict):
        unread.look(info, ("display_name",), "user_info.")


def _read_entry(row: Any, vocabulary: Vocabulary, position: Position) -> ImportedAnnotation:
    if not isinstance(row, dict):
        raise SkipEntry("not an annotation")
    _must_be_public(row)
    target = _target(row)
    if target is None:
        raise SkipEntry("a note on the whole page")
    tags = [tag for tag in map(line_of, list_of(row.get("tags"))) if tag]
    kinds = [tag for tag in tags if _as_kind(tag) in vocabulary.kinds]
    note = text_of(row.get("text"))
    if not note and not kinds:
        raise SkipEntry("a highlight without a note")
    date = parse_date(line_of(row.get("updated") or row.get("created"))[:10])
    return ImportedAnnotation(
        (target,),
        note=note,
        kind=_as_kind(kinds[0]) if kinds else "",
        by=_author(row),
        date=str(date) if date else "",
        tags=tuple(dict.fromkeys(tag for tag in tags if tag not in kinds[:1])),
        page=line_of(row.get("uri")).partition("#")[0],
        position=position,
    )


def _as_kind(tag: str) -> str:
    return tag.lower().replace(" ", "-")


def _must_be_public(row: dict[str, Any]) -> None:
    if row.get("references"):
        raise SkipEntry("a reply")
    if row.get("hidden"):
        raise SkipEntry("hidden by a moderator")
    if row.get("moderation_status") in _UNPUBLISHED:
        raise SkipEntry("not approved by a moderator")
    permissions = row.get("permissions")
    readers = permissions.get("read") if isinstance(permissions, dict) else None
    if "group:__world__" not in list_of(readers):
        raise SkipEntry("not public")


def _target(row: dict[str, Any]) -> Target | None:
    """Return the words quoted; None for a note without a quote."""
    for target in list_of(row.get("target")):
        selectors = target.get("selector") if isinstance(target, dict) else None
        for selector in list_of(selectors):
            if isinstance(selector, dict) and selector.get("type") == "TextQuoteSelector":
                exact = line_of(selector.get("exact"))
                if exact:
                    prefix, suffix = (passage_of(selector.get(key)) for key in ("prefix", "suffix"))
                    return Target(exact, prefix, suffix)
    return None


def _author(row: dict[str, Any]) -> str:
    """Return the name shown, else that of the account: `acct:NAME@hypothes.is`."""
    info = row.get("user_info")
    name = line_of(info.get("display_name")) if isinstance(info, dict) else ""
    return name or line_of(row.get("user")).removeprefix("acct:").partition("@")[0]


HYPOTHESIS = ImportFormat("hypothesis", "an export of Hypothesis", is_hypothesis, read_hypothesis)
