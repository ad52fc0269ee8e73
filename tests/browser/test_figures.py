"""What good reading comes down to in figures, measured on the demos as the wheel renders them."""

from pathlib import Path

import pytest

MEASURES = (Path(__file__).parent / "measures.js").read_text("utf-8")
ARTICLES = ["harbour-column", "leap-second", "mit-licence", "harbour-column-in-full"]


def measured(page, name):
    """Return what the measure called `name` finds on a page."""
    return page.evaluate(f"(() => {{ {MEASURES}; return measures.{name}(); }})()")


def demo(reader, article, width=1440, **settings):
    return reader(width, reduced_motion="reduce", **settings).open(f"demo/demo/{article}/")


@pytest.mark.parametrize("article", ARTICLES)
def test_notes_stand_beside_their_passages(reader, article):
    found = measured(demo(reader, article), "margin")

    assert found["notes"] >= 8
    assert found["beside"] >= 0.9 * found["notes"]
    assert found["median"] <= 60
    assert found["max"] <= 250
    assert found["overlaps"] == 0
    assert found["hole"] <= 20


@pytest.mark.parametrize(("width", "most"), [(1440, 330), (390, 420)])
@pytest.mark.parametrize("article", ARTICLES)
def test_the_article_begins_high_on_its_page(reader, article, width, most):
    assert measured(demo(reader, article, width), "firstLine") <= most


@pytest.mark.parametrize("article", ARTICLES)
def test_a_page_has_one_leading(reader, article):
    assert len(measured(demo(reader, article), "leadings")) == 1


@pytest.mark.parametrize("width", [1440, 820, 390])
@pytest.mark.parametrize("article", ARTICLES)
def test_no_reference_stands_before_punctuation_or_begins_a_line(reader, article, width):
    assert measured(demo(reader, article, width), "strays") == []


@pytest.mark.parametrize("width", [1440, 640, 430, 390, 350])
@pytest.mark.parametrize("path", ["bare/japanese/", "bare/arabic/"])
def test_so_it_is_in_other_scripts(reader, path, width):
    page = reader(width, reduced_motion="reduce").open(path)

    assert measured(page, "strays") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["demo/demo/harbour-column/", "material/", "readthedocs/"])
def test_words_of_ours_can_be_read_on_what_is_behind_them(reader, theme, scheme):
    page = reader(color_scheme=scheme, reduced_motion="reduce").open(theme)

    assert min(measured(page, "contrasts").values()) >= 4.5


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("#f8f8f2", "#282a36"),
        ("#b6b9c9", "#414558"),  # as the theme dracula has them
        ("#839496", "#002b36"),
        ("#333", "#eee8d5"),
    ],
)
def test_so_they_can_in_a_theme_that_never_says_whether_it_is_dark(reader, text, ground):
    page = reader(reduced_motion="reduce").open("bare/")
    page.evaluate(
        """([text, ground]) => {
          for (const element of document.querySelectorAll("html, body, main"))
            Object.assign(element.style, {color: text, background: ground, colorScheme: "normal"});
        }""",
        [text, ground],
    )

    assert min(measured(page, "contrasts").values()) >= 4.5


def test_what_reader_modes_show_is_parted_from_the_article_s_words(reader):
    page = demo(reader, "harbour-column")

    words = page.locator(".ann-body").evaluate("e => e.textContent")

    assert "smuggled\N{NARROW NO-BREAK SPACE}loaded language\N{NO-BREAK SPACE}2 into" in words


def test_what_is_copied_carries_few_styles_with_it(reader):
    page = demo(reader, "harbour-column-in-full", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.ann-body'))")
    page.keyboard.press("Control+c")

    html = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return (await item.getType("text/html")).text();
        }"""
    )

    assert "voted eleven to seven" in html
    assert len(html) < 60_000
