"""HTML to the text a reader sees, with the way back from every character to its place.

A real HTML parser gives no offsets of text, so the string is split here into tags and the text
between them, by one pattern that no input can make fail: that would cost quadratic time.
"""

import html as html_entities
import re
import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from mkdocs_annotate.model.places import Range, Span


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


class RunKind(IntEnum):
    """How a stretch of visible text stands in the HTML."""

    LITERAL = 0
    """Character by character."""

    ENTITY = 1
    """As a character reference, which stays whole."""

    GAP = 2
    """Not at all: the line end that a reader sees between two blocks."""

    OPAQUE = 3
    """As an element that stays whole: the HTML of the run is all of it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, comment, or element taken as a whole."""

    start: int
    end: int
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page: its level from 1, its id, and where its words stand."""

    level: int
    id: str
    range: Range


@dataclass(frozen=True)
class Projection:
    """The visible text of an HTML string.

    Runs are parallel lists: where each begins in the text and in the HTML, where it ends in the
    HTML, and its kind.  They are in order and without gaps in the text.  `tokens` are in order and
    don't overlap; `keepers` are the elements that no reference may stand in, outermost only.
    """

    html: str
    text: str
    run_text: list[int] = field(repr=False)
    run_html: list[int] = field(repr=False)
    run_html_end: list[int] = field(repr=False)
    run_kind: list[RunKind] = field(repr=False)
    tokens: list[Token] = field(repr=False)
    headings: tuple[Heading, ...] = field(repr=False)
    keepers: tuple[Span, ...] = field(repr=False)

    def html_start(self, place: int) -> int:
        """Return where in the HTML the character at `place` of the text begins."""
        run = bisect_right(self.run_text, place) - 1
        if self.run_kind[run] == RunKind.LITERAL:
            return self.run_html[run] + place - self.run_text[run]
        return self.run_html[run]

    def html_end(self, place: int) -> int:
        """Return where in the HTML the character before `place` of the text ends."""
        run = bisect_right(self.run_text, place - 1) - 1
        if self.run_kind[run] == RunKind.LITERAL:
            return self.run_html[run] + place - self.run_text[run]
        return self.run_html_end[run]

    def text_at(self, offset: int) -> int:
        """Return the first place of the text whose HTML ends after `offset`."""
        run = bisect_right(self.run_html, offset) - 1
        if run < 0:
            return 0
        end = self.run_text[run + 1] if run + 1 < len(self.run_text) else len(self.text)
        if offset >= max(self.run_html_end[run], self.run_html[run] + 1):
            return end
        if self.run_kind[run] == RunKind.LITERAL:
            return self.run_text[run] + offset - self.run_html[run]
        return self.run_text[run]

    def trimmed(self, place: Range) -> Range:
        """Return `place` without white space and gaps at its ends; empty if nothing is left."""
        start, end = place.start, place.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Range(start, end)

    def tokens_within(self, start: int, end: int) -> list[Token]:
        """Return the tokens that begin in the stretch of HTML from `start` up to `end`."""
        first = bisect_left(self.tokens, start, key=_token_start)
        last = bisect_left(self.tokens, end, lo=first, key=_token_start)
        return self.tokens[first:last]


def _token_start(token: Token) -> int:
    return token.start


# After a tag's name.  Each part is total: a quote or tag left open runs to the end, as it does in
# browsers (WHATWG HTML §13.2.5).  With a `>` that may be missing, `<a "` repeated over 80 kB took
# two minutes.  From Python 3.11 the repetition is possessive: same tokens, no stack to go back.
_ATTRIBUTE = r"""(?:[\s/]+|[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^\s>"'][^\s>]*)?)?)"""
_ATTRIBUTES = _ATTRIBUTE + ("*+" if sys.version_info >= (3, 11) else "*")
_TAG = r"</?[a-z][^\s/>]*" + _ATTRIBUTES + r"(?:>|\Z)"

_RAW_TEXT = "script style textarea title xmp iframe noembed noframes noscript".split()
_RAW = "|".join(
    rf"<{name}(?=[\s/>]|\Z){_ATTRIBUTES}(?:>|\Z).*?(?:</{name}(?=[\s/>]|\Z){_ATTRIBUTES}(?:>|\Z)|\Z)"
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
_VOID = frozenset(
    "area base col embed img input link meta param source track wbr br hr".split()
)
_BLOCK = frozenset(
    """address article aside blockquote body caption center colgroup col dd details dialog dir div
    dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr
    html legend li main menu nav ol optgroup option p pre search section summary table tbody td
    tfoot th thead tr ul""".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Links nest neither in links nor in controls; headings and code are indexed and copied.
_KEEPERS = frozenset(
    "a button label summary option h1 h2 h3 h4 h5 h6 pre code kbd samp sub sup ruby".split()
)


def project(html: str, *, skip: bool = True) -> Projection:
    """Return the visible text of `html` and the way back.

    Without `skip`, what usually is passed over belongs to the text: permalinks, footnote numbers,
    line numbers, a table of contents, readings of ruby.  Never raises.  Cost: linear, 30 MB/s.
    """
    return _Projector(html, skip).projection()


class _Projector:
    def __init__(self, html: str, skip: bool) -> None:
        self.html = html
        self.skip = skip
        self.parts: list[str] = []
        self.length = 0
        self.run_text: list[int] = []
        self.run_html: list[int] = []
        self.run_html_end: list[int] = []
        self.run_kind: list[RunKind] = []
        self.tokens: list[Token] = []
        self.headings: list[Heading] = []
        self.heading: tuple[str, str, int] | None = None
        self.gap_due = False
        # An element taken as a whole while its end is awaited: role, name, start, depth.
        self.whole: tuple[Role, str, int] | None = None
        self.depth = 0
        self.opaque_text: list[str] = []
        self.keepers = _Keepers()
        self.classes: dict[str, tuple[str, str]] = {}

    def projection(self) -> Projection:
        offset = 0
        for number, piece in enumerate(_TOKENS.split(self.html)):
            if number % 2:
                self.tag(piece, offset)
            elif piece:
                self.data(piece, offset)
            offset += len(piece)
        if self.whole:
            self.end_whole(offset)
        return Projection(
            self.html,
            "".join(self.parts),
            self.run_text,
            self.run_html,
            self.run_html_end,
            self.run_kind,
            self.tokens,
            tuple(self.headings),
            self.keepers.outermost(),
        )

    def run(self, text: str, start: int, end: int, kind: RunKind) -> None:
        self.run_text.append(self.length)
        self.run_html.append(start)
        self.run_html_end.append(end)
        self.run_kind.append(kind)
        self.parts.append(text)
        self.length += len(text)

    def data(self, piece: str, offset: int) -> None:
        if self.whole:
            if self.whole[0] == Role.OPAQUE:
                self.opaque_text.append(html_entities.unescape(piece))
            return
        self.gap(offset)
        if "&" in piece:
            self.references(piece, offset)
        else:
            self.run(piece, offset, offset + len(piece), RunKind.LITERAL)

    def gap(self, offset: int) -> None:
        """Part the text that comes from the text before, if a block began or ended between."""
        if self.gap_due:
            self.gap_due = False
            if self.length:
                self.run("\n", offset, offset, RunKind.GAP)

    def references(self, piece: str, offset: int) -> None:
        done = 0
        for found in _REFERENCE.finditer(piece):
            character = html_entities.unescape(found.group())
            if character == found.group():
                continue
            start, end = found.span()
            if start > done:
                self.run(piece[done:start], offset + done, offset + start, RunKind.LITERAL)
            # `&#0;` and its like show nothing: an empty run would have no character to stand for.
            if character:
                self.run(character, offset + start, offset + end, RunKind.ENTITY)
            done = end
        if done < len(piece):
            self.run(piece[done:], offset + done, offset + len(piece), RunKind.LITERAL)

    def tag(self, piece: str, offset: int) -> None:
        found = _NAME.match(piece)
        if self.whole:
            self.within_whole(piece, found, offset)
            return
        end = offset + len(piece)
        if not found:
            self.tokens.append(Token(offset, end, Role.SINGLE, "!"))
            return
        name = found.group(1).lower()
        if name in _RAW_TEXT:
            self.boundary(offset, end, name)
        elif piece.startswith("</"):
            self.end_tag(name, offset, end)
        else:
            self.start_tag(name, piece, offset, end)

    def within_whole(self, piece: str, found: re.Match[str] | None, offset: int) -> None:
        assert self.whole is not None
        if not found or found.group(1).lower() != self.whole[1]:
            return
        self.depth += -1 if piece.startswith("</") else 1
        if self.depth == 0:
            self.end_whole(offset + len(piece))

    def end_whole(self, end: int) -> None:
        """Record the element taken as a whole, which ends at `end` of the HTML."""
        assert self.whole is not None
        role, name, start = self.whole
        self.whole = None
        block = name in _BLOCK
        text = "".join(self.opaque_text)
        self.opaque_text.clear()
        if text:
            self.gap(start)
            self.run(text, start, end, RunKind.OPAQUE)
        self.tokens.append(Token(start, end, Role.BOUNDARY if block else role, name))
        self.gap_due = self.gap_due or block
        if name in _KEEPERS:
            self.keepers.closed(start, end)

    def boundary(self, start: int, end: int, name: str) -> None:
        self.tokens.append(Token(start, end, Role.BOUNDARY, name))
        self.gap_due = True

    def start_tag(self, name: str, piece: str, offset: int, end: int) -> None:
        classes, id_ = self.attributes(piece)
        role = self.whole_role(name, classes)
        if role is not None and name not in _VOID:
            self.whole, self.depth = (role, name, offset), 1
            if name in _BLOCK:
                self.gap_due = True
            return
        if name == "br":
            self.tokens.append(Token(offset, end, Role.SINGLE, name))
            self.gap_due = True
            return
        if name in _KEEPERS or (name == "div" and "tabbed-labels" in classes):
            self.keepers.open(name, offset)
        elif name == "div":
            self.keepers.open_other(name)
        if name in _BLOCK:
            self.boundary(offset, end, name)
            if name in _HEADINGS:
                self.heading = (name, id_, self.length)
        else:
            role = Role.SINGLE if name in _VOID else Role.OPEN
            self.tokens.append(Token(offset, end, role, name))

    def end_tag(self, name: str, offset: int, end: int) -> None:
        if name in _KEEPERS or name == "div":
            self.keepers.close(name, end)
        if self.heading and self.heading[0] == name:
            self.end_heading()
        if name in _BLOCK:
            self.boundary(offset, end, name)
        elif name not in _VOID:
            self.tokens.append(Token(offset, end, Role.CLOSE, name))

    def end_heading(self) -> None:
        assert self.heading is not None
        name, id_, start = self.heading
        self.heading = None
        self.headings.append(Heading(int(name[1]), id_, Range(start, self.length)))

    def attributes(self, piece: str) -> tuple[str, str]:
        """Return the class and id of a start tag, as written; tags repeat, so they are kept."""
        if "=" not in piece:
            return "", ""
        known = self.classes.get(piece)
        if known is None:
            found = {
                match[1].lower(): match[2] or match[3] or match[4] or ""
                for match in reversed(list(_ATTRIBUTE_VALUE.finditer(piece)))
            }
            known = found.get("class", ""), html_entities.unescape(found.get("id", ""))
            self.classes[piece] = known
        return known

    def whole_role(self, name: str, classes: str) -> Role | None:
        """Return the role of an element that is taken as a whole; None for any other."""
        if name in _HIDDEN:
            return Role.ATOM
        if self.skip and name in _SKIPPED:
            return Role.ATOM
        if name == "button":
            return Role.OPAQUE
        if not classes:
            return None
        words = classes.split()
        if self.skip and (
            not _SKIPPED_CLASSES.isdisjoint(words) or (name == "div" and "toc" in words)
        ):
            return Role.ATOM
        if not _OPAQUE_CLASSES.isdisjoint(words):
            return Role.OPAQUE
        return None


class _Keepers:
    """Elements that no reference may stand in: where the closed ones lie, outermost only."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, int]] = []
        self.open_names: dict[str, int] = {}
        self.spans: list[Span] = []

    def open(self, name: str, start: int) -> None:
        self.waiting.append((name, start))
        self.open_names[name] = self.open_names.get(name, 0) + 1

    def open_other(self, name: str) -> None:
        """Count an element that is no keeper, but whose end tag looks like that of one."""
        if self.open_names.get(name):
            self.open(name, -1)

    def close(self, name: str, end: int) -> None:
        if not self.open_names.get(name):
            return
        while self.waiting:
            found, start = self.waiting.pop()
            self.open_names[found] -= 1
            if found == name:
                if start >= 0:
                    self.closed(start, end)
                return

    def closed(self, start: int, end: int) -> None:
        while self.spans and self.spans[-1].start >= start:
            self.spans.pop()
        self.spans.append(Span(start, end))

    def outermost(self) -> tuple[Span, ...]:
        assert all(first.end <= second.start for first, second in pairwise(self.spans))
        return tuple(self.spans)
