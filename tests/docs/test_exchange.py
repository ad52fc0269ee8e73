"""What the guide shows of exports and imports is what is printed and written."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

SITE = Path(__file__).parent.parent.parent / "site"
TEXT = (SITE / "guide/exchange.md").read_text("utf-8")


@pytest.fixture
def bridge(draw):
    """Return the folder of a site of the guide's own article and sidecar."""
    site = draw("docs/index.md\n| x\n")
    for name in ("bridge.md", "bridge.annotations.yml"):
        (site.root / "docs" / name).write_bytes((SITE / "guide" / name).read_bytes())
    site.configure(site.config)
    return site.root


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.S)


def shown(command):
    (block,) = (block for block in blocks("console") if block.startswith(f"$ {command}"))
    return block.partition("\n")


def printed(line):
    return CliRunner().invoke(main, line.split()[2:]).output


def test_annotations_that_leave(bridge):
    line, _, output = shown("mkdocs-annotate export --format web-annotation")

    assert printed(line) == output
    (file,) = (bridge / "exports").rglob("*.jsonld")
    items = json.loads(file.read_text("utf-8"))["first"]["items"]
    assert json.loads(blocks("json")[0]) in items


def test_sources_that_leave(bridge):
    line, _, output = shown("mkdocs-annotate export --format csl")

    assert printed(line) == output


def test_annotations_that_come_in(bridge):
    (bridge / "remarks.json").write_text(blocks("json")[1], "utf-8")
    sidecar = bridge / "docs/bridge.annotations.yml"
    before = sidecar.read_text("utf-8")
    line, _, output = shown("mkdocs-annotate import remarks.json")

    assert printed(line) == output
    added, _ = blocks("yaml")
    assert sidecar.read_text("utf-8") == f"{before}\n{added}"


def test_sources_that_come_in(bridge):
    (bibliography,) = blocks("bibtex")
    (bridge / "refs.bib").write_text(bibliography, "utf-8")
    line, _, output = shown("mkdocs-annotate import refs.bib")

    assert printed(line) == output
    _, added = blocks("yaml")
    assert (bridge / "sources.yml").read_text("utf-8") == added


def test_a_bibliography_that_is_cited_as_it_is(draw):
    guide = (SITE / "guide/sources.md").read_text("utf-8").partition("## Use a bibliography")[2]
    (bibliography,) = re.findall(r"```bibtex\n(.*?)```", guide, re.S)
    _, sidecar = re.findall(r"```yaml\n(.*?)```", guide, re.S)
    (listed,) = re.findall(r"^> (.*)$", guide, re.M)
    site = draw("docs/index.md\n| x\n")
    site.config = site.config.replace("[annotate]", "[annotate: {sources: [refs.bib]}]")
    (site.root / "refs.bib").write_text(bibliography, "utf-8")
    (site.root / "docs/bridge.md").write_bytes((SITE / "guide/bridge.md").read_bytes())
    (site.root / "docs/bridge.annotations.yml").write_text(sidecar, "utf-8")

    html = site.build(strict=True).html("bridge/index.html")

    notes, _, sources = html.partition('class="ann-sources"')
    told = re.sub("<[^>]*>", "", sources.partition("<ol>")[2].partition("</ol>")[0])
    assert told.split() == listed.split()
    assert "The Tarn Mill Bridge: a Müller design, p. 51." in re.sub("<[^>]*>", "", notes)
