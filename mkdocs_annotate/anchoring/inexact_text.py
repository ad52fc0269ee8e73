"""A page prepared for inexact search: its letters alone, and its words in lower case.

Nothing found here is an anchor: it is a hint for a person, or it shows that a quote has one
place at most.
"""

import re
import unicodedata
from functools import cache, cached_property, lru_cache

from mkdocs_annotate.anchoring.form import Folded, unspaced
from mkdocs_annotate.model.places import Range


def letters_of(text: str) -> str:
    """Return the letters and digits of `text` without their case, accents and vowel signs.

    Compatibility forms, such as superscripts, are the letters they stand for.  Cost: linear.
    """
    if text.isascii():
        text = text.lower()
    # Each sign that changes by itself: quicker than to look at every character.
    for sign in set(text):
        letters = _letters_of_sign(sign)
        if letters != sign:
            text = text.replace(sign, letters)
    return text


@lru_cache(maxsize=4_096)
def _letters_of_sign(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    return "".join(filter(str.isalnum, plain))


class Letters:
    """The letters and digits of a text in its form, with the way back."""

    def __init__(self, form: Folded) -> None:
        self._form = form
        self._counts: dict[tuple[str, int], int] = {}

    @cached_property
    def text(self) -> str:
        """Return the letters and digits."""
        return letters_of(self._form.text)

    def count(self, words: str, most: int = 2) -> int:
        """Return how often the letters of `words` stand here, overlapping or not, up to `most`."""
        key = letters_of(words), most
        # Each place of a quote asks for the same words.
        if key not in self._counts:
            self._counts[key] = len(self._starts(*key))
        return self._counts[key]

    def places(self, words: str, most: int) -> list[Range]:
        """Return where the letters of `words` stand, up to `most`: ranges of the text itself."""
        wanted = letters_of(words)
        return [
            self._form.back(
                Range(self._at[start], self._with_marks(self._at[start + len(wanted) - 1] + 1))
            )
            for start in self._starts(wanted, most)
        ]

    def _with_marks(self, end: int) -> int:
        """Return `end` behind the vowel signs and accents there, which are no letters."""
        text = self._form.text
        while end < len(text) and unicodedata.category(text[end]).startswith("M"):
            end += 1
        return end

    def _starts(self, wanted: str, most: int) -> list[int]:
        found: list[int] = []
        at = self.text.find(wanted) if wanted else -1
        while at >= 0 and len(found) < most:
            found.append(at)
            at = self.text.find(wanted, at + 1)
        return found

    @cached_property
    def _at(self) -> list[int]:
        """Return where in the form each letter stands."""
        if self._form.text.isascii():
            return [at for at, sign in enumerate(self._form.text) if sign.isalnum()]
        return [
            at
            for at, sign in enumerate(self._form.text)
            for _ in range(len(_letters_of_sign(sign)))
        ]


class NearText:
    """A text in its form and in lower case, character by character, and its words.

    A word is what stands between spaces or apostrophes, without the signs around it: `11,000`,
    `UTF-8`; in a script without spaces each sign is one.
    """

    def __init__(self, form: Folded) -> None:
        self._form = form
        lower = form.text.lower()
        # `İ` becomes two characters: then each one alone, so that places stay.
        self.text = (
            lower if len(lower) == len(form.text) else "".join(c.lower()[0] for c in form.text)
        )

    def back(self, place: Range) -> Range:
        """Return the range of the visible text that a stretch of this one is."""
        return self._form.back(place)

    @cached_property
    def _found(self) -> list[tuple[str, int]]:
        return [(found.group(), found.start()) for found in _word().finditer(self.text)]

    @cached_property
    def words(self) -> list[str]:
        """Return the words in order."""
        return [word for word, _ in self._found]

    @cached_property
    def starts(self) -> list[int]:
        """Return where each word begins."""
        return [start for _, start in self._found]

    def end(self, word: int) -> int:
        """Return where a word ends, by its number."""
        return self.starts[word] + len(self.words[word])

    @cached_property
    def numbers(self) -> dict[str, list[int]]:
        """Return which words of the text a word is, by their numbers."""
        numbers: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            numbers.setdefault(word, []).append(number)
        return numbers


def words_of(text: str) -> list[tuple[str, int]]:
    """Return the words of `text`, which is in its form and in lower case, and where each begins."""
    return [(found.group(), found.start()) for found in _word().finditer(text)]


@cache
def _word() -> re.Pattern[str]:
    sign = unspaced().pattern
    letter, other = rf"(?:(?!{sign})\w)", rf"(?:(?!{sign})[^\s'])"
    return re.compile(rf"{sign}|{letter}(?:{other}*{letter})?")
