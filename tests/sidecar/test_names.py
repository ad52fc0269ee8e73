import pytest

from mkdocs_annotate.sidecar.files import by_stem, intended_stem, is_yaml, says_annotations


@pytest.mark.parametrize(
    "name",
    [
        *("x.annotation.yml", "x.Annotations.yml", "x.annotations.yaml", "x.annotations.YML"),
        *("x.md.annotations.yml", "x.md.annotations.yaml", "x-annotations.yml"),
        *("x_annotations.yaml", "x annotations.yml", "x.anotations.yml", "x.annotaions.yml"),
        *("x.annotations.yml.txt", "x.annotations.yml.bak", "x.annotations.yml~"),
    ],
)
def test_a_name_that_is_nearly_right_is_of_an_article(name):
    assert intended_stem(name) == "x"


@pytest.mark.parametrize(
    "name",
    [
        *("x.annotations.yml", "a.b.annotations.yml", "xannotations.yml", "annotations.yml"),
        *("x.notes.yml", "x.annotated.yml", "x.yml", "x.annotations.json", "x.annotations", ""),
        *("x.md.review.yaml", "annotations", "x.translations.yml"),
    ],
)
def test_other_names_are_of_none(name):
    assert intended_stem(name) == ""


def test_of_the_files_beside_an_article_those_are_near_that_are_called_like_it():
    names = [
        "x.annotation.yml",
        "x.yaml",
        "X.annotations.yml",
        "x.annotations.yml",
        "y.yml",
        "x.md",
    ]

    assert by_stem(names) == {
        "x": ["x.annotation.yml", "X.annotations.yml", "x.annotations.yml", "x.yaml"],
        "y": ["y.yml"],
    }


def test_yaml_is_known_by_its_name():
    assert is_yaml("x.YAML")
    assert not is_yaml("x.yml.txt")


@pytest.mark.parametrize(
    "text",
    [
        "annotations:\n  - quote: a\n",
        "annotations: [{note: b, quote: a}]",
        "'annotations' :\n- note: b\n  'quote': a\n",
        "sources: {}\nannotations:  # ours\n    -   quote: [broken\n",
    ],
)
def test_a_sidecar_is_known_by_what_it_says(text):
    assert says_annotations(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "annotations: true\n",
        "quote: a\nannotations: []\n",
        "x:\n  annotations:\n    - quote: a\n",
        "annotations:\n  - text: the quote is long\n",
        "title: annotations:\n",
    ],
)
def test_other_yaml_says_something_else(text):
    assert not says_annotations(text)
