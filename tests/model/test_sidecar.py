from dataclasses import FrozenInstanceError, replace

import pytest

from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.model.sidecar import (
    ALL,
    NOWHERE,
    Annotation,
    Article,
    Citation,
    Occurrence,
    Quote,
    Sidecar,
)

PLACE = Position("a.yml", 2, 12)


def test_a_value_has_a_place_and_without_one_that_of_its_annotation():
    annotation = Annotation(
        Quote("a"), "a", "context", position=PLACE, places={"note": Position("a.yml", 3, 11)}
    )

    assert annotation.place("note").line == 3
    assert annotation.place("speaker") == PLACE


def test_where_something_stands_is_no_part_of_what_it_says():
    assert Annotation(Quote("a"), "a", "context") == Annotation(
        Quote("a"), "a", "context", position=PLACE, places={"note": PLACE}
    )
    assert Citation("a") == Citation("a", position=PLACE)
    assert Article() == Article(places={"type": PLACE})


def test_every_place_is_none_of_the_numbers():
    assert Occurrence(ALL).number < 1
    assert Occurrence(2).total == 0


def test_a_sidecar_may_say_nothing():
    sidecar = Sidecar("a.yml")

    assert (sidecar.article, sidecar.sources, sidecar.annotations) == (Article(), {}, ())
    assert Annotation(Quote("a"), "a", "context").position == NOWHERE


def test_what_is_said_stays():
    annotation = Annotation(Quote("a"), "a", "context")

    with pytest.raises(FrozenInstanceError):
        annotation.note = "b"
    assert replace(annotation, note="b").note == "b"
