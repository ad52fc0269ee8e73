"""What a build of a site says and publishes: a file of `cases` each.

A case has the `files` of a site and its `configuration`; `command: serve` builds it as the live
preview does.  It is asked to `look at` parts of pages, see `page_parts.py`; they stand below
`pages`.  `messages` are the warnings of the build, and `published` lists the files that it wrote
into the folders that are named by `list`.
"""

import pytest
from page_parts import parts

from mkdocs_annotate.rendering.splice import without_annotations

CONFIGURATION = """\
site_name: Drawn
theme: {name: mkdocs, highlightjs: false}
plugins: [annotate]
"""


@pytest.mark.golden_test("cases/*.yml")
def test_a_build_gives(golden, draw):
    site = draw("", golden.get("configuration") or CONFIGURATION)
    for name, text in golden["files"].items():
        path = site.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    built = site.build(golden.get("command") or "build")

    listed = tuple(golden.get("list") or ())
    published = "\n".join(sorted(path for path in built.published() if path.startswith(listed)))
    assert golden.out.get("published") == (published if listed else None)
    assert golden.out.get("messages") == ("\n".join(built.lines) or None)
    looked = golden.get("look at") or {}
    assert golden.out.get("pages") == (
        {path: parts(built.html(path), wanted) for path, wanted in looked.items()} or None
    )
    # Whatever is wrong, the words of articles are as their writers typed them.
    for path in looked:
        assert "ann-" not in without_annotations(built.html(path)).partition('role="main"')[2]
