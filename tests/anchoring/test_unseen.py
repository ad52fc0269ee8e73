"""Words that are in the page but don't show as text."""

import pytest

from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import Unseen, why_unseen

HTML = """<p>The <a href="https://example.org/the-old-bridge?a=1&amp;b=2">bridge</a> is shown
in <img alt="A view of the &ldquo;old&rdquo; bridge" src="b.png"> this picture.</p>
<p hidden>one <b>two</b> three</p><!-- to be checked --><script>var ferry = "boat";</script>
<template>seen nowhere</template><svg><title>a drawing</title></svg><img src="no-alt.png">
<a name="x">here</a>"""


@pytest.mark.parametrize(
    ("quote", "where"),
    [
        ("view of the", Unseen.IMAGE),
        ('the "old" bridge', Unseen.IMAGE),
        ("the-old-bridge", Unseen.ADDRESS),
        ("a=1&b=2", Unseen.ADDRESS),
        ("one two three", Unseen.HIDDEN),
        ("to be checked", Unseen.HIDDEN),
        ("seen nowhere", Unseen.HIDDEN),
        ("The bridge … picture", Unseen.OMISSION),
        ("The bridge [...] picture", Unseen.OMISSION),
        ("The bridge [ … ] picture", Unseen.OMISSION),
        ("The bridge (...) picture", Unseen.OMISSION),
        ("The bridge... picture", Unseen.OMISSION),
        ("nothing of the kind", None),
        ("The bridge...", None),
        ("… The bridge", None),
        ("", None),
        (" ", None),
        ("\N{SOFT HYPHEN}", None),
    ],
)
def test_where_they_stand_is_told(quote, where):
    assert why_unseen(Words(quote), Page(project(HTML))) == where


def test_a_page_of_text_hides_nothing():
    assert why_unseen(Words("bridge"), Page(project("<p>The bridge</p>"))) is None
    assert why_unseen(Words("bridge"), Page(project(""))) is None
