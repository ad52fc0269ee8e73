"""A page prepared for a search for what is only alike: never for an anchor."""

import re
from functools import cache, cached_property

from mkdocs_annotate.anchoring.form import Folded, unspaced
from mkdocs_annotate.model.places import Range


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
