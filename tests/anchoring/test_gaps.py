"""What stands between a prefix and a suffix."""

import pytest

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import GAP_LEAST, gap_between, longest_gap, was_removed
from mkdocs_annotate.model.sidecar import Quote


def page_of(*paragraphs):
    return Page(project("".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)))


def between(page, prefix, suffix, exact="the words"):
    gap = gap_between(Quote(exact, prefix=prefix, suffix=suffix), page)
    return None if gap is None else page.text[gap.start : gap.end]


PAGE = page_of("On Tuesday night the council voted to raise the “harbour” wall by a foot.")


@pytest.mark.parametrize(
    ("prefix", "suffix", "found"),
    [
        ("On Tuesday night ", " voted to raise", "the council"),
        ("On Tuesday night", "voted to raise", "the council"),
        ('raise the "harbour" ', " by a foot.", "wall"),
        ("raise the ", ' "harbour" wall', ""),
        # Too little to tell a place.
        ("night ", " voted", None),
        ("On Tuesday night ", "", None),
        ("", " voted to raise", None),
        (" ", " \n", None),
        # The wrong way round, too far apart, or not there.
        (" voted to raise", "On Tuesday night ", None),
        ("On Tuesday night ", " wall by a foot.", None),
        ("On Monday night ", " voted to raise", None),
        ("on tuesday night ", " voted to raise", None),
    ],
)
def test_the_gap_is_what_stands_between_prefix_and_suffix(prefix, suffix, found):
    assert between(PAGE, prefix, suffix) == found


def test_a_longer_quote_may_have_become_a_longer_text():
    assert longest_gap("x") == GAP_LEAST
    assert longest_gap("x" * 100) == 300
    assert between(PAGE, "On Tuesday night ", " wall by a foot.", "x" * 20) == (
        "the council voted to raise the “harbour”"
    )


def test_two_gaps_tell_nothing():
    line = "On Tuesday night the council did this by a foot at least."

    assert between(page_of(line), "On Tuesday night", "by a foot") == "the council did this"
    assert between(page_of(line, line), "On Tuesday night", "by a foot") is None


@pytest.mark.parametrize("apart", ["", " ", " – ", "... ", "\n", "”, "])
def test_where_nothing_but_signs_stand_between_them_the_passage_was_removed(apart):
    page = page_of(f"the prefix as it was{apart}and the suffix as it was")
    quote = Quote("x", prefix="the prefix as it was", suffix="and the suffix as it was")

    assert was_removed(quote, page)


def test_else_it_was_not():
    quote = Quote("x", prefix="On Tuesday night", suffix="voted to raise")

    assert not was_removed(quote, PAGE)
    assert not was_removed(Quote("x", prefix="a", suffix="b"), page_of("a b"))
    assert not was_removed(quote, page_of(""))
