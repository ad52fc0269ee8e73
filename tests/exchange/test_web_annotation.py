import json
from pathlib import Path

import jsonschema
import pytest

from mkdocs_annotate.anchoring.anchors import anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.publication import PublishedArticle, published_anchors
from mkdocs_annotate.exchange.web_annotation import context_around, web_annotations
from mkdocs_annotate.model.links import Link, LinkKind
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.decoding import parse_sidecar

SCHEMA = json.loads(
    (Path(__file__).parent / "cases" / "web-annotation.schema.json").read_text("utf-8")
)
ADDRESS = "https://example.org/bridge/"
PEOPLE = {
    "NG": Person("Nell Gow", "editor", Link("/staff/", LinkKind.SITE)),
    "FO": Person("Femi Ollis"),
}
SOURCES = """
sources:
  report: {title: R, url: https://r.example/, accessed: 2024-11-05}
  copied:
    title: C
    url: https://c.example/
    archive_url: https://archive.example/c
    archive_date: 2024-11-04
  doi: {title: D, doi: 10.1000/182, accessed: 2024-11}
  own: {title: O, url: ../papers.md}
  paper: {title: P}
"""


def exported(sidecar, html="<p>The “old” bridge. The bridge at Tarn Mill 🌉 and the mill.</p>"):
    read, problems = parse_sidecar(sidecar, "a.yml")
    assert problems == []
    page = Page(project(html))
    article = PublishedArticle(
        address=ADDRESS,
        title="The bridge",
        text=page.text,
        anchors=published_anchors(anchor_all(read.annotations, page).anchors),
        sources=read.sources,
        marks={},
        linked=lambda link: "https://example.org/papers/",
        entries={"paper": "ann--source-paper"},
        people=PEOPLE,
        language="en-GB",
    )
    value = web_annotations(article, ADDRESS + "annotations.jsonld", DEFAULT_VOCABULARY, "1.0")
    jsonschema.validate(value, SCHEMA)
    return value


def item(entry, **values):
    (found,) = exported(f"annotations:\n- {entry}\n{SOURCES}", **values)["first"]["items"]
    return found


def test_an_annotation_has_all_that_it_says():
    found = item(
        "{quote: Tarn Mill, note: A *mill*., kind: opinion, speaker: Ada Quill, technique: slogan,"
        " by: AB, date: 2024-11-03, tags: [mills], id: mill}"
    )

    assert found == {
        "id": ADDRESS + "#ann-mill",
        "type": "Annotation",
        "motivation": "classifying",
        "created": "2024-11-03T00:00:00Z",
        "creator": {"type": "Person", "name": "AB"},
        "generator": {
            "id": "urn:x-mkdocs-annotate",
            "type": "Software",
            "name": "mkdocs-annotate 1.0",
        },
        "body": [
            {
                "type": "TextualBody",
                "value": "A *mill*.",
                "format": "text/markdown",
                "language": "en-GB",
                "purpose": "commenting",
            },
            {
                "type": "SpecificResource",
                "purpose": "classifying",
                "source": "urn:x-mkdocs-annotate:kind:opinion",
                "schema:spokenByCharacter": "Ada Quill",
            },
            {"type": "TextualBody", "value": "slogan", "purpose": "classifying"},
            {"type": "TextualBody", "value": "mills", "purpose": "tagging"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": ADDRESS,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "Tarn Mill",
                    "prefix": "The “old” bridge. The bridge at ",
                    "suffix": " 🌉 and the mill.",
                },
                {"type": "TextPositionSelector", "start": 32, "end": 41},
            ],
        },
    }


@pytest.mark.parametrize(
    ("kind", "motivation", "purpose"),
    [
        ("context", "describing", "describing"),
        ("check", "oa:assessing", "oa:assessing"),
        ("unattributed", "questioning", "questioning"),
        ("source", "linking", "commenting"),
        ("prediction", "classifying", "commenting"),
    ],
)
def test_a_kind_has_its_motivation(kind, motivation, purpose):
    found = item(f"{{quote: Tarn Mill, note: n, kind: {kind}}}")

    assert found["motivation"] == motivation
    assert found["body"][0]["purpose"] == purpose
    assert (len(found["body"]) == 1) == (kind in ("context", "source"))


@pytest.mark.parametrize(
    ("source", "address", "state"),
    [
        ("report", "https://r.example/", {"sourceDate": "2024-11-05T00:00:00Z"}),
        (
            "copied",
            "https://c.example/",
            {"sourceDate": "2024-11-04T00:00:00Z", "cached": "https://archive.example/c"},
        ),
        ("doi", "https://doi.org/10.1000/182", None),
        ("own", "https://example.org/papers/", None),
        ("paper", ADDRESS + "#ann--source-paper", None),
        ("absent", ADDRESS + "#ann--source-absent", None),
    ],
)
def test_a_citation_has_an_address_whatever_its_source(source, address, state):
    found = item(f"{{quote: Tarn Mill, sources: [{{source: {source}, locator: p. 3, quote: so}}]}}")

    (body,) = found["body"]
    assert body.pop("state", None) == (state and {"type": "TimeState", **state})
    assert body == {
        "type": "SpecificResource",
        "purpose": "linking",
        "source": address,
        "label": "p. 3",
        "selector": {"type": "TextQuoteSelector", "exact": "so"},
    }


def test_drafts_and_orphans_never_leave_and_the_words_are_the_articles():
    value = exported(
        "annotations:\n- {quote: Tarn Mill, note: n, draft: true}\n- {quote: gone, note: n}\n"
        "- {quote: '\"old\" bridge', through: the mill, note: n}\n- {quote: 'The \"old', note: n}\n"
    )

    exact = [one["target"]["selector"][0]["exact"] for one in value["first"]["items"]]
    assert exact == ["The “old", "“old” bridge. The bridge at Tarn Mill 🌉 and the mill"]
    assert value["total"] == 2


def test_all_places_are_targets():
    found = item("{quote: bridge, occurrence: all, note: n}")

    places = [target["selector"][1] for target in found["target"]]
    assert [(place["start"], place["end"]) for place in places] == [(10, 16), (22, 28)]


@pytest.mark.parametrize(
    ("by", "creator"),
    [
        ("NG", {"id": "https://example.org/papers/", "type": "Person", "name": "Nell Gow"}),
        ("FO", {"type": "Person", "name": "Femi Ollis"}),
        ("XY", {"type": "Person", "name": "XY"}),
    ],
)
def test_who_signs_by_initials_is_named(by, creator):
    assert item(f"{{quote: Tarn Mill, note: n, by: {by}}}")["creator"] == creator


def test_a_partial_date_is_left_out():
    assert "created" not in item("{quote: Tarn Mill, note: n, date: 2024-11}")


def test_no_key_comes_from_a_sidecar():
    keys = set()

    def collect(value):
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, (dict, list)):
                collect(inner)
        if isinstance(value, dict):
            keys.update(value)

    collect(item("{quote: Tarn Mill, note: KEY, tags: [KEY], speaker: KEY, by: KEY, sources: KEY}"))

    assert "KEY" not in keys


def test_what_stands_around_is_widened_until_it_stands_there_once():
    text = "x" * 100 + "same words " * 3 + "y" * 100

    prefix, suffix = context_around(Range(111, 115), text)

    assert text.count(prefix + "same" + suffix) == 1
    assert prefix == text[111 - len(prefix) : 111]
    assert context_around(Range(0, 2), "aaaa") == ("", "aa")


def test_in_a_text_of_one_sign_the_whole_is_the_context():
    assert context_around(Range(200, 201), "a" * 400) == ("a" * 200, "a" * 199)
