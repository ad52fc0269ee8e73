"""Where the panel and the lists stand around an article."""

import html5lib
import pytest

from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.rendering.frame import PageBlocks, frame
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.rendering.splice import spliced, without_annotations

CASES = {
    "a title that begins the article": ("<h1>T</h1>|<p>a</p>", False),
    "a lead behind it": ("<h1>T</h1><p>a</p>|<p>b</p>", True),
    "a title in a section": ("<section><h1>T</h1>|<p>a</p></section>", False),
    "a lead in a section": ("<section><h1>T</h1><p>a</p>|<p>b</p></section>", True),
    "a title in a header behind breadcrumbs": (
        "<nav><ul><li><a>x</a></li></ul></nav><div><header><h1>T</h1>|<p>by</p></header></div>",
        False,
    ),
    "a title in a list": ("|<ul><li><h1>T</h1></li></ul>", False),
    "a title in a link": ("|<a href=x><h1>T</h1></a>", False),
    "a title in a table": ("|<table><tr><td><h1>T</h1></td></tr></table>", False),
    "no title": ("|<h2>T</h2><p>a</p>", False),
    "a title that is never closed": ("|<section><h1>T", False),
}


@pytest.mark.parametrize("case", CASES)
def test_the_panel_stands_behind_the_first_title(case):
    pattern, lead = CASES[case]
    html = pattern.replace("|", "")
    panel = "<section class=ann-panel></section>"

    blocks = PageBlocks(marked=True, panel=panel, notes="<p>L</p>")
    look = Presentation(panel="lead" if lead else "top")
    around = frame(project(html), blocks, look, margin=False)
    made = spliced(html, ((offset, text) for offset, _, text in around))

    assert without_annotations(made) == html
    behind = made.index(panel)
    assert without_annotations(made[:behind] + "<!--/ann-->") == pattern.partition("|")[0]
    tree = html5lib.parseFragment(made, namespaceHTMLElements=False)
    (frame_,) = [one for one in tree if one.get("class") == "ann"]
    assert len(list(frame_.iter("section"))) >= 1
    assert frame_.find(".//div[@class='ann-in']/p").text == "L" or "never closed" in case
