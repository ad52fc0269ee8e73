"""Indexes where no plugin sees all pages: the extension alone, in Zensical and in MkDocs."""

import re

import pytest

DRAWING = """
docs/bridge.md
| # The *old* [bridge](news/ferry.md) {#top}
|
| The old bridge carries one lane. It is a disgrace.
docs/bridge.annotations.yml
| article: {based_on: survey}
| sources:
|   survey:
|     title: Survey
|     author: Ines
|     url: news/ferry.md
| annotations:
|   - quote: carries one lane
|     sources: [survey, shared]
|   - quote: It is
|     through: disgrace
|     kind: opinion
|     tags: [roads]
|   - quote: The old bridge
|     note: Not yet.
|     draft: true
docs/news/ferry.md
| ---
| title: "Ferry: a \u201cnew\u201d start"
| ---
| # Heading
|
| It will be gone by Christmas.
docs/news/ferry.annotations.yml
| annotations:
|   - quote: gone by Christmas
|     kind: prediction
|     speaker: Ruth
docs/plain.md
| no heading
docs/plain.annotations.yml
| annotations:
|   - {quote: no heading, note: x}
docs/news/all.md
| # All of it
|
| ## Passages
|
| <!-- annotate: kinds -->
|
| ## Else
|
| <!-- annotate: sources -->
|
| <!-- annotate: sorces -->
sources.yml
| shared: {title: Shared, url: bridge.md}
"""

ALONE = """
site_name: x
theme: {name: mkdocs, highlightjs: false}
plugins: []
exclude_docs: "*.annotations.yml"
markdown_extensions: [mkdocs_annotate, {toc: {permalink: true}}]
extra_css: [assets/annotate.css]
watch: [docs]
"""


def mkdocs(site):
    site.config = ALONE
    return site.build().html("news/all/index.html")


def zensical(site):
    config = site.config if "indexes" in site.config else ALONE
    site.configure(config.replace("theme: {name: mkdocs, highlightjs: false}\n", ""))
    done = site.run("zensical", "build", "--clean")
    assert done.returncode == 0, done.stdout + done.stderr
    return (site.root / "site/news/all/index.html").read_text("utf-8")


@pytest.fixture(params=[mkdocs, pytest.param(zensical, marks=pytest.mark.zensical)])
def page(request, draw):
    return request.param(draw(DRAWING))


def test_passages_of_all_sidecars_are_listed_with_links_to_their_places(page):
    passages = re.findall(r'<li><a href="([^"]*)"><q dir="auto">(.*?)</q></a>(.*)</li>', page)
    kinds = [(href, words, re.sub("<[^>]*>", "", who).strip()) for href, words, who in passages[:4]]

    assert kinds == [
        ("../../bridge/#ann-it-is", "It is … disgrace", "Ines"),
        ("../ferry/#ann-gone-by", "gone by Christmas", "Ruth"),
        ("../../bridge/#ann-carries-one-lane", "carries one lane", ""),
        ("../../plain/#ann-no-heading", "no heading", ""),
    ]


def test_articles_are_called_as_their_front_matter_heading_or_file_says(page):
    titles = re.findall(r'<p class="ann-page"><a href="[^"]*"><bdi>(.*?)</bdi>', page)

    assert set(titles) == {"The old bridge", "Ferry: a “new” start", "plain"}


def test_sources_lead_where_their_sidecar_or_the_site_says(page):
    sources = re.findall(r'<cite><a href="([^"]*)">(.*?)</a></cite>', page)

    assert sources == [("../ferry/", "Survey"), ("../../bridge/", "Shared")]


def test_sections_are_in_the_contents_where_they_stand(draw):
    site = draw(DRAWING)
    site.config = ALONE.replace("{name: mkdocs, highlightjs: false}", "{name: material}")

    html = site.build().html("news/all/index.html")

    contents = dict.fromkeys(re.findall(r'<a href="(#[^"]*)" class="md-nav__link">', html))
    assert list(contents) == [
        "#passages",
        "#ann--kind-opinion",
        "#ann--kind-prediction",
        "#ann--kind-source",
        "#ann--kind-context",
        "#else",
    ]


def test_what_can_not_be_understood_is_told_with_its_line(draw):
    site = draw(DRAWING)
    site.config = ALONE

    built = site.build()

    assert ("docs/news/all.md", 11, 1, "bad-marker") in built.keys
    assert "<!-- annotate: sorces -->" in built.html("news/all/index.html")


def test_with_python_markdown_alone_an_index_is_told_to_be_impossible(draw, caplog):
    from markdown import Markdown

    site = draw(DRAWING)
    article = site.root / "docs/news/all.md"
    text = article.read_text("utf-8")
    options = {"mkdocs_annotate": {"article": article}}
    md = Markdown(extensions=["mkdocs_annotate"], extension_configs=options)

    html = md.convert(text)

    assert "<!-- annotate: kinds -->" in html
    assert "only this article is known" in caplog.text


@pytest.mark.zensical
def test_pages_that_are_named_are_led_to(draw):
    site = draw(DRAWING)
    named = "[{mkdocs_annotate: {indexes: {kinds: news/all.md}}}, "
    site.config = ALONE.replace("[mkdocs_annotate, ", named)
    site.build()
    built = site.build().html("bridge/index.html")
    zensical(site)
    rendered = (site.root / "site/bridge/index.html").read_text("utf-8")

    for html in (built, rendered):
        assert '<p>On the whole site: <a href="../news/all/">Passages by kind</a></p>' in html


def test_front_matter_names_sidecars_and_switches_them_off(draw):
    site = draw(
        DRAWING
        + """
docs/elsewhere.md
| ---
| title: >
|   Elsewhere
| annotations: notes/other.annotations.yml
| ---
| Words of it.
docs/notes/other.annotations.yml
| annotations:
|   - {quote: Words of it, note: x, kind: definition}
docs/off.md
| ---
| annotations: false
| ---
| No words.
docs/off.annotations.yml
| annotations:
|   - {quote: No words, kind: rhetoric}
"""
    )
    site.config = ALONE

    html = site.build().html("news/all/index.html")

    assert '<a href="../../elsewhere/#ann-words-of-it">' in html
    assert "<bdi>Elsewhere</bdi>" in html
    assert "No words" not in html


@pytest.mark.parametrize("option", ["not_in_nav", "draft_docs", "exclude_docs"])
@pytest.mark.parametrize("build", [mkdocs, pytest.param(zensical, marks=pytest.mark.zensical)])
def test_articles_that_their_author_does_not_list_are_in_no_index(draw, monkeypatch, build, option):
    excluded = "*.annotations.yml"
    patterns = f"{excluded}\n  /news/fer*.md" if option == "exclude_docs" else "/news/fer*.md"
    config = ALONE.replace(f'exclude_docs: "{excluded}"\n', "")
    config += f"{option}: |\n  {patterns}\n"
    if option != "exclude_docs":
        config += f'exclude_docs: "{excluded}"\n'
    monkeypatch.setitem(globals(), "ALONE", config)

    page = build(draw(DRAWING))

    assert "carries one lane" in page
    assert "gone by Christmas" not in page
