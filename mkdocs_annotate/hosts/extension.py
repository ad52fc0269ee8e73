"""The Python-Markdown extension: all that concerns one page, on every host.

| processor | registry | priority | reason |
|---|---|---|---|
| `Claim` | preprocessors | 1000 | before snippets and macros change the lines |
| `Arm` | tree processors | -1000 | after everything that reads the tree: title, contents, links |
| `Splice` | postprocessors | -1000 | the lowest seen elsewhere is 1 |

The table of contents runs all postprocessors once per heading, and plugins convert text inside and
beside a page: so `Splice` does nothing until `Arm` has seen the conversion of the whole page.

Little is imported here: what annotates a page is loaded with the first page that may need it.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from mkdocs_annotate.hosts.conversion import Conversion
    from mkdocs_annotate.hosts.option_places import OptionProblem
    from mkdocs_annotate.hosts.options import Options
    from mkdocs_annotate.model.problems import Problem

NAME = "mkdocs_annotate"
UNUSED = "_annotate_unused"
"""What our plugin sets on the configuration of a site without sidecars."""


def asks_for_index(html: str) -> bool:
    """Return whether a page may have a comment in whose place it wants an index."""
    return "<!--" in html and "annotate:" in html


class StrictError(Exception):
    """A page has problems, and the option `strict` stops the conversion."""


class AnnotateExtension(Extension):
    """Renders an article with what its sidecar says about it.

    Inside MkDocs, ProperDocs and Zensical the sidecar is found beside the article.  With
    Python-Markdown alone name the article, or the sidecar itself:
    `markdown.markdown(text, extensions=[AnnotateExtension(sidecar="a.annotations.yml")])`.
    """

    def __init__(self, **given: Any) -> None:
        self._given = given
        self.problems: tuple[Problem, ...] = ()
        """What was wrong with the sidecar of the page converted last."""

    @property
    def config(self) -> dict[str, list[Any]]:  # type: ignore[override]
        """Return the options as Python-Markdown's own tools list them."""
        from mkdocs_annotate.hosts.options import OPTIONS

        return {name: [option.default, option.about] for name, option in OPTIONS.items()}

    @cached_property
    def _parsed(self) -> "tuple[Options, tuple[OptionProblem, ...]]":
        from mkdocs_annotate.hosts.options import parse_options

        return parse_options(self._given)

    @property
    def options(self) -> "Options":
        """Return the options of the site."""
        return self._parsed[0]

    @property
    def mistakes(self) -> "tuple[OptionProblem, ...]":
        """Return what is wrong with the options that were given."""
        return self._parsed[1]

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: D102
        # A host may call this once without a page: nothing is read, nothing is reported here.
        state = _State(self)
        md.preprocessors.register(_Claim(md, state), f"{NAME}_claim", 1000)
        md.treeprocessors.register(_Arm(md, state), f"{NAME}_arm", -1000)
        md.postprocessors.register(_Splice(md, state), f"{NAME}_splice", -1000)


class _State:
    """What the three processors of one `Markdown` share."""

    def __init__(self, extension: AnnotateExtension) -> None:
        self.extension = extension
        self.conversion: Conversion | None = None
        """What annotates the page; None where the whole site has no sidecar."""

    def begin(self, md: Markdown, source: str) -> None:
        """Begin a conversion of the Markdown `source`."""
        self.conversion = None
        if not _is_unused(md):
            # Imported here, as sites without sidecars need nothing of it.
            from mkdocs_annotate.hosts.conversion import Conversion

            self.conversion = Conversion(self.extension.options, self.extension.mistakes, source)
            self.conversion.claim(md)


def _is_unused(md: Markdown) -> bool:
    """Return whether the plugin found no sidecar in the site and the front matter names none."""
    if "relpath" not in md.treeprocessors:
        return False
    relpath: Any = md.treeprocessors["relpath"]
    config = getattr(relpath, "config", None)
    if config is None or UNUSED not in vars(config):
        return False
    page = getattr(getattr(relpath, "file", None), "page", None)
    return "annotations" not in (getattr(page, "meta", None) or ())


class _Claim(Preprocessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, lines: list[str]) -> list[str]:
        # A conversion that failed may have left one.
        self.state.begin(self.md, "\n".join(lines))
        return lines


class _Arm(Treeprocessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: Element) -> None:
        if self.state.conversion is not None:
            self.state.conversion.arm(self.md)


class _Splice(Postprocessor):
    def __init__(self, md: Markdown, state: _State) -> None:
        super().__init__(md)
        self.state = state

    def run(self, text: str) -> str:
        conversion = self.state.conversion
        if conversion is None or conversion.page is None:
            return text
        html = conversion.finished(self.md, text)
        if conversion.problems is None:
            return html
        extension = self.state.extension
        extension.problems = conversion.problems
        if extension.options.strict and (stop := conversion.why_to_stop()):
            raise StrictError(stop)
        return html
