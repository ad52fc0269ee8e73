"""The form of an annotated page for feeds and books, and the page made from that form.

The panel, its checkboxes and links to files for programs only make sense on the page of a site. In
feeds and books an article has its numbers, notes and sources. Other plugins change a page while it
has that form, so the page of the site is made from what they leave.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from mkdocs_annotate.anchoring.tags import split
from mkdocs_annotate.rendering.page_elements import value_of, without_hidden, without_listed
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


_KEY = re.compile(
    r"""(<label class=["']?ann-key["']?>(?:(?!</label>).){0,600}?data-ann-show=["']?([a-z]+)"""
    r"""(?:(?!</label>).){0,600}?</span>\s*)(\d+)(</label>\s*)""",
    re.DOTALL,
)
_MEANING = re.compile(
    r"""<div>\s*<dt>\s*<span class="ann-sw ([^"]*)">(?:(?!</div>).){0,6000}</div>\s*""", re.DOTALL
)
_BARE_LIST = re.compile(
    r"""<p class="ann-more-h" id="ann--list-[^>]*>[^<]*</p>\s*<ul[^>]*>\s*</ul>\s*"""
)
_BARE_FOLD = re.compile(
    r"""<details class="ann-more ann-list">\s*<summary>[^<]*</summary>\s*</details>\s*"""
)
_OF_KINDS = ("ann-g-", "ann-k-")
_SIGNED = re.compile(r"""<p class=["']?ann-signed["']?>(.{0,20000}?)</p>\s*""", re.DOTALL)
_PERSON = re.compile(r"<span>(.*?)</span>", re.DOTALL)
_NOTE = re.compile(r"""<li id=["']?(ann-[\w-]+--note)\b""")
_BY = re.compile(r"""<p class=["']?ann-by["']?>(.{0,20000}?)</p>""", re.DOTALL)


def published_form(html: str, hidden: frozenset[str]) -> str:
    """Return the page `html`, of which our own blocks neither name nor count `hidden` passages.

    `hidden` are the ids that the page does not show.  Blocks that a site's own templates make are
    left as they are where they look otherwise.  Never raises.  Cost: linear.
    """
    if not hidden:
        return html
    html = without_hidden(html, hidden)
    kinds = [
        frozenset(name for name in value_of(tag, "class").split() if name[:6] in _OF_KINDS)
        for tag in split(html)[1::2]
        if "ann-m" in tag and _is_shown_mark(tag, hidden)
    ]
    counts = Counter(name for classes in kinds for name in classes)

    def counted(key: re.Match[str]) -> str:
        count = counts[f"ann-g-{key[2]}"]
        return f"{key[1]}{count}{key[4]}" if count else ""

    def explained(meaning: re.Match[str]) -> str:
        return meaning[0] if frozenset(meaning[1].split()) in kinds else ""

    html = _MEANING.sub(explained, _KEY.sub(counted, html))
    html = _BARE_FOLD.sub("", _BARE_LIST.sub("", html))
    return _signed_anew(html, hidden)


def _is_shown_mark(tag: str, hidden: frozenset[str]) -> bool:
    """Return whether a tag begins a passage that is shown: one of its pieces has the id alone."""
    id_ = value_of(tag, "id")
    is_mark = "ann-m" in value_of(tag, "class").split()
    return is_mark and bool(id_) and not value_of(tag, "data-ann") and id_ not in hidden


def _signed_anew(html: str, hidden: frozenset[str]) -> str:
    """Return `html`, whose panel names the authors of the notes that it shows, and no others."""
    starts = [*_NOTE.finditer(html)]
    places = [*(start.start() for start in starts), len(html)]
    shown = [
        html[place:end]
        for start, (place, end) in zip(starts, pairwise(places), strict=True)
        if start[1] not in hidden
    ]
    lines = [_words(by[1]) for note in shown if (by := _BY.search(note))]

    def signs(person: str) -> bool:
        # Behind the name stands a comma of the page's language, with a role or a date.
        name = re.escape(_words(person))
        return any(re.match(rf"{name}($|[,،、])", line) for line in lines)

    def named(paragraph: re.Match[str]) -> str:
        parts = _PERSON.split(paragraph[1])
        if len(parts) == 1:
            # One person wrote all notes, and none of them says so itself.
            return paragraph[0] if shown else ""
        left = [f"<span>{person}</span>" for person in parts[1::2] if signs(person)]
        if not left:
            return ""
        return paragraph[0].replace(paragraph[1], parts[0] + parts[2].join(left) + parts[-1])

    return _SIGNED.sub(named, html, count=1)


def _words(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html)).strip()


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
