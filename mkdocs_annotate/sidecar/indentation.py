"""Lines that begin in the wrong column, and where they should."""

from collections.abc import Iterator

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.lines import Head, Lines
from mkdocs_annotate.sidecar.slips import Slip

KEYS = {
    name: [record for record in shapes.RECORDS if name in record.fields]
    for record in shapes.RECORDS
    for name in record.fields
}
"""The entries that have a key of each name."""


_OF_THE_FILE = [name for name in shapes.SIDECAR.fields if name != "annotations"]


def out_of_line(number: int, head: Head, lines: Lines) -> Slip:
    """Return what is wrong with a line that begins with the key `head` in a column of its own.

    A `- ` too much or too few, or the column.  Never raises.  Cost: linear in the lines above.
    """
    column = head.dash if head.dash >= 0 else head.column
    key = shown(head.key)
    entry, like = _entry_above(number, lines), _like(number, head, lines)
    message = f"`{key}:` is indented differently from the lines it belongs to"
    if lines[lines.above(number)].strip() == "-":
        return Slip(column, message, "indent it further than the `-` above it")
    if head.dash >= 0 and head.key == "quote" and entry:
        return Slip(column, message, f"begin the `-` in column {entry[1].dash + 1}")
    among = like is not None and like[1].column == column and like[1].key in _OF_THE_FILE
    if head.dash >= 0 and head.key == "quote" and like and among:
        message = f"a list begins where `{like[1].key}:` has begun an entry with keys"
        return Slip(column, message, f"`{like[1].key}:` is a key of the file: begin it in column 1")
    if head.dash >= 0:
        message = f"the `- ` before `{key}:` begins a list where a key belongs"
        return Slip(column, message, "remove it: only the first key of an entry has one")
    if head.key == "quote" and entry and head.column <= entry[1].dash:
        return Slip(column, "no `- ` stands before a new annotation", "write `- quote: …`")
    if KEYS.get(head.key) == [shapes.SIDECAR]:
        return Slip(column, message, "begin it in column 1")
    cures = []
    if like:
        cures.append(f"begin it in column {like[1].column + 1}, under `{shown(like[1].key)}`")
    if head.key in shapes.SIDECAR.fields:
        cures.append("in column 1, if it speaks of the whole file")
    cure = ", or ".join(cures) or "begin it in the same column as they do"
    return Slip(column, message, cure)


def _heads_above(number: int, lines: Lines) -> Iterator[tuple[int, Head]]:
    while number > 0:
        found = lines.owner(lines.above(number))
        if found is None:
            return
        number = found[0]
        yield found


def _entry_above(number: int, lines: Lines) -> tuple[int, Head] | None:
    """Return the nearest line above that begins an annotation."""
    return next(
        (
            found
            for found in _heads_above(number, lines)
            if found[1].key == "quote" and found[1].dash >= 0
        ),
        None,
    )


def _like(number: int, head: Head, lines: Lines) -> tuple[int, Head] | None:
    """Return the nearest line above whose key stands in the same kind of entry as `head`'s."""
    records = KEYS.get(head.key, [])
    return next(
        (
            found
            for found in _heads_above(number, lines)
            if any(found[1].key in record.fields for record in records)
        ),
        None,
    )
