from mkdocs_annotate.exchange.json_ld import as_web_annotation, is_recogito
from mkdocs_annotate.exchange.web_annotation_reading import read_web_annotations
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY

ADA, FEMI = {"id": "u1", "name": "Ada"}, {"id": "u2", "name": "Femi"}
OURS = {
    "id": "b1c",
    "bodies": [
        {"id": "1", "annotation": "b1c", "purpose": "commenting", "value": "One.", "creator": ADA},
        {"id": "2", "annotation": "b1c", "purpose": "commenting", "value": "Two.", "creator": FEMI},
        {"id": "3", "annotation": "b1c", "purpose": "replying", "value": "No.", "creator": FEMI},
        {"id": "4", "annotation": "b1c", "purpose": "tagging", "value": "stone", "creator": ADA},
    ],
    "target": {
        "annotation": "b1c",
        "created": "2026-03-01T10:00:00Z",
        "updated": "2026-03-02T10:00:00Z",
        "selector": [{"quote": "Tarn Mill", "start": 4, "end": 13}],
    },
}


def test_the_same_comes_of_its_export_in_the_form_of_the_w3c():
    export = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "#b1c",
        "type": "Annotation",
        "body": [{**body, "type": "TextualBody"} for body in OURS["bodies"]],
        "target": {"selector": [{"type": "TextQuoteSelector", "exact": "Tarn Mill"}]},
        "modified": "2026-03-02T10:00:00Z",
    }

    ours, w3c = (read_web_annotations([one], DEFAULT_VOCABULARY) for one in (OURS, export))

    assert ours.annotations == w3c.annotations


def test_what_is_no_annotation_of_recogito_stays():
    assert not is_recogito({"bodies": [], "target": "x"})
    for value in (3, {"type": "Annotation"}, {"bodies": 1}):
        assert as_web_annotation(value) is value
    broken = {"bodies": ["x"], "target": {"selector": ["y", {"start": 1}]}}
    assert as_web_annotation(broken)["body"] == ["x"]
