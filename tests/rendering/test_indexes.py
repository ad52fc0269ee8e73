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


def words(html):
    return " ".join(re.sub("<[^>]*>", " ", html).split())


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
