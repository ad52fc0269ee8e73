"""Views to HTML, by the templates of a site."""

from mkdocs_annotate.model.problems import Problem
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
        """Return the panel above the article."""
        return self._filled("panel.html", panel=panel)

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
        """Return the box of quotes without a place, for a preview; empty without any."""
        return self._filled("orphans.html", orphans=orphans) if orphans else ""

    def _filled(self, name: str, **values: object) -> str:
        html, problem = self.templates.fill(name, **values, words=self.wording)
        if problem is not None:
            self.problems.append(problem)
        return html
