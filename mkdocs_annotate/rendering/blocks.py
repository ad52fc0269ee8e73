"""Views to HTML, by the templates of a site."""

from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.rendering.index_views import ArticlesView, DefinitionsView, IndexView
from mkdocs_annotate.rendering.overrides import Templates
from mkdocs_annotate.rendering.views import (
    ExportView,
    NoteView,
    OrphanView,
    PanelView,
    SourceView,
)
from mkdocs_annotate.rendering.wording import Wording


class BlockMaker:
    """Makes the blocks of one page, and keeps what is wrong with the templates it used."""

    def __init__(self, templates: Templates, wording: Wording) -> None:
        self.templates = templates
        self.wording = wording
        self.problems: list[Problem] = []

    def panel(self, panel: PanelView) -> str:
        """Return the line above the article."""
        return self._filled("panel.html", panel=panel)

    def about(self, panel: PanelView) -> str:
        """Return what is told behind the article: what the marks mean, where they are, and why."""
        return self._filled("about.html", panel=panel)

    def notes(self, notes: tuple[NoteView, ...]) -> str:
        """Return the list of notes; empty without any."""
        return self._filled("notes.html", notes=notes) if notes else ""

    def sources(self, sources: tuple[SourceView, ...]) -> str:
        """Return the list of sources; empty without any."""
        return self._filled("sources.html", sources=sources) if sources else ""

    def exports(self, exports: tuple[ExportView, ...]) -> str:
        """Return the links to what programs can read; empty without any."""
        return self._filled("exports.html", exports=exports) if exports else ""

    def orphans(self, orphans: tuple[OrphanView, ...]) -> str:
        """Return the box of what is wrong, for a preview; empty where nothing is."""
        return self._filled("orphans.html", orphans=orphans) if orphans else ""

    def index(self, index: IndexView) -> str:
        """Return one page of an index of passages or sources."""
        return self._filled("index.html", index=index)

    def articles(self, articles: ArticlesView) -> str:
        """Return one page of the table of articles."""
        return self._filled("index-articles.html", articles=articles)

    def definitions(self, definitions: tuple[DefinitionsView, ...], level: int) -> str:
        """Return the kinds and what they mean, under headings of `level`."""
        return self._filled("index-definitions.html", definitions=definitions, level=level)

    def _filled(self, name: str, **values: object) -> str:
        html, problem = self.templates.fill(name, **values, words=self.wording)
        if problem is not None:
            self.problems.append(problem)
        return html
