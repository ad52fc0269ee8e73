"""Folders of sidecars that an option names wrongly, or that none names."""

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

CONFIG = "site_name: x\nplugins:\n  - annotate: {annotations_dir: %s}\n"


@pytest.fixture
def site(draw):
    drawn = draw("""
        docs/x.md
        | The bridge was built in 1794.
        """)
    folder = drawn.root / "notes2"
    folder.mkdir()
    (folder / "x.annotations.yml").write_text(
        "annotations:\n  - quote: built in 1794\n    note: A note.\n", "utf-8"
    )
    (drawn.root / "docs/index.md").write_text("# I\n", "utf-8")
    return drawn


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        ("notes", "did you mean `notes2`?"),
        ("Notes2", "did you mean `notes2`?"),
        ("elsewhere", "give a path from the folder of the configuration file"),
        ("notes2/x.annotations.yml", "give a path from the folder"),
        ("no/such/place", "give a path from the folder"),
    ],
)
def test_a_folder_that_is_not_there_is_told_once_with_the_nearest(site, named, hint):
    site.config = CONFIG % named

    problems = site.build().problems

    (told,) = [one for one in problems if one.rule == "bad-option"]
    assert f"`annotations_dir` names no folder: {named}; {hint}" in told.message
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert hint in result.output


def test_a_folder_that_is_there_is_used(site):
    site.config = CONFIG % "notes2"
    built = site.build()

    assert built.problems == []
    assert built.marked("x/index.html") == ["built in 1794"]
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_a_folder_that_no_option_names_is_told_by_check(site):
    site.configure(site.config)

    result = CliRunner().invoke(main, ["check"])

    assert result.exit_code == 1
    assert "notes2/x.annotations.yml:1:1: this sidecar of x.md is not read" in result.output
    assert "set `annotations_dir: notes2`" in result.output


def test_copies_in_a_built_site_are_nobodys_trouble(site):
    (site.root / "notes2/index.html").write_text("<p>A host that publishes every file.")
    site.configure(site.config)

    result = CliRunner().invoke(main, ["check"])

    assert "is not read" not in result.output


def test_sidecars_of_something_else_are_nobodys_trouble(site):
    (site.root / "notes2/x.annotations.yml").rename(site.root / "notes2/y.annotations.yml")
    site.configure(site.config)

    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_in_the_named_folder_a_near_name_is_told_too(site):
    (site.root / "notes2/x.annotations.yml").rename(site.root / "notes2/x.annotation.yml")
    site.config = CONFIG % "notes2"

    (problem,) = site.build().problems

    assert problem.key == ("notes2/x.annotation.yml", 1, 1, "no-article")
