"""What programs of others make of annotated pages: a reader mode, and a validator of HTML.

Both come from npm, pinned: Readability, which is Firefox's reader mode, and the validator of the
W3C, which needs Java.
"""

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import html5lib
import pytest
from markdown import markdown

from tests.browser.conftest import HERE, ROOT

pytestmark = pytest.mark.long

PACKAGES = ["@mozilla/readability@0.6.0", "jsdom@26.1.0", "vnu-jar@26.9.27"]
VALIDATOR = "node_modules/vnu-jar/build/dist/vnu.jar"
READ = """
const { JSDOM } = require("jsdom");
const { Readability } = require("@mozilla/readability");
const { readFileSync } = require("fs");
const read = file => {
  const page = new JSDOM(readFileSync(file, "utf8"), { url: "https://example.org/" });
  return new Readability(page.window.document).parse().content;
};
console.log(JSON.stringify(process.argv.slice(2).map(read)));
"""
SITE = """
INHERIT: {root}/mkdocs.yml
docs_dir: {root}/site
theme: {theme}
hooks: [{root}/documentation/results.py]
plugins: [annotate: {{exports: true, max_marks: 45}}]
"""
THEMES = {
    # All that is in its pages is ours, or the article's.
    "bare": f"{{name: null, custom_dir: '{HERE / 'theme'}'}}",
    "material": "{name: material, font: false}",
    "readthedocs": "{name: readthedocs}",
}
ARTICLES = ["harbour-column", "leap-second", "mit-licence", "harbour-column-in-full"]
BLOCK = re.compile("</?(?:p|div|section|h[1-6]|[ou]l|li|pre|table|tr|t[dh])[ >]")
P = "{http://www.w3.org/1999/xhtml}p"


@pytest.fixture(scope="session")
def programs(tmp_path_factory):
    """Return a folder with the programs of `PACKAGES`."""
    folder = tmp_path_factory.mktemp("programs")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory, packed):
    """Return a folder with the site of the documentation in each of `THEMES`."""
    folder = tmp_path_factory.mktemp("foreign")
    for name, theme in THEMES.items():
        config = folder / f"{name}.yml"
        config.write_text(SITE.format(root=ROOT, theme=theme), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config, "-d", folder / name],
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(packed)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def words_shown(html):
    """Return the words of a page as a reader mode shows it: blocks part words."""
    return unescape(re.sub("<[^>]*>", "", BLOCK.sub(r" \g<0>", html))).split()


def words_of_paragraphs(article):
    """Return the words of an article's paragraphs, as its Markdown has them."""
    text = (ROOT / "site" / "demo" / f"{article}.md").read_text("utf-8")
    html = markdown(text, extensions=["fenced_code", "tables"])
    paragraphs = html5lib.parse(html).iter(P)
    return [word for paragraph in paragraphs for word in "".join(paragraph.itertext()).split()]


@pytest.mark.parametrize("theme", THEMES)
def test_a_reader_mode_has_the_sentences_of_the_article_with_no_word_of_ours_in_one_of_theirs(
    programs, demo, theme
):
    (programs / "read.cjs").write_text(READ, "utf-8")
    files = [demo / theme / "demo" / article / "index.html" for article in ARTICLES]
    done = subprocess.run(
        ["node", "read.cjs", *files], cwd=programs, capture_output=True, text=True, check=True
    )

    for article, html in zip(ARTICLES, json.loads(done.stdout), strict=True):
        shown = iter(words_shown(html))
        lost = [word for word in words_of_paragraphs(article) if word not in shown]
        assert (article, lost[:1]) == (article, [])


def errors(programs, folder):
    """Return what the validator finds wrong in the pages of a folder: file, place, message."""
    done = subprocess.run(
        ["java", "-jar", VALIDATOR, "--errors-only", "--format", "json", "--skip-non-html", folder],
        cwd=programs,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stderr)["messages"]
    return [(Path(one["url"]).parent.name, one.get("extract"), one["message"]) for one in found]


def test_a_validator_finds_nothing_wrong_with_our_html(programs, demo):
    assert len([*(demo / "bare").rglob("*.html")]) > 20

    assert errors(programs, demo / "bare") == []


def test_the_validator_sees_faults(programs, demo, tmp_path):
    page = (demo / "bare" / "demo" / "harbour-column" / "index.html").read_text("utf-8")
    twice = re.sub(r'<li id="[^"]*--note"', '<li id="ann--notes"', page, count=1)
    (tmp_path / "page.html").write_text(twice.replace("<sup ", "<li ", 1), "utf-8")

    messages = " ".join(message for *_, message in errors(programs, tmp_path))

    assert "Duplicate ID" in messages
    assert "li" in messages
