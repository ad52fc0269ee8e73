import re
from html import unescape
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.rendering.notes import NoteRenderer
from mkdocs_annotate.rendering.other_forms import (
    book_form,
    page_form,
    published_form,
    reader_form,
)
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.sidecar.decoding import parse_sidecar

ADDRESS = "https://example.org/bridge/"
HTML = (
    '<h1 id="b">The bridge</h1>\n<p>It carries three tonnes and <a href="../mill/">a mill</a>,'
    " says <em>nobody</em>.</p>\n<h2>Age</h2>\n<p>Old.</p>"
)
SIDECAR = """
article: {backstory: We counted.}
sources: {survey: {title: Survey, url: https://example.com/s}, map: {title: Map}}
annotations:
  - {quote: three tonnes, kind: opinion, note: "See [it](#b) and [the mill](/mill/).", sources: map}
  - {quote: nobody, note: A word., sources: survey}
  - {quote: Old, kind: prediction}
"""


def made(html=HTML, sidecar=SIDECAR, **look):
    """Return an annotated page, its form for readers elsewhere and what was left out of it."""
    decoded, problems = parse_sidecar(sidecar, "a.annotations.yml")
    assert not problems
    page = render_page(html, "", decoded, Site(), Presentation(**look), lambda link: link.address)
    form = reader_form(page.html, page.lists, "in-1-", lambda address: urljoin(ADDRESS, address))
    return page, form


def hrefs(html):
    return re.findall(r"""\shref=["']([^"']*)["']""", html)


def test_elsewhere_an_article_has_numbers_notes_and_sources_and_no_furniture():
    _, (form, _) = made()

    words = " ".join(unescape(re.sub("<[^>]*>", " ", form)).split())
    assert words.startswith("The bridge It carries three tonnes opinion")
    assert "A word." in words
    assert "Survey" in words
    assert not any(word in form for word in ("<input", "ann-panel", "ann-box", "We counted."))


def test_in_a_feed_links_of_ours_are_whole_and_those_of_the_article_as_they_were():
    _, (form, _) = made()

    found = hrefs(form)
    assert found.count("../mill/") == 1
    assert {f"{ADDRESS}#b", "https://example.org/mill/", f"{ADDRESS}#ann-nobody--note"} < {*found}
    assert all(href.startswith("https://") for href in found if href != "../mill/")


def test_in_a_book_ids_are_those_of_the_article_alone_and_links_lead_to_them():
    _, (form, furniture) = made()

    book = book_form(form, furniture)

    ids = re.findall(r"""\sid=["']([^"']*)["']""", book)
    own = [id_ for id_ in ids if id_ != "b"]
    assert all(id_.startswith("in-1-ann-") for id_ in own)
    inside = [href[1:] for href in hrefs(book) if href.startswith("#")]
    assert len(inside) > 6
    assert {*inside} <= {*ids}
    assert "/mill/" in hrefs(book)


@pytest.mark.parametrize(
    "look", [{}, {"panel": "lead"}, {"panel": "off"}, {"margin": "wide"}, {"preview": True}]
)
@pytest.mark.parametrize("sidecar", [SIDECAR, "annotations: [{quote: Old, kind: key-point}]\n"])
def test_the_page_comes_back_as_it_was(sidecar, look):
    sidecar = sidecar.replace("kind: key-point", "note: x")
    page, (form, furniture) = made(sidecar=sidecar, **look)

    assert page_form(book_form(form, furniture), furniture) == page.html


def test_a_page_that_only_has_a_panel_has_nothing_elsewhere_and_comes_back():
    page, (form, furniture) = made(sidecar="article: {type: news}\n")

    assert re.sub("<!--/?ann-->", "", form) == HTML
    assert page_form(book_form(form, furniture), furniture) == page.html


def test_what_others_change_meanwhile_stays_changed():
    _, (form, furniture) = made()
    book = book_form(form, furniture)
    for old, new in (("three", "3"), ("A word.", "[hidden]"), ("</h2>", "</h2><hr>")):
        assert old in book
        book = book.replace(old, new)

    page = page_form(f"<p>Before.</p>{book}", furniture)

    assert page.startswith('<p>Before.</p><!--ann--><div class="ann')
    assert "A word." not in page
    assert "[hidden]" in page
    assert "</h2><hr>" in page
    assert page.count("<div") == page.count("</div>")
    assert 'href="#ann-nobody--note"' in page
    assert "in-1-" not in page


def test_where_the_comments_of_frames_are_taken_out_all_else_is_there():
    _, (form, furniture) = made()
    bare = re.sub("<!--.*?-->", "", book_form(form, furniture), flags=re.DOTALL)

    page = page_form(bare, furniture)

    assert "ann-panel" not in page
    assert page.count("<div") == page.count("</div>")
    assert 'id="ann-nobody--note"' in page
    assert 'href="#ann-nobody--note"' in page


@pytest.mark.parametrize("own", ["<!--ann--><!--/ann-->", '<p id="in-1-x">x</p>'])
def test_a_page_that_looks_like_one_of_ours_is_the_same_everywhere(own):
    _, form = made(html=HTML + own)

    assert form is None


@given(st.text(st.sampled_from("ab <>&'\"=#-!/in1"), max_size=30))
def test_no_words_of_a_note_lead_astray(text):
    html = "<p>The old bridge.</p>"
    rendered = str(NoteRenderer(lambda link: link.address).render(text, None)) if text else ""
    sidecar = "annotations: [{quote: old, note: NOTE}]\n"
    page, _ = made(html=html, sidecar=sidecar)
    whole = page.html.replace("<p>NOTE</p>", rendered)
    lists = page.lists.replace("<p>NOTE</p>", rendered)

    form, furniture = reader_form(whole, lists, "in-1-", lambda one: urljoin(ADDRESS, one))

    assert page_form(book_form(form, furniture), furniture) == whole


HIDING = """
annotations:
  - {quote: three tonnes, kind: opinion, note: A view., by: Nell Abbot}
  - {quote: nobody, kind: prediction, note: A word., by: Nell}
  - {quote: Old, note: 1794., by: Ruth Pascoe}
  - {quote: mill, note: It stands., by: Ruth Pascoe}
"""


def panel_of(html):
    """Return what the line above an article says: authors, and counts by group."""
    signed = re.search('<p class="ann-signed">(.*?)</p>', html)
    counts = re.findall(r'data-ann-show="(\w+)"[^\n]*</span> (\d+)</label>', html)
    return re.sub("<[^>]*>", "", signed[1]) if signed else "", dict(counts)


@pytest.mark.parametrize(
    ("hidden", "signed", "counts", "kinds"),
    [
        ([], "Nell Abbot, Ruth Pascoe, Nell", {"opinion": "2", "context": "2"}, 3),
        (["nobody"], "Nell Abbot, Ruth Pascoe", {"opinion": "1", "context": "2"}, 2),
        (["three-tonnes"], "Ruth Pascoe, Nell", {"opinion": "1", "context": "2"}, 2),
        (["mill"], "Nell Abbot, Ruth Pascoe, Nell", {"opinion": "2", "context": "1"}, 3),
        (["mill", "old"], "Nell Abbot, Nell", {"opinion": "2"}, 2),
        (["three-tonnes", "nobody", "mill", "old"], "", {}, 0),
    ],
)
def test_what_a_page_hides_is_neither_counted_nor_named_by_our_blocks(
    hidden, signed, counts, kinds
):
    page = made(sidecar=HIDING)[0].html
    ids = frozenset(f"ann-{key}{end}" for key in hidden for end in ("", "--note"))

    published = published_form(page, ids)

    name, found = panel_of(published)
    assert name.removeprefix("Annotated by ") == signed
    assert found == counts
    assert published.count("<dt>") == kinds
    assert ("ann-list" in published) == ("opinion" in counts)
    assert (published == page) == (not hidden)


def test_one_author_of_all_notes_is_named_as_long_as_one_is_shown():
    alone = HIDING.replace("Nell Abbot", "Nell").replace("Ruth Pascoe", "Nell")
    page = made(sidecar=alone)[0].html
    ids = [
        f"ann-{key}{end}"
        for key in ("three-tonnes", "nobody", "mill", "old")
        for end in ("", "--note")
    ]

    assert panel_of(published_form(page, frozenset(ids[:6])))[0] == "Annotated by Nell"
    assert panel_of(published_form(page, frozenset(ids)))[0] == ""
