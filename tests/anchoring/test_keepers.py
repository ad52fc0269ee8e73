"""Elements that no reference may stand in."""

from mkdocs_annotate.anchoring.tags import Keepers
from mkdocs_annotate.model.places import Span


def test_of_nested_ones_the_outermost_counts():
    keepers = Keepers()

    keepers.open("h2", 0)
    keepers.open("code", 10)
    keepers.close("code", 20)
    keepers.close("h2", 30)
    keepers.open("a", 40)
    keepers.close("a", 50)

    assert keepers.outermost() == (Span(0, 30), Span(40, 50))


def test_one_that_is_never_closed_does_not_count():
    keepers = Keepers()

    keepers.open("a", 0)
    keepers.open("code", 10)
    keepers.close("code", 20)

    assert keepers.outermost() == (Span(10, 20),)


def test_the_end_of_an_outer_one_ends_what_is_open_in_it():
    keepers = Keepers()

    keepers.open("h2", 0)
    keepers.open("a", 10)
    keepers.close("h2", 20)
    keepers.close("a", 30)

    assert keepers.outermost() == (Span(0, 20),)


def test_an_end_tag_ends_the_innermost_of_its_name():
    keepers = Keepers()

    keepers.open("a", 0)
    keepers.open("a", 10)
    keepers.close("a", 20)

    assert keepers.outermost() == (Span(10, 20),)


def test_an_element_of_the_same_name_is_counted_but_is_none():
    keepers = Keepers()

    keepers.open_other("div")
    keepers.close("div", 5)
    keepers.open("div", 10)
    keepers.open_other("div")
    keepers.close("div", 20)
    keepers.close("div", 30)

    assert keepers.outermost() == (Span(10, 30),)


def test_an_element_taken_as_a_whole_hides_those_in_it():
    keepers = Keepers()

    keepers.open("code", 5)
    keepers.close("code", 8)
    keepers.closed(0, 10)

    assert keepers.outermost() == (Span(0, 10),)
