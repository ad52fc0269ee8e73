"""The conversion of one page: its article is found, its sidecar read, and the result spliced in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markdown import Markdown

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.kept_pages import KeptPages
from mkdocs_annotate.hosts.logs import report_fault, reporter_of
from mkdocs_annotate.hosts.markdown_api import add_to_contents, insert_into_contents
from mkdocs_annotate.hosts.option_values import OptionProblem, option_problems
from mkdocs_annotate.hosts.options import Options, parse_front_matter, parse_language
from mkdocs_annotate.hosts.page_forms import shown_to_plugins
from mkdocs_annotate.hosts.page_lookup import HostPage, claim, host_page, lost_host
from mkdocs_annotate.hosts.site_paths import missing_folder
from mkdocs_annotate.hosts.sites import Registry, missing_templates, registry_of, site_of
from mkdocs_annotate.model.internal_errors import internal_error
from mkdocs_annotate.model.levels import RuleSettings, levelled
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule, in_order
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.rendering.markers import markers_of
from mkdocs_annotate.rendering.note_content import Resolve
from mkdocs_annotate.rendering.page import RenderedPage, render_page, rendered
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.translations import direction_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.files import locate, read_sidecar


class Conversion:
    """Annotates the page of one conversion of Markdown, if it is that of a whole page."""

    def __init__(self, options: Options, faults: Sequence[OptionProblem], source: str) -> None:
        self.options = options
        self.faults = faults
        self.source = source
        self.page: HostPage | None = None
        """The article, from `arm` to `finished`."""

        self.problems: tuple[Problem, ...] | None = None
        """What is wrong with its sidecar; None where it has none."""

    def claim(self, md: Markdown) -> None:
        """Note that `md` is the first to convert its page, where no host says so."""
        try:
            claim(md)
        except Exception as error:
            reporter_of().report_once([_of_host(error)], self.options.rules)

    def arm(self, md: Markdown) -> None:
        """Find out which article `md` converts, and whether this is the conversion of all of it."""
        try:
            self.page = host_page(md, self.options)
            problem = None if self.page else lost_host(md)
        # What is asked there are private names of hosts, and a page without marks is still a page.
        except Exception as error:
            problem = _of_host(error)
        if problem:
            reporter_of().report_once([problem], self.options.rules)

    def finished(self, md: Markdown, text: str) -> str:
        """Return `text`, the HTML of the article, annotated; forget the page.  Never raises."""
        page, self.page = self.page, None
        if page is None:
            return text
        try:
            result = annotated(text.strip(), self.source, page, self.options, self.faults)
            html = text if result is None else result.html
            if not page.plugin and "annotate:" in html:
                html = _with_indexes(md, html, page, self.options)
        # An exception would end the build without naming the page, and kills Zensical's `serve`.
        except Exception as error:
            problem = internal_error(error, Position(display_path(page.article), 1, 1))
            report_fault(str(problem))
            html = text
            result = RenderedPage(text, tuple(levelled([problem], self.options.rules)))
        if result is None:
            return html
        self.problems = result.problems
        page.keep(result)
        if result.html is html:
            html = shown_to_plugins(text.strip(), html, page, result)
        page.declare(result.ids)
        add_to_contents(md, result.sections)
        return html

    def why_to_stop(self) -> str:
        """Return how many problems there are that count, and the first; empty without any."""
        counted = [problem for problem in self.problems or () if problem.level != Level.INFO]
        if not counted:
            return ""
        count = "1 problem" if len(counted) == 1 else f"{len(counted)} problems"
        return f"{count}, the first: {counted[0]}"


def _of_host(error: Exception) -> Problem:
    """Return the problem that a host's private names were others than we know."""
    return internal_error(error, Position("mkdocs.yml", 1, 1))


def _with_indexes(md: Markdown, html: str, page: HostPage, options: Options) -> str:
    """Return `html` with the indexes that it asks for, where no plugin makes them."""
    if page.page is None:
        if markers_of(html, options.vocabulary):
            page.reporter.report(levelled([_unfilled(page)], options.rules))
        return html
    # Imported here, as most sites ask for none, and start sooner without.
    from mkdocs_annotate.hosts.sidecar_indexes import with_indexes

    registry, _ = registry_of(page.project, options)
    language = parse_language(page.meta) or page.language
    site = site_of(options, page.project, registry, language, page.templates)
    indexed = with_indexes(html, page, options, site)
    page.reporter.report(levelled(indexed.problems, options.rules))
    for level, before, headings in indexed.headings:
        page.declare(tuple(id_ for id_, _ in headings))
        insert_into_contents(md, before, level, headings)
    return indexed.html


def annotated(
    html: str, source: str, page: HostPage, options: Options, faults: Sequence[OptionProblem] = ()
) -> RenderedPage | None:
    """Return `html`, the article of `page` in Markdown `source`, annotated.

    None where it has no sidecar.  Problems are reported.
    """
    missing = missing_folder(options, page.project)
    _report_faults([*faults, *missing], page, options.rules)
    settings = parse_front_matter(page.meta, options.look)
    problems = option_problems(settings.faults, page.article)
    if settings.off:
        return None
    sidecar, found = _sidecar_of(page, options, settings.named, html)
    problems += found
    if sidecar is None and problems and settings.look.preview and not page.cut(html):
        # So that the page itself says why nothing is marked.
        sidecar = Sidecar("")
    if sidecar is None:
        told = in_order(levelled(problems, options.rules))
        page.reporter.report(told)
        return RenderedPage(html, told) if told else None
    _report_faults(missing_templates(options, page.root), page, options.rules)
    registry, shared = _registry_of(page, options)
    page.reporter.report_once(shared, options.rules)
    shared = tuple(levelled(shared, options.rules))
    own = parse_language(page.meta)
    around = own or page.language
    site = site_of(options, page.root, registry, around, page.templates)
    look = replace(settings.look, attributes=_frame_attributes(own, page.language))
    if options.exports:
        _report_faults(_unwritten(page, options), page, options.rules)
        look = replace(look, files=page.files or {})
    # A mistake in a file of sources is why a citation on this page is unknown.
    known = [*problems, *(one for one in shared if one.rule is not Rule.HOST_SETUP)]

    def render(what: Sidecar) -> RenderedPage:
        made = _rendered(html, source, what, site, look, page, known)
        if not options.exports:
            return made
        # Imported here, as most sites export nothing, and start sooner without.
        from mkdocs_annotate.hosts.publishing import exported

        return exported(made, html, what, site, page, options)

    result = rendered(render, html, sidecar)
    # An entry with a mistake may have cited what seems to be unused.
    ignored = {Rule.SOURCE_UNUSED} if found else set()
    kept = [problem for problem in result.problems if problem.rule not in ignored]
    result = replace(result, problems=in_order(levelled([*problems, *kept], options.rules)))
    page.reporter.report(result.problems)
    return replace(result, problems=in_order([*result.problems, *shared])) if shared else result


def _rendered(
    html: str,
    source: str,
    sidecar: Sidecar,
    site: Site,
    look: Presentation,
    page: HostPage,
    known: Sequence[Problem],
) -> RenderedPage:
    """Return the page that `render_page` makes; in a preview the one of before, if that is it."""

    def render(resolve: Resolve) -> RenderedPage:
        return render_page(html, source, sidecar, site, look, resolve, known)

    kept: KeptPages | None = page.kept
    if kept is None:
        return render(page.resolve)
    others = (html, source, look, tuple(known))
    return kept.rendered(page.article, sidecar, site, others, page.resolve, render)


def _unfilled(page: HostPage) -> Problem:
    """Return what to tell of an article that asks for an index where nobody makes any."""
    return Problem(
        Position(display_path(page.article), 1, 1),
        Rule.BAD_MARKER,
        "there can be no index: nobody knows the other pages here",
        "remove the comment, or build with MkDocs, ProperDocs or Zensical",
    )


def _report_faults(faults: Sequence[OptionProblem], page: HostPage, rules: RuleSettings) -> None:
    """Report what is wrong with the options of a site."""
    config = getattr(page.relpath, "config", None)
    file = getattr(config, "config_file_path", None) or _configuration(page.project)
    page.reporter.report_once(option_problems(faults, file), rules)


def _configuration(project: Path) -> Path:
    """Return the configuration of a host that does not say where it is: Zensical."""
    files = (project / name for name in ("zensical.toml", "mkdocs.yml"))
    return next((file for file in files if file.is_file()), project)


def _unwritten(page: HostPage, options: Options) -> list[OptionProblem]:
    """Return what is wrong with exports that are files, where nobody writes any."""
    unwritten = [one for one in options.exports if one != "schema-org"]
    if page.files is not None or not unwritten:
        return []
    message = f"nothing here writes the files of `exports`: {', '.join(unwritten)}"
    hint = "write `exports: schema-org`; with MkDocs list the plugin `annotate`"
    return [OptionProblem("exports", message, hint)]


def _registry_of(page: HostPage, options: Options) -> Registry:
    """Return the sources that the site shares, and what is wrong with them or the site's setup.

    With Python-Markdown alone they are those that are named.
    """
    if page.alone and options.sources is None:
        return {}, page.lacking
    sources, problems = registry_of(page.root, options)
    return sources, (*problems, *page.lacking)


def _frame_attributes(own: str, theme: str) -> dict[str, str]:
    """Return the attributes of an article that says its language, or whose theme does.

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
    kept: KeptPages | None = page.kept
    parse = kept.parsed if kept is not None else parse_sidecar
    roots = tuple(filter(None, (page.docs, folder)))
    sidecar, problems = read_sidecar(location.path, roots, parse)
    return sidecar, [*location.problems, *problems]
