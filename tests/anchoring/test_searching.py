"""Where words stand, on each step of the ladder."""

import pytest
from markdown import markdown
from mkdocs_annotate.anchoring.matching import Context

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.searching import Step, search

NONE = Context()


def page_of(source):
    return Page(project(markdown(source, extensions=["extra", "toc"])), source)


def found(page, words, step, context=NONE):
    places = search(words, step, page, context)
    return [page.text[place.start : place.end] for place in places.ranges]


def refused(page, words, step):
    places = search(words, step, page, NONE)
    return [page.text[place.start : place.end] for place in places.refused]


SOURCE = """The *boat* is **full**; so is Café&nbsp;Noir, they say, and the Boat  is out.

Write `*boat*` to get *boat*.
"""


@pytest.mark.parametrize(
    ("words", "step", "places"),
    [
        ("The *boat* is", Step.SYNTAX, ["The boat is"]),
        ("*boat*", Step.SYNTAX, ["boat", "*boat*", "boat"]),
        ("The boat is", Step.SYNTAX, []),
        ("The boat is full", Step.TYPOGRAPHY, ["The boat is full"]),
        ("the boat is full", Step.TYPOGRAPHY, []),
        ("the boat is full", Step.LETTERS, ["The boat is full"]),
        ("is Café&nbsp;Noir", Step.SYNTAX, ["is Café\N{NO-BREAK SPACE}Noir"]),
        ("Boat is out", Step.SOURCE, ["Boat  is out"]),
        ("*boat*", Step.SOURCE, []),
        ("noir they say", Step.LETTERS, []),
        ("noir they say and", Step.WORDS, ["Noir, they say, and"]),
        ("“noir they say and", Step.WORDS, ["Noir, they say, and"]),
    ],
)
def test_each_step_compares_in_its_own_way(words, step, places):
    assert found(page_of(SOURCE), words, step) == places


def test_without_a_source_only_the_page_is_searched():
    page = Page(project(markdown(SOURCE)))

    assert found(page, "The *boat* is", Step.SYNTAX) == []
    assert found(page, "Boat is out", Step.SOURCE) == []


def test_what_is_passed_over_may_stand_inside_a_quote():
    page = page_of("The boat[^1] is full.\n\n[^1]: The note.")

    assert found(page, "The boat1 is full", Step.TYPOGRAPHY) == ["The boat is full"]
    assert found(page, "boat1", Step.TYPOGRAPHY) == ["boat"]
    assert found(page, "1", Step.TYPOGRAPHY) == []


def test_context_lets_a_place_stand_inside_a_word():
    page = page_of("The partygoer has an art.")

    assert found(page, "art", Step.TYPOGRAPHY) == ["art"]
    assert found(page, "art", Step.TYPOGRAPHY, Context("The p", "ygoer")) == ["art", "art"]


def test_what_can_be_marked_in_part_only_is_refused():
    page = Page(project('<p>so <span class="arithmatex">\\(ab + cd\\)</span> holds</p>'))

    assert found(page, "ab + cd", Step.TYPOGRAPHY) == []
    assert refused(page, "ab + cd", Step.TYPOGRAPHY) == ["\\(ab + cd\\)"[2:9]]


TEMPLATED = """```sh
$ pip install --no-deps .
```

Then one more.

```{pip-cli}
$ pip install --no-deps -e .
```
"""


def test_a_place_that_alignment_lost_but_that_reads_the_same_is_still_one():
    """Else the other one would look like the only one."""
    page = Page(project(markdown(TEMPLATED, extensions=["fenced_code"])), TEMPLATED)
    page.alignment.partners[:] = [-1] * 5 + page.alignment.partners[5:]

    assert found(page, "pip install --no-deps", Step.SYNTAX) == ["pip install --no-deps"] * 2


def test_where_a_place_is_lost_the_others_are_refused():
    source = "Press **the red** button.\n\nThen press **the red** button again.\n"
    page = page_of(source)
    assert found(page, "**the red** button", Step.SYNTAX) == ["the red button"] * 2

    page.alignment.partners[:4] = [-1] * 4

    assert found(page, "**the red** button", Step.SYNTAX) == []
    assert refused(page, "**the red** button", Step.SYNTAX) == ["the red button"]


def test_places_that_overlap_are_several():
    page = page_of("*so* *so* *so*; `*so* *so* *so*`\n")

    assert found(page, "*so* *so*", Step.SYNTAX) == ["so so", "so so", "*so* *so*", "*so* *so*"]


def test_a_place_in_syntax_that_never_shows_is_none():
    source = "See [the red button](the-red-button 'the red button').\n"

    assert found(page_of(source), "the red button", Step.SOURCE) == ["the red button"]


def test_more_places_than_are_counted_are_told():
    page = page_of("it " * 1001)

    assert search("it", Step.SOURCE, page, NONE).too_many
    assert search("it", Step.TYPOGRAPHY, page, NONE).too_many
