"""Marks and references in the HTML string: where they stand, and that nothing else moves."""

import pytest

from mkdocs_annotate.anchoring.projection import Projection, project
from mkdocs_annotate.model.places import Range, Span
from mkdocs_annotate.model.vocabulary import Group, Kind
from mkdocs_annotate.rendering.marks import Mark, end_tag, reference, start_tag, style_of
from mkdocs_annotate.rendering.pieces import Blocks
from mkdocs_annotate.rendering.splice import (
    BEGIN,
    END,
    MAX_DEPTH,
    MAX_LOOKS,
    MAX_PIECES,
    InsertionKind,
    Piece,
    insertions,
    lanes_of,
    pieces_of,
    spliced,
    without_annotations,
)

KINDS = (Kind("context", Group.CONTEXT), Kind("opinion", Group.OPINION))


def annotated(html, passages):
    """Return `html` with the tags of `passages`, each with a reference."""
    page = project(html)
    pieces, *_ = pieces_of(passages, page)
    strings = []
    for put in insertions(pieces, range(len(passages)), page):
        own = put.what == InsertionKind.REFERENCE
        number, first = (put.of, True) if own else (pieces[put.of].passage, pieces[put.of].first)
        strings.append((put.offset, real(put.what, number, first)))
    return spliced(html, strings)


def real(what, number, first):
    style = style_of(KINDS[number % 2], "word", "word: ")
    mark = Mark(f"k{number}", 1, style, number=number + 1)
    if what == InsertionKind.REFERENCE:
        return reference(mark)
    return start_tag(mark, first=first) if what == InsertionKind.START_TAG else end_tag(mark)


def test_pieces_know_whether_they_are_the_first_and_the_last():
    page = project("<p>one</p><p>two</p><p>three</p>")
    whole, middle = Range(0, len(page.text)), Range(4, 7)

    pieces, unmarked, _ = pieces_of([whole, middle], page)

    assert pieces == [
        Piece(0, Span(3, 6), first=True, last=False),
        Piece(0, Span(13, 16)),
        Piece(1, Span(13, 16), first=True, last=True),
        Piece(0, Span(23, 28), first=False, last=True),
    ]
    assert unmarked == []


def test_a_passage_without_pieces_is_unmarked():
    page = project('<p>one</p><div class="arithmatex">x</div>')

    assert pieces_of([Range(4, 5), Range(0, 3)], page)[1] == [0]
    assert pieces_of([], page) == ([], [], [])


def deep(number):
    page = project("<p>one two</p>")
    return pieces_of([Range(0, 3)] * number, page)


def test_no_more_than_64_marks_lie_over_a_character():
    assert MAX_DEPTH == 64
    assert deep(64)[1] == []
    pieces, unmarked, _ = deep(67)
    assert [piece.passage for piece in pieces] == list(range(64))
    assert unmarked == [64, 65, 66]


def test_a_passage_that_lies_too_deep_in_part_is_marked_elsewhere():
    page = project("<p>one two</p><p>three</p>")
    whole = Range(0, len(page.text))

    pieces, unmarked, _ = pieces_of([whole] * 64 + [Range(4, 13)], page)
    assert unmarked == [64]
    assert 64 not in {piece.passage for piece in pieces}
    pieces, unmarked, _ = pieces_of([Range(0, 7)] * 64 + [Range(4, 13)], page)
    assert unmarked == []
    assert [piece for piece in pieces if piece.passage == 64] == [
        Piece(64, Span(17, 22), first=True, last=True)
    ]


def test_a_thousand_passages_that_all_cross_take_work_in_proportion(monkeypatch):
    def work(number):
        looks.clear()
        page = project("<p>" + "a " * 2 * number + "</p>")
        pieces, *_ = pieces_of([Range(2 * n, 2 * (n + number) - 1) for n in range(number)], page)
        return len(looks), len(pieces)

    looks: list[Range] = []
    trimmed = Projection.trimmed
    monkeypatch.setattr(
        Projection, "trimmed", lambda page, place: looks.append(place) or trimmed(page, place)
    )

    looks_500, pieces_500 = work(500)
    looks_1000, pieces_1000 = work(1000)

    assert pieces_1000 <= 2 * 1000
    assert pieces_1000 <= 2.1 * pieces_500
    assert looks_1000 <= 6 * 1000
    assert looks_1000 <= 2.1 * looks_500


def test_passages_that_cross_all_of_a_deep_nest_are_cut_at_most_once_a_level():
    number, depth = 100, MAX_DEPTH
    page = project("<p>" + "a " * (depth + number) * 2 + "</p>")
    middle = depth + number
    nest = [Range(2 * n, 2 * (2 * middle - n) - 3) for n in range(depth - 1)]
    across = [Range(2 * (depth + n), len(page.text)) for n in range(number)]

    pieces, *_ = pieces_of(nest + across, page)

    assert len(pieces) <= len(nest) + number * (depth + 1)


def paragraphs(number):
    return project("".join(f"<p>w{n}</p>" for n in range(number)))


def test_no_more_than_10_000_pieces_are_cut_and_the_later_passages_are_left_out():
    assert MAX_PIECES == 10_000
    page = paragraphs(1000)
    whole = Range(0, len(page.text))

    pieces, too_deep, too_many = pieces_of([whole] * 10, page)
    assert (len(pieces), too_deep, too_many) == (10_000, [], [])
    pieces, too_deep, too_many = pieces_of([whole] * 500, page)
    assert (len(pieces), too_deep) == (10_000, [])
    assert too_many == list(range(10, 500))


def test_pieces_that_only_crossing_makes_count_too():
    number = 4000
    page = project("<p>" + "a " * 2 * number + "</p>")
    middle = 63
    # 63 that end one after another, all crossed by each of the others.
    nest = [Range(2 * n, 2 * (2 * number - middle + n) - 3) for n in range(middle)]
    across = [Range(2 * (middle + n), len(page.text)) for n in range(1000)]

    pieces, _, too_many = pieces_of(nest + across, page)

    assert len(pieces) <= MAX_PIECES
    assert set(range(len(nest + across))) == {piece.passage for piece in pieces} | {
        *pieces_of(nest + across, page).too_deep,
        *too_many,
    }


def test_tags_that_make_no_pieces_are_looked_at_no_more_often_than_the_bound(monkeypatch):
    tags = 4000
    page = project("<p>" + "<i>a</i> " * tags + "</p>")
    cut = []
    pieces = Blocks.pieces
    monkeypatch.setattr(
        Blocks, "pieces", lambda self, place: cut.append(self) or pieces(self, place)
    )

    _, _, too_many = pieces_of([Range(0, len(page.text))] * 900, page)

    assert cut[-1].looks <= MAX_LOOKS + 2 * tags
    assert too_many


def test_strings_are_put_in_at_their_offsets_in_the_order_given():
    assert spliced("abc", []) == "abc"
    assert spliced("abc", [(0, "1"), (1, "2"), (1, "3"), (3, "4")]) == "1a23bc4"
    assert spliced("", [(0, "1"), (0, "2")]) == "12"


def test_offsets_that_go_back_are_refused():
    with pytest.raises(ValueError, match="offset 1 comes after 2"):
        spliced("abc", [(2, "1"), (1, "2")])


def test_passages_that_overlap_have_lanes_of_their_own():
    lanes = lanes_of([Range(0, 9), Range(2, 5), Range(3, 4)], [True] * 3)

    assert lanes == [1, 2, 3]


def test_the_lowest_free_lane_is_taken():
    passages = [Range(0, 4), Range(2, 9), Range(4, 6), Range(5, 7), Range(6, 8)]

    assert lanes_of(passages, [True] * 5) == [1, 2, 1, 3, 1]
    assert lanes_of(passages[::-1], [True] * 5) == [1, 3, 1, 2, 1]


def test_a_fourth_passage_shares_the_third_lane():
    passages = [Range(0, 9), Range(1, 9), Range(2, 9), Range(3, 4), Range(5, 6), Range(9, 10)]

    assert lanes_of(passages, [True] * 6) == [1, 2, 3, 3, 3, 1]


def test_of_equal_passages_the_first_has_the_lower_lane():
    assert lanes_of([Range(0, 1), Range(0, 1)], [True, True]) == [1, 2]


def test_passages_without_a_line_take_no_lane():
    assert lanes_of([Range(0, 9), Range(1, 9), Range(2, 9)], [False, True, True]) == [1, 1, 2]
    assert lanes_of([], []) == []


OWN = """<p><mark>one</mark> two <span class="x">three <span>four</span></span></p>
<p><mark class="ann">one</mark> <span data-ann="k0">two</span> <sup>three</sup></p>
<p>one<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> two</p>
<p>one <!-- ann --><!--/ann--><!--annotation--> two</p>
<p>one</span> two</mark> three</sup></p>
<p><span>one <mark>two</span> three</mark> four</p>
<p>one <span>two <mark>three</p><p>four <sup>five</p>
<p><SPAN>one</SPAN> <Mark>two</MARK></p>
<p title='<span class="ann-m x" data-ann="y">'>one two</p>
<p>one <!--<span class="ann-m x" data-ann="y">--> two <!--</span>--> three</p>
<script>"</span><mark></mark>"</script><p>one two</p><style></mark></style>
<p>one <svg><span>no</span></svg> two <button>a <mark>b</mark></button> three</p>
<p>one</p><span
<p>one two < three & four &amp; five &notin six</p></div></article>
<sub>one</sub><sup>two <span>three</span> four</sup>""".splitlines()
OWN.append("<p>one two</p>\r\n\t<p>three\u2028four</p>\0")


@pytest.mark.parametrize("html", [*OWN, "".join(OWN), "", " ", "one", "<", "<!--ann-->"])
def test_a_page_without_annotations_comes_back_as_it_is(html):
    assert without_annotations(html) == html


@pytest.mark.parametrize("html", [*OWN, "".join(OWN)])
def test_without_its_annotations_a_page_is_as_it_was(html):
    text = project(html).text
    words = len(text.split())
    starts = [Range(text.index(text.split()[n]), len(text)) for n in range(words)]
    ends = [Range(0, place.start) for place in starts]

    result = annotated(html, [*starts, *ends, Range(0, len(text))])

    assert result.count(' id="ann-k') > html.count(' id="ann-k')
    assert without_annotations(result) == html


def test_blocks_between_our_comments_are_taken_out():
    frame = f"{BEGIN}<div>our <span>own</span> <p>words{END}"

    assert without_annotations(f"{frame}<p>one</p>{frame}{frame}two") == "<p>one</p>two"
    assert without_annotations(f"one{END} two{BEGIN}") == f"one{END} two{BEGIN}"


def test_only_tags_that_are_ours_are_taken_out():
    ours = [real(InsertionKind.START_TAG, n, first=n < 2) for n in range(4)]
    ref = real(InsertionKind.REFERENCE, 1, first=True)
    html = f"{ours[0]}<span>a{ours[1]}<mark>b</mark></mark></span></span>{ref}<sup>1</sup>"

    assert without_annotations(html) == "<span>a<mark>b</mark></span><sup>1</sup>"
    assert without_annotations(f"{ours[2]}a</span>{ours[3]}b</mark></mark>") == "ab</mark>"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a <svg></span></svg> b</p>", "a  b"),
        ("<p>a <svg><span></svg> b</p>", "a  b"),
        ("<p>a <svg></mark><mark></svg> b</p>", "a  b"),
        ('<p><span class="arithmatex">x</p> y', "y"),
        ('<p><sup class="ann-refund">x</sup> a</p>', "a"),
    ],
)
def test_odd_elements_come_back_as_they_were(html, words):
    start = project(html).text.index(words)

    assert without_annotations(annotated(html, [Range(start, start + len(words))])) == html
