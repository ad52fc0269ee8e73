"""Passages in every kind of HTML: each case is a small file that says where marks and numbers go.

In `shows`, `{a:` and `}` are the tags of the annotation `a` and `^1` is its reference.  Write a
case without `shows`, run `pytest tests/traps --update-goldens`, and read what it wrote.
"""

import re

import html5lib
import pytest
from markdown import markdown

from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.sidecar.decoding import parse_sidecar

OURS = re.compile(
    r"<!--ann-->.*?<!--/ann-->"
    r"|<sup class=\"ann-ref[^>]*>.*?>(?P<number>\d+)</a></sup>"
    r"|<(?P<name>mark|span)(?: class=\"ann-m [^>\"]*\""
    r"(?: id=\"ann-(?P<first>[^\"]*)\")?(?: data-ann=\"(?P<key>[^\"]*)\")?)?[^>]*>"
    r"|</(?P<end>mark|span)>",
    re.DOTALL,
)


def shown(html: str) -> str:
    """Return the article of an annotated page, with our tags as short signs."""
    waiting: list[str | None] = []

    def sign(found: re.Match[str]) -> str:
        if found["number"]:
            return f"^{found['number']}"
        if found["name"]:
            waiting.append(key := found["key"] or found["first"])
            return f"{{{key}:" if key else found.group()
        if found["end"]:
            return "}" if waiting and waiting.pop() else found.group()
        return ""

    return OURS.sub(sign, html)


@pytest.mark.golden_test("cases/*.yml")
def test_trap(golden):
    extensions = golden.get("extensions") or []
    source = golden.get("markdown") or ""
    html = golden.get("html") or markdown(
        source, extensions=extensions, extension_configs=golden.get("configs") or {}
    )
    html = html.strip()
    entries = "".join(
        f"  - id: {key}\n    note: n\n"
        + "".join(f"    {name}: {value!r}\n" for name, value in quote.items())
        if isinstance(quote, dict)
        else f"  - id: {key}\n    note: n\n    quote: |-\n      "
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
    assert shown(result.html) == golden.out["shows"]
    assert [problem.rule.value for problem in result.problems] == (golden.out.get("problems") or [])
    ids = [element.get("id") for element in html5lib.parse(result.html).iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
