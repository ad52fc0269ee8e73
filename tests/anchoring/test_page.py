"""A page prepared for searching."""

import pytest

from mkdocs_annotate.anchoring.form import fold
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.string_search import LEAST_EXPECTED
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


def test_forms_are_those_of_the_text_and_of_the_source(page):
    assert page.form == fold(page.text)
    assert page.source_form == fold("# Über *Ferries*")
    assert page.has_source
    assert not Page(project(HTML)).has_source


def test_what_is_prepared_is_made_once(page):
    assert page.form is page.form
    assert page.letters is page.letters
    assert page.near is page.near
    assert page.alignment is page.alignment


def test_the_source_is_read_as_it_shows():
    page = Page(project("<p>AT&amp;T ©</p>"), "AT&amp;T (c)")

    assert page.source == "AT&T ©"


def test_many_searches_are_prepared_for():
    page = Page(project("<p>so it is, so it was</p>"), "so it is, so it was")
    page.expect(Words(f"so it w{number}") for number in range(LEAST_EXPECTED))

    assert page.form.finder.places == {"it": [3, 13]}
    assert page.source_form.finder.places == {"it": [3, 13]}
    assert len(page.places(Words("so it")).ranges) == 2


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


def test_the_second_reading_has_what_is_usually_passed_over():
    page = Page(project('<p>a<a class="headerlink">¶</a> b</p>'))

    assert page.text == "a b"
    assert page.second_reading.folded.text == "a¶ b"
    assert Page(project("<p>a b</p>")).second_reading is None


def test_a_gap_is_where_one_block_ends_and_another_begins():
    page = Page(project("<p>a b</p><p>c</p>"))

    assert [at for at in range(len(page.text) + 1) if page.is_gap(at)] == [page.text.index("\n")]
    assert not Page(project("")).is_gap(0)


FORMULA = '<p>so <span class="arithmatex"> a + b </span> is <button>B</button></p>'


def test_places_inside_a_formula_are_known():
    page = Page(project(FORMULA))
    start, end = page.text.index("a + b"), page.text.index("a + b") + 5

    assert page.inside(start) is None
    assert page.inside(end) is None
    assert page.inside(start + 2) == Range(start, end)
    assert page.cuts_whole(Range(start, start + 1))
    assert page.cuts_whole(Range(start + 1, end))
    assert not page.cuts_whole(Range(start, end))
    assert not page.cuts_whole(Range(0, len(page.text)))
    assert Page(project("<p>a</p>")).inside(0) is None
    assert Page(project("<button>a b</button>")).inside(-1) is None


@pytest.mark.parametrize(
    ("html", "words", "markable"),
    [
        ("<p>plain words</p>", "words", True),
        ("<p>a &amp; b</p>", "&", True),
        ('<p>so <span class="arithmatex">a + b</span> is</p>', "a + b", True),
        ('<p>so <span class="arithmatex"> a + b </span> is</p>', "a + b", True),
        ('<p>so <span class="arithmatex">a + b</span> is</p>', "a +", False),
        ("<p>a b</p>", " ", False),
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
