"""What the documentation says of quotes that match and that don't is what happens."""

import json
import re
from pathlib import Path

import markdown
import pytest

from mkdocs_annotate.hosts.extension import AnnotateExtension

WHY = (Path(__file__).parents[2] / "site/why.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \| (marked|not marked)(?:: .*)? \|$", WHY, re.M)
CASES = [
    pytest.param(quote, article, outcome == "marked", id=f"{quote} in {article}")
    for quote, articles, outcome in ROWS
    for article in articles.replace(", with a ligature", "").split(", ")
]


def test_there_are_examples_of_both():
    assert {marked.values[2] for marked in CASES} == {True, False}


@pytest.mark.parametrize(("quote", "article", "marked"), CASES)
def test_the_table_of_what_is_marked_is_what_happens(quote, article, marked):
    # A JSON text is one of YAML, whatever signs it holds.
    sidecar = f"annotations:\n  - quote: {json.dumps(quote)}\n    note: A note.\n"
    extension = AnnotateExtension(sidecar=sidecar, panel=False)

    html = markdown.markdown(f"Somebody said {article} here.", extensions=[extension])

    assert ('class="ann-m ' in html) is marked
    assert bool(extension.problems) is not marked
