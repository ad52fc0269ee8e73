"""The MkDocs plugin `annotate`: what only a whole site can do.  Pages are the extension's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts import page_lookup, site_files
from mkdocs_annotate.hosts.extension import NAME
from mkdocs_annotate.hosts.index_pages import IndexPages, indexes_in
from mkdocs_annotate.hosts.logs import begin_reports, mention, reporter_of
from mkdocs_annotate.hosts.mkdocs_api import (
    BasePlugin,
    CombinedEvent,
    Config,
    File,
    Files,
    MkDocsConfig,
    Navigation,
    Page,
    PluginError,
    event_priority,
    safe,
    safe_or,
)
from mkdocs_annotate.hosts.option_values import OptionProblem, option_problems
from mkdocs_annotate.hosts.options import DEFAULTS, Options, parse_options
from mkdocs_annotate.hosts.page_forms import (
    WrittenPages,
    forget_furniture,
    furniture_of,
    unlisted_form,
)
from mkdocs_annotate.hosts.pages_to_write import PagesToWrite
from mkdocs_annotate.hosts.search_reading import forget_hidden, show_search_its_form
from mkdocs_annotate.hosts.site_files import leave_out_lookalikes, lookalikes
from mkdocs_annotate.hosts.sites import newest, registry_of, site_of
from mkdocs_annotate.model.levels import levelled
from mkdocs_annotate.model.problems import Level, Position, Problem, in_order
from mkdocs_annotate.rendering.other_forms import book_form, page_form
from mkdocs_annotate.rendering.page import RenderedPage
from mkdocs_annotate.rendering.shown import without_hidden
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.rendering.translations import wording_of

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.site_exports import SiteExports

FIRST, LAST = 1000, -1000
"""Priorities before and after all others: MkDocs recommends 100 to -100, plugins use -200."""


class _NoOptions(Config):
    """Nothing for MkDocs to judge: the extension and the plugin share `options.py`."""


@dataclass
class _Build:
    """What one build of the site has found out."""

    options: Options
    faults: list[OptionProblem]
    written: WrittenPages
    index_pages: IndexPages
    exports: "SiteExports | None" = None
    latest: Page | None = None
    claimed: bool = False
    """Some page was found to have a sidecar."""

    errors: list[Problem] = field(default_factory=list)


class AnnotatePlugin(BasePlugin[_NoOptions]):
    """Adds the extension, its stylesheet and script; keeps sidecars and notes where they belong.

    What others own is changed once, and never put back.  What is told of passages elsewhere than
    on their page is made last, of what the written page shows.
    """

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}
        self.options = Options()
        self.command = "build"
        self.dirty = False
        # A plugin may build other languages while one build is ending.
        self.builds: list[_Build] = []
        self.writing = PagesToWrite()

    @property
    def build(self) -> _Build:
        """Return the build that is going on."""
        return self.builds[-1]

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Return no errors, and a warning for each option that there isn't."""
        # What is wrong with the others the extension tells, which gets them.
        self.config = _NoOptions()
        self.given = dict(options)
        self.options, faults = parse_options(options)
        unknown = [fault for fault in faults if fault.name not in DEFAULTS]
        return [], [(fault.name, f"{fault.message}; {fault.hint}") for fault in unknown]

    @safe
    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep what is being done; having this hook keeps the plugin through rebuilds too."""
        self.command = command
        self.dirty = dirty

    @safe
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension with the plugin's options, and our assets before the user's own."""
        begin_reports(config)
        if NAME not in config.markdown_extensions:
            config.markdown_extensions.append(NAME)
        sound = {key: value for key, value in self.given.items() if key in DEFAULTS}
        preview = {"preview": True} if self.command == "serve" else {}
        own: Mapping[str, Any] = config.mdx_configs.get(NAME) or {}
        config.mdx_configs[NAME] = {**preview, **sound, **own}
        site_files.add_assets(config)
        return config

    @safe
    def _bring_assets(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our stylesheet and script to the site."""
        show_search_its_form(config)
        _add_files(site_files.assets(config), files)
        return files

    @event_priority(LAST)
    @safe
    def _begin(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave sidecars out of the site, those too that other plugins bring; begin a build.

        Options are read here, when nobody changes them any more.
        """
        site_files.leave_out_sidecars(files)
        leave_out_lookalikes(files)
        indexes = indexes_in(files)
        given = {"indexes": indexes, **config.mdx_configs[NAME]}
        config.mdx_configs[NAME] = given
        self.options, faults = parse_options(given)
        index_pages = IndexPages(wanted=bool(indexes))
        build = _Build(self.options, faults, WrittenPages(config), index_pages)
        self.builds.append(build)
        if indexes:
            _add_files(site_files.index_assets(config), files)
        if self.options.exports:
            # Imported here, as most sites export nothing, and start sooner without.
            from mkdocs_annotate.hosts.site_exports import SiteExports

            build.exports = SiteExports(self.options, config, dirty=self.dirty)
            build.faults += build.exports.faults
            place = config.config_file_path or "mkdocs.yml"
            unwritten = option_problems(build.exports.faults, place)
            reporter_of(config).report_once(unwritten, self.options.rules)
        if self.dirty:
            for index in map(files.get_file_from_path, indexes.values()):
                # Made of the pages that are rendered now, it would forget all others.
                if index is not None and Path(index.abs_dest_path).exists():
                    site_files.set_modified(index, modified=False)
            shared = newest(site_files.project_of(config), self.options)
            for file in files.documentation_pages():
                if site_files.has_newer_sidecar(file, self._folder(config), config, shared):
                    site_files.set_modified(file, modified=True)
        return files

    on_files = CombinedEvent(_bring_assets, _begin)

    @safe
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Tell the extension which files will be written beside a page."""
        if self.build.exports is not None:
            self.build.exports.announce(page)
        return page

    @event_priority(FIRST)
    @safe
    def _show_to_books(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hand an annotated page on in the form that stays whole beside other articles."""
        furniture = furniture_of(page)
        return html if furniture is None else book_form(unlisted_form(page, html), furniture)

    @event_priority(LAST)
    @safe
    def _see_page(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make the page of the site, and keep what indexes and exports tell of it.

        Material has room for a wide margin where a page hides its contents.
        """
        furniture = furniture_of(page)
        html = html if furniture is None else page_form(html, furniture)
        forget_furniture(page)
        build = self.build
        result: RenderedPage | None = page_lookup.result_of(page)
        build.index_pages.see(page, html, result)
        if result is not None:
            build.claimed = True
            build.errors += _errors(result.problems)
            build.written.expect(page, result.html, html)
        self._forget(page)
        hidden = page.meta.get("hide") or []
        if 'class="ann ann-margins ann-wide"' in html and isinstance(hidden, list):
            # A new list: pages may share one that another plugin has given them.
            page.meta["hide"] = [*hidden, "toc"]
        if build.exports is not None:
            build.exports.take(page)
        return self.writing.seen(page, html) if self.command == "serve" else html

    on_page_content = CombinedEvent(_show_to_books, _see_page)

    @event_priority(LAST)
    @safe
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Plan indexes and report unused sidecars, now that every page is rendered.

        Raises PluginError where a problem is an error to this site, and nobody looks at a preview.
        """
        build = self.build
        self._forget(None)
        site_files.leave_out_sidecars(files)
        leave_out_lookalikes(files)
        build.written.files = files
        faults = self._told(build.faults, config)
        told = build.index_pages.plan(partial(self._site, config), files, config)
        told += self._told(site_files.indexes_nowhere(self.options.indexes, files), config)
        if not self.dirty:
            told += site_files.strays(files, config, self._folder(config))
            told += lookalikes(files, Path(config.docs_dir), self._folder(config))
            told += site_files.people_nowhere(self.options.people, files, config)
            if not build.claimed:
                told += site_files.unclaimed(files, config, self._folder(config))
        told = levelled(told, self.options.rules)
        reporter_of(config).report(told)
        self._stop_for(build.errors + _errors([*faults, *told]))
        return env

    @event_priority(FIRST)
    @safe
    def on_page_context(
        self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Fill the indexes of a page: those that have any are written last."""
        build = self.build
        if build.index_pages.is_asking(page):
            build.written.look_at_files()
            told = build.index_pages.fill(page, build.written.hidden_on)
            told = levelled(told, self.options.rules)
            reporter_of(config).report(told)
            self._stop_for(_errors(told))
        return context

    @event_priority(LAST)
    @safe_or(without_annotations)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Take what a page hides out of our own blocks, and add what programs read of it."""
        build = self.build
        if build.index_pages.is_unneeded(page):
            return ""
        output = without_hidden(output, build.written.look_at(page, output))
        if build.exports is not None:
            output = build.exports.put_in(page, output, build.written)
        build.written.end(page, output)
        return output

    @event_priority(LAST)
    @safe
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what pages export, without what the published ones do not show."""
        build = self.builds.pop()
        written = build.written
        written.look_at_files(final=True)
        if build.exports is not None:
            build.exports.finish(written)
        index_pages = build.index_pages
        told = index_pages.correct(written.hidden_on) if index_pages.wanted else []
        forget_hidden(config, written)
        place = Position(display_path(config.config_file_path or "mkdocs.yml"), 1, 1)
        told = levelled([*told, *written.problems(place)], build.options.rules)
        mention(told)
        self._stop_for(_errors(told))

    @safe
    def on_build_error(self, *, error: Exception) -> None:
        """Forget what was found out: a preview builds again."""
        self.builds.clear()

    @safe
    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch what pages are made of beside articles, and let people write if they want to."""
        for path in site_files.watched(config, self.options, self._folder(config)):
            server.watch(str(path))
        if self.options.write:
            self.writing.open(server, config, self.options)
        return server

    def _stop_for(self, errors: list[Problem]) -> None:
        """Raise PluginError where there are `errors`, and nobody looks at a preview."""
        if errors and self.command != "serve":
            count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
            raise PluginError(f"annotate: {count}, the first: {in_order(errors)[0]}")

    def _told(self, faults: Sequence[OptionProblem], config: MkDocsConfig) -> list[Problem]:
        """Return `faults` as problems, as far as the site wants to be told."""
        file = config.config_file_path or "mkdocs.yml"
        return levelled(option_problems(faults, file), self.options.rules)

    def _forget(self, page: Page | None) -> None:
        """Let go of what was found out about the page before `page`.

        Commands look at the last one.  All of them together would be as large as the site.
        """
        if self.build.latest is not None:
            page_lookup.forget_result(self.build.latest)
        self.build.latest = page

    def _site(self, config: MkDocsConfig, own: str = "") -> Site:
        """Return what index pages share with all others; `own` is the language of the page."""
        project = site_files.project_of(config)
        registry, _ = registry_of(project, self.options)
        theme = page_lookup.theme_language(config)
        site = site_of(self.options, project, registry, theme, page_lookup.theme_templates(config))
        # The page says what language it is in to us, and not to its readers.
        words = wording_of(self.options.language or own or theme, theme, self.options.words)
        return replace(site, wording=words)

    def _folder(self, config: MkDocsConfig) -> Path | None:
        if not self.options.annotations_dir:
            return None
        return site_files.project_of(config) / self.options.annotations_dir


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level == Level.ERROR]


def _add_files(made: Iterable[File], files: Files) -> None:
    for file in made:
        if files.get_file_from_path(file.src_uri) is None:
            files.append(file)
