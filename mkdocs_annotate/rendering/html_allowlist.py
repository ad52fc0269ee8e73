"""The HTML that notes may hold, as an allowlist of elements and attributes.

The second wall behind the renderer of notes.  It knows nothing of Markdown, reads the finished
HTML from left to right, and corrects nothing: whatever it does not know is refused.
"""

import re

from mkdocs_annotate.model.links import decoded
from mkdocs_annotate.model.messages import forbidden_character

MAX_DEPTH = 128
"""Deepest nesting of elements; browsers flatten what lies below 512."""

_BLOCKS = frozenset(["p", "pre", "blockquote", "ul", "ol", "hr", "table"])

# Where only these may stand, and these only there; anywhere else the HTML parser moves them.
_PARENTS = {
    "li": ("ul", "ol"),
    "thead": ("table",),
    "tbody": ("table",),
    "tr": ("thead", "tbody"),
    "th": ("tr",),
    "td": ("tr",),
}


_TABLE_PARTS = frozenset(["table", "thead", "tbody", "tr"])

# Addresses with nothing in them that decodes to a `:` or `/`.  At `_END` only `/`, `?`, `#` or
# nothing may follow, which leaves the part before it no shorter form to fall back to.
_WRITTEN = r'(?:[^\s"<>\\&]|&amp;|&#x27;)*'

_END = r'(?![^\s/?#"<>\\])'

_INSIDE = rf'(?!//)(?:[^\s:/?#"<>\\&]|&amp;|&#x27;)*{_END}{_WRITTEN}'

_OUTSIDE = rf'(?i:https?)://[^\s/?#@"<>\\&]+{_END}{_WRITTEN}'

_MAIL = r'(?i:mailto):[^\s?"<>\\&]+'

_ATTRIBUTES = {
    **dict.fromkeys(
        ["p", "em", "strong", "pre", "blockquote", "ul", "li", "span", "br", "hr"], re.compile("")
    ),
    **dict.fromkeys(["table", "thead", "tbody", "tr", "th", "td"], re.compile("")),
    "code": re.compile(r'(?: class="language-[\w#+.-]{1,40}")?', re.ASCII),
    "ol": re.compile(r'(?: start="[0-9]{1,9}")?'),
    "a": re.compile(rf' href="(?:{_INSIDE}|{_MAIL}|{_OUTSIDE})"'),
    "img": re.compile(rf' alt="[^"<>]*" src="{_INSIDE}"'),
}

_VOID = frozenset(["br", "hr", "img"])

_TOKEN = re.compile(
    r"(?P<text>[^<>]+)|</(?P<end>[a-z]+)>|<(?P<start>[a-z]+)(?P<attributes>(?: [^<>]*)?)>"
)


def is_allowed_html(html: str) -> bool:
    """Return whether `html` has only elements and attributes of notes, and closes each element.

    Then a browser reads from it just these elements, in this nesting, wherever it stands in a
    page's body outside of paragraphs, links and tables.  Never raises.  Cost: linear; 10 to 30 µs
    for an ordinary note, a tenth of its conversion.
    """
    waiting: list[str] = []
    read = 0
    for token in _TOKEN.finditer(html):
        if token.start() != read or not _fits(token, waiting):
            return False
        read = token.end()
    return read == len(html) and not waiting and forbidden_character(decoded(html)) is None


def _fits(token: re.Match[str], waiting: list[str]) -> bool:
    """Return whether `token` is allowed here; `waiting` are the open elements, and are updated."""
    text, end, start, attributes = token.groups()
    if text:
        return not (waiting and waiting[-1] in _TABLE_PARTS and text.strip())
    if end:
        return bool(waiting) and waiting.pop() == end
    known = _ATTRIBUTES.get(start)
    if not known or not known.fullmatch(attributes) or not _may_begin(start, waiting):
        return False
    if start not in _VOID:
        waiting.append(start)
    return len(waiting) <= MAX_DEPTH


def _may_begin(tag: str, waiting: list[str]) -> bool:
    parent = waiting[-1] if waiting else ""
    if tag in _PARENTS or parent in _TABLE_PARTS:
        return parent in _PARENTS.get(tag, ())
    if tag in _BLOCKS:
        return "p" not in waiting
    return tag != "a" or "a" not in waiting
