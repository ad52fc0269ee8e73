"""The annotated articles of a site, converted as its host does: for commands."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs_annotate.hosts.extension import NAME, annotated
from mkdocs_annotate.hosts.mkdocs_api import (
    Files,
    InclusionLevel,
    MkDocsConfig,
    MkDocsException,
    Page,
    get_files,
    get_navigation,
    load_config,
    populate_page,
    set_exclusions,
)
from mkdocs_annotate.hosts.options import parse_options
from mkdocs_annotate.hosts.page_lookup import HostPage, result_of
from mkdocs_annotate.hosts.site_files import project_of, strays
from mkdocs_annotate.model.problems import Problem, in_order
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.sidecar.files import locate


class ProjectError(Exception):
    """A project can't be read; the message says why, in the writer's words."""


@dataclass(frozen=True)
class Checked:
    """What was found in a project: articles with a sidecar, their annotations, and problems."""

    articles: int
    annotations: int
    problems: tuple[Problem, ...]


def check_project(config_file: Path) -> Checked:
    """Return every problem of the site of `config_file`, drafts included.

    Pages with a sidecar are converted as a build does, with all extensions and plugins; nothing
    is written.  Raises ProjectError when the project can't be read at all.
    """
    with _quiet():
        try:
            return _checked(config_file)
        except MkDocsException as error:
            raise ProjectError(str(error)) from error


def _checked(config_file: Path) -> Checked:
    config = load_config(config_file=str(config_file))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    if NAME not in config.markdown_extensions:
        raise ProjectError(
            f"{config_file.name} lists neither the plugin `annotate` nor the extension `{NAME}`; "
            "add `- annotate` under `plugins:`"
        )
    # Drafts are checked too.
    config.mdx_configs[NAME] = {**(config.mdx_configs.get(NAME) or {}), "preview": True}
    options, _ = parse_options(config.mdx_configs[NAME])
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    navigation = get_navigation(files, config)
    config.plugins.on_nav(navigation, config=config, files=files)
    folder = project_of(config) / options.annotations_dir if options.annotations_dir else None
    problems: list[Problem] = []
    articles = annotations = 0
    for page in _annotated_pages(files, config, folder):
        populate_page(page, config, files, dirty=False)
        result: RenderedPage | None = result_of(page)
        if result is None and page.content == "":
            # Python-Markdown runs no extension on a blank article.
            result = annotated("", "", _blank_page(page, config), options)
        if result is None:
            continue
        problems += result.problems
        articles += 1
        annotations += len(result.anchoring.anchors) + len(result.anchoring.orphans)
    problems += strays(files, config, folder)
    return Checked(articles, annotations, in_order(problems))


def _blank_page(page: Page, config: MkDocsConfig) -> HostPage:
    article = Path(str(page.file.abs_src_path))
    return HostPage(article, Path(config.docs_dir), project_of(config), page.meta)


def _annotated_pages(files: Files, config: MkDocsConfig, folder: Path | None) -> Iterator[Page]:
    """Yield the pages that have a sidecar, or name one in their front matter."""
    docs = Path(config.docs_dir)
    for file in files.documentation_pages(inclusion=InclusionLevel.is_included):
        page = file.page if file.page is not None else Page(None, file, config)
        if not file.abs_src_path:
            continue
        location = locate(Path(file.abs_src_path), docs, folder)
        if location.path is not None or location.problems or _mentions_sidecar(file.abs_src_path):
            yield page


def _mentions_sidecar(path: str) -> bool:
    with Path(path).open(encoding="utf-8-sig", errors="replace") as lines:
        if next(lines, "").rstrip() != "---":
            return False
        for line in lines:
            if line.startswith("annotations:"):
                return True
            if line.rstrip() in ("---", "..."):
                return False
    return False


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what builders log to themselves: problems are told once, by the command."""
    loggers = [logging.getLogger(name) for name in ("mkdocs", "properdocs")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
