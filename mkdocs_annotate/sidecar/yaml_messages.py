"""What a writer did at a place of the file, and what to do."""

import re
from dataclasses import dataclass

from mkdocs_annotate.model.characters import character_name
from mkdocs_annotate.model.problems import shown
from mkdocs_annotate.sidecar.lines import QUOTES, Lines, Place, in_quotes

_MEANINGS = {
    "*": "YAML takes for an alias",
    "&": "YAML takes for an anchor",
    "!": "YAML takes for a tag",
    "?": "YAML takes for a key",
    "[": "YAML takes for a list",
    "{": "YAML takes for an entry with keys",
}


@dataclass(frozen=True)
class YamlMistake:
    """What a writer did, where, and what to do."""

    place: Place
    message: str
    hint: str
    feature: bool = False
    """It is a feature of YAML, which sidecars don't have, or the attempt at one."""


def beginning(sign: str, place: Place, lines: Lines) -> YamlMistake:
    """Return what is wrong with a value that begins with `sign`, which means something to YAML."""
    name = "a backtick" if sign == "`" else f"`{shown(sign)}`"
    meaning = _MEANINGS.get(sign, "YAML does not allow")
    head = lines.head(place[0])
    first = head is not None and head.value_column == place[1]
    hint = in_quotes(lines, place[0]) if first else QUOTES
    if sign == "*":
        hint += ", or write out what the alias stands for"
    message = f"the value begins with {name}, which {meaning}"
    return YamlMistake(place, message, hint, feature=sign in ("*", "&", "!"))


def feature(name: str, place: Place) -> YamlMistake:
    """Return what is wrong with a tag or anchor that is called `name`, of a list or an entry."""
    what = "an anchor" if name.startswith("&") else "a tag"
    return YamlMistake(place, f"`{shown(name)}` is {what}, and sidecars have none", "remove it")


def repetition(key: str, place: Place, first_line: int, *, listed: bool) -> YamlMistake:
    """Return what is wrong with a key that stands again in an entry, itself `listed` or not."""
    hint = "put a `- ` before it if a new entry begins here" if listed else "join them"
    return YamlMistake(
        place,
        f"`{shown(key)}` stands twice in this entry, first in line {first_line}",
        f"keep one of the two, or {hint}",
    )


def merge_key(place: Place) -> YamlMistake:
    """Return what is wrong with the key `<<`."""
    return YamlMistake(place, "`<<` merges entries, and sidecars don't", "write the keys out")


def bracketed_key(place: Place) -> YamlMistake:
    """Return what is wrong with a key in brackets."""
    message = "a list or an entry in brackets stands where a key belongs"
    return YamlMistake(place, message, "put the text in quotes if the brackets belong to it")


def second_document(place: Place) -> YamlMistake:
    """Return what is wrong with a line `---` below the first document."""
    message = "a second document begins here, and a sidecar is one"
    return YamlMistake(place, message, "remove the line `---`")


def too_many(place: Place, most: int) -> YamlMistake:
    """Return what is wrong with a file of more than `most` values."""
    message = f"the file has more than {most:,} keys, values and brackets"
    return YamlMistake(place, message, "divide the article")


def too_deep(place: Place, most: int) -> YamlMistake:
    """Return what is wrong with a list or entry inside `most` others."""
    message = f"lists and entries are nested more than {most} deep"
    return YamlMistake(place, message, "a sidecar needs no more than five: take the brackets away")


def no_yaml() -> YamlMistake:
    """Return what is wrong where the parser doesn't tell, nor where."""
    message = "something in the file is not YAML, perhaps a `\\` between double quotes"
    return YamlMistake((0, 0), message, "compare it with an example")


MOST_CHARACTERS = 10
"""How many such characters are told one by one: a file may consist of them."""

# PyYAML's error for these has no position.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# PyYAML takes these for line ends, editors do not: lines would be miscounted.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def cleaned(lines: Lines) -> tuple[Lines, list[int], list[YamlMistake]]:
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
        YamlMistake(
            lines.place(offset),
            f"the invisible character {character_name(text[offset])} stands here",
            "delete it",
        )
        for offset in replaced[:MOST_CHARACTERS]
    ]
    more = replaced[MOST_CHARACTERS:]
    if more:
        told.append(
            YamlMistake(
                lines.place(more[0]),
                f"{len(more):,} more such characters stand here and below",
                "look whether this is the right file, and save it as UTF-8",
            )
        )
    return Lines(_LINE_ENDS.sub(" ", _CONTROL.sub("\ufffd", text))), replaced, told
