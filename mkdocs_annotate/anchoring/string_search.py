"""String algorithms: an index of words for many substring searches, and edit distances.

Source of the distances: G. Myers, A fast bit-vector algorithm for approximate string matching
based on dynamic programming, J. ACM 46 (1999); the block-free form of H. Hyyrö (2003), with
integers of any length in place of machine words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress, count

LEAST_EXPECTED = 128
"""How many searches take as long as to make an index for them."""

CHARACTERS_A_PLACE = 128
"""How many characters a search goes through in the time in which one place is looked at."""


class Finder:
    """A text in which words are looked for, with one space and no other white space between."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[str, list[int]] = {}
        """Where words begin that are parts of what is expected."""

    def expect(self, many: Iterable[str]) -> None:
        """Prepare for a search for each of `many` words.  Cost: as much as 128 searches."""
        expected = list(many)
        if len(expected) < LEAST_EXPECTED:
            return
        words = self.text.split(" ")
        often = Counter(words)
        inner = filter(None, map(_inner, expected))
        places: dict[str, list[int]] = {min(keys, key=often.__getitem__): [] for keys in inner}
        starts = list(accumulate(map(len, words), initial=0))
        for number in compress(count(), map(places.__contains__, words)):
            places[words[number]].append(starts[number] + number)
        self.places = places

    def starts(self, words: str) -> Iterator[int]:
        """Yield where `words`, which are not empty, begin: in order, overlapping ones too.

        Cost: `str.find`, 0.5 ms per million characters; for expected words of which one is rare,
        next to nothing.
        """
        known = [key for key in _inner(words) if key in self.places] if self.places else []
        rarest = min(known, key=lambda key: len(self.places[key]), default="")
        if not rarest or len(self.places[rarest]) * CHARACTERS_A_PLACE > len(self.text):
            at = self.text.find(words)
            while at >= 0:
                yield at
                at = self.text.find(words, at + 1)
            return
        before = words.index(f" {rarest} ") + 1
        for place in self.places[rarest]:
            if place >= before and self.text.startswith(words, place - before):
                yield place - before


def _inner(words: str) -> list[str]:
    """Return the words that have a space on both sides: others may be parts of longer words."""
    return words.split(" ")[1:-1]


def distances(pattern: str, text: str, *, anywhere: bool = False) -> Iterator[int]:
    """Yield, for each prefix of `text` from the empty one, its edit distance to `pattern`.

    With `anywhere` the distance is that of the nearest stretch that ends there, wherever it
    begins.  Insertions, deletions and replacements cost 1.
    Cost: one step a character of `text`, each linear in the length of `pattern` / 64.
    """
    length = len(pattern)
    yield length
    if not length:
        for end in range(1, len(text) + 1):
            yield 0 if anywhere else end
        return
    places: dict[str, int] = {}
    for index, character in enumerate(pattern):
        places[character] = places.get(character, 0) | (1 << index)
    every = (1 << length) - 1
    last = 1 << (length - 1)
    plus, minus, distance = every, 0, length
    for character in text:
        equal = places.get(character, 0)
        diagonal = (((equal & plus) + plus) ^ plus) | equal | minus
        horizontal_plus = minus | ~(diagonal | plus)
        horizontal_minus = plus & diagonal
        if horizontal_plus & last:
            distance += 1
        elif horizontal_minus & last:
            distance -= 1
        horizontal_plus = (horizontal_plus << 1) | (0 if anywhere else 1)
        horizontal_minus <<= 1
        plus = (horizontal_minus | ~(diagonal | horizontal_plus)) & every
        minus = horizontal_plus & diagonal & every
        yield distance
