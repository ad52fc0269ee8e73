"""Equality in form: two texts are equal if this fold makes them the same.

The fold drops only what carries no meaning: how spaces, quotation marks, dashes and dots are drawn,
what is invisible, how a letter is encoded.  Case, words, numbers and all other signs stay.

Only the rule for spaces looks at neighbours, so a text cut anywhere between two signs folds to a
part of the folded whole, but for spaces at the cut.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property

from mkdocs_annotate.anchoring.string_search import Finder
from mkdocs_annotate.model.places import Range

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

# Letters in another shape: ligatures, Arabic and Hebrew presentation forms, vertical and small
# forms, full and half width.  Superscripts, fractions and circled digits are not among them.
_PRESENTATION_BLOCKS = ((0xFB00, 0xFDFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFE70, 0xFFEF))

_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u2035\u02bb\u02bc\u00b4\u2039\u203a`"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb"
_DASHES = (*range(0x2010, 0x2016), 0x2212, 0x2E3A, 0x2E3B)
# One character for one: places stay, so that no way back is needed.
_SPACES = dict.fromkeys(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    " ",
)
_SIGNS = {
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **{chr(code): "-" for code in _DASHES},
}

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)

# French sets a space before these signs, and behind an opening guillemet.
_SPACE_BEFORE = "!?;:%»"
_FRENCH = re.compile(rf" (?=[{_SPACE_BEFORE}])|(?<=«) ")

# What an ASCII text must hold for the fold to change it.
_FOLDABLE_ASCII = re.compile(r"[\t-\r\x1c-\x1f`]|  | [!?;:%]")

# In a longer text it is quicker to look for every sign than to look at every character.
_SHORT = 1_000

MOST_MARKS = 30
"""Most combining marks on one letter: a letter with more is left as it is.
Source: Unicode Standard Annex 15, Stream-Safe Text Format."""

# Vowels and finals of Hangul that compose with what stands before them.
_JAMO = re.compile("[\u1161-\u1175\u11a8-\u11c2]")


@cache
def unspaced() -> re.Pattern[str]:
    """Return the pattern of a sign of a script without spaces between words, such as Thai."""
    return re.compile(f"[{_UNSPACED}]")


@dataclass(frozen=True)
class _Map:
    """The way back of one step: stretches with their starts in the folded and original text.

    A changed stretch is taken whole: its inner places have no counterpart.
    """

    folded: list[int]
    original: list[int]
    changed: list[bool]
    end: int
    grows: bool
    """Whether a stretch became more than one sign."""

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

    def cuts(self, at: int) -> bool:
        """Return whether `at` lies inside what one stretch of the original text became."""
        stretch = bisect_right(self.folded, at) - 1
        return self.changed[stretch] and at > self.folded[stretch]


@dataclass(frozen=True)
class Folded:
    """A text in its form, and the way back to the text as it was."""

    text: str
    maps: tuple[_Map, ...] = field(default=(), repr=False)
    """One for each step that changed the length of the text, the last step first."""

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

    def cuts(self, at: int) -> bool:
        """Return whether `at` lies inside what one original sign became: `of|fice` in `oﬃce`."""
        if not self._grows or not 0 < at < len(self.text):
            return False
        for step in self.maps:
            if step.cuts(at):
                return True
            at = step.back(Range(at, at + 1)).start
        return False

    @cached_property
    def _grows(self) -> bool:
        return any(step.grows for step in self.maps)


def fold(text: str) -> Folded:
    """Return `text` in its form: two texts are equal in form if their forms are equal.

    Never raises.  Cost: linear; Python code runs per changed place, not per character.
    Source: Unicode Standard Annex 15 for the normal forms; the rest is ours.
    """
    folded = Folded(text)
    if text.isascii():
        return _spaces_and_signs(folded, _ASCII) if _FOLDABLE_ASCII.search(text) else folded
    found = set(text)
    invisible = found & INVISIBLE
    if invisible:
        folded = replaced(folded, re.compile(f"[{_class(invisible)}]"), lambda match: "")
    plain = {sign: _plain_form(sign) for sign in found if _is_presentation_form(sign)}
    if plain:
        folded = _with_plain_forms(folded, plain)
        found = set(folded.text)
    composed = _composed(folded, found)
    if composed is not folded:
        folded, found = composed, set(composed.text)
    if "…" in found:
        folded = replaced(folded, re.compile("…"), lambda match: "...")
    return _spaces_and_signs(folded, found)


def fold_text(text: str) -> str:
    """Return `text` in its form, without a way back."""
    if text.isascii() and not _FOLDABLE_ASCII.search(text):
        return text
    return fold(text).text


_ASCII = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f`")


def _spaces_and_signs(folded: Folded, found: frozenset[str] | set[str]) -> Folded:
    """Return `folded` with one kind of spaces, quotation marks and dashes.

    `found` are signs that it may hold, at least those that this step is about.
    """
    text = folded.text
    for sign in found.intersection(_SPACES):
        text = text.replace(sign, " ")
    folded = Folded(text, folded.maps)
    # Runs first: a pattern for a whole run before a sign would be quadratic in the run.
    if "  " in text:
        folded = replaced(folded, re.compile("  +"), lambda match: " ")
        text = folded.text
    if "« " in text or any(f" {sign}" in text for sign in _SPACE_BEFORE):
        folded = replaced(folded, _FRENCH, lambda match: "")
    if any(map(unspaced().match, found)):
        folded = _without_spaces_between(folded)
    text = folded.text
    for sign in found.intersection(_SIGNS):
        text = text.replace(sign, _SIGNS[sign])
    return Folded(text, folded.maps)


def _without_spaces_between(folded: Folded) -> Folded:
    """Return `folded` without spaces beside signs of scripts that have none between words.

    The space before a combining mark stays: without it the mark would join the sign before.
    """
    marks = _class(sign for sign in set(folded.text) if _is_mark(sign)) or "(?!)"
    ahead = f"(?![{marks}])" if marks != "(?!)" else ""
    pattern = rf"(?<=[{_UNSPACED}]) {ahead}| {ahead}(?=[{_UNSPACED}])"
    return replaced(folded, re.compile(pattern), lambda match: "")


def _is_mark(sign: str) -> bool:
    return sign > "\u02ff" and unicodedata.category(sign).startswith("M")


def _is_presentation_form(sign: str) -> bool:
    code = ord(sign)
    return code >= 0xFB00 and any(first <= code <= last for first, last in _PRESENTATION_BLOCKS)


@cache
def _plain_form(sign: str) -> str:
    """Return the plain letters of a presentation form; of any other character itself."""
    decomposition = unicodedata.decomposition(sign)
    if not decomposition.startswith("<"):
        return sign
    plain = "".join(chr(int(code, 16)) for code in decomposition.split()[1:])
    # Some are defined as a mark on a space, which is no letter.
    return sign if plain.startswith(" ") and len(plain) > 1 else plain


def _with_plain_forms(folded: Folded, plain: dict[str, str]) -> Folded:
    text = folded.text
    for sign, new in plain.items():
        if len(new) == 1:
            text = text.replace(sign, new)
    folded = Folded(text, folded.maps)
    longer = {sign: new for sign, new in plain.items() if len(new) > 1}
    if longer:
        pattern = re.compile(f"[{_class(longer)}]")
        folded = replaced(folded, pattern, lambda match: longer[match.group()])
    return folded


def _composed(folded: Folded, found: set[str]) -> Folded:
    """Return `folded`, which holds the characters `found`, in Normalization Form C."""
    text = folded.text
    distinct = [character for character in found if character > "\u00ff"]
    # Python sorts the marks of one letter by insertion, which a million of them would bring down.
    sorted_marks = _class(filter(unicodedata.combining, distinct))
    crowded = sorted_marks and re.search(f"[{sorted_marks}]{{{MOST_MARKS + 1}}}", text)
    if not crowded and unicodedata.is_normalized("NFC", text):
        return folded
    joining = [character for character in distinct if _is_mark(character) or _JAMO.match(character)]
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
    return replaced(folded, pattern, _composed_stretch)


def _composed_stretch(match: re.Match[str]) -> str:
    stretch = match.group()
    return stretch if len(stretch) > MOST_MARKS else unicodedata.normalize("NFC", stretch)


def replaced(
    folded: Folded, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> Folded:
    """Return `folded` with each find of `pattern` replaced: Python code per find alone."""
    text = folded.text
    starts: list[int] = []
    originals: list[int] = []
    changed: list[bool] = []
    parts: list[str] = []
    length = done = 0
    grows = False
    for found in pattern.finditer(text):
        start, end = found.span()
        if start > done:
            starts.append(length)
            originals.append(done)
            changed.append(False)
            parts.append(text[done:start])
            length += start - done
        new = replacement(found)
        grows = grows or len(new) > 1
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
    return Folded(
        "".join(parts), (_Map(starts, originals, changed, len(text), grows), *folded.maps)
    )


def _class(characters: Iterable[str]) -> str:
    """Return `characters` for use inside the brackets of a pattern."""
    return "".join(map(re.escape, sorted(characters)))
