"""Any HTML page, annotated: fragments, documents, and what browsers must repair."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.any_html.pages import annotate_html, decode_page, plain_page
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.sidecar.decoding import parse_sidecar

SIDECAR = """annotations:
  - quote: nine to six
    note: A note.
"""
DOCUMENT = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>nine to six</title>
<link rel="stylesheet" href="own.css"></head>
<body><nav>nine to six</nav>
<main><section><h1>Harbour</h1><p>It voted nine to six.</p></section></main>
<footer>nine to six</footer></body></html>
"""


def mark(html):
    return re.findall(r'<span class="ann-m [^>]*>([^<]*)</span>', html)


def told(page):
    return [(one.rule, one.message) for one in page.problems]


def test_a_fragment_is_an_article_as_a_whole():
    page = annotate_html("<p>It voted nine to six.</p>", SIDECAR)

    assert mark(page.html) == ["nine to six"]
    assert page.problems == ()
    assert without_annotations(page.html) == "<p>It voted nine to six.</p>"


def test_in_a_document_only_the_article_and_the_head_change():
    page = annotate_html(DOCUMENT, SIDECAR, assets="../a/b")

    assert mark(page.html) == ["nine to six"]
    assert without_annotations(page.html) == DOCUMENT
    head, _, rest = page.html.partition('<link rel="stylesheet" href="own.css">')
    assert '<link rel="stylesheet" href="../a/b/annotate.css">' in head
    assert '<script src="../a/b/annotate.js" defer></script>' in head
    assert rest.startswith("</head>\n<body><nav>nine to six</nav>\n<main><!--ann-->")
    assert rest.endswith("</main>\n<footer>nine to six</footer></body></html>\n")


def test_without_an_address_of_assets_the_head_stays():
    page = annotate_html(DOCUMENT, SIDECAR)

    assert page.html.partition("<main>")[0] == DOCUMENT.partition("<main>")[0]


def test_the_panel_stands_behind_the_title_in_its_section():
    page = annotate_html(DOCUMENT, SIDECAR)

    assert '<section><h1>Harbour</h1><!--ann--><section class="ann-panel"' in page.html


def test_annotated_twice_is_annotated_once_and_without_annotations_it_is_the_page():
    once = annotate_html(DOCUMENT, SIDECAR, assets="a").html

    assert annotate_html(once, SIDECAR, assets="a").html == once
    assert annotate_html(once, "sources:\n  a:\n    title: T\n").html == DOCUMENT
    assert plain_page(once) == DOCUMENT


def test_the_sidecar_may_be_read_already_or_a_path(tmp_path):
    path = tmp_path / "a.annotations.yml"
    path.write_text(SIDECAR, "utf-8")
    sidecar, _ = parse_sidecar(SIDECAR, "a")

    pages = [annotate_html(DOCUMENT, one).html for one in (SIDECAR, str(path), path, sidecar)]

    assert len(set(pages)) == 1


def test_a_quote_copied_from_the_source_needs_the_source():
    sidecar = "annotations:\n  - quote: '**nine** to [six](x.md)'\n    note: A note.\n"
    html, source = (
        "<p>It voted <b>nine</b> to <a href='x'>six</a>.</p>",
        "It voted **nine** to [six](x.md).",
    )

    assert annotate_html(html, sidecar, source).problems == ()
    (problem,) = annotate_html(html, sidecar).problems
    assert problem.rule is Rule.ORPHAN
    assert "Markdown" in problem.message


def test_words_are_in_the_language_of_the_document_unless_an_option_says_another():
    german = DOCUMENT.replace('lang="en"', 'lang="de"')

    assert "Anmerkungen</h2>" in annotate_html(german, SIDECAR).html
    assert "Notes</h2>" in annotate_html(german, SIDECAR, options=Options(language="en")).html


def test_the_article_may_be_named():
    html = "<body><div class=a>nine to six</div><div id=b>nine to six</div></body>"

    assert annotate_html(html, SIDECAR, article="#b").html.startswith(
        "<body><div class=a>nine to six</div><div id=b><!--ann-->"
    )


@pytest.mark.parametrize(
    ("html", "article", "says"),
    [
        ("<frameset><frame src=a></frameset>", "", "a set of frames"),
        ("<base href='/x/'><article>nine to six</article>", "", "lead to “/x/”"),
        (DOCUMENT.replace("<main>", "<plaintext><main>"), "", "<plaintext> is never closed"),
        (DOCUMENT.replace("</section>", "<select>"), "", "<select> is never closed"),
        (DOCUMENT.replace("</section></main>", "<script>"), "", "<script> is never closed"),
        ("<p>nine to six</p><textarea>", "", "<textarea> is never closed"),
        (DOCUMENT, ".none, #no", "`.none` fits none"),
        ("<p>nine to six</p><p>x</p>", "p", "`p` fits 2 elements"),
        (DOCUMENT, "p", "`p` is a <p>, which can't hold notes"),
        (DOCUMENT, "head", "`head` is a <head>, which can't hold notes"),
        (DOCUMENT + '<mark class="ann-m x">', "", "another program has changed"),
        (DOCUMENT + "<!--/ann-->", "", "another program has changed"),
    ],
)
def test_a_page_that_cannot_be_annotated_is_left_alone_and_that_is_told(html, article, says):
    page = annotate_html(html, SIDECAR, article=article)

    assert page.html == html
    (problem,) = page.problems
    assert problem.rule is Rule.PAGE_LEFT_ALONE
    assert says in problem.message
    assert problem.hint


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("</body>", "<script>window.__VP_HASH_MAP__={}</script></body>", "VitePress"),
        ("</body>", "<script id='__NEXT_DATA__' type='application/json'>{}</script>", "Next.js"),
        ("<body>", "<body><div id=__docusaurus><script src='/js/runtime~main.1.js'></script>", "D"),
        ("<main>", "<astro-island client=load><main>", "Astro"),
    ],
)
def test_a_page_that_its_scripts_make_again_is_left_alone(old, new, says):
    html = DOCUMENT.replace(old, new)

    page = annotate_html(html, SIDECAR)

    assert page.html == html
    ((rule, message),) = told(page)
    assert rule is Rule.PAGE_LEFT_ALONE
    assert message.startswith(f"scripts of {says}")


def test_a_page_about_scripts_is_a_page_as_any_other():
    told_of = "<p><code>&lt;script>self.__next_f, __VP_HASH_MAP__</code> nine to six</p>"
    island = "<astro-island>x</astro-island><main>"
    html = DOCUMENT.replace("<p>It voted nine to six.</p>", told_of).replace("<main>", island)

    assert mark(annotate_html(html, SIDECAR).html) == ["nine to six"]


def test_what_is_no_selector_is_told():
    page = annotate_html(DOCUMENT, SIDECAR, article="main p")

    assert page.html == DOCUMENT
    assert told(page) == [(Rule.BAD_OPTION, "“main p” is no selector")]


@pytest.mark.parametrize(
    "broken",
    [
        lambda html: html.replace("<main>", "<MAIN>").replace("</main>", "</MAIN >"),
        lambda html: re.sub(r"</?(html|head|body)[^>]*>", "", html),
        lambda html: html.replace("</body></html>", ""),
        lambda html: html.replace("</section></main>", ""),
        lambda html: re.sub(r"\s*\n\s*", "", html).replace('"', ""),
        lambda html: (
            "<?xml version='1.0' encoding='utf-8'?>\n" + html.replace('utf-8">', 'utf-8"/>')
        ),
        lambda html: "\ufeff" + html,
        lambda html: html.replace("\n", "\r\n"),
        lambda html: html.replace("<p>", "<div/><p>"),
        lambda html: html.replace("</h1>", "</h2>"),
    ],
)
def test_what_browsers_repair_is_annotated_in_the_same_place(broken):
    html = broken(DOCUMENT)

    page = annotate_html(html, SIDECAR, assets="a")

    assert without_annotations(page.html) == html
    # Where the article is not closed, the words stand twice in it.
    wrong = [rule for rule, _ in told(page)]
    assert (len(mark(page.html)), wrong) in [(1, []), (0, [Rule.AMBIGUOUS])]
    assert annotate_html(page.html, SIDECAR, assets="a").html == page.html


TAGS = """<main> </main> <article> </article> <div> </div> <p> </p> <span> </span> <mark> </mark>
<b> </b> <sup> </sup> <!--x--> <a> </a> <h1> </h1> <li> <br> &amp; <""".split()


@given(st.lists(st.sampled_from([*TAGS, "nine to six", "text"]), max_size=30))
@settings(deadline=None, max_examples=300)
def test_any_tags_are_restored_byte_for_byte_and_render_the_same_twice(pieces):
    html = "<html><head></head><body>" + " ".join(pieces)
    sidecar = SIDECAR + "    occurrence: all\n"

    once = annotate_html(html, sidecar, assets="a").html

    assert plain_page(once) == html
    assert annotate_html(once, sidecar, assets="a").html == once


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("é".encode(), "utf-8"),
        ("\ufeffé".encode(), "utf-8"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "utf-16-be"),
        (b"<meta charset=latin1>\x93\xe9", "cp1252"),
        (
            b"<META http-equiv='Content-Type' content='text/html; charset=ISO-8859-15'>\xa4",
            "iso8859-15",
        ),
        (b"<meta charset='utf-16'>e", "utf-8"),
        (b"<!--" + b"x" * 1024 + b"--><meta charset=latin1>\xe9", "cp1252"),
        (b"<!-- <meta charset=latin1> -->" + "é".encode(), "utf-8"),
        (b"<meta name=description content='charset=latin1'>" + "é".encode(), "utf-8"),
        (b"<title>\xc3\xa9</title></head><meta charset=latin1>", "utf-8"),
        ("<meta charset=shift_jis>日本".encode("cp932"), "cp932"),
        ("<meta charset=koi8-r>да".encode("koi8-r"), "koi8-r"),
    ],
)
def test_a_page_is_decoded_as_browsers_do_and_leads_back_to_its_bytes(data, encoding):
    decoded = decode_page(data)

    assert decoded.encoding == encoding
    assert decoded.encoded(decoded.text) == data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xe9t\xe9", "no text in UTF-8"),
        (b"<meta charset=utf-7>x", "“utf-7”"),
        (b"<meta charset=klingon>x", "“klingon”"),
        (b"<meta charset=rot13>x", "“rot13”"),
        (b"<meta charset=utf-8>\xff", "no text in UTF-8"),
    ],
)
def test_bytes_that_are_no_text_are_told(data, says):
    assert says in decode_page(data)


def test_what_an_encoding_lacks_stands_as_character_references():
    decoded = decode_page(b"<meta charset=latin1>\xe9")

    assert decoded.encoded(decoded.text + "→") == b"<meta charset=latin1>\xe9&#8594;"
