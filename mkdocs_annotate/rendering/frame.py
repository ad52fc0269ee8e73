"""The blocks around an article, and the frame that encloses both."""

from dataclasses import dataclass
from html import escape

from mkdocs_annotate.anchoring.projection import Projection
from mkdocs_annotate.anchoring.tags import Role
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.model.vocabulary import Group
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.note_views import NoteViews
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.splice import BEGIN, END, InsertionKind
from mkdocs_annotate.rendering.templates import BlockMaker
from mkdocs_annotate.rendering.views import LinkView


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
    panel = views.panel(article, has_sources=bool(sources), indexes=indexes)
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


def frame(
    page: Projection, blocks: PageBlocks, look: Presentation, *, margin: bool
) -> list[tuple[int, InsertionKind, str]]:
    """Return the three insertions that enclose the article; its h1 stays outside the box.

    A container query makes a formatting context, and that would keep the theme's own floats
    beside the title away from it.
    """
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
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in look.attributes.items())
    start = f'{BEGIN}<div class="{classes}"{attributes}>{END}'
    above = (
        f'{BEGIN}<div class="ann-box"><div class="ann-in">{blocks.panel}<div class="ann-body">{END}'
    )
    lists = blocks.about + blocks.notes + blocks.sources + blocks.exports + blocks.orphans
    below = f"{BEGIN}</div>{lists}</div></div></div>{END}"
    return [
        (0, InsertionKind.FRAME, start),
        (_head_end(page, lead=look.panel == "lead"), InsertionKind.FRAME, above),
        (len(page.html), InsertionKind.FRAME, below),
    ]


def _head_end(page: Projection, *, lead: bool) -> int:
    """Return where the panel goes: behind the h1 that an article begins with, and its lead."""
    blocks = [token for token in page.tokens if token.role != Role.SINGLE][:200]
    if not blocks or blocks[0].name != "h1" or page.html[: blocks[0].start].strip():
        return 0
    ends = [token for token in blocks[1:] if _ends(page, token.start)]
    title = next((token for token in ends if token.name == "h1"), None)
    if title is None:
        return 0
    following = [
        token for token in blocks if token.start >= title.end and token.role == Role.BOUNDARY
    ]
    if lead and following and following[0].name == "p":
        paragraph = next((t for t in following if t.name == "p" and _ends(page, t.start)), None)
        if paragraph:
            return paragraph.end
    return title.end


def _ends(page: Projection, offset: int) -> bool:
    return page.html.startswith("</", offset)
