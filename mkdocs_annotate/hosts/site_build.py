"""One build of a MkDocs site with annotated pages: indexes, exports, and problems of the site.

Indexes and exports, which name passages of other pages, are made last, when it is known what the
written pages show.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_annotate.files.paths import INDEX_ASSET, display_path
from mkdocs_annotate.hosts import site_files
from mkdocs_annotate.hosts.extension import NAME, asks_for_index
from mkdocs_annotate.hosts.logs import begin_reports, reporter_of
from mkdocs_annotate.hosts.mkdocs_api import Files, MkDocsConfig, Page, PluginError
from mkdocs_annotate.hosts.mkdocs_page import (
    announce,
    forget_furniture,
    forget_result,
    furniture_of,
    handed_over,
    project_of,
    result_of,
    theme_language,
    theme_templates,
    unlisted_form,
)
from mkdocs_annotate.hosts.option_places import OptionProblem, option_problems
from mkdocs_annotate.hosts.options import Options, parse_options
from mkdocs_annotate.hosts.search_reading import forget_hidden, show_search_its_form
from mkdocs_annotate.hosts.site_files import indexes_in, leave_out_lookalikes, lookalikes
from mkdocs_annotate.hosts.sites import newest, registry_of, site_of, source_files
from mkdocs_annotate.hosts.written_pages import WrittenPages
from mkdocs_annotate.model.problems import Level, Position, Problem, in_order
from mkdocs_annotate.rendering.other_forms import book_form, page_form, published_form
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.translations import wording_of

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.index_pages import IndexPages
    from mkdocs_annotate.hosts.publishing import SiteExports


class SiteBuild:
    """One build of a site: does all that is needed beside rendering single pages."""

    def __init__(self, files: Files, config: MkDocsConfig, *, dirty: bool, serving: bool) -> None:
        self.files = files
        self.config = config
        self.dirty = dirty
        self.serving = serving
        self.options = Options()
        self.mistakes: tuple[OptionProblem, ...] = ()
        self.assets: tuple[str, ...] = ()
        """The assets that are needed beside those of every page."""

        self.written = WrittenPages(config)
        self.index_pages: IndexPages | None = None
        """None as long as no page asks for an index."""

        self.exports: SiteExports | None = None
        self.errors: list[Problem] = []
        self._latest: Page | None = None
        self._claimed = False
        """Some page was found to have a sidecar."""

    def begin(self) -> None:
        """Leave sidecars out of the site, even those of other plugins; find its indexes."""
        begin_reports(self.config)
        site_files.leave_out_sidecars(self.files)
        leave_out_lookalikes(self.files)
        show_search_its_form(self.config)
        indexes = indexes_in(self.files)
        given = {"indexes": indexes, **self.config.mdx_configs[NAME]}
        self.config.mdx_configs[NAME] = given
        self.options, self.mistakes = parse_options(given)
        if indexes:
            self._begin_indexes(wanted=True)
            self.assets = (INDEX_ASSET,)
        if self.options.exports:
            self._begin_exports()
        if self.dirty:
            self._set_modified(indexes.values())

    def _begin_indexes(self, *, wanted: bool) -> None:
        # Imported here, as most sites have none, and start sooner without.
        from mkdocs_annotate.hosts.index_pages import IndexPages

        self.index_pages = IndexPages(wanted=wanted)

    def _begin_exports(self) -> None:
        # Imported here, as most sites export nothing, and start sooner without.
        from mkdocs_annotate.hosts.publishing import SiteExports

        self.exports = SiteExports(self.options, self.config, dirty=self.dirty)
        self.mistakes += tuple(self.exports.mistakes)

    def _set_modified(self, indexes: Iterable[str]) -> None:
        """Say which pages a dirty build has to write."""
        for index in map(self.files.get_file_from_path, indexes):
            # Made of the pages that are rendered now, it would forget all others.
            if index is not None and Path(index.abs_dest_path).exists():
                site_files.set_modified(index, modified=False)
        shared = newest(project_of(self.config), self.options)
        for file in self.files.documentation_pages():
            if site_files.has_newer_sidecar(file, self._folder(), self.config, shared):
                site_files.set_modified(file, modified=True)

    def announce(self, page: Page) -> None:
        """Tell the extension which files will be written beside a page."""
        if self.exports is not None:
            announce(page, self.exports.files_of(page))

    def for_books(self, html: str, page: Page) -> str:
        """Return an annotated page in the form that stays whole beside other articles."""
        furniture = furniture_of(page)
        return html if furniture is None else book_form(unlisted_form(page, html), furniture)

    def see(self, html: str, page: Page) -> str:
        """Return the page as the site shows it, and keep what indexes and exports need of it.

        Material has room for a wide margin where a page hides its contents.
        """
        furniture = furniture_of(page)
        html = html if furniture is None else page_form(html, furniture)
        forget_furniture(page)
        result = result_of(page)
        if self.index_pages is None and asks_for_index(html):
            self._begin_indexes(wanted=False)
        if self.index_pages is not None:
            self.index_pages.see(page, html, result)
        if result is not None:
            self._claimed = True
            self._keep_errors(result.problems)
            self.written.expect(page, result.html, html)
        self._forget(page)
        hidden = page.meta.get("hide") or []
        if 'class="ann ann-margins ann-wide"' in html and isinstance(hidden, list):
            # A new list: pages may share one that another plugin has given them.
            page.meta["hide"] = [*hidden, "toc"]
        export = handed_over(page)
        if self.exports is not None and export is not None:
            self.exports.take(page, export)
        return html

    def plan(self, files: Files) -> None:
        """Plan indexes and report unused sidecars, now that every page is rendered.

        Raises PluginError where a problem is an error to this site, and nobody looks at a preview.
        """
        config, folder = self.config, self._folder()
        self._forget(None)
        site_files.leave_out_sidecars(files)
        leave_out_lookalikes(files)
        self.written.files = files
        self._report_options(self.mistakes)
        problems: list[Problem] = []
        if self.index_pages is not None:
            problems += self.index_pages.plan(self._site, files, config)
        if not self.dirty:
            problems += site_files.strays(files, config, folder)
            problems += lookalikes(files, Path(config.docs_dir), folder)
            problems += site_files.people_nowhere(self.options.people, files, config)
            if not self._claimed:
                problems += site_files.unclaimed(files, config, folder)
        self._report_options(site_files.indexes_nowhere(self.options.indexes, files))
        self._report(problems)
        self._stop_for_errors()

    def fill(self, page: Page) -> None:
        """Fill the indexes of a page: those that have any are written last."""
        if self.index_pages is not None and self.index_pages.is_asking(page):
            self.written.look_at_files()
            self._report(self.index_pages.fill(page, self.written.hidden_on))
            self._stop_for_errors()

    def finished(self, output: str, page: Page) -> str:
        """Return a page whose blocks leave out what it hides, with the data for programs."""
        if self.index_pages is not None and self.index_pages.is_unneeded(page):
            return ""
        output = published_form(output, self.written.look_at(page, output))
        if self.exports is not None:
            output = self.exports.put_in(page, output, self.written)
        self.written.end(page, output)
        return output

    def end(self) -> None:
        """Write the exports, without what the published pages hide."""
        written = self.written
        written.look_at_files(final=True)
        if self.exports is not None:
            self.exports.finish(written)
        problems: list[Problem] = []
        if self.index_pages is not None and self.index_pages.wanted:
            problems += self.index_pages.correct(written.hidden_on)
        forget_hidden(self.config, written)
        place = Position(display_path(self.config.config_file_path or "mkdocs.yml"), 1, 1)
        self._report([*problems, *written.problems(place)], also_info=True)
        self._stop_for_errors()

    def _report(self, problems: Iterable[Problem], **how: bool) -> None:
        """Report `problems`, and keep those that are errors to this site."""
        found = reporter_of(self.config).report(problems, self.options.rules, **how)
        self._keep_errors(found)

    def _report_options(self, problems: Sequence[OptionProblem]) -> None:
        """Report what is wrong with options, unless a page has met it already."""
        file = self.config.config_file_path or "mkdocs.yml"
        self._report(option_problems(problems, file), once=True)

    def _keep_errors(self, problems: Iterable[Problem]) -> None:
        self.errors += [problem for problem in problems if problem.level == Level.ERROR]

    def _stop_for_errors(self) -> None:
        """Raise PluginError where there are errors, and nobody looks at a preview."""
        if self.errors and not self.serving:
            count = "1 error" if len(self.errors) == 1 else f"{len(self.errors)} errors"
            raise PluginError(f"annotate: {count}, the first: {in_order(self.errors)[0]}")

    def _forget(self, page: Page | None) -> None:
        """Drop the result of the page before `page`.

        Commands need the last one.  All of them together would be as large as the site.
        """
        if self._latest is not None:
            forget_result(self._latest)
        self._latest = page

    def _site(self, own: str = "") -> Site:
        """Return the `Site` of index pages; `own` is the language of the page."""
        config = self.config
        project = project_of(config)
        registry, _ = registry_of(project, self.options)
        theme = theme_language(config)
        site = site_of(self.options, project, registry, theme, theme_templates(config))
        # The page says what language it is in to us, and not to its readers.
        words = wording_of(self.options.language or own or theme, theme, self.options.words)
        return replace(site, wording=words)

    def _folder(self) -> Path | None:
        if not self.options.annotations_dir:
            return None
        return project_of(self.config) / self.options.annotations_dir


def watched(config: MkDocsConfig) -> Iterator[Path]:
    """Yield what a preview has to watch: templates, files of sources, a folder of sidecars."""
    options, _ = parse_options(config.mdx_configs.get(NAME) or {})
    project = project_of(config)
    named = [project / one for one in (options.annotations_dir, options.templates) if one]
    yield from (folder for folder in (*named, *theme_templates(config)) if folder.is_dir())
    yield from (file for file in source_files(project, options) if file.is_file())
