"""Which stretches of HTML a passage is, each free to be put into one element.

In a case, « and » are put around the passage, and [ and ] around each of its pieces.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.rendering.pieces import Blocks
from mkdocs_annotate.rendering.splice import spliced


def passage_in(text):
    """Return the HTML without the signs « and », its text, and the passage between them."""
    before, inner, after = re.split("[«»]", text)
    html = before + inner + after
    page = project(html)
    places = range(len(page.text))
    start = next(n for n in places if page.html_start(n) >= len(before))
    end = max((n + 1 for n in places if page.html_end(n + 1) <= len(before + inner)), default=0)
    return html, page, Range(start, end)


@pytest.mark.golden_test("cases/pieces/*.yml")
def test_a_passage_is_cut_into_pieces(golden):
    shown = []
    for line in golden["passages"].splitlines():
        html, page, passage = passage_in(line.replace("⏎", "\n"))
        edges = []
        for span in Blocks(page).pieces(passage):
            edges += [(span.start, "["), (span.end, "]")]
        shown.append(spliced(html, edges).replace("\n", "⏎"))

    assert golden.out["pieces"] == "\n".join(shown) + "\n"


def test_a_passage_without_words_has_no_pieces():
    page = project("<p>one two</p>")

    for empty in (Range(0, 0), Range(3, 3), Range(3, 4), Range(7, 7)):
        assert Blocks(page).pieces(empty) == []


def test_only_tags_of_blocks_that_a_passage_touches_are_looked_at():
    html = "<p>some <b>words</b> here</p>" * 500 + "<p>the <b>last</b> words</p>"
    page = project(html)
    last = Range(page.text.index("the last words"), len(page.text))
    looked: list[int] = []

    class Watched(list):
        def __getitem__(self, index):
            looked.append(index)
            return super().__getitem__(index)

    blocks = Blocks(page)
    blocks.tokens = Watched(page.tokens)
    for _ in range(100):
        assert len(blocks.pieces(last)) == 1

    assert min(looked) >= len(page.tokens) - 6
    assert len(looked) <= 100 * 10


BITS = """<p> </p> <b> </b> <i> </i> <span> </span> <mark> </mark> <a> </a> <code> </code> <li>
</li> <ul> </ul> <td> </td> <h2> </h2> <br> <hr> <img> <!--c--> <svg><g></g></svg>
<button>∎</button> <button>b</button>c <script>no</script> <ruby> </ruby> <rt> </rt> <sup> </sup>
one two é 漢字 &amp; &lt; &ampx &""".split()
WHOLE = [
    '<span class="arithmatex">∑</span>',
    '<div class="mermaid">∮</div>',
    '<a class="headerlink">no</a>',
]
SOUP = st.lists(st.sampled_from([*BITS, *WHOLE, " ", "\n"]), max_size=24).map("".join)


def balanced(html):
    """Return whether each tag of `html` has its partner in it, in the right order."""
    waiting = []
    for end, name in re.findall(r"<(/?)([a-z0-9]+)", re.sub(r"<!--.*?-->", "", html)):
        if end and (not waiting or waiting.pop() != name):
            return False
        if not end and name not in ("br", "hr", "img", "rt"):
            waiting.append(name)
    return not waiting


@settings(deadline=None, derandomize=True, max_examples=600)
@given(SOUP, st.integers(0, 40), st.integers(1, 40))
def test_pieces_of_any_html_are_the_words_of_the_passage_in_balanced_stretches(html, start, length):
    page = project(html)
    passage = Range(min(start, len(page.text)), min(start + length, len(page.text)))

    spans = Blocks(page).pieces(passage)

    found = [html[span.start : span.end] for span in spans]
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(span.start < span.end for span in spans)
    words = page.text[passage.start : passage.end].replace("∮", "")
    assert "".join("".join(project(piece).text for piece in found).split()) == "".join(
        words.split()
    )
    for piece in found:
        assert not re.search(r"</?(?:p|li|ul|td|h2|hr|div|script)\b", piece)
        assert balanced(re.sub(r"</?rt>", "", piece)), piece
        assert project(piece).text.strip()


@settings(deadline=None, derandomize=True, max_examples=200)
@given(SOUP, st.data())
def test_the_pieces_of_a_passage_do_not_depend_on_those_asked_for_before(html, data):
    page = project(html)
    edges = st.integers(0, len(page.text))
    passages = [
        Range(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(edges, edges), max_size=4))
    ]
    blocks = Blocks(page)

    assert [blocks.pieces(passage) for passage in passages] == [
        Blocks(page).pieces(passage) for passage in passages
    ]
