"""What a reader finds on each host: the article's words, notes and sources, and no numbers."""

import json
import re

import pytest

from mkdocs_annotate.rendering.other_forms import searchable
from mkdocs_annotate.rendering.splice import BEGIN, END

DRAWING = """
docs/index.md
| # The bridge
|
| ## Its age
|
| The old bridge carries one lane, and soldiers crossed it in 1794.
docs/index.annotations.yml
| sources:
|   survey:
|     title: Survey of county bridges
|     url: https://example.org/survey
| annotations:
|   - quote: soldiers
|     kind: loaded-language
|     note: The parish register has *militiamen*.
|     sources: survey
|   - quote: crossed it in 1794
|     kind: unattributed
"""


def entries(built):
    """Return the index of a site as pairs of address and words."""
    path = "search/search_index.json" if (built / "search").is_dir() else "search.json"
    index = json.loads((built / path).read_text("utf-8"))
    found = index.get("docs") or index["items"]
    return {
        entry["location"]: " ".join(re.sub("<[^>]*>", " ", entry["text"]).split())
        for entry in found
    }


def zensical(site):
    config = '[project]\nsite_name = "x"\nsite_dir = "built"\n'
    config += "[project.markdown_extensions.mkdocs_annotate]\n"
    config += "[project.markdown_extensions.toc]\n"
    (site.root / "zensical.toml").write_text(config)
    done = site.run("zensical", "build", "--clean")
    assert done.returncode == 0, done.stdout + done.stderr
    return site.root / "built"


@pytest.fixture(params=["mkdocs", "material", pytest.param("zensical", marks=pytest.mark.zensical)])
def index(request, draw, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    site = draw(DRAWING)
    if request.param == "zensical":
        return entries(zensical(site))
    site.config = f"site_name: x\ntheme: {{name: {request.param}}}\nplugins: [search, annotate]\n"
    return entries(site.build(strict=True).folder)


def test_the_articles_words_are_as_they_were(index):
    words = "The old bridge carries one lane, and soldiers crossed it in 1794."

    assert index["#its-age"] == words


def test_notes_are_found_where_they_are(index):
    # Notes that stand in the margin are no section of their own: the page has them.
    text = index.get("#ann--notes") or index[""]

    assert "The parish register has militiamen" in text
    assert "Loaded language" in text
    assert "Survey of county bridges" in text


def test_sources_are_found_where_they_are(index):
    assert index["#ann--sources"].startswith("Survey of county bridges")


def test_nothing_else_of_ours_is_found(index):
    text = " ".join(index.values())

    assert "In this article" not in text
    assert "Back to text" not in text
    assert "Cited at" not in text
    # The definition of a kind stands on every page that has one.
    assert "Stated as fact" not in text


@pytest.mark.parametrize("html", ["", "<p>a</p>", "<section class='ann-notes'>", BEGIN, END])
def test_what_is_not_annotated_comes_back_as_it_is(html):
    assert searchable(html) == html


def test_lists_stand_behind_the_article_without_what_only_a_reader_of_the_page_needs():
    panel = '<section class="ann-panel">2 opinions</section>'
    notes = (
        '<section class="ann-notes"><h2 id="ann--notes">Notes</h2>'
        '<span class="ann-num" data-search-exclude>1</span> <span>A note.</span></section>'
    )
    html = (
        f'{BEGIN}<div class="ann">{panel}<div class="ann-body">{END}<p>The article.</p>'
        f"{BEGIN}</div>{notes}</div>{END}"
    )

    assert searchable(html) == (
        '<p>The article.</p><section class="ann-notes"><h2 id="ann--notes">Notes</h2>'
        " <span>A note.</span></section>"
    )


def test_sections_of_the_article_are_no_lists_of_ours():
    own = '<section class="ann-notes"><p>Mine</p></section>'
    html = f'{BEGIN}<div class="ann-body">{END}{own}{BEGIN}</div>{END}'

    assert searchable(html) == own
