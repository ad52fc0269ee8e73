"""Whole HTML documents: where their article is, and where their head ends.

Only the places of tags are computed, with the offsets of our own tokenizer, so that every byte
outside the article can stay.  Documents are read as browsers read them (WHATWG HTML §13.2.6), as
far as that decides where an element ends: end tags may be missing, and stray ones close nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mkdocs_annotate.anchoring.tags import (
    CLOSE_PARAGRAPH,
    HEAD,
    NO_DRAWING,
    SCOPES,
    SPECIAL,
    TABLE,
    TABLE_PARTS,
    TABLE_SCOPES,
    VOID,
    attributes_of,
    cut_short,
    is_complete,
    is_raw,
    split,
    unescaped,
)
from mkdocs_annotate.model.places import Span
from mkdocs_annotate.rendering.selectors import ReadTag, Selector, selection_of

_BLANK = " \t\n\f\r\ufeff"
# What these hold is no part of the document's own elements.
_NOT_SEARCHED = frozenset(("template", "svg", "math", "plaintext"))
# While these are open, nothing that follows is shown as it would be elsewhere.
_SWALLOWING = frozenset(("template", "plaintext", "select", "object", "applet", "marquee"))


class HtmlDocument(NamedTuple):
    """Where the parts of an HTML document are."""

    article: Span | None
    """What the article's element holds; None where no selector fits exactly one element."""

    selector: str
    """The one that fitted."""

    element: str
    """The name of the article's element."""

    counts: tuple[int, ...]
    """How many elements each selector fits."""

    whole: bool
    """It has a head, a body or a document type; else it is a fragment."""

    head: int
    """Where something may be put in the head: before its first stylesheet, which so wins over
    what is put there, or at its end."""

    language: str
    """The `lang` of the document; empty where it says none."""

    base: str
    """The address that relative addresses begin from, where the document names one."""

    frames: bool
    """It is a set of frames, and has no body."""

    unclosed: str
    """What is never closed in the article or fragment, and takes in all that follows."""


def read_document(html: str, selectors: Sequence[Selector]) -> HtmlDocument:
    """Return where the article of `html` is, by the first selector that fits exactly one element.

    Never raises.  Cost: linear, times the number of selectors for tags with attributes.
    """
    return _Reader(html, selectors).document()


class _Open(NamedTuple):
    """An open element."""

    name: str
    number: int
    """Which of the elements found it is; -1 for all others."""

    special: bool


class _Reader:
    def __init__(self, html: str, selectors: Sequence[Selector]) -> None:
        self.html = html
        self.selectors = selectors
        self.stack: list[_Open] = []
        # How many elements of each name are open: in each scope, above each special element, and in
        # each table.  So no end tag makes us look through all that is open.
        self.scopes: list[dict[str, int]] = [{}]
        self.runs: list[dict[str, int]] = [{}]
        self.tables: list[dict[str, int]] = [{}]
        self.scope_names = [""]
        self.selection = selection_of(tuple(selectors))
        self.found: list[Span] = []
        self.names: list[str] = []
        self.unclosed: dict[int, str] = {}
        self.fitting: list[list[int]] = [[] for _ in selectors]
        self.hidden = 0
        self.waiting: tuple[ReadTag, str, int] | None = None
        self.whole, self.frames, self.language, self.base = False, False, "", ""
        self.styles = self.head_end = self.body_start = -1
        self.body_end = len(html)
        self.body_ended = False

    def document(self) -> HtmlDocument:
        pieces = split(self.html)
        offset = 0
        for text, piece in zip(pieces[::2], pieces[1::2], strict=False):
            if self.body_start < 0:
                self.text(text, offset)
            offset += len(text)
            tag = self.selection.known.get(piece) or self.selection.read(piece)
            if not tag.plain or self.body_start < 0:
                self.take(tag, piece, offset)
            offset += len(piece)
        self.text(pieces[-1], offset)
        self.flush()
        self.unclosed[-1] = self.close_down_to(0, self.body_end)
        if self.body_start < 0:
            self.begin_body(self.body_end)
        number, article, selector = self.chosen()
        fits = zip(self.fitting, self.selectors, strict=True)
        unclosed = self.unclosed.get(number, "") or ("" if self.whole else self.unclosed[-1])
        if not unclosed and (not self.whole or (article and article.end == len(self.html))):
            unclosed = cut_short(pieces)
        return HtmlDocument(
            article,
            selector,
            self.names[number] if number >= 0 else "body" if article else "",
            tuple(len(numbers) or self.implied_body(one) for numbers, one in fits),
            self.whole,
            self.styles if self.styles >= 0 else self.head_end,
            self.language,
            self.base,
            self.frames,
            unclosed,
        )

    def text(self, text: str, offset: int) -> None:
        """Begin the body at its first words, where it has not begun."""
        if self.body_start < 0 and not self.hidden and text.strip(_BLANK):
            self.begin_body(offset + len(text) - len(text.lstrip(_BLANK)))

    def implied_body(self, selector: Selector) -> int:
        """Return 1 if `selector` names the body, whose tags may be left out."""
        return int(selector.name == "body" and not selector.conditions and not self.frames)

    def chosen(self) -> tuple[int, Span | None, str]:
        """Return the number and place of the article, and its selector; -1 for an implied body."""
        for numbers, selector in zip(self.fitting, self.selectors, strict=True):
            if len(numbers) == 1:
                return numbers[0], self.found[numbers[0]], selector.text
            if not numbers and self.implied_body(selector):
                return -1, Span(self.body_start, self.body_end), selector.text
        return -1, None, ""

    def begin_body(self, offset: int) -> None:
        self.body_start = offset
        if self.head_end < 0:
            self.head_end = offset

    def take(self, tag: ReadTag, piece: str, offset: int) -> None:
        """Take the next tag; most elements hold nothing that counts, and end with the next one."""
        if self.waiting:
            if tag.ends and tag.name == self.waiting[0].name:
                self.waiting = None
                return
            self.flush()
        closes = tag.name in CLOSE_PARAGRAPH and self.scopes[-1].get("p")
        if tag.leaf and self.body_start >= 0 and not closes:
            self.waiting = (tag, piece, offset)
        else:
            self.tag(tag, piece, offset)

    def flush(self) -> None:
        """Take the start tag that waits for its end tag after all."""
        if self.waiting:
            waiting, self.waiting = self.waiting, None
            self.tag(*waiting)

    def tag(self, tag: ReadTag, piece: str, offset: int) -> None:
        if not tag.name:
            self.whole = self.whole or piece[:9].lower() == "<!doctype"
            return
        if tag.ends:
            self.end_tag(tag.name, offset)
            return
        if self.scope_names[-1] in ("svg", "math") and tag.name in NO_DRAWING:
            self.close(self.scope_names[-1], offset)
        self.structure(tag.name, piece, offset)
        if is_raw(tag.name) or (tag.name in TABLE_PARTS and len(self.tables) == 1):
            return
        number = -1
        if tag.fitting and not self.hidden:
            number = self.add_found(tag, offset + len(piece))
        if tag.name in VOID or is_complete(tag.name, piece):
            return
        if tag.name in CLOSE_PARAGRAPH and self.scopes[-1].get("p"):
            self.close("p", offset)
        self.open(tag.name, number)

    def structure(self, name: str, piece: str, offset: int) -> None:
        """Take note of the parts that every document has."""
        if name in ("html", "head", "body") or (name == "title" and self.body_start < 0):
            self.whole = True
        if name == "html" and not self.language:
            given = attributes_of(piece, always=True)
            self.language = unescaped(given.get("lang") or given.get("xml:lang") or "")
        elif name == "base" and not self.base and not self.hidden:
            self.whole = True
            self.base = unescaped(attributes_of(piece, always=True).get("href", ""))
        if self.body_start >= 0 or self.hidden:
            return
        styles = name == "style" or (name == "link" and "stylesheet" in piece)
        # Browsers look for the encoding in the first 1,024 bytes, which must not grow.
        if styles and self.styles < 0 and "charset" in self.html[:offset].lower():
            self.styles = offset
        if name == "frameset":
            self.whole = self.frames = True
            self.begin_body(offset)
        elif name == "body":
            self.begin_body(offset)
            self.body_start = offset + len(piece)
        elif name not in HEAD and name != "template":
            self.begin_body(offset)

    def add_found(self, tag: ReadTag, end: int) -> int:
        """Add an element whose start tag ends at `end`; return its number."""
        number = len(self.found)
        self.found.append(Span(end, end))
        self.names.append(tag.name)
        for index in tag.fitting:
            self.fitting[index].append(number)
        return number

    def open(self, name: str, number: int) -> None:
        special = name in SPECIAL
        self.stack.append(_Open(name, number, special))
        for counts in self.counts(name, special=special):
            counts[name] = counts.get(name, 0) + 1
        if special:
            self.runs.append({})
        if name in SCOPES:
            self.scopes.append({})
            self.scope_names.append(name)
        if name in TABLE_SCOPES:
            self.tables.append({})
        self.hidden += name in _NOT_SEARCHED

    def counts(self, name: str, *, special: bool) -> list[dict[str, int]]:
        """Return where elements called `name` are counted."""
        counts = [self.scopes[-1] if special else self.runs[-1]]
        if name in TABLE:
            counts.append(self.tables[-1])
        return counts

    def end_tag(self, name: str, offset: int) -> None:
        if name == "head" and self.head_end < 0:
            self.head_end = offset
        elif name in ("body", "html"):
            if not self.body_ended:
                self.body_end, self.body_ended = offset, True
        elif name != "plaintext" and self.is_open(name):
            self.close(name, offset)

    def is_open(self, name: str) -> bool:
        """Return whether an end tag of `name` closes an element."""
        if name == "table":
            return len(self.tables) > 1 and bool(self.tables[-2].get(name))
        if name in TABLE:
            return bool(self.tables[-1].get(name))
        if name in SCOPES:
            # It is the innermost scope, or it closes nothing.
            return len(self.scopes) > 1 and bool(self.scopes[-2].get(name))
        return bool(self.scopes[-1].get(name) or self.runs[-1].get(name))

    def close(self, name: str, offset: int) -> None:
        """Close the innermost element called `name`, which is open, and all within it."""
        depth = len(self.stack) - 1
        while self.stack[depth].name != name:
            depth -= 1
        self.close_down_to(depth, offset)

    def close_down_to(self, depth: int, offset: int) -> str:
        """Close what is open beyond `depth`; return what of it takes in all that follows."""
        taking = ""
        while len(self.stack) > depth:
            last = self.stack.pop()
            if last.name in SCOPES:
                self.scopes.pop()
                self.scope_names.pop()
            if last.name in TABLE_SCOPES:
                self.tables.pop()
            if last.special:
                self.runs.pop()
            for counts in self.counts(last.name, special=last.special):
                counts[last.name] -= 1
            self.hidden -= last.name in _NOT_SEARCHED
            if last.number >= 0:
                self.found[last.number] = Span(self.found[last.number].start, offset)
                self.unclosed[last.number] = taking
            taking = last.name if last.name in _SWALLOWING else taking
        return taking
