"""What can't be rendered is left out; the rest of the page stays."""

import pytest

from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.rendering.page import MOST_TRIALS, RenderedPage, render_safely
from mkdocs_annotate.sidecar.decoding import parse_sidecar


def sidecar(count, article=""):
    entries = "".join(f"  - {{quote: w{n}, note: n}}\n" for n in range(count))
    return parse_sidecar(f"{article}annotations:\n{entries}", "a.annotations.yml")[0]


class Page:
    """A page whose rendering fails where one of some quotes is in it."""

    def __init__(self, *faulty, article=False):
        self.faulty = faulty
        self.article = article
        self.trials = 0

    def __call__(self, sidecar):
        self.trials += 1
        words = [entry.quote.exact for entry in sidecar.annotations]
        if set(self.faulty) & set(words) or (self.article and sidecar.article.type):
            raise RuntimeError("boom")
        return RenderedPage(" ".join(words))


def test_a_page_that_does_not_fail_is_rendered_once():
    page = Page()

    assert render_safely(page, "plain", sidecar(3)).html == "w0 w1 w2"
    assert page.trials == 1


@pytest.mark.parametrize("faulty", [("w0",), ("w3",), ("w7",), ("w0", "w7"), ("w2", "w3", "w5")])
def test_the_entries_that_fail_are_left_out_and_told_at_their_places(faulty):
    result = render_safely(Page(*faulty), "plain", sidecar(8))

    assert result.html.split() == [f"w{n}" for n in range(8) if f"w{n}" not in faulty]
    assert [problem.rule for problem in result.problems] == [Rule.INTERNAL] * len(faulty)
    assert [problem.position.line for problem in result.problems] == [
        int(words[1:]) + 2 for words in faulty
    ]


def test_what_is_said_of_the_article_may_be_what_fails():
    result = render_safely(Page(article=True), "plain", sidecar(2, "article: {type: news}\n"))

    assert result.html == "w0 w1"
    assert [problem.position.line for problem in result.problems] == [1]


def test_a_page_that_fails_without_any_entry_is_as_the_host_made_it():
    def fail(_):
        raise RecursionError

    result = render_safely(fail, "plain", sidecar(2))

    assert result.html == "plain"
    assert [problem.rule for problem in result.problems] == [Rule.INTERNAL]


def test_one_entry_of_many_is_found_within_the_bound():
    page = Page("w617")

    result = render_safely(page, "plain", sidecar(1000))

    assert len(result.html.split()) == 999
    assert page.trials <= MOST_TRIALS


def test_the_search_stops_where_too_many_fail():
    page = Page(*(f"w{n}" for n in range(0, 1000, 2)))

    result = render_safely(page, "plain", sidecar(1000))

    # Once the bound is reached, each group that is left takes one more look.
    assert page.trials <= 2 * MOST_TRIALS
    assert Rule.INTERNAL in {problem.rule for problem in result.problems}
