"""The blocks around an article, and the frame that encloses both."""

from dataclasses import dataclass
from html import escape

from mkdocs_annotate.anchoring.projection import Projection, Token
from mkdocs_annotate.anchoring.tags import Role
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.model.vocabulary import Group
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.note_views import NoteViews
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.splice import BEGIN, END, InsertionKind
from mkdocs_annotate.rendering.templates import BlockMaker
from mkdocs_annotate.rendering.views import LinkView

_WRAPPERS = frozenset("article body center div header hgroup main section".split())
"""Elements that may hold the title, and the panel behind it."""

_MOST_TOKENS = 4_000
"""How many tokens of an article are looked at for its title."""

Insertions = list[tuple[int, InsertionKind, str]]
"""What is inserted into the HTML: each with its offset and its kind."""


@dataclass
class PageBlocks:
    """The blocks around an article, as HTML; empty for a block without content."""

    marked: bool
    panel: str = ""
    about: str = ""
    notes: str = ""
    sources: str = ""
    exports: str = ""
    orphans: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    ids: tuple[str, ...] = ()

    @property
    def lists(self) -> str:
        """Return the blocks behind the article."""
        return self.about + self.notes + self.sources + self.exports + self.orphans

    @property
    def any_content(self) -> bool:
        """Return whether there is a block to show, or a mark that they would be about."""
        return bool(self.marked or self.panel or self.orphans)


def index_links(site: Site, resolve: Resolve) -> tuple[LinkView, ...]:
    """Return links to the pages that have indexes of the site."""
    resolved = ((name, resolve(link)) for name, link in site.indexes.items())
    return tuple(LinkView(site.wording(f"index.{name}"), href) for name, href in resolved if href)


def blocks_of(
    article: Article,
    views: NoteViews,
    maker: BlockMaker,
    look: Presentation,
    indexes: tuple[LinkView, ...],
    *,
    margin: bool,
) -> PageBlocks:
    """Return the blocks around `article`, with the sections and ids that they add to the page."""
    wording = views.wording
    has_panel = look.panel != "off"
    notes = views.notes(panel=has_panel)
    sources = views.bibliography.entries()
    panel = views.panel(article, indexes)
    panel = panel._replace(marks_shown=look.marks != "off")
    blocks = PageBlocks(bool(views.passages))
    if has_panel and (views.passages or panel.says_anything):
        blocks.panel = maker.panel(panel)
        blocks.about = maker.about(panel)
    blocks.notes = maker.notes(notes)
    blocks.sources = maker.sources(sources)
    blocks.exports = maker.exports(views.exports(look.files, article))
    sections = []
    if notes:
        sections.append(("ann--notes", wording("headings.notes")))
    if sources:
        sections.append(("ann--sources", wording("headings.sources")))
    blocks.ids = tuple(id_ for id_, _ in sections)
    # In the margin notes need no heading.
    blocks.sections = tuple(sections[1:] if notes and margin else sections)
    return blocks


def frame(page: Projection, blocks: PageBlocks, look: Presentation, *, margin: bool) -> Insertions:
    """Return the insertions that enclose the article, its panel and the lists behind it.

    The panel stands behind the title, or with `lead` behind the paragraph after it.  A title that
    the article begins with stays outside the box: a container query makes a formatting context,
    and that would keep the theme's own floats beside the title away from it.
    """
    start, panel, lead = _start(blocks, look, margin=margin), blocks.panel, look.panel == "lead"
    box, body = '<div class="ann-box"><div class="ann-in">', '<div class="ann-body">'
    end = f"{BEGIN}</div>{blocks.lists}</div></div></div>{END}"
    kind = InsertionKind.FRAME
    below = (len(page.html), kind, end)
    place = _head_end(page, lead=lead)
    inside = _title_end(page, lead=lead) if panel and not place else 0
    if inside:
        # The title stands in an element of the article, which the box can't begin in.
        whole = f"{BEGIN}{start}{box}{body}{END}"
        return [
            (0, InsertionKind.FRAME, whole),
            (inside, InsertionKind.FRAME, BEGIN + panel + END),
            below,
        ]
    above = f"{BEGIN}{box}{panel}{body}{END}"
    return [
        (0, InsertionKind.FRAME, BEGIN + start + END),
        (place, InsertionKind.FRAME, above),
        below,
    ]


def _start(blocks: PageBlocks, look: Presentation, *, margin: bool) -> str:
    """Return the start tag of the frame around the article."""
    classes = "ann"
    if margin:
        classes += " ann-margins"
        if look.margin == "wide":
            classes += " ann-wide"
    if look.marks == "full":
        classes += " ann-full"
    if look.marks == "off" and not blocks.panel:
        # Nobody can switch them on.
        classes += "".join(f" ann-no-{group.value}" for group in Group)
    said = "".join(f' {name}="{escape(value)}"' for name, value in look.attributes.items())
    return f'<div class="{classes}"{said}>'


def _head_end(page: Projection, *, lead: bool) -> int:
    """Return where the panel goes: behind the h1 that an article begins with, and its lead."""
    blocks = [token for token in page.tokens if token.role != Role.SINGLE][:200]
    if not blocks or blocks[0].name != "h1" or page.html[: blocks[0].start].strip():
        return 0
    return _behind_title(blocks, page, lead=lead)


def _title_end(page: Projection, *, lead: bool) -> int:
    """Return the end of the first h1, and its lead, if only wrappers are open there; else 0."""
    first = next((heading for heading in page.headings if heading.level == 1), None)
    if first is None:
        return 0
    blocks = [token for token in page.tokens[:_MOST_TOKENS] if token.role != Role.SINGLE]
    opened: list[str] = []
    for number, token in enumerate(blocks):
        if token.name == "h1" and not _ends(page, token):
            return _behind_title(blocks[number:][:200], page, lead=lead) if _wraps(opened) else 0
        if _ends(page, token):
            if token.name in opened:
                while opened.pop() != token.name:
                    pass
        elif token.role != Role.ATOM:
            opened.append(token.name)
    return 0


def _wraps(opened: list[str]) -> bool:
    # A paragraph ends where a title begins, whether it says so or not.
    return all(name in _WRAPPERS or name == "p" for name in opened)


def _behind_title(blocks: list[Token], page: Projection, *, lead: bool) -> int:
    """Return where the h1 that `blocks` begin with ends, or the paragraph behind it; 0 if never."""
    ends = [token for token in blocks[1:] if _ends(page, token)]
    title = next((token for token in ends if token.name == "h1"), None)
    if title is None:
        return 0
    following = [
        token for token in blocks if token.start >= title.end and token.role == Role.BOUNDARY
    ]
    if lead and following and following[0].name == "p":
        paragraph = next((t for t in following if t.name == "p" and _ends(page, t)), None)
        if paragraph:
            return paragraph.end
    return title.end


def _ends(page: Projection, token: Token) -> bool:
    return page.html.startswith("</", token.start)
