"""Files of sources of other programs, read as a site reads them."""

import json
import sys

import pytest

from mkdocs_annotate.exchange.csl import csl_items
from mkdocs_annotate.exchange.formats import parse_bibliography
from mkdocs_annotate.sidecar.decoding import parse_sources


def read(text, name="refs.json"):
    return parse_bibliography(text, name, bibtex=name.endswith(".bib"))


def keys(problems):
    return [(p.position.line, p.position.column, p.rule.value) for p in problems]


ITEMS = """[
  {"id": "a.b:c/d", "type": "book", "title": "Bridges", "volume": 3},
  {"id": "e", "type": "book"}, 7,
  {"id": "f", "type": "book", "title": "Floods", "URL": "javascript:alert(1)"},
    {"id": "g", "type": "book", "title": "%s"}
]""" % ("T" * 1_001)  # fmt: skip


def test_bad_entries_leave_the_others_standing_and_each_has_its_place():
    sources, problems = read(ITEMS)

    assert {key: source.title for key, source in sources.items()} == {
        "a.b:c/d": "Bridges",
        "f": "Floods",
        "g": "g",
    }
    assert sources["a.b:c/d"].volume == "3"
    assert sources["f"].url is None
    assert sources["f"].position.line == 4
    assert keys(problems) == [
        (3, 3, "missing-key"),
        (3, 3, "wrong-shape"),
        (4, 3, "bad-value"),
        (5, 5, "bad-value"),
    ]


def test_one_item_needs_no_list():
    sources, problems = read('\ufeff\n {"id": 1, "type": "book", "title": "T"}')

    assert problems == []
    assert (sources["1"].position.line, sources["1"].position.column) == (2, 2)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", (1, 1)),
        ("[\n {]", (2, 3)),
        ("{}", (1, 1)),
        ("[NaN, 1e999, " + "9" * 5_000 + "]", (1, 1)),
        ("\n" + "[" * 100_000, (2, 1)),
        ('{"a":' * 100_000, (1, 1)),
        ("@book{a, title={T}}", (1, 1)),
        ("a: {title: T}", (1, 1)),
    ],
)
def test_what_is_no_csl_is_told_and_never_raises(text, place):
    sources, problems = read(text)

    assert sources == {}
    assert keys(problems) == [(*place, "sources-syntax")]
    assert problems[0].hint == "export it again, as CSL-JSON"


def test_a_file_of_something_else_is_no_bibtex():
    _, (problem,) = read("[{}]", "refs.bib")

    assert problem.rule.value == "sources-syntax"
    assert problem.hint == "export it again, as BibTeX"


def test_no_entries_are_no_mistake():
    assert read("[]") == read("% none yet", "refs.bib") == ({}, [])


def test_a_hundred_mistakes_are_told_and_that_there_are_more():
    _, problems = read("@book{a}\n" * 300, "refs.bib")

    assert len(problems) == 101
    assert problems[-1].rule.value == "too-large"


def test_without_the_parser_a_file_of_bibtex_is_a_problem(monkeypatch):
    monkeypatch.setitem(sys.modules, "bibtexparser.entrypoint", None)

    sources, (problem,) = read("@book{a, title={T}}", "refs.bib")

    assert sources == {}
    assert problem.rule.value == "not-readable"
    assert problem.hint == 'pip install "mkdocs-annotate[bibtex]"'


def test_hostile_characters_are_taken_out():
    sources, problems = read('[{"id":"a","type":"book","title":"T\\ud800\\u0002\\u202e"}]')

    assert problems == []
    assert sources["a"].title == "T"


BIB = r"""
@article{quill.1998:a/b, title={Bridges}, author={Quill, Ada and {County, The}}, journal={Packet},
  year=1998, month=nov, volume=12, number=3, pages={45--67}, doi={10.1000/182},
  url={https://example.org/a}, editor={Carrow, Ines}, langid={british}}
"""


def test_bibtex_out_as_csl_and_in_again_nothing_is_lost():
    sources, _ = read(BIB, "refs.bib")
    items = csl_items(list(sources.items()), lambda link: None)

    again, problems = read(json.dumps(items))

    assert problems == []
    assert again == sources
    assert again["quill.1998:a/b"].extra == sources["quill.1998:a/b"].extra
    assert items[0]["editor"] == [{"family": "Carrow", "given": "Ines"}]
    assert items[0]["volume"] == "12"


SHARED = """
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
  url_status: dead
  access: free
  role: primary
  genre: column
  language: en-GB
  note: |
    Owned by the *harbour*.

    - a list
"a.b:c/d": {title: Bare}
"""


def test_our_own_sources_out_as_csl_and_in_again_nothing_is_lost():
    sources, problems = parse_sources(SHARED, "sources.yml")
    assert problems == []

    again, problems = read(json.dumps(csl_items(list(sources.items()), lambda link: None)))

    assert problems == []
    assert again == sources
