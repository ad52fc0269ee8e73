"""What a sidecar says does nothing, wherever a whole site shows it: pages, contents, indexes."""

import json

import html5lib
import pytest

ATTACK = '"><img src=x onerror=brennick()></title><script>brennick()</script>'
INDEXES = "sources kinds questions speakers tags articles definitions".split()

CONFIG = """
site_name: x
site_url: https://example.org/
theme: {{name: {theme}}}
plugins:
  - search
  - annotate:
      exports: true
markdown_extensions: [{{toc: {{permalink: true}}}}]
"""


def hostile():
    """Return a sidecar each of whose texts is an attack, as far as the format lets it."""
    annotations = [
        {
            "quote": quote,
            "kind": kind,
            "speaker": f"s{ATTACK}",
            "by": f"b{ATTACK}",
            "technique": f"t{ATTACK}",
            "tags": [f"g{ATTACK}"],
            "note": f"n {ATTACK} [{ATTACK}](index.md) `{ATTACK}`",
            "sources": [{"source": f"k{n}", "locator": f"l{ATTACK}", "quote": f"q{ATTACK}"}],
        }
        for n, (quote, kind) in enumerate([("old bridge", "opinion"), ("one lane", "unattributed")])
    ]
    texts = ("title", "publisher", "container", "genre", "note")
    sources = {
        f"k{n}": {name: f"{name}{n}{ATTACK}" for name in texts} | {"author": [f"a{n}{ATTACK}"]}
        for n in range(2)
    }
    article = {"type": "news", "backstory": ATTACK, "based_on": "k0"}
    return {"article": article, "sources": sources, "annotations": annotations}


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_nothing_that_a_sidecar_says_does_anything_anywhere(draw, theme, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    markers = "\n".join(f"| ## {name}\n|\n| <!-- annotate: {name} -->\n|" for name in INDEXES)
    site = draw(f"docs/index.md\n| # All\n|\n{markers}\ndocs/a.md\n| The old bridge, one lane.\n")
    (site.root / "docs/a.annotations.yml").write_text(json.dumps(hostile()), "utf-8")
    site.config = CONFIG.format(theme=theme)

    built = site.build()

    for path in ("index.html", "a/index.html"):
        html = built.html(path)
        assert html.count("brennick") > 10
        for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
            if not isinstance(element.tag, str):
                continue
            assert not (element.tag == "img" and element.get("src") == "x"), path
            names = [name for name in element.attrib if name.startswith("on")]
            assert not [name for name in names if "brennick" in element.get(name)], path
            if element.tag == "script" and element.get("type") != "application/ld+json":
                assert "brennick" not in (element.text or ""), path
