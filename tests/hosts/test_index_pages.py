import re

import pytest

ARTICLES = """
docs/bridge.md
| # The bridge & its toll
|
| The old bridge carries one lane. It is a disgrace.
docs/bridge.annotations.yml
| sources:
|   survey:
|     title: Survey
|     url: survey.md
| annotations:
|   - quote: carries one lane
|     sources: survey
|   - quote: It is a disgrace
|     kind: opinion
|     tags: [roads]
|   - quote: The old bridge
|     note: Not yet.
|     kind: opinion
|     draft: true
docs/survey.md
| # The survey
|
| Every bridge was measured.
docs/news/ferry.md
| # The ferry
|
| It will be gone by Christmas.
docs/news/ferry.annotations.yml
| annotations:
|   - quote: gone by Christmas
|     kind: prediction
|     speaker: Ruth
"""

ALL = """
docs/all.md
| # All of it
|
| Before.
|
| <!-- annotate: kinds -->
|
| After.
"""


def hrefs(html):
    article = html.partition("</h1>")[2]
    return re.findall(r'<li><a href="([^"]*)"><q', article)


def test_an_index_leads_to_each_passage_of_the_site(draw):
    built = draw(ARTICLES + ALL).build(strict=True)

    html = built.html("all/index.html")
    assert hrefs(html) == [
        "../bridge/#ann-it-is-a-disgrace",
        "../news/ferry/#ann-gone-by",
        "../bridge/#ann-carries-one-lane",
    ]
    assert 'id="ann-it-is-a-disgrace"' in built.html("bridge/index.html")
    assert html.index("Before.") < html.index("ann-index") < html.index("After.")
    assert "annotate:" not in html
    assert "<bdi>The bridge &amp; its toll</bdi>" in html


def test_drafts_are_in_no_index_even_while_serving(draw):
    built = draw(ARTICLES + ALL).build("serve")

    assert "ann-the-old-bridge" in built.html("bridge/index.html")
    assert "ann-the-old-bridge" not in built.html("all/index.html")


def test_addresses_fit_sites_without_directories(draw):
    site = draw(ARTICLES + ALL.replace("kinds", "sources"))
    site.config += "use_directory_urls: false\n"

    html = site.build(strict=True).html("all.html")

    assert hrefs(html) == ["bridge.html#ann-carries-one-lane"]
    # Typed beside the article, written for the index.
    assert '<a href="survey.html">Survey</a>' in html


def test_a_source_of_the_site_has_its_address_from_the_index(draw):
    html = (
        draw(ARTICLES + ALL.replace("kinds", "sources")).build(strict=True).html("all/index.html")
    )

    assert '<a href="../survey/">Survey</a>' in html


def test_annotated_pages_lead_to_the_indexes(draw):
    second = ALL.replace("kinds", "sources").replace("docs/all.md", "docs/news/index.md")

    built = draw(ARTICLES + ALL + second).build(strict=True)

    def links(path):
        return re.findall(r"<p>On the whole site: (.*?)</p>", built.html(path))

    assert links("bridge/index.html") == [
        '<a href="../all/">Passages by kind</a>, <a href="../news/">Sources</a>'
    ]
    assert links("news/ferry/index.html") == [
        '<a href="../../all/">Passages by kind</a>, <a href="../">Sources</a>'
    ]


def test_sections_are_in_the_table_of_contents_where_they_stand(draw):
    site = draw(
        ARTICLES
        + """
        docs/all.md
        | # All of it
        |
        | ## Marked
        |
        | <!-- annotate: kinds opinion -->
        |
        | ## Else
        |
        | [to it](#ann--kind-opinion)
        """.replace("\n        ", "\n")
    )
    site.config = "site_name: x\ntheme: {name: material}\nplugins: [annotate]\n"

    html = site.build(strict=True, validation={"anchors": "warn"}).html("all/index.html")

    contents = html[html.index('data-md-component="toc"') :].partition("</nav>")[0]
    assert list(dict.fromkeys(re.findall(r'href="(#[^"]*)" class="md-nav__link"', html))) == [
        "#marked",
        "#ann--kind-opinion",
        "#ann--kind-prediction",
        "#else",
    ], contents


def test_a_long_index_becomes_several_pages(draw):
    count = 1100
    lines = "".join(f"| word{n} is here.\n|\n" for n in range(count))
    entries = "".join(f"|   - quote: word{n}\n|     kind: opinion\n" for n in range(count))
    site = draw(
        f"docs/a.md\n| # A\n|\n{lines}docs/a.annotations.yml\n| annotations:\n{entries}{ALL}"
    )

    built = site.build(strict=True)

    paths = ["all/index.html", "all/kinds-2/index.html", "all/kinds-3/index.html"]
    assert {path for path in built.published() if path.startswith("all/")} == set(paths)
    pages = [built.html(path) for path in paths]
    assert [len(hrefs(page)) for page in pages] == [500, 500, 100]
    assert "After." in pages[0]
    assert "After." not in pages[1]
    assert hrefs(pages[1])[0] == "../../a/#ann-word500"
    assert "<h1>All of it · Page 2</h1>" in pages[1]
    assert 'href="../../assets/annotate/annotate-index.css"' in pages[1]
    assert '<a href="../" aria-label="Page 1">1</a>' in pages[1]


def test_the_first_page_of_a_site_has_the_others_beside_it(draw):
    entries = "".join(f"|   - quote: word{n}\n|     kind: opinion\n" for n in range(501))
    words = " ".join(f"word{n}" for n in range(501))
    drawing = f"docs/a.md\n| {words}\ndocs/a.annotations.yml\n| annotations:\n{entries}"
    site = draw(drawing + ALL.replace("all.md", "index.md"))

    built = site.build(strict=True)

    assert hrefs(built.html("kinds-2/index.html")) == ["../a/#ann-word500"]


def test_what_only_index_pages_need_is_published_for_them_alone(draw):
    site = draw(ARTICLES)

    assert "assets/annotate/annotate-index.css" not in site.build().published()

    site.write(ALL)
    built = site.build()

    assert "assets/annotate/annotate-index.css" in built.published()
    assert "annotate-index.css" in built.html("all/index.html")
    assert "annotate-index.css" not in built.html("bridge/index.html")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("<!-- annotate: kind -->", "there is no index of “kind”; did you mean `kinds`?"),
        ("<!-- annotate: -->", "no index is named; there are sources, kinds,"),
    ],
)
def test_a_marker_that_cannot_be_understood_is_told_with_its_line(draw, line, problem):
    site = draw(ARTICLES + ALL.replace("<!-- annotate: kinds -->", line))

    built = site.build()

    assert built.keys == [("docs/all.md", 5, 1, "bad-marker")]
    assert problem in built.lines[0]
    assert line in built.html("all/index.html")


def test_markers_in_code_are_shown_as_they_stand(draw):
    fenced = ALL.replace("| <!-- annotate: kinds -->", "| ```\n| <!-- annotate: kinds -->\n| ```")

    built = draw(ARTICLES + fenced).build(strict=True)

    assert "&lt;!-- annotate: kinds --&gt;" in built.html("all/index.html")
    assert "On the whole site" not in built.html("bridge/index.html")
    assert "assets/annotate/annotate-index.css" not in built.published()


def test_a_dirty_build_leaves_an_index_whole(draw):
    site = draw(ARTICLES + ALL)
    before = site.build().html("all/index.html")
    (site.root / "docs/survey.md").write_text("# The survey\n\nAll of them.\n")

    built = site.build(dirty=True)

    assert built.html("all/index.html") == before


def test_rebuilding_forgets_the_pages_of_before(draw):
    site = draw(ARTICLES + ALL)
    first = site.build().html("all/index.html")

    assert site.build().html("all/index.html") == first


def test_indexes_are_no_words_of_the_page_for_search(draw):
    site = draw(ARTICLES + ALL)
    site.config = site.config.replace("[annotate]", "[search, annotate]")

    built = site.build(strict=True)

    index = (built.folder / "search/search_index.json").read_text()
    assert "Before." in index
    assert "The bridge & its toll" not in re.findall(r'"text":"(Before[^"]*)"', index)[0]


def test_templates_of_a_site_make_indexes_too(draw):
    site = draw(
        ARTICLES
        + ALL
        + """
templates/index.html
| {% extends "default/index.html" %}
| {% block end %}<p>{{ index.sections|length }} kinds</p>{% endblock %}
templates/index-pages.html
| {{ nothing.at.all }}
"""
    )
    site.config = site.config.replace("[annotate]", "[annotate: {templates: templates}]")

    built = site.build()

    assert "<p>3 kinds</p>" not in built.html("all/index.html")
    assert built.keys == [("templates/index-pages.html", 1, 1, "bad-template")]
    (site.root / "templates/index-pages.html").unlink()
    assert "<p>3 kinds</p>" in site.build(strict=True).html("all/index.html")


def test_a_comment_that_a_plugin_or_a_list_made_is_told(draw):
    built = draw(ARTICLES + ALL.replace("| <!-- annotate", "| - item <!-- annotate")).build()

    assert built.keys == [("docs/all.md", 5, 1, "bad-marker")]
    assert "does not begin a line of the article; write it so" in built.lines[0]
    assert "<!-- annotate: kinds -->" in built.html("all/index.html")


@pytest.mark.parametrize("theme", ["mkdocs", "material"])
def test_names_are_no_html_in_a_table_of_contents(draw, theme):
    site = draw(
        """
        docs/index.md
        | The old bridge.
        |
        | <!-- annotate: speakers -->
        |
        | <!-- annotate: tags -->
        docs/index.annotations.yml
        | annotations:
        |   - {quote: old, kind: opinion, speaker: <img src=x onerror=f()>, tags: [<b>R&D</b>]}
        """,
        f"site_name: x\ntheme: {theme}\nplugins: [annotate]\n",
    )

    html = site.build(strict=True).html()

    assert "&lt;img src=x onerror=f()&gt;" in html
    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in html
    assert "<img" not in html
    assert "<b>R" not in html


def test_a_further_page_never_takes_the_place_of_a_page_of_the_site(draw):
    entries = "".join(f"|   - quote: word{n}\n|     kind: opinion\n" for n in range(501))
    words = " ".join(f"word{n}" for n in range(501))
    drawing = f"docs/a.md\n| {words}\ndocs/a.annotations.yml\n| annotations:\n{entries}"
    site = draw(drawing + ALL + "docs/all/kinds-2.md\n| # My own\n")

    built = site.build(strict=True)

    assert "My own" in built.html("all/kinds-2/index.html")
    assert hrefs(built.html("all/kinds-2-index/index.html")) == ["../../a/#ann-word500"]
    assert 'href="kinds-2-index/"' in built.html("all/index.html")


def test_a_page_that_is_named_for_an_index_and_is_not_there_is_told(draw):
    site = draw(ARTICLES)
    site.config = site.config.replace("[annotate]", "[annotate: {indexes: {sources: nope.md}}]")

    built = site.build()

    assert built.keys == [("mkdocs.yml", 4, 22, "bad-option")]
    assert "the site has no “nope.md”, which `indexes` names for sources" in built.lines[0]
    assert "nope" not in built.html("bridge/index.html")


def test_an_index_is_in_the_language_of_its_page(draw):
    arabic = ALL.replace("| # All of it", "| ---\n| lang: ar\n| ---\n| # الكل")

    html = draw(ARTICLES + arabic).build(strict=True).html("all/index.html")

    assert '<div class="ann ann-index" lang="ar" dir="rtl"' in html
    assert "رأي" in html
