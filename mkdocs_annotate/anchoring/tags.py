"""HTML to tags and the text between them, and what each element is to whoever marks passages.

A real HTML parser gives no offsets of text, so the string is split by one pattern that no input
can make fail: that would cost quadratic time.
"""

import html as html_entities
import re
import sys
from enum import IntEnum


class Role(IntEnum):
    """What a tag is to whoever marks passages."""

    OPEN = 0
    """The start of an inline element."""

    CLOSE = 1
    """The end of an inline element."""

    SINGLE = 2
    """Inline and complete in itself: an image, a comment, a line break."""

    BOUNDARY = 3
    """A block begins or ends, or is passed over as a whole: no mark crosses it."""

    ATOM = 4
    """A whole element that shows no text of the article: a drawing, a permalink."""

    OPAQUE = 5
    """A whole element whose text is marked as a whole or not at all: a formula, a button."""


# After a tag's name.  Each part is total: a quote or tag left open runs to the end, as it does in
# browsers (WHATWG HTML §13.2.5).  With a `>` that may be missing, `<a "` repeated over 80 kB took
# two minutes.  From Python 3.11 the repetition is possessive: same tokens, no stack to go back.
_ATTRIBUTE = (
    r"""(?:[\s/]+|[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*)?)?)"""
)
_ATTRIBUTES = _ATTRIBUTE + ("*+" if sys.version_info >= (3, 11) else "*")
_TAG = r"</?[a-z][^\s/>]*" + _ATTRIBUTES + r"(?:>|\Z)"

_RAW_TEXT = tuple("script style textarea title xmp iframe noembed noframes noscript".split())
_RAW = "|".join(
    rf"<{name}(?=[\s/>]|\Z){_ATTRIBUTES}(?:>|\Z).*?"
    rf"(?:</{name}(?=[\s/>]|\Z){_ATTRIBUTES}(?:>|\Z)|\Z)"
    for name in _RAW_TEXT
)
_TOKENS = re.compile(
    rf"(<!--(?:-?>|.*?(?:--!?>|\Z))|{_RAW}|{_TAG}|<[!?][^>]*(?:>|\Z)|</[^a-z][^>]*(?:>|\Z))",
    re.IGNORECASE | re.DOTALL,
)
_NAME = re.compile(r"</?([a-z][^\s/>]*)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d+;?|#x[0-9a-f]+;?|[a-z][a-z0-9]*;?)", re.IGNORECASE | re.ASCII)
_ATTRIBUTE_VALUE = re.compile(
    r"""[\s/"'](class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*))""", re.IGNORECASE
)

_HIDDEN = frozenset("svg math template select object video audio canvas".split())
_SKIPPED_CLASSES = frozenset("headerlink footnote-ref footnote-backref linenos linenodiv".split())
_SKIPPED = frozenset(("rt", "rp"))
_OPAQUE_CLASSES = frozenset(("arithmatex", "mermaid", "MathJax"))

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without an end tag."""

BLOCK = frozenset(
    """address article aside blockquote body caption center colgroup col dd details dialog dir div
    dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
    html legend li main menu nav ol optgroup option p pre search section summary table tbody td
    tfoot th thead tr ul""".split()
)
"""Elements that part the text before them from the text in them."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

KEEPERS = frozenset(
    "a button label summary option h1 h2 h3 h4 h5 h6 pre code kbd samp sub sup ruby".split()
)
"""Elements that no reference may stand in: links nest neither in links nor in controls; headings
and code are indexed and copied."""


def split(html: str) -> list[str]:
    """Return the text and tags of `html` by turns, text first; joined they are `html`.

    A raw-text element, such as a script, is one tag with all that it holds.  Never raises.
    Cost: linear, 30 MB/s.
    """
    return _TOKENS.split(html)


def name_of(tag: str) -> str:
    """Return the name of a start or end tag in lower case; of anything else nothing."""
    found = _NAME.match(tag)
    return found.group(1).lower() if found else ""


def is_raw(name: str) -> bool:
    """Return whether what an element holds is no text of the page."""
    return name in _RAW_TEXT


def attributes_of(tag: str) -> tuple[str, str]:
    """Return the class and the id of a start tag; of repeated ones the first counts."""
    if "=" not in tag:
        return "", ""
    found = {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in reversed(list(_ATTRIBUTE_VALUE.finditer(tag)))
    }
    return found.get("class", ""), html_entities.unescape(found.get("id", ""))


def whole_role(name: str, classes: str, *, skip: bool) -> Role | None:
    """Return the role of an element that is taken as a whole; None for any other.

    Without `skip` permalinks, numbers of footnotes and lines, and readings of ruby are text.
    """
    if name in _HIDDEN or (skip and name in _SKIPPED):
        return Role.ATOM
    if name == "button":
        return Role.OPAQUE
    words = classes.split()
    if not words:
        return None
    if skip and (not _SKIPPED_CLASSES.isdisjoint(words) or (name == "div" and "toc" in words)):
        return Role.ATOM
    return None if _OPAQUE_CLASSES.isdisjoint(words) else Role.OPAQUE


def references(text: str) -> list[tuple[int, int, str]]:
    """Return where character references of `text` begin and end, and what they stand for."""
    found = []
    for match in _REFERENCE.finditer(text):
        character = html_entities.unescape(match.group())
        if character != match.group():
            found.append((*match.span(), character))
    return found
