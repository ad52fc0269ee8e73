"""Annotated explainers from untouched Markdown and a YAML file beside it.

Everything in `__all__` is public.  It is imported when it is first used, so that
`import mkdocs_annotate` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs_annotate.any_html.pages import annotate_html
    from mkdocs_annotate.hosts.extension import AnnotateExtension, StrictError
    from mkdocs_annotate.hosts.options import Options
    from mkdocs_annotate.model.problems import Level, Position, Problem, Rule
    from mkdocs_annotate.model.reporting import RuleSettings
    from mkdocs_annotate.model.sidecar import Sidecar
    from mkdocs_annotate.rendering.page import RenderedPage, render_page
    from mkdocs_annotate.rendering.site import Presentation, Site
    from mkdocs_annotate.sidecar.decoding import parse_sidecar

__version__ = "0.1.0"

__all__ = [
    "AnnotateExtension",
    "Level",
    "Options",
    "Position",
    "Presentation",
    "Problem",
    "RenderedPage",
    "Rule",
    "RuleSettings",
    "Sidecar",
    "Site",
    "StrictError",
    "annotate_html",
    "parse_sidecar",
    "render_page",
]

_MODULES = {
    "any_html.pages": ("annotate_html",),
    "hosts.extension": ("AnnotateExtension", "StrictError"),
    "hosts.options": ("Options",),
    "model.problems": ("Level", "Position", "Problem", "Rule"),
    "model.reporting": ("RuleSettings",),
    "model.sidecar": ("Sidecar",),
    "rendering.page": ("RenderedPage", "render_page"),
    "rendering.site": ("Presentation", "Site"),
    "sidecar.decoding": ("parse_sidecar",),
}


def __getattr__(name: str) -> Any:
    """Return what is called `name`, from the module that it is defined in."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
