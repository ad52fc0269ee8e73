"""Plugins and extensions that people have beside us: real, strict builds with each of them."""

import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from mkdocs_annotate.files.paths import ASSETS, asset_path
from mkdocs_annotate.hosts.mkdocs_project import MkDocsProject

# The warnings of neighbours about what they use are their own affair.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(autouse=True)
def quiet_material(monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


ROOT = Path(__file__).parent.parent.parent


def test_the_guide_lists_what_is_tried_here():
    guide = (ROOT / "site/guide/hosts.md").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    development = project.partition("[dependency-groups]")[2].partition("\n\n")[0]
    installed = set(re.findall(r'"(mkdocs-[\w-]+|mkdocstrings)', development))

    listed = re.findall(r"^\| `([\w-]+)` \|", guide, re.M)

    assert set(listed) == installed


def needs(module):
    found = find_spec(module) is not None
    return pytest.mark.skipif(not found, reason=f"{module} is not installed")


def config(*plugins, theme="{name: mkdocs, highlightjs: false}", more=""):
    """Return the configuration of a site with `plugins` before ours, each a line of YAML."""
    lines = "".join(f"  - {plugin}\n" for plugin in (*plugins, "annotate"))
    return (
        f"site_name: Drawn\nsite_url: https://example.org/\ntheme: {theme}\n{more}plugins:\n{lines}"
    )


BRIDGE = """
docs/index.md
| # The bridge
|
| The old bridge carries one lane. It was built in 1794.
docs/index.annotations.yml
| annotations:
|   - quote: built in 1794
|     note: From the county survey.
"""


@pytest.mark.skipif(
    sys.version_info < (3, 11),
    reason="the last mkdocstrings for Python 3.10 fails by itself, with its extensions of today",
)
@needs("mkdocstrings_handlers.python")
def test_mkdocstrings_converts_inside_the_page(draw):
    site = draw(
        """
        docs/index.md
        | # Tolls
        |
        | Whoever crosses pays.
        |
        | ::: tolls.toll
        docs/index.annotations.yml
        | annotations:
        |   - quote: Whoever crosses
        |     note: But not the miller.
        |   - quote: in pence of 1794
        |     note: See [the top](#tolls).
        code/tolls.py
        | def toll(wheels: int) -> int:
        |     \"\"\"Return the toll in pence of 1794.
        |
        |     Args:
        |         wheels: how many wheels there are.
        |     \"\"\"
        |     return wheels
        """,
        config(
            "mkdocstrings: {handlers: {python: {paths: [code], options: {show_source: false}}}}"
        ),
    )

    built = site.build(strict=True)

    assert built.marked() == ["Whoever crosses", "in pence of 1794"]
    assert built.html().count('class="ann-notes"') == 1
    assert "wheels" in built.html()


BLOG = """
docs/index.md
| # Home
docs/blog/index.md
| # Blog
docs/blog/posts/bridge.md
| ---
| date: 2024-05-01
| categories: [Bridges]
| ---
| # The old bridge
|
| It was built in 1794.
|
| <!-- more -->
|
| The rest says less.
docs/blog/posts/bridge.annotations.yml
| annotations:
|   - quote: old bridge
|     note: x
|   - quote: built in 1794
|     note: From the county survey.
|   - quote: says less
|     kind: opinion
docs/blog/posts/mill.md
| ---
| date: 2024-06-01
| ---
| # The mill
|
| It was built in 1794, too.
|
| <!-- more -->
|
| It grinds.
docs/blog/posts/mill.annotations.yml
| annotations:
|   - quote: grinds
|     note: x
docs/blog/posts/tunnel.md
| ---
| date: 2024-07-01
| draft: true
| ---
| # The tunnel
docs/blog/posts/tunnel.annotations.yml
| annotations:
|   - quote: The tunnel
|     note: x
"""


@needs("material")
def test_a_post_of_materials_blog_has_marks_and_its_excerpts_have_none(draw):
    site = draw(BLOG, config("blog", "search", theme="material"))

    built = site.build(strict=True)

    assert built.marked("blog/2024/05/01/the-old-bridge/index.html") == [
        "old bridge",
        "built in 1794",
        "says less",
    ]
    assert built.marked("blog/2024/06/01/the-mill/index.html") == ["grinds"]
    views = ["blog/index.html", "blog/archive/2024/index.html", "blog/category/bridges/index.html"]
    for view in views:
        html = built.html(view)
        assert "It was built in 1794." in html
        assert re.findall(r"ann-[\w-]+", re.sub(r"assets/annotate/\S+", "", html)) == []
    assert not [name for name in built.published() if "annotations" in name]


def test_pages_that_are_files_have_links_to_files(draw):
    site = draw(
        BRIDGE.replace("From the", "From [the mill](mill.md). The") + "docs/mill.md\n| # Mill\n",
        config(more="use_directory_urls: false\n"),
    )

    assert '<a href="mill.html">the mill</a>' in site.build(strict=True).html()


I18N = "i18n: {docs_structure: %s, languages: [%s]}"
LANGUAGES = "{locale: en, default: true, name: English}, {locale: de, name: Deutsch}"


@needs("mkdocs_static_i18n")
@pytest.mark.parametrize("theme", ["material", "{name: mkdocs, highlightjs: false}"])
@pytest.mark.parametrize(
    ("structure", "english", "german"),
    [("suffix", "bridge", "bridge.de"), ("folder", "en/bridge", "de/bridge")],
)
def test_each_language_of_a_site_has_its_sidecar_and_our_words_in_it(
    draw, theme, structure, english, german
):
    site = draw(
        f"""
        docs/{english}.md
        | The old bridge was built in 1794.
        docs/{english}.annotations.yml
        | annotations: [{{quote: old bridge, note: x}}]
        docs/{german}.md
        | Die alte Brücke wurde 1794 gebaut.
        docs/{german}.annotations.yml
        | annotations: [{{quote: alte Brücke, note: x}}]
        docs/{english.replace("bridge", "index")}.md
        | # Home
        """,
        config(I18N % (structure, LANGUAGES), theme=theme),
    )

    built = site.build(strict=True)

    assert built.marked("bridge/index.html") == ["old bridge"]
    assert ">Notes</h2>" in built.html("bridge/index.html")
    assert built.marked("de/bridge/index.html") == ["alte Brücke"]
    assert ">Anmerkungen</h2>" in built.html("de/bridge/index.html")
    # A project that is opened, and not built, has one language.
    left_out = MkDocsProject(site.root / "mkdocs.yml").left_out()
    assert left_out == [site.root / f"docs/{german}.annotations.yml"]
    assert not [name for name in built.published() if "annotations" in name]


@needs("mkdocs_static_i18n")
def test_a_page_that_is_not_translated_keeps_its_marks_in_each_language(draw):
    site = draw(BRIDGE, config(I18N % ("suffix", LANGUAGES), theme="material"))

    built = site.build(strict=True)

    assert built.marked() == ["built in 1794"]
    assert built.marked("de/index.html") == ["built in 1794"]


TWO_FOLDERS = """
docs/index.md
| # Home
docs/bridges/index.md
| # Bridges
|
| They cross rivers.
docs/bridges/index.annotations.yml
| annotations: [{quote: rivers, note: x}]
docs/bridges/old.md
| # The old one
|
| It was built in 1794.
docs/bridges/old.annotations.yml
| annotations: [{quote: built in 1794, note: "See [home](../index.md)."}]
docs/bridges/.nav.yml
| nav: [index.md, "*"]
docs/SUMMARY.md
| - [Home](index.md)
| - [Bridges](bridges/)
docs/bridges/SUMMARY.md
| - [All](index.md)
| - [Old](old.md)
"""


NAVIGATIONS = [
    ("mkdocs_awesome_nav", "awesome-nav", ""),
    ("mkdocs_literate_nav", "literate-nav: {nav_file: SUMMARY.md}", ""),
    ("mkdocs_section_index", "section-index", "nav: [Bridges: [bridges/index.md, bridges/old.md]]"),
    ("mkdocs_redirects", "redirects: {redirect_maps: {ancient.md: bridges/old.md}}", ""),
]


@pytest.mark.parametrize(
    ("plugin", "nav"),
    [pytest.param(plugin, nav, marks=needs(module)) for module, plugin, nav in NAVIGATIONS],
    ids=[module for module, _, _ in NAVIGATIONS],
)
def test_plugins_of_navigation_list_articles_and_no_sidecars(draw, plugin, nav):
    site = draw(TWO_FOLDERS, config(plugin, theme="material", more=f"{nav}\n"))

    built = site.build(strict=True)

    assert built.marked("bridges/index.html") == ["rivers"]
    assert built.marked("bridges/old/index.html") == ["built in 1794"]
    assert "annotations.yml" not in built.html("bridges/old/index.html")
    assert '<a href="../../">home</a>' in built.html("bridges/old/index.html")
    assert not [name for name in built.published() if "annotations" in name]


@needs("mkdocs_gen_files")
def test_pages_that_a_script_writes_are_as_they_are_and_others_keep_their_marks(draw):
    site = draw(
        BRIDGE
        + """
code/write.py
| import mkdocs_gen_files
| with mkdocs_gen_files.open("made.md", "w") as file:
|     print("# Made", "", "It was built in 1794.", sep="\\n", file=file)
| with mkdocs_gen_files.open("index.md", "a") as file:
|     print("", "And more.", sep="\\n", file=file)
""",
        config("gen-files: {scripts: [code/write.py]}"),
    )

    built = site.build(strict=True)

    assert built.marked("made/index.html") == []
    assert "And more." in built.html()
    assert built.marked() == ["built in 1794"]


MINIFY = """minify:
      minify_html: true
      minify_css: true
      minify_js: true
      htmlmin_opts: {remove_comments: true}
      css_files: [own.css]
      js_files: [own.js]"""


@needs("mkdocs_minify_plugin")
def test_pages_that_minify_makes_smaller_keep_marks_and_assets(draw):
    site = draw(
        BRIDGE + "docs/own.css\n| p {color: red}\ndocs/own.js\n| let own = 1;\n",
        config(MINIFY, more="extra_css: [own.css]\nextra_javascript: [own.js]\n"),
    )

    built = site.build(strict=True)

    html = built.html()
    assert built.marked() == ["built in 1794"]
    assert "<!--ann-->" not in html
    (reference,) = re.findall(r'<a href="?#(ann-built-in-1794--note)\b', html)
    assert re.search(rf'<li id="?{reference}\b', html)
    linked = re.findall(r'(?:href|src)="?([\w/.]*(?:annotate|own)[\w.]*)', html)
    assert linked == [
        f"assets/annotate/{ASSETS[0]}",
        "own.min.css",
        "own.min.js",
        f"assets/annotate/{ASSETS[1]}",
    ]
    for name in ASSETS:
        assert (built.folder / "assets/annotate" / name).read_bytes() == asset_path(
            name
        ).read_bytes()


@needs("mkdocs_macros")
def test_macros_are_expanded_before_quotes_are_looked_for(draw):
    site = draw(
        """
        docs/index.md
        | The {{ thing }} was built in {{ 1700 + 94 }}.{% if true %} It stands.{% endif %}
        docs/index.annotations.yml
        | annotations:
        |   - quote: old **bridge** was built in 1794
        |     note: "Not expanded: {{ thing }}"
        |   - quote: It stands
        |     note: x
        """,
        config("macros", more="extra: {thing: old **bridge**}\n"),
    )

    built = site.build(strict=True)

    assert built.marked() == ["old bridge was built in 1794", "It stands"]
    assert "Not expanded: {{ thing }}" in built.html()


INCLUDED = """
docs/parts/toll.md
| The *toll* is a penny.
docs/index.md
| # The bridge
|
| Before.
|
| INCLUDE
|
| After.
docs/index.annotations.yml
| annotations:
|   - quote: The *toll* is
|     note: x
|   - quote: After
|     note: x
"""


@needs("mkdocs_include_markdown_plugin")
def test_what_include_markdown_brings_can_be_quoted(draw):
    line = "{% include-markdown 'parts/toll.md' %}"
    site = draw(INCLUDED.replace("INCLUDE", line), config("include-markdown"))

    assert site.build(strict=True).marked() == ["The toll is", "After"]


def test_what_snippets_bring_can_be_quoted(draw):
    extension = "pymdownx.snippets: {base_path: docs, check_paths: true}"
    # The Markdown of a snippet is not that of the article, so that its words are those of the page.
    drawing = INCLUDED.replace("quote: The *toll* is", "quote: The toll is")
    site = draw(
        drawing.replace("INCLUDE", "--8<-- 'parts/toll.md'"),
        config(more=f"markdown_extensions: [{extension}]\n"),
    )

    assert site.build(strict=True).marked() == ["The toll is", "After"]


def test_materials_own_plugins_of_tags_and_for_reading_offline(draw):
    drawing = BRIDGE.replace("| # The bridge", "| ---\n| tags: [stone]\n| ---\n| # The bridge")
    site = draw(
        drawing + "docs/tags.md\n| # Tags\n|\n| <!-- material/tags -->\n",
        config("search", "tags", "offline", theme="material"),
    )

    built = site.build(strict=True)

    assert built.marked() == ["built in 1794"]
    assert "The bridge" in built.html("tags.html")
    assert built.marked("tags.html") == []


EXTENSIONS = """
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.details
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
  - pymdownx.highlight: {anchor_linenums: true, line_spans: __span}
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.magiclink
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.tasklist: {custom_checkbox: true}
  - pymdownx.tilde
"""
# What an article says, the quote that its author would write, and the words that are marked.
WRITTEN = {
    "abbr": ("The HTML of it.\n\n*[HTML]: Markup", "The HTML of it", "The HTML of it"),
    "admonition": ("!!! note\n\n    Mind the edge.", "Mind the edge", "Mind the edge"),
    "attr_list": ("One *lane*{ .wide } only.", "One lane only", "One lane only"),
    "def_list": ("Pier\n:   What stands in water.", "stands in water", "stands in water"),
    "footnotes": ("It is old.[^1]\n\n[^1]: A survey says so.", "A survey says", "A survey says"),
    "md_in_html": ("<div markdown>\nThe *second* one.\n</div>", "The second one", "The second one"),
    "tables": ("| a | b |\n|---|---|\n| oak | ash |", "oak", "oak"),
    "arithmatex": ("It bears $x^2$ tonnes.", "It bears", "It bears"),
    "caret": ("A ^^firm^^ span.", "A firm span", "A firm span"),
    "details": ('??? tip "More"\n\n    Hidden words.', "Hidden words", "Hidden words"),
    "tabbed": ('=== "One"\n\n    Tab words.\n\n=== "Two"\n\n    Others.', "Tab words", "Tab words"),
    "emoji": ("A :smile: bridge keeper.", "bridge keeper", "bridge keeper"),
    "highlight": ("```python\ntoll = 3\nfee = 4\n```", "toll = 3\nfee = 4", "toll = 3\nfee = 4"),
    "inlinehilite": ("Use `#!python toll()` here.", "Use toll() here", "Use toll() here"),
    "keys": ("Press ++ctrl+alt++ now.", "now", "now"),
    "mark": ("A ==thing of note== here.", "A thing of note here", "A thing of note here"),
    "smartsymbols": ("It cost 1/2 (c) of it.", "cost ½ © of", "cost ½ © of"),
    "tasklist": ("- [x] Paint the rail", "Paint the rail", "Paint the rail"),
    "tilde": ("Not ~~wood~~ stone.", "Not wood stone", "Not wood stone"),
    "magiclink": (
        "See https://example.org/a here.",
        "See https://example.org/a",
        "See https://example.org/a",
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_extensions_make_can_be_quoted(draw, name):
    article, quote, marked = WRITTEN[name]
    site = draw("", config(theme="material", more=EXTENSIONS.lstrip()))
    (site.root / "docs/index.md").write_text(f"# The bridge\n\n{article}\n", "utf-8")
    entry = {"quote": quote, "note": "x"}
    sidecar = site.root / "docs/index.annotations.yml"
    sidecar.write_text(json.dumps({"annotations": [entry]}, ensure_ascii=False), "utf-8")

    built = site.build(strict=True)

    assert built.marked() == [marked]
    assert built.html().count('class="ann-notes"') == 1
