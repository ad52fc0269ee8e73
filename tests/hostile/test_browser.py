"""Hostile notes and texts in a real browser: nothing runs, nothing is loaded from elsewhere."""

import functools
import http.server
import os
import shutil
import threading

import pytest
from drivers.corpus import ADDRESSES, CALL, NOTES, TEXTS, _yaml
from playwright.sync_api import sync_playwright

ON_A_PAGE = 22
"""Entries on one page, so that all of them are on fewer than twenty pages."""

THEMES = {
    "mkdocs": "{name: mkdocs, highlightjs: false}",
    "material": "{name: material, font: false, features: [navigation.instant]}",
}
CONFIG = """
site_name: Attacked
site_url: http://127.0.0.1:{port}/{theme}/
theme: {look}
plugins: [search, {{annotate: {{exports: true}}}}]
"""
EVENTS = (
    "click mouseover mouseenter focus blur toggle beforetoggle load error input change submit "
    "keydown pointerdown animationstart animationend transitionend begin end start close"
).split()

FIRE = """(events) => {
  for (const element of document.querySelectorAll('*')) {
    for (const name of events) {
      if (element.tagName === 'A' && name === 'click') continue;
      element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    }
  }
}"""
OPEN = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('.ann-ref a')) one.click();
}"""
CLICK = """() => {
  const links = [...document.querySelectorAll('.ann a, .ann-notes a')];
  for (const one of links) {
    one.removeAttribute('target');
    if (new URL(one.href, location).protocol === 'javascript:') one.click();
  }
  return links.map(one => one.href).filter(href => !/^(https?|mailto):/.test(href));
}"""


def pages():
    """Return the Markdown and the sidecar of each page."""
    payloads = [note for note in NOTES if len(note) < 600]
    entries = [f"note: {_yaml(note)}" for note in payloads]
    entries += [
        f"kind: opinion, note: n, speaker: {_yaml(t)}" for t in TEXTS if "<" in t or '"' in t
    ]
    entries += [f"note: n, sources: [{{title: t, url: {_yaml(address)}}}]" for address in ADDRESSES]
    for start in range(0, len(entries), ON_A_PAGE):
        some = entries[start : start + ON_A_PAGE]
        article = "# Page\n\n" + "\n\n".join(f"Word{n}word stands here." for n in range(len(some)))
        lines = [f"- {{quote: Word{n}word, {entry}}}" for n, entry in enumerate(some)]
        yield article + "\n", "annotations:\n" + "\n".join(lines) + "\n"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Return the folder that is served, and its address."""
    folder = tmp_path_factory.mktemp("attacked")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    assert path, "install Chromium, or give its path in CHROMIUM"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def test_all_entries_are_on_few_pages():
    assert len(list(pages())) < 20
    assert sum(CALL in side for _, side in pages()) > 4


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(
    tmp_path, monkeypatch, served, chromium, theme
):
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.chdir(tmp_path)
    folder, port = served
    (tmp_path / "docs").mkdir()
    for number, (article, sidecar) in enumerate(pages()):
        (tmp_path / f"docs/p{number}.md").write_text(article, "utf-8")
        path = tmp_path / f"docs/p{number}.annotations.yml"
        path.write_bytes(sidecar.encode("utf-8", "surrogatepass"))
    (tmp_path / "docs/index.md").write_text("# All\n", "utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(CONFIG.format(port=port, theme=theme, look=THEMES[theme]), "utf-8")
    build(load_config(config_file=str(config), site_dir=str(folder / theme)))

    elsewhere, ran, odd, marked = [], [], [], 0
    context = chromium.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))

    def answer(route):
        if route.request.url.startswith((f"http://127.0.0.1:{port}/", "data:", "blob:")):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    for number in range(len(list(pages()))):
        page.goto(f"http://127.0.0.1:{port}/{theme}/p{number}/")
        marked += page.locator(".ann-m").count()
        page.evaluate(OPEN)
        page.evaluate(FIRE, EVENTS)
        odd += page.evaluate(CLICK)
        if page.evaluate("() => window.attacked"):
            ran.append(page.url)
    # Material's search shows what it finds in the page; MkDocs' on a page of its own.
    page.goto(f"http://127.0.0.1:{port}/{theme}/search.html?q=img")
    page.evaluate(FIRE, EVENTS)
    if page.evaluate("() => window.attacked"):
        ran.append("search")
    context.close()

    assert marked > 100
    assert ran == []
    assert odd == []
    assert elsewhere == []
