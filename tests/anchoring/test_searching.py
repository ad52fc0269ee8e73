"""The places of some words, in both readings of the page and through its source."""

import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import search
from mkdocs_annotate.anchoring.ends import Unit
from mkdocs_annotate.anchoring.keys import Words
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project


def page_of(source):
    return Page(project(markdown(source, extensions=["extra", "toc"])), source)


def found(page, exact, prefix="", suffix=""):
    places = search(Words(exact, prefix, suffix), page)
    return [page.text[place.start : place.end] for place in places.ranges]


SOURCE = """The *boat* is **full**; so is Café&nbsp;Noir, they say, and the Boat  is out.

Write `*boat*` to get *boat*.
"""


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("The *boat* is", ["The boat is"]),
        ("*boat*", ["boat", "*boat*", "boat"]),
        ("The boat is full", ["The boat is full"]),
        ("the boat is full", []),
        ("is Café&nbsp;Noir", ["is Café\N{NO-BREAK SPACE}Noir"]),
        ("is Café Noir", ["is Café\N{NO-BREAK SPACE}Noir"]),
        ("Boat is out", ["Boat  is out"]),
        ("Boat\nis out.", ["Boat  is out."]),
        ("get *boat*", ["get boat"]),
        ("get boat", ["get boat"]),
    ],
)
def test_words_of_the_page_and_of_its_markdown_are_found(words, places):
    assert found(page_of(SOURCE), words) == places


def test_without_a_source_only_the_page_is_searched():
    page = Page(project(markdown(SOURCE)))

    assert found(page, "The *boat* is") == []
    assert found(page, "Boat is out") == ["Boat  is out"]


def test_the_same_words_are_searched_once():
    page = page_of(SOURCE)

    assert search(Words("so is"), page) is search(Words("so is"), page)


def test_a_page_that_shows_its_own_markdown_has_both_places():
    page = page_of("Write `**bold**` to get **bold**.\n")

    assert found(page, "**bold**") == ["**bold**", "bold"]
    assert found(page, "get **bold**") == ["get bold"]


def test_places_of_both_readings_are_united():
    page = page_of("The boat[^1] is. The boat1 is.\n\n[^1]: Note.\n")

    assert found(page, "boat1 is") == ["boat is", "boat1 is"]
    assert found(page, "boat is") == ["boat is"]


def test_what_can_be_marked_in_part_only_is_refused():
    page = Page(project('<p>so <span class="arithmatex">\\(ab + cd\\)</span> holds</p>'))
    places = search(Words("ab + cd"), page)

    assert places.ranges == ()
    assert [(page.text[place.start : place.end], cut) for place, cut in places.refused] == [
        ("ab + cd", Unit.WHOLE)
    ]
    block = Page(project('<div class="arithmatex">a + b</div>'))
    assert search(Words("a + b"), block).refused[0][1] == Unit.WHOLE


def test_a_place_that_alignment_lost_but_that_reads_the_same_is_still_one():
    """Else the other one would look like the only one."""
    templated = """```sh
$ pip install --no-deps .
```

Then one more.

```{pip-cli}
$ pip install --no-deps -e .
```
"""
    page = Page(project(markdown(templated, extensions=["fenced_code"])), templated)
    page.alignment.partners[:] = [-1] * 5 + page.alignment.partners[5:]

    assert found(page, "pip install --no-deps") == ["pip install --no-deps"] * 2


def test_where_a_place_is_lost_the_others_are_no_places():
    source = "Press **the red** button.\n\nThen press **the red** button again.\n"
    page = page_of(source)
    assert found(page, "**the red** button") == ["the red button"] * 2

    page = page_of(source)
    page.alignment.partners[:4] = [-1] * 4
    page.alignment.text_words[1] = "blue"
    places = search(Words("**the red** button"), page)

    assert (places.ranges, places.lost) == ((), True)


def test_places_that_overlap_are_several():
    page = page_of("*so* *so* *so*; `*so* *so* *so*`\n")

    assert found(page, "*so* *so*") == ["so so", "so so", "*so* *so*", "*so* *so*"]


def test_a_place_in_syntax_that_never_shows_is_none():
    source = "See [the red button](the-red-button 'the red button').\n"

    assert found(page_of(source), "the red button") == ["the red button"]
    assert found(page_of(source), "the-red-button") == []


def test_more_places_than_are_counted_are_told():
    assert search(Words("it"), page_of("it " * 1_001)).too_many
    assert search(Words("*it*"), page_of("*it* " * 1_001)).too_many


def test_places_of_two_readings_may_be_too_many_together():
    one = 'so<sup><a class="footnote-ref">1</a></sup> so1 '
    few = search(Words("so1"), Page(project(f"<p>{one * 500}</p>")))
    many = search(Words("so1"), Page(project(f"<p>{one * 501}</p>")))

    assert (len(few.ranges), few.too_many) == (1_000, False)
    assert (len(many.ranges), many.too_many) == (1_000, True)


def test_each_context_may_be_of_the_page_or_of_the_source():
    page = page_of("One **boat** here, a *boat* there, and `boat`.")

    assert found(page, "**boat**") == ["boat"]
    assert found(page, "*boat*", prefix="a ") == ["boat"]
    assert found(page, "**boat**", suffix=" here") == ["boat"]
    assert found(page, "**boat**", prefix="a ") == []
