"""Which stretches of HTML a passage is, each free to be put into one element."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.rendering.pieces import Blocks


def place(page, words):
    """Return where `words` stand, whatever white space is between them."""
    found = re.search(r"\s+".join(map(re.escape, re.split(r"\s+", words))), page.text)
    return Range(*found.span())


def pieces(html, words):
    """Return the HTML of each piece of the passage `words`; a line end parts blocks."""
    page = project(html)
    return [html[span.start : span.end] for span in Blocks(page).pieces(place(page, words))]


def test_plain_words_are_one_piece():
    assert pieces("<p>one two three</p>", "two") == ["two"]
    assert pieces("one two three", "one two three") == ["one two three"]


def test_a_passage_without_words_has_no_pieces():
    page = project("<p>one two</p>")

    for empty in (Range(0, 0), Range(3, 3), Range(3, 4), Range(7, 7)):
        assert Blocks(page).pieces(empty) == []


def test_white_space_at_the_ends_of_a_passage_is_not_marked():
    assert pieces("<p> one two </p>", "one ") == ["one"]
    assert pieces("<p><b>one</b> two</p>", " two") == ["two"]


@pytest.mark.parametrize(
    "inner",
    ["<b>two</b>", "<b><i>two</i> or</b>", "<b>t</b><i>wo</i>", "<a href='x'>two</a>",
     "two<br>or", "two <img src='x'> or", "two<!-- no --> or", "<mark>two</mark>", "<b></b>two"],
)  # fmt: skip
def test_whole_inline_elements_are_enclosed(inner):
    html = f"<p>one {inner} three</p>"

    assert pieces(html, project(html).text) == [f"one {inner} three"]


def test_elements_of_a_page_without_blocks_are_enclosed():
    assert pieces("one <b>two</b>", "one two") == ["one <b>two</b>"]
    assert pieces("<b>one</b> two", "one two") == ["<b>one</b> two"]


def test_an_element_that_the_passage_enters_begins_a_new_piece():
    assert pieces("<p>one <b>two three</b></p>", "one two") == ["one ", "two"]
    assert pieces("<p>one <b>two <i>three four</i></b></p>", "one two three") == [
        "one ",
        "two ",
        "three",
    ]


def test_an_element_that_the_passage_leaves_ends_the_piece():
    assert pieces("<p><b>one two</b> three</p>", "two three") == ["two", " three"]
    assert pieces("<p><b><i>one two</i> three</b> four</p>", "two three four") == [
        "two",
        " three",
        " four",
    ]


def test_an_element_between_one_left_and_one_entered_is_enclosed():
    html = "<p><b>one two</b> three <q>four</q> <i>five six</i></p>"

    assert pieces(html, "two three four five") == ["two", " three <q>four</q> ", "five"]


def test_an_element_whose_words_are_all_of_the_passage_is_enclosed():
    assert pieces("<p>one <b>two</b> three</p>", "two") == ["<b>two</b>"]
    assert pieces("<p>one <b><i>two</i></b> three</p>", "two") == ["<b><i>two</i></b>"]


def test_an_element_at_the_start_of_the_passage_is_enclosed():
    assert pieces("<p><b><i>one</i></b> two three</p>", "one two") == ["<b><i>one</i></b> two"]


def test_an_element_at_the_end_of_the_passage_is_enclosed():
    assert pieces("<p>one two <b><i>three</i></b></p>", "two three") == ["two <b><i>three</i></b>"]


def test_a_passage_inside_an_element_stays_inside():
    assert pieces("<p><b>one two</b></p>", "one") == ["one"]
    assert pieces("<p><b>one two</b></p>", "two") == ["two"]
    assert pieces("<p><b><i>one</i> two</b></p>", "one") == ["<i>one</i>"]


@pytest.mark.parametrize(
    "html",
    ["<p>one</p><p>two</p>", "<p>one</p>\n\n<p>two</p>", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
     "<table><tr><td>one</td>\n<td>two</td></tr></table>",
     "<table>\n<tr>\n<th>one</th></tr>\n<tr>\n<td>two</td>\n</tr></table>",
     "<dl>\n<dt>one</dt>\n<dd>two</dd>\n</dl>", "<h2>one</h2>two", "one<hr>two",
     "<details><summary>one</summary>two</details>", "one<script>no</script>two",
     "<b>one<p>two</p></b>", "<ul><li>one<ul><li>two</li></ul></li></ul>",
     "one<style>p {}</style>two", "one<textarea>no</textarea>two"],
)  # fmt: skip
def test_a_mark_never_crosses_a_block(html):
    words = "\n".join(re.findall("one|two", html))
    page = project(html)

    spans = Blocks(page).pieces(Range(0, len(page.text)))

    assert [html[span.start : span.end] for span in spans] == words.split("\n")


def test_white_space_beside_a_block_is_not_marked():
    assert pieces("<p>one </p> <p> two</p>", "one \n \n two") == ["one", "two"]


def test_white_space_beside_an_inline_tag_is_marked():
    assert pieces("<p>one <b> two three</b></p>", "one  two") == ["one ", " two"]
    assert pieces("<p><b>one two </b> three</p>", "two  three") == ["two ", " three"]


def test_white_space_beside_a_comment_at_the_end_is_not_marked():
    assert pieces("<p>one two <!-- no --></p><p>three</p>", "two \nthree") == ["two", "three"]


@pytest.mark.parametrize(
    "atom",
    ["<svg><text>no</text></svg>", '<a class="headerlink" href="#x">¶</a>', "<video>no</video>",
     '<sup class="x"><a class="footnote-ref" href="#y">1</a></sup>', "<img alt='no'>",
     "<!-- no -->", "<br>", "<wbr>", "<template>no</template>"],
)  # fmt: skip
def test_what_shows_no_text_is_enclosed_only_between_two_texts(atom):
    html = f"<p>{atom}one{atom}two{atom}</p>"
    page = project(html)

    (span,) = Blocks(page).pieces(Range(0, len(page.text)))

    assert html[span.start : span.end] == f"one{atom}two"


def test_what_shows_no_text_is_no_piece_of_its_own():
    assert pieces("<p>one</p><p><b> </b>two</p>", "one\n two") == ["one", "two"]
    assert pieces("<p>one<b> </b></p><p>two</p>", "one \ntwo") == ["one", "two"]
    assert pieces("<p>one <b><svg></svg></b></p><p>two</p>", "one \ntwo") == ["one", "two"]
    assert pieces("<p>one</p><p><img></p><p> </p><p>two</p>", "one\n \ntwo") == ["one", "two"]


FORMULA = '<span class="arithmatex">x = 1</span>'


@pytest.mark.parametrize("whole", [FORMULA, "<button>x = 1</button>"])
def test_a_formula_is_marked_as_a_whole(whole):
    html = f"<p>let {whole} be</p>"

    assert pieces(html, "let x = 1 be") == [f"let {whole} be"]
    assert pieces(html, "x = 1") == [whole]
    assert pieces(html, "let x = 1") == [f"let {whole}"]


@pytest.mark.parametrize("whole", [FORMULA, "<button>x = 1</button>"])
def test_a_formula_that_is_halved_is_not_marked(whole):
    html = f"<p>let {whole} be</p>"

    assert pieces(html, "let x") == ["let"]
    assert pieces(html, "1 be") == ["be"]
    assert pieces(html, "=") == []
    assert pieces(html, "x =") == []


def test_an_element_beside_a_formula_that_is_halved_is_enclosed():
    assert pieces(f"<p><b>let</b>{FORMULA}</p>", "letx") == ["<b>let</b>"]
    assert pieces(f"<p>{FORMULA}<b>be</b></p>", "1be") == ["<b>be</b>"]


def test_a_formula_that_is_a_block_is_not_marked():
    html = '<p>let</p><div class="arithmatex">x = 1</div><p>be</p>'

    assert pieces(html, "let\nx = 1\nbe") == ["let", "be"]


def test_a_character_reference_stays_whole():
    assert pieces("<p>a&amp;b</p>", "&") == ["&amp;"]
    assert pieces("<p>a&ampb</p>", "a&") == ["a&amp"]
    assert pieces("<p>&#x1F469;&nbsp;x</p>", "\N{WOMAN}") == ["&#x1F469;"]


def test_an_element_that_is_never_closed_is_not_enclosed():
    assert pieces("<p>one <b>two</p>", "one two") == ["one ", "two"]
    assert pieces("<p>one <b>two</p>", "two") == ["two"]


def test_an_end_tag_without_a_start_is_not_enclosed():
    assert pieces("<p>one</b> two</p>", "one two") == ["one", " two"]
    assert pieces("<p>one</b> two</p>", "one") == ["one"]


def test_misnested_elements_are_not_enclosed():
    assert pieces("<p>a <b>one <i>two</b> three</i> z</p>", "a one two three z") == [
        "a ",
        "one ",
        "two",
        " three",
        " z",
    ]


def test_elements_open_at_a_misnested_end_tag_are_not_enclosed_either():
    assert pieces("<p><b>one</i> two</b> three</p>", "one two three") == ["one", " two", " three"]


def test_elements_behind_a_misnested_one_are_enclosed_again():
    assert pieces("<p>one</i> two <b>three</b> four</p>", "one two three four") == [
        "one",
        " two <b>three</b> four",
    ]


def test_tags_in_different_blocks_do_not_belong_together():
    assert pieces("<p>one <b>two</p><p>three</b> four</p>", "one two\nthree four") == [
        "one ",
        "two",
        "three",
        " four",
    ]


def test_a_link_that_ends_a_link_left_open_parts_the_passage():
    assert pieces('<p>one <a href="x">two <a href="y">three</a></p>', "one two three") == [
        "one ",
        "two",
        "three",
    ]


def test_spaces_that_begin_a_line_of_code_leave_its_element_whole():
    html = "<p>zero</p><pre><span>  one</span> two\n<span>  three</span></pre>"

    assert pieces(html, "zero\n  one two") == ["zero", "<span>  one</span> two"]
    assert pieces(html, "two\n  three") == ["two\n<span>  three</span>"]
    assert pieces(html, "one two") == ["one", " two"]
    html = "<p>zero</p><p><b> <i> one</i></b> two</p>"
    assert pieces(html, "zero\n  one two") == ["zero", "<b> <i> one</i></b> two"]


def test_spaces_that_end_an_element_leave_it_whole():
    html = "<p>one <b>two<i> </i></b></p><p>three</p>"

    assert pieces(html, "two \nthree") == ["<b>two<i> </i></b>", "three"]
    assert pieces("<pre>one <span>two  </span></pre><p>three</p>", "one two  \nthree") == [
        "one <span>two  </span>",
        "three",
    ]


def test_only_tags_of_blocks_that_a_passage_touches_are_looked_at():
    html = "<p>some <b>words</b> here</p>" * 500 + "<p>the <b>last</b> words</p>"
    page = project(html)
    looked: list[int] = []

    class Watched(list):
        def __getitem__(self, index):
            looked.append(index)
            return super().__getitem__(index)

    blocks = Blocks(page)
    blocks.tokens = Watched(page.tokens)
    for _ in range(100):
        assert len(blocks.pieces(place(page, "the last words"))) == 1

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
