"""What one sidecar may put into a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.anchoring.anchors import Anchor
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.model.sidecar import Article
from mkdocs_annotate.rendering import page_limits
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.page_limits import (
    MAX_ADDED,
    MAX_COVERED,
    MAX_MARKS,
    MOST_TOLD,
    oversized,
    within_limits,
)
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.sidecar.decoding import parse_sidecar


def anchors(count, places=1, length=1, note="n", more=""):
    entries = "".join(f"  - {{quote: w{n}, note: '{note}'{more}}}\n" for n in range(count))
    sidecar = parse_sidecar("annotations:\n" + entries, "a.annotations.yml")[0]
    ranges = tuple(Range(n, n + length) for n in range(places))
    return [Anchor(entry, ranges) for entry in sidecar.annotations]


def kept(given, sources=None, article=None, author=""):
    return within_limits(given, sources or {}, article or Article(), author)


def test_as_many_marks_as_the_bound_and_no_more():
    assert kept(anchors(MAX_MARKS))[1] == []
    fitting, problems = kept(anchors(MAX_MARKS + 1))

    assert len(fitting) == MAX_MARKS
    assert [(problem.rule, problem.position.line) for problem in problems] == [
        (Rule.NOT_MARKED, MAX_MARKS + 2)
    ]
    assert f"more than {MAX_MARKS:,} marks" in problems[0].message


def test_an_entry_of_many_places_is_left_out_and_smaller_ones_behind_it_are_not():
    many = anchors(3, places=900)
    one = anchors(1)

    fitting, problems = kept([*many, *one])

    assert fitting == (*many[:2], *one)
    assert len(problems) == 1


def test_what_is_covered_counts_for_each_mark():
    fitting, problems = kept(anchors(5, length=MAX_COVERED // 4))

    assert len(fitting) == 4
    assert "characters of the page would be marked" in problems[0].message


def test_bytes_are_counted_before_they_are_made():
    fitting, problems = kept(anchors(1999, note="n" * 4000))

    assert 500 < len(fitting) < 1999
    assert "8 MiB would be put into the page" in problems[0].message


@pytest.mark.parametrize(
    "described",
    [
        "title: " + "t" * 1000,
        "{title: t, url: 'https://example.org/" + "a" * 1900 + "'}",
        "{title: t, author: [" + ", ".join(["a" * 900] * 200) + "]}",
    ],
    ids=["title", "address", "authors"],
)
def test_what_a_source_says_counts_with_each_citation_or_once(described):
    body = described if described.startswith("{") else "{" + described + "}"
    sources = parse_sidecar(f"sources:\n  s: {body}\n", "a")[0].sources
    assert sources["s"].title
    given = anchors(400, more=", sources: [" + ", ".join(["s"] * 100) + "]")

    fitting, problems = kept(given, sources)

    assert len(fitting) < 400
    assert problems


def test_whose_words_they_are_counts_with_each_entry():
    assert len(kept(anchors(100), author="a" * 100_000)[0]) < 40


def test_few_are_told_one_by_one_and_the_others_are_counted():
    _, problems = kept(anchors(MAX_MARKS + 50))

    assert len(problems) == MOST_TOLD + 1
    assert problems[-1].message == "40 more annotations are not marked for the same reason"


def test_a_page_that_became_too_large_all_the_same_stays_plain(monkeypatch):
    html = "<p>The old bridge.</p>"
    sidecar = parse_sidecar("annotations: [{quote: old, note: n}]", "a.annotations.yml")[0]
    # As a site's own template may make it.
    monkeypatch.setattr(page_limits, "MAX_ADDED", 300)
    monkeypatch.setattr(page_limits, "_ENTRY", 0)
    monkeypatch.setattr(page_limits, "_PLACE", 0)

    page = render_page(html, "", sidecar, Site(), Presentation(), lambda link: link.address)

    assert page.html == html
    assert [problem.rule for problem in page.problems] == [Rule.TOO_LARGE]


def test_references_count_as_they_are_written():
    assert oversized(["x" * MAX_ADDED], "a") is None
    assert oversized(["x" * MAX_ADDED, "x"], "a") is not None
    assert oversized(["あ" * (MAX_ADDED // 8 + 1)], "a") is not None


@given(
    st.lists(st.text("aé…", max_size=40), min_size=1, max_size=4),
    st.integers(1, 3),
    st.integers(0, 12_000),
)
def test_the_rough_count_lets_nothing_pass_that_the_exact_one_leaves_out(notes, places, most):
    given_anchors = [
        one for note in notes for one in anchors(1, places, note=note or "n", more=", by: é")
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_limits, "MAX_ADDED", most)
        roughly = kept(given_anchors)
        patch.setattr(page_limits, "_fit_easily", lambda *_: False)

        assert roughly == kept(given_anchors)
