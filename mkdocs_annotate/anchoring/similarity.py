"""How alike two stretches of text are, by Myers' bit vectors on Python's long integers.

Source: G. Myers, A fast bit-vector algorithm for approximate string matching based on dynamic
programming, J. ACM 46 (1999); the block-free form of H. Hyyrö (2003), with integers of any length
in place of machine words.
"""

from collections.abc import Iterator


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
