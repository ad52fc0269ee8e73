"""What the guide shows of checks, of git and of moves is what is printed."""

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml
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


CHECK = (SITE / "guide/check.md").read_text("utf-8")
FROM_PATH = "mkdocs-annotate check --baseline known-problems.yml"


@pytest.fixture
def wrong(bridge):
    """Return the sidecar of the guide, with a quote that has lost its place."""
    sidecar = bridge.with_name("bridge.annotations.yml")
    edit(sidecar, "quote: a limit of three tonnes", "quote: a limit of three tons")
    return sidecar


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", CHECK, re.S)


def test_workflow_commands(wrong):
    command = "mkdocs-annotate check --format github"

    assert printed(*command.split()[1:]) == shown("guide/check.md", command)


def test_a_problem_in_sarif(wrong):
    (result,) = json.loads(printed("check", "--format", "sarif"))["runs"][0]["results"]
    (told,) = blocks("json")

    assert json.dumps(result, ensure_ascii=False, indent=2) + "\n" == told


def test_a_baseline_from_its_first_day_to_its_last(wrong):
    command = f"{FROM_PATH} --update-baseline"
    before, after = re.findall(rf"\$ {re.escape(FROM_PATH)}\n(.*?)```", CHECK, re.S)

    assert printed(*command.split()[1:]) == shown("guide/check.md", command)
    assert Path("known-problems.yml").read_text("utf-8") in blocks("yaml")
    assert printed(*FROM_PATH.split()[1:]) == before
    edit(wrong, "three tons", "three tonnes")
    assert printed(*FROM_PATH.split()[1:]) == after


def test_every_check_of_a_workflow_runs(bridge):
    workflows = [block for block in map(yaml.safe_load, blocks("yaml")) if "jobs" in block]
    assert len(workflows) == 2
    for workflow in workflows:
        ((_, job),) = workflow["jobs"].items()
        (line,) = (
            step["run"] for step in job["steps"] if "mkdocs-annotate check" in step.get("run", "")
        )
        command = shlex.split(re.split(" [>|]", line)[0])

        assert CliRunner().invoke(main, command[1:]).exit_code == 0


def test_the_hook_shown_is_the_one_that_the_repository_has(wrong):
    (ours,) = yaml.safe_load((SITE.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (config,) = (block for block in map(yaml.safe_load, blocks("yaml")) if "repos" in block)
    (told,) = config["repos"][0]["hooks"]

    for key in ("id", "name", "entry", "language", "files", "pass_filenames"):
        assert told[key] == ours[key], key
    assert re.search(told["files"], "docs/bridge.annotations.yml")
    assert re.search(told["files"], "docs/bridge.md")
    assert not re.search(told["files"], "docs/bridge.png")
    lines = shown("guide/check.md", "pre-commit run --all-files").splitlines(keepends=True)
    assert lines[0].startswith(told["name"] + "...")
    assert lines[1] == f"- hook id: {told['id']}\n"
    assert "".join(lines[4:-1]) == printed(*shlex.split(ours["entry"])[1:])
