"""Characters that a sidecar may not hold, and values made harmless for a message."""

import re
import unicodedata

# C0 but tab and line feed, DEL, C1, lone surrogates, noncharacters: no keyboard makes them, and
# Python-Markdown uses two of them (STX, ETX) for its own bookkeeping.
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_OVERRIDE = "\u202d\u202e"
_OPENING = "\u202a\u202b\u2066\u2067\u2068"
_CLOSING = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}

_FORBIDDEN = re.compile(f"[{_CONTROL}{_OVERRIDE}]")
_FORBIDDEN_IN_QUOTES = re.compile(f"[{_CONTROL}]")
_BALANCED = re.compile(f"[{_OPENING}{''.join(_CLOSING)}]")
_UNSHOWABLE = re.compile(f"[{_CONTROL}\t\n{_OVERRIDE}{_OPENING}{''.join(_CLOSING)}\u2028\u2029]")
_RUNNER_COMMAND = re.compile(r"##(?=\w*\[)")

OMISSION = re.compile(r"\s*(?:\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,})\s*")
"""What stands for words that an editor left out of a quotation: `…`, `...`, `[…]`, `(...)`."""

SHOWN_LENGTH = 80
"""Longest value quoted in a message: a message is one line."""


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


def shown(text: str) -> str:
    """Return `text` as one harmless line of at most `SHOWN_LENGTH` characters.

    Control and bidirectional characters appear as escapes, and what build services take for
    commands (`##[`, actions/runner `ActionCommand.cs`; Azure `##vso[`) is broken up.
    Never raises.
    """
    if len(text) > SHOWN_LENGTH:
        text = text[: SHOWN_LENGTH - 1] + "…"
    return harmless(text)


def harmless(text: str) -> str:
    """Return `text` as `shown` does, whatever its length.  Never raises."""
    text = _UNSHOWABLE.sub(lambda found: _escape(found.group()), text)
    return _RUNNER_COMMAND.sub(r"##\\", text)


def _escape(character: str) -> str:
    if character in "\n\t":
        return " "
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def _unbalanced(text: str) -> str | None:
    """Return an embedding or isolate of `text` that is never closed, or closed too often."""
    waiting: list[str] = []
    for found in _BALANCED.finditer(text):
        character = found.group()
        if character in _OPENING:
            waiting.append(character)
        elif not waiting or waiting.pop() not in _CLOSING[character]:
            return character
    return waiting[0] if waiting else None
