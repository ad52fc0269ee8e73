"""One page: an article and its sidecar become an annotated page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from mkdocs_annotate.anchoring.anchors import Anchoring, Orphan, anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.editorial.review import review
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule, in_order
from mkdocs_annotate.model.reporting import RuleSettings, internal_error, levelled
from mkdocs_annotate.model.sidecar import Annotation, Article, Sidecar
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.bibliography import Bibliography
from mkdocs_annotate.rendering.composition import Composer
from mkdocs_annotate.rendering.frame import blocks_of, frame, index_links
from mkdocs_annotate.rendering.margin import fits_margin
from mkdocs_annotate.rendering.marks import EXCLUDED, passage_id
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.note_views import NoteViews
from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.page_limits import oversized, within_limits
from mkdocs_annotate.rendering.passages import Passage, author_of, unnamed_author
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.splice import spliced
from mkdocs_annotate.rendering.templates import BlockMaker
from mkdocs_annotate.rendering.views import OrphanView
from mkdocs_annotate.sidecar.checks import check_sidecar, with_implied_kinds

MOST_PROPOSALS = 25  # orphans of a page of which a build looks for the nearest passages


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
    """The type of the article, by its sidecar."""

    unnamed: str = ""
    """The page's word for an author who is not named; empty where one is."""

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
    look: Presentation,
    resolve: Resolve,
    found: Sequence[Problem] = (),
) -> RenderedPage:
    """Return `html`, a rendered article, with the annotations of `sidecar`.

    `source` is the article's Markdown, for quotes that were copied from it; it may be empty.
    `found` are problems that the sidecar had already: a preview shows them, too. Nothing of the
    article is removed, reordered or changed. `resolve` finds the pages to which notes link. Cost:
    linear in the page and in the number of annotations.
    """
    page = Page(project(html), source)
    sidecar = with_implied_kinds(sidecar, site.vocabulary)
    annotations = [entry for entry in sidecar.annotations if look.preview or not entry.draft]
    anchoring = anchor_all(annotations, page)
    orphans = _explained(anchoring.orphans, page)
    sources = {**site.registry, **sidecar.sources}
    author = author_of(sidecar.article, sources, site.wording)
    kept, beyond = within_limits(anchoring.anchors, sources, sidecar.article, author)
    anchoring = replace(anchoring, anchors=kept)
    composer = Composer(
        page, site.vocabulary, site.wording, author, look.id_prefix, excluded=look.search_reads
    )
    composition = composer.compose(kept)
    renderer = NoteRenderer(resolve)
    passages = composition.passages
    bibliography = Bibliography(
        sources,
        passages,
        site.wording,
        resolve,
        renderer,
        sidecar.article.based_on,
        {EXCLUDED.strip(): ""} if look.search_reads else None,
    )
    views = NoteViews(
        passages,
        bibliography,
        site.wording,
        renderer,
        site.vocabulary.techniques,
        site.people,
    )
    maker = BlockMaker(site.templates, site.wording)
    indexes = index_links(site, resolve)
    margin = look.margin != "off" and fits_margin(passages, page.projection)
    blocks = blocks_of(sidecar.article, views, maker, look, indexes, margin=margin)
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
    if not blocks.any_content:
        return RenderedPage(html, in_order(problems), anchoring=anchoring)
    strings = [*composition.tags, *frame(page.projection, blocks, look, margin=margin)]
    strings.sort(key=itemgetter(0, 1))
    if large := oversized([string for _, _, string in strings], sidecar.file):
        return RenderedPage(html, in_order([*problems, large]), anchoring=anchoring)
    narrow = is_narrow(html)
    return RenderedPage(
        spliced(html, [(offset, _as_narrow(string, narrow)) for offset, _, string in strings]),
        in_order(problems),
        (*composition.ids, *blocks.ids),
        blocks.sections,
        passages,
        {key: sources[key] for key in bibliography.cited_keys() if key in sources},
        sidecar.article.type,
        unnamed_author(author, site.wording),
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
    if string.isascii() or not narrow:
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
    why = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return OrphanView(str(problem.position), quote, why)


MOST_TRIALS = 40
"""How often a page is rendered in search of what it fails for: one entry of 1,000 takes 20."""

Render = Callable[[Sidecar], RenderedPage]


def render_safely(render: Render, html: str, sidecar: Sidecar) -> RenderedPage:
    """Return what `render` makes of `sidecar`, or of as much of it as can be rendered.

    Each entry that makes `render` fail is left out, with a problem of the rule `internal-error` at
    its place.  Where that does not help, the page is `html`, as the host made it.  Never raises
    an Exception.  Cost: one call of `render`, and at most `MOST_TRIALS` where it fails.
    """
    try:
        return render(sidecar)
    except Exception as error:
        return _rescued(render, html, sidecar, error)


def _rescued(render: Render, html: str, sidecar: Sidecar, error: Exception) -> RenderedPage:
    search = _Search(render, sidecar)
    try:
        sound = search.sound()
        page = render(sound)
    # Two entries fail together, or the page fails for no entry at all.
    except Exception:
        place = Position(sidecar.file, 1, 1)
        return RenderedPage(html, (internal_error(error, place),))
    return replace(page, problems=in_order([*page.problems, *search.problems]))


class _Search:
    """Finds the entries of a sidecar that can't be rendered, by halves."""

    def __init__(self, render: Render, sidecar: Sidecar) -> None:
        self.render = render
        self.sidecar = sidecar
        self.trials = 0
        self.problems: list[Problem] = []

    def sound(self) -> Sidecar:
        """Return the sidecar without the entries that make it fail, which become problems."""
        bare = replace(self.sidecar, annotations=())
        if error := self._error(bare):
            self.problems.append(internal_error(error, Position(self.sidecar.file, 1, 1)))
            bare = replace(bare, article=Article())
        self.sidecar = replace(self.sidecar, article=bare.article)
        return replace(bare, annotations=tuple(self._sound(self.sidecar.annotations)))

    def _sound(self, entries: Sequence[Annotation]) -> list[Annotation]:
        error = self._error(replace(self.sidecar, annotations=tuple(entries)))
        if error is None:
            return list(entries)
        if len(entries) < 2 or self.trials >= MOST_TRIALS:
            self.problems += [internal_error(error, entry.position) for entry in entries]
            return []
        middle = len(entries) // 2
        return self._sound(entries[:middle]) + self._sound(entries[middle:])

    def _error(self, sidecar: Sidecar) -> Exception | None:
        self.trials += 1
        try:
            self.render(sidecar)
        except Exception as error:
            return error
        return None
