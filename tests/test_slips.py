"""Slips of new users: each is answered with its place, its cause and what to do, all at once."""

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

ARTICLE = """
# The bridge

The bridge was built in 1794. “It is the finest thing we own”, says Ada Quill.

The world is one. As though the world knew.

11.000 people cross it[^1]. ![A stone arch](arch.png) See [the survey](https://example.org/survey).

[^1]: Counted in May.
"""
SLIPS = yaml.safe_load(Path(__file__).with_name("slips.yml").read_text("utf-8"))
PLACED = re.compile(r"[1-9]\d*:[1-9]\d*: (?P<cause>[^;]+); (?P<hint>.+) \[[a-z-]+\]")


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """Return what one `check` of a site tells of each slip, which has an article of its own."""
    root = tmp_path_factory.mktemp("site")
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: s\nplugins: [annotate]\n", "utf-8")
    (root / "docs/arch.png").write_bytes(b"")
    for number, slip in enumerate(SLIPS):
        (root / f"docs/{number:03}.md").write_text(ARTICLE, "utf-8")
        (root / f"docs/{number:03}.annotations.yml").write_text(slip["sidecar"], "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1, result.output
    found: dict[int, str] = {}
    for line in result.stdout.splitlines():
        number, told = int(line[5:8]), line.partition(".annotations.yml:")[2]
        found[number] = found.get(number, "") + told + "\n"
    return found


@pytest.mark.parametrize("number", range(len(SLIPS)), ids=lambda number: SLIPS[number]["slip"])
def test_a_slip_is_answered_with_place_cause_and_what_to_do(answers, number):
    assert answers.get(number) == SLIPS[number]["told"]


@pytest.mark.parametrize("number", range(len(SLIPS)), ids=lambda number: SLIPS[number]["slip"])
def test_no_answer_lacks_one_of_the_three(answers, number):
    for line in answers[number].splitlines():
        assert PLACED.fullmatch(line), line


def test_there_are_more_than_a_hundred():
    assert len({slip["sidecar"] for slip in SLIPS}) > 100
