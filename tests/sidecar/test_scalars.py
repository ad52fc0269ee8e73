import pytest

from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.sidecar import ALL, Occurrence
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.scalars import as_markdown, meaning_of

NAME = shapes.Name("[a-z]+", "small letters")
CHOICE = shapes.Choice(("news", "satire"))


@pytest.mark.parametrize(
    ("text", "shape", "meaning"),
    [
        ("abc", NAME, "abc"),
        ("abc\n", NAME, None),
        ("aBc", NAME, None),
        ("news", CHOICE, "news"),
        ("News", CHOICE, None),
        ("true", shapes.Flag(), True),
        ("FALSE", shapes.Flag(), False),
        ("yes", shapes.Flag(), None),
        ("2024", shapes.When(), Date(2024)),
        ("2024-11-03", shapes.When(whole=True), Date(2024, 11, 3)),
        ("2024-11", shapes.When(whole=True), None),
        ("2024-11-31", shapes.When(), None),
        ("all", shapes.Place(), Occurrence(ALL)),
        ("2", shapes.Place(), Occurrence(2)),
        ("2 of 3", shapes.Place(), Occurrence(2, 3)),
        ("2  of\n3", shapes.Place(), Occurrence(2, 3)),
        ("3 of 3", shapes.Place(), Occurrence(3, 3)),
        ("4 of 3", shapes.Place(), None),
        ("0", shapes.Place(), None),
        ("0 of 3", shapes.Place(), None),
        ("٢", shapes.Place(), None),
        ("9999999", shapes.Place(), None),
        ("", shapes.Place(), None),
    ],
)
def test_a_text_says_what_its_shape_allows(text, shape, meaning):
    assert meaning_of(text, shape) == meaning


@pytest.mark.parametrize("style", ["", "'", ">"])
def test_where_yaml_folds_a_line_end_is_a_blank_line(style):
    assert as_markdown("One.\nTwo.\n\n  code\n  code\n\nThree.\n", style) == (
        "One.\n\nTwo.\n\n  code\n  code\n\nThree."
    )


@pytest.mark.parametrize("style", ["|", '"'])
def test_where_yaml_keeps_lines_they_are_kept(style):
    assert as_markdown("\nOne.\nTwo.\n", style) == "One.\nTwo."
