"""Finds the addresses in Markdown, and changes them when an article moves."""

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple
from urllib.parse import quote, unquote

from mkdocs_annotate.sidecar.yaml_text import Replacement, spliced

_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:|//")
_UNFIT = re.compile(r"[\s()<>%#?\\\"']")


@dataclass(frozen=True)
class Move:
    """An article's path before and after, both from the folder of the articles."""

    old: str
    new: str

    def place_of(self, article: str) -> str:
        """Return where `article` is after the move."""
        return self.new if article == self.old else article


class Unmendable(Exception):
    """An address that the move concerns, but that can't be mended; the message says why."""


def mended(address: str, article: str, move: Move, exists: Callable[[str], bool]) -> str:
    """Return what `address`, written in `article`, must be after `move`; often the same.

    `exists` says whether there is a file at a path from the folder of the articles.  Anchors and
    queries stay.  Raises Unmendable for addresses of the published page, and for those that a moved
    article takes along and that lead nowhere.
    """
    found = re.match(r"[^?#]*", address)
    path = found.group() if found else ""
    if not path or _SCHEME.match(path):
        return address
    tail = address[len(path) :]
    if path.startswith("/"):
        is_it = posixpath.normpath(unquote(path[1:])) == move.old
        return f"/{_written(move.new)}{tail}" if is_it else address
    target = posixpath.normpath(posixpath.join(posixpath.dirname(article), unquote(path)))
    here = posixpath.dirname(move.place_of(article)) or "."
    if target == move.old:
        return _relative(move.new, here, path) + tail
    if not exists(target) and target in _published(move.old):
        raise Unmendable("leads to the published page, whose address changes")
    if here == (posixpath.dirname(article) or "."):
        return address
    if not exists(target):
        raise Unmendable("leads to no file, and was left as it is")
    return _relative(target, here, path) + tail


def _relative(target: str, folder: str, before: str) -> str:
    """Return the path of `target` from `folder`, beginning with `./` if `before` did."""
    path = posixpath.relpath(target, folder)
    if before.startswith("./") and not path.startswith("../"):
        path = f"./{path}"
    return before if unquote(before) == path else _written(path)


def _written(path: str) -> str:
    """Return `path` with escapes for what would end an address in Markdown."""
    return _UNFIT.sub(lambda found: quote(found.group()), path)


def _published(article: str) -> tuple[str, ...]:
    """Return the paths that the page of `article` may be published at, without a last slash."""
    stem = posixpath.splitext(article)[0]
    if posixpath.basename(stem) in ("index", "README"):
        folder = posixpath.dirname(stem)
        return (folder or ".", f"{folder}/index.html".lstrip("/"))
    return stem, f"{stem}.html", f"{stem}/index.html"


class Form(Enum):
    """How an address is written."""

    INLINE = "inline"
    """`[words](address)`, `![words](address)`."""

    DEFINITION = "definition"
    """`[key]: address`, on a line of its own."""

    HTML = "html"
    """`href` or `src` of a tag: hosts leave it as it is."""


class LinkTarget(NamedTuple):
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


def targets(text: str) -> list[LinkTarget]:
    """Return the addresses in the Markdown `text`, in order; those in code and comments left out.

    Code that only its indentation makes code can look like a list: such addresses are marked.
    Never raises.  Cost: linear, but for comments and elements of code that never end.
    """
    visible = _VERBATIM.sub(lambda found: _blank(found.group()), text)
    found = [
        LinkTarget(match["address"], *match.span("address"), form)
        for pattern, form in ((_DEFINITION, Form.DEFINITION), (_HTML, Form.HTML))
        for match in pattern.finditer(visible)
    ]
    for opening in _OPENING.finditer(visible):
        extent = _extent(visible, opening.end())
        if extent and not _is_escaped(visible, opening.start()):
            start, end = extent
            found.append(
                LinkTarget(text[start:end], start, end, Form.INLINE, _indented(text, start))
            )
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


class LeftToDo(NamedTuple):
    """Something that is left to do by hand, with its place in the text."""

    offset: int
    message: str


@dataclass(frozen=True)
class Mended:
    """A text with addresses mended, how many were, and what is left to do by hand, in order."""

    text: str
    count: int
    left: list[LeftToDo]
    parts: tuple[Replacement, ...] = ()
    """What was changed, as parts of the text before."""


Mend = Callable[[str], str]
"""Returns the new address for an address; raises Unmendable."""

Links = Callable[[], tuple[Counter[str], Collection[str]] | None]
"""The addresses of a text that really are links or images, with their number, and those that
definitions give; None where nobody knows."""


def mended_markdown(text: str, mend: Mend, links: Links | None = None) -> Mended:
    """Return the Markdown `text` with its addresses mended.

    Where `links` are given, an address is changed only if as many of it were found as are links:
    one that also stands in code of an odd kind is left for a human.  They are asked for only if
    something is to change.
    """
    left: list[LeftToDo] = []
    parts: dict[LinkTarget, Replacement] = {}
    for target in targets(text):
        try:
            new = mend(target.address)
        except Unmendable as error:
            left.append(LeftToDo(target.start, f"“{target.address}” {error}"))
            continue
        if new == target.address:
            continue
        if target.form is Form.HTML:
            message = f"“{target.address}” stands in HTML; it should lead to “{new}”"
            left.append(LeftToDo(target.start, message))
        else:
            parts[target] = Replacement(target.start, target.end, new)
    if parts and links is not None:
        sure, unsure = _parted(list(parts), links())
        message = "“{}” may be a link or code; it may have to be “{}”"
        left += [LeftToDo(t.start, message.format(t.address, parts[t].text)) for t in unsure]
        parts = {target: part for target, part in parts.items() if target in sure}
    changed = spliced(text, list(parts.values()))
    return Mended(changed, len(parts), sorted(left), tuple(parts.values()))


def _parted(
    found: list[LinkTarget], real: tuple[Counter[str], Collection[str]] | None
) -> tuple[set[LinkTarget], list[LinkTarget]]:
    """Return which of the targets `found` are links, and of which nobody knows.

    Those that are neither stand in code.
    """
    if real is None:
        return set(), found
    inline, defined = real
    sure = {t for t in found if t.form is Form.DEFINITION and t.address in defined}
    unsure: list[LinkTarget] = []
    for address in {t.address for t in found if inline[t.address]}:
        same = [t for t in found if t.form is Form.INLINE and t.address == address]
        outside = [t for t in same if not t.indented]
        group = next((g for g in (same, outside) if len(g) == inline[address]), None)
        if group is None:
            unsure += same
        else:
            sure.update(group)
    return sure, unsure
