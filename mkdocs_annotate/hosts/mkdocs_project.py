"""A site of MkDocs or ProperDocs, opened for commands: converts articles as its host does."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mkdocs_annotate.anchoring.page import Page as PageText
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.conversion import annotated
from mkdocs_annotate.hosts.extension import NAME
from mkdocs_annotate.hosts.front_matter import PageSettings, mentions_sidecar, parse_front_matter
from mkdocs_annotate.hosts.host_page import HostPage, unread_options
from mkdocs_annotate.hosts.logs import builder_failure, failure, quiet_builders
from mkdocs_annotate.hosts.markdown_api import PageLinks, links_of
from mkdocs_annotate.hosts.mkdocs_api import (
    File,
    Files,
    InclusionLevel,
    MkDocsConfig,
    MkDocsException,
    Page,
    get_files,
    get_navigation,
    get_relative_url,
    load_config,
    populate_page,
    set_exclusions,
)
from mkdocs_annotate.hosts.mkdocs_page import (
    address_of,
    article_of,
    project_of,
    result_of,
    theme_language,
    theme_templates,
)
from mkdocs_annotate.hosts.option_places import option_problems
from mkdocs_annotate.hosts.options import address_mistakes, parse_options
from mkdocs_annotate.hosts.processes import on_all_cores
from mkdocs_annotate.hosts.project import (
    OpenArticle,
    Opened,
    ProjectError,
    source_problems,
    unlisted,
)
from mkdocs_annotate.hosts.publishing import language_of, name_of
from mkdocs_annotate.hosts.site_files import (
    left_out,
    lookalikes,
    mistaken_markers,
    no_article,
    people_nowhere,
    strays,
)
from mkdocs_annotate.hosts.sites import (
    missing_folders,
    registry_of,
    site_of,
    source_files,
    unused_folders,
)
from mkdocs_annotate.hosts.zensical_config import as_mkdocs, read_table, unseen_plugin_options
from mkdocs_annotate.hosts.zensical_page import setup_of, setup_problems
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.problems import Position, Problem, Rule, in_order, shown
from mkdocs_annotate.model.reporting import levelled
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.sidecar.files import locate, sidecar_name


class MkDocsProject:
    """A site of MkDocs or ProperDocs, opened but not built: nothing is written.

    Raises ProjectError when the configuration can't be read, or doesn't name us.
    """

    def __init__(self, config_file: Path) -> None:
        self.failures: list[Problem] = []
        """What is wrong with the articles that could not be converted so far."""
        with quiet_builders() as errors:
            try:
                self._open(config_file)
            except MkDocsException as error:
                raise ProjectError(builder_failure(errors, error)) from error
            except ProjectError:
                raise
            # Plugins, hooks and themes of a site may raise anything.
            except Exception as error:
                failed = f"{config_file}: the site can't be opened; {failure(error)}"
                raise ProjectError("; ".join([*errors, failed])) from error

    def _open(self, config_file: Path) -> None:
        config, zensical = self._config(config_file)
        listed = NAME in config.markdown_extensions
        typed = frozenset(config.mdx_configs.get(NAME) or {})
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        if NAME not in config.markdown_extensions:
            raise ProjectError(unlisted(config_file))
        # Drafts are articles' annotations too; and nothing is written.
        asked = {"preview": True, "exports": False, "strict": False}
        own = config.mdx_configs.get(NAME) or {}
        config.mdx_configs[NAME] = {**own, **asked}
        self.options, _ = parse_options(config.mdx_configs[NAME])
        plugin = config.plugins.get("annotate")
        given = getattr(plugin, "given", {})
        mistakes = parse_options({**given, **own})[1]
        wanted = parse_options(own)[0].exports
        unwritten = address_mistakes(wanted, config.site_url or "") if plugin else []
        root = project_of(config)
        missing = missing_folders(self.options, root, root)
        self.problems = option_problems([*mistakes, *unwritten, *missing], config_file)
        """What is wrong with the site's options."""
        if zensical is not None:
            setup = setup_of(zensical, config_file.parent, self.options.annotations_dir)
            self.problems += setup_problems(setup)
            self.problems += unseen_plugin_options(zensical, config_file)
        elif listed and find_spec("zensical") is not None:
            # Whoever lists the extension beside the plugin builds with another host, too.
            self.problems += unread_options(config_file.parent, typed)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        files.add_files_from_theme(config.theme.get_env(), config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        navigation = get_navigation(files, config)
        config.plugins.on_nav(navigation, config=config, files=files)
        self.config: MkDocsConfig = config
        self.files: Files = files
        self.docs = Path(config.docs_dir)
        folder = self.options.annotations_dir
        self.folder = project_of(config) / folder if folder else None

    def _config(self, file: Path) -> tuple[MkDocsConfig, dict[str, Any] | None]:
        """Return the configuration in `file`, and what it says if it is Zensical's."""
        if file.suffix != ".toml":
            return load_config(config_file=str(file)), None
        table = read_table(file)
        return load_config(config_file=as_mkdocs(table, file.absolute())), table

    def annotated_articles(self, *, brief: bool = False) -> Iterator[OpenArticle]:
        """Yield the articles that have a sidecar, or name one in their front matter.

        One that can't be converted is left out, and is a problem in `failures`.
        """
        files = list(self._source_files())
        made = on_all_cores(self._tried, files, Opened.brief if brief else None)
        for file, opened in zip(files, made, strict=True):
            if opened.meta is not None:
                # Another process may have read it, and the site as a whole is judged by it.
                page = file.page if file.page is not None else Page(None, file, self.config)
                page.meta = dict(opened.meta)
            if opened.failure is not None:
                self.failures.append(opened.failure)
            if opened.article is not None:
                yield opened.article

    def _tried(self, file: File) -> Opened:
        """Open an article if it has a sidecar; return it, or why it can't be converted."""
        path = self._path_of(file)
        try:
            location = locate(path, self.docs, self.folder)
            named = mentions_sidecar(str(file.abs_src_path))
            if location.path is None and not location.problems and not named:
                return Opened()
            article = self._opened(file)
            return Opened(article, meta=file.page.meta if file.page is not None else None)
        except (ProjectError, OSError) as error:
            message = "the article can't be converted"
            hint = f"build the site to see where it fails: {shown(str(error))}"
            place = Position(display_path(path), 1, 1)
            return Opened(failure=Problem(place, Rule.NOT_CONVERTED, message, hint))

    def article(self, path: Path) -> OpenArticle:
        """Return the article at `path`.  Raises ProjectError if the site has none there."""
        for file in self._source_files():
            if self._path_of(file).resolve() == path.resolve():
                return self._opened(file)
        raise ProjectError(no_article(path, self.sources(), self.docs))

    def article_of_sidecar(self, path: Path) -> Path | None:
        """Return the article of the sidecar at `path`; None if only front matter names it."""
        for file in self._source_files():
            article = self._path_of(file)
            found = locate(article, self.docs, self.folder).path
            if found is not None and found.resolve() == path.resolve():
                return article
        return None

    def built_pages(self) -> dict[str, Path]:
        """Return the sidecar of each page, there or not, by its path in the site.

        An article whose front matter names one is converted.  Raises ProjectError.
        """
        pages: dict[str, Path] = {}
        for file in self._source_files():
            named = mentions_sidecar(str(file.abs_src_path))
            usual = self._sidecar_of(self._path_of(file), PageSettings())
            pages[file.dest_uri] = self._opened(file).sidecar if named else usual
        return pages

    def sources(self) -> dict[Path, str]:
        """Return the files of the site's articles, with their paths from the folder of all."""
        return {self._path_of(file): file.src_uri for file in self._source_files()}

    def links(self, text: str) -> PageLinks | None:
        """Return the links of an article's Markdown `text`; None if it can't be converted."""
        with quiet_builders():
            return links_of(text, self.config.markdown_extensions, self.config.mdx_configs or {})

    def page_of(self, article: OpenArticle, text: str) -> PageText | None:
        """Return the page of `article` with another Markdown `text`; None if that fails."""
        path = article.path.relative_to(self.docs).as_posix()
        # Without a place on disk it has no sidecar.
        file = File.generated(self.config, path, content=text)
        page = Page(None, file, self.config)
        with quiet_builders():
            try:
                populate_page(page, self.config, self.files, dirty=False)
            # A plugin may want the file that an older text hasn't; then there is no such page.
            except Exception:
                return None
        return PageText.of_html(without_annotations(page.content or ""), page.markdown or "")

    @property
    def config_file(self) -> Path:
        """Return the site's configuration."""
        return Path(str(self.config.config_file_path))

    @property
    def site_url(self) -> str:
        """Return the site's address; empty where the configuration has none."""
        return str(self.config.site_url or "")

    @property
    def site(self) -> Site:
        """Return what the pages of the site share."""
        return site_of(
            self.options,
            project_of(self.config),
            self.shared_sources(),
            theme_language(self.config),
            theme_templates(self.config),
        )

    def published(self, article: OpenArticle) -> tuple[str, str]:
        """Return the address of an article's page and the path of its file, from the site's."""
        file = self._file_of(article)
        return file.url, file.dest_uri

    def linked(self, article: OpenArticle, link: Link) -> str:
        """Return where a link of `article` to its site leads, from the address of its page.

        What is no file of the site is left as it was typed.
        """
        here = self._file_of(article)
        known = address_of(link, here.src_uri, self.files)
        return link.address if known is None else str(get_relative_url(known, here.url))

    def shared_sources(self) -> dict[str, Source]:
        """Return the sources of the site's own files, by key."""
        return registry_of(project_of(self.config), self.options)[0]

    def source_files(self) -> tuple[Path, ...]:
        """Return the site's own files of sources."""
        return source_files(project_of(self.config), self.options)

    def _file_of(self, article: OpenArticle) -> File:
        return self._files_by_path[article.path]

    @cached_property
    def _files_by_path(self) -> dict[Path, File]:
        return {self._path_of(file): file for file in self._source_files()}

    def site_problems(self, articles: Iterable[OpenArticle], today: date) -> list[Problem]:
        """Return what is wrong with the site as a whole.

        That is: options that can't be used, sidecars without an article, shared sources that none
        of `articles` (all of the site) cites, unless they stand in a bibliography, sources without
        an archived copy `today`, and markers that ask for an unknown index.
        """
        rules = self.options.rules
        project = project_of(self.config)
        problems = [*self.problems, *strays(self.files, self.config, self.folder)]
        problems += lookalikes(self.files, self.docs, self.folder)
        problems += unused_folders(self.options, project, self.docs)
        problems += people_nowhere(self.options.people, self.files, self.config)
        problems += source_problems(self, articles, today)
        problems += mistaken_markers(self.files, self.options.vocabulary)
        return levelled(problems, rules)

    def left_out(self) -> list[Path]:
        """Return the sidecars of articles that are not built: drafts, pages in other languages."""
        return left_out(self.files, self.config, self.folder)

    def _source_files(self) -> Iterator[File]:
        for file in self.files.documentation_pages(inclusion=InclusionLevel.is_included):
            # Generated pages have no file to lie beside.
            if file.abs_src_path:
                yield file

    def _path_of(self, file: File) -> Path:
        return article_of(file, self.docs) or Path(file.src_uri)

    def _opened(self, file: File) -> OpenArticle:
        page = file.page if file.page is not None else Page(None, file, self.config)
        with quiet_builders() as errors:
            try:
                populate_page(page, self.config, self.files, dirty=False)
            except MkDocsException as error:
                raise ProjectError(builder_failure(errors, error)) from error
            # So may plugins and extensions at every page.
            except Exception as error:
                raise ProjectError(failure(error)) from error
        path = self._path_of(file)
        result = result_of(page)
        project_folder, language = project_of(self.config), theme_language(self.config)
        host = HostPage(path, self.docs, project_folder, page.meta, language)
        settings = parse_front_matter(page.meta, self.options.look)
        html = without_annotations(page.content or "")
        if result is None:
            # Python-Markdown runs no extension on a blank article, and a host may have changed.
            result, of_site = annotated(html, page.markdown or "", host, self.options)
            if result is not None:
                found = levelled([*result.problems, *of_site], self.options.rules)
                result = replace(result, problems=in_order(found))
        return OpenArticle(
            path,
            self._sidecar_of(path, settings),
            tuple(filter(None, (self.docs, self.folder))),
            html,
            page.markdown or "",
            result,
            name_of(host),
            language_of(host, self.options),
        )

    def _sidecar_of(self, article: Path, settings: PageSettings) -> Path:
        found = locate(article, self.docs, self.folder, settings.named).path
        if found is not None:
            return found
        name = Path(sidecar_name(str(article)))
        return name if self.folder is None else self.folder / name.relative_to(self.docs)
