"""What the extension puts into the page itself, on hosts of all kinds."""

import json
import re

import pytest
from markdown import markdown

from mkdocs_annotate.hosts.extension import AnnotateExtension
from mkdocs_annotate.rendering.splice import without_annotations

TEXT = "# The bridge\n\nThe *old* bridge carries one lane.\n"
SIDECAR = "annotations:\n  - quote: old bridge\n    note: Built in 1794. “Said he.”\n    by: NG\n"
CONFIG = """
site_name: Drawn
site_url: https://example.org/notes
theme: {name: mkdocs, highlightjs: false}
markdown_extensions: [mkdocs_annotate: {exports: EXPORTS}]
"""
DRAWING = """
docs/a/bridge.md
| # The bridge
|
| The *old* bridge carries one lane.
docs/a/bridge.annotations.yml
| sources: {mill: {title: The mill, url: mill.md}}
| annotations:
|   - {quote: old bridge, note: Built in 1794., sources: mill}
docs/a/mill.md
| # The mill
docs/index.md
| # Home
docs/index.annotations.yml
| annotations: [{quote: Home, note: Built in 1794.}]
"""


def block(html):
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    (value,) = json.loads(text)
    return value


def convert(text=TEXT, extensions=(), **options):
    extension = AnnotateExtension(sidecar=SIDECAR, **options)
    return markdown(text, extensions=[*extensions, extension])


def test_with_python_markdown_alone_ids_hold_inside_the_page():
    html = convert(exports=["schema-org"], people={"NG": "Nell Gow"})

    value = block(html)
    assert (value["headline"], "url" in value) == ("The bridge", False)
    (comment,) = value["comment"]
    assert comment["author"]["name"] == "Nell Gow"
    assert f'id="{comment["@id"][1:]}"' in html
    assert without_annotations(html) == markdown(TEXT)
    assert "rel=" not in html


def test_data_do_not_widen_a_page_of_one_byte_a_character():
    assert convert(exports="schema-org").isascii()
    assert (
        "“Said he.”" in convert(TEXT + "\n— Брід\n", exports="schema-org").partition("<script")[2]
    )


@pytest.mark.parametrize(
    ("text", "extensions", "title"),
    [
        ("title: A bridge\n\nThe old bridge.", ["meta"], "A bridge"),
        ("The old bridge.", [], "article"),
        ("The old bridge.\n\n## Its  piers\n", [], "Its piers"),
    ],
)
def test_a_headline_is_the_first_heading_or_the_title_or_the_name_of_the_file(
    text, extensions, title
):
    assert block(convert(text, extensions, exports="schema-org"))["headline"] == title


def test_without_the_option_nothing_is_there():
    assert "ld+json" not in convert()


def test_where_nobody_writes_files_they_are_told_of_once_and_not_linked(draw):
    site = draw(DRAWING, CONFIG.replace("EXPORTS", "true"))

    built = site.build()

    (line,) = (line for line in built.lines if "exports" in line)
    assert "nothing here writes the files of `exports`: web-annotation, csl; write `exports" in line
    assert 'rel="alternate"' not in built.html()
    assert block(built.html())["url"] == "https://example.org/notes/"


@pytest.mark.zensical
def test_zensical_and_mkdocs_put_the_same_into_a_page(draw):
    # MkDocs would tell that no page has a stylesheet.
    site = draw(DRAWING, CONFIG.replace("EXPORTS", "schema-org, rules: {host-setup: info}"))
    pages = ("index.html", "a/bridge/index.html")
    expected = [block(site.build(strict=True).html(page)) for page in pages]
    site.configure(site.config.replace("theme: {name: mkdocs, highlightjs: false}", ""))

    done = site.run("zensical", "build", "--clean")

    assert done.returncode == 0, done.stdout + done.stderr
    assert [block((site.root / "site" / page).read_text("utf-8")) for page in pages] == expected
    assert expected[1]["citation"][0]["url"] == "https://example.org/notes/a/mill/"
    index = (site.root / "site/search.json").read_text("utf-8")
    assert "carries one lane" in index
    assert "schema.org" not in index
