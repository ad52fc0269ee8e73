import json
from pathlib import Path

import pytest

from mkdocs_annotate.anchoring.anchors import anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.publication import PublishedArticle, published_anchors
from mkdocs_annotate.exchange.schema_org import schema_org
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.sources import SOURCE_TYPES, Person
from mkdocs_annotate.model.vocabulary import ARTICLE_TYPES, DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.decoding import parse_sidecar

CASES = Path(__file__).parent / "cases"
TERMS = json.loads((CASES / "schema-org-terms.json").read_text("utf-8"))
ADDRESS = "https://example.org/bridge/"
HTML = "<h1>The bridge</h1><p>The “old” bridge at Tarn Mill 🌉, says Ada, and the mill.</p>"


def ancestors(type_):
    return {type_}.union(*map(ancestors, TERMS["types"][type_]))


def judge(node):
    """Hold every type and property of `node` to the terms of schema.org."""
    if isinstance(node, list):
        for one in node:
            judge(one)
    if not isinstance(node, dict) or set(node) == {"@id"}:
        return
    known = ancestors(node["@type"])
    for name, value in node.items():
        if not name.startswith("@"):
            assert known & set(TERMS["properties"][name]), f"{node['@type']} has no {name}"
            judge(value)


def exported(sidecar, html=HTML, address=ADDRESS):
    read, problems = parse_sidecar(sidecar, "a.yml")
    assert problems == []
    page = Page(project(html))
    article = PublishedArticle(
        address=address,
        title="The bridge",
        text=page.text,
        anchors=published_anchors(anchor_all(read.annotations, page).anchors),
        sources=read.sources,
        marks={"mill": "ann-mill-2"},
        linked=lambda link: f"https://example.org{link.address}" if address else None,
        entries={key: f"ann--source-{key}" for key in read.sources if key != "column"},
        article=read.article,
        people={"NG": Person("Nell Gow", "fact-checker", Link("/staff/ng/", LinkKind.SITE))},
        language="en-GB",
    )
    value = schema_org(article, DEFAULT_VOCABULARY)
    judge(value)
    return value


SIDECAR = (CASES / "bridge.annotations.yml").read_text("utf-8")


def test_a_page_is_told_in_full():
    expected = json.loads((CASES / "bridge.schema-org.json").read_text("utf-8"))

    assert exported(SIDECAR) == expected


def test_without_an_address_ids_hold_inside_the_page():
    value = exported(SIDECAR, address="")

    assert "url" not in value
    assert "@id" not in value
    assert value["comment"][0]["@id"] == "#ann-mill-2--note"
    assert value["comment"][0]["author"] == {
        "@type": "Person",
        "name": "Nell Gow",
        "jobTitle": "fact-checker",
    }
    assert [one["@id"] for one in value["citation"]] == ["#ann--source-survey", "#ann--source-law"]


@pytest.mark.parametrize("type_", ARTICLE_TYPES)
def test_every_type_of_article_has_a_term(type_):
    said = f"{{type: {type_}, backstory: Why., corrections: [{{date: 2024-11-06, text: Was 8.}}]}}"

    own = exported(f"article: {said}\n")
    about = f"article: {{type: {type_}, based_on: law}}\nsources: {{law: {{title: L}}}}\n"
    original = exported(about)

    assert ("backstory" in own) == (own["@type"] not in ("CreativeWork", "Legislation"))
    assert original["@type"] == "BackgroundNewsArticle"
    assert original["isBasedOn"]["@type"] == own["@type"]
    assert original["isBasedOn"].get("genre") == own.get("genre")
    assert original["genre"] == "http://cv.iptc.org/newscodes/genre/Background"


@pytest.mark.parametrize("type_", SOURCE_TYPES)
def test_every_type_of_source_has_a_term(type_):
    value = exported(
        f"sources: {{s: {{title: S, type: {type_}}}}}\n"
        "annotations: [{quote: the mill, sources: s}]\n"
    )

    assert value["citation"][0]["name"] == "S"


def test_a_source_alone_is_no_comment_and_a_draft_is_nothing():
    value = exported(
        "sources: {s: {title: S}, t: {title: T}}\n"
        "annotations:\n- {quote: the mill, sources: s}\n"
        "- {quote: Tarn, note: n, sources: t, draft: true}\n- {quote: gone, note: n}\n"
    )

    assert "comment" not in value
    assert [one["name"] for one in value["citation"]] == ["S"]


def test_a_page_of_which_nothing_is_said_is_an_article():
    assert exported("sources: {x: {title: X}}\n") == {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": ADDRESS,
        "url": ADDRESS,
        "headline": "The bridge",
        "inLanguage": "en-GB",
    }


def test_what_is_annotated_has_the_type_of_its_source_where_nothing_else_is_said():
    value = exported("article: {based_on: l}\nsources: {l: {title: L, type: bill}}\n")

    assert value["isBasedOn"] == {"@type": "Legislation", "name": "L"}


def test_there_is_no_verdict():
    text = json.dumps(exported(SIDECAR))

    assert not any(word in text for word in ("ClaimReview", "Rating", "rating", "verdict"))
