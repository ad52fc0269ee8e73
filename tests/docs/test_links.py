"""What the guide shows of sources that are gone is what is printed and written."""

import json
import re
import shlex
import socket
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.commands.links import CACHE
from mkdocs_annotate.links.client import RateLimit
from mkdocs_annotate.links.public_hosts import Connector
from mkdocs_annotate.links.state import LinkState

SITE = Path(__file__).parent.parent.parent / "site"
GUIDE = (SITE / "guide/links.md").read_text("utf-8")
SIDECAR = Path("docs/ferry.annotations.yml")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)


@pytest.fixture
def ferry(draw, server, monkeypatch):
    """Return a site with the guide's sidecar, where every host is the server of this machine."""
    site = draw("docs/ferry.md\n| They voted eleven to seven: four minutes each way.\n")
    SIDECAR.write_text(blocks("yaml")[0], "utf-8")
    site.configure(site.config)
    server.answers["/timetable"] = server.page("<p>Crossing time 6 minutes")
    server.answers["/surveys/1794"] = server.page("", "403 No")
    closest = {"available": True, "status": "200", "timestamp": "20260515093000"}
    copy = server.page(json.dumps({"archived_snapshots": {"closest": closest}}))
    for url in re.findall("url: (.*)", SIDECAR.read_text("utf-8")):
        address = url.replace(":", "%3A").replace("/", "%2F")
        server.answers[f"/wayback/available?url={address}&timestamp=20260515"] = copy
        page = server.page("<p>Crossing time 4 minutes")
        server.answers[f"/web/20260515093000id_/{url}"] = page

    def connected(self, host, port, **options):
        return socket.create_connection(("127.0.0.1", server.port))

    monkeypatch.setattr(Connector, "connect", connected)
    begin = RateLimit.__init__
    monkeypatch.setattr(RateLimit, "__init__", lambda self, pause: begin(self, 0))


def test_what_is_told_and_what_is_written(ferry):
    for block in blocks("console"):
        line, _, output = block.partition("\n")
        result = CliRunner().invoke(main, shlex.split(line)[2:])

        assert result.output == output
    assert blocks("yaml")[1] in SIDECAR.read_text("utf-8")
    check = CliRunner().invoke(main, ["check"])
    assert check.exit_code == 0, check.output


def test_every_state_is_told_with_its_exit_code():
    rows = re.findall(r"^\| ([a-z]+) \| .* \| ([01]) \|$", GUIDE, re.M)

    assert rows == [(state.value, "01"[state.value in ("dead", "deviated")]) for state in LinkState]


def test_the_workflow_runs_the_command_and_keeps_its_file(ferry):
    (workflow,) = (block for block in map(yaml.safe_load, blocks("yaml")) if "jobs" in block)
    steps = workflow["jobs"]["links"]["steps"]

    assert steps[-1]["run"] == "mkdocs-annotate links"
    assert [step["with"]["path"] for step in steps if "cache" in step.get("uses", "")] == [CACHE]


def test_every_option_of_the_command_has_its_row():
    text = (SITE / "reference/commands.md").read_text("utf-8")
    section = text.partition("## links\n")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `(--[a-z-]+)` \|", section, re.M)

    parameters = main.get_command(None, "links").params
    own = [option for parameter in parameters for option in parameter.opts]
    assert set(told) == {option for option in own if option.startswith("--")} - {
        "--config-file",
        "--site",
        "--sidecars",
    }
    defaults = dict(re.findall(r"^\| `--([a-z-]+)` \| .*; (\d+) without it\. \|$", section, re.M))
    for parameter in parameters:
        name = parameter.name.replace("_", "-")
        if name in defaults:
            assert float(defaults.pop(name)) == parameter.default
    assert defaults == {}
