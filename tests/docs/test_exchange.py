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


def test_what_a_published_page_has_and_what_lies_beside_it(bridge, draw):
    site = draw("")
    site.config = "\n".join(["site_name: x", *blocks("yaml")[0].splitlines()])
    built = site.build(strict=True)

    (text,) = re.findall(
        '<script type="application/ld.json">(.*?)</script>', built.html("bridge/index.html")
    )
    assert json.loads(text) == [json.loads(blocks("json")[0])]
    assert set(blocks("text")[0].split()) <= built.published()


def test_annotations_that_leave(bridge):
    line, _, output = shown("mkdocs-annotate export --format web-annotation")

    assert printed(line) == output
    (file,) = (bridge / "exports").rglob("*.jsonld")
    items = json.loads(file.read_text("utf-8"))["first"]["items"]
    assert json.loads(blocks("json")[1]) in items


def test_sources_that_leave(bridge):
    line, _, output = shown("mkdocs-annotate export --format csl")

    assert printed(line) == output


def test_annotations_that_come_in(bridge):
    (bridge / "remarks.json").write_text(blocks("json")[2], "utf-8")
    sidecar = bridge / "docs/bridge.annotations.yml"
    before = sidecar.read_text("utf-8")
    line, _, output = shown("mkdocs-annotate import")

    assert printed(line) == output
    added = blocks("yaml")[-1]
    assert sidecar.read_text("utf-8") == f"{before}\n{added}"
