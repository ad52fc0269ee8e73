"""A site that lists us by another name gets the right one, whatever builds it."""

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

ARTICLE = """
docs/index.md
| Words.
"""


@pytest.mark.parametrize("name", ["mkdocs-annotate", "mkdocs_annotate"])
@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_a_plugin_of_another_name_is_told_with_the_right_one(draw, program, name):
    site = draw(ARTICLE)
    site.configure(f"site_name: s\nplugins: [{name}]\n")

    done = site.run(program, "build", "-f", "mkdocs.yml")

    assert done.returncode == 1
    assert "the plugin of mkdocs-annotate is called `annotate`: write `- annotate`" in done.stderr
    assert "Traceback" not in done.stderr


def test_so_is_an_extension(draw):
    site = draw(ARTICLE)
    site.configure("site_name: s\nmarkdown_extensions: [mkdocs-annotate]\n")

    done = site.run("mkdocs", "build")

    assert done.returncode == 1
    assert "the extension of mkdocs-annotate is called `mkdocs_annotate`: write" in done.stderr


def test_commands_know_the_extension_by_the_name_of_the_plugin(draw):
    draw(ARTICLE).configure("site_name: s\nmarkdown_extensions: [annotate]\n")

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 2
    assert result.stderr.endswith("'annotate'; did you mean `mkdocs_annotate`?\n")


def test_commands_tell_it_too(draw):
    draw(ARTICLE).configure("site_name: s\nplugins: [mkdocs-annotate]\n")

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 2
    assert "called `annotate`: write `- annotate`" in result.stderr


@pytest.mark.parametrize(
    ("name", "hint"),
    [("anotate", "did you mean `annotate`?"), ("macrocosm", "install it beside mkdocs-annotate")],
)
def test_a_plugin_that_is_not_there_is_told_with_what_to_do(draw, name, hint):
    draw(ARTICLE).configure(f"site_name: s\nplugins: [{name}]\n")

    result = CliRunner().invoke(main, ["check"])

    assert (result.exit_code, result.stderr) == (
        2,
        f"Error: Config value 'plugins': The \"{name}\" plugin is not installed; {hint}\n",
    )
