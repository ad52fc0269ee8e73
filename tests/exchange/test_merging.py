from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.imported import Imported, ImportedAnnotation, Reference, Target
from mkdocs_annotate.exchange.merging import Merger
from mkdocs_annotate.model.problems import Position
from mkdocs_annotate.sidecar.decoding import parse_sidecar

PAGE = Page(project("<p>The bridge at Tarn Mill was built in 1794.</p>"))
SIDECAR = """
sources:
  survey: {title: Survey, url: https://example.org/survey}
  paper: {title: On paper}
annotations:
  - {quote: Tarn Mill, note: n, by: AB}
  - {quote: The bridge, note: n, id: first}
"""


def admitted(*annotations, sources=None):
    sidecar, problems = parse_sidecar(SIDECAR, "a.yml")
    assert problems == []
    admission = Merger(sidecar)
    places = {key: Position("x.bib", line, 1) for line, key in enumerate(sources or {}, 1)}
    admission.add(Imported(annotations, sources or {}, places), PAGE, "")
    return admission


def arrival(quote="built in 1794", **values):
    return ImportedAnnotation((Target(quote),), **values)


def told(skips):
    return [str(skip) for skip in skips]


def test_what_the_sidecar_says_already_is_skipped():
    found = admitted(arrival("Tarn Mill", note="n", by="AB"), arrival("Tarn Mill", note="other"))

    assert [entry["note"] for entry in found.annotations] == ["other"]
    assert told(found.skipped) == [":1:1: “Tarn Mill”: already in the sidecar"]


def test_a_document_is_described_once_and_one_that_is_known_is_cited():
    reference = Reference("https://x.example/report", seen="2024-11-03")
    found = admitted(
        arrival(references=(Reference("https://example.org/survey", "p. 3"),)),
        arrival("built", references=(reference,)),
        arrival("in 1794", references=(reference, reference)),
        arrival("bridge", references=(Reference("https://example.org/b/", entry="paper"),)),
    )

    assert found.sources == {
        "x-example-report": {
            "title": "x.example/report",
            "url": "https://x.example/report",
            "accessed": "2024-11-03",
        }
    }
    assert [entry["sources"] for entry in found.annotations] == [
        [{"source": "survey", "locator": "p. 3"}],
        "x-example-report",
        ["x-example-report", "x-example-report"],
        "paper",
    ]


def test_an_entry_of_the_pages_own_list_that_is_unknown_is_described_by_its_name():
    found = admitted(arrival(references=(Reference("https://example.org/b/", entry="The Law"),)))

    assert found.sources == {"the-law": {"title": "the-law"}}


def test_what_is_about_another_page_is_skipped_where_some_is_about_this_one():
    read = Imported(
        (
            arrival(note="a", page="http://www.example.org/bridge/index.html?x=1"),
            arrival(note="b", page="https://example.org/mill/"),
            arrival(note="c"),
        )
    )
    sidecar, _ = parse_sidecar("", "a.yml")
    here, elsewhere = Merger(sidecar), Merger(sidecar)
    here.add(read, PAGE, "", "https://example.org/bridge/")
    elsewhere.add(read, PAGE, "", "https://example.org/road/")

    assert [entry["note"] for entry in here.annotations] == ["a", "c"]
    (skip,) = here.skipped
    assert skip.reason == "“built in 1794”: about another page, https://example.org/mill/"
    assert len(elsewhere.annotations) == 3


def test_a_doi_and_a_copy_are_what_they_are():
    found = admitted(
        arrival(
            references=(
                Reference("https://doi.org/10.1000/182", copy="https://a.example/c", seen="2024"),
                Reference("javascript:alert(1)"),
            )
        )
    )

    assert list(found.sources.values()) == [
        {
            "title": "doi.org/10.1000/182",
            "doi": "10.1000/182",
            "archive_url": "https://a.example/c",
            "archive_date": "2024",
        }
    ]


def test_what_the_doors_refuse_is_skipped_with_their_words_and_leaves_no_source():
    found = admitted(
        arrival(note="x" * 5_001, references=(Reference("https://x.example/"),)),
        arrival(by="y" * 1_001, note="n"),
        sources={"s": {"title": "t" * 1_001}},
    )

    assert found.annotations == []
    assert found.sources == {}
    assert len(found.skipped) == 3
    assert all("characters" in skip.reason for skip in found.skipped)


def test_an_id_is_kept_where_it_is_one_and_is_free():
    found = admitted(
        arrival(note="a", id="old"),
        arrival(note="b", id="old"),
        arrival(note="c", id="first"),
        arrival(note="d", id="A B"),
        arrival(note="e", id="x" * 99),
        arrival("Tarn Mill was", note="f", id="tarn-mill-was"),
    )

    assert [entry.get("id") for entry in found.annotations] == ["old", None, None, None, None, None]


def test_a_source_under_a_key_that_is_taken_gets_another_and_a_known_one_is_skipped():
    found = admitted(
        sources={
            "survey": {"title": "Another"},
            "again": {"title": "Survey", "url": "https://example.org/survey"},
            "paper": {"title": "On paper"},
            "fresh": {"title": "Fresh", "doi": "10.1000/182"},
        }
    )

    assert list(found.sources) == ["survey-2", "fresh"]
    assert told(found.skipped) == [
        "x.bib:2:1: the source `again`: already in the sidecar, as `survey`",
        "x.bib:3:1: the source `paper`: already in the sidecar",
    ]
    (renamed,) = found.renamed
    assert renamed.reason == "the source `survey` is `survey-2` here"


def test_one_address_may_serve_several_documents():
    found = admitted(
        sources={
            "first": {"title": "Part one", "url": "https://example.org/volume"},
            "second": {"title": "Part two", "url": "https://example.org/volume"},
            "third": {"title": "Part Two!", "url": "https://example.org/volume"},
            "fourth": {"title": "Part two", "url": "https://example.org/elsewhere"},
        }
    )

    assert list(found.sources) == ["first", "second", "fourth"]
    (skip,) = found.skipped
    assert skip.reason == "the source `third`: already in the sidecar, as `second`"


def test_an_address_that_cannot_be_linked_to_is_left_out_by_name():
    found = admitted(arrival(note="n", references=(Reference("javascript:alert(1)"),)))

    assert "sources" not in found.annotations[0]
    (skip,) = found.left_out
    assert "javascript:alert(1)" in skip.reason
