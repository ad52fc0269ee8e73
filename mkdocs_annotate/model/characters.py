"""Characters that a sidecar may not hold, and values made harmless for a message."""

import re
import unicodedata

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
"""What stands for words that an editor left out of a quotation: `…`, `...`, `[…]`, `(...)`."""


def forbidden_character(text: str, *, quoted: bool = False) -> str | None:
    """Return the first character of `text` that no sidecar may hold, or None.

    `quoted` text is only compared with the article, never shown: there, overrides of the
    writing direction are folded away and harmless.  Never raises.
    """
    # None of them is printable: this is so of nearly every text, and quick to tell.
    if text.isprintable():
        return None
    found = (_FORBIDDEN_IN_QUOTES if quoted else _FORBIDDEN).search(text)
    if found:
        return found.group()
    return None if quoted else _unbalanced(text)


def character_name(character: str) -> str:
    """Return `character` as a writer can look it up: its number and, if it has one, its name."""
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
