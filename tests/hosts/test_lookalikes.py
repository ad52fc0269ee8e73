"""What looks like a sidecar and is none: told with the right name, and never published."""

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

ENTRY = "annotations:\n  - quote: built in 1794\n    note: A note on it.\n"
NAMES = [
    "x.annotation.yml",
    "x.Annotations.yml",
    "X.annotations.yml",
    "x.annotations.yaml",
    "x.annotations.YML",
    "x.md.annotations.yml",
    "x.md.annotations.yaml",
    "x-annotations.yml",
    "x_annotations.yml",
    "x.anotations.yml",
    "x.annotations.yml.txt",
    "x.annotations.yml.bak",
    "x.annotations.yml~",
    "x.yml",
    "x.yaml",
    "X.yml",
]


@pytest.fixture
def site(draw):
    return draw("""
        docs/x.md
        | # X
        |
        | The bridge was built in 1794.
        docs/index.md
        | [X](x.md)
        """)


def write(site, name, text=ENTRY):
    path = site.root / "docs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_near_name_is_told_with_the_right_one_and_is_not_published(site, name):
    write(site, name)

    built = site.build()

    (problem,) = built.problems
    assert problem.key == (f"docs/{name}", 1, 1, "no-article")
    assert "rename it to `x.annotations.yml`" in problem.message
    assert name not in built.published()
    assert built.marked("x/index.html") == []


@pytest.mark.parametrize("name", ["x.annotation.yml", "x.yml"])
def test_check_tells_of_it_too(site, name):
    write(site, name)
    site.configure(site.config)

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 1
    assert f"docs/{name}:1:1: a sidecar ends in `.annotations.yml`; rename it" in result.output


@pytest.mark.parametrize("name", ["x.annotation.yml", "x.yml", "x.annotations.yaml"])
def test_beside_a_sidecar_it_is_told_too(site, name):
    write(site, "x.annotations.yml")
    write(site, name)

    built = site.build()

    assert built.keys == [(f"docs/{name}", 1, 1, "no-article")]
    assert name not in built.published()
    assert built.marked("x/index.html") == ["built in 1794"]


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("xx.annotation.yml", "x.annotations.yml"),
        ("notes.yml", "notes.annotations.yml"),
        ("part/other.yaml", "other.annotations.yml"),
    ],
)
def test_without_an_article_it_is_told_with_the_nearest(site, name, right):
    write(site, name)

    built = site.build()

    (problem,) = built.problems
    assert problem.key == (f"docs/{name}", 1, 1, "no-article")
    assert f"`{right}`" in problem.message
    assert name not in built.published()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.yml", "title: X\nquote: y\n"),
        ("x.yml", "annotations: true\nother:\n  - note: y\n"),
        ("data.yaml", "items:\n  - quote: y\n"),
        ("x.notes.yml", "a: b\n"),
        ("x.annotations.json", "{}"),
        ("x.yaml.html", ENTRY),
    ],
)
def test_other_files_are_published_and_nothing_is_told(site, name, text):
    write(site, name, text)

    built = site.build()

    assert built.problems == []
    assert name in built.published()


@pytest.mark.parametrize(
    "text",
    [
        "annotations: [{quote: a, note: b}]\n",
        '"annotations":\n- "quote": a\n',
        "# mine\narticle: {type: news}\nannotations:\n    - note: b\n      quote: a\n",
        "\ufeffannotations:\n  - quote: a\n    note: [broken\n",
    ],
)
def test_what_a_sidecar_says_is_known_in_all_its_forms(site, text):
    write(site, "x.yml", text)

    assert [key[0] for key in site.build().keys] == ["docs/x.yml"]
