"""Shows each example of the guide beside its result: a hook for MkDocs.

A comment below an example of a sidecar names the text that it annotates, or is that text:

    <!-- result in: demo/harbour-column.md -->
    <!-- result of: The council thanked the tide for its patience. -->
    <!-- result above -->

The last one takes the nearest example in Markdown above it.  Kinds and packs of the nearest example
of options count, and so do the sources of one in BibTeX.  In place of the comment the page shows
what the package makes of all this.  Anything wrong with an example is a warning of the build.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from markdown import markdown

from mkdocs_annotate.exchange.formats import parse_bibliography
from mkdocs_annotate.hosts.options import parse_options
from mkdocs_annotate.hosts.sites import site_of
from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.rendering.page import RenderedPage, render_page
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.sidecar.decoding import parse_sidecar

_LOG = logging.getLogger("mkdocs.hooks.results")

_PART = re.compile(
    r"^```(?P<language>\w+)\n(?P<code>.*?)^```$"
    r"|^<!-- result(?P<how> above| in| of)?:?(?P<text>.*?)-->$",
    re.MULTILINE | re.DOTALL,
)
_IDS = re.compile(
    r'(?P<name>\b(?:id|for|aria-labelledby|aria-controls|aria-describedby)="|href="#)'
)
_MARK = 'class="ann-m '
_HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>")


class Example(NamedTuple):
    """An example of a sidecar, the text that it annotates, and the options of its site."""

    comment: str
    sidecar: str
    article: str
    options: dict[str, Any]
    sources: dict[str, Source]


def examples_in(markdown: str, folder: Path) -> Iterator[Example]:
    """Yield the examples of a page whose results are asked for, in their order.

    Paths of articles begin in `folder`.
    """
    sidecar, article, options, sources = "", "", dict[str, Any](), dict[str, Source]()
    for part in _PART.finditer(markdown):
        code = part["code"] or ""
        if part["language"] == "yaml" and re.search("^annotations:", code, re.MULTILINE):
            sidecar = code
        elif part["language"] == "yaml" and "- annotate:" in code:
            options = _options_of(code)
        elif part["language"] == "markdown":
            article = code
        elif part["language"] == "bibtex":
            sources, _ = parse_bibliography(code, "refs.bib", bibtex=True)
        elif part["language"] is None:
            how, text = (part["how"] or "").strip(), part["text"].strip()
            given = (folder / text).read_text("utf-8") if how == "in" else text
            article_ = article if how == "above" else given
            yield Example(part.group(), sidecar, article_, options, sources)
            options, sources = {}, {}


def _options_of(code: str) -> dict[str, Any]:
    plugins = yaml.safe_load(code)["plugins"]
    named = (one["annotate"] for one in plugins if isinstance(one, dict) and "annotate" in one)
    return {key: value for key, value in next(named).items() if key in ("kinds", "packs")}


def result_of(example: Example, prefix: str) -> tuple[str, tuple[str, ...]]:
    """Return what the package makes of an example, with ids that begin with `prefix`.

    Of a long article only the paragraphs with marks are shown.  Beside it what is wrong with the
    example, a line each.
    """
    paragraphs = example.article.split("\n\n")
    marked = [one for one in paragraphs if _MARK in _rendered(example, one).html]
    result = _rendered(example, example.article)
    shorter = _rendered(example, "\n\n".join(marked))
    if not shorter.problems:
        result = shorter
    html = _IDS.sub(lambda found: found["name"] + prefix, result.html)
    html = _HEADING.sub(r'<p class="result-heading"\g<attributes>>\g<words></p>', html)
    return f'<div class="result">{html}</div>', tuple(map(str, result.problems))


def _rendered(example: Example, article: str) -> RenderedPage:
    options, _ = parse_options(example.options)
    site = site_of(options, Path(), example.sources, "en")
    sidecar, problems = parse_sidecar(example.sidecar, "example")
    # A panel would be longer than an example, but for one of what it shows.
    panel = "top" if re.search("^article:", example.sidecar, re.MULTILINE) else "off"
    look = Presentation(margin="off", panel=panel)
    page = render_page(markdown(article), article, sidecar, site, look, _resolve)
    return replace(page, problems=(*problems, *page.problems))


def _resolve(link: Link) -> str:
    """Return where a link to another page of the guide leads, from the address of a page."""
    return re.sub(r"^([\w-]+)\.md", r"../\1/", link.address)


def on_page_content(html: str, *, page: Any, config: Any, files: Any) -> str:
    """Put results in the place of comments."""
    examples = examples_in(page.markdown or "", Path(config.docs_dir))
    for number, example in enumerate(examples, 1):
        result, problems = result_of(example, f"result-{number}-")
        for problem in problems:
            _LOG.warning("%s: result no. %d: %s", page.file.src_uri, number, problem)
        if example.comment not in html:
            _LOG.warning("%s: no place for result no. %d", page.file.src_uri, number)
        html = html.replace(example.comment, result, 1)
    return html
