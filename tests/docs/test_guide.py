"""What the guide shows of git and of moves is what is printed."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

SITE = Path(__file__).parent.parent.parent / "site"


@pytest.fixture
def bridge(draw, repository):
    """Return the guide's own article and sidecar, in a repository."""
    site = draw("docs/index.md\n| [The bridge](bridge.md)\n")
    for name in ("bridge.md", "bridge.annotations.yml"):
        (site.root / "docs" / name).write_bytes((SITE / "guide" / name).read_bytes())
    site.configure(site.config)
    repository.commit("Begin")
    return site.root / "docs/bridge.md"


def shown(page, command):
    """Return what the documentation shows below a command, with any commit for any other."""
    text = (SITE / page).read_text("utf-8")
    (block,) = re.findall(rf"```console\n\$ {re.escape(command)}\n(.*?)```", text, re.S)
    return without_commits(block)


def without_commits(text):
    return re.sub(r"\b[0-9a-f]{7} of", "COMMIT of", text)


def printed(*arguments):
    return without_commits(CliRunner().invoke(main, list(arguments)).output)


def edit(article, old, new):
    text = article.read_text("utf-8")
    assert old in text
    article.write_text(text.replace(old, new), "utf-8")


def test_a_passage_followed_through_git(bridge):
    edit(bridge, "three tonnes", "two tonnes")

    assert printed("fix", "--yes") == shown("guide/fix.md", "mkdocs-annotate fix --yes")


def test_a_passage_that_a_commit_took_out(bridge, repository):
    edit(bridge, " with a limit of three tonnes", "")
    repository.commit("Shorten the second paragraph")

    assert printed("fix", "--dry-run") == shown("guide/fix.md", "mkdocs-annotate fix --dry-run")


def test_an_article_that_moves(bridge):
    command = "mkdocs-annotate mv docs/bridge.md docs/river/tarn-mill.md"

    assert printed(*command.split()[1:]) == shown("reference/commands.md", command)
