"""HTML split into tags and text, and the role of each element when passages are marked.

A real HTML parser gives no offsets of text, so the string is split by one pattern that no input
can make fail: that would cost quadratic time.
"""

import html as html_entities
import re
import sys
from enum import IntEnum
from html.entities import html5
from typing import NamedTuple

from mkdocs_annotate.model.places import Span


class Role(IntEnum):
    """What a tag means for marking passages."""

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


# What HTML takes for white space: fewer characters than Python does.
_SPACE = r" \t\n\f\r"
# Each part is total: a quote or tag left open runs to the end, as it does in browsers (WHATWG HTML
# §13.2.5).  With a `>` that may be missing, `<a "` repeated over 80 kB took two minutes.  From
# Python 3.11 the repetition is possessive: same tokens, no stack to go back.
_LABEL = rf"[^{_SPACE}/>][^{_SPACE}/>=]*"
_EQUALS = rf"[{_SPACE}]*=[{_SPACE}]*"
_VALUE = rf"""(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^{_SPACE}>"'][^{_SPACE}>]*)"""
_ATTRIBUTES = rf"(?:[{_SPACE}/]+|{_LABEL}(?:{_EQUALS}{_VALUE}?)?)" + (
    "*+" if sys.version_info >= (3, 11) else "*"
)
_NAMED = rf"[a-z][^{_SPACE}/>]*"
_TAG = rf"</?{_NAMED}{_ATTRIBUTES}(?:>|\Z)"

_RAW_TEXT = tuple("script style textarea title xmp iframe noembed noframes noscript".split())
_RAW = "|".join(
    rf"<{name}(?=[{_SPACE}/>]|\Z){_ATTRIBUTES}(?:>|\Z).*?"
    rf"(?:</{name}(?=[{_SPACE}/>]|\Z){_ATTRIBUTES}(?:>|\Z)|\Z)"
    for name in _RAW_TEXT
)
# ASCII: `ſ` and the sign for kelvin are no letters of a tag's name.
_FLAGS = re.IGNORECASE | re.DOTALL | re.ASCII
_TOKENS = re.compile(
    rf"(<!--(?:-?>|.*?(?:--!?>|\Z))|{_RAW}|{_TAG}|<[!?][^>]*(?:>|\Z)"
    r"|</(?:>|[^a-z>][^>]*(?:>|\Z)))",
    _FLAGS,
)
_NAME = re.compile(rf"</?({_NAMED})", _FLAGS)
_ATTRIBUTE = re.compile(rf"({_LABEL})(?:{_EQUALS}({_VALUE})?)?", _FLAGS)
_TELLING = re.compile(rf"[{_SPACE}/\"'](?:class|id)[{_SPACE}=]|[{_SPACE}/\"']hidden\b", _FLAGS)
_REFERENCE = re.compile(r"&(?:#(\d+);?|#x([0-9a-f]+);?|[a-z][a-z0-9]*;?)", _FLAGS)

# One more than the longest name, and the ampersand.
_LONGEST_REFERENCE = max(map(len, html5)) + 2

_HIDDEN = frozenset("svg math template select object video audio canvas".split())
_SKIPPED_CLASSES = frozenset(
    "headerlink footnote-ref footnote-backref linenos linenodiv ann-ref".split()
)
_OPAQUE_CLASSES = frozenset(("arithmatex", "mermaid", "MathJax"))

READINGS = frozenset(("rt", "rp"))
"""Readings beside the characters of ruby, and the brackets around them; their end tags may be
left out."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without an end tag."""

BLOCK = frozenset(
    """address article aside blockquote body caption center colgroup col dd details dialog dir div
    dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
    html label legend li main menu nav ol optgroup option p pre search section summary table tbody
    td tfoot th thead tr ul""".split()
)
"""Elements that part the text before them from the text in them."""

HEAD = frozenset(
    "html head title meta link script style base basefont bgsound noframes noscript".split()
)
"""Elements that may stand in a head, and don't begin the body (WHATWG HTML §13.2.6.4.4)."""

SCOPES = frozenset("applet caption html table td th marquee object template svg math".split())
"""An end tag closes nothing outside of these, but one of the same name (§13.2.4.2)."""

TABLE = frozenset("table caption tbody tfoot thead tr td th".split())
"""End tags of these look for their element beyond cells (“in table scope”)."""

TABLE_PARTS = TABLE - {"table"} | {"col", "colgroup"}
"""Without a table their start tags are nothing (§13.2.6.4.7)."""

TABLE_SCOPES = frozenset(("table", "template", "html"))
"""Where the scope of a table ends."""

SPECIAL = BLOCK | SCOPES | frozenset(("select", "button", "plaintext"))
"""Elements that a stray end tag of an inline one doesn't reach beyond."""

CLOSE_PARAGRAPH = frozenset(
    """address article aside blockquote center details dialog dir div dl fieldset figcaption figure
    footer header hgroup main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre listing
    plaintext form table hr li dd dt""".split()
)
"""Elements whose start tags close an open paragraph (§13.2.6.4.7)."""

NO_DRAWING = frozenset(
    """b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li
    listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul
    var""".split()
)
"""Elements whose start tags end a drawing or a formula (§13.2.6.5)."""

READING_ENDS = READINGS | {"ruby"} | BLOCK
"""Elements whose tags end a reading that is still open."""

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


def cut_short(pieces: list[str]) -> str:
    """Return what a page, as `split` returns it, ends in the middle of: a tag, a script."""
    last = pieces[-2] if len(pieces) > 1 and not pieces[-1] else ""
    name = _NAME.match(last)
    if not name:
        return ""
    called = name[1].lower()
    # In a value that is never closed `>` is text.
    ends = [match.end() for match in _ATTRIBUTE.finditer(last, name.end())]
    closed = f"</{called}" in last.lower() if is_raw(called) else [len(last)] != ends[-1:]
    return "" if closed and last.endswith(">") else called


class Tag(NamedTuple):
    """A tag's name, role and attributes; an element taken as a whole may go on behind its tag."""

    name: str
    """In lower case; empty for a comment and the like."""
    role: Role
    """Its role, if it stands by itself."""
    ends: bool = False
    id: str = ""
    whole: Role | None = None
    """The role of the element that begins here, if it is taken as a whole."""
    shows: bool = False
    """Such an element shows its text."""
    complete: bool = False
    """The start tag is all of that element."""
    keeps: bool = False
    """No reference may stand in the element; of an end tag: perhaps."""
    plain: bool = True
    """Nothing but its role counts."""


def read_tag(tag: str) -> Tag:
    """Return the name, role and attributes of `tag`, one of those that `split` returns."""
    name = name_of(tag)
    if not name:
        return Tag("!", Role.SINGLE)
    if is_raw(name):
        return Tag(name, Role.BOUNDARY)
    block = name in BLOCK
    if tag.startswith("</"):
        role = Role.BOUNDARY if block else Role.CLOSE
        keeps = name in KEEPERS or name == "div"
        plain = not keeps and (block or name not in VOID)
        return Tag(name, role, ends=True, keeps=keeps, plain=plain)
    attributes = attributes_of(tag, always=name == "dialog")
    whole, shows = (None, False) if name in VOID else _taken_whole(name, attributes)
    keeps = name in KEEPERS or (name == "div" and "tabbed-labels" in attributes.get("class", ""))
    role = Role.BOUNDARY if block else Role.SINGLE if name in VOID else Role.OPEN
    plain = whole is None and not keeps and name not in ("br", "div")
    id_ = unescaped(attributes.get("id", ""))
    return Tag(name, role, False, id_, whole, shows, is_complete(name, tag), keeps, plain)


def name_of(tag: str) -> str:
    """Return the name of a start or end tag in lower case; of anything else nothing."""
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def is_raw(name: str) -> bool:
    """Return whether what an element holds is no text of the page."""
    return name in _RAW_TEXT


def attributes_of(tag: str, *, always: bool = False) -> dict[str, str]:
    """Return the attributes of a start tag by name; of repeated ones the first counts.

    Unless `always`, none of a tag without class, id or `hidden`, which are all that is asked for.
    Values are as they stand, with their character references.
    """
    name = _NAME.match(tag)
    if not name or not (always or _TELLING.search(tag, name.end())):
        return {}
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag, name.end()):
        value = match[2] or ""
        quoted = value.startswith(("'", '"'))
        found.setdefault(match[1].lower(), value.strip(value[0]) if quoted else value)
    return found


def is_complete(name: str, tag: str) -> bool:
    """Return whether the start tag of an element called `name` is all of it.

    So it is for drawings and formulas, which are not HTML, and end in `/>`; elsewhere that slash
    means nothing, and in a value without quotes it belongs to the value.
    """
    if name not in ("svg", "math") or not tag.endswith("/>"):
        return False
    ends = [match.end() for match in _ATTRIBUTE.finditer(tag, len(name) + 1)]
    return not ends or ends[-1] < len(tag) - 1


def _taken_whole(name: str, attributes: dict[str, str]) -> tuple[Role | None, bool]:
    """Return the role of an element that is taken as a whole, and whether it shows its text.

    The role is None for any other element.
    """
    # `hidden="until-found"` is like a closed `details`: who searches the page finds it.
    hidden = "hidden" in attributes and attributes["hidden"].lower() != "until-found"
    if name in _HIDDEN or name == "rp" or hidden or (name == "dialog" and "open" not in attributes):
        return Role.ATOM, False
    if name == "rt":
        return Role.ATOM, True
    if name == "button":
        return Role.OPAQUE, True
    words = attributes.get("class", "").split()
    if not words:
        return None, False
    if name == "div" and "toc" in words:
        # It repeats every heading.
        return Role.ATOM, False
    if not _SKIPPED_CLASSES.isdisjoint(words):
        return Role.ATOM, True
    return (None, False) if _OPAQUE_CLASSES.isdisjoint(words) else (Role.OPAQUE, True)


def references(text: str) -> list[tuple[int, int, str]]:
    """Return where character references of `text` begin and end, and what they stand for.

    In `&ampx` the reference is `&amp`, as browsers read it.
    """
    found = []
    for match in _REFERENCE.finditer(text):
        start, end = match.span()
        digits = match[1] or match[2]
        if digits:
            character = _numbered(digits, 10 if match[1] else 16)
        else:
            end = min(end, start + _LONGEST_REFERENCE)
            while end > start and text[start + 1 : end] not in html5:
                end -= 1
            character = html5.get(text[start + 1 : end], "")
        if end > start:
            found.append((start, end, character))
    return found


def _numbered(digits: str, base: int) -> str:
    """Return the character that has the number `digits`; Python has none for control characters."""
    # No more digits than it takes: of more than 4,300 Python makes no number.
    number = int(digits.lstrip("0")[:8] or "0", base)
    return html_entities.unescape(f"&#{number};") or chr(number)


def unescaped(text: str) -> str:
    """Return `text` with its character references resolved.  Never raises."""
    parts = []
    done = 0
    for start, end, character in references(text):
        parts += [text[done:start], character]
        done = end
    return "".join(parts) + text[done:]


class ElementsWithoutReferences:
    """Elements in which no reference link may be inserted, collected tag by tag.

    One that is never closed doesn't count.
    """

    def __init__(self) -> None:
        self.waiting: list[tuple[str, int]] = []
        self.open_names: dict[str, int] = {}
        self.spans: list[Span] = []

    def open(self, name: str, start: int) -> None:
        """Begin an element that begins at `start` of the HTML."""
        self.waiting.append((name, start))
        self.open_names[name] = self.open_names.get(name, 0) + 1

    def open_other(self, name: str) -> None:
        """Begin an element that may hold references, and has the end tag of one that may not."""
        if self.open_names.get(name):
            self.open(name, -1)

    def close(self, name: str, end: int) -> None:
        """End the innermost element called `name`, and all that is open in it."""
        if not self.open_names.get(name):
            return
        found, start = "", -1
        while found != name:
            found, start = self.waiting.pop()
            self.open_names[found] -= 1
        if start >= 0:
            self.closed(start, end)

    def closed(self, start: int, end: int) -> None:
        """Add a whole element; those within it don't count any more."""
        while self.spans and self.spans[-1].start >= start:
            self.spans.pop()
        self.spans.append(Span(start, end))

    def outermost(self) -> tuple[Span, ...]:
        """Return the elements that are not within others, in order."""
        return tuple(self.spans)
