"""From HTML to the text a reader sees, and back."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.projection import RunKind, project
from mkdocs_annotate.model.places import Range

FRAGMENTS = """<p> </p> <b> </b> <i> </i> <br> <hr> <a> </a> <h2 id="x"> </h2> <li> <svg> </svg>
<svg/> <rt> </rt> <ruby> </ruby> <button> </button> <code> </code> <script> </script>
<div class="toc"> <div> </div> <span class="arithmatex"> <span> </span> <!--c--> word &amp; &ampx
&hellip; &#1; & < é 漢字""".split()
SOUP = st.lists(st.sampled_from([*FRAGMENTS, " ", "\n"]), max_size=16).map("".join)


@pytest.mark.golden_test("cases/projection/*.yml")
def test_html_becomes_text(golden):
    page = project(golden["html"])

    assert golden.out["text"] == page.text
    assert golden.out["skipped"] == [f"{place}: {shown}" for place, shown in page.skipped]
    assert golden.out["tokens"] == [
        f"{token.role.name.lower()} {page.html[token.start : token.end]}" for token in page.tokens
    ]
    assert golden.out["headings"] == [
        f"{heading.level} {heading.id}: {words(page, heading.range)}" for heading in page.headings
    ]
    elements = [page.html[span.start : span.end] for span in page.without_references]
    assert golden.out["without references"] == elements


def words(page, place):
    return page.text[place.start : place.end].strip()


@given(SOUP)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_runs_and_tokens_are_in_order_and_inside_the_page(html):
    page = project(html)

    edges = [edge for token in page.tokens for edge in (token.start, token.end)]
    spans = [edge for span in page.without_references for edge in (span.start, span.end)]
    runs = [edge for pair in zip(page.run_html, page.run_html_end, strict=True) for edge in pair]
    for offsets in (edges, spans, runs):
        assert offsets == sorted(offsets)
        assert not offsets or 0 <= offsets[0] <= offsets[-1] <= len(html)
    lengths = [page.run_range(run) for run in range(len(page.run_text))]
    assert "".join(page.text[run.start : run.end] for run in lengths) == page.text
    assert all(run.start < run.end for run in lengths)
    skipped = [place for place, _ in page.skipped]
    assert skipped == sorted(skipped)
    assert all(0 <= place <= len(page.text) and shown for place, shown in page.skipped)


@given(SOUP)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_each_character_has_its_place_in_the_html(html):
    page = project(html)

    kinds = [kind for run, kind in enumerate(page.run_kind) for _ in range(length(page, run))]
    for place, kind in enumerate(kinds):
        start, end = page.html_start(place), page.html_end(place + 1)
        assert start <= end
        if kind == RunKind.LITERAL:
            assert html[start:end] == page.text[place]
            assert page.text_at(start) == place
        elif kind == RunKind.ENTITY:
            assert html[start] == "&"
            assert page.text_at(start) <= place
        elif kind == RunKind.OPAQUE:
            assert html[start] == "<"


def length(page, run):
    place = page.run_range(run)
    return place.end - place.start


def test_offsets_between_the_runs_lead_to_what_follows():
    page = project("<p>ab</p><p>&amp;</p><i>c</i>")

    assert page.text == "ab\n&\nc"
    assert [page.text_at(offset) for offset in (0, 3, 4, 5, 9, 12, 13, 17, 21, 24, 25, 29)] == [
        0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6,
    ]  # fmt: skip
    assert project("").text_at(0) == 0


def test_white_space_at_the_ends_of_a_range_falls_away():
    page = project("<p> a b </p><p> </p>")

    assert page.trimmed(Range(0, len(page.text))) == Range(1, 4)
    assert page.trimmed(Range(4, len(page.text))) == Range(5, 5)


def test_tokens_of_a_stretch_are_those_that_begin_in_it():
    page = project("<p>a<b>c</b></p>")

    assert [token.name for token in page.tokens_within(0, 5)] == ["p", "b"]
    assert page.tokens_within(5, 8) == []
    assert [page.html[token.start : token.end] for token in page.tokens_within(8, 99)] == [
        "</b>",
        "</p>",
    ]


@pytest.mark.parametrize(
    "probe",
    ["<svg/>", "<svg>", "<rt>", "<ruby><rt>", "<a>", "</b>", "<h2>", "<button>", "<code>",
     '<div class="tabbed-labels">', '<span class="arithmatex">', "<p>a", "&hellip;", "<b></i>"],
)  # fmt: skip
def test_cost_is_linear(probe):
    html = probe * (100_000 // len(probe))
    begun = time.process_time()

    page = project(html)

    # Ordinarily a tenth of a second.
    assert time.process_time() - begun < 10
    assert len(page.text) <= len(html)


def test_the_text_is_that_of_the_tags_between_which_it_stands():
    html = "<p>one <em>two</em> &lt;three&gt;</p>"
    page = project(html)

    assert re.sub("<[^>]*>", "", html).replace("&lt;", "<").replace("&gt;", ">") == page.text


def test_a_hidden_paragraph_ends_where_a_block_begins():
    """Its end tag may be left out."""
    assert project("<p hidden>one<div>two</div>three").text == "two\nthree"
    assert project("<p hidden>one<p>two").text == "two"
    assert project("<p hidden>one</p>two").text == "two"
