"""Tags and the text between them, as a browser's tokenizer sees them."""

import re
import time

import pytest
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import tokenTypes
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring import tags
from mkdocs_annotate.anchoring.tags import Role

# What tokenizers stumble over.
FRAGMENTS = [
    *"""< </ <! <!-- --> --!> - > / = " ' a b script title textarea style noscript p svg class id
    class= id="x" class='y' x & &amp &amp; &notit; &#65; &#x41 &#0; &#128; &ampx &hellip; &nosuch;
    &# &#x ? ! ſ K A SCRIPT </script </title [CDATA[ 0 é""".split(),
    *(" ", "\n", "\t", "\f", "\v", "\N{NO-BREAK SPACE}", "\N{LINE SEPARATOR}"),
]
SOUP = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)


def read_by_browser(html):
    """Return the tokens that html5lib reads; what raw-text elements hold is left out."""
    kinds = {number: name for name, number in tokenTypes.items()}
    tokenizer = HTMLTokenizer(html)
    raw_states = {
        "title": tokenizer.rcdataState,
        "textarea": tokenizer.rcdataState,
        "script": tokenizer.scriptDataState,
        "style": tokenizer.rawtextState,
        "noscript": tokenizer.rawtextState,
    }
    tokens, in_raw = [], False
    for token in tokenizer:
        kind, name = kinds[token["type"]], token.get("name")
        if kind in ("Characters", "SpaceCharacters"):
            tokens += [] if in_raw else [("text", token["data"])]
        elif kind in ("StartTag", "EmptyTag"):
            values = dict(token["data"])
            tokens.append(("start", name, values.get("class", ""), values.get("id", "")))
            if name in raw_states:
                tokenizer.state, in_raw = raw_states[name], True
        elif kind == "EndTag":
            tokens.append(("end", name))
            in_raw = False
        elif kind in ("Comment", "Doctype"):
            tokens.append(("comment",))
    return joined(tokens)


def read_by_us(html):
    tokens = []
    for number, piece in enumerate(tags.split(html)):
        name = tags.name_of(piece) if number % 2 else ""
        if number % 2 == 0:
            tokens.append(("text", tags.unescaped(piece)))
        elif piece.startswith("</"):
            tokens += [("end", name)] if name else [("comment",)] if piece != "</>" else []
        elif not name:
            tokens.append(("comment",))
        else:
            tokens.append(("start", name, *tags.attributes_of(start_tag(piece))))
            if tags.is_raw(name) and re.search(rf"(?i)</{name}[^<]*\Z", piece):
                tokens.append(("end", name))
    return joined(tokens)


def start_tag(piece):
    """Return the start tag of a raw-text element, which `split` gives with all that it holds."""
    name = tags.name_of(piece)
    return tags.split(piece.replace(f"<{name}", "<x", 1))[1] if tags.is_raw(name) else piece


def joined(tokens):
    """Return `tokens` with neighbouring text as one, and without empty text."""
    result = []
    for token in tokens:
        if token[0] == "text" and result and result[-1][0] == "text":
            token = ("text", result.pop()[1] + token[1])
        if token != ("text", ""):
            result.append(token)
    return result


@settings(deadline=None, derandomize=True, max_examples=400)
@given(SOUP)
def test_tags_begin_and_end_where_they_do_in_a_browser(html):
    theirs, ours = read_by_browser(html), read_by_us(html)

    # A browser drops a tag that the text ends in; we keep it, so that no byte is lost.
    agreed = theirs in (ours, ours[:-1])
    assert agreed


@given(st.text(st.sampled_from("<>/!-=\"' \nabscript&;#x1")))
@settings(deadline=None, derandomize=True)
def test_text_and_tags_joined_are_the_html(html):
    assert "".join(tags.split(html)) == html


@pytest.mark.parametrize(
    ("html", "pieces"),
    [
        ('a<b c="d>e">f</b>', ["a", '<b c="d>e">', "f", "</b>", ""]),
        ("<!-- <b> -->x", ["", "<!-- <b> -->", "x"]),
        ("<!-->x<!--->y", ["", "<!-->", "x", "<!--->", "y"]),
        ("<script>a<b></script >x", ["", "<script>a<b></script >", "x"]),
        ("<TITLE>a</b></title>x", ["", "<TITLE>a</b></title>", "x"]),
        ("<scripts>a</scripts>", ["", "<scripts>", "a", "</scripts>", ""]),
        ("<style>p{}", ["", "<style>p{}", ""]),
        ("a < b & 1<2", ["a < b & 1<2"]),
        ("</>x</3>y", ["", "</>", "x", "</3>", "y"]),
        ("<?php echo 1 ?>x", ["", "<?php echo 1 ?>", "x"]),
        ('<a "b>c', ["", '<a "b>', "c"]),
        ('<a x="b>c', ["", '<a x="b>c', ""]),
        ("<ſcript>x", ["<ſcript>x"]),
    ],
)
def test_html_is_split_at_its_tags(html, pieces):
    assert tags.split(html) == pieces


@pytest.mark.parametrize(
    "probe",
    ['<a x="1" ', "<a ='='", "<!--", "<", '<a "', "<script>", "<a =   ", "&", '<a b="', "<a b b ",
     "<a/", "</", "<!", "<title", "<p a = ", "</>", "<?", "&#", "&#x", "&a", "&amp", "<svg x=/>"],
)  # fmt: skip
def test_no_input_makes_the_pattern_go_back(probe):
    html = probe * (100_000 // len(probe))
    begun = time.process_time()

    for piece in tags.split(html):
        tags.references(piece)
        tags.attributes_of(piece)
        tags.is_complete("svg", piece)

    # Ordinarily 30 ms; two minutes where a part of the pattern may fail.
    assert time.process_time() - begun < 10


def test_what_has_no_name_is_no_element():
    assert tags.name_of("<!-- b -->") == ""
    assert tags.name_of("</>") == ""
    assert tags.name_of("<Em>") == "em"
    assert tags.name_of("</H2 >") == "h2"


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("<a>", ("", "")),
        ("<p hidden>", ("", "")),
        ("<a href=x>", ("", "")),
        ("<a class=b id='c'>", ("b", "c")),
        ('<a CLASS = "b d" Id=c>', ("b d", "c")),
        ('<a class="first" class="second">', ("first", "")),
        ('<a title="class=b id=c">', ("", "")),
        ('<a data-class="b" xid=c>', ("", "")),
        ('<a id="it&#39;s &amp; so">', ("", "it's & so")),
        ("<a/id=x/class=y>", ("", "x/class=y")),
        ('<a id="', ("", "")),
        ("<a class id=x>", ("", "x")),
        ('<!-- class="b" -->', ("", "")),
    ],
)
def test_class_and_id_of_a_tag(tag, found):
    attributes = tags.attributes_of(tag)

    assert (attributes.get("class", ""), tags.read_tag(tag).id) == found


def test_other_attributes_are_read_on_request_alone():
    assert tags.attributes_of('<img alt="A view" src=b.png>') == {}
    assert tags.attributes_of('<img alt="A view" src=b.png>', always=True) == {
        "alt": "A view",
        "src": "b.png",
    }
    assert tags.attributes_of("<p HIDDEN>") == {"hidden": ""}


@pytest.mark.parametrize(
    ("tag", "complete"),
    [
        ("<svg/>", True),
        ('<svg width="1"/>', True),
        ("<math />", True),
        ("<svg focusable/>", True),
        ("<svg>", False),
        ("<svg width=1/>", False),
        ("<video/>", False),
    ],
)
def test_only_what_is_not_html_ends_with_its_start_tag(tag, complete):
    assert tags.is_complete(tags.name_of(tag), tag) is complete


@pytest.mark.parametrize(
    ("tag", "role", "shows"),
    [
        ("<p>", None, False),
        ("<svg>", Role.ATOM, False),
        ('<template class="x">', Role.ATOM, False),
        ("<rp>", Role.ATOM, False),
        ("<p hidden>", Role.ATOM, False),
        ('<div hidden="">', Role.ATOM, False),
        ('<div class="x" hidden>', Role.ATOM, False),
        ('<div hidden="until-found">', None, False),
        ('<div data-x="hidden">', None, False),
        ("<div hidden-x>", None, False),
        ("<dialog>", Role.ATOM, False),
        ("<dialog open>", None, False),
        ("<dialog id=x open>", None, False),
        ("<details>", None, False),
        ('<div class="toc">', Role.ATOM, False),
        ('<li class="toc">', None, False),
        # What shows, but is skipped in the first reading.
        ('<a class="headerlink">', Role.ATOM, True),
        ('<a class="footnote-ref">', Role.ATOM, True),
        ('<a class="x footnote-backref">', Role.ATOM, True),
        ('<td class="linenos">', Role.ATOM, True),
        ('<div class="linenodiv">', Role.ATOM, True),
        ('<sup class="ann-ref">', Role.ATOM, True),
        ("<rt>", Role.ATOM, True),
        # What is marked as a whole or not at all.
        ("<button>", Role.OPAQUE, True),
        ('<span class="arithmatex">', Role.OPAQUE, True),
        ('<div class="x mermaid">', Role.OPAQUE, True),
        ('<span class="MathJax_Preview MathJax">', Role.OPAQUE, True),
        ('<span class="mathjax">', None, False),
        # No element begins at what has no end tag.
        ("<img hidden>", None, False),
        ("<br class=headerlink>", None, False),
    ],
)
def test_elements_taken_as_a_whole(tag, role, shows):
    read = tags.read_tag(tag)

    assert (read.whole, read.shows) == (role, shows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AT&amp;T", [(2, 7, "&")]),
        ("&hellip;&lt;", [(0, 8, "…"), (8, 12, "<")]),
        ("&ampx", [(0, 4, "&")]),
        ("&notit;", [(0, 4, "¬")]),
        ("&notin;", [(0, 7, "∉")]),
        ("&NotEqualTilde;", [(0, 15, "≂̸")]),
        ("&#65B&#x41;", [(0, 4, "A"), (5, 11, "A")]),
        ("&#128;", [(0, 6, "€")]),
        ("&#1;&#xb;", [(0, 4, "\x01"), (4, 9, "\v")]),
        ("&#0065;", [(0, 7, "A")]),
        ("&#99999999999;", [(0, 14, "\N{REPLACEMENT CHARACTER}")]),
        ("a & b &; &nosuch; &# &#x", []),
    ],
)
def test_character_references(text, found):
    assert tags.references(text) == found


def test_numbers_longer_than_python_converts_do_no_harm():
    assert tags.unescaped(f"&#{'9' * 5000};") == "\N{REPLACEMENT CHARACTER}"
    assert tags.unescaped(f"&#{'0' * 5000}65;") == "A"


@given(st.text(st.sampled_from("&;#x19aAmplthe ")))
@settings(deadline=None, derandomize=True)
def test_references_lie_in_order_inside_the_text(text):
    found = tags.references(text)

    edges = [edge for start, end, _ in found for edge in (start, end)]
    sound = edges == sorted(edges) and all(text[start] == "&" for start, _, _ in found)
    assert sound
