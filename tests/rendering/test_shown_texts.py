import re

import pytest

from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.page_elements import (
    hidden_ids,
    page_words,
    shown_texts,
    without_hidden,
    without_listed,
)
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.sidecar.decoding import parse_sidecar

ARTICLE = "<h1>The vault</h1>\n<p>Its code is <b>4711</b>, and it stands in the cellar, so.</p>"
SIDECAR = """
article: {backstory: We went there.}
sources: {plan: {title: A plan}, ledger: {title: The ledger}}
annotations:
  - {quote: 4711, kind: opinion, note: A birthday., sources: ledger}
  - {quote: in the cellar, note: Below the stairs., sources: plan}
  - {quote: stands in, kind: prediction}
"""


@pytest.fixture(scope="module")
def page():
    sidecar, problems = parse_sidecar(SIDECAR, "a.annotations.yml")
    assert not problems
    return render_page(ARTICLE, "", sidecar, Site(), Presentation(), lambda _: None).html


CODE, CELLAR, STANDS = "ann-4711", "ann-in-the-cellar", "ann-stands-in"


def test_a_page_shows_passages_notes_sources_and_what_is_said_about_it(page):
    texts = shown_texts(page)

    assert texts[CODE] == "4711"
    assert texts[CELLAR] == "in the cellar"
    assert texts[STANDS] == "stands in"
    assert "A birthday." in texts[f"{CODE}--note"]
    assert "Back to text" not in texts[f"{CODE}--note"]
    assert "A plan" in texts["ann--source-plan"]
    assert "We went there." in texts["ann--panel"]


def hidden(page, old, new):
    changed = page.replace(old, new)
    assert changed != page
    return hidden_ids(shown_texts(page), shown_texts(changed))


def test_who_hides_a_passage_hides_its_note_and_the_other_way_round(page):
    both = {CODE, f"{CODE}--note"}

    assert hidden(page, "<b>", '<b style="">') == frozenset()
    assert both <= hidden(page, "4711", "[hidden]")
    assert hidden(page, "A birthday.", "[hidden]") == both
    assert CELLAR not in hidden(page, "4711", "[hidden]")


PANEL = "ann--panel"


@pytest.mark.parametrize(
    "said", ["An interview", "Anna Maria", "The 4th of May", "We went there.", "Bea Cole"]
)
def test_who_hides_what_is_said_about_an_article_hides_all_of_that(said):
    sidecar, problems = parse_sidecar(
        """
article:
  backstory: We went there.
  based_on: talk
  corrections: [{date: 2026-05-04, text: The 4th of May.}]
sources: {talk: {title: An interview, author: Anna Maria}}
annotations:
  - {quote: 4711, kind: opinion, note: A birthday., by: Bea Cole}
""",
        "a.annotations.yml",
    )
    assert not problems
    page = render_page(ARTICLE, "", sidecar, Site(), Presentation(), lambda _: None).html

    assert PANEL in hidden(page, said, "[hidden]")
    assert PANEL not in hidden(page, "A birthday.", "[hidden]")


def test_the_list_of_all_passages_says_nothing_about_the_article_as_a_whole(page):
    assert PANEL not in hidden(page, '<q dir="auto">4711</q>', "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the cellar</", "the cellar <small>(a room below)</small></"),
        ("the cellar</", "the&nbsp;\ncellar</"),
        ("Below the stairs.", "Below the “stairs”, it is…"),
        (' class="', ' data-x="1" class="'),
    ],
)
def test_words_that_are_put_in_and_other_signs_hide_nothing(page, old, new):
    assert hidden(page, old, new) == frozenset()


def test_smaller_pages_show_the_same(page):
    smaller = re.sub(r'="([\w-]+)"', r"=\1", re.sub(r"<!--.*?-->|</li>", "", page))

    assert hidden_ids(shown_texts(page), shown_texts(smaller)) == frozenset()


def test_other_pages_show_nothing(page):
    before = shown_texts(page)

    assert hidden_ids(before, {}) >= before.keys()
    assert hidden_ids({}, {}) == frozenset()


def test_our_blocks_say_no_more_of_what_is_hidden(page):
    left = without_hidden(page, frozenset({CODE, f"{CODE}--note"}))

    links = re.findall(r'href="#(ann-4711[\w-]*)"', left)
    # The number in the article is whose the article is.
    assert links == ["ann-4711--note"]
    assert left.count("4711") < page.count("4711")
    assert f'href="#{CELLAR}"' in left
    assert without_hidden(page, frozenset()) is page


def test_the_speaker_of_a_hidden_passage_is_in_no_list():
    source = "annotations: [{quote: 4711, kind: opinion, voice: quoted, speaker: Quillon Frome}]"
    sidecar, problems = parse_sidecar(source, "a.annotations.yml")
    assert not problems
    page = render_page(ARTICLE, "", sidecar, Site(), Presentation(), lambda _: None).html
    listed = re.compile(r'<li><a href="#ann-4711">.*?Quillon Frome.*?</li>')
    assert listed.search(page)

    for form in (page, page.replace("</li>", "")):
        left = without_hidden(form, frozenset({CODE}))
        assert '<a href="#ann-4711">' not in left
        assert left.count("Quillon Frome") == form.count("Quillon Frome") - 1
        assert "ann-legend" in left


def test_links_of_the_article_itself_stay(page):
    own = page.replace(" so.</p>", ' <a href="#ann-4711">so</a>.</p>')
    assert own != page

    assert '<a href="#ann-4711">so</a>' in without_hidden(own, frozenset({CODE}))


def test_places_of_one_passage_are_hidden_together():
    html = '<section class="ann-panel"><a href="#ann-x--2">x</a><a href="#ann-y--2">y</a></section>'

    assert without_hidden(html, frozenset({"ann-x"})) == (
        '<section class="ann-panel"><a href="#ann-y--2">y</a></section>'
    )


def test_lists_lose_hidden_entries_and_what_is_not_for_search():
    html = '<ol><li id="a"><p>A</p></li><li id="b">B<b data-search-exclude>1</b></li></ol>'

    assert without_listed(html, frozenset({"a"})) == '<ol><li id="b">B</li></ol>'


def test_the_words_of_a_page_are_those_of_the_article_without_numbers(page):
    words = page_words(page)

    assert "Its code is 4711 and it stands in the cellar so" in words
