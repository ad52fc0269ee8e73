"""What becomes of a file of another program: a file of `cases/imports` each.

A case has the file, `given` as text, or as values that stand in it as JSON; its `format`, where
the file doesn't say it; the `article`, its `address` and its `sidecar`, if any.  `sidecar after` is
what a writer finds then, and `messages` what is said of the rest.  `taken along` are variables of
sources that only an export names.  `read by a site: true` asks for the `problems` of a site that
names the file among its sources, in place of messages.
"""

import json

import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.formats import parse_bibliography, read_import
from mkdocs_annotate.exchange.imported import UnusableFile
from mkdocs_annotate.exchange.imported_quotes import PageReferences
from mkdocs_annotate.exchange.merging import Merger
from mkdocs_annotate.exchange.web_annotation_reading import read_web_annotations
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.translations import kind_words
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import EditSession

PAGE = {"type": "AnnotationPage"}
QUOTE = {"type": "TextQuoteSelector", "exact": "Tarn Mill"}
ARTICLE = "The bridge at Tarn Mill was built in 1794."


@pytest.mark.golden_test("cases/imports/*.yml")
def test_an_import_brings(golden):
    given = golden["given"]
    text = given if isinstance(given, str) else json.dumps(given, indent=1, ensure_ascii=False)
    article = golden.get("article") or ARTICLE
    page = Page(project(markdown(article)), article)
    before = golden.get("sidecar") or ""
    sidecar, faults = parse_sidecar(before, "a.annotations.yml")
    assert faults == []
    merger = Merger(sidecar)
    session = EditSession(before, "a.annotations.yml")

    try:
        form, brought = read_import(text, golden.get("format") or "", "given", DEFAULT_VOCABULARY)
        own = PageReferences(kind_words())
        merger.add(own.as_written(brought, page.text), page, article, golden.get("address") or "")
        refused = []
    except UnusableFile as error:
        form, refused = "", [f"refused: {error}"]
    if merger.sources:
        session.add_sources(merger.sources)
    if merger.annotations:
        session.add_annotations(merger.annotations)

    sources, problems = {}, []
    if form in ("bibtex", "csl"):
        sources, problems = parse_bibliography(text, "given", bibtex=form == "bibtex")
    messages = [*refused]
    for name in ("skipped", "left_out", "renamed"):
        messages += [f"{name.replace('_', ' ')}: {one}" for one in getattr(merger, name)]
    if golden.get("read by a site"):
        messages = []
    else:
        problems = []
    along = {key: dict(source.extra) for key, source in sources.items() if source.extra}
    assert golden.out.get("problems") == ("\n".join(map(str, problems)) or None)
    assert golden.out.get("taken along") == (along or None)
    assert golden.out.get("messages") == ("\n".join(messages) or None)
    assert golden.out.get("sidecar after") == (session.text or None)
    # What is written is sound, whatever came.
    assert parse_sidecar(session.text, "a.annotations.yml")[1] == []


@pytest.mark.parametrize(
    "around",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"type": "AnnotationPage", "items": one},
        lambda one: {"type": ["oa:AnnotationPage"], "items": [one]},
        lambda one: {"type": "AnnotationCollection", "first": PAGE | {"items": [one]}},
    ],
)  # fmt: skip
def test_annotations_come_alone_in_lists_pages_and_collections(around):
    one = {"@type": "oa:Annotation", "bodyValue": "x", "target": {"selector": QUOTE}}

    found = read_web_annotations(around(one), DEFAULT_VOCABULARY)

    assert [arrival.note for arrival in found.annotations] == ["x"]
