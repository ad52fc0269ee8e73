"""The MkDocs plugin `annotate`: all that concerns a whole site.  The extension renders pages.

Little is imported here: what builds a site with sidecars is loaded with the first of them.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_annotate.files.paths import ASSETS, ASSETS_FOLDER, asset_path
from mkdocs_annotate.hosts.extension import NAME, UNUSED, asks_for_index
from mkdocs_annotate.hosts.mkdocs_api import (
    BasePlugin,
    CombinedEvent,
    Config,
    ExtraScriptValue,
    File,
    Files,
    MkDocsConfig,
    Navigation,
    Page,
    event_priority,
    safe,
    safe_or,
)

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.kept_pages import KeptPages
    from mkdocs_annotate.hosts.pages_to_write import PagesToWrite
    from mkdocs_annotate.hosts.site_build import SiteBuild

FIRST, LAST = 1000, -1000
"""Priorities before and after all others: MkDocs recommends 100 to -100, plugins use -200."""


def has_sidecars(files: Files) -> bool:
    """Return whether a file of the site is a sidecar, or looks like one."""
    # A name with `.y` is all that a quick look tells; other files are not opened.
    likely = [file for file in files if ".y" in file.src_uri.lower()]
    if not likely:
        return False
    from mkdocs_annotate.sidecar.files import SUFFIX, looks_like_sidecar

    return any(
        file.src_uri.endswith(SUFFIX)
        or (file.abs_src_path and looks_like_sidecar(Path(file.abs_src_path)))
        for file in likely
    )


def has_articles_elsewhere(files: Files, config: MkDocsConfig) -> bool:
    """Return whether an article is a link, or lies elsewhere than the others.

    Its sidecar may be no file of the site.
    """
    docs = config.docs_dir.rstrip(os.sep) + os.sep
    paths = (file.abs_src_path for file in files.documentation_pages())
    return any(path and (not path.startswith(docs) or Path(path).is_symlink()) for path in paths)


def _options_in(config: MkDocsConfig) -> set[str]:
    """Return the options that the extension has, except for what `serve` sets."""
    return {*(config.mdx_configs.get(NAME) or ())} - {"preview"}


def _without_annotations(output: str) -> str:
    from mkdocs_annotate.rendering.splice import without_annotations

    return without_annotations(output)


def add_assets(config: MkDocsConfig) -> None:
    """Put our stylesheet first, so that the user's own wins, and our script last."""
    css, js = (f"{ASSETS_FOLDER}/{name}" for name in ASSETS)
    if css not in config.extra_css:
        config.extra_css.insert(0, css)
    if js not in map(str, config.extra_javascript):
        script = ExtraScriptValue(js)
        script.defer = True
        config.extra_javascript.append(script)


def publish_assets(names: Iterable[str], files: Files, config: MkDocsConfig) -> None:
    """Publish those of our assets that have one of `names`."""
    for name in names:
        uri = f"{ASSETS_FOLDER}/{name}"
        if files.get_file_from_path(uri) is None:
            files.append(File.generated(config, uri, abs_src_path=str(asset_path(name))))


class _NoOptions(Config):
    """Nothing for MkDocs to validate: `options.py` reads the options."""


class AnnotatePlugin(BasePlugin[_NoOptions]):
    """Adds the extension, its stylesheet and script; `SiteBuild` does the rest for annotated sites.

    Objects of MkDocs and of other plugins are changed once, and never changed back.
    """

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}
        self.command = "build"
        self.dirty = False
        self.kept: KeptPages | None = None
        """The pages of a preview, once there is one."""

        self.writing: PagesToWrite | None = None
        """The pages that can be written in a preview, where the option `write` is on."""

        self.builds: list[SiteBuild | None] = []
        """The builds going on: a plugin may build other languages while one build is ending.
        None for one in which nothing is annotated."""

    @property
    def build(self) -> "SiteBuild | None":
        """Return the build that is going on, if it is one of annotated pages."""
        return self.builds[-1] if self.builds else None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Return no errors, and a warning for each unknown option."""
        # The extension gets the others, and reports what is wrong with them.
        self.config = _NoOptions()
        self.given = dict(options)
        if not options:
            return [], []
        from mkdocs_annotate.hosts.options import OPTIONS, parse_options

        _, mistakes = parse_options(options)
        unknown = [mistake for mistake in mistakes if mistake.name not in OPTIONS]
        return [], [(mistake.name, f"{mistake.message}; {mistake.hint}") for mistake in unknown]

    @safe
    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Keep the command; a plugin with this hook is kept through rebuilds."""
        self.command = command
        self.dirty = dirty

    @safe
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension with the plugin's options, and our assets before the user's own."""
        if NAME not in config.markdown_extensions:
            config.markdown_extensions.append(NAME)
        preview = {"preview": True} if self.command == "serve" else {}
        own: Mapping[str, Any] = config.mdx_configs.get(NAME) or {}
        config.mdx_configs[NAME] = {**preview, **self._sound(), **own}
        add_assets(config)
        return config

    def _sound(self) -> dict[str, Any]:
        """Return the options that are given, without unknown ones."""
        if not self.given:
            return {}
        from mkdocs_annotate.hosts.options import OPTIONS

        return {key: value for key, value in self.given.items() if key in OPTIONS}

    @safe
    def _bring_assets(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add our stylesheet and script to the site."""
        publish_assets(ASSETS, files, config)
        return files

    @event_priority(FIRST)
    @safe
    def _look(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Find out whether there is a sidecar, before other plugins remove files."""
        self.builds.append(None)
        vars(config)[UNUSED] = True
        if _options_in(config) or has_sidecars(files) or has_articles_elsewhere(files, config):
            vars(config).pop(UNUSED)
        return files

    @event_priority(LAST)
    @safe
    def _begin(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Begin a build of annotated pages, if there is something to annotate.

        Options are read here, after all other plugins.
        """
        if UNUSED not in vars(config) or _options_in(config) or has_sidecars(files):
            self._start(files, config)
        return files

    on_files = CombinedEvent(_look, _bring_assets, _begin)

    def _start(self, files: Files, config: MkDocsConfig) -> "SiteBuild":
        # Imported here, as sites without sidecars need nothing of it.
        from mkdocs_annotate.hosts.site_build import SiteBuild

        vars(config).pop(UNUSED, None)
        if self.command == "serve":
            from mkdocs_annotate.hosts.kept_pages import KeptPages
            from mkdocs_annotate.hosts.mkdocs_page import KEPT

            self.kept = vars(config)[KEPT] = self.kept or KeptPages()
        build = SiteBuild(files, config, dirty=self.dirty, serving=self.command == "serve")
        self.builds[-1] = build
        build.begin()
        self.writing = self._pages_to_write(build)
        publish_assets(build.assets, files, config)
        return build

    def _pages_to_write(self, build: "SiteBuild") -> "PagesToWrite | None":
        if not (build.serving and build.options.write):
            return None
        from mkdocs_annotate.hosts.pages_to_write import PagesToWrite

        pages = self.writing or PagesToWrite()
        pages.options = build.options
        return pages

    @safe
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Tell the extension which files will be written beside a page."""
        if self.build is not None:
            self.build.announce(page)
        return page

    @event_priority(FIRST)
    @safe
    def _show_to_books(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return an annotated page in the form for books, where it stands beside other articles."""
        return html if self.build is None else self.build.for_books(html, page)

    @event_priority(LAST)
    @safe
    def _see_page(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return the page as the site shows it, and keep what indexes and exports need of it."""
        build = self.build
        if build is None and ("annotations" in page.meta or asks_for_index(html)):
            build = self._start(files, config)
        html = html if build is None else build.see(html, page)
        return html if self.writing is None else self.writing.seen(page, html)

    on_page_content = CombinedEvent(_show_to_books, _see_page)

    @event_priority(LAST)
    @safe
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Plan indexes and report unused sidecars, now that every page is rendered.

        Raises PluginError where a problem is an error to this site, and nobody looks at a preview.
        """
        build = self.build
        if build is None and has_sidecars(files):
            # Another plugin has brought one.
            build = self._start(files, config)
        if build is not None:
            build.plan(files)
        return env

    @event_priority(FIRST)
    @safe
    def on_page_context(
        self, context: Any, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Fill the indexes of a page: those that have any are written last."""
        if self.build is not None:
            self.build.fill(page)
        return context

    @event_priority(LAST)
    @safe_or(_without_annotations)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Remove what the page hides from our own blocks, and add the data for programs."""
        return output if self.build is None else self.build.finished(output, page)

    @event_priority(LAST)
    @safe
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the exports, without what the published pages hide."""
        build = self.builds.pop()
        if build is not None:
            build.end()

    @safe
    def on_build_error(self, *, error: Exception) -> None:
        """Drop the unfinished builds: a preview builds again."""
        self.builds.clear()

    @safe
    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch templates, files of sources, and the folder of sidecars elsewhere than articles."""
        from mkdocs_annotate.hosts.site_build import watched

        for path in watched(config):
            server.watch(str(path))
        if self.writing is not None:
            self.writing.open(server)
        return server
