import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from mkdocs_annotate.exchange.csl import csl_items, read_csl
from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import with_sources

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


def sources(text):
    sidecar, problems = parse_sidecar(text, "a.yml")
    assert problems == []
    return sidecar.sources


def items(text, linked=lambda link: None):
    value = csl_items(list(sources(text).items()), linked)
    jsonschema.validate(value, SCHEMA)
    return value


def test_a_source_is_an_item():
    assert items(FULL)[0] == {
        "id": "full",
        "type": "article-newspaper",
        "title": "A sign",
        "publisher": "Packet Press",
        "container-title": "The Brennick Packet",
        "DOI": "10.1000/182",
        "genre": "column",
        "language": "en-GB",
        "note": "Owned by the *harbour*.",
        "author": [
            {"family": "Carrow", "given": "Ines"},
            {"literal": "Harbour Office"},
            {"literal": "County, The"},
        ],
        "issued": {"date-parts": [[2024, 11]]},
        "accessed": {"date-parts": [[2024, 11, 5]]},
        "URL": "https://example.org/sign",
        "archive_location": "https://web.archive.org/web/20241105120000/https://example.org/sign",
        "archive": "Internet Archive",
        "custom": {
            "archive_date": "2024-11-05",
            "url_status": "dead",
            "access": "free",
            "role": "primary",
        },
    }


def test_an_address_on_the_site_is_made_whole_or_left_out():
    assert "URL" not in items(FULL)[2]
    assert items(FULL, lambda link: "https://x.example/papers/")[2]["URL"].endswith("/papers/")


def test_out_and_in_again_nothing_is_lost():
    before = sources(FULL)
    read = read_csl(items(FULL, lambda link: "https://x.example/papers/")).arrivals

    after = sources(with_sources("", read.sources, "a.yml"))

    assert read.skipped == ()
    assert after["full"] == before["full"]
    assert after["a:b/c"] == before["a:b/c"]


def read(**values):
    return read_csl([{"id": "x", "type": "book", "title": "t", **values}]).sources["x"].fields


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [["2024", "3"]]}, "2024-03"),
        ({"date-parts": [[2024, 3, 4], [2024, 3, 9]]}, "2024-03-04"),
        ({"date-parts": [[-44]]}, ""),
        ({"date-parts": [[2024, 13]]}, ""),
        ({"raw": "2024-03-04"}, "2024-03-04"),
        ({"literal": "Spring 2019"}, ""),
        ("2024-03~", "2024-03"),
        ("2024-03/2025", "2024-03"),
        ("2024", "2024"),
        ("20240", ""),
        (None, ""),
    ],
)
def test_dates_in_all_their_forms(issued, date):
    assert read(issued=issued).get("date", "") == date


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"family": "Gogh", "non-dropping-particle": "van", "given": "Vera"}, "van Gogh, Vera"),
        ({"family": "King", "given": "Ann", "suffix": "Jr."}, "King, Ann Jr."),
        ({"literal": "County, The"}, "{County, The}"),
        ({"family": "Plato"}, "Plato"),
    ],
)
def test_names_in_all_their_forms(author, name):
    assert read(author=[author])["author"] == name


@pytest.mark.parametrize(
    ("values", "absent"),
    [
        ({"URL": "javascript:alert(1)"}, "url"),
        ({"DOI": "none"}, "doi"),
        ({"archive_location": "Box 12"}, "archive_url"),
        ({"language": "English"}, "language"),
        ({"type": "invented"}, "type"),
        ({"custom": {"role": "hero"}}, "role"),
    ],
)
def test_what_a_source_cannot_hold_is_left_out(values, absent):
    assert absent not in read(**values)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([{"id": "x", "type": "book"}], "a source without a title"),
        ([{"id": " ", "type": "book", "title": "t"}], "a source without a key"),
        (
            [{"id": "x", "type": "a", "title": "t"}, {"id": "x", "type": "a", "title": "u"}],
            "a key that stands twice in the file",
        ),
        ([{"id": "x", "type": "a", "title": "t"}, 3], "no source at all"),
    ],
)
def test_what_is_skipped_has_its_reason(items, reason):
    assert read_csl(items).arrivals.skipped == (reason,)


def test_an_id_may_be_a_number_and_a_title_have_tags():
    found = read_csl({"id": 17, "type": "book", "title": "The <i>Marigold</i> &amp; 3 < 4"})

    assert found.sources["17"].fields["title"] == "The Marigold & 3 < 4"


def test_what_is_taken_along_is_csl_and_never_takes_the_place_of_ours():
    given = {
        "id": "x",
        "type": "book",
        "title": "T",
        "volume": 3,
        "editor": [{"family": "Q", "parse-names": True, "invented": 1}],
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
        "volume": "3",
        "editor": [{"family": "Q"}],
        "event-date": {"date-parts": [[2024, 3]]},
        "abstract": "ab",
        "archive": "British Library",
        "archive_location": "Box 12",
    }
    assert written[1]["archive"] == "Internet Archive"
    assert written[1]["archive_location"].startswith("https://web.archive.org/")


def test_the_archive_of_a_copy_is_told_once():
    archive = {"archive": "Elsewhere", "archive_location": "https://perma.cc/X"}
    entry = read_csl([{"id": "x", "type": "book", "title": "T", **archive}]).sources["x"]

    assert entry.fields["archive_url"] == "https://perma.cc/X"
    assert entry.extra == {}
