"""The same article and sidecar give the same page on every host: here, those of our own guide."""

import difflib
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from markdown import Markdown

ROOT = Path(__file__).parent.parent.parent

CONFIG = """
site_name: Articles
docs_dir: site
site_dir: {folder}
theme: {theme}
exclude_docs: "*.annotations.yml"
use_directory_urls: true
extra_css: [assets/annotate.css]
extra_javascript: [assets/annotate.js]
watch: [site]
plugins: {plugins}
markdown_extensions:
  - attr_list
  - footnotes
  - tables
  - toc: {{permalink: true}}
  - pymdownx.superfences
  - pymdownx.highlight: {{use_pygments: false}}
  - mkdocs_annotate
"""
# Nothing else makes MkDocs' names be those of ProperDocs.
ALONE = """
import sys
sys.modules["mkdocs"] = None
from properdocs.__main__ import cli
cli(sys.argv[1:])
"""
PROPERDOCS = [sys.executable, "-W", "ignore", "-c", ALONE, "build", "--quiet", "--strict"]
# Material imports MkDocs; in the command `properdocs` these names are its own.
BESIDE = [sys.executable, "-m", "properdocs", "build", "--quiet", "--strict"]
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
ZENSICAL = [sys.executable, "-m", "zensical", "build", "--clean"]

HOSTS = {
    "mkdocs": (MKDOCS, "{name: mkdocs}"),
    "mkdocs-readthedocs": (MKDOCS, "{name: readthedocs}"),
    "mkdocs-material": (MKDOCS, "{name: material}"),
    "properdocs": (PROPERDOCS, "{name: mkdocs}"),
    "properdocs-readthedocs": (PROPERDOCS, "{name: readthedocs}"),
    "properdocs-material": (BESIDE, "{name: material}"),
    "zensical-modern": (ZENSICAL, "{variant: modern}"),
    "zensical-classic": (ZENSICAL, "{variant: classic}"),
}
"""Each host with the command that builds, and its theme."""

ARTICLES = sorted(
    path.relative_to(ROOT / "site").as_posix().replace(".annotations.yml", ".md")
    for path in (ROOT / "site").rglob("*.annotations.yml")
)
"""The annotated articles of the documentation."""


@pytest.fixture(scope="session")
def show(tmp_path_factory):
    """Return a function that gives the page of an article on a host; each is built once."""
    project = tmp_path_factory.mktemp("articles")
    shutil.copytree(ROOT / "site", project / "site")
    for page in (project / "site").rglob("*.md"):
        # The way to indexes is found by the plugin alone.
        page.write_text(
            re.sub("^<!-- annotate:.*", "", page.read_text("utf-8"), flags=re.M), "utf-8"
        )
    if (ROOT / "sources.yml").exists():
        shutil.copy(ROOT / "sources.yml", project)

    @cache
    def built(host):
        command, theme = HOSTS[host]
        config = project / f"{host}.yml"
        plugins = "[]" if host.startswith("zensical") else "[annotate]"
        config.write_text(CONFIG.format(folder=host, theme=theme, plugins=plugins), "utf-8")
        done = subprocess.run(
            [*command, "--config-file", config.name],
            cwd=project,
            capture_output=True,
            text=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return project / host

    def shown(host, article):
        if host == "python-markdown":
            return _converted(project / "site" / article, project / "sources.yml")
        name = article.removesuffix(".md").removesuffix("index")
        return (built(host) / name / "index.html").read_text("utf-8")

    shown.project = project
    return shown


def _converted(article, sources):
    options = {"article": article, "sources": sources if sources.exists() else None}
    configs = {
        "meta": {},
        "attr_list": {},
        "footnotes": {},
        "tables": {},
        "toc": {"permalink": True},
        "pymdownx.superfences": {},
        "pymdownx.highlight": {"use_pygments": False},
        "mkdocs_annotate": options,
    }
    md = Markdown(extensions=list(configs), extension_configs=configs)
    return md.convert(article.read_text("utf-8"))


REFERENCE = "mkdocs"
OTHERS = [host for host in HOSTS if host != REFERENCE]


def annotated_part(html: str) -> str:
    """Return the article of a page with its marks, panel, notes and sources."""
    start, end = html.index("<!--ann-->"), html.rindex("<!--/ann-->")
    # Zensical takes this attribute out of what it publishes.
    return re.sub(' data-search-exclude(="")?', "", html[start:end])


def without_addresses(html: str) -> str:
    """Return `html` without addresses of the site itself: Python-Markdown leaves them as typed."""
    return re.sub(r'href="(?!#|\w+:)[^"]*"', 'href="…"', html)


def difference(expected: str, found: str) -> str:
    """Return what differs, a tag or a text a line, each with a few lines around it."""
    lines = (re.sub(r"\n*(<)", r"\n\1", html).splitlines() for html in (expected, found))
    return "\n".join(difflib.unified_diff(*lines, REFERENCE, "this host", n=3, lineterm=""))


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("host", OTHERS)
def test_an_article_is_the_same_on_every_host(show, host, article):
    expected, found = (annotated_part(show(name, article)) for name in (REFERENCE, host))

    if told := difference(expected, found):
        pytest.fail(told, pytrace=False)


@pytest.mark.parametrize("article", ARTICLES)
def test_an_article_is_the_same_in_python_markdown_alone(show, article):
    expected, found = (
        without_addresses(annotated_part(show(host, article)))
        for host in (REFERENCE, "python-markdown")
    )

    if told := difference(expected, found):
        pytest.fail(told, pytrace=False)


@pytest.mark.parametrize("host", HOSTS)
def test_title_navigation_and_contents_have_no_marks_and_no_numbers(show, host):
    for article in ARTICLES:
        html = show(host, article)
        around = html.replace(html[html.index("<!--ann-->") : html.rindex("<!--/ann-->")], "")

        assert re.findall(r'class="ann-(?:m|ref)\b|data-ann=', around) == []
        # Notes beside their passages are no section of their own.
        margin = 'class="ann ann-margins' in html
        assert bool(re.search(r'href="[^"]*#ann--notes"', around)) != margin
        assert re.search(r'href="[^"]*#ann--sources"', around)
        assert html.count('<section class="ann-notes"') == 1


CHECK = """
import sys
sys.modules["mkdocs"] = None
from mkdocs_annotate.commands.cli import main
main(["check", "--config-file", "properdocs.yml"])
"""


def test_properdocs_alone_is_enough_for_the_commands(show):
    project = show.project
    show("properdocs", ARTICLES[0])

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHECK], cwd=project, capture_output=True, text=True
    )

    assert done.returncode == 0
    assert all(": info: " in line for line in done.stdout.splitlines())
    assert f"in {len(ARTICLES)} articles: " in done.stderr


def test_what_is_compared_has_marks_panel_notes_and_sources(show):
    html = "".join(annotated_part(show(REFERENCE, article)) for article in ARTICLES)

    counts = {
        name: len(re.findall(rf'class="{name}\b', html))
        for name in ("ann-m", "ann-ref", "ann-panel", "ann-notes", "ann-sources")
    }
    assert len(ARTICLES) >= 5
    assert not [name for name, count in counts.items() if count < 3], counts


def test_a_difference_is_shown_with_what_stands_around_it():
    shown = difference("<p>The <b>old</b> bridge</p>", "<p>The <b>new</b> bridge</p>")

    assert "-<b>old\n+<b>new\n </b> bridge" in shown
