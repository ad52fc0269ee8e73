"""What an article and its sidecar are in the formats of others: a file of `cases/exports` each.

A case has an `article` and a `sidecar`, and says by `export` which of `annotations` (of the W3C),
`page` (schema.org) and `sources` (CSL-JSON) to show, or which parts of them.  `address` is that of
the page; an empty one is a site that doesn't know where it will stand.
"""

import json
from pathlib import Path

import jsonschema
import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.csl import csl_items
from mkdocs_annotate.exchange.publication import PublishedArticle, published_anchors, title_of
from mkdocs_annotate.exchange.schema_org import schema_org
from mkdocs_annotate.exchange.web_annotation import context_around, web_annotations
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sources import SOURCE_TYPES, Person
from mkdocs_annotate.model.vocabulary import ARTICLE_TYPES, DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.decoding import parse_sidecar

CASES = Path(__file__).parent / "cases"
SCHEMAS = {
    name: json.loads((CASES / f"{file}.schema.json").read_text("utf-8"))
    for name, file in (("annotations", "web-annotation"), ("sources", "csl"))
}
TERMS = json.loads((CASES / "schema-org-terms.json").read_text("utf-8"))
ADDRESS = "https://example.org/bridge/"
PEOPLE = {
    "NG": Person("Nell Gow", "fact-checker", Link("/staff/ng/", LinkKind.SITE)),
    "FO": Person("Femi Ollis"),
}


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


def linked(address):
    """Return the function that makes links of the site whole, where it knows its address."""
    return lambda link: f"https://example.org/{link.address.strip('./')}" if address else None


def published(html, sidecar, address=ADDRESS, marks=None):
    page = Page(project(html))
    anchors = anchor_all(sidecar.annotations, page).anchors
    return PublishedArticle(
        address=address,
        title=title_of(page.projection, "bridge"),
        text=page.text,
        anchors=published_anchors(anchors),
        sources=sidecar.sources,
        marks=marks or {anchor.annotation.id: f"ann-{anchor.annotation.id}" for anchor in anchors},
        linked=linked(address),
        entries={key: f"ann--source-{key}" for key in sidecar.sources},
        article=sidecar.article,
        people=PEOPLE,
        language="en-GB",
    )


def exported(what, html, sidecar, address):
    if what == "sources":
        value = list(csl_items(list(sidecar.sources.items()), linked(address)))
    elif what == "page":
        value = schema_org(published(html, sidecar, address), DEFAULT_VOCABULARY)
        judge(value)
        return value
    else:
        article = published(html, sidecar, address)
        file = f"{address}annotations.jsonld"
        value = web_annotations(article, file, DEFAULT_VOCABULARY, "1.0")
    jsonschema.validate(value, SCHEMAS[what])
    return value


def shown(value, path):
    """Return the parts of `value` at `path`, such as `first.items.target`."""
    name, _, rest = path.partition(".")
    if not name:
        return value
    if isinstance(value, list):
        return [shown(one, path) for one in value]
    return shown(value.get(name), rest) if value is not None else None


@pytest.mark.golden_test("cases/exports/*.yml")
def test_an_export_says(golden):
    sidecar, problems = parse_sidecar(golden["sidecar"], "bridge.annotations.yml")
    assert problems == []
    address = golden.get("address", ADDRESS)
    article = golden.get("article") or "The bridge at Tarn Mill, and the mill."
    html = markdown(article)

    for what, paths in golden["export"].items():
        value = json.loads(json.dumps(exported(what, html, sidecar, address)))
        if paths != "all":
            value = {path: shown(value, path) for path in paths}
        assert golden.out[what] == value


def page_of(text):
    """Return what schema.org gets of a page with the mill, and the sidecar `text`."""
    sidecar, problems = parse_sidecar(text, "bridge.annotations.yml")
    assert problems == []
    return exported("page", "<p>The bridge at Tarn Mill, and the mill.</p>", sidecar, ADDRESS)


@pytest.mark.parametrize("type_", ARTICLE_TYPES)
def test_every_type_of_article_has_a_term(type_):
    said = f"{{type: {type_}, backstory: Why., corrections: [{{date: 2024-11-06, text: Was 8.}}]}}"

    own = page_of(f"article: {said}\n")
    about = f"article: {{type: {type_}, based_on: law}}\nsources: {{law: {{title: L}}}}\n"
    original = page_of(about)

    assert ("backstory" in own) == (own["@type"] not in ("CreativeWork", "Legislation"))
    assert original["@type"] == "BackgroundNewsArticle"
    assert original["isBasedOn"]["@type"] == own["@type"]
    assert original["isBasedOn"].get("genre") == own.get("genre")
    assert original["genre"] == "http://cv.iptc.org/newscodes/genre/Background"


@pytest.mark.parametrize("type_", SOURCE_TYPES)
def test_every_type_of_source_has_a_term(type_):
    value = page_of(
        f"sources: {{s: {{title: S, type: {type_}}}}}\n"
        "annotations: [{quote: the mill, sources: s}]\n"
    )

    assert value["citation"][0]["name"] == "S"


def test_there_is_no_verdict():
    text = json.dumps(page_of((CASES / "bridge.annotations.yml").read_text("utf-8")))

    assert not any(word in text for word in ("ClaimReview", "Rating", "rating", "verdict"))


EVERYWHERE = """
annotations: [{quote: Tarn Mill, note: KEY, tags: [KEY], speaker: KEY, by: KEY, sources: KEY}]
"""


def test_no_key_comes_from_a_sidecar():
    sidecar, _ = parse_sidecar(EVERYWHERE, "bridge.annotations.yml")
    keys = set()

    def collect(value):
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, (dict, list)):
                collect(inner)
        if isinstance(value, dict):
            keys.update(value)

    collect(exported("annotations", "<p>Tarn Mill</p>", sidecar, ADDRESS))

    assert "exact" in keys
    assert "KEY" not in keys


def test_the_address_of_a_mark_is_that_of_the_page_where_the_article_took_its_id():
    sidecar, _ = parse_sidecar("annotations: [{quote: Tarn, note: n, id: a}]", "a.yml")
    article = published("<p>Tarn</p>", sidecar, marks={"a": "ann-a-2"})

    (item,) = web_annotations(article, "x", DEFAULT_VOCABULARY, "1.0")["first"]["items"]
    (comment,) = schema_org(article, DEFAULT_VOCABULARY)["comment"]

    assert item["id"] == comment["about"]["@id"] == f"{ADDRESS}#ann-a-2"


def test_what_stands_around_is_widened_until_it_stands_there_once():
    text = "x" * 100 + "same words " * 3 + "y" * 100

    prefix, suffix = context_around(Range(111, 115), text)

    assert text.count(prefix + "same" + suffix) == 1
    assert prefix == text[111 - len(prefix) : 111]
    assert context_around(Range(0, 2), "aaaa") == ("", "aa")


def test_in_a_text_of_one_sign_the_whole_is_the_context():
    assert context_around(Range(200, 201), "a" * 400) == ("a" * 200, "a" * 199)
