"""A note's Markdown to HTML that is safe in any page: the one maker of `Markup`.

Notes are untrusted.  They are converted by a `Markdown` of their own, never by the page's, which
has extensions that set attributes, read files or keep state.  No raw HTML passes, so there is
nothing to clean afterwards.  What can't be shown as Markdown is shown as it was typed.

Changes to Python-Markdown:

| processor | registry | priority | reason |
|---|---|---|---|
| `html_block`, `html`, `entity`, `raw_html` | | removed | tags stay text, and nothing is stashed |
| `hashheader`, `setextheader` | | removed | "#1 in the list" is no heading |
| `_Mail` | inline patterns | 110 | in place of `automail` |
| `_Fence` | block processors | 85 | before indented code, 80 |
| `_Table` | block processors | 75 | after indented code, before everything else |
| `_NoteTree` | tree processors | -10 | after `unescape`, 0: addresses are read as written |
"""

import re
import threading
from dataclasses import replace
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.sane_lists import SaneListExtension
from markdown.inlinepatterns import AUTOMAIL_RE, AutomailInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Mistake, Position, Problem, Rule, shown
from mkdocs_annotate.rendering.note_content import (
    PAGE_WORK,
    NoteLinks,
    Resolve,
    beyond_limits,
    html_as_typed,
    is_allowed_html,
    plain_html,
    work_of,
)

_TAG = re.compile("<(?!img )[^>]*>")


class NoteRenderer:
    """Renders the notes of one page, and collects their problems."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._problems: list[Problem] = []
        self._work = 0

    @property
    def problems(self) -> list[Problem]:
        """Return what was wrong with the notes so far, in the order of rendering."""
        return list(self._problems)

    def render(self, text: str, position: Position, *, from_root: bool = False) -> Markup:
        """Return the Markdown `text`, which stands at `position`, as block HTML.

        Where they are `from_root`, its paths begin in the folder of all articles.
        The HTML is safe as the content of an element that may hold blocks, never inside a
        paragraph, a link or an attribute.  Empty only for blank text.  Never raises.
        """
        html = plain_html(text)
        if html is not None:
            return Markup(html)
        links = NoteLinks(self._from_root if from_root else self._resolve, position)
        outcome = self._converted(text, links)
        if isinstance(outcome, Mistake):
            mistake = replace(outcome, message=f"{outcome.message}; it is shown as it was typed")
            self._problems.append(mistake.at(position, Rule.NOTE_NOT_SAFE))
            return Markup(html_as_typed(text))
        self._problems += links.problems
        return Markup(outcome)

    def _from_root(self, link: Link) -> str | None:
        return self._resolve(replace(link, from_root=True))

    def _converted(self, text: str, links: NoteLinks) -> str | Mistake:
        refusal = beyond_limits(text)
        if refusal:
            return refusal
        self._work += work_of(text)
        if self._work > PAGE_WORK:
            return Mistake(
                "the notes of the page have too many signs of Markdown",
                "take out brackets, asterisks and underscores here, or above",
            )
        try:
            return _convert(text, links)
        # Whatever goes wrong in Python-Markdown (RecursionError, IndexError) has one answer.
        except Exception:
            return _UNSUITABLE


_UNSUITABLE = Mistake("the note can't be read as Markdown", "use fewer signs, or nest them less")


# One converter for each thread: it takes as long to make as a note to convert, 0.15 ms, and keeps
# state meanwhile.  After an exception its state is unknown: it is put back only if all went well.
_kept = threading.local()


def _convert(text: str, links: NoteLinks) -> str | Mistake:
    converter: _Converter = vars(_kept).pop("converter", None) or _Converter()
    html = converter.convert(text, links)
    unused = converter.definitions.unused()
    _kept.converter = converter
    if unused:
        return Mistake(
            f"`[{shown(unused)}]:` defines a link that the note never uses, and would not be shown",
            f"write \\[ for its first bracket, or use it: `[words][{shown(unused)}]`",
        )
    if not is_allowed_html(html):
        return _UNSUITABLE
    if not _TAG.sub("", html).strip():
        return Mistake("the note has signs of Markdown, and no words", "write what it should say")
    return html


class _Converter:
    """Python-Markdown as notes use it; not for two threads at once."""

    def __init__(self) -> None:
        markdown = Markdown(extensions=[SaneListExtension()], output_format="html")
        markdown.preprocessors.deregister("html_block")
        markdown.inlinePatterns.deregister("html")
        markdown.inlinePatterns.deregister("entity")
        markdown.postprocessors.deregister("raw_html")
        markdown.inlinePatterns.register(_Mail(AUTOMAIL_RE, markdown), "automail", 110)
        blocks = markdown.parser.blockprocessors
        blocks.deregister("hashheader")
        blocks.deregister("setextheader")
        blocks.register(_Fence(markdown.parser), "fence", 85)
        blocks.register(_Table(markdown.parser), "table", 75)
        self._tree = _NoteTree(markdown)
        markdown.treeprocessors.register(self._tree, "note_tree", -10)
        self.definitions = markdown.references = _Definitions()
        self._markdown = markdown

    def convert(self, text: str, links: NoteLinks) -> str:
        self.definitions.used.clear()
        self._tree.links = links
        return self._markdown.reset().convert(text)


class _Definitions(dict[str, tuple[str, str]]):
    """Where `[words][key]` leads, by key, and which keys were used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def __getitem__(self, key: str) -> tuple[str, str]:
        self.used.add(key)
        return super().__getitem__(key)

    def unused(self) -> str | None:
        return next((key for key in self if key not in self.used), None)


class _NoteTree(Treeprocessor):
    """Leaves in the tree the attributes that notes may have, and no others."""

    links: NoteLinks

    def run(self, root: Element) -> None:
        # A stack in place of recursion: notes choose how deep they nest.
        waiting = [(root, False)]
        while waiting:
            element, linked = waiting.pop()
            attributes = dict(element.attrib)
            element.attrib.clear()
            if element.tag == "a":
                linked |= self._link(element, attributes.get("href", ""), linked)
            elif element.tag == "img":
                self._image(element, attributes.get("src", ""), attributes.get("alt", ""))
            elif element.tag == "ol" and re.fullmatch("[0-9]{1,9}", attributes.get("start", "")):
                element.set("start", attributes["start"])
            elif element.tag == "code" and "class" in attributes:
                element.set("class", attributes["class"])
            waiting.extend((child, linked) for child in reversed(element))

    def _link(self, element: Element, address: str, linked: bool) -> bool:
        """Make `element` the link it should be; return whether it could be made one."""
        if not "".join(element.itertext()).strip() and element.find(".//img") is None:
            element.text = address
        if linked:
            message = f'the link to "{shown(address)}" stands inside another link'
            self.links.report(Mistake(message, "write them apart", address))
            attributes = None
        else:
            attributes = self.links.of_link(address)
        if attributes is None:
            element.tag = "span"
            return False
        element.attrib.update(attributes)
        return True

    def _image(self, element: Element, address: str, words: str) -> None:
        src = self.links.of_image(address)
        if src is None:
            element.tag = "span"
            element.text = words.strip() or address
        else:
            element.attrib.update(src=src, alt=words)


class _Mail(AutomailInlineProcessor):
    """`<name@example.org>` as a plain link.

    Python-Markdown would write each letter as a reference, which hides the address from all that
    look at it later and stops no collector of addresses.
    """

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("a", href="mailto:" + self.unescape(m[1]).removeprefix("mailto:"))
        element.text = AtomicString(m[1])
        return element, m.start(), m.end()


class _Fence(BlockProcessor):
    """Code between lines of backticks or tildes; as long as it isn't closed, it is text.

    The extension `fenced_code` would put the attributes of a note's choice into the page, past
    all tree processors.
    """

    OPENING = re.compile(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})(.*)$", re.MULTILINE)
    LANGUAGE = re.compile(r"[\w#+.-]{1,40}", re.ASCII)

    def test(self, parent: Element, block: str) -> bool:
        return "```" in block or "~~~" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        opening = self.OPENING.search(blocks[0])
        closing = opening and self._closing(opening[1]).search("\n\n".join(blocks), opening.end())
        if not opening or not closing:
            return False
        before, after = closing.string[: opening.start()], closing.string[closing.end() :]
        blocks[:] = after.lstrip("\n").split("\n\n")
        self.parser.parseBlocks(parent, [before.rstrip("\n")])
        code = SubElement(SubElement(parent, "pre"), "code")
        text = closing.string[opening.end() : closing.start()].removeprefix("\n")
        code.text = AtomicString(escape(text, quote=False))
        if language := self.LANGUAGE.match(opening[2].strip()):
            code.set("class", f"language-{language.group()}")
        return True

    def _closing(self, fence: str) -> re.Pattern[str]:
        return re.compile(rf"^ {{0,3}}{fence[0]}{{{len(fence)},}} *$", re.MULTILINE)


class _Table(BlockProcessor):
    """Rows of cells between `|`, the second of dashes; its first two lines make it a table.

    The extension `tables` would write `style`.
    """

    BORDER = re.compile(r"(?<!\\)\|")
    DASHES = re.compile(":?-+:?")

    def test(self, parent: Element, block: str) -> bool:
        head, *rest = block.split("\n", 2)
        if "|" not in head or not rest:
            return False
        dashes = self._cells(rest[0])
        return len(dashes) == len(self._cells(head)) and all(map(self.DASHES.fullmatch, dashes))

    def run(self, parent: Element, blocks: list[str]) -> None:
        head, _, *rows = map(self._cells, blocks.pop(0).split("\n"))
        table = SubElement(parent, "table")
        self._add_row(SubElement(table, "thead"), "th", head)
        body = SubElement(table, "tbody") if rows else table
        last = len(head) - 1
        for cells in rows:
            # No words of a row that is too long may vanish, and no short one is filled up: rows
            # and columns together would make a page of a note.
            end = [" | ".join(cells[last:])] if len(cells) > last else []
            self._add_row(body, "td", cells[:last] + end)

    def _cells(self, line: str) -> list[str]:
        cells = [cell.strip().replace(r"\|", "|") for cell in self.BORDER.split(line.strip())]
        inner = slice(not cells[0], len(cells) - (not cells[-1]))
        return cells[inner] if len(cells) > 1 else cells

    def _add_row(self, parent: Element, tag: str, cells: list[str]) -> None:
        row = SubElement(parent, "tr")
        for cell in cells:
            SubElement(row, tag).text = cell
