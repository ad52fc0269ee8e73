"""The form of an annotated page for feeds and books, and the page made from that form.

The panel, its checkboxes and links to files for programs only make sense on the page of a site. In
feeds and books an article has its numbers, notes and sources. Other plugins change a page while it
has that form, so the page of the site is made from what they leave.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mkdocs_annotate.rendering.page_elements import without_listed
from mkdocs_annotate.rendering.splice import BEGIN, END, without_annotations

_FRAME = re.compile(f"{re.escape(BEGIN)}(.*?){re.escape(END)}", re.DOTALL)
_REFERENCE = r'<sup class="ann-ref[ "][^>]*>.*?</sup>'
_MARK = r'<(?:mark|span) class="ann-m [^>]*>'
_EMPTY = re.compile(f"{re.escape(BEGIN + END)}\n?")
_OURS = re.compile(f"{_FRAME.pattern}|{_REFERENCE}|{_MARK}", re.DOTALL)
_LINK = re.compile(r' href="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')


@dataclass(frozen=True)
class PageParts:
    """The parts of a page that its form for feeds and books has not."""

    frames: tuple[str, str, str, str]
    """The frames before the article, behind its title, and before and behind the lists."""

    prefix: str
    """The prefix of ids in feeds and books, where several articles may share a page."""

    links: Mapping[str, str]
    """The links of notes and references on the page, by their form in feeds and books."""


def reader_form(
    html: str, lists: str, prefix: str, whole: Callable[[str], str]
) -> tuple[str, PageParts] | None:
    """Return the form of an annotated page for feeds, and what is needed to make the page of it.

    `lists` are its notes and sources, as they stand in `html`.  Ids begin with `prefix`, and links
    are what `whole` makes of them.  None for a page that holds comments like those of our frames.
    Never raises.  Cost: linear.
    """
    found = _FRAME.findall(html)
    if len(found) != 3 or prefix in html:
        return None
    before, below, behind = found[2].partition(lists) if lists else (found[2], "", "")
    if below != lists:
        return None
    links: dict[str, str] = {}

    def linked(link: re.Match[str]) -> str:
        typed = link[1]
        links[address := whole(typed)] = typed
        return f' href="{address}"'

    numbers = iter(range(3))

    def elsewhere(ours: re.Match[str]) -> str:
        if ours[1] is None:
            return _prefixed(_LINK.sub(linked, ours[0]), prefix)
        if next(numbers) < 2:
            return BEGIN + END
        return f"{BEGIN}{_prefixed(_LINK.sub(linked, lists), prefix)}{END}"

    form = _OURS.sub(elsewhere, html)
    return form, PageParts((found[0], found[1], before, behind), prefix, links)


def _prefixed(html: str, prefix: str) -> str:
    """Return our own `html` with ids that no other page has."""
    return _ID.sub(rf' id="{prefix}\1"', html)


def book_form(html: str, furniture: PageParts) -> str:
    """Return the form for one page of many articles, of that for feeds: links stay in the page.

    In their attributes stand single quotation marks: mkdocs-print-site looks for double ones, to
    change the links, and the ids of some elements only.  Frames stand on lines of their own, as it
    finds no id of a heading that is not the first tag of its line.
    """

    def linked(link: re.Match[str]) -> str:
        typed = furniture.links.get(link[1])
        if typed is None or not typed.startswith("#ann-"):
            return link[0] if typed is None else f' href="{typed}"'
        return f" href='#{furniture.prefix}{typed[1:]}'"

    def stays(ours: re.Match[str]) -> str:
        if ours[1] == "":
            return f"{ours[0]}\n"
        found = _LINK.sub(linked, ours[0])
        return re.sub(rf' id="({re.escape(furniture.prefix)}[^"]*)"', r" id='\1'", found)

    return _OURS.sub(stays, html)


def page_form(html: str, furniture: PageParts) -> str:
    """Return the page of a site from its form for books, with all changes of other plugins.

    Where they have removed the comments around our frames it has no panel.
    """
    prefix = re.escape(furniture.prefix)
    html = re.sub(rf""" (id|href)=(["'])(#?){prefix}([^"']*)\2""", r' \1="\3\4"', html)
    if len(_FRAME.findall(html)) != 3:
        return html
    start, above, before, behind = furniture.frames
    fillings = iter((start, above))

    def filled(frame: re.Match[str]) -> str:
        own = next(fillings, None)
        return f"{BEGIN}{f'{before}{frame[1]}{behind}' if own is None else own}{END}"

    return _FRAME.sub(filled, _EMPTY.sub(BEGIN + END, html))


# Our notes hold no sections; in a template of a site's own the first end would count.
_LIST = re.compile(r'<section class="ann-(?:notes|sources)"')
_END = "</section>"


def searchable(html: str, hidden: frozenset[str] = frozenset()) -> str:
    """Return `html`, a page with annotations, with nothing that would garble an index.

    Numbers and words of references would become part of the article's words.  The lists of notes
    and sources stand behind the article as sections of their own, so that they are found where
    they are; entries whose ids are `hidden` are left out.  Never raises.  Cost: linear.
    """
    article = without_annotations(html)
    return article + "".join(lists_of_page(html, hidden))


def lists_of_page(html: str, hidden: frozenset[str] = frozenset()) -> list[str]:
    """Return the lists of notes and sources of a page as search indexes them, each a section.

    Entries whose ids are `hidden` are left out.  Without its end there is no list.  Never raises.
    Cost: linear.
    """
    found: list[str] = []
    start = max(html.rfind(BEGIN), 0)
    while begin := _LIST.search(html, start):
        start = html.find(_END, begin.end()) + len(_END)
        if start < len(_END):
            break
        found.append(without_listed(html[begin.start() : start], hidden))
    return found
