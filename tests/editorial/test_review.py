import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.anchors import anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.editorial.review import review
from mkdocs_annotate.hosts.option_values import site_rules
from mkdocs_annotate.model.vocabulary import with_packs
from mkdocs_annotate.sidecar.decoding import parse_sidecar


@pytest.mark.golden_test("cases/*.yml")
def test_an_editor_asks(golden):
    rules = site_rules({"rules": golden.get("rules"), "max_marks": golden.get("max_marks")})
    assert rules.mistakes == ()
    page = Page(project(markdown(golden["article"])), golden["article"])
    sidecar, faults = parse_sidecar(golden["sidecar"], "a.yml")
    assert faults == []
    anchoring = anchor_all(sidecar.annotations, page)
    assert anchoring.orphans == ()
    vocabulary = with_packs(golden.get("packs") or [])
    shared = golden.get("shared") or []

    asked = review(sidecar, anchoring.anchors, page, vocabulary, shared, rules.settings)

    assert sorted(map(str, asked)) == (golden.out.get("problems") or [])
