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


@pytest.mark.parametrize("name", ["annotate", "mkdocs-annotate"])
def test_so_is_an_extension(draw, name):
    site = draw(ARTICLE)
    site.configure(f"site_name: s\nmarkdown_extensions: [{name}]\n")

    done = site.run("mkdocs", "build")

    assert done.returncode == 1
    assert "the extension of mkdocs-annotate is called `mkdocs_annotate`: write" in done.stderr


def test_commands_tell_it_too(draw):
    draw(ARTICLE).configure("site_name: s\nplugins: [mkdocs-annotate]\n")

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 2
    assert "called `annotate`: write `- annotate`" in result.stderr
