"""The boundaries of words, numbers and signs: no passage may begin or end inside one."""

import re
import unicodedata
from enum import Enum

from mkdocs_annotate.anchoring.form import INVISIBLE, fold_text, unspaced
from mkdocs_annotate.model.places import Range

REACH = 24
"""How many characters on each side of an end are looked at."""

_JOINTS = frozenset(".,:/'\u2044\u066b\u066c")
"""Signs that belong to a number where they stand between two digits: `1,000`, `10:30`, `2024/25`;
the last three are the fraction slash and Arabic.  Apostrophes are those of the form."""

# A group of three digits, or a fraction.
_GROUP = re.compile(r"\d{3}(?!\d)|\d\d?[/\u2044]\d\d?(?!\d)|[\u00bc-\u00be\u2150-\u215e]")
_GROUP_BEHIND = re.compile(f" (?:{_GROUP.pattern})")
_NOT = re.compile(r"'t(?!\w)", re.IGNORECASE)

_ZWJ = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
# What goes on with a sign beside marks: the joiner, vowels and finals of Hangul written letter by
# letter, the sound marks of half-width Japanese, tags of regional flags.
_EXTENDING = re.compile("[\u200d\u1160-\u11ff\uff9e\uff9f\U000e0020-\U000e007f]")


class Unit(Enum):
    """What a passage that ends here would cut in two."""

    WORD = "word"
    """A word that goes on: `legal` in “illegal”, `can` in “can't”."""

    NUMBER = "number"
    """A number that goes on: `12` in “120”, “1.5” or “12½”."""

    GROUP = "group"
    """A number that goes on after a space: `12` in “12 000” or “12 ½”."""

    MINUS = "minus"
    """The sign or point before a number: `12` in “−12” or “.12”."""

    DASHES = "dashes"
    """A run of dashes: `-x` in “--x”."""

    SIGN = "sign"
    """One sign: a letter and its accent, an emoji of several, half of a ligature."""

    WHOLE = "whole"
    """Something that is marked as a whole or not at all: a formula, a button."""


def cut_between(before: str, after: str) -> Unit | None:
    """Return what a passage that ends between `before` and `after` would cut; None if nothing.

    Both are texts in their form, of which `REACH` characters beside the end are enough.
    """
    first, last = after[:1], before[-1:]
    if not first or not last:
        return None
    if first == "-" and last == "-":
        return Unit.DASHES
    if _goes_on(last, first):
        return Unit.NUMBER if last.isnumeric() else Unit.WORD
    if _parts_not(before[-2:], after):
        return Unit.WORD
    if last.isdecimal():
        return _cut_behind_digit(before, after)
    return _cut_before_digit(before, after) if first.isnumeric() else None


def _parts_not(before: str, after: str) -> bool:
    """Return whether the boundary lies inside the “n't” of a word, beside its apostrophe."""
    if before[-1] in "nN":
        return bool(_NOT.match(after))
    return before[-1] == "'" and before[:-1] in ("n", "N") and bool(_NOT.match("'" + after))


def _goes_on(last: str, first: str) -> bool:
    """Return whether a word or number of two neighbouring signs goes on from one to the other."""
    if not (_is_of_word(last) and _is_of_word(first)):
        return False
    if last.isascii() and first.isascii():
        return True
    if last.isdecimal() and first.isdecimal():
        return True
    return not (unspaced().match(last) or unspaced().match(first))


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or extends(sign)


def _cut_behind_digit(before: str, after: str) -> Unit | None:
    if after[0] in _JOINTS and after[1:2].isdecimal():
        return Unit.NUMBER
    return Unit.GROUP if _GROUP_BEHIND.match(after) else None


def _cut_before_digit(before: str, after: str) -> Unit | None:
    sign, outside = before[-1], before[-2:-1]
    if sign in _JOINTS and outside.isdecimal():
        return Unit.NUMBER
    if sign in "-.":
        # `5-7`, `COVID-19`, `f(x)-2`, `p.12`, `...12` hold no sign of a number.
        spaced_letter = outside.isalnum() and not unspaced().match(outside)
        return None if spaced_letter or (outside and outside in ")]}-.") else Unit.MINUS
    if sign == " " and outside.isdecimal() and _GROUP.match(after):
        return Unit.GROUP
    return None


def cuts_cluster(text: str, at: int) -> bool:
    """Return whether a grapheme cluster of `text`, as it is, begins before `at` and goes on there.

    Source: Unicode Standard Annex 29, rules GB6 to GB13, without prepended marks.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if after < "\u0300":
        return False
    if extends(after) or (before == _ZWJ and _joins(text, at - 1)):
        return True
    if _SKIN_TONES[0] <= after <= _SKIN_TONES[1] and not before.isspace():
        return True
    if _FLAGS[0] <= after <= _FLAGS[1]:
        first = at
        while first and _FLAGS[0] <= text[first - 1] <= _FLAGS[1]:
            first -= 1
        return (at - first) % 2 == 1
    return False


def with_invisible(text: str, end: int) -> int:
    """Return `end` behind the invisible characters there that belong to the sign before."""
    while end < len(text) and text[end] in INVISIBLE and not _joins(text, end):
        end += 1
    return end


def _joins(text: str, at: int) -> bool:
    """Return whether the character at `at` joins two signs to one, as in the emoji of a family.

    Between letters it only shapes them: many a Malayalam word ends with one.
    """
    return text[at] == _ZWJ and unicodedata.category(text[at + 1 : at + 2] or " ").startswith("S")


def extends(character: str) -> bool:
    """Return whether `character` belongs to the sign before it, as an accent does."""
    if character < "\u0300":
        return False
    return unicodedata.category(character).startswith("M") or bool(_EXTENDING.match(character))


def with_edge_signs(place: Range, quote: str, text: str) -> Range:
    """Return `place`, found by its words, with the signs around them that `quote` has too.

    Signs of the quote are taken from the inside; one that the text does not have there is left out.
    """
    form = fold_text(quote).strip()
    letters = [index for index, sign in enumerate(form) if sign.isalnum()]
    if not letters:
        return place
    start = _reached(place.start, form[: letters[0]][::-1], text, -1)
    end = _reached(place.end, form[letters[-1] + 1 :], text, 1)
    while end > place.end and text[end - 1].isspace():
        end -= 1
    while start < place.start and text[start].isspace():
        start += 1
    return Range(start, end)


def _reached(at: int, signs: str, text: str, step: int) -> int:
    """Return how far from `at` the `signs`, from the inside outwards, stand in `text`."""
    while signs:
        beside = at if step > 0 else at - 1
        sign = text[beside : beside + 1] if beside >= 0 else ""
        form = fold_text(sign)[::step] if sign else ""
        if form and signs.startswith(form):
            at += step
            signs = signs[len(form) :]
        else:
            signs = signs[1:]
    return at
