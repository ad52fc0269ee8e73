"""axe-core finds nothing in what is ours, in each theme, light and dark, wide and narrow."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page: Page) -> list[tuple[str, str]]:
    """Return what is wrong with our part of the page: the rule, and where it is broken."""
    found: dict[str, Any] = Axe().run(page, ".ann", OPTIONS).response
    assert found["passes"], "no rule was applied"
    return [(each["id"], node["html"]) for each in found["violations"] for node in each["nodes"]]


@pytest.mark.parametrize(
    ("theme", "scheme"),
    [
        ("bare", "light"),
        ("bare", "dark"),
        ("mkdocs", "light"),
        ("mkdocs", "dark"),
        ("readthedocs", "light"),
        ("material", "light"),
        ("material", "dark"),
    ],
)
def test_axe_finds_nothing(reader, theme, scheme):
    window = reader(color_scheme=scheme, reduced_motion="reduce")
    page = window.open(f"{theme}/#ann-settled")
    page.evaluate("document.querySelectorAll('.ann details').forEach(e => { e.open = true; })")
    assert violations(page) == []

    page.set_viewport_size({"width": 390, "height": 900})
    page.locator('[data-ann-show="context"]').uncheck()
    page.locator('.ann-ref a[href$="#ann-berths--note"]').click()
    expect(page.locator(".ann-pop:popover-open")).to_be_visible()
    assert violations(page) == []


def test_axe_sees_faults(reader):
    page = reader(width=800).open("bare/")
    page.evaluate(
        """() => {
          document.querySelector(".ann-defn").style.color = "#bbb";
          document.querySelector(".ann-notes ol").setAttribute("aria-hidden", "true");
          document.querySelector(".ann-m").setAttribute("aria-label", "a name");
        }"""
    )

    rules = {rule for rule, _ in violations(page)}

    assert {"color-contrast", "aria-hidden-focus"} <= rules
