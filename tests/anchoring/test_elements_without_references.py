"""Elements that no reference may stand in."""

from mkdocs_annotate.anchoring.tags import ElementsWithoutReferences
from mkdocs_annotate.model.places import Span


def test_of_nested_ones_the_outermost_counts():
    elements = ElementsWithoutReferences()

    elements.open("h2", 0)
    elements.open("code", 10)
    elements.close("code", 20)
    elements.close("h2", 30)
    elements.open("a", 40)
    elements.close("a", 50)

    assert elements.outermost() == (Span(0, 30), Span(40, 50))


def test_one_that_is_never_closed_does_not_count():
    elements = ElementsWithoutReferences()

    elements.open("a", 0)
    elements.open("code", 10)
    elements.close("code", 20)

    assert elements.outermost() == (Span(10, 20),)


def test_the_end_of_an_outer_one_ends_what_is_open_in_it():
    elements = ElementsWithoutReferences()

    elements.open("h2", 0)
    elements.open("a", 10)
    elements.close("h2", 20)
    elements.close("a", 30)

    assert elements.outermost() == (Span(0, 20),)


def test_an_end_tag_ends_the_innermost_of_its_name():
    elements = ElementsWithoutReferences()

    elements.open("a", 0)
    elements.open("a", 10)
    elements.close("a", 20)

    assert elements.outermost() == (Span(10, 20),)


def test_an_element_of_the_same_name_is_counted_but_is_none():
    elements = ElementsWithoutReferences()

    elements.open_other("div")
    elements.close("div", 5)
    elements.open("div", 10)
    elements.open_other("div")
    elements.close("div", 20)
    elements.close("div", 30)

    assert elements.outermost() == (Span(10, 30),)


def test_an_element_taken_as_a_whole_hides_those_in_it():
    elements = ElementsWithoutReferences()

    elements.open("code", 5)
    elements.close("code", 8)
    elements.closed(0, 10)

    assert elements.outermost() == (Span(0, 10),)
