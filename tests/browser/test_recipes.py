"""The recipes of the guide, each with its real builder, and a page of each in a browser.

The builders come from PyPI (Sphinx, with a theme), Debian (hugo, pandoc) and npm, pinned.
"""

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_accessibility import OPTIONS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "site/guide/any-html.md").read_text("utf-8")
DOCUSAURUS = "Docusaurus and other frameworks"
PACKAGES = {
    "Eleventy": ["@11ty/eleventy@3.1.2"],
    "VitePress": ["vitepress@1.6.4"],
    # The newest that run on Debian's Node.js, 18.
    "Astro": ["astro@4.16.19"],
    DOCUSAURUS: [
        *("@docusaurus/core@3.7.0", "@docusaurus/preset-classic@3.7.0"),
        *("react@18.3.1", "react-dom@18.3.1"),
        # A later one that its 3.7 does not fit.
        "webpack@5.97.1",
    ],
}

ARTICLE = """It has a limit of three tonnes.

Nell Arkwright calls it *the finest thing we own*.
"""
SIDECAR = """annotations:
  - quote: a limit of three tonnes
    note: A loaded delivery van weighs about *three and a half*.
  - quote: the finest thing we own
    kind: opinion
    speaker: Nell Arkwright
"""
TITLED = f"---\ntitle: The bridge\n---\n{ARTICLE}"
HEADED = f"# The bridge\n\n{ARTICLE}"
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The bridge</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>{{ .Title }}</h1>
{{ .Content }}</main></body></html>
"""
PLAIN = PAGE.replace("{{ .Title }}", "The bridge").replace(
    "{{ .Content }}",
    "<p>It has a limit of three tonnes.</p><p>Nell Arkwright calls it <em>the finest thing we "
    "own</em>.</p>",
)
SIDECARS = {"notes/bridge.annotations.yml": SIDECAR}
FILES = {
    "Hugo": {
        "hugo.toml": "title = 'Bridges'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n",
        "layouts/_default/single.html": PAGE,
        "layouts/_default/list.html": PAGE,
        "content/bridge.md": TITLED,
        **SIDECARS,
    },
    "pandoc": {"bridge.md": ARTICLE, "bridge.annotations.yml": SIDECAR, "built/.keep": ""},
    "Eleventy": {"bridge.md": HEADED, "layout.css": "", **SIDECARS},
    "VitePress": {
        "docs/bridge.md": HEADED,
        "docs/index.md": HEADED,
        "docs/.vitepress/config.mjs": "export default { mpa: true }\n",
        **SIDECARS,
    },
    "Astro": {
        "src/pages/bridge.md": f"---\nlayout: ../page.astro\n---\n{HEADED}",
        "src/page.astro": PAGE.replace("<h1>{{ .Title }}</h1>", "").replace(
            "{{ .Content }}", "<slot />"
        ),
        **SIDECARS,
    },
    DOCUSAURUS: {
        "docusaurus.config.js": "module.exports = {title: 'x', url: 'https://example.org', baseUrl:"
        " '/build/', presets: [['classic', {docs: {routeBasePath: '/'}, blog: false}]]};\n",
        "docs/bridge.md": HEADED,
        "docs/index.md": f"---\nslug: /\n---\n{HEADED}",
        **SIDECARS,
    },
    "Plain HTML": {"pages/bridge.html": PLAIN, **SIDECARS},
    "Sphinx": {
        "bridge.md": HEADED,
        "index.rst": "Bridges\n=======\n\n.. toctree::\n\n   bridge\n",
        "bridge.annotations.yml": SIDECAR,
    },
}
SPHINX = "sphinx-build -q -W -b html . _build/html\n"


def section(name):
    return TEXT.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def commands(name):
    if name == "Sphinx":
        return SPHINX
    (block,) = re.findall(r"```sh\n(.*?)```", section(name), re.S)
    return block


def built(name, folder):
    """Return the page of the article that the recipe `name` made in `folder`."""
    for path, text in FILES[name].items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    if name == "Sphinx":
        (conf,) = re.findall(r"```python\n(.*?)```", section(name), re.S)
        conf = conf.replace('["', '["myst_parser", "', 1)
        (folder / "conf.py").write_text(f"project = 'x'\n{conf}", "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CI": "1", "NO_COLOR": "1"}
    run = functools.partial(
        subprocess.run, cwd=folder, env=environment, capture_output=True, text=True
    )
    if packages := PACKAGES.get(name):
        done = run(["npm", "install", "--silent", "--no-audit", "--no-fund", *packages])
        assert done.returncode == 0, done.stderr
    done = run(["sh", "-e", "-c", commands(name)])
    assert done.returncode == 0, done.stdout + done.stderr
    found = [
        path
        for path in [*folder.rglob("bridge.html"), *folder.rglob("bridge/index.html")]
        if "node_modules" not in path.parts and "ann-m " in path.read_text("utf-8")
    ]
    assert len(found) == 1, done.stdout + done.stderr
    return found[0]


@pytest.fixture
def served(tmp_path):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_the_recipe_of_the_guide_annotates_what_the_builder_makes(name, tmp_path, served, browser):
    page_file = built(name, tmp_path)
    address = f"{served}/{page_file.relative_to(tmp_path).as_posix()}"
    faults: list[str] = []
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    assert page.locator(".ann-m").all_inner_texts() == [
        "a limit of three tonnes",
        "the finest thing we own",
    ]
    assert page.locator(".ann-panel").count() == 1
    assert page.locator(".ann-note").first.is_visible()

    page.set_viewport_size({"width": 700, "height": 900})
    page.locator(".ann-ref a").first.click()
    page.locator(".ann-pop:popover-open").wait_for()
    assert "three and a half" in page.locator(".ann-pop:popover-open").inner_text()
    found = Axe().run(page, ".ann", OPTIONS).response["violations"]
    page.close()

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert faults == []
