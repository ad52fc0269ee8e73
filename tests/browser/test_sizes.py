"""What each reader of a page must load is bounded; what packs it keeps what it says."""

import gzip
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NESTED = """
.a { & :hover { color: red } .b:has(> i) & { margin: 0 } & :is(p, q) :focus { color: blue } }
@container ann (width > 30em) { .a { inset: anchor(--n top) auto auto 0 } }
"""
RULES = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    const told = rule => [rule.selectorText, rule.conditionText, rule.style?.length > 0,
        [...rule.cssRules ?? []].map(told)];
    return [...sheet.cssRules].map(told);
}"""


@pytest.mark.parametrize(
    ("name", "kilobytes"),
    [("annotate.css", 4.7), ("annotate.js", 3.6), ("annotate-index.css", 1.0)],
)
def test_what_is_loaded_stays_small(packed, name, kilobytes):
    shipped = (packed / "mkdocs_annotate" / "assets" / name).read_bytes()

    assert len(gzip.compress(shipped, 9)) <= kilobytes * 1_024


def test_what_makes_stylesheets_smaller_keeps_nested_rules(reader):
    smaller = runpy.run_path(str(ROOT / "hatch_build.py"))["SMALLER"]
    page = reader().page

    assert page.evaluate(RULES, smaller[".css"](NESTED)) == page.evaluate(RULES, NESTED)
