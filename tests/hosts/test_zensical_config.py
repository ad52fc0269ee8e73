"""`zensical.toml`, read by commands: articles are converted as Zensical does it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

pytestmark = pytest.mark.zensical

TOML = """
[project]
site_name = "Drawn"
site_url = "https://example.org/x/"
extra_css = ["assets/annotate.css"]
extra_javascript = ["assets/annotate.js"]
exclude_docs = "*.annotations.yml"
watch = ["docs"]
nav = [{ "Home" = "index.md" }, { "More" = ["deep/a.md"] }]

[project.theme]
language = "de"
"""
EXTENSIONS = """
[project.markdown_extensions.mkdocs_annotate]
max_marks = 1000
[project.markdown_extensions.admonition]
[project.markdown_extensions.pymdownx.superfences]
custom_fences = [
  { name = "x", class = "x", format = "pymdownx.superfences.fence_code_format" },
]
[project.markdown_extensions.pymdownx.emoji]
emoji_index = "zensical.extensions.emoji.twemoji"
emoji_generator = "zensical.extensions.emoji.to_svg"
[project.markdown_extensions.toc.slugify]
object = "pymdownx.slugs.slugify"
kwds = { case = "lower" }
"""
ARTICLE = """
docs/index.md
| # The talks
|
| !!! note
|     Eight thousand soldiers :smile: came.
docs/deep/a.md
| Nine to six.
docs/index.annotations.yml
| annotations:
|   - quote: thousand soldiers
|     note: A note.
docs/deep/a.annotations.yml
| annotations:
|   - quote: nine to six
|     note: A note, see [home](../index.md).
"""


@pytest.fixture
def site(draw):
    drawn = draw(ARTICLE)
    run("assets", "docs/assets")
    configure()
    return drawn


def configure(text=TOML + EXTENSIONS):
    Path("zensical.toml").write_text(text, "utf-8")


def run(*arguments, code=0):
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == code, done.output
    return done


def test_check_reports_what_a_build_of_zensical_reports(site):
    built = site.run("zensical", "build", "--clean")
    (line,) = re.findall(r"^docs/.*$", built.stdout + built.stderr, re.M)

    done = run("check", code=1)

    assert done.stdout.splitlines() == [line]
    assert line.startswith("docs/deep/a.annotations.yml:2:12: “nine to six” does not stand")
    assert done.stderr.startswith("2 annotations in 2 articles: 1 problem")


def test_every_command_reads_it(site):
    assert "2 annotations in 2 articles" in run("status").stdout
    run("add", "docs/deep/a.md", "Nine", "--note", "x")
    assert "- quote: Nine\n" in Path("docs/deep/a.annotations.yml").read_text()
    run("pin", "docs/index.md")
    assert (
        "https://example.org/x/"
        in run("export", "docs/index.md", "--format", "web-annotation").stdout
    )
    assert '"context"' in run("schema").stdout


def test_without_extensions_those_of_zensical_hold_and_ours_is_missing(site):
    configure(TOML)

    assert "add `[project.markdown_extensions.mkdocs_annotate]`" in run("check", code=2).output


def test_what_the_configuration_lacks_is_told_as_zensical_tells_it(site):
    configure(re.sub("^(watch|exclude_docs).*\n", "", TOML, flags=re.M) + EXTENSIONS)

    told = run("check", code=1).stdout

    assert "set `exclude_docs` to `*.annotations.yml` [host-setup]" in told
    assert "add `docs` to `watch` [host-setup]" in told


def test_options_under_the_plugin_are_told(site):
    configure(TOML + EXTENSIONS + "[project.plugins.annotate]\nmargin = false\n")

    (line,) = (line for line in run("check", code=1).stdout.splitlines() if "host-setup" in line)

    assert line.startswith("zensical.toml:")
    assert "`margin`; write them below `project.markdown_extensions.mkdocs_annotate`" in line


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[project\n", "zensical.toml can't be read"),
        ("[project]\nsite_name = 'x'\n", "does not list the extension"),
        (TOML + EXTENSIONS.replace("emoji.twemoji", "emoji.none"), "none"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told(site, text, says):
    configure(text)

    assert says in run("check", code=2).output


def test_lists_of_extensions_are_understood(site):
    configure(
        TOML.replace(
            "[project.theme]",
            'markdown_extensions = ["admonition", { "mkdocs_annotate" = {} }]\n[project.theme]',
        )
    )

    assert "2 annotations in 2 articles" in run("check", code=1).stderr
