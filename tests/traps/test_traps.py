"""Passages in every kind of HTML: each case is a small file that says where marks and numbers go.

In `shows`, `{a:` and `}` are the tags of the annotation `a` and `^1` is its reference.  Write a
case without `shows`, run `pytest tests/traps --update-goldens`, and read what it wrote.
"""

import html5lib
import pytest
from markdown import markdown
from page_parts import with_signs

from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.sidecar.decoding import parse_sidecar


@pytest.mark.golden_test("cases/*.yml")
def test_trap(golden):
    extensions = golden.get("extensions") or []
    source = golden.get("markdown") or ""
    html = golden.get("html") or markdown(
        source, extensions=extensions, extension_configs=golden.get("configs") or {}
    )
    html = html.strip()
    entries = "".join(
        f"  - id: {key}\n    note: As the records say.\n"
        + "".join(f"    {name}: {value!r}\n" for name, value in quote.items())
        if isinstance(quote, dict)
        else f"  - id: {key}\n    note: As the records say.\n    quote: |-\n      "
        + quote.replace("\n", "\n      ")
        + "\n"
        for key, quote in golden["quotes"].items()
    )
    sidecar, faults = parse_sidecar("annotations:\n" + entries, "a.annotations.yml")
    assert faults == []

    result = render_page(
        html, source, sidecar, Site(), Presentation(panel="off"), lambda link: link.address
    )

    assert without_annotations(result.html) == html
    assert golden.out["shows"] == with_signs(result.html)
    assert [problem.rule.value for problem in result.problems] == (golden.out.get("problems") or [])
    ids = [element.get("id") for element in html5lib.parse(result.html).iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
