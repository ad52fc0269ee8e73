"""The lines of a file: offsets and places in them, and the key that a line begins with."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from mkdocs_annotate.model.characters import character_name
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.sidecar import format as shapes

Place: TypeAlias = tuple[int, int]
"""A line and a column, in code points; both count from 0, as PyYAML's do."""

_END = re.compile("\r\n?|\n")
_HEAD = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<mark>[\"']?)(?P<word>[^\W\d][\w-]*)(?P=mark)"
    r"[ \t]*(?P<colon>:)(?=\s|$)[ \t]*(?P<value>.*)"
)


@dataclass(frozen=True)
class Head:
    """The key that a line begins with; columns count from 0."""

    key: str
    column: int
    colon: int
    value: str
    """What stands behind the colon in this line."""

    value_column: int

    dash: int
    """The column of the last `-` before the key; -1 without one."""


class Lines:
    """A text, line by line; a line ends at LF, CR or both, as it does for editors."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _END.finditer(self.text))]

    def __getitem__(self, number: int) -> str:
        """Return a line without its end; the empty text beyond the last one."""
        if not 0 <= number < len(self._starts):
            return ""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self.text[self._starts[number] : end].rstrip("\r\n")

    def place(self, offset: int) -> Place:
        """Return the place of an offset of the text."""
        number = bisect_right(self._starts, offset) - 1
        return number, offset - self._starts[number]

    def above(self, number: int) -> int:
        """Return the nearest line above a line that is neither blank nor a comment; else -1."""
        number -= 1
        while number >= 0 and self[number].lstrip()[:1] in ("", "#"):
            number -= 1
        return number

    def head(self, number: int) -> Head | None:
        """Return the key that a line begins with, behind any `- `; None without one."""
        found = _HEAD.match(self[number])
        if not found:
            return None
        lead = found["lead"]
        colon, begin = found.start("colon"), found.start("value")
        return Head(found["word"], len(lead), colon, found["value"], begin, lead.rfind("-"))

    def owner(self, number: int) -> tuple[int, Head] | None:
        """Return the nearest line, at or above a line, that begins with a key; None without one."""
        while number >= 0:
            head = self.head(number)
            if head:
                return number, head
            number = self.above(number)
        return None


LONGEST_HINT = 60
"""Longest value, in characters, that a hint repeats as it should be written."""

QUOTES = 'put the whole value in quotes: `"…"`'
"""What to do about most values that YAML takes for something else."""

_KEYS = "|".join(sorted({name for record in shapes.RECORDS for name in record.fields}))
_LEAD = r"[ \t]*(?:-[ \t]+)*"
# No-break and typographic spaces, ideographic space; then what has no width at all.
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NARROW = "\u00ad\u200b-\u200f\u2060\ufeff"
_ODD = f"[{_WIDE}{_NARROW}]"

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_ODD_SPACE = re.compile(
    rf"[ \t-]*(?P<lead>{_ODD})|{_LEAD}(?:{_KEYS}) *(?:(?P<before>{_ODD})|:(?P<behind>{_ODD}))"
)
_BULLET = re.compile(rf"[ \t]*(?P<bullet>[*+•·‣–—−]|--|\d+[.)])[ \t]+(?P<key>{_KEYS})[ \t]*:")
_HYPHEN = re.compile(rf"{_LEAD}(?P<hyphen>-)[\"']?(?P<key>{_KEYS})\b")
_COLON = re.compile(rf"{_LEAD}[\"']?(?P<key>{_KEYS})[\"']?(?P<colon>:)(?=[^\s/])")
_SIGN = re.compile(rf"{_LEAD}(?P<key>{_KEYS})[ \t]*(?:(?P<sign>[：=;])|$)")
_COMMENT = re.compile(r"[ \t]*(?P<sign>//|/\*|<!--)")
_FENCE = re.compile("```|~~~")


@dataclass(frozen=True)
class Slip:
    """What a writer did at a column of a line, counted from 0, and what to do."""

    column: int
    message: str
    hint: str


def slip_of(line: str) -> Slip | None:
    """Return the slip that `line` shows; None where it shows none that YAML itself allows.

    Only for lines that are known to be wrong: in the midst of a longer text, each of these would
    be right.  Never raises.
    """
    for judge in _JUDGES:
        slip = judge(line)
        if slip:
            return slip
    return None


def _conflict(line: str) -> Slip | None:
    if not _CONFLICT.match(line):
        return None
    return Slip(
        0,
        "the marks of a merge conflict stand here",
        "keep one of the two versions, and remove the marks",
    )


def odd_space(line: str) -> Slip | None:
    """Return what no keyboard's space bar makes and stands around a key; None where nothing is."""
    found = _ODD_SPACE.match(line)
    if not found:
        return None
    place = found.lastgroup or ""
    character = found[place]
    hint = "replace it by a space" if re.match(f"[{_WIDE}]", character) else "delete it"
    message = f"the invisible character {character_name(character)} stands beside a key"
    return Slip(found.start(place), message, hint)


def _bullet(line: str) -> Slip | None:
    found = _BULLET.match(line)
    if not found:
        return None
    return Slip(
        found.start("bullet"),
        f"a list entry begins with `{found['bullet']}`",
        f"in YAML it begins with a hyphen: write `- {found['key']}: …`",
    )


def _hyphen(line: str) -> Slip | None:
    found = _HYPHEN.match(line)
    if not found:
        return None
    hint = f"write `- {found['key']}: …`"
    return Slip(found.start("hyphen"), "no space stands behind the `-`", hint)


def _colon(line: str) -> Slip | None:
    found = _COLON.match(line)
    if not found:
        return None
    message = f"no space stands behind the colon of `{found['key']}:`"
    return Slip(found.start("colon"), message, f"write `{found['key']}: …`")


def _sign(line: str) -> Slip | None:
    found = _SIGN.match(line)
    if not found:
        return None
    instead = f", but `{found['sign']}`" if found["sign"] else ""
    return Slip(
        found.end("key"),
        f"no colon stands behind `{found['key']}`{instead}",
        f"write `{found['key']}: …`",
    )


def _fence(line: str) -> Slip | None:
    if not _FENCE.match(line):
        return None
    return Slip(0, "a line that fences code in Markdown stands in a file of YAML", "remove it")


def _comment(line: str) -> Slip | None:
    found = _COMMENT.match(line)
    if not found:
        return None
    message = f"`{found['sign']}` begins no comment in YAML"
    return Slip(found.start("sign"), message, "begin it with `# `")


_JUDGES: tuple[Callable[[str], Slip | None], ...] = (
    _conflict,
    odd_space,
    _bullet,
    _hyphen,
    _colon,
    _sign,
    _comment,
    _fence,
)


def in_quotes(lines: Lines, number: int) -> str:
    """Return how to put the value that begins in a line in quotes; a short one is written out."""
    head, line = lines.head(number), quoted_line(lines, number)
    if line:
        return f"put it in quotes: `{line}`"
    if head is None:
        return QUOTES
    return (
        f'put the whole value in quotes, `{shown(head.key)}: "…"`, or write '
        f"`{shown(head.key)}: |` and the text on the next line, indented"
    )


def quoted_line(lines: Lines, number: int) -> str:
    """Return a line with its value in quotes, to be pasted; empty where it is long or goes on.

    Quotes are double ones, or single ones for a text that holds double ones.
    """
    head = lines.head(number)
    if head is None:
        return ""
    value = _bare(head.value)
    mark = '"' if not set(value) & {'"', "\\"} else "'"
    below = lines[number + 1]
    goes_on = below.strip() and len(below) - len(below.lstrip()) > head.column
    if not value or goes_on or len(value) > LONGEST_HINT or mark in value:
        return ""
    return f"{shown(head.key)}: {mark}{shown(value)}{mark}"


def _bare(value: str) -> str:
    """Return `value` without the quotation marks, straight or curly, that enclose all of it."""
    value = value.strip()
    for pair in ('""', "''", "“”", "‘’"):
        if len(value) > 1 and value[0] == pair[0] and value[-1] == pair[1]:
            return value[1:-1].strip()
    return value


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
    hints = []
    if like:
        hints.append(f"begin it in column {like[1].column + 1}, under `{shown(like[1].key)}`")
    if head.key in shapes.SIDECAR.fields:
        hints.append("in column 1, if it speaks of the whole file")
    hint = ", or ".join(hints) or "begin it in the same column as they do"
    return Slip(column, message, hint)


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
