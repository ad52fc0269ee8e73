"""Whether the words of a citation stand in a page, as a reader would judge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.links.cache import QuoteSearch
from mkdocs_annotate.links.http import Response
from mkdocs_annotate.links.quote_search import search_quotes

FOUND, MISSING, UNREADABLE = QuoteSearch.FOUND, QuoteSearch.MISSING, QuoteSearch.UNREADABLE
PAGE = """<!doctype html><html><head><title>Minutes</title><script>var x = "in a script";</script>
</head><body><nav>Home</nav><h1>Meeting</h1>
<p>Carried by <b>eleven</b>&nbsp;votes to seven, two&#32;members&shy; absent.</p>
<!-- in a comment --><p>The mayor called it &ldquo;a good day&rdquo; &mdash; for some.</p>
<p>Die Straße ist schön.</p>
<p>Nobody asked for the floor. The council will meet again on the second Tuesday of next month.</p>
</body></html>"""


def look(quote, body=PAGE, content_type="text/html; charset=utf-8", **answer):
    body = body.encode() if isinstance(body, str) else body
    (found,) = search_quotes(
        (quote,), Response(200, content_type=content_type, body=body, **answer)
    )
    return found


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Carried by eleven votes to seven, two members absent.", FOUND),
        ("carried by ELEVEN votes", FOUND),
        ('called it "a good day" - for some', FOUND),
        ("called it ‘a good day’ – for some.", FOUND),
        ("“Carried by eleven votes to seven”", FOUND),
        ("Carried by eleven … two members absent", FOUND),
        ("Carried by eleven [...] for some", FOUND),
        ("Carried by eleven (…) for none", MISSING),
        ("Die Strasse ist schön", FOUND),
        ("Carried by twelve votes", MISSING),
        ("in a script", MISSING),
        ("in a comment", MISSING),
        ("Home", FOUND),
        ("leven vote", FOUND),
    ],
)
def test_what_a_reader_would_find(quote, expected):
    assert look(quote) is expected


def test_each_quote_is_looked_for():
    answer = Response(200, content_type="text/html", body=PAGE.encode())

    assert search_quotes(("two members", "three members"), answer) == [FOUND, MISSING]
    assert search_quotes((), answer) == []


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ("text/html; charset=iso-8859-1", "cp1252"),
        ('text/html; charset="windows-1252"', "cp1252"),
        ("text/html", "cp1252"),
        ("text/html; charset=utf-8", "cp1252"),  # it is not what it says
        ("text/html; charset=iso-8859-1", "utf-8"),
        ("text/html; charset=nonsense", "utf-8"),
        ("text/html; charset=punycode", "utf-8"),
        ("text/html; charset=hex", "utf-8"),
        ("text/html; charset=utf-16", "utf-16"),
        ("text/html", "utf-16"),
        ("text/html", "utf-8-sig"),
        ("", "utf-8"),
        ("TEXT/HTML;CHARSET=UTF-8", "utf-8"),
        ("application/xhtml+xml", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(content_type, encoding):
    assert look("Straße ist schön", PAGE.encode(encoding, "replace"), content_type) is FOUND


@pytest.mark.parametrize(
    "meta", ['<meta charset="koi8-r">', "<META x content='a; charset=koi8-r'>"]
)
def test_or_in_the_one_that_it_names_itself(meta):
    body = (meta + "<p>Мост закрыт").encode("koi8-r")

    assert look("Мост закрыт", body, "text/html") is FOUND
    assert look("Мост открыт", body, "text/html") is MISSING


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ("a < b & words", "text/plain", FOUND),
        ('{"x": "words"}', "application/json", FOUND),
        ("<feed>words</feed>", "application/atom+xml", FOUND),
        ("nothing", "text/plain", MISSING),
        ("words", "application/pdf", UNREADABLE),
        ("words", "image/png", UNREADABLE),
        (b"%PDF-1.7 \0\0 words", "", UNREADABLE),
        ("words", "", FOUND),
        ("", "text/html", UNREADABLE),
    ],
)
def test_what_is_no_html(body, content_type, expected):
    assert look("words", body, content_type) is expected


def test_of_a_page_that_was_cut_nothing_is_missing():
    body = (PAGE + "ü").encode()[:-1]

    assert look("two members absent", body, whole=False) is FOUND
    assert look("three members absent", body, whole=False) is UNREADABLE


def test_a_page_that_a_script_writes_says_nothing_of_what_is_in_it():
    body = "<body><div id=app>Loading</div><script src=app.js></script>"

    assert look("words", body) is UNREADABLE
    assert look("words", body.replace("Loading", "Load words " * 30)) is FOUND
    assert look("words", "<p>This domain is for sale") is MISSING


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    st.sampled_from(["", "text/html", "text/plain", "text/html; charset=", "application/json"]),
    st.text(max_size=12),
    st.text(max_size=30),
    st.booleans(),
)
def test_any_page_can_be_searched_for_any_words(body, kind, charset, quote, whole):
    answer = Response(200, content_type=kind + charset, body=body, whole=whole)

    assert len(search_quotes((quote,), answer)) == 1
