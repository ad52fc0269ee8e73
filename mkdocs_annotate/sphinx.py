"""The Sphinx extension: `extensions = ["mkdocs_annotate.sphinx"]`.

The built pages are annotated once Sphinx has written them, as `mkdocs-annotate render` does it, so
that a changed sidecar needs no document to be read again, whatever theme and markup are used.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from sphinx.util import logging

from mkdocs_annotate import __version__
from mkdocs_annotate.any_html.rendering import render_site
from mkdocs_annotate.any_html.settings import SiteSettings, settings_of
from mkdocs_annotate.model.problems import Level, Problem
from mkdocs_annotate.sidecar.files import SUFFIX

_BUILDERS = ("html", "dirhtml")
"""The builders whose pages mirror the documents."""

_LOGGER = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension and its options with Sphinx."""
    # They change finished pages, so that no document is read or written anew for them.
    app.add_config_value("annotate_options", {}, "", [dict])
    app.add_config_value("annotate_article", "", "", [str])
    app.add_config_value("annotate_sidecars", "", "", [str])
    app.connect("config-inited", _leave_out_sidecars)
    app.connect("build-finished", _annotate)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _leave_out_sidecars(app: Sphinx, config: Any) -> None:
    """Keep sidecars out of folders that Sphinx copies whole."""
    config.exclude_patterns.append(f"**{SUFFIX}")


def _annotate(app: Sphinx, failure: Exception | None) -> None:
    """Annotate the pages of the build, and report each problem as a warning of Sphinx."""
    if failure is not None or app.builder.name not in _BUILDERS:
        return
    settings = _settings(app)
    outcome = render_site(settings)
    for problem in outcome.problems:
        if problem.level != Level.INFO:
            _report(problem)
    if outcome.annotated:
        _LOGGER.info("annotated pages: %s", outcome.annotated)


def _settings(app: Sphinx) -> SiteSettings:
    config, source = app.config, Path(app.srcdir)
    sidecars = source / config.annotate_sidecars
    if not sidecars.is_dir():
        raise ConfigError(f"annotate_sidecars names no folder: {sidecars}")
    values = {**config.annotate_options, "article": config.annotate_article}
    values.setdefault("site_url", config.html_baseurl or "")
    # Pages of other builds lie in the same folder, if at all.
    built = (Path(app.outdir), Path(app.outdir).parent, Path(app.doctreedir))
    skipped = tuple(folder for folder in built if folder != source)
    return settings_of(values, Path(app.outdir), sidecars, Path(app.confdir) / "conf.py", skipped)


def _report(problem: Problem) -> None:
    """Report a problem where it is; `suppress_warnings = ["annotate.orphan"]` knows its rule."""
    place = problem.position
    column = f"column {place.column}: " if place.column > 1 else ""
    hint = f"; {problem.hint}" if problem.hint else ""
    log = _LOGGER.error if problem.level == Level.ERROR else _LOGGER.warning
    log(
        "%s%s%s",
        column,
        problem.message,
        hint,
        location=f"{place.file}:{place.line}",
        type="annotate",
        subtype=problem.rule.value,
    )
