import pytest

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.editorial.quotations import Quotations
from mkdocs_annotate.model.places import Range


def held(html, words):
    page = Page(project(html))
    start = page.text.index(words)
    return Quotations(page).hold(Range(start, start + len(words)))


@pytest.mark.parametrize(
    "html",
    [
        "<p>“one two three”</p>",
        "<p>a “one <em>two</em> three” b</p>",
        "<p>a &quot;one two three&quot; b</p>",
        "<p>„one two three“</p>",
        "<p>„one two three”</p>",
        "<p>„a b“ and „one two three“</p>",
        "<p>«\u00a0one two three\u00a0»</p>",
        "<p>”one two three”</p>",
        "<p>She said <q>one two three</q>, and went on and on about it.</p>",
        "<p>Long, long, long ago.</p><blockquote><p>one two three</p></blockquote>",
        "<blockquote><p>x</p><q>one two three</q></blockquote>",
        "<li>“one two three”</li>",
    ],
)
def test_words_that_surely_are_quoted(html):
    assert held(html, "two")


@pytest.mark.parametrize(
    "html",
    [
        "<p>one two three</p>",
        "<p>“two”</p>",
        "<p>“a b” one two three “c d”</p>",
        "<p>“one two three</p>",
        "<p>one two three”</p>",
        "<p>“a “one two three” b</p>",
        "<p>»one two three«</p>",
        "<p>‘one two three’</p>",
        "<p>'one two three'</p>",
        "<p>&quot;one two three</p>",
        '<p>a 5" one two 6" three</p>',
        "<p>”one two three</p>",
        "<p>“one</p><p>two</p><p>three”</p>",
        "<blockquote><p>one two three</p></blockquote>",
        "<p>one two three</q></p>",
        "<p>one two <q>three four",
    ],
)
def test_words_that_may_not_be(html):
    assert not held(html, "two")
