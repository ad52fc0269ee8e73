import pytest

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.imported import Target
from mkdocs_annotate.exchange.imported_quotes import quotes_of

SOURCE = "The mill is old.\n\nA miller owns the mill.\n\nNobody asked him.\n"
PAGE = "<p>The mill is old.</p><p>A miller owns the mill.</p><p>Nobody asked him.</p>"


def placed(*targets):
    return quotes_of(targets, Page(project(PAGE), SOURCE), SOURCE)


@pytest.mark.parametrize(
    ("target", "values"),
    [
        # Words that stand once need nothing beside them, whatever came with them.
        (Target("is old", "The mill ", "."), {}),
        (Target("is old", "Menu ", " today"), {}),
        (Target("the mill", "owns "), {}),
        # The fewest whole words, with the space at the seam.
        (Target("mill", "er owns the", ". Nobody asked"), {"prefix": "the "}),
        (Target("mill", "", " is old. A mi"), {"prefix": "The "}),
        (Target("mill", "he"), {"prefix": "he"}),
        (Target("the mill", line=9), {}),
        (Target("gone", "a ", " b"), {"prefix": "a ", "suffix": " b"}),
    ],
)
def test_a_quote_gets_the_fewest_words_that_tell_its_place(target, values):
    assert placed(target) == [{"quote": target.exact, **values}]


def test_a_repeated_quote_with_the_wrong_context_keeps_it_for_a_person_to_see():
    target = Target("mill", "Menu ", " today")

    assert placed(target) == [{"quote": "mill", "prefix": "Menu ", "suffix": " today"}]


def test_a_line_picks_one_of_several():
    (values,) = placed(Target("mill is", line=1))
    (picked,) = quotes_of(
        (Target("he", line=2),), Page(project("<p>x he</p><p>y he</p>")), "x he\ny he\n"
    )

    assert values == {"quote": "mill is"}
    assert picked["quote"] == "he"
    assert picked["prefix"] == "y "


def test_all_places_are_one_quote_and_some_are_several():
    page = Page(project("<p>a mill, b mill, c mill</p>"))
    targets = tuple(Target("mill", prefix) for prefix in ("a ", "b ", "c "))

    assert quotes_of(targets, page, "") == [{"quote": "mill", "occurrence": "all"}]
    assert quotes_of(targets[:2], page, "") == [
        {"quote": "mill", "prefix": "a "},
        {"quote": "mill", "prefix": "b "},
    ]
