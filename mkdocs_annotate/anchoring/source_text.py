"""The Markdown of a page, read without its extensions: which parts of it show as written."""

import re
from enum import IntEnum
from functools import cache

from mkdocs_annotate.anchoring.tags import unescaped

# What `pymdownx.smartsymbols` writes for others: only where the page has that sign.
_SYMBOLS = {
    "(tm)": "™",
    "(c)": "©",
    "(r)": "®",
    "c/o": "℅",
    "+/-": "±",
    "=/=": "≠",
    "<-->": "↔",
    "<--": "←",
    "-->": "→",
    "1/4": "¼",
    "1/2": "½",
    "3/4": "¾",
    "1/3": "⅓",
    "2/3": "⅔",
    "1/8": "⅛",
    "3/8": "⅜",
    "5/8": "⅝",
    "7/8": "⅞",
}


def prepared(source: str, shown: str) -> str:
    """Return `source` with character references resolved, and symbols as in the text `shown`.

    `source` is the Markdown of a page or a quote copied from it; both are compared so.
    """
    source = unescaped(source) if "&" in source else source
    if shown.isascii():
        return source
    # The end of a comment looks like an arrow.
    comments = "<!--" in source
    for typed, sign in _SYMBOLS.items():
        if typed in source and sign in shown and not (comments and "--" in typed):
            source = source.replace(typed, sign)
    return source


class Shows(IntEnum):
    """How a stretch of Markdown shows on the page that is no plain text."""

    NEVER = 1
    """Not at all: the target of a link, an attribute list, a tag, the kind of an admonition."""

    OTHERWISE = 2
    """As something else than its words: an image, an emoji, the box of a task."""


# Each part is total within its line or paragraph, so that no text makes it slow; runs of backticks
# and tildes are read whole, as one of 1,000 has too many ways to be taken apart.
_CODE = r"""^[ >]*(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?s:.*?)(?:^[ >]*(?P=fence)|\Z)
    | (?<!`)(?P<tick>`+)(?!`)
      (?:[^`\n]|\n(?!\n)|(?<!`)(?!(?P=tick)(?!`))`+(?!`)){1,500}?(?<!`)(?P=tick)(?!`)"""
_OTHERWISE = r"""!\[[^\]\n]*(?:\](?:\([^)\n]*\)?|\[[^\]\n]*\]?)?)?
    | :(?:(?=[0-9_+-]*[a-z])[a-z0-9_+-]+|[+-]1): | ^[ >]*[-*+][ ]+\[[ xX]\](?=\s)"""
_NEVER = r"""\]\([^)\n]*\)? | \]\[[^\]\n]*\]? | ^[ ]{0,3}\*?\[(?!\^)[^\]\n]+\]:.*
    | \{[:#.%][^}\n]*\}? | \[\^[^\]\n]*\]?:? | <!--(?s:.*?)(?:-->|\Z) | <[^>\n]*>?
    | ^[ >]*(?:!!!|\?\?\?)\+?[^"\n]* | ^[ >]*///[^|\n]* | ^\[TOC\] | ^[ >]*\d+[.)](?=\s)"""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<code>{_CODE})|(?P<otherwise>{_OTHERWISE})|(?P<never>{_NEVER})",
        re.MULTILINE | re.VERBOSE,
    )


Stretch = tuple[int, int, Shows]


def stretches(source: str) -> list[Stretch]:
    """Return where in `source` stands what does not show as it stands: in order, not overlapping.

    A guess by the signs alone: what is no code by them may be code all the same, and show.
    Cost: linear.
    """
    found = []
    for match in _pattern().finditer(source):
        start, end = match.span()
        if match["fence"]:
            # Its words show, but for what stands behind the opening fence.
            found.append((start, source.find("\n", start), Shows.NEVER))
        elif not match["code"]:
            shows = Shows.OTHERWISE if match["otherwise"] else Shows.NEVER
            found.append((start, end, shows))
    return found
