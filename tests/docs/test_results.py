"""Each example of the guide stands beside what the package makes of it."""

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
GUIDES = sorted((SITE / "guide").glob("*.md"))

SHOWN_OTHERWISE = {
    "start.md": "the page that the tutorial makes is a page of the site, and linked",
    "links.md": "what the command prints and writes is shown",
}
"""Guides whose examples need no result beside them, and why."""


def _hook():
    place = importlib.util.spec_from_file_location("results", ROOT / "documentation/results.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


HOOK = _hook()
EXAMPLES = [
    pytest.param(example, id=f"{path.stem}-{number}")
    for path in GUIDES
    for number, example in enumerate(HOOK.examples_in(path.read_text("utf-8"), SITE), 1)
]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_example_of_annotations_has_its_result_beside_it(path):
    text = path.read_text("utf-8")
    blocks = re.finditer(r"^```yaml\n(.*?)^```\n(\n<!-- result)?", text, re.M | re.S)
    # What begins with `---` is the front matter of an article.
    examples = [block for block in blocks if re.search(r"^annotations:\n  - ", block[1], re.M)]

    missing = [block[1] for block in examples if not block[2]]

    assert not missing or path.name in SHOWN_OTHERWISE, missing


def test_there_are_examples():
    assert len(EXAMPLES) > 20


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_marks_what_it_quotes_and_has_no_mistake(example):
    html, problems = HOOK.result_of(example, "x-")

    assert problems == ()
    quotes = len(
        re.findall(r"^ *- quote:|^ +quote: .*\n(?= +(?:note|kind):)", example.sidecar, re.M)
    )
    drafts = len(re.findall(r"^ +draft: true", example.sidecar, re.M))
    marked = set(re.findall(r'class="ann-m [^>]* id="([^"]+)"', html))
    assert len(marked) >= min(quotes - drafts, 1)
    assert marked or drafts == quotes


def test_the_built_guide_shows_them_with_ids_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    config = load_config("mkdocs.yml", site_dir=str(tmp_path), strict=True)
    build(config)

    shown = 0
    for path in (tmp_path / "guide").rglob("*.html"):
        html = path.read_text("utf-8")
        shown += html.count('<div class="result">')
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert [one for one, count in Counter(ids).items() if count > 1] == []
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
        assert "<!-- result" not in html
    assert shown == len(EXAMPLES)


def test_an_example_with_a_mistake_is_told(tmp_path):
    text = "```yaml\nannotations:\n  - quote: x\n    note: y\n```\n\n<!-- result of: z -->\n"
    ((example),) = HOOK.examples_in(text, tmp_path)

    _, problems = HOOK.result_of(example, "x-")

    assert [problem.rpartition("[")[2] for problem in problems] == ["orphan]"]
