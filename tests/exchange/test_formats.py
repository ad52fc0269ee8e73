import json
from pathlib import Path

import pytest

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.exchange.formats import FORMATS, read_import
from mkdocs_annotate.exchange.imported import (
    Imported,
    ImportedAnnotation,
    ImportFormat,
    Target,
    UnusableFile,
)
from mkdocs_annotate.exchange.merging import Merger
from mkdocs_annotate.model.sidecar import Sidecar
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.editing import EditSession

CASES = Path(__file__).parent / "cases"


def imported(text, form=""):
    return read_import(text, form, "given", DEFAULT_VOCABULARY)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("hypothesis-api.json", "hypothesis"),
        ("hypothesis-client.json", "hypothesis"),
        ("web-annotations.json", "web-annotation"),
        ("review.yaml", "mrsf"),
        ("sources.json", "csl"),
    ],
)
def test_the_content_tells_the_format(name, form):
    assert imported((CASES / name).read_text("utf-8"))[0] == form
    assert form in FORMATS


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1, 2]", '{"rows": 3}', "just words", "- a"])
def test_what_is_in_no_known_format_is_told(text):
    with pytest.raises(UnusableFile, match="--format"):
        imported(text)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_not_in_the_format_named_is_told(form):
    with pytest.raises(UnusableFile):
        imported('{"x": 1}', form)


def test_a_further_format_is_one_entry_of_the_list(monkeypatch):
    def read(value, vocabulary, file):
        return Imported((ImportedAnnotation((Target(value["words"]),), note="n"),))

    memo = ImportFormat("memo", "a memo", lambda value: "words" in value, read)
    monkeypatch.setitem(FORMATS, "memo", memo)

    form, found = imported('{"words": "Tarn Mill"}')

    assert (form, found.annotations[0].targets[0].exact) == ("memo", "Tarn Mill")
    with pytest.raises(
        UnusableFile, match="BibTeX, or a memo; if it is one of these, name its format"
    ):
        imported("[]")


def test_a_review_may_be_json_and_a_bom_does_not_matter():
    text = '\ufeff{"comments": [{"text": "x", "selected_text": "y", "resolved": false}]}'

    form, read = imported(text)

    assert form == "mrsf"
    assert read.annotations[0].targets[0].exact == "y"


def hypothesis(**row):
    selector = {"type": "TextQuoteSelector", "exact": "Tarn Mill"}
    row = {
        "text": "n",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"selector": [selector]}],
        **row,
    }
    return json.dumps({"rows": [row]})


def web(**values):
    target = {"selector": {"type": "TextQuoteSelector", "exact": "Tarn Mill"}}
    return json.dumps({"type": "Annotation", "bodyValue": "n", "target": target, **values})


def nested(depth):
    selector = {"type": "TextQuoteSelector", "exact": "Tarn Mill"}
    for _ in range(depth):
        selector = {"type": "FragmentSelector", "refinedBy": selector}
    return selector


HOSTILE = {
    "brackets without end": "[" * 1_000_000,
    "braces without end": '{"a":' * 100_000,
    "quotation marks without end": '{"rows": ["' + '\\"' * 300_000,
    "a number of 5,000 digits": '{"rows": [{"text": ' + "9" * 5_000 + "}]}",
    "no number": '{"rows": [NaN, Infinity, 1e999]}',
    "a key twice": '{"rows": 1, "rows": [], "rows": [{}]}',
    "half a pair": hypothesis(text="\ud800 half", user="acct:\udfff"),
    "controls": hypothesis(text="a\x00b\x02c\x1b[31m\u202ed", tags=["\x07", "##[error]x"]),
    "a script": hypothesis(text="<script>alert(1)</script> [x](javascript:alert(1))"),
    "yaml in a text": hypothesis(text="x\n  - quote: y\n---\n&a *a !!python/object:os.system"),
    "yaml in a tag": hypothesis(tags=["x]\nannotations: []", "a: b #c", "*alias", "- "]),
    "other types everywhere": hypothesis(
        text={"a": 1}, tags={"b": []}, user=3, user_info=[], updated=[], permissions="x"
    ),
    "targets of other types": hypothesis(target=[1, "x", None, {"selector": "y"}, [[]]]),
    "a huge note": hypothesis(text="a" * 1_000_000),
    "many signs": web(bodyValue="[" * 5_000 + "*" * 5_000 + "\\" * 5_000),
    "a deep selector": web(target={"selector": nested(25)}),
    "html that never ends": web(
        bodyValue=None, body={"value": "<a " * 15_000 + "<!--", "format": "text/html"}
    ),
    "addresses of all kinds": web(
        body=["javascript:x", "http://", "https://a@b", {"source": {"id": ["x"]}}, "file:///etc"]
    ),
    "an id that is a path": web(id="https://x.example/#ann-../../etc/passwd\n- quote: x"),
    "a context that is elsewhere": web(**{"@context": "http://169.254.169.254/latest"}),
    "sources of other types": json.dumps(
        [{"id": {"a": 1}, "type": [], "title": [1]}, {"id": "x\ny: z", "type": 1, "title": "<i>"}]
    ),
    "names of other types": json.dumps(
        [{"id": "x", "type": "book", "title": "t", "author": [1, "a", {"family": ["b"]}],
          "issued": {"date-parts": [[[]]]}, "custom": "x", "accessed": {"raw": {}}}]
    ),
    "yaml with an alias": "comments: &a [*a, *a]",
    "yaml nested too deep": "comments: " + "[" * 5_000,
    "yaml with a tag": "comments: !!python/object/apply:os.system [ls]",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_brings_what_is_sound_or_is_refused(name):
    try:
        _, read = imported(HOSTILE[name])
    except UnusableFile:
        return
    admission = Merger(Sidecar("a.yml"))
    admission.add(read, Page(project("<p>The bridge at Tarn Mill.</p>")), "")
    session = EditSession("", "a.yml")
    if admission.annotations:
        session.add_annotations(admission.annotations)
    if admission.sources:
        session.add_sources(admission.sources)
    sidecar, problems = parse_sidecar(session.text, "a.yml")
    assert problems == []
    assert len(sidecar.annotations) == len(admission.annotations) <= 1
    assert all(annotation.quote.exact == "Tarn Mill" for annotation in sidecar.annotations)
    assert admission.annotations or admission.sources or admission.skipped or not read.annotations


def test_a_line_of_comment_signs_costs_no_time():
    with pytest.raises(UnusableFile, match="begins with `%`"):
        imported("%" * 5_000 + "\nRefs of 1998")


def test_comments_may_stand_before_the_first_entry():
    form, brought = imported("%%%%\n\n% refs\n@book{a, title={T}}")

    assert (form, list(brought.sources)) == ("bibtex", ["a"])
