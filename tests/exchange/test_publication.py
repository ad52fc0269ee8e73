import pytest

from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.publication import path_beside, title_of


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("index.html", "annotations.jsonld"),
        ("a/index.html", "a/annotations.jsonld"),
        ("a/mill.html", "a/mill.annotations.jsonld"),
        ("mill.htm", "mill.annotations.jsonld"),
        ("a.b/x.y", "a.b/x.y.annotations.jsonld"),
    ],
)
def test_a_file_lies_beside_its_page_under_its_name(page, file):
    assert path_beside(page) == file


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<p>x</p><h2>The <em>old</em>\nbridge</h2><h1>y</h1>", "The old bridge"),
        ("<h1> </h1>", "bridge"),
        ("<p>x</p>", "bridge"),
    ],
)
def test_a_title_is_the_first_heading(html, title):
    assert title_of(project(html), "bridge") == title
