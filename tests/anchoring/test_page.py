"""A page prepared for searching."""

import pytest
from mkdocs_annotate.anchoring.normalisation import Level, fold

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range

HTML = """<h1 id="top">Über <em>Ferries</em></h1>
<p>One.</p>
<h2>Winter</h2>
<p>Two.</p>
<h3 id="Ice">Ice &amp; snow</h3>
<p>Three.</p>
<h2 id="ice">Winter</h2>
<p>Four.</p>
"""


@pytest.fixture(scope="module")
def page():
    return Page(project(HTML), "# Über *Ferries*")


def sections(page, name):
    """Return the sections of a name, each as one line."""
    return [" ".join(page.text[one.start : one.end].split()) for one in page.sections(name)]


def test_each_fold_is_that_of_the_text(page):
    assert page.typography == fold(page.text, Level.TYPOGRAPHY)
    assert page.letters == fold(page.text, Level.LETTERS)
    assert page.words == fold(page.text, Level.WORDS)
    assert page.source_typography == fold("# Über *Ferries*", Level.TYPOGRAPHY)


def test_folds_are_made_once(page):
    assert page.letters is page.letters
    assert page.unabridged is page.unabridged


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("top", ["Über Ferries One. Winter Two. Ice & snow Three. Winter Four."]),
        ("ÜBER ferries", ["Über Ferries One. Winter Two. Ice & snow Three. Winter Four."]),
        ("Winter", ["Winter Two. Ice & snow Three.", "Winter Four."]),
        ("#ice", ["Ice & snow Three.", "Winter Four."]),
        ("### Ice & snow", ["Ice & snow Three."]),
        ("Ice", ["Ice & snow Three.", "Winter Four."]),
        ("Summer", []),
        ("", []),
        ("#", []),
    ],
)
def test_a_section_goes_to_the_next_heading_of_its_level_or_above(page, name, found):
    assert sections(page, name) == found


def test_the_heading_above_a_place_is_the_last_before_it(page):
    assert page.heading_above(page.text.index("One")) == "Über Ferries"
    assert page.heading_above(page.text.index("Three")) == "Ice & snow"
    assert Page(project("<p>One</p><h1>Two</h1>")).heading_above(1) == ""


def test_near_text_is_in_lower_case_place_by_place():
    page = Page(project("<p>STRASSE “Straße” İki İş</p>"))

    assert page.near_text == 'strasse "straße" iki iş'
    assert page.word_places == {"strasse": [0], "straße": [9], "iki": [17], "iş": [21]}
    assert Page(project("<p>The ferry, the ferry</p>")).word_places == {
        "the": [0, 11],
        "ferry": [4, 15],
    }


def test_the_unabridged_page_has_what_is_usually_passed_over():
    page = Page(project('<p>a<a class="headerlink">¶</a> b</p>'))

    assert page.text == "a b"
    assert page.unabridged.text == "a¶ b"


@pytest.mark.parametrize(
    ("html", "words", "markable"),
    [
        ("<p>plain words</p>", "words", True),
        ("<p>a &amp; b</p>", "&", True),
        ('<p>so <span class="arithmatex">a + b</span> is</p>', "a + b", True),
        ('<p>so <span class="arithmatex"> a + b </span> is</p>', "a + b", True),
        ('<p>so <span class="arithmatex">a + b</span> is</p>', "a +", False),
        ('<p>so <span class="arithmatex">a + b</span> is</p>', "b is", True),
        ('<p>so <span class="arithmatex">a + b</span> is</p>', "so a", True),
        ('<p><span class="arithmatex">a</span> <button>b c</button></p>', "a b", True),
        ('<p><span class="arithmatex">a d</span> <button>b c</button></p>', "d b", False),
        ("<p>x <button>Copy me</button></p>", "me", False),
        ('<div class="arithmatex">a + b</div>', "a + b", False),
        ('<div class="arithmatex">a + b</div><p>c</p>', "b\nc", True),
        ('<div class="mermaid">a</div><div class="mermaid">b</div>', "a\nb", False),
    ],
)
def test_what_can_be_marked(html, words, markable):
    page = Page(project(html))
    start = page.text.index(words)

    assert page.markable(Range(start, start + len(words))) is markable
