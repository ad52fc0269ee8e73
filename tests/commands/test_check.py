import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


SOUND = """
docs/index.md
| The old bridge.
docs/index.annotations.yml
| annotations:
|   - quote: old
|     note: x
"""
WRONG = (
    SOUND
    + """docs/a/b.md
| Words.
docs/a/b.annotations.yml
| annotations:
|   - quote: absent
|     note: x
|     draft: true
"""
)


def test_a_sound_site_exits_with_0(draw, run):
    site = draw(SOUND)
    site.configure(site.config)

    result = run()

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "1 annotation in 1 article: no problems\n"


def test_each_problem_is_one_line_and_the_exit_code_is_1_drafts_included(draw, run):
    site = draw(WRONG)
    site.configure(site.config)

    result = run()

    assert result.exit_code == 1
    assert result.stdout == (
        "docs/a/b.annotations.yml:2:12: “absent” does not stand in the article; "
        "copy the words again from the page [orphan]\n"
    )
    assert result.stderr == "2 annotations in 2 articles: 1 problem\n"


def test_json_is_an_array_of_objects(draw, run):
    site = draw(WRONG)
    site.configure(site.config)

    result = run("--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": "docs/a/b.annotations.yml",
            "line": 2,
            "column": 12,
            "rule": "orphan",
            "level": "warning",
            "message": "“absent” does not stand in the article",
            "cure": "copy the words again from the page",
        }
    ]


def test_json_of_a_sound_site_is_an_empty_array(draw, run):
    site = draw(SOUND)
    site.configure(site.config)

    assert json.loads(run("--format", "json").stdout) == []


def test_nothing_is_written(draw, run):
    site = draw(SOUND)
    site.configure(site.config)
    before = sorted(site.root.rglob("*"))

    run()

    assert sorted(site.root.rglob("*")) == before


def test_blank_articles_and_sidecars_named_in_front_matter_are_checked(draw, run):
    site = draw("""
        docs/blank.md
        |
        docs/blank.annotations.yml
        | annotations:
        |   - quote: absent
        |     note: x
        docs/index.md
        | ---
        | title: Named
        | annotations: other.annotations.yml
        | ---
        | Words.
        docs/other.annotations.yml
        | annotations:
        |   - quote: gone
        |     note: x
    """)
    site.configure(site.config)

    lines = run().stdout.splitlines()

    assert [line.split(" ")[0] for line in lines] == [
        "docs/blank.annotations.yml:2:12:",
        "docs/other.annotations.yml:2:12:",
    ]


def test_stray_sidecars_are_told(draw, run):
    site = draw(SOUND + "docs/gone.annotations.yml\n| annotations: []\n")
    site.configure(site.config)

    assert "there is no article gone.md" in run().stdout


def test_sidecars_of_articles_that_are_not_built_are_named(draw, run):
    site = draw(SOUND + "docs/later.md\n| x\ndocs/later.annotations.yml\n| annotations: []\n")
    site.configure(site.config + "exclude_docs: later.md\n")

    result = run()

    assert result.exit_code == 0
    assert result.stderr.splitlines()[1:] == [
        "not looked at, since their articles are not built here: docs/later.annotations.yml"
    ]


def test_without_a_configuration_the_exit_code_is_2(draw, run):
    draw(SOUND)

    result = run()

    assert result.exit_code == 2
    assert "there is no mkdocs.yml; name the site's configuration with -f" in result.stderr


def test_a_site_of_zensical_toml_is_told_what_the_command_reads(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "zensical.toml").touch()

    result = run()

    assert result.exit_code == 2
    assert "zensical.toml can't be read yet; put a mkdocs.yml beside it" in result.stderr


def test_a_configuration_that_cannot_be_read_is_told_without_a_traceback(draw, run):
    site = draw(SOUND)
    site.configure("site_name: [")

    result = run()

    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_without_a_builder_the_exit_code_is_2_and_other_commands_work(draw):
    draw(SOUND)
    code = (
        "import sys; sys.modules['mkdocs'] = sys.modules['properdocs'] = None;"
        "from mkdocs_annotate.commands.cli import main; main()"
    )

    def call(*arguments):
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    assert call("check").returncode == 2
    assert "pip install 'mkdocs-annotate[mkdocs]'" in call("check").stderr
    assert call("schema").returncode == 0


def test_a_site_without_us_is_told_what_to_add(draw, run):
    site = draw(SOUND)
    site.configure("site_name: x\n")

    result = run()

    assert result.exit_code == 2
    assert "add `- annotate` under `plugins:`" in result.stderr
