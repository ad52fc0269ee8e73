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


def test_an_entry_of_the_pages_own_list_that_is_unknown_is_described_by_its_name():
    found = admitted(arrival(references=(Reference("https://example.org/b/", entry="The Law"),)))

    assert found.sources == {"the-law": {"title": "the-law"}}


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


def test_an_address_that_cannot_be_linked_to_is_left_out_by_name():
    found = admitted(arrival(note="n", references=(Reference("javascript:alert(1)"),)))

    assert "sources" not in found.annotations[0]
    (skip,) = found.left_out
    assert "javascript:alert(1)" in skip.reason
