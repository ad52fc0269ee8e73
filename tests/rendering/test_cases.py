"""What readers get of an article and its sidecar: a file of `cases/pages` each.

A case has an `article` (Markdown, or `html`), a `sidecar`, `options` if any, and what to `look at`:
see `page_parts.py`.  What is found there stands below `page`, and what is wrong below `problems`.
"""

from dataclasses import fields

import html5lib
import pytest
from markdown import markdown
from page_parts import parts
from site_options import site_of

from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation
from mkdocs_annotate.rendering.splice import without_annotations
from mkdocs_annotate.sidecar.decoding import parse_sidecar

FILE = "a.annotations.yml"
LOOKS = {field.name for field in fields(Presentation)}


@pytest.mark.golden_test("cases/pages/*.yml")
def test_a_reader_gets(golden):
    options = dict(golden.get("options") or {})
    look = Presentation(**{name: options.pop(name) for name in LOOKS & options.keys()})
    links = golden.get("links")
    source = golden.get("article") or ""
    html = (golden.get("html") or markdown(source, extensions=["toc", "md_in_html"])).strip()
    sidecar, faults = parse_sidecar(golden["sidecar"], FILE)

    result = render_page(
        html,
        source,
        sidecar,
        site_of(options),
        look,
        lambda link: link.address if links is None else links.get(link.address),
        faults,
    )

    problems = "\n".join(map(str, [*faults, *result.problems]))
    assert golden.out.get("problems") == (problems or None)
    assert golden.out["page"] == parts(result.html, golden["look at"])
    # What holds for every page.
    assert without_annotations(result.html) == html
    ids = [one.get("id") for one in html5lib.parse(result.html).iter() if one.get("id")]
    assert len(set(ids)) == len(ids)
    assert set(result.ids) <= set(ids)
