from types import SimpleNamespace

import pytest

from mkdocs_annotate.rendering.index_markers import contents_slot, marker_problem
from mkdocs_annotate.rendering.index_sections import CataloguedPage
from mkdocs_annotate.rendering.indexes import fill_markers
from mkdocs_annotate.rendering.site import Site

NOTHING: list[CataloguedPage] = []


def named(index, before):
    return f"[{index.marker.index} {index.level} {index.ordinal}]"


def test_each_marker_becomes_its_index_one_level_below_the_heading_above_it():
    html = (
        "<p>a</p><!-- annotate: kinds -->\n<h1>b</h1><!-- annotate: tags -->"
        "<h3>c</h3><p>d</p><!-- annotate: kinds opinion --><h6>e</h6><!-- annotate: articles -->f"
    )

    assert fill_markers(html, NOTHING, Site(), named).html == (
        "<p>a</p>[kinds 2 1]\n<h1>b</h1>[tags 2 1]"
        "<h3>c</h3><p>d</p>[kinds 4 2]<h6>e</h6>[articles 6 1]f"
    )


def test_two_indexes_of_a_page_have_names_of_their_own():
    names = ("kinds", "questions", "kinds opinion", "tags", "questions")
    html = "".join(f"<!-- annotate: {name} -->" for name in names)

    shown = fill_markers(html, NOTHING, Site(), lambda index, before: f"[{index.label}]").html

    assert shown == (
        "[Passages by kind][Open questions][Passages by kind 2][Passages by tag][Open questions 2]"
    )


def test_what_can_not_be_understood_stays_and_is_told_with_its_line():
    html = "<p>a</p><!-- annotate: kind --><p>b</p><!-- annotate: tags -->"

    page = fill_markers(html, NOTHING, Site(), named)

    assert page.html == "<p>a</p><!-- annotate: kind --><p>b</p>[tags 2 1]"
    (marker,) = page.mistaken
    problem = marker_problem(marker, "a.md", "a\n\n<!-- annotate: kind -->\n")
    assert str(problem) == (
        "a.md:3:1: there is no index of “kind”; did you mean `kinds`? [bad-marker]"
    )
    # What a plugin put there stands nowhere in the file.
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
