import pytest

from mkdocs_annotate.exchange.csl_variables import variables_of


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("volume", 3, "3"),
        ("page", "45\n–67", "45 –67"),
        ("abstract", "a" * 20_000, "a" * 10_000),
        ("editor", [{"family": "Q", "given": "A", "x": 1}], [{"family": "Q", "given": "A"}]),
        ("editor", {"literal": "Q"}, [{"literal": "Q"}]),
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
        ("volume", {"a": 1}),
        ("volume", True),
        ("editor", [1, "x", {"invented": "y"}, {"family": []}]),
        ("event-date", "2024"),
        ("event-date", {"date-parts": [["x"], [], 3.5]}),
        ("event-date", {"date-parts": [["99999"]]}),
        ("__class__", "x"),
    ],
)
def test_what_is_unknown_or_of_another_type_is_not(name, value):
    assert variables_of({name: value}) == {}
