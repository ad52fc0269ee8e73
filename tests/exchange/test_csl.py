import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from mkdocs_annotate.exchange.csl import CslList, csl_items, variables_of
from mkdocs_annotate.exchange.csl_reading import read_csl
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import EditSession

SCHEMA = json.loads((Path(__file__).parent / "cases" / "csl.schema.json").read_text("utf-8"))
FULL = """
sources:
  full:
    type: article-newspaper
    title: A sign
    author: ["Carrow, Ines", "Harbour Office", "{County, The}"]
    publisher: Packet Press
    container: The Brennick Packet
    date: 2024-11
    url: https://example.org/sign
    doi: 10.1000/182
    accessed: 2024-11-05
    archive_url: https://web.archive.org/web/20241105120000/https://example.org/sign
    archive_date: 2024-11-05
    url_status: dead
    access: free
    role: primary
    genre: column
    language: en-GB
    note: Owned by the *harbour*.
  "a:b/c": {title: Bare}
  own: {title: Own, url: papers.md}
"""


def _written(described):
    session = EditSession("", "a.yml")
    session.add_sources(described)
    return session.text


def sources(text):
    sidecar, problems = parse_sidecar(text, "a.yml")
    assert problems == []
    return sidecar.sources


def items(text, linked=lambda link: None):
    value = csl_items(list(sources(text).items()), linked)
    jsonschema.validate(value, SCHEMA)
    return value


def test_a_document_that_several_articles_cite_is_listed_once_and_others_keep_apart():
    listed = CslList()
    first, second = (sources(f"sources: {{a: {{title: {title}}}}}") for title in "XY")

    for cited in (first, second, first, second, sources("sources: {a-2: {title: Z}}")):
        listed.add(cited, lambda link: None)

    found = [(item["id"], item["title"]) for item in listed.items()]
    assert found == [("a", "X"), ("a-2", "Y"), ("a-2-2", "Z")]


def test_out_and_in_again_nothing_is_lost():
    before = sources(FULL)
    read = read_csl(items(FULL, lambda link: "https://x.example/papers/")).imported

    after = sources(_written(read.sources))

    assert read.skipped == ()
    assert after["full"] == before["full"]
    assert after["a:b/c"] == before["a:b/c"]


def test_what_is_taken_along_is_csl_and_never_takes_the_place_of_ours():
    given = {
        "id": "x",
        "type": "book",
        "title": "T",
        "version": 3,
        "director": [{"family": "Q", "parse-names": True, "invented": 1}],
        "event-date": {"date-parts": [["2024", 3]], "season": 1},
        "abstract": "a\ud800b",
        "archive": "British Library",
        "archive_location": "Box 12",
        "invented": {"a": 1},
        "categories": ["a"],
        "custom": {"colour": "red"},
    }
    entry = read_csl([given]).sources["x"]
    plain, archived = Source("T", "book", extra=entry.extra), sources(FULL)["full"]

    written = csl_items(
        [("x", plain), ("y", replace(archived, extra=entry.extra))], lambda link: None
    )

    jsonschema.validate(written, SCHEMA)
    assert written[0] == {
        "id": "x",
        "type": "book",
        "title": "T",
        "version": "3",
        "director": [{"family": "Q"}],
        "event-date": {"date-parts": [[2024, 3]]},
        "abstract": "ab",
        "archive": "British Library",
        "archive_location": "Box 12",
        "categories": ["a"],
    }
    assert written[1]["archive"] == "Internet Archive"
    assert written[1]["archive_location"].startswith("https://web.archive.org/")


@pytest.mark.parametrize("date", ["1723?", "199X", "18XX", "../1998", "1998~/1999", "2019-21/2020"])
def test_what_csl_has_no_form_for_comes_back_from_custom(date):
    before = sources(f"sources: {{a: {{title: T, date: {date}}}}}")
    read = read_csl(items(f"sources: {{a: {{title: T, date: {date}}}}}")).imported

    assert sources(_written(read.sources))["a"] == before["a"]


def test_a_text_that_nobody_reads_is_not_taken_along():
    assert variables_of({"abstract": "a" * 20_000}) == {}
    assert variables_of({"abstract": "a" * 2_000}) == {"abstract": "a" * 2_000}
