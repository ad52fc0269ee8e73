"""Text folded so that what a reader takes for the same is the same, with the way back.

Each fold does the same at a quote's edge as inside the text; so `…` becomes `...` and never the
other way round, which would lose quotes that are cut inside the dots.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from mkdocs_annotate.anchoring.finding import Finder
from mkdocs_annotate.model.places import Range


class Level(IntEnum):
    """How much is folded; each level begins with the one before."""

    TYPOGRAPHY = 1
    """Spaces, quotation marks, dashes, dots, invisible characters, canonical composition."""

    LETTERS = 2
    """Upper and lower case, and compatibility forms such as ligatures."""

    WORDS = 3
    """Everything but letters and digits."""


_INVISIBLE = (
    (0xAD, 0xAD),  # soft hyphen
    (0x34F, 0x34F),  # combining grapheme joiner
    (0x61C, 0x61C),  # Arabic letter mark
    (0x180B, 0x180E),  # Mongolian variation selectors
    (0x200B, 0x200F),  # zero width, marks of direction
    (0x202A, 0x202E),  # embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xE0100, 0xE01EF),  # more variation selectors
)
INVISIBLE = frozenset(chr(code) for first, last in _INVISIBLE for code in range(first, last + 1))
"""Characters that are folded away.  Not the tags that tell the flag of Scotland from that of
England."""

_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u2035\u02bb\u02bc\u00b4\u2039\u203a`"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb"
# One character for one: places stay, so that no way back is needed.
_LIKE = {
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **{chr(code): " " for code in range(0x3001) if chr(code).isspace() and code != 0x20},
    **{chr(code): "-" for code in (*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D)},
}
_DOTS = re.compile("…")
_SPACES = re.compile("  +")
_DASHES = re.compile("--+")
# In a longer text it is quicker to look for every sign than to look at every character.
_SHORT = 1_000
# What a text must hold for any of these folds to change it.
_FOLDABLE = re.compile("[^ !-_a-~]|  |--")

MOST_MARKS = 30
"""Most combining marks on one letter: text with more is left as it is.
Source: Unicode Standard Annex 15, Stream-Safe Text Format."""

# Vowels and finals of Hangul that compose with what stands before them.
_JAMO = re.compile("[\u1161-\u1175\u11a8-\u11c2]")


@dataclass(frozen=True)
class _Map:
    """The way back of one fold: stretches with their starts in the folded and original text.

    A changed stretch is taken whole: its inner places have no counterpart.
    """

    folded: list[int]
    original: list[int]
    changed: list[bool]
    end: int

    def back(self, place: Range) -> Range:
        """Return the place in the original text of `place`, which is not empty."""
        first = bisect_right(self.folded, place.start) - 1
        start = self.original[first]
        if not self.changed[first]:
            start += place.start - self.folded[first]
        last = bisect_right(self.folded, place.end - 1) - 1
        if self.changed[last]:
            end = self.original[last + 1] if last + 1 < len(self.original) else self.end
        else:
            end = self.original[last] + place.end - self.folded[last]
        return Range(start, end)


@dataclass(frozen=True)
class Folded:
    """A text after a fold, and the way back to the text before."""

    text: str
    level: Level
    maps: tuple[_Map, ...] = field(default=(), repr=False)

    @cached_property
    def finder(self) -> Finder:
        """Return the text prepared for many searches."""
        return Finder(self.text)

    def back(self, place: Range) -> Range:
        """Return the range of the original text that became `place`, which is not empty.

        Monotone; a character that was folded together with others brings them along.
        """
        for step in self.maps:
            place = step.back(place)
        return place


def fold(text: str, level: Level) -> Folded:
    """Return `text` folded at `level`.

    Never raises.  Cost: linear; 1 ms per 40 kB at the first level.
    Source: Unicode Standard Annex 15 for the normal forms; the rest is ours.
    """
    folded = Folded(text, Level.TYPOGRAPHY)
    if _FOLDABLE.search(text):
        folded = _typography(folded)
    return folded if level == Level.TYPOGRAPHY else fold_further(folded, level)


def _typography(folded: Folded) -> Folded:
    # Each by itself: a search for a class of characters takes ten times as long.
    for sign in _found(INVISIBLE, folded.text):
        folded = _replaced(folded, re.compile(sign), lambda found: "")
    folded = _composed(folded)
    text = folded.text
    for sign in _found(_LIKE.keys(), text):
        text = text.replace(sign, _LIKE[sign])
    folded = Folded(text, folded.level, folded.maps)
    if "…" in text:
        folded = _replaced(folded, _DOTS, lambda found: "...")
    if "  " in text:
        folded = _replaced(folded, _SPACES, lambda found: " ")
    if "--" in text:
        folded = _replaced(folded, _DASHES, lambda found: "-")
    return folded


def _found(signs: Set[str], text: str) -> Set[str]:
    """Return which of `signs` stand in `text`."""
    if len(text) < _SHORT:
        return signs & set(text)
    return {sign for sign in signs if sign in text}


def bare(text: str) -> str:
    """Return the letters and digits of `text` in lower case, without a way back.

    Cost: linear; a third of that of the third level.
    """
    text = text.lower()
    for sign in set(text):
        if not sign.isalnum():
            text = text.replace(sign, "")
    return text


def fold_further(folded: Folded, level: Level) -> Folded:
    """Return `folded`, a fold of a lower level, at `level`."""
    while folded.level < level:
        if folded.level == Level.TYPOGRAPHY:
            folded = _with_level(_lowered(folded), Level.LETTERS)
        else:
            folded = _with_level(_words_only(folded), Level.WORDS)
    return folded


def _with_level(folded: Folded, level: Level) -> Folded:
    return Folded(folded.text, level, folded.maps)


def _replaced(
    folded: Folded, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> Folded:
    """Return `folded` with each find of `pattern` replaced: Python code per find alone."""
    text = folded.text
    starts: list[int] = []
    originals: list[int] = []
    changed: list[bool] = []
    parts: list[str] = []
    length = done = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        if start > done:
            starts.append(length)
            originals.append(done)
            changed.append(False)
            parts.append(text[done:start])
            length += start - done
        new = replacement(found)
        starts.append(length)
        originals.append(start)
        changed.append(True)
        parts.append(new)
        length += len(new)
        done = end
    if not starts:
        return folded
    starts.append(length)
    originals.append(done)
    changed.append(False)
    parts.append(text[done:])
    step = _Map(starts, originals, changed, len(text))
    return Folded("".join(parts), folded.level, (step, *folded.maps))


def _composed(folded: Folded) -> Folded:
    """Return `folded` in Normalization Form C."""
    text = folded.text
    if text.isascii():
        return folded
    distinct = [character for character in set(text) if character > "\u00ff"]
    # Python sorts the marks of one letter by insertion, which a million of them would bring down.
    sorted_marks = _class(filter(unicodedata.combining, distinct))
    if sorted_marks and re.search(f"[{sorted_marks}]{{{MOST_MARKS + 1}}}", text):
        return folded
    if unicodedata.is_normalized("NFC", text):
        return folded
    joining = [
        character
        for character in distinct
        if unicodedata.combining(character)
        or unicodedata.category(character).startswith("M")
        or _JAMO.match(character)
    ]
    alone = [
        character for character in distinct if unicodedata.normalize("NFC", character) != character
    ]
    parts = []
    if joining:
        marks = _class(joining)
        parts.append(f"[^{marks}]?[{marks}]+")
    if alone:
        parts.append(f"[{_class(alone)}]")
    pattern = re.compile("|".join(parts) or r"(?!)", re.DOTALL)
    return _replaced(folded, pattern, lambda found: unicodedata.normalize("NFC", found.group()))


def _lowered(folded: Folded) -> Folded:
    """Return `folded` in lower case and with compatibility forms resolved."""
    table: dict[int, str] = {}
    longer: dict[str, str] = {}
    for character in set(folded.text):
        if character < "\x80":
            new = character.lower()
        else:
            # `İ` in lower case is two characters, and its second one no letter; `ı` in upper case
            # is `I`.  Case folding, as `ß` is `SS` in upper case, and `ς` is `Σ`.
            compatible = unicodedata.normalize("NFKC", character)
            new = "i" if character in "İı" else unicodedata.normalize("NFKC", compatible.casefold())
        if len(new) == 1:
            table[ord(character)] = new
        else:
            longer[character] = new
    if longer:
        pattern = re.compile(f"[{_class(longer)}]")
        folded = _replaced(folded, pattern, lambda found: longer[found.group()])
    # Compatibility forms are composed like any others: half-width `ﾊﾟ` is `パ`.
    return _composed(Folded(folded.text.translate(table), folded.level, folded.maps))


def _words_only(folded: Folded) -> Folded:
    """Return `folded` without anything but letters, digits and the marks that belong to them."""
    marks = [
        character
        for character in set(folded.text)
        if character > "\u02ff" and unicodedata.category(character).startswith("M")
    ]
    pattern = re.compile(rf"(?:[^\w{_class(marks)}]|_)+")
    return _replaced(folded, pattern, lambda found: "")


def _class(characters: Iterable[str]) -> str:
    """Return `characters` for use inside the brackets of a pattern."""
    return "".join(map(re.escape, sorted(characters)))
