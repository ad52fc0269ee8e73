import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.exchange.imported import Imported, ImportedAnnotation, Target
from mkdocs_annotate.exchange.imported_quotes import MOST_REFERENCES, PageReferences
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.translations import kind_words, languages, wording_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar

ARTICLE = "The bridge carries three tonnes, and nobody minds CO2 since 1794. Nobody here does."
SIDECAR = """
annotations:
  - {quote: three tonnes, kind: %s, note: x}
  - {quote: nobody, note: x}
  - {quote: CO2, kind: opinion, note: x}
  - {quote: "1794", note: x}
"""
KINDS = ("opinion", "prediction", "loaded-language", "unattributed", "missing-context")


def quoted(exact, prefix="", suffix="", text=ARTICLE, words=None):
    own = PageReferences(kind_words() if words is None else words)
    brought = Imported((ImportedAnnotation((Target(exact, prefix, suffix),)),))
    (arrival,) = own.as_written(brought, text).annotations
    (target,) = arrival.targets
    return target.exact, target.prefix, target.suffix


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_words_of_ours_are_taken_out_in_each_language(language, kind):
    sidecar, _ = parse_sidecar(SIDECAR % kind, "a.annotations.yml")
    site = Site(wording=wording_of(language))
    html = render_page(f"<p>{ARTICLE}</p>", "", sidecar, site, Presentation(), lambda _: None).html
    paragraph = re.search("<p>The bridge.*?</p>", html, re.DOTALL)[0]
    shown = " ".join(unescape(re.sub("<[^>]*>", "", paragraph)).split())
    assert shown != ARTICLE

    assert quoted(shown)[0] == ARTICLE
    for begin, end in (("carries", "nobody"), ("minds", "Nobody"), ("tonnes", "minds")):
        part = shown[shown.index(begin) : shown.index(end) + len(end)]
        assert quoted(part)[0] == ARTICLE[ARTICLE.index(begin) : ARTICLE.index(end) + len(end)]


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "expected"),
    [
        ("nobody", " tonnesopinion 1, and ", "2 minds CO2", (" tonnes, and ", " minds CO2")),
        ("nobody", "nion 1, and ", "2 min", (", and ", " min")),
        (
            "nobody",
            "s three tonnesopinion 1, and ",
            "2 minds CO2opin",
            ("s three tonnes, and ", " minds"),
        ),
        ("nobody", "Menu Search 12 ", " minds", ("Menu Search 12 ", " minds")),
    ],
)
def test_what_stands_around_a_quote_is_as_far_as_it_goes_the_articles(
    exact, prefix, suffix, expected
):
    assert quoted(exact, prefix, suffix) == (exact, *expected)


@pytest.mark.parametrize(
    "exact",
    [
        "three tonnes",
        "since 1794",
        "CO2",
        "words that are nowhere 1",
        "carries four tonnesopinion 1",
        "three tons opinion 1",
        "",
    ],
)
def test_what_is_written_so_or_nowhere_stays(exact):
    assert quoted(exact)[0] == exact


def test_what_could_be_meant_in_two_ways_stays():
    assert quoted("in 17941", text="Not in 1794, not in 17.")[0] == "in 17941"
    assert quoted("in 17941", text="It was in 1794.")[0] == "in 1794"


def test_the_words_of_a_site_are_ours_too():
    assert quoted("tonnesour view 1, and", words=["our view"])[0] == "tonnes, and"


def test_a_quote_with_more_numbers_than_a_page_has_stays():
    text = "a" * (MOST_REFERENCES + 1)
    quote = "".join(f"a{n}" for n in range(1, MOST_REFERENCES + 2))

    assert quoted(quote, text=text)[0] == quote


@given(st.text("abc 1279.,on", max_size=80), st.text("abc 1279.,on", max_size=80))
def test_nothing_is_found_that_the_article_does_not_have(exact, text):
    found = quoted(exact, text=text, words=["on", "a b"])[0]

    assert found == exact or found in " ".join(text.split())
