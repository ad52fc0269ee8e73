"""Names of characters and “did you mean” hints, for messages."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

# C0 but tab and line feed, DEL, C1, lone surrogates, noncharacters: no keyboard makes them, and
# Python-Markdown uses two of them (STX, ETX) for its own bookkeeping.
CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
OVERRIDES = "\u202d\u202e"
OPENING = "\u202a\u202b\u2066\u2067\u2068"
CLOSING = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}

_FORBIDDEN = re.compile(f"[{CONTROL}{OVERRIDES}]")
_FORBIDDEN_IN_QUOTES = re.compile(f"[{CONTROL}]")
_BALANCED = re.compile(f"[{OPENING}{''.join(CLOSING)}]")

OMISSION = re.compile(r"\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,})\s*")
"""The signs for words that were left out of a quotation: `…`, `...`, `[…]`, `(...)`."""


def forbidden_character(text: str, *, quoted: bool = False) -> str | None:
    """Return the first character of `text` that no sidecar may hold, or None.

    `quoted` text is only compared with the article, never shown: there, overrides of the
    writing direction are folded away and harmless.  Never raises.
    """
    # None of them is printable: this is so of nearly every text, and quickly seen.
    if text.isprintable():
        return None
    found = (_FORBIDDEN_IN_QUOTES if quoted else _FORBIDDEN).search(text)
    if found:
        return found.group()
    return None if quoted else _unbalanced(text)


def character_name(character: str) -> str:
    """Return the number of `character` and, if it has one, its name: `U+200B zero width space`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" {name.lower()}" if name else "")


def _unbalanced(text: str) -> str | None:
    """Return an embedding or isolate of `text` that is never closed, or closed too often."""
    waiting: list[str] = []
    for found in _BALANCED.finditer(text):
        character = found.group()
        if character in OPENING:
            waiting.append(character)
        elif not waiting or waiting.pop() not in CLOSING[character]:
            return character
    return waiting[0] if waiting else None


_LIKE = 0.6
"""Least similarity of a proposal: `noet` and `note` have 0.75, `colour` and `locator` 0.46."""

_LEAD = 0.1
"""How much nearer than the second one the nearest word must be: a wrong hint is worse than none."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that is clearly nearest to `word`; None if there is none.

    Letters count alike in both cases; `-` and `_` don't count.  Cost: 2 µs for a word that is not
    near, 50 µs for one that is.
    """
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(_folded(word))
    scored = []
    for other in known:
        matcher.set_seq1(_folded(other))
        # The quicker ones are upper bounds.
        if matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE:
            scored.append((matcher.ratio(), other))
    scored.sort(reverse=True)
    if not scored or scored[0][0] < _LIKE:
        return None
    best, first = scored[0]
    rivals = [other for score, other in scored if best - score < _LEAD]
    if len(rivals) == 1 or best == 1:
        return first
    # Hardly anybody mistypes the first letter: `kid` is `kind`, and not `id`.
    alike = [other for other in rivals if _folded(other)[:1] == _folded(word)[:1]]
    return alike[0] if len(alike) == 1 else None


def _folded(word: str) -> str:
    return word[:100].casefold().replace("_", "").replace("-", "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the sentence that proposes the nearest of `known`; nothing if none is near."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""
