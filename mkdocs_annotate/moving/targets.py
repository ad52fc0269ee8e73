"""Where addresses stand in Markdown: of links, images, definitions, and in raw HTML."""

import re
from enum import Enum
from typing import NamedTuple


class Form(Enum):
    """How an address is written."""

    INLINE = "inline"
    """`[words](address)`, `![words](address)`."""

    DEFINITION = "definition"
    """`[key]: address`, on a line of its own."""

    HTML = "html"
    """`href` or `src` of a tag: hosts leave it as it is."""


class Target(NamedTuple):
    """An address, its half-open extent in the Markdown, and how it is written."""

    address: str
    start: int
    end: int
    form: Form
    indented: bool = False
    """Its line begins with four spaces or more: it may be code."""


# Parts that show as they are: fences, comments, elements of code, code spans within a block.
_VERBATIM = re.compile(
    r"""^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t>]*(?P=fence)[`~]*[ \t]*$
    | <!--.*?-->
    | <(?P<tag>pre|code|script|style)\b.*?</(?P=tag)\s*>
    | (?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)""",
    re.MULTILINE | re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?!\^)[^\[\]\n]+\]:[ ]*\n?[ ]*<?(?P<address>[^\s<>]+)>?(?=\s|$)", re.MULTILINE
)
_HTML = re.compile(
    r"<[a-z][^<>]*?\s(?:href|src)\s*=\s*[\"']?(?P<address>[^\"'\s<>]+)", re.IGNORECASE
)
_OPENING = re.compile(r"\]\([ \t\n]*")
_ANGLED = re.compile(r"<([^<>\n]*)>")
_CLOSING = re.compile(r"[ \t\n]*(?:\)|[\"'])")
_LONGEST = 2_048
"""Longest address, in characters."""

_DEEPEST = 32
"""Deepest parentheses in an address, as in CommonMark's own parser: those left open cost little."""


def targets(text: str) -> list[Target]:
    """Return the addresses in the Markdown `text`, in order; those in code and comments left out.

    Code that only its indentation makes code is not told from lists: such addresses are marked.
    Never raises.  Cost: linear, but for comments and elements of code that never end.
    """
    visible = _VERBATIM.sub(lambda found: _blank(found.group()), text)
    found = [
        Target(match["address"], *match.span("address"), form)
        for pattern, form in ((_DEFINITION, Form.DEFINITION), (_HTML, Form.HTML))
        for match in pattern.finditer(visible)
    ]
    for opening in _OPENING.finditer(visible):
        extent = _extent(visible, opening.end())
        if extent and not _is_escaped(visible, opening.start()):
            start, end = extent
            found.append(Target(text[start:end], start, end, Form.INLINE, _indented(text, start)))
    return sorted(found, key=lambda target: target.start)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", "\x00", text)


def _extent(text: str, start: int) -> tuple[int, int] | None:
    """Return where the address stands that begins at `start`, behind `](`; None if none does."""
    angled = _ANGLED.match(text, start)
    if angled:
        return angled.span(1) if _CLOSING.match(text, angled.end()) else None
    depth, end = 0, start
    limit = min(len(text), start + _LONGEST)
    while end < limit and text[end] not in " \t\n\x00":
        if depth > _DEEPEST:
            return None
        if text[end] == ")" and depth == 0:
            break
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return (start, end) if end > start and _CLOSING.match(text, end) else None


def _is_escaped(text: str, place: int) -> bool:
    first = place
    while first and text[first - 1] == "\\":
        first -= 1
    return (place - first) % 2 == 1


def _indented(text: str, place: int) -> bool:
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line.startswith(("    ", "\t"))
