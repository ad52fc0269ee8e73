"""What readers get of an index: a file of `cases/indexes` each.

A case has `articles` with their sidecars, and an `index page` with the comments that ask for
indexes; with `most` passages a page it becomes several.  What it is asked to `look at` stands below
`page`, or below `pages` for each of them.
"""

import re
from types import SimpleNamespace

import pytest
from markdown import markdown
from page_parts import parts
from site_options import site_of

from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.publication import title_of
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.index_markers import (
    INDEXES,
    contents_slot,
    marker_problem,
    markers_of,
)
from mkdocs_annotate.rendering.index_sections import MOST_ENTRIES, CataloguedPage, index_entries
from mkdocs_annotate.rendering.indexes import PageAddress, fill_markers
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.sidecar.decoding import parse_sidecar

HEADING = re.compile(r"<h[1-6] id=\"([^\"]*)\"")


def catalogue_of(articles, site):
    """Return what the indexes of a site list, as its pages are rendered."""
    pages = []
    for path, given in articles.items():
        html = markdown(given["article"])
        sidecar, faults = parse_sidecar(given["sidecar"], path)
        assert faults == []
        look = Presentation(preview=True)
        made = render_page(html, "", sidecar, site, look, lambda link: link.address)
        entries = index_entries(made.passages, made.unnamed)
        title = title_of(project(html), path.removesuffix(".md"))
        address = path.removesuffix(".md") + "/"
        pages.append(CataloguedPage(title, address, path, made.type, entries, made.cited))
    return pages


def place_of(address):
    """Return a page of an index: links to it show where they were typed."""
    return PageAddress(
        address, lambda target: f"../{target}", lambda link, path: f"{link.address} (in {path})"
    )


@pytest.mark.golden_test("cases/indexes/*.yml")
def test_an_index_lists(golden):
    site = site_of(golden.get("options") or {})
    source = golden["index page"]
    most = golden.get("most")
    shown = []

    def show(index, before):
        places = [place_of(f"index/{n + 1}/" if n else "index/") for n in range(index.count)]
        for number in range(index.count):
            page = index.page(number, places)
            shown.append(page.html)
            assert [id_ for id_, _ in page.headings] == HEADING.findall(page.html)
        return shown[0] if most else shown[-1]

    catalogue = catalogue_of(golden.get("articles") or {}, site)
    filled = fill_markers(markdown(source), catalogue, site, show, most or MOST_ENTRIES)

    problems = [marker_problem(marker, "index.md", source) for marker in filled.mistaken]
    problems = "\n".join(map(str, [*problems, *filled.problems]))
    assert golden.out.get("problems") == (problems or None)
    pages = [parts(html, golden["look at"]) for html in shown] if most else None
    assert golden.out.get("pages") == pages
    page = None if most else parts(filled.html, golden["look at"])
    assert golden.out.get("page") == page


@pytest.mark.parametrize("index", [name for name in INDEXES if name != "questions"])
def test_every_index_can_be_asked_for(index):
    html = f"<p>a</p>\n<!-- annotate: {index} -->\n"

    (marker,) = markers_of(html, DEFAULT_VOCABULARY)

    assert (marker.index, marker.only, marker.message) == (index, frozenset(), "")
    assert html[marker.start : marker.end] == f"<!-- annotate: {index} -->"


@pytest.mark.parametrize("html", ["", "<p>words</p>", "<p>annotate: sources</p>", "<!--"])
def test_other_text_asks_for_nothing(html):
    assert markers_of(html, DEFAULT_VOCABULARY) == []


def test_a_marker_that_a_plugin_put_there_is_told_of_the_first_line():
    (marker,) = markers_of("<!-- annotate: kind -->", DEFAULT_VOCABULARY)

    assert marker_problem(marker, "a.md", "").position.line == 1


def heading(id_, level, *below):
    return SimpleNamespace(id=id_, level=level, below=list(below))


def told(item):
    return item.id, item.level, item.below


@pytest.mark.parametrize(
    ("before", "level", "expected"),
    [
        ("", 2, ("top", 0)),
        ('<h1 id="a">', 2, ("a", 0)),
        ('<h1 id="a"><h2 id="b">', 3, ("b", 0)),
        ('<h1 id="a"><h2 id="b"><h3 id="c">', 4, ("c", 0)),
        ('<h1 id="a"><h2 id="b"><h3 id="c">', 3, ("b", 1)),
        ('<h1 id="a"><h2 id="b"><h3 id="c"><h2 id="d">', 3, ("d", 0)),
        ('<h1 id="a"><h2 id="b"><h3 id="c"><h2 id="d">', 2, ("a", 2)),
    ],
)
def test_headings_of_an_index_have_their_place_in_the_contents(before, level, expected):
    below = heading("a", 1, heading("b", 2, heading("c", 3)), heading("d", 2))
    items = [below]

    found, here = contents_slot(items, before, level, told)

    lists = {"top": items, "a": below.below, "b": below.below[0].below, "d": below.below[1].below}
    lists["c"] = below.below[0].below[0].below
    name = next(name for name, one in lists.items() if one is found)
    assert (name, here) == expected
