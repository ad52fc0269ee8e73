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


THEMES = [
    ("bare", "light"),
    ("bare", "dark"),
    ("mkdocs", "light"),
    ("mkdocs", "dark"),
    ("readthedocs", "light"),
    ("material", "light"),
    ("material", "dark"),
]


@pytest.mark.parametrize("width", [1440, 820, 390])
@pytest.mark.parametrize(("theme", "scheme"), THEMES, ids="-".join)
def test_axe_finds_nothing(reader, theme, scheme, width):
    window = reader(width, color_scheme=scheme, reduced_motion="reduce")
    page = window.open(f"{theme}/")
    assert violations(page) == []

    page.locator('.ann-ref a[href$="#ann-berths--note"]').click()
    expect(page.locator(".ann-pop:popover-open, .ann-note.ann-on").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")

    page.locator('[data-ann-show="context"]').uncheck()
    page.evaluate("document.querySelectorAll('.ann details').forEach(e => { e.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize(("theme", "scheme"), THEMES, ids="-".join)
def test_axe_finds_nothing_at_the_end_of_a_deep_link(reader, theme, scheme):
    page = reader(color_scheme=scheme, reduced_motion="reduce").open(f"{theme}/#ann-settled")

    assert violations(page) == []


@pytest.mark.parametrize("path", ["bare/arabic/", "material/arabic/", "mkdocs/arabic/"])
def test_axe_finds_nothing_in_an_article_that_is_written_from_the_right(reader, path):
    assert violations(reader().open(path)) == []


@pytest.mark.parametrize(("theme", "scheme"), THEMES, ids="-".join)
def test_without_script_axe_finds_nothing_either(reader, theme, scheme):
    """The script that looks for faults is let in, ours is not."""
    window = reader(color_scheme=scheme, reduced_motion="reduce")
    window.page.route("**/annotate*.js", lambda route: route.fulfill(body=""))
    page = window.open(f"{theme}/")
    page.evaluate("document.querySelectorAll('.ann details').forEach(e => { e.open = true; })")

    assert violations(page) == []


def test_axe_sees_faults(reader):
    page = reader(width=800).open("bare/")
    page.evaluate(
        """() => {
          document.querySelector(".ann-count").style.color = "#bbb";
          document.querySelector(".ann-notes ol").setAttribute("aria-hidden", "true");
          document.querySelector(".ann-m").setAttribute("aria-label", "a name");
        }"""
    )

    rules = {rule for rule, _ in violations(page)}

    assert {"color-contrast", "aria-hidden-focus"} <= rules


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("theme", "scheme"), THEMES, ids="-".join)
def test_axe_finds_nothing_in_indexes(reader, theme, scheme, width):
    page = reader(width, color_scheme=scheme).open(f"{theme}/all/")

    assert page.locator(".ann-index").count() == 5
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
