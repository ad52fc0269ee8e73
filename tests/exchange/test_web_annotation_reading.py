import pytest

from mkdocs_annotate.exchange.imported import Reference, Target, UnusableFile
from mkdocs_annotate.exchange.web_annotation_reading import read_web_annotations
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY

PAGE = {"type": "AnnotationPage"}
CLASS = {"type": "TextualBody", "value": "Opinion", "purpose": "classifying"}
QUOTE = {"type": "TextQuoteSelector", "exact": "Tarn Mill"}


def read(**values):
    annotation = {"type": "Annotation", "target": {"selector": QUOTE}, **values}
    return read_web_annotations(annotation, DEFAULT_VOCABULARY)


def arrival(**values):
    (found,) = read(**values).annotations
    return found


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


def test_nothing_is_fetched():
    with pytest.raises(UnusableFile, match="save that page"):
        read_web_annotations(
            {"type": "AnnotationCollection", "first": "https://x.example/1"}, DEFAULT_VOCABULARY
        )


@pytest.mark.parametrize(
    ("selector", "exact"),
    [
        ([{"type": "TextPositionSelector", "start": 1, "end": 2}, QUOTE], "Tarn Mill"),
        ({"type": "oa:TextQuoteSelector", "oa:exact": "x"}, "x"),
        ({"type": "XPathSelector", "refinedBy": [QUOTE]}, "Tarn Mill"),
        ({**QUOTE, "refinedBy": {"type": "TextQuoteSelector", "exact": "Mill"}}, "Mill"),
    ],
)
def test_the_innermost_words_count(selector, exact):
    assert arrival(bodyValue="n", target={"selector": selector}).targets == (Target(exact),)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"motivation": "describing"}, ""),
        ({"motivation": ["oa:assessing"]}, "check"),
        ({"motivation": "http://www.w3.org/ns/oa#questioning"}, "unattributed"),
        ({"motivation": "linking"}, "source"),
        ({"motivation": "linking", "bodyValue": None, "body": "https://x.example/"}, ""),
        ({"body": "urn:x-mkdocs-annotate:kind:opinion"}, "opinion"),
        ({"body": "urn:x-mkdocs-annotate:kind:nonsense"}, ""),
        ({"body": CLASS}, "opinion"),
    ],
)  # fmt: skip
def test_the_kind_is_ours_or_the_nearest(values, kind):
    assert arrival(**{"bodyValue": "n", **values}).kind == kind


def test_html_is_reduced_and_plain_text_escaped():
    assert arrival(body={"value": "<b>*x*</b>", "format": "text/html"}).note == r"\*x\*"
    assert arrival(body={"value": "*x*"}).note == r"\*x\*"
    assert arrival(body={"value": "*x*", "format": "text/markdown"}).note == "*x*"


def test_resources_are_citations():
    body = {
        "source": {"id": "https://x.example/"},
        "label": "p. 3",
        "selector": {"type": "TextQuoteSelector", "exact": "so"},
        "state": {"sourceDate": "2024-11-03T00:00:00Z", "cached": "https://archive.example/x"},
    }

    assert arrival(body=[body, "javascript:x"]).references == (
        Reference("https://x.example/", "p. 3", "so", "https://archive.example/x", "2024-11-03"),
    )


def test_an_entry_of_the_pages_own_list_is_told_from_one_of_another():
    target = {"source": "https://x.example/b/", "selector": QUOTE}
    own, other = (f"https://{host}/b/#ann--source-law" for host in ("x.example", "y.example"))

    found = arrival(body=[own, other], target=target)

    assert [reference.entry for reference in found.references] == ["law", ""]
    assert found.page == "https://x.example/b/"


def test_names_of_creators_are_kept_and_their_addresses_are_not():
    creators = ["https://x.example/ada", {"name": ["Ada", "Quill"]}, "Femi"]

    assert arrival(bodyValue="n", creator=creators).by == "Ada, Quill, Femi"


def test_other_classes_are_tags():
    bodies = [{"value": "n"}, {"value": "bridges", "purpose": ["classifying"]}]

    assert arrival(body=bodies).tags == ("bridges",)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"bodyValue": "n", "target": "https://x.example/"}, "no words are quoted"),
        ({"motivation": "highlighting"}, "a highlight without a note"),
        ({"type": "Person"}, "not an annotation"),
    ],
)
def test_what_is_skipped_has_its_reason(values, reason):
    annotation = {"type": "Annotation", "target": {"selector": QUOTE}, **values}
    first = {"type": "Annotation"}

    found = read_web_annotations([first, annotation], DEFAULT_VOCABULARY)

    assert found.skipped[0].reason == "an entry without text: no words are quoted"
    assert found.skipped[1].reason.endswith(f": {reason}")
