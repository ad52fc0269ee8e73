"""The Python-Markdown extension: all that concerns one page, on every host.

| processor | registry | priority | reason |
|---|---|---|---|
| `Claim` | preprocessors | 1000 | before snippets and macros change the lines |
| `Arm` | tree processors | -1000 | after everything that reads the tree: title, contents, links |
| `Splice` | postprocessors | -1000 | the lowest seen elsewhere is 1 |

The table of contents runs all postprocessors once per heading, and plugins convert text inside and
beside a page: so `Splice` does nothing until `Arm` of the conversion of the whole page said so.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.hosts.logs import report_fault, reporter_of
from mkdocs_annotate.hosts.markdown_api import add_to_contents, insert_into_contents
from mkdocs_annotate.hosts.option_values import OptionProblem, option_problems
from mkdocs_annotate.hosts.options import (
    DEFAULTS,
    Options,
    parse_front_matter,
    parse_language,
    parse_options,
)
from mkdocs_annotate.hosts.page_forms import shown_to_plugins
from mkdocs_annotate.hosts.page_lookup import HostPage, claim, host_page, lost_host
from mkdocs_annotate.hosts.site_paths import missing_folder
from mkdocs_annotate.hosts.sites import Registry, missing_templates, registry_of, site_of
from mkdocs_annotate.hosts.written_pages import remember
from mkdocs_annotate.model.internal_errors import internal_error
from mkdocs_annotate.model.levels import RuleSettings, levelled
from mkdocs_annotate.model.problems import Level, Position, Problem, Rule, in_order
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.rendering.markers import markers_of
from mkdocs_annotate.rendering.page import RenderedPage, render_page, rendered
from mkdocs_annotate.rendering.translations import direction_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.files import locate, read_sidecar

NAME = "mkdocs_annotate"


class StrictError(Exception):
    """A page has problems, and the option `strict` says that these stop the conversion."""


class AnnotateExtension(Extension):
    """Renders an article with what its sidecar says about it.

    Inside MkDocs, ProperDocs and Zensical the sidecar is found beside the article.  With
    Python-Markdown alone name the article, or the sidecar itself:
    `markdown.markdown(text, extensions=[AnnotateExtension(sidecar="a.annotations.yml")])`.
    """

    def __init__(self, **given: Any) -> None:
        # What Python-Markdown's own tools list.
        self.config = {name: [default, about] for name, (default, about) in DEFAULTS.items()}
        self.options, self.faults = parse_options(given)
        self.problems: tuple[Problem, ...] = ()
        """What was wrong with the sidecar of the page converted last."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102
        # A host may call this once without a page: nothing is read, nothing is reported here.
        state = _State(self)
        md.preprocessors.register(_Claim(md, state), f"{NAME}_claim", 1000)
        md.treeprocessors.register(_Arm(md, state), f"{NAME}_arm", -1000)
        md.postprocessors.register(_Splice(md, state), f"{NAME}_splice", -1000)


class _State:
    """What the three processors of one `Markdown` tell each other."""

    def __init__(self, extension: AnnotateExtension) -> None:
        self.extension = extension
        self.page: HostPage | None = None
        self.source = ""


class _Claim(Preprocessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, lines: list[str]) -> list[str]:
        # A conversion that failed may have left it armed.
        self.state.page = None
        self.state.source = "\n".join(lines)
        try:
            claim(self.md)
        except Exception as error:
            reporter_of().report_once([_of_host(error)], self.state.extension.options.rules)
        return lines


def _of_host(error: Exception) -> Problem:
    """Return the problem that a host's private names were others than we know."""
    return internal_error(error, Position("mkdocs.yml", 1, 1))


class _Arm(Treeprocessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: Element) -> None:
        options = self.state.extension.options
        try:
            self.state.page = host_page(self.md, options)
            problem = None if self.state.page else lost_host(self.md)
        # What is asked there are private names of hosts, and a page without marks is still a page.
        except Exception as error:
            problem = _of_host(error)
        if problem:
            reporter_of().report_once([problem], options.rules)


class _Splice(Postprocessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, text: str) -> str:
        page, self.state.page = self.state.page, None
        if page is None:
            return text
        extension = self.state.extension
        rules = extension.options.rules
        if extension.options.write:
            remember(page, self.state.source)
        try:
            result = annotated(
                text.strip(), self.state.source, page, extension.options, extension.faults
            )
            html = text if result is None else result.html
            if not page.plugin and "annotate:" in html:
                html = self._with_indexes(html, page, extension.options)
        # An exception would end the build without naming the page, and kills Zensical's `serve`.
        except Exception as error:
            problem = internal_error(error, Position(display_path(page.article), 1, 1))
            report_fault(str(problem))
            html, result = text, RenderedPage(text, tuple(levelled([problem], rules)))
        if result is None:
            return html
        extension.problems = result.problems
        page.keep(result)
        if result.html is html:
            html = shown_to_plugins(text.strip(), html, page, result)
        page.declare(result.ids)
        add_to_contents(self.md, result.sections)
        counted = [problem for problem in result.problems if problem.level != Level.INFO]
        if extension.options.strict and counted:
            count = len(counted)
            problems = "1 problem" if count == 1 else f"{count} problems"
            raise StrictError(f"{problems}, the first: {counted[0]}")
        return html

    def _with_indexes(self, html: str, page: HostPage, options: Options) -> str:
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
            insert_into_contents(self.md, before, level, headings)
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
        made = render_page(html, source, what, site, look, page.resolve, known)
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
    sidecar, problems = read_sidecar(location.path, tuple(filter(None, (page.docs, folder))))
    return sidecar, [*location.problems, *problems]
