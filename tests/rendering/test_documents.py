"""Where the parts of a document are, as browsers read it: html5lib is the witness."""

import re
import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.rendering.documents import read_document
from mkdocs_annotate.rendering.selectors import USUAL_ARTICLES, parse_selectors

USUAL = parse_selectors(USUAL_ARTICLES)
XHTML = "{http://www.w3.org/1999/xhtml}"


def article_of(html, selectors=USUAL_ARTICLES):
    document = read_document(html, parse_selectors(selectors))
    place = document.article
    return None if place is None else html[place.start : place.end]


@pytest.mark.parametrize(
    ("html", "article"),
    [
        ("<body><article>a<p>b</article>c", "a<p>b"),
        ("<BODY><ARTICLE CLASS=x>a</ARTICLE >c</BODY>", "a"),
        ("<article>a</article><article>b</article><main>c</main>", "c"),
        ("<main><article>a</article><article>b</article></main>", None),
        ("<div role=main>a<div>b</div>c</div>d", "a<div>b</div>c"),
        ("<div class='x vp-doc'>a</div>", "a"),
        (
            "<article><nav>n</nav><div class=theme-doc-markdown>a</div>b</article>",
            "a",
        ),
        ("<p>a", "<p>a"),
        ("<!doctype html><title>t</title>\n<h1>a</h1>", "<h1>a</h1>"),
        ("<html><head><title>t</title></head><body>a</body></html>\n", "a"),
        ("<html><head></head>\n<body>a", "a"),
        ("\ufeff<p>a</p>", "<p>a</p>"),
        ("<?xml version='1.0'?><html><body>a</body></html>", "a"),
        ("<title><article>t</article></title><article>a</article>", "a"),
        ("<script>'<article>'</script><!-- <article> --><article>a</article>", "a"),
        ("<template><article>t</article></template><article>a</article>", "a"),
        ("<svg><title>x</title><a></a></svg><main>a</main>", "a"),
        (
            "<article>a<table><tr><td>b</article>c</table>d</article>e",
            "a<table><tr><td>b</article>c</table>d",
        ),
        ("<b><article>a</b>c</article>d", "a</b>c"),
        ("<article>a</main></section>b</article>c", "a</main></section>b"),
        ("<main><article>a</main>b", "a"),
        ("<article>a", "a"),
        ("<article>a</body></html>", "a"),
        ("<x-doc class=content>a<x-doc>b</x-doc>c</x-doc>d", "a<x-doc>b</x-doc>c"),
    ],
)
def test_the_article_is_what_browsers_have_in_the_first_element_that_is_the_only_one(html, article):
    if article is None:
        article = "<article>a</article><article>b</article>"

    assert article_of(html) == article


def test_a_list_that_fits_nothing_or_more_than_one_gives_no_article():
    document = read_document("<p class=a>x<p class=a>y", parse_selectors(".a, #b, nav"))

    assert document.article is None
    assert document.counts == (2, 0, 0)


@pytest.mark.parametrize(
    ("html", "unclosed"),
    [
        ("<article>a</article><select>b", ""),
        ("<article>a<select>b</article>c", "select"),
        ("<article>a<select><option>b</select></article>c", ""),
        ("<article>a<object>b</article>c", "object"),
        ("<article>a<template>b</article>c", "template"),
        ("<article>a<div>b<ul><li>c</article>d", ""),
        ("<article>a<plaintext>b</plaintext></article>", "plaintext"),
        ("<title>t</title><plaintext><article>a</article>", "plaintext"),
        ("<article>a<script>b</article>", "script"),
        ("<article>a</article><script>b</body>", ""),
        ("<title>t</title><p>a<textarea>b", "textarea"),
        ("<article>a<a href='b</article>", "a"),
        ("<article>a<!-- b</article>", ""),
        ("<article>a</article", ""),
        ("<article>a</article></body", ""),
    ],
)
def test_what_is_never_closed_and_takes_in_what_follows_is_named(html, unclosed):
    assert read_document(f"<!DOCTYPE html>{html}", USUAL).unclosed == unclosed


def test_tags_of_other_pages_change_nothing():
    one, other = "<x-y>a</x-y><x-y class=content>b<x-y>c</x-y></x-y>d", "<x-y>a</x-y><main>b</main>"

    before = [article_of(html) for html in (one, other)]
    assert before == [article_of(html) for html in (one, other)] == ["b<x-y>c</x-y>", "b"]


def test_frames_have_no_article():
    document = read_document("<frameset><frame src=a></frameset>", USUAL)

    assert document.article is None
    assert document.frames


@pytest.mark.parametrize(
    ("html", "head"),
    [
        ("<html><head><title>t</title>|</head><body>", "|"),
        ("<html><HEAD><title>t</title>|</HEAD><body>", "|"),
        ("<title>t</title>|<p>x", "|"),
        ("<html><head><title>t</title>|<body>x", "|"),
        ("<!doctype html>|x", "|"),
        ("<head><meta charset=utf-8>|<link rel=stylesheet href=a><style></style></head>", "|"),
        ("<head><meta charset=utf-8><script></script>|<style></style></head>", "|"),
        ("<head><style></style><meta charset=utf-8>|</head>", "|"),
        ("<head><noscript><style></style></noscript>|</head><body><style></style>", "|"),
    ],
)
def test_what_is_put_into_the_head_stands_before_its_stylesheets_and_behind_its_encoding(
    html, head
):
    plain = html.replace(head, "")

    assert read_document(plain, USUAL).head == html.index(head)


def test_language_and_base_are_those_that_browsers_take():
    document = read_document(
        "<html LANG='de&#45;AT'><base target=a><base href='/x/'><base href=y>", USUAL
    )

    assert (document.language, document.base) == ("de-AT", "/x/")


PIECES = """<article> </article> <main> </main> <section> </section> <div> </div> <p> </p> <b> </b>
<i> </i> <a> </a> <ul> <li> </ul> </li> <h1> </h1> <br> <x-y> </x-y> </span> <em> </form>""".split()


@given(st.lists(st.sampled_from([*PIECES, "word"]), max_size=14))
@settings(deadline=None, max_examples=600)
def test_whatever_is_open_and_closed_the_words_of_the_article_are_those_of_the_browser(pieces):
    html = "<!doctype html><body>"
    for number, piece in enumerate(pieces):
        html += f" w{number} " if piece == "word" else piece
    tree = html5lib.parse(html)
    articles = list(tree.iter(f"{XHTML}article"))
    found = read_document(html, parse_selectors("article"))

    assert found.counts == (len(articles),)
    if len(articles) == 1:
        theirs = re.findall(r"w\d+", "".join(articles[0].itertext()))
        ours = re.findall(r"w\d+", html[found.article.start : found.article.end])
        assert ours == theirs


@pytest.mark.parametrize(
    "pattern",
    [
        "<section><td>{0}<div>{1}</section>",
        "<x-b><div>{0}<x-a>{1}</x-b>",
        "<table>{0}<div>{1}</td>",
        "{0}<p>{1}</p>",
        "{0}<svg>{1}</svg>",
        "{0}<article>{1}</article>",
        "{0}<x-a class=content>{1}</x-a>",
    ],
)
def test_reading_is_linear_whatever_is_never_closed(pattern):
    start, _, rest = pattern.partition("{0}")
    opening, _, closing = rest.partition("{1}")

    def seconds(count):
        html = start + opening * count + closing * count
        taken = []
        # The least counts: the garbage of other tests is collected when it likes.
        for _ in range(3):
            begun = time.process_time()
            read_document(html, USUAL)
            taken.append(time.process_time() - begun)
        return min(taken)

    # Below so many the collector of garbage hardly runs.
    assert seconds(80_000) < 8 * max(seconds(20_000), 0.01)
