"""What each reader of a page must load is bounded, and works as it is packed."""

import gzip

import pytest


@pytest.mark.parametrize(("name", "ceiling"), [("annotate.css", 4_864), ("annotate.js", 2_944)])
def test_what_is_loaded_stays_small(packed, name, ceiling):
    assert len(gzip.compress(packed[name], 9)) <= ceiling


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


def test_what_makes_stylesheets_smaller_keeps_nested_rules(smaller, reader):
    page = reader().page

    assert page.evaluate(RULES, smaller[".css"](NESTED)) == page.evaluate(RULES, NESTED)
