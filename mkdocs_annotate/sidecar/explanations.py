"""What a writer did at a place of the file, and what to do."""

from dataclasses import dataclass

from mkdocs_annotate.model.characters import shown
from mkdocs_annotate.sidecar.lines import Lines, Place
from mkdocs_annotate.sidecar.slips import QUOTES, in_quotes

_MEANINGS = {
    "*": "YAML takes for an alias",
    "&": "YAML takes for an anchor",
    "!": "YAML takes for a tag",
    "?": "YAML takes for a key",
    "[": "YAML takes for a list",
    "{": "YAML takes for an entry with keys",
}


@dataclass(frozen=True)
class Explanation:
    """What a writer did, where, and what to do."""

    place: Place
    message: str
    cure: str
    feature: bool = False
    """It is a feature of YAML, which sidecars don't have, or the attempt at one."""


def beginning(sign: str, place: Place, lines: Lines) -> Explanation:
    """Return what is wrong with a value that begins with `sign`, which means something to YAML."""
    name = "a backtick" if sign == "`" else f"`{shown(sign)}`"
    meaning = _MEANINGS.get(sign, "YAML does not allow")
    head = lines.head(place[0])
    first = head is not None and head.value_column == place[1]
    cure = in_quotes(lines, place[0]) if first else QUOTES
    if sign == "*":
        cure += ", or write out what the alias stands for"
    message = f"the value begins with {name}, which {meaning}"
    return Explanation(place, message, cure, feature=sign in ("*", "&", "!"))


def feature(name: str, place: Place) -> Explanation:
    """Return what is wrong with a tag or anchor that is called `name`, of a list or an entry."""
    what = "an anchor" if name.startswith("&") else "a tag"
    return Explanation(place, f"`{shown(name)}` is {what}, and sidecars have none", "remove it")


def repetition(key: str, place: Place, first_line: int, *, listed: bool) -> Explanation:
    """Return what is wrong with a key that stands again in an entry, itself `listed` or not."""
    cure = "put a `- ` before it if a new entry begins here" if listed else "join them"
    return Explanation(
        place,
        f"`{shown(key)}` stands twice in this entry, first in line {first_line}",
        f"keep one of the two, or {cure}",
    )


def merge_key(place: Place) -> Explanation:
    """Return what is wrong with the key `<<`."""
    return Explanation(place, "`<<` merges entries, and sidecars don't", "write the keys out")


def bracketed_key(place: Place) -> Explanation:
    """Return what is wrong with a key in brackets."""
    message = "a list or an entry in brackets stands where a key belongs"
    return Explanation(place, message, "put the text in quotes if the brackets belong to it")


def second_document(place: Place) -> Explanation:
    """Return what is wrong with a line `---` below the first document."""
    message = "a second document begins here, and a sidecar is one"
    return Explanation(place, message, "remove the line `---`")


def too_many(place: Place, most: int) -> Explanation:
    """Return what is wrong with a file of more than `most` values."""
    message = f"the file has more than {most:,} keys, values and brackets"
    return Explanation(place, message, "divide the article")


def too_deep(place: Place, most: int) -> Explanation:
    """Return what is wrong with a list or entry inside `most` others."""
    message = f"lists and entries are nested more than {most} deep"
    return Explanation(place, message, "a sidecar needs no more than five: take the brackets away")


def no_yaml() -> Explanation:
    """Return what is wrong where the parser doesn't tell, nor where."""
    message = "something in the file is not YAML, perhaps a `\\` between double quotes"
    return Explanation((0, 0), message, "compare it with an example")
