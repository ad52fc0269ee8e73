"""The conversion of one page: finds the article, reads its sidecar, annotates the HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from markdown import Markdown

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.front_matter import parse_front_matter, parse_language
from mkdocs_annotate.hosts.host_page import BarePage, HostPage, IndexMaker
from mkdocs_annotate.hosts.logs import log_traceback, reporter_of
from mkdocs_annotate.hosts.markdown_api import add_to_contents, insert_into_contents
from mkdocs_annotate.hosts.mkdocs_page import MkDocsPage
from mkdocs_annotate.hosts.option_places import OptionProblem, option_problems
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.sites import Registry, missing_folders, registry_of, site_of
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule, in_order
from mkdocs_annotate.model.reporting import internal_error
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.rendering.index_markers import markers_of
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.page import RenderedPage, render_page, render_safely
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.translations import direction_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.files import locate, read_sidecar


def hosts() -> Iterator[type[HostPage]]:
    """Yield the hosts that convert Markdown; the first that runs a conversion finds the article."""
    yield MkDocsPage
    # Imported here, as MkDocs needs nothing of it.
    from mkdocs_annotate.hosts.zensical_page import ZensicalPage

    yield ZensicalPage
    yield BarePage


class Conversion:
    """Annotates the result of one conversion of Markdown, if that is a whole page."""

    def __init__(self, options: Options, mistakes: Sequence[OptionProblem], source: str) -> None:
        self.options = options
        self.mistakes = mistakes
        self.source = source
        self.page: HostPage | None = None
        """The article, from `arm` to `finished`."""

        self.problems: tuple[Problem, ...] | None = None
        """What is wrong with its sidecar; None where it has none."""

    def claim(self, md: Markdown) -> None:
        """Note that `md` is the first to convert its page, where no host says so."""
        try:
            for host in hosts():
                host.claim(md)
                if host.is_converting(md):
                    break
        except Exception as error:
            self._report_host(_of_host(error))

    def arm(self, md: Markdown) -> None:
        """Find out which article `md` converts, and whether it converts the whole page."""
        try:
            host = next(host for host in hosts() if host.is_converting(md))
            self.page = host.of(md, self.options)
            problem = _lost_host() if host is BarePage and self.page is None else None
        # What is asked there are private names of hosts, and a page without marks is still a page.
        except Exception as error:
            problem = _of_host(error)
        if problem:
            self._report_host(problem)

    def _report_host(self, problem: Problem) -> None:
        reporter_of().report([problem], self.options.rules, once=True)

    def finished(self, md: Markdown, text: str) -> str:
        """Return `text`, the HTML of the article, annotated; forget the page.  Never raises."""
        page, self.page = self.page, None
        if page is None:
            return text
        if self.options.write:
            page.remember(self.source)
        try:
            self._report_options(page)
            result, of_site = annotated(text.strip(), self.source, page, self.options)
            html = self._with_indexes(md, text if result is None else result.html, page)
        # An exception would end the build without naming the page, and kills Zensical's `serve`.
        except Exception as error:
            log_traceback()
            problem = internal_error(error, Position(display_path(page.article), 1, 1))
            html, result, of_site = text, RenderedPage(text, (problem,)), ()
        if result is None:
            return html
        result = self._reported(result, of_site, page)
        page.keep(result)
        if result.html is html:
            html = page.shown_to_plugins(text.strip(), result)
        page.declare(result.ids)
        add_to_contents(md, result.sections)
        return html

    def _report_options(self, page: HostPage) -> None:
        """Report what is wrong with the options of the site."""
        wrong = [
            *self.mistakes,
            *missing_folders(self.options, page.project, page.root),
            *_unwritten(page, self.options),
        ]
        problems = option_problems(wrong, page.configuration)
        page.reporter.report(problems, self.options.rules, once=True)

    def _with_indexes(self, md: Markdown, html: str, page: HostPage) -> str:
        """Return `html` with the indexes that it asks for, if no host adds them later."""
        options, maker = self.options, page.index_maker
        if "annotate:" not in html or maker is IndexMaker.SITE:
            return html
        if maker is IndexMaker.NOBODY:
            if markers_of(html, options.vocabulary):
                page.reporter.report([_unfilled(page)], options.rules)
            return html
        # Imported here, as most sites ask for none, and start sooner without.
        from mkdocs_annotate.hosts.sidecar_indexes import with_indexes

        registry, _ = registry_of(page.project, options)
        language = parse_language(page.meta) or page.language
        site = site_of(options, page.project, registry, language, page.templates)
        indexed = with_indexes(html, page, options, site)
        page.reporter.report(indexed.problems, options.rules)
        for level, before, headings in indexed.headings:
            page.declare(tuple(id_ for id_, _ in headings))
            insert_into_contents(md, before, level, headings)
        return indexed.html

    def _reported(
        self, result: RenderedPage, of_site: Sequence[Problem], page: HostPage
    ) -> RenderedPage:
        """Report the problems of `result` and those of its site; return it with both."""
        rules = self.options.rules
        shared = page.reporter.report(of_site, rules, once=True)
        own = page.reporter.report(result.problems, rules)
        self.problems = in_order([*own, *shared])
        return replace(result, problems=self.problems)

    def why_to_stop(self) -> str:
        """Return the number of problems above the level info, and the first; empty without any."""
        counted = [problem for problem in self.problems or () if problem.level != Level.INFO]
        if not counted:
            return ""
        count = "1 problem" if len(counted) == 1 else f"{len(counted)} problems"
        return f"{count}, the first: {counted[0]}"


def _lost_host() -> Problem | None:
    from mkdocs_annotate.hosts.zensical_page import lost_host

    return lost_host()


def _of_host(error: Exception) -> Problem:
    """Return the problem for a host whose private names have changed."""
    return internal_error(error, Position("mkdocs.yml", 1, 1))


class Annotated(NamedTuple):
    """An annotated article, with its problems and those of the site."""

    page: RenderedPage | None
    """The page and the problems of its own; None without a sidecar and without problems."""

    of_site: Sequence[Problem] = ()
    """What is wrong with the files and settings that all pages share."""


def annotated(html: str, source: str, page: HostPage, options: Options) -> Annotated:
    """Return `html`, the article of `page` in Markdown `source`, annotated.

    Problems have the levels of their rules, and nothing is reported.
    """
    settings = parse_front_matter(page.meta, options.look)
    problems = option_problems(settings.mistakes, page.article)
    if settings.off:
        return Annotated(None)
    sidecar, found = _sidecar_of(page, options, settings.named, html)
    problems += found
    if sidecar is None and problems and settings.look.preview and not page.cut(html):
        # So that the page itself says why nothing is marked.
        sidecar = Sidecar("")
    if sidecar is None:
        return Annotated(RenderedPage(html, tuple(problems)) if problems else None)
    registry, shared = _registry_of(page, options)
    own = parse_language(page.meta)
    site = site_of(options, page.root, registry, own or page.language, page.templates)
    look = replace(
        settings.look,
        attributes=_frame_attributes(own, page.language),
        search_reads=page.search_reads,
    )
    if look.margin == "wide" and "toc" in (page.meta.get("hide") or ()):
        # The contents are hidden by the page itself: no script of ours may show them again.
        look = replace(look, margin="auto")
    if options.exports:
        look = replace(look, files=page.files or {})

    def render(what: Sidecar) -> RenderedPage:
        # A mistake in a file of sources is why a citation on this page is unknown.
        known = [*problems, *shared]
        made = _rendered(html, source, what, site, look, page, known)
        if not options.exports:
            return made
        # Imported here, as most sites export nothing, and start sooner without.
        from mkdocs_annotate.hosts.publishing import exported

        return exported(made, html, what, site, page, options)

    result = render_safely(render, html, sidecar)
    # An entry with a mistake may have cited what seems to be unused.
    ignored = {Rule.SOURCE_UNUSED} if found else set()
    kept = [problem for problem in result.problems if problem.rule not in ignored]
    return Annotated(replace(result, problems=(*problems, *kept)), (*shared, *page.setup_problems))


def _rendered(
    html: str,
    source: str,
    sidecar: Sidecar,
    site: Site,
    look: Presentation,
    page: HostPage,
    known: Sequence[Problem],
) -> RenderedPage:
    """Return the page that `render_page` makes; in a preview the kept one if nothing changed."""

    def render(resolve: Resolve) -> RenderedPage:
        return render_page(html, source, sidecar, site, look, resolve, known)

    kept = page.kept
    if kept is None:
        return render(page.resolve)
    others = (html, source, look, tuple(known))
    return kept.rendered(page.article, sidecar, site, others, page.resolve, render)


def _unfilled(page: HostPage) -> Problem:
    """Return the problem of an article that asks for an index on a host without indexes."""
    return Problem(
        Position(display_path(page.article), 1, 1),
        Rule.BAD_MARKER,
        "no index can be made here, since only this article is known",
        "remove the comment, or build with MkDocs, ProperDocs or Zensical",
    )


def _unwritten(page: HostPage, options: Options) -> list[OptionProblem]:
    """Return the problem of exports that are files, on a host that writes no files."""
    unwritten = [one for one in options.exports if one != "schema-org"]
    if page.files is not None or not unwritten:
        return []
    message = f"nothing here writes the files of `exports`: {', '.join(unwritten)}"
    hint = "write `exports: schema-org`; with MkDocs list the plugin `annotate`"
    return [OptionProblem("exports", message, hint)]


def _registry_of(page: HostPage, options: Options) -> Registry:
    """Return the sources that the site shares, and what is wrong with them.

    With Python-Markdown alone, only files that the option `sources` names are read.
    """
    if not page.is_in_site and options.sources is None:
        return {}, ()
    return registry_of(page.root, options)


def _frame_attributes(own: str, theme: str) -> dict[str, str]:
    """Return the attributes `lang` and `dir` for an article, by its language or its theme's.

    The themes of MkDocs itself have words in languages written from the right, but no `dir`.
    """
    if own:
        return {"lang": own, "dir": direction_of(own)}
    return {"dir": "rtl"} if direction_of(theme) == "rtl" else {}


def _sidecar_of(
    page: HostPage, options: Options, named: str, html: str
) -> tuple[Sidecar | None, list[Problem]]:
    """Return the sidecar to show on `page`, None if there is none, and what is wrong with it."""
    given = options.sidecar
    if isinstance(given, Sidecar):
        return given, []
    if isinstance(given, str) and "\n" in given:
        return parse_sidecar(given, "sidecar")
    if given is not None:
        path = Path(given).absolute()
        return read_sidecar(path, (path.parent,))
    folder = page.project / options.annotations_dir if options.annotations_dir else None
    location = locate(page.article, page.docs, folder, named)
    if location.path is None:
        return None, list(location.problems)
    if cut := page.cut(html):
        return None, [*location.problems, cut]
    kept = page.kept
    parse = kept.parsed if kept is not None else parse_sidecar
    roots = tuple(filter(None, (page.docs, folder)))
    sidecar, problems = read_sidecar(location.path, roots, parse)
    return sidecar, [*location.problems, *problems]
