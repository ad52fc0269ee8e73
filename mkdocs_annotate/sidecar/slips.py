"""Slips of the pen that a line of YAML shows by itself, whatever a parser made of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mkdocs_annotate.model.characters import character_name, shown
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.lines import Lines

LONGEST_CURE = 60
"""Longest value, in characters, that a cure repeats as it should be written."""

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
    cure: str


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
    cure = "replace it by a space" if re.match(f"[{_WIDE}]", character) else "delete it"
    message = f"the invisible character {character_name(character)} stands beside a key"
    return Slip(found.start(place), message, cure)


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
    cure = f"write `- {found['key']}: …`"
    return Slip(found.start("hyphen"), "no space stands behind the `-`", cure)


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
    if not value or goes_on or len(value) > LONGEST_CURE or mark in value:
        return ""
    return f"{shown(head.key)}: {mark}{shown(value)}{mark}"


def _bare(value: str) -> str:
    """Return `value` without the quotation marks, straight or curly, that enclose all of it."""
    value = value.strip()
    for pair in ('""', "''", "“”", "‘’"):
        if len(value) > 1 and value[0] == pair[0] and value[-1] == pair[1]:
            return value[1:-1].strip()
    return value
