"""The story of one page: an article and its sidecar become an annotated explainer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from mkdocs_annotate.anchoring.law import Anchoring, Orphan, anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.editorial.review import review
from mkdocs_annotate.model.levels import RuleSettings, levelled
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.people import Person
from mkdocs_annotate.model.problems import Level, Problem, Rule, in_order
from mkdocs_annotate.model.sidecar import Article, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, Group, Vocabulary
from mkdocs_annotate.rendering.bibliography import Bibliography
from mkdocs_annotate.rendering.blocks import BlockMaker
from mkdocs_annotate.rendering.bounds import oversized, within_bounds
from mkdocs_annotate.rendering.composition import Composer
from mkdocs_annotate.rendering.frame import frame
from mkdocs_annotate.rendering.margin import fits_margin
from mkdocs_annotate.rendering.marks import passage_id
from mkdocs_annotate.rendering.note_links import Resolve
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.overrides import Templates, templates_of
from mkdocs_annotate.rendering.splice import spliced
from mkdocs_annotate.rendering.viewer import Viewer
from mkdocs_annotate.rendering.views import LinkView, OrphanView, Passage
from mkdocs_annotate.rendering.wording import DEFAULT_LANGUAGE, Wording, wording_of
from mkdocs_annotate.sidecar.checks import check_sidecar, with_implied_kinds

MOST_PROPOSALS = 25  # orphans of a page of which a build looks for the nearest passages


@dataclass(frozen=True)
class Site:
    """What all pages of a site share."""

    vocabulary: Vocabulary = DEFAULT_VOCABULARY
    wording: Wording = field(default_factory=lambda: wording_of(DEFAULT_LANGUAGE))
    registry: Mapping[str, Source] = field(default_factory=dict)
    templates: Templates = field(default_factory=templates_of)
    rules: RuleSettings = field(default_factory=RuleSettings)
    people: Mapping[str, Person] = field(default_factory=dict)
    indexes: Mapping[str, Link] = field(default_factory=dict)
    """The pages that have an index of the site, by its name."""


@dataclass(frozen=True)
class Look:
    """How one page is shown."""

    margin: str = "auto"
    """Notes in the margin: `auto` where there is room, `wide` where the theme makes it, `off`."""

    panel: str = "top"
    """Where the panel is: `top`, `lead` behind the first paragraph, or `off`."""

    preview: bool = False
    """Drafts and a box of what is wrong are shown."""

    marks: str = "quiet"
    """How strong the lines under passages are: `quiet`, or `full` for all of them; `off` where
    readers switch them on."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the frame says of the article: `lang` and `dir`, where the page around may not."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Where the page's own exports lie, by their names."""

    id_prefix: str = ""
    """Put before ids, where several articles share one page."""


@dataclass(frozen=True)
class RenderedPage:
    """An annotated page, the ids it adds, its sections, and everything wrong with its sidecar."""

    html: str
    problems: tuple[Problem, ...] = ()
    ids: tuple[str, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    """The id and title of each block that belongs into a table of contents."""

    passages: tuple[Passage, ...] = ()
    """In reading order."""

    cited: Mapping[str, Source] = field(default_factory=dict)
    """The sources that the passages cite, by key."""

    type: str = ""
    """What the article is, as its sidecar says."""

    unnamed: str = ""
    """What the page calls an author who is not named; empty where one is."""

    anchoring: Anchoring = field(default_factory=lambda: Anchoring((), ()))
    entries: Mapping[str, str] = field(default_factory=dict)
    """The id of each source in the list of sources, by its key."""

    lists: str = ""
    """The lists of notes and sources, as they stand in the page."""

    @property
    def marks(self) -> dict[str, str]:
        """Return the id of the first mark of each annotation, by the annotation's own id."""
        return {passage.annotation.id: passage_id(passage.key) for passage in self.passages}


def render_page(
    html: str,
    source: str,
    sidecar: Sidecar,
    site: Site,
    look: Look,
    resolve: Resolve,
    found: Sequence[Problem] = (),
) -> RenderedPage:
    """Return `html`, a rendered article, with what `sidecar` says about it.

    `source` is the article's Markdown, for quotes that were copied from it; it may be empty.
    `found` is what was wrong with the sidecar already: a preview shows it too.
    Nothing of the article is removed, reordered or changed.  `resolve` finds the pages that notes
    link to.  Cost: linear in the page and in the number of annotations.
    """
    page = Page(project(html), source)
    sidecar = with_implied_kinds(sidecar, site.vocabulary)
    annotations = [entry for entry in sidecar.annotations if look.preview or not entry.draft]
    anchoring = anchor_all(annotations, page)
    orphans = _explained(anchoring.orphans, page)
    sources = {**site.registry, **sidecar.sources}
    author = author_of(sidecar.article, sources, site.wording)
    kept, beyond = within_bounds(anchoring.anchors, sources, sidecar.article, author)
    anchoring = replace(anchoring, anchors=kept)
    composer = Composer(page, site.vocabulary, site.wording, author, look.id_prefix)
    composition = composer.compose(kept)
    renderer = NoteRenderer(resolve)
    passages = composition.passages
    bibliography = Bibliography(
        sources, passages, site.wording, resolve, renderer, sidecar.article.based_on
    )
    viewer = Viewer(
        passages, bibliography, site.wording, renderer, site.vocabulary.techniques, site.people
    )
    maker = BlockMaker(site.templates, site.wording)
    indexes = _index_links(site, resolve)
    margin = look.margin != "off" and fits_margin(passages, page.projection)
    blocks = _blocks(sidecar.article, viewer, maker, look, indexes, margin=margin)
    problems = [
        *check_sidecar(sidecar, site.vocabulary, site.registry),
        *(problem for _, problem in orphans),
        *beyond,
        *composition.problems,
        *bibliography.problems,
        *renderer.problems,
        *review(sidecar, anchoring.anchors, page, site.vocabulary, site.registry, site.rules),
    ]
    if look.preview:
        blocks.orphans = maker.orphans(_shown([*found, *problems], orphans, site.rules))
    problems += maker.problems
    if not blocks.anything:
        return RenderedPage(html, in_order(problems), anchoring=anchoring)
    start, lead = _start(blocks, look, margin=margin), look.panel == "lead"
    around = frame(page.projection, start, blocks.panel, blocks.lists, lead=lead)
    strings = [*composition.tags, *around]
    strings.sort(key=lambda string: string[:2])
    if large := oversized((string for *_, string in strings), sidecar.file):
        return RenderedPage(html, in_order([*problems, large]), anchoring=anchoring)
    narrow = is_narrow(html)
    return RenderedPage(
        spliced(html, ((offset, _as_narrow(string, narrow)) for offset, _, string in strings)),
        in_order(problems),
        (*composition.ids, *blocks.ids),
        blocks.sections,
        passages,
        {key: sources[key] for key in bibliography.cited_keys() if key in sources},
        sidecar.article.type,
        author if author == site.wording("notes.author") else "",
        anchoring,
        bibliography.ids,
        _as_narrow(blocks.notes + blocks.sources, narrow),
    )


def _explained(orphans: tuple[Orphan, ...], page: Page) -> list[tuple[Orphan, Problem]]:
    if not orphans:
        return []
    # Imported here, as most builds have no orphans, and are over sooner without.
    from mkdocs_annotate.anchoring.explanations import explained_all

    return explained_all(orphans, page, MOST_PROPOSALS)


def is_narrow(html: str) -> bool:
    """Return whether Python keeps `html` in one byte a character."""
    try:
        html.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


def _as_narrow(string: str, narrow: bool) -> str:
    """Return `string` with character references where it would widen a `narrow` page.

    Builders keep every page until the last is written, and one quotation mark doubles a page.
    """
    if not narrow or string.isascii():
        return string
    return string.encode("latin-1", "xmlcharrefreplace").decode("latin-1")


def _shown(
    problems: list[Problem], orphans: Sequence[tuple[Orphan, Problem]], rules: RuleSettings
) -> tuple[OrphanView, ...]:
    """Return what the box of a preview shows of `problems`, in the order of the file."""
    quotes = {problem: orphan.annotation.quote.exact for orphan, problem in orphans}
    counted = (
        one
        for one in levelled(problems, rules)
        if one.level != Level.INFO or one.rule == Rule.NOTE_TO_BE_REREAD
    )
    return tuple(_problem_view(one, quotes.get(one, "")) for one in in_order(list(counted)))


def _problem_view(problem: Problem, quote: str) -> OrphanView:
    why = f"{problem.message}; {problem.cure}" if problem.cure else problem.message
    return OrphanView(str(problem.position), quote, why)


def author_of(article: Article, sources: Mapping[str, Source], wording: Wording) -> str:
    """Return who speaks where nobody is quoted: the author of the text that is annotated."""
    source = sources.get(article.based_on)
    if source and source.author:
        return wording.listed(source.author)
    return (source and source.publisher) or wording("notes.author")


@dataclass
class _Blocks:
    """The blocks around an article, as HTML; empty where there is nothing to tell."""

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
        return self.about + self.notes + self.sources + self.exports + self.orphans

    @property
    def anything(self) -> bool:
        return bool(self.marked or self.panel or self.orphans)


def _index_links(site: Site, resolve: Resolve) -> tuple[LinkView, ...]:
    """Return links to the pages that have indexes of the site."""
    resolved = ((name, resolve(link)) for name, link in site.indexes.items())
    return tuple(LinkView(site.wording(f"index.{name}"), href) for name, href in resolved if href)


def _blocks(
    article: Article,
    viewer: Viewer,
    maker: BlockMaker,
    look: Look,
    indexes: tuple[LinkView, ...],
    *,
    margin: bool,
) -> _Blocks:
    wording = viewer.wording
    told = look.panel != "off"
    notes = viewer.notes(panel=told)
    sources = viewer.bibliography.entries()
    panel = viewer.panel(article, has_sources=bool(sources), indexes=indexes)
    panel = panel._replace(marks_shown=look.marks != "off")
    blocks = _Blocks(bool(viewer.passages))
    if told and (viewer.passages or panel.says_anything):
        blocks.panel = maker.panel(panel)
        blocks.about = maker.about(panel)
    blocks.notes = maker.notes(notes)
    blocks.sources = maker.sources(sources)
    blocks.exports = maker.exports(viewer.exports(look.files, article))
    sections = []
    if notes:
        sections.append(("ann--notes", wording("headings.notes")))
    if sources:
        sections.append(("ann--sources", wording("headings.sources")))
    blocks.ids = tuple(id_ for id_, _ in sections)
    # In the margin notes need no heading.
    blocks.sections = tuple(sections[1:] if notes and margin else sections)
    return blocks


def _start(blocks: _Blocks, look: Look, *, margin: bool) -> str:
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
