"""Views to HTML, by the templates in `templates/`."""

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from mkdocs_annotate.model.problems import Problem
from mkdocs_annotate.rendering.views import NoteView, PanelView, SourceView
from mkdocs_annotate.rendering.wording import Wording


@lru_cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("mkdocs_annotate.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _filled(name: str, **values: object) -> str:
    return _templates().get_template(name).render(**values).strip()


def panel_html(panel: PanelView, wording: Wording) -> str:
    """Return the panel above the article."""
    return _filled("panel.html", panel=panel, words=wording)


def notes_html(notes: tuple[NoteView, ...], wording: Wording) -> str:
    """Return the list of notes; empty without any."""
    return _filled("notes.html", notes=notes, words=wording) if notes else ""


def sources_html(sources: tuple[SourceView, ...], wording: Wording) -> str:
    """Return the list of sources; empty without any."""
    return _filled("sources.html", sources=sources, words=wording) if sources else ""


def orphans_html(problems: tuple[tuple[str, Problem], ...], wording: Wording) -> str:
    """Return the box of quotes without a place, for a preview; empty without any."""
    return _filled("orphans.html", orphans=problems, words=wording) if problems else ""
