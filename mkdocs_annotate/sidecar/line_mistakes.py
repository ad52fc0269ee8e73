"""What a writer did wrong in a line of YAML, and what to do."""

import re
from collections.abc import Callable, Iterator

from mkdocs_annotate.model.messages import character_name
from mkdocs_annotate.model.problems import Mistake, Rule, shown
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.lines import QUOTES, Head, Lines, Place, in_quotes

_MEANINGS = {
    "*": "YAML takes for an alias",
    "&": "YAML takes for an anchor",
    "!": "YAML takes for a tag",
    "?": "YAML takes for a key",
    "[": "YAML takes for a list",
    "{": "YAML takes for an entry with keys",
}


def beginning(sign: str, place: Place, lines: Lines) -> Mistake:
    """Return what is wrong with a value that begins with `sign`, which means something to YAML."""
    name = "a backtick" if sign == "`" else f"`{shown(sign)}`"
    meaning = _MEANINGS.get(sign, "YAML does not allow")
    head = lines.head(place[0])
    first = head is not None and head.value_column == place[1]
    hint = in_quotes(lines, place[0]) if first else QUOTES
    if sign == "*":
        hint += ", or write out what the alias stands for"
    message = f"the value begins with {name}, which {meaning}"
    return Mistake(
        message,
        hint,
        subject=sign,
        place=place,
        rule=Rule.YAML_FEATURE if sign in ("*", "&", "!") else None,
    )


def feature(name: str, place: Place) -> Mistake:
    """Return what is wrong with a tag or anchor that is called `name`, of a list or an entry."""
    what = "an anchor" if name.startswith("&") else "a tag"
    return Mistake(
        f"`{shown(name)}` is {what}, and sidecars have none", "remove it", place=place, subject=name
    )


def repetition(key: str, place: Place, first_line: int, *, listed: bool) -> Mistake:
    """Return what is wrong with a key that stands again in an entry, itself `listed` or not."""
    hint = "put a `- ` before it if a new entry begins here" if listed else "join them"
    return Mistake(
        f"`{shown(key)}` stands twice in this entry, first in line {first_line}",
        f"keep one of the two, or {hint}",
        place=place,
        subject=key,
    )


def merge_key(place: Place) -> Mistake:
    """Return what is wrong with the key `<<`."""
    message = "`<<` merges entries, and sidecars don't"
    return Mistake(message, "write the keys out", "<<", place)


def bracketed_key(place: Place) -> Mistake:
    """Return what is wrong with a key in brackets."""
    message = "a list or an entry in brackets stands where a key belongs"
    return Mistake(message, "put the text in quotes if the brackets belong to it", place=place)


def second_document(place: Place) -> Mistake:
    """Return what is wrong with a line `---` below the first document."""
    message = "a second document begins here, and a sidecar is one"
    return Mistake(message, "remove the line `---`", place=place)


def too_many(place: Place, most: int) -> Mistake:
    """Return what is wrong with a file of more than `most` values."""
    message = f"the file has more than {most:,} keys, values and brackets"
    return Mistake(message, "divide the article", place=place)


def too_deep(place: Place, most: int) -> Mistake:
    """Return what is wrong with a list or entry inside `most` others."""
    message = f"lists and entries are nested more than {most} deep"
    return Mistake(
        message, "a sidecar needs no more than five: take the brackets away", place=place
    )


def no_yaml() -> Mistake:
    """Return what is wrong where the parser says neither what nor where."""
    message = "something in the file is not YAML, perhaps a `\\` between double quotes"
    return Mistake(message, "compare it with an example", place=(0, 0))


KEYS = {
    name: [record for record in shapes.RECORDS if name in record.fields]
    for record in shapes.RECORDS
    for name in record.fields
}
"""The entries that have a key of each name."""

_KEYS = "|".join(sorted(KEYS))


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


def line_mistake(lines: Lines, number: int) -> Mistake | None:
    """Return the mistake that a line shows by itself, with its place; None where it shows none.

    Only for lines that are known to be wrong: within a longer text, each of these would be right.
    Never raises.
    """
    for judge in _JUDGES:
        mistake = judge(lines[number], number)
        if mistake:
            return mistake
    return None


def _conflict(line: str, number: int) -> Mistake | None:
    if not _CONFLICT.match(line):
        return None
    return Mistake(
        "the marks of a merge conflict stand here",
        "keep one of the two versions, and remove the marks",
        place=(number, 0),
    )


def odd_space(line: str, number: int) -> Mistake | None:
    """Return what no keyboard's space bar makes and stands around a key; None where nothing is."""
    found = _ODD_SPACE.match(line)
    if not found:
        return None
    place = found.lastgroup or ""
    character = found[place]
    hint = "replace it by a space" if re.match(f"[{_WIDE}]", character) else "delete it"
    message = f"the invisible character {character_name(character)} stands beside a key"
    return Mistake(message, hint, place=(number, found.start(place)))


def _bullet(line: str, number: int) -> Mistake | None:
    found = _BULLET.match(line)
    if not found:
        return None
    return Mistake(
        f"a list entry begins with `{found['bullet']}`",
        f"in YAML it begins with a hyphen: write `- {found['key']}: …`",
        place=(number, found.start("bullet")),
        subject=found["bullet"],
    )


def _hyphen(line: str, number: int) -> Mistake | None:
    found = _HYPHEN.match(line)
    if not found:
        return None
    hint = f"write `- {found['key']}: …`"
    return Mistake("no space stands behind the `-`", hint, place=(number, found.start("hyphen")))


def _colon(line: str, number: int) -> Mistake | None:
    found = _COLON.match(line)
    if not found:
        return None
    message = f"no space stands behind the colon of `{found['key']}:`"
    return Mistake(
        message,
        f"write `{found['key']}: …`",
        place=(number, found.start("colon")),
        subject=found["key"],
    )


def _sign(line: str, number: int) -> Mistake | None:
    found = _SIGN.match(line)
    if not found:
        return None
    instead = f", but `{found['sign']}`" if found["sign"] else ""
    return Mistake(
        f"no colon stands behind `{found['key']}`{instead}",
        f"write `{found['key']}: …`",
        place=(number, found.end("key")),
        subject=found["key"],
    )


def _fence(line: str, number: int) -> Mistake | None:
    if not _FENCE.match(line):
        return None
    return Mistake(
        "a line that fences code in Markdown stands in a file of YAML",
        "remove it",
        place=(number, 0),
    )


def _comment(line: str, number: int) -> Mistake | None:
    found = _COMMENT.match(line)
    if not found:
        return None
    message = f"`{found['sign']}` does not begin a comment in YAML"
    return Mistake(
        message, "begin it with `# `", place=(number, found.start("sign")), subject=found["sign"]
    )


_JUDGES: tuple[Callable[[str, int], Mistake | None], ...] = (
    _conflict,
    odd_space,
    _bullet,
    _hyphen,
    _colon,
    _sign,
    _comment,
    _fence,
)


_OF_THE_FILE = [name for name in shapes.SIDECAR.fields if name != "annotations"]


def out_of_line(number: int, head: Head, lines: Lines) -> Mistake:
    """Return what is wrong with a line that begins with the key `head` in a column of its own.

    A `- ` too much or too few, or the column.  Never raises.  Cost: linear in the lines above.
    """
    column = head.dash if head.dash >= 0 else head.column
    key = shown(head.key)
    entry, like = _entry_above(number, lines), _like(number, head, lines)
    message = f"`{key}:` is indented differently from the lines it belongs to"
    if lines[lines.above(number)].strip() == "-":
        return Mistake(
            message,
            "indent it further than the `-` above it",
            place=(number, column),
            subject=head.key,
        )
    if head.dash >= 0 and head.key == "quote" and entry:
        return Mistake(
            message,
            f"begin the `-` in column {entry[1].dash + 1}",
            place=(number, column),
            subject=head.key,
        )
    among = like is not None and like[1].column == column and like[1].key in _OF_THE_FILE
    if head.dash >= 0 and head.key == "quote" and like and among:
        message = f"a list begins where `{like[1].key}:` has begun an entry with keys"
        return Mistake(
            message,
            f"`{like[1].key}:` is a key of the file: begin it in column 1",
            place=(number, column),
            subject=like[1].key,
        )
    if head.dash >= 0:
        message = f"the `- ` before `{key}:` begins a list where a key belongs"
        return Mistake(
            message,
            "remove it: only the first key of an entry has one",
            place=(number, column),
            subject=head.key,
        )
    if head.key == "quote" and entry and head.column <= entry[1].dash:
        return Mistake(
            "no `- ` stands before a new annotation", "write `- quote: …`", place=(number, column)
        )
    if KEYS.get(head.key) == [shapes.SIDECAR]:
        return Mistake(message, "begin it in column 1", place=(number, column), subject=head.key)
    hints = []
    if like:
        hints.append(f"begin it in column {like[1].column + 1}, under `{shown(like[1].key)}`")
    if head.key in shapes.SIDECAR.fields:
        hints.append("in column 1, if it speaks of the whole file")
    hint = ", or ".join(hints) or "begin it in the same column as they do"
    return Mistake(message, hint, place=(number, column), subject=head.key)


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
