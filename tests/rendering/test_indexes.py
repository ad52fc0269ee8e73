import re

from mkdocs_annotate.model.links import Link, parse_link
from mkdocs_annotate.model.sources import Author, Source
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.index_markers import markers_of
from mkdocs_annotate.rendering.index_sections import CataloguedPage, IndexEntry
from mkdocs_annotate.rendering.indexes import Index, PageAddress
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.templates import Templates, templates_of
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar

HARBOUR = Source(
    "Minutes & more",
    key="minutes",
    author=(Author("Carrow", "Ines"),),
    url=parse_link("../papers/minutes.pdf"),
    note="The *council's* own.",
)


def entry(words, kind="context", who="", **more):
    return IndexEntry(
        f"ann-{words}",
        DEFAULT_VOCABULARY.kinds[kind],
        words,
        more.get("speaker", ""),
        bool(more.get("speaker")),
        who,
        more.get("by_author", False),
        more.get("tags", ()),
        more.get("sources", ()),
    )


CATALOGUE = [
    CataloguedPage(
        "A <b>old</b> bridge",
        "news/bridge/",
        "news/bridge.md",
        "news",
        (entry("arch", sources=("minutes",)), entry("ugly", "opinion", "Ines", speaker="Ines")),
        {"minutes": HARBOUR},
    ),
    CataloguedPage("Ferry", "ferry/", "ferry.md", "", (entry("soon", "prediction", "Cal"),)),
]


def place(address):
    def resolve(link: Link, path: str):
        return f"{path}|{link.address}"

    return PageAddress(address, lambda target: f"../{target}", resolve)


def index(text, language="en", catalogue=CATALOGUE, **settings):
    (marker,) = markers_of(f"<!-- annotate: {text} -->", DEFAULT_VOCABULARY)
    assert not marker.message
    return Index(
        marker, catalogue, DEFAULT_VOCABULARY, wording_of(language), templates_of(), **settings
    )


def html(text, **settings):
    made = index(text, **settings)
    assert made.count == 1
    return made.page(0, [place("all/")]).html


def words(html):
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_passages_link_to_their_place_and_their_page():
    shown = html("kinds opinion")

    assert '<a href="../news/bridge/#ann-ugly"><q dir="auto">ugly</q></a>' in shown
    assert '<a href="../news/bridge/"><bdi>A &lt;b&gt;old&lt;/b&gt; bridge</bdi></a>' in shown
    assert "<bdi>Ines</bdi>" in shown
    assert "ann-arch" not in shown


def test_sections_have_headings_one_below_where_they_stand():
    made = index("kinds", level=4)

    page = made.page(0, [place("all/")])

    assert re.findall(r'<h4 id="([^"]*)">', page.html) == [id_ for id_, _ in page.headings]
    assert page.headings == (
        ("ann--kind-opinion", "Opinion"),
        ("ann--kind-prediction", "Prediction"),
        ("ann--kind-context", "Context"),
    )


def test_two_indexes_of_a_page_have_ids_of_their_own():
    for text in ("kinds", "speakers", "definitions"):
        first, second = (index(text, ordinal=n).page(0, [place("all/")]) for n in (1, 2))

        ids = [re.findall(r' id="([^"]*)"', page.html) for page in (first, second)]
        assert ids[0]
        assert not set(ids[0]) & set(ids[1])


def test_a_source_is_described_as_on_pages_with_all_that_cite_it():
    shown = html("sources")

    assert words(shown) == (
        "Ines Carrow. Minutes &amp; more . A &lt;b&gt;old&lt;/b&gt; bridge arch The council's own."
    )
    # Its address was typed in the sidecar of the first article that cites it.
    assert '<a href="news/bridge.md|../papers/minutes.pdf">' in shown
    assert '<a href="../news/bridge/#ann-arch">' in shown
    assert "<em>council" in shown
    assert ' id=""' not in shown


def test_the_table_of_articles_counts_each_group_that_the_site_has():
    shown = html("articles")

    rows = [
        [words(cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", shown)
    ]
    assert rows == [
        ["Article", "Opinion and wording", "Context", "Total"],
        ["A &lt;b&gt;old&lt;/b&gt; bridge News", "1", "1", "2"],
        ["Ferry", "1", "0", "1"],
        ["All articles", "2", "1", "3"],
    ]
    assert 'aria-label="Opinion and wording 67%; Context 33%"' in shown
    assert re.findall(r'x="(\d+)" y="0" width="(\d+)"', shown) == [("0", "667"), ("667", "333")]


def test_definitions_have_every_kind_of_the_site_and_how_often_it_is_used():
    shown = html("definitions")

    assert shown.count("<dt>") == len(DEFAULT_VOCABULARY.kinds)
    assert "Opinion 1 A judgement; it cannot be proved true or false." in words(shown)
    assert "Check What the evidence says about this claim." in words(shown)


def test_an_empty_site_says_so():
    for text in ("sources", "kinds", "questions", "speakers", "tags", "articles"):
        assert words(html(text, catalogue=[])) == "Nothing here yet."


def test_other_languages_have_their_words_and_say_so():
    shown = html("articles", language="de")

    assert '<div class="ann ann-index" lang="de"' in shown
    assert "Alle Artikel" in shown


def test_a_long_index_has_pages_that_lead_to_each_other():
    catalogue = [
        CataloguedPage(f"P{n}", f"p{n}/", f"p{n}.md", "", (entry(f"w{n}", tags=(f"t{n // 4}",)),))
        for n in range(10)
    ]
    made = index("tags", catalogue=catalogue, most=3)
    places = [place("all/"), *(place(f"all/tags-{n}/") for n in range(2, made.count + 1))]

    pages = [made.page(number, places) for number in range(made.count)]

    assert [re.findall(r"#ann-(w\d)", page.html) for page in pages] == [
        ["w0", "w1", "w2"],
        ["w3", "w4", "w5"],
        ["w6", "w7", "w8"],
        ["w9"],
    ]
    assert [page.headings for page in pages] == [
        (("ann--tag-t0", "t0"),),
        (("ann--tag-t0", "t0 (continued)"), ("ann--tag-t1", "t1")),
        (("ann--tag-t1", "t1 (continued)"), ("ann--tag-t2", "t2")),
        (("ann--tag-t2", "t2 (continued)"),),
    ]
    # The first page leads to where each section begins.
    assert re.findall('<li><a href="([^"]*)"><bdi>(t.)', pages[0].html) == [
        ("#ann--tag-t0", "t0"),
        ("../all/tags-2/#ann--tag-t1", "t1"),
        ("../all/tags-3/#ann--tag-t2", "t2"),
    ]
    assert '<span aria-current="page">2</span>' in pages[1].html
    assert re.findall('<a href="([^"]*)" aria-label="Page ([0-9])"', pages[1].html) == [
        ("../all/", "1"),
        ("../all/tags-3/", "3"),
        ("../all/tags-4/", "4"),
    ]


def test_a_long_table_has_pages_and_counts_the_whole_site_on_each():
    catalogue = [CataloguedPage(f"P{n}", f"p{n}/", f"p{n}.md", "", (entry("w"),)) for n in range(7)]
    made = index("articles", catalogue=catalogue, most=3)

    pages = [made.page(number, [place("x/")] * 3).html for number in range(made.count)]

    assert [page.count('<th scope="row"><a') for page in pages] == [3, 3, 1]
    assert all("<td>7</td></tr></tfoot>" in page for page in pages)


def test_of_many_pages_each_leads_to_those_near_it_and_to_the_ends():
    catalogue = [
        CataloguedPage(f"P{n}", f"p{n}/", f"p{n}.md", "", (entry("w"),)) for n in range(20)
    ]
    made = index("articles", catalogue=catalogue, most=1)
    places = [place(f"{n + 1}/") for n in range(20)]

    def pages(number):
        shown = made.page(number, places).html
        return words(shown.partition('<nav class="ann-pages"')[2].partition(">")[2])

    assert pages(0) == "1 2 3 4 … 20"
    assert pages(9) == "1 … 7 8 9 10 11 12 13 … 20"
    assert pages(19) == "1 … 17 18 19 20"


def test_of_very_many_sections_the_first_page_leads_to_where_each_page_begins():
    tags = tuple(f"t{n:03}" for n in range(400))
    catalogue = [CataloguedPage("P", "p/", "p.md", "", (entry("w", tags=tags),))]
    made = index("tags", catalogue=catalogue, most=100)
    places = [place(f"{n + 1}/") for n in range(made.count)]

    shown = [made.page(number, places).html for number in range(2)]

    jumps = [re.findall('<li><a href="[^"]*"><bdi>(t...)</bdi>', html) for html in shown]
    assert jumps == [[*tags[:100], "t100", "t200", "t300"], list(tags[100:200])]


def test_an_author_who_is_not_named_is_called_in_the_language_of_the_index():
    page = CataloguedPage("P", "p/", "p.md", "", (entry("w", "opinion", by_author=True),))

    assert "<bdi>the author</bdi>" in html("kinds", catalogue=[page])
    assert "<bdi>der Artikel selbst</bdi>" in html("kinds", catalogue=[page], language="de")


def test_under_a_speaker_the_name_is_not_said_again():
    shown = html("speakers")

    assert words(shown) == "Ines A &lt;b&gt;old&lt;/b&gt; bridge ugly"


def test_a_page_is_rendered_after_an_index_by_the_same_templates():
    templates = Templates()
    marker = markers_of("<!-- annotate: sources -->", DEFAULT_VOCABULARY)[0]
    made = Index(marker, CATALOGUE, DEFAULT_VOCABULARY, wording_of("en"), templates)
    made.page(0, [place("all/")])
    sidecar, _ = parse_sidecar("annotations: [{quote: old, kind: opinion}]\n", "a.yml")

    page = render_page(
        "<p>An old one.</p>", "", sidecar, Site(templates=templates), Presentation(), str
    )

    assert page.problems == ()
    assert "ann-panel" in page.html


def test_articles_of_one_title_are_told_apart_by_their_paths():
    catalogue = [
        CataloguedPage("The bees", f"{n}/", f"{n}/bees.md", "", (entry("w"),)) for n in (1, 2)
    ]

    assert re.findall(r"<bdi>(The bees.*?)</bdi>", html("kinds", catalogue=catalogue)) == [
        "The bees (1/bees)",
        "The bees (2/bees)",
    ]
