"""The MkDocs plugin `annotate`: what only a whole site can do.  Pages are the extension's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_annotate.hosts import site_files
from mkdocs_annotate.hosts.extension import NAME
from mkdocs_annotate.hosts.faults import Fault, fault_problems
from mkdocs_annotate.hosts.index_pages import IndexPages, indexes_in
from mkdocs_annotate.hosts.lookalikes import leave_out_lookalikes, lookalikes
from mkdocs_annotate.hosts.mkdocs_api import (
    BasePlugin,
    CombinedEvent,
    Config,
    Files,
    InclusionLevel,
    MkDocsConfig,
    Navigation,
    Page,
    PluginError,
    event_priority,
)
from mkdocs_annotate.hosts.options import DEFAULTS, Options, parse_options
from mkdocs_annotate.hosts.page_lookup import (
    forget_result,
    result_of,
    theme_language,
    theme_templates,
)
from mkdocs_annotate.hosts.registry import newest, registry_of, source_files
from mkdocs_annotate.hosts.reporting import report, report_once
from mkdocs_annotate.hosts.sites import site_of
from mkdocs_annotate.model.levels import levelled
from mkdocs_annotate.model.problems import Level, Problem, in_order
from mkdocs_annotate.rendering.page import RenderedPage, Site
from mkdocs_annotate.rendering.search import searchable
from mkdocs_annotate.rendering.wording import wording_of
from mkdocs_annotate.sidecar.files import SUFFIX

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.site_exports import SiteExports

_ARTICLE_HTML = "_annotate_html"


class _NoOptions(Config):
    """Nothing for MkDocs to judge: the extension and the plugin share `options.py`."""


class AnnotatePlugin(BasePlugin[_NoOptions]):
    """Adds the extension, its stylesheet and script; keeps sidecars and notes where they belong."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}
        self.options = Options()
        self.faults: list[Fault] = []
        self.command = "build"
        self.dirty = False
        self.index_pages = IndexPages()
        self.exports: SiteExports | None = None
        self.latest: Page | None = None
        self.claimed = False
        self.errors: list[Problem] = []

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Return no errors, and a warning for each option that there isn't.

        What is wrong with the others the extension tells, which gets them.
        """
        self.config = _NoOptions()
        self.given = dict(options)
        self.options, faults = parse_options(options)
        unknown = [fault for fault in faults if fault.name not in DEFAULTS]
        return [], [(fault.name, f"{fault.message}; {fault.cure}") for fault in unknown]

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep what is being done; having this hook keeps the plugin through rebuilds too."""
        self.command = command
        self.dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension with the plugin's options, and our assets before the user's own."""
        report_once.cache_clear()
        if NAME not in config.markdown_extensions:
            config.markdown_extensions.append(NAME)
        sound = {key: value for key, value in self.given.items() if key in DEFAULTS}
        preview = {"preview": True} if self.command == "serve" else {}
        own: Mapping[str, Any] = config.mdx_configs.get(NAME) or {}
        config.mdx_configs[NAME] = {**preview, **sound, **own}
        self.options, self.faults = parse_options(config.mdx_configs[NAME])
        site_files.add_assets(config)
        self.exports = None
        if self.options.exports:
            # Imported here, as most sites export nothing, and start sooner without.
            from mkdocs_annotate.hosts.site_exports import SiteExports

            self.exports = SiteExports(self.options, config, dirty=self.dirty)
            self.faults += self.exports.faults
            for problem in self._told(self.exports.faults, config):
                report_once(problem)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave sidecars out of the site; bring assets in; rebuild pages whose sidecar is new."""
        for file in files:
            if file.src_uri.endswith(SUFFIX):
                file.inclusion = InclusionLevel.EXCLUDED
        leave_out_lookalikes(files)
        indexes = indexes_in(files)
        config.mdx_configs[NAME] = {"indexes": indexes, **config.mdx_configs[NAME]}
        self.index_pages = IndexPages(wanted=bool(indexes))
        self.claimed, self.errors = False, []
        for file in site_files.assets(config, indexes=bool(indexes)):
            if files.get_file_from_path(file.src_uri) is None:
                files.append(file)
        if self.dirty:
            for index in map(files.get_file_from_path, indexes.values()):
                # Made of the pages that are rendered now, it would forget all others.
                if index is not None and Path(index.abs_dest_path).exists():
                    index.is_modified = _never  # type: ignore[method-assign]
            shared = newest(site_files.project_of(config), self.options)
            for file in files.documentation_pages():
                if site_files.has_newer_sidecar(file, self._folder(config), config, shared):
                    file.is_modified = _always  # type: ignore[method-assign]
        return files

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Tell the extension which files will be written beside a page."""
        if self.exports is not None:
            self.exports.announce(page)
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep what indexes tell of a page, write what it exports, make room for a wide margin.

        Material has that room where a page hides its contents.
        """
        result: RenderedPage | None = result_of(page)
        self.index_pages.see(page, html, result)
        if result is not None:
            self.claimed = True
            self.errors += _errors(result.problems)
        self._forget(page)
        hidden = page.meta.setdefault("hide", [])
        if 'class="ann ann-margins ann-wide"' in html and isinstance(hidden, list):
            hidden.append("toc")
        if self.exports is not None:
            self.exports.take(page)
        return html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Fill indexes and report unused sidecars, now that every page is rendered.

        Raises PluginError where a problem is an error to this site, and nobody looks at a preview.
        """
        self._forget(None)
        faults = self._told(self.faults, config)
        told = self.index_pages.fill(partial(self._site, config), files, config)
        told += self._told(site_files.indexes_nowhere(self.options.indexes, files), config)
        if not self.dirty:
            told += site_files.strays(files, config, self._folder(config))
            told += lookalikes(files, Path(config.docs_dir), self._folder(config))
            told += site_files.people_nowhere(self.options.people, files, config)
            if not self.claimed:
                told += site_files.unclaimed(files, config, self._folder(config))
        told = levelled(told, self.options.rules)
        report(told)
        errors = in_order(self.errors + _errors([*faults, *told]))
        if errors and self.command != "serve":
            count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
            raise PluginError(f"annotate: {count}, the first: {errors[0]}")
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the lists of what all pages export."""
        if self.exports is not None:
            self.exports.finish()

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch templates, files of sources, and the folder of sidecars elsewhere than articles."""
        project = site_files.project_of(config)
        named = self.options.templates
        own = [project / named] if named else []
        for folder in (self._folder(config), *own, *theme_templates(config)):
            if folder and folder.is_dir():
                server.watch(str(folder))
        for file in source_files(project, self.options):
            if file.is_file():
                server.watch(str(file))
        return server

    @event_priority(100)
    def _before_search(
        self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Show search plugins the words of the page, without the numbers of its notes."""
        listening = config.plugins.events["page_context"]
        others = any(getattr(method, "__self__", None) is not self for method in listening)
        if others and page.content and "<!--ann-->" in page.content:
            vars(page)[_ARTICLE_HTML] = page.content
            page.content = searchable(page.content)
        return context

    @event_priority(-100)
    def _after_search(
        self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        page.content = vars(page).pop(_ARTICLE_HTML, page.content)
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def _told(self, faults: Sequence[Fault], config: MkDocsConfig) -> list[Problem]:
        """Return `faults` as problems, as far as the site wants to be told."""
        file = config.config_file_path or "mkdocs.yml"
        return levelled(fault_problems(faults, file), self.options.rules)

    def _forget(self, page: Page | None) -> None:
        """Let go of what was found out about the page before `page`.

        Commands look at the last one.  All of them together would be as large as the site.
        """
        if self.latest is not None:
            forget_result(self.latest)
        self.latest = page

    def _site(self, config: MkDocsConfig, own: str = "") -> Site:
        """Return what index pages share with all others; `own` is the language of the page."""
        project = site_files.project_of(config)
        registry, _ = registry_of(project, self.options)
        theme = theme_language(config)
        site = site_of(self.options, project, registry, theme, theme_templates(config))
        # The page says what language it is in to us, and not to its readers.
        words = wording_of(self.options.language or own or theme, theme, self.options.words)
        return replace(site, wording=words)

    def _folder(self, config: MkDocsConfig) -> Path | None:
        if not self.options.annotations_dir:
            return None
        return site_files.project_of(config) / self.options.annotations_dir


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level == Level.ERROR]


def _always() -> bool:
    return True


def _never() -> bool:
    return False
