import pytest

from mkdocs_annotate.exchange.csl import variables_of


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("version", 3, "3"),
        ("section", "45\n–67", "45 –67"),
        ("original-title", "A <i>bridge</i> &amp; more", "A bridge & more"),
        ("director", [{"family": "Q", "given": "A", "x": 1}], [{"family": "Q", "given": "A"}]),
        ("director", {"literal": "Q"}, [{"literal": "Q"}]),
        ("director", "Ada Quill", [{"literal": "Ada Quill"}]),
        ("categories", ["a", " ", "b"], ["a", "b"]),
        ("event-date", "2024", {"date-parts": [[2024]]}),
        ("event-date", {"literal": "spring 2024"}, {"date-parts": [[2024]], "season": 1}),
        ("event-date", {"date-parts": [["2024", 3]]}, {"date-parts": [[2024, 3]]}),
    ],
)
def test_variables_are_taken_along_in_their_form(name, value, kept):
    assert variables_of({name: value}) == {name: kept}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("invented", "x"),
        ("title", "ours"),
        ("version", {"a": 1}),
        ("version", True),
        ("abstract", "a" * 20_000),
        ("director", ["x", {"invented": "y"}]),
        ("event-date", "some day"),
        ("event-date", {"date-parts": [["x"], [], 3.5]}),
        ("event-date", {"date-parts": [["99999"]]}),
        ("__class__", "x"),
    ],
)
def test_what_is_unknown_or_of_another_type_is_not(name, value):
    assert variables_of({name: value}) == {}
