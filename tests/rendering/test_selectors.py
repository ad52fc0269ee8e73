"""Selectors, by which a site says where its articles are."""

import pytest

from mkdocs_annotate.anchoring.tags import attributes_of
from mkdocs_annotate.rendering.selectors import Selector, parse_selectors, selection_of

TAG = "<DIV CLASS='a b-c' id=x role=main data-x>"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("div", True),
        ("DIV", True),
        ("#x", True),
        (".a", True),
        (".b-c.a", True),
        ("div#x.a[role=main]", True),
        ("[role='main']", True),
        ('[ROLE="main"]', True),
        ("[data-x]", True),
        ("p", False),
        (".b", False),
        ("#X", False),
        ("[role=mai]", False),
        ("[lang]", False),
        ("div.c", False),
    ],
)
def test_a_selector_fits_as_in_css(text, fits):
    (selector,) = parse_selectors(text)

    assert selector.fits("div", attributes_of(TAG, always=True)) is fits
    assert selection_of((selector,)).read(TAG).fitting == ((0,) if fits else ())


def test_several_are_parted_by_commas():
    assert [one.text for one in parse_selectors(" article ,#a,, .b ")] == ["article", "#a", ".b"]


@pytest.mark.parametrize(
    "text", ["div p", "div > p", "*", ":root", "a:not(b)", "#", ".", "[", "1a", "é"]
)
def test_what_is_no_simple_selector_comes_back_as_text(text):
    assert parse_selectors(text) == [text]


def test_a_name_written_as_character_references_is_found():
    (selector,) = parse_selectors(".a-b")
    tag = "<p class='a&#45;b'>"

    assert isinstance(selector, Selector)
    assert selection_of((selector,)).read(tag).fitting == (0,)
