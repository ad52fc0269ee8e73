"""Links as Python-Markdown has them."""

from markdown.extensions import Extension

from mkdocs_annotate.hosts.markdown_api import links_of

TEXT = """[a](x.md "T") ![b](x.md) `[c](x.md)` [d][k] <https://example.org/>

    [code](x.md)

[k]: x.md
"""


def test_links_and_definitions_are_told_apart_from_code():
    found = links_of(TEXT, [], {})

    assert found.inline == {"x.md": 2, "https://example.org/": 1}
    assert found.defined == {"x.md"}


def test_an_extension_that_fails_leaves_them_unknown():
    class Failing(Extension):
        def extendMarkdown(self, md):
            raise KeyError("page")

    assert links_of(TEXT, [Failing()], {}) is None
