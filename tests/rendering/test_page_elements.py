import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.rendering.page_elements import (
    is_excluded,
    items_around,
    value_of,
    without_elements,
)


def without(html, class_="x"):
    return without_elements(html, lambda tag, _: class_ in value_of(tag, "class").split())


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ('<a class="x y">', "x y"),
        ("<a class='x'>", "x"),
        ("<a id=1 class=x>", "x"),
        ('<a CLASS = "x">', "x"),
        ('<a data-class="x">', ""),
        ("<a>", ""),
    ],
)
def test_values_of_attributes_are_read_however_they_are_written(tag, value):
    assert value_of(tag, "class") == value


@pytest.mark.parametrize(
    ("tag", "excluded"),
    [
        ("<p data-search-exclude>", True),
        ('<p class="a"data-search-exclude="">', True),
        ("<p data-search-exclude/>", True),
        ('<img alt="data-search-exclude">', False),
        ('<img alt=" data-search-exclude ">', False),
        ("<p data-search-excluded>", False),
        ("<p>", False),
    ],
)
def test_what_search_leaves_out_is_said_by_the_attribute_alone(tag, excluded):
    assert is_excluded(tag) == excluded


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ('a<b class="x">b<b>c</b></b>d', "ad"),
        ('<ul><li class="x">a<li>b<li class=x>c</ul>d', "<ul><li>b</ul>d"),
        ('<ul><li class="x">a</li><li class="x">b</li></ul>', "<ul></ul>"),
        ('<ul><li>a<ul><li class="x">b</ul><li>c</ul>', "<ul><li>a<ul></ul><li>c</ul>"),
        ('a<br class="x">b<img class="x"/>c', "abc"),
        ('<p class="x">never closed', ""),
        ('<div><p class="x">left open</div>b', "<div></div>b"),
        ("<section><p>a</div></section>b</p>", "<section><p>a</div></section>b</p>"),
        ('a</b><b class="x">c</b>', "a</b>"),
        ('<script class="x">1</script>b', "b"),
        ("<!-- x --><p>a</p>", "<!-- x --><p>a</p>"),
    ],
)
def test_elements_are_taken_out_whole_and_all_else_stays(html, rest):
    assert without(html) == rest


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ('<ul><li>a<b class="x">b</b>c</li><li>d</li></ul>', "<ul><li>d</li></ul>"),
        ("<ul><li>a<b class=x>b</b>c<li>d</ul>", "<ul><li>d</ul>"),
        ('<ul><li class="x">a</li></ul>b', "<ul></ul>b"),
        ('<ul><li>a<ol><li><p><b class="x">b</b></ol>c</ul>', "<ul><li>a<ol></ol>c</ul>"),
        ('<p><b class="x">b</b></p>', '<p><b class="x">b</b></p>'),
        ('<ul><li>a</ul><img class="x">', '<ul><li>a</ul><img class="x">'),
        ('<ul><li><img class="x"></ul>b', "<ul></ul>b"),
    ],
)
def test_items_are_taken_out_whole_that_hold_something(html, rest):
    places = items_around(html, lambda tag, _: "x" in value_of(tag, "class").split())

    assert without_elements(html, lambda *_: False, places) == rest


@given(st.text('<>/ab lix="class', max_size=60))
def test_where_nothing_is_unwanted_nothing_changes(html):
    assert without_elements(html, lambda *_: False) == html


def test_it_takes_as_long_as_there_are_tags():
    def seconds(count):
        html = '<img alt="data-search-exclude"><b class="y">' * count
        started = time.process_time()
        without_elements(html, lambda tag, _: is_excluded(tag))
        return time.process_time() - started

    assert seconds(64_000) < 50 * max(min(seconds(4_000) for _ in range(3)), 0.02)
