"""What a note may hold: an allowlist of HTML, limits of text, addresses of links and images.

The second wall behind the renderer of notes.  It knows nothing of Markdown, reads the finished
HTML from left to right, and corrects nothing: whatever it does not know is refused.
"""

import re
from collections.abc import Callable
from html import escape

from mkdocs_annotate.model.links import Link, LinkKind, decoded, parse_link, unfound
from mkdocs_annotate.model.messages import character_name, forbidden_character
from mkdocs_annotate.model.problems import Mistake, Position, Problem, Rule, shown
from mkdocs_annotate.sidecar.format import NOTE

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


PAGE_WORK = 500_000
"""Most work for the notes of one page, in units of `work_of`: 1,000 ordinary notes of 700
characters are 130,000.  In a search for slow notes a unit took at most 14 µs, so a page 7 s."""

_SIGNS = re.compile(r"[*_`\\&<>@\n|~!-]")
_BRACKET_WORK = 250
_LINK = re.compile(r"!?\[[^\[\]\n]*\]\([^()\s]*\)")

# Python-Markdown is slow where these are many: it looks for the end of each through the whole text.
# Worst found within them: 0.3 s; 10,000 characters with 256 brackets took 3.4 s.
_MOST = {"[": 64, "\\": 64, "`": 128, "~": 128}
# It tries each place of a row of these as the end of what went before: 4,000 took 0.9 s.
_LONGEST_ROWS = ("*" * 101, "_" * 101)
_MOST_MARKERS = 12
_MARKERS = re.compile(
    rf"^[ \t]*(?:(?:[-+*][ \t]+|\d+\.[ \t]+|>[ \t]*)){{{_MOST_MARKERS + 1}}}", re.MULTILINE
)

# Text that Markdown leaves alone: no sign of its own, no line that begins or ends like a block.
_PLAIN_LINE = r"[^\s\d\-+*>`\\\[<&_|~][^`\\\[<>&*_|~\t\r\n]*(?<! )"
_PLAIN = re.compile(rf"{_PLAIN_LINE}(?:\n+{_PLAIN_LINE})*")
_BLANK_LINES = re.compile("\n\n+")


def plain_html(text: str) -> str | None:
    """Return the HTML of `text` where Markdown has nothing to do in it, else None."""
    if not text or text.isspace():
        return ""
    lines = text.strip("\n")
    if len(text) > NOTE or not _PLAIN.fullmatch(lines) or forbidden_character(lines):
        return None
    paragraphs = _BLANK_LINES.split(escape(lines, quote=False))
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def html_as_typed(text: str) -> str:
    """Return `text` as one paragraph, its lines kept, with U+FFFD for what may not be shown."""
    if forbidden_character(text):
        text = "".join("\ufffd" if forbidden_character(one) else one for one in text)
    return "<p>" + escape(text.strip("\n"), quote=False).replace("\n", "<br>\n") + "</p>"


def beyond_limits(text: str) -> Mistake | None:
    """Return why `text` may not go to Python-Markdown; None where it may."""
    if len(text) > NOTE:
        return Mistake(
            f"the note has {len(text):,} characters, and a note may have {NOTE:,}",
            "write the rest into the article, or into a second note",
        )
    wrong = forbidden_character(decoded(text))
    if wrong:
        return Mistake(f"the note holds {character_name(wrong)}", "delete it")
    for sign, most in _MOST.items():
        if text.count(sign) > most:
            return Mistake(
                f"the note has more than {most} `{sign}`", "divide the note", subject=sign
            )
    for row in _LONGEST_ROWS:
        if row in text:
            return Mistake(
                f"the note has {len(row)} `{row[0]}` in a row", "shorten the row", subject=row[0]
            )
    if _MARKERS.search(text):
        return Mistake(
            f"a line of the note begins with more than {_MOST_MARKERS} signs of lists or quotes",
            "leave the inner ones out",
        )
    return None


def work_of(text: str) -> int:
    """Return the most work that it can be to convert `text`, within the limits of a note.

    Python-Markdown goes through the whole text for a sign of emphasis, code or an address, and
    again and again for a bracket that begins no link.  Counted and not clocked: so a page is the
    same on a slow machine.
    """
    brackets = text.count("[") - len(_LINK.findall(text))
    return len(text) // 10 + 3 * len(_SIGNS.findall(text)) + _BRACKET_WORK * brackets


Resolve = Callable[[Link], str | None]
"""Returns the address that a page must write for a link to a page or file of this site,
percent-encoded; None where the site has no such page."""


class NoteLinks:
    """Checks the addresses in one note, and collects the problems."""

    def __init__(self, resolve: Resolve, position: Position) -> None:
        self._resolve = resolve
        self._position = position
        self.problems: list[Problem] = []

    def of_link(self, address: str) -> dict[str, str] | None:
        """Return the attributes of a link to `address`; None where there can't be one."""
        link = self._parsed(address)
        if not link:
            return None
        if link.kind is LinkKind.EXTERNAL:
            return {"href": escape(link.address)}
        written = link.address if link.kind is LinkKind.MAIL else self._found(link)
        return None if written is None else {"href": escape(written)}

    def of_image(self, address: str) -> str | None:
        """Return the `src` of an image at `address`; None where there can't be one."""
        link = self._parsed(address)
        if not link:
            return None
        if link.kind is not LinkKind.SITE:
            self.report(
                Mistake(
                    f'the image "{shown(link.address)}" is not on this site',
                    "put it beside the article, or link to it: another site would see who reads",
                    link.address,
                )
            )
            return None
        written = self._found(link)
        return None if written is None else escape(written)

    def report(self, mistake: Mistake, rule: Rule = Rule.BAD_LINK) -> None:
        """Add a problem at the place of the note."""
        self.problems.append(mistake.at(self._position, rule))

    def _parsed(self, address: str) -> Link | None:
        link = parse_link(address)
        if isinstance(link, Link):
            return link
        self.report(link)
        return None

    def _found(self, link: Link) -> str | None:
        written = self._resolve(link)
        if written is None:
            message = f'the site has no "{shown(link.address)}"'
            self.report(Mistake(message, unfound(link.address), link.address), Rule.DEAD_LINK)
        return written
