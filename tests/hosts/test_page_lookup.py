"""The private contracts with hosts: where one changes, a test here says so before users do."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown import Markdown
from markdown.preprocessors import Preprocessor

from mkdocs_annotate.hosts.page_lookup import HostPage
from mkdocs_annotate.model.links import Link, LinkKind

DRAWING = """
docs/index.md
| # The bridge
|
| The **old** bridge carries one lane. “It is the finest thing we own,” says the miller.
|
| See [the mill](mill.md).
docs/index.annotations.yml
| sources:
|   survey: {title: Bridges of the county, date: 1988}
| annotations:
|   - quote: old bridge
|     note: See [the mill](mill.md) and [the sea](https://example.org/sea).
|     sources: {source: survey, locator: page 41}
|   - quote: the finest thing we own
|     kind: opinion
|     speaker: Ada Quill
docs/mill.md
| # The mill
"""
ZENSICAL = """
site_name: Drawn
docs_dir: docs
site_dir: zensical
exclude_docs: "*.annotations.yml"
watch: [docs]
markdown_extensions: [mkdocs_annotate]
"""


def ours(html: str) -> list[str]:
    """Return the marks, references, notes and sources of a page."""
    # Zensical takes this attribute out of what it publishes.
    html = html.replace(" data-search-exclude", "")
    pattern = r'<(?:mark|span) class="ann-m[^>]*>|<sup class="ann-ref.*?</sup>|<li id="ann-.*?</li>'
    return re.findall(pattern, html, re.DOTALL)


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(command[0])
    return subprocess.run(
        [program, *command[1:]],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )


def test_zensical_shows_what_mkdocs_shows(draw):
    site = draw(DRAWING)
    expected = ours(site.build(strict=True).html())
    site.configure(ZENSICAL)

    done = run(site.root, "zensical", "build", "--clean")

    assert done.returncode == 0, done.stdout + done.stderr
    html = (site.root / "zensical/index.html").read_text("utf-8")
    assert ours(html) == expected
    assert len(expected) == 7


def test_zensical_is_told_of_orphans_and_dead_links_and_builds(draw):
    wrong = DRAWING.replace("quote: the finest", "quote: the worst").replace(
        "(mill.md) and", "(x.md) and"
    )
    site = draw(wrong)
    site.configure(ZENSICAL)

    done = run(site.root, "zensical", "build", "--clean")

    told = done.stdout + done.stderr
    assert done.returncode == 0
    assert "docs/index.annotations.yml:7:12: “the worst thing we own” does not stand" in told
    assert "docs/index.annotations.yml:5:11: the site has no" in told


ALONE = """
import sys
sys.modules["mkdocs"] = None
from properdocs.__main__ import cli
cli(["build", "-q", "--strict", "-f", "mkdocs.yml", "-d", "properdocs"])
"""


def test_properdocs_alone_shows_what_mkdocs_shows(draw):
    site = draw(DRAWING)
    expected = ours(site.build(strict=True).html())
    site.configure(site.config.replace("highlightjs: false", ""))

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE], cwd=site.root, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert ours((site.root / "properdocs/index.html").read_text("utf-8")) == expected


@pytest.mark.parametrize("theme", ["readthedocs", "material"])
def test_other_themes_show_what_the_default_one_shows(draw, theme, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    site = draw(DRAWING)
    expected = ours(site.build(strict=True).html())
    site.config = f"site_name: x\ntheme: {{name: {theme}}}\nplugins: [search, annotate]\n"

    assert ours(site.build(strict=True).html()) == expected


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("/mill.md", "../mill/"),
        ("/mill.md#wheel", "../mill/#wheel"),
        ("/elsewhere/page", "/elsewhere/page"),
        ("../mill.md#wheel", "../mill/#wheel"),
        ("./#top", "./#top"),
        ("../mill/", "../mill/"),
        ("#here", "#here"),
    ],
)
def test_links_of_a_note_are_written_as_the_site_needs_them(draw, link, href):
    site = draw(f"""
        docs/mill.md
        | # Mill
        |
        | ## Wheel
        docs/guide/index.md
        | The old bridge.
        docs/guide/index.annotations.yml
        | annotations:
        |   - quote: old
        |     note: See [it]({link}).
    """)

    html = site.build(strict=True).html("guide/index.html")

    assert re.findall(r'<a href="([^"]*)">it</a>', html) == [href]


class ContextPreprocessor(Preprocessor):
    """What Zensical's own one of this name offers."""

    def __init__(self, md, page, config):
        super().__init__(md)
        self.page = page
        self.config = config

    def run(self, lines):
        return lines


class ZensicalPage:
    path = "index.md"
    meta = None


def zensical_conversion(root, page, configs=None):
    md = Markdown(extensions=["mkdocs_annotate"], extension_configs=configs or {})
    config = {"root_dir": str(root), "docs_dir": "docs", "theme": {"language": "en"}}
    md.preprocessors.register(ContextPreprocessor(md, page, config), "context", 2000)
    return md


def test_the_first_to_convert_a_page_of_zensical_owns_it(draw):
    site = draw(DRAWING)
    text = (site.root / "docs/index.md").read_text("utf-8")
    page = ZensicalPage()
    outer, inner = (zensical_conversion(site.root, page) for _ in range(2))

    assert "ann-notes" in outer.convert(text)
    assert "ann-notes" not in inner.convert(text)
    assert "ann-notes" in outer.reset().convert(text)


def test_a_theme_of_zensical_without_language_is_english(draw):
    site = draw(DRAWING)
    md = zensical_conversion(site.root, ZensicalPage())
    md.preprocessors["context"].config = {"docs_dir": "docs"}

    assert '<h2 id="ann--notes">Notes</h2>' in md.convert(
        (site.root / "docs/index.md").read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("article", "link", "directories", "address"),
    [
        ("index.md", "mill.md", True, "mill/"),
        ("index.md", "guide/index.md#a", True, "guide/#a"),
        ("guide/start.md", "../index.md", True, "../../"),
        ("guide/start.md", "bridge.md?x=1#y", True, "../bridge/?x=1#y"),
        ("guide/start.md", "../mill.md", False, "../mill.html"),
        ("guide/start.md", "../plan.png", True, "../plan.png"),
        ("guide/start.md", "../../outside.md", True, None),
        ("guide/start.md", "none.md", True, None),
        ("guide/start.md", "/anything", True, "/anything"),
    ],
)
def test_zensical_needs_links_of_notes_as_they_are_published(
    draw, tmp_path, article, link, directories, address
):
    names = (
        "index.md",
        "mill.md",
        "guide/index.md",
        "guide/start.md",
        "guide/bridge.md",
        "plan.png",
    )
    draw("".join(f"docs/{name}\n| x\n" for name in names) + "outside.md\n| x\n")
    docs = tmp_path / "docs"
    page = HostPage(
        docs / article, docs, tmp_path, {}, page=ZensicalPage(), directory_urls=directories
    )

    assert page.resolve(Link(link, LinkKind.SITE)) == address


def attributes_of_notes(html):
    (found,) = re.findall(r'<section class="ann-notes"[^>]*>', html)
    return dict(re.findall(r' (lang|dir)="([^"]*)"', found))


@pytest.mark.parametrize(
    ("theme", "option", "heading", "attributes"),
    [
        ("{name: mkdocs}", "", "Notes", {}),
        ("{name: mkdocs, locale: de}", "", "Anmerkungen", {}),
        ("{name: mkdocs, locale: pt_BR}", "", "Notas", {}),
        ("{name: mkdocs, locale: fr}", "de", "Anmerkungen", {"lang": "de"}),
        ("{name: mkdocs, locale: pl}", "", "Notes", {"lang": "en"}),
        ("{name: mkdocs}", "ar", "الملاحظات", {"lang": "ar", "dir": "rtl"}),
        ("{name: readthedocs, locale: es}", "", "Notas", {}),
        ("{name: material, language: ja}", "", "注", {}),
        ("{name: material, language: pt-BR}", "", "Notas", {}),
        ("{name: material, language: he}", "", "Notes", {"lang": "en", "dir": "ltr"}),
        ("{name: material, language: ar}", "", "الملاحظات", {}),
        ("{name: material, language: uk}", "de_AT", "Anmerkungen", {"lang": "de"}),
    ],
)
def test_the_words_are_in_the_language_of_the_theme_or_that_of_the_option(
    draw, monkeypatch, theme, option, heading, attributes
):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    plugin = f"annotate: {{language: {option}}}" if option else "annotate"
    site = draw(DRAWING, f"site_name: x\ntheme: {theme}\nplugins: [{plugin}]\n")

    html = site.build().html()

    assert f'<h2 id="ann--notes">{heading}</h2>' in html
    assert attributes_of_notes(html) == attributes


@pytest.mark.parametrize(
    ("theme", "heading", "attributes"),
    [
        ({"language": "de"}, "Anmerkungen", {}),
        ({"language": "pt-BR"}, "Notas", {}),
        ({"language": "pl"}, "Notes", {"lang": "en"}),
    ],
)
def test_zensicals_theme_decides_on_the_language_too(draw, theme, heading, attributes):
    site = draw(DRAWING)
    md = zensical_conversion(site.root, ZensicalPage())
    md.preprocessors["context"].config["theme"] = theme

    html = md.convert((site.root / "docs/index.md").read_text("utf-8"))

    assert f'<h2 id="ann--notes">{heading}</h2>' in html
    assert attributes_of_notes(html) == attributes


def test_templates_lie_below_the_configuration_of_zensical(draw):
    site = draw(DRAWING + "own/notes.html\n| <ul>{{ notes|length }} of our own</ul>\n")
    configs = {"mkdocs_annotate": {"templates": "own"}}
    md = zensical_conversion(site.root, ZensicalPage(), configs)

    html = md.convert((site.root / "docs/index.md").read_text("utf-8"))

    assert re.search(r"<ul>\d of our own</ul>", html)
