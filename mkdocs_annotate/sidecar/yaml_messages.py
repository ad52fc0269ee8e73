"""What a writer did at a place of the file, and what to do."""

import re

from mkdocs_annotate.model.characters import character_name
from mkdocs_annotate.model.problems import Mistake, Rule, shown
from mkdocs_annotate.sidecar.lines import QUOTES, Lines, Place, in_quotes

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
    """Return what is wrong where the parser doesn't tell, nor where."""
    message = "something in the file is not YAML, perhaps a `\\` between double quotes"
    return Mistake(message, "compare it with an example", place=(0, 0))


MOST_CHARACTERS = 10
"""How many such characters are told one by one: a file may consist of them."""

# PyYAML's error for these has no position.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# PyYAML takes these for line ends, editors do not: lines would be miscounted.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def cleaned(lines: Lines) -> tuple[Lines, list[int], list[Mistake]]:
    """Return `lines` fit for a YAML parser, the offsets of what was replaced, and what is told.

    Offsets are in order.  Never raises.  Cost: linear.
    """
    text = lines.text
    # None of them is printable: this is so of nearly every file, and quick to tell.
    if text.replace("\n", "").replace("\r", "").isprintable():
        return lines, [], []
    replaced = sorted(
        found.start() for pattern in (_CONTROL, _LINE_ENDS) for found in pattern.finditer(text)
    )
    if not replaced:
        return lines, [], []
    told = [
        Mistake(
            f"the invisible character {character_name(text[offset])} stands here",
            "delete it",
            place=lines.place(offset),
        )
        for offset in replaced[:MOST_CHARACTERS]
    ]
    more = replaced[MOST_CHARACTERS:]
    if more:
        told.append(
            Mistake(
                f"{len(more):,} more such characters stand here and below",
                "look whether this is the right file, and save it as UTF-8",
                place=lines.place(more[0]),
            )
        )
    return Lines(_LINE_ENDS.sub(" ", _CONTROL.sub("\ufffd", text))), replaced, told
