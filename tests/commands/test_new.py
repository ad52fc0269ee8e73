from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

DRAWING = """
docs/guide/index.md
| # Ferries
|
| The ferry will be closed in October, said the chair. Nobody had asked the crew.
"""


def run(draw, drawing=DRAWING, config=None, article="docs/guide/index.md"):
    site = draw(drawing)
    site.configure(config or site.config)
    return site.root, CliRunner().invoke(main, ["new", article])


def test_a_starter_sidecar_quotes_the_articles_first_words_as_a_draft(draw):
    root, result = run(draw)

    assert result.exit_code == 0, result.output
    assert (root / "docs/guide/index.annotations.yml").read_text() == (
        "# Annotations of index.md: each entry quotes some words of it.\n"
        "annotations:\n"
        "  - quote: The ferry will be closed in October, said the chair\n"
        "    note: What readers should know about these words, in *Markdown*.\n"
        "    draft: true\n"
    )
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_it_names_the_projects_schema(draw):
    root, _ = run(draw, DRAWING + "annotations.schema.json\n| {}\n")

    text = (root / "docs/guide/index.annotations.yml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../../annotations.schema.json\n")


def test_it_lies_in_the_mirrored_tree_where_the_site_has_one(draw):
    root, _ = run(draw, config="site_name: x\nplugins: [{annotate: {annotations_dir: notes}}]\n")

    assert (root / "notes/guide/index.annotations.yml").is_file()


def test_a_sidecar_that_is_there_is_left_alone(draw):
    root, _ = run(draw, DRAWING + "docs/guide/index.annotations.yml\n| annotations: []\n")

    assert (root / "docs/guide/index.annotations.yml").read_text() == "annotations: []\n"


def test_an_article_of_few_words_gets_a_placeholder(draw):
    root, result = run(draw, "docs/guide/index.md\n| Oh.\n")

    assert result.exit_code == 0
    assert "quote: words of the article" in (root / "docs/guide/index.annotations.yml").read_text()


def test_what_it_wrote_is_not_published_when_the_draft_ends(draw):
    root, _ = run(draw)
    sidecar = root / "docs/guide/index.annotations.yml"
    sidecar.write_text(sidecar.read_text("utf-8").replace("    draft: true\n", ""), "utf-8")

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 1
    assert "still the one that `mkdocs-annotate new` began with" in result.output
    assert "What readers should know" not in draw("").build().html("guide/index.html")
