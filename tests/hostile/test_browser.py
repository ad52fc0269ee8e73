"""Hostile notes and texts in a real browser: nothing runs, nothing is loaded from elsewhere.

The pages are built with the wheel, in MkDocs' theme and in Material; each is visited with its notes
opened, every event fired and every link of a script clicked; then the search is opened and used.
"""

import pytest
from drivers.browsing import THEMES, built, drawn_entries, entries, pages, served, visited
from drivers.corpus import CALL

ON_A_PAGE = 30
"""Annotations on one page of the suite, so that all of them are on fewer than twenty pages."""

MANY, ON_A_LONG_PAGE = 12_000, 300
"""Payloads drawn for the long run, and how many of them are on one page."""


def attack(tmp_path, browser, packed, theme, drawn, width):
    """Build and visit pages; return what the visitor met."""
    with served(tmp_path) as url:
        addresses = built(tmp_path, theme, url, drawn, packed)
        return visited(browser, addresses, width, theme)


def harmless(visit):
    assert visit.ran == []
    assert visit.odd == []
    assert visit.elsewhere == []


def test_all_entries_are_on_few_pages():
    drawn = list(pages(entries(), ON_A_PAGE))

    assert (len(drawn) + 1) * len(THEMES) <= 20
    assert sum(CALL in sidecar for _, sidecar in drawn) > 2


# On a wide page notes stand in the margin, on a narrow one they are opened over it.
@pytest.mark.parametrize(("theme", "width"), [("mkdocs", 390), ("material", 1440)])
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(tmp_path, browser, packed, theme, width):
    drawn = pages(entries(), ON_A_PAGE)

    visit = attack(tmp_path, browser, packed, theme, drawn, width)

    assert visit.marked > 0.7 * len(entries())
    assert visit.found > 10
    harmless(visit)


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_of_many_runs(tmp_path, browser, packed, theme, width):
    drawn = pages(drawn_entries(MANY, f"{theme} {width}"), ON_A_LONG_PAGE)

    visit = attack(tmp_path, browser, packed, theme, drawn, width)

    assert visit.marked > 0.5 * MANY
    harmless(visit)


@pytest.mark.parametrize(
    ("page", "noticed"),
    [
        (f"<img src=x onerror={CALL}>", "ran"),
        (f"<div onmouseover={CALL}>x</div>", "ran"),
        ("<div onmouseover=alert(1)>x</div>", "ran"),
        (f'<p class="ann"><a href="javascript:{CALL}">x</a></p>', "ran"),
        (f'<p class="ann"><a href="javascript:{CALL}">x</a></p>', "odd"),
        ("<img src=https://elsewhere.example/x.png>", "elsewhere"),
    ],
)
def test_a_visitor_notices_what_runs_and_what_is_loaded(tmp_path, browser, page, noticed):
    with served(tmp_path) as url:
        (tmp_path / "served" / "index.html").write_text(page, "utf-8")
        visit = visited(browser, [f"{url}/"], 400)

    assert getattr(visit, noticed)
