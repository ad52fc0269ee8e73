"""Every place of some words in a long text, quick for many that are expected."""

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
