from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.problems import Position


def test_a_position_is_shown_as_editors_jump_to_it():
    assert str(Position("docs/a.yml", 3, 12)) == "docs/a.yml:3:12"


def test_positions_are_in_the_order_of_the_file():
    places = [
        Position("a", 1, 2),
        Position("a", 2, 1),
        Position("a", 2, 10),
        Position("a", 10, 1),
        Position("b", 1, 1),
    ]

    assert sorted([places[3], places[0], places[4], places[2], places[1]]) == places


def test_places_in_the_text_are_in_its_order():
    assert sorted([Range(2, 3), Range(1, 9), Range(1, 2)]) == [
        Range(1, 2),
        Range(1, 9),
        Range(2, 3),
    ]
