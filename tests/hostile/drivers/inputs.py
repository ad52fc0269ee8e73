"""Inputs drawn at random, the same for the same seed, and made smaller where one fails."""

import random
from collections.abc import Callable, Iterator

from drivers.targets import Target

LONGEST = 400
"""Most characters of a drawn input: errors need few, and small inputs are many."""

OFTEN = 0.4
"""How often an input is a change of one that is given, and not made of pieces alone."""


def drawn(target: Target, seed: object, count: int) -> Iterator[str]:
    """Yield `count` inputs for a target."""
    draw = random.Random(f"{seed}")
    kept = list(target.seeds)
    for _ in range(count):
        if kept and draw.random() < OFTEN:
            text = mixed(draw.choice(kept), target.pieces, draw)
            # Changes of changes: what is one step from sound is most like what people write.
            if draw.random() < 0.1:
                kept[draw.randrange(len(kept))] = text
                kept = kept[:40] + list(target.seeds)
        else:
            text = "".join(draw.choice(target.pieces) for _ in range(draw.randint(1, 14)))
        yield text[:LONGEST]


def mixed(text: str, pieces: tuple[str, ...], draw: random.Random) -> str:
    """Return `text` with one to four changes: pieces put in, characters left out or repeated."""
    for _ in range(draw.randint(1, 4)):
        at = draw.randint(0, len(text))
        what = draw.randrange(4)
        if what == 0:
            text = text[:at] + draw.choice(pieces) + text[at:]
        elif what == 1:
            text = text[:at] + text[at + draw.randint(1, 6) :]
        elif what == 2:
            end = at + draw.randint(1, 20)
            text = text[:end] + text[at:end] + text[end:]
        else:
            text = text[:at] + draw.choice(pieces) + text[at + draw.randint(1, 3) :]
    return text


def failing(run: Callable[[str], object], text: str) -> bool:
    """Return whether an input makes a target fail."""
    try:
        run(text)
    except Exception:
        return True
    return False


def smallest(run: Callable[[str], object], text: str) -> str:
    """Return a part of `text`, which fails, that fails too and of which no part does."""
    size = len(text) // 2
    while size:
        at = 0
        while at < len(text):
            shorter = text[:at] + text[at + size :]
            if failing(run, shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text
