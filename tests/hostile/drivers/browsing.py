"""Hostile pages: built with the wheel, served on this machine, and visited by a real browser."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from playwright.sync_api import Browser, Page, Route, TimeoutError

from drivers.corpus import ADDRESSES, CALL, NOTES, TEXTS, _yaml
from drivers.inputs import mixed

THEMES = {
    "mkdocs": "{name: mkdocs, highlightjs: false}",
    "material": "{name: material, font: false, features: [navigation.instant, search.suggest]}",
}
CONFIG = """
site_name: Attacked
site_url: {url}/
theme: {look}
plugins: [search, {{annotate: {{exports: true}}}}]
"""
INDEXES = "sources kinds questions speakers tags articles definitions".split()

EVENTS = (
    "click mouseover mouseenter focus blur toggle beforetoggle load error input change submit "
    "keydown pointerdown animationstart animationend transitionend begin end start close"
).split()

FIRE = """(events) => {
  for (const element of document.querySelectorAll('*')) {
    for (const name of events) {
      if (element.tagName === 'A' && name === 'click') continue;
      // What is written into an element runs there; only ours tell those around them, too.
      const bubbles = Boolean(element.closest('.ann-m, .ann-ref'));
      element.dispatchEvent(new Event(name, {bubbles, cancelable: true}));
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
RESULTS = {
    "mkdocs": "#mkdocs-search-results article",
    "material": ".md-search-result__item",
}
"""What a theme shows for each page that its search found."""

SEARCHED = ("stands", "img", "onerror")
"""Words of all pages, and of payloads; each is found."""


def entries() -> list[str]:
    """Return what the corpus has for one annotation each: notes, texts and addresses."""
    found = [f"note: {_yaml(note)}" for note in NOTES if len(note) < 600]
    texts = [text for text in TEXTS if "<" in text or '"' in text]
    found += [f"kind: opinion, note: n, speaker: {_yaml(text)}" for text in texts]
    found += [f"kind: opinion, note: n, tags: [{_yaml(text)}]" for text in texts]
    found += [f"note: n, sources: [{{title: {_yaml(text)}}}]" for text in texts]
    found += [f"note: n, sources: [{{title: t, url: {_yaml(address)}}}]" for address in ADDRESSES]
    return found


_TAGS = "img svg body details input video audio iframe script style a math p x object".split()
_RUNS = "onerror onload ontoggle onfocus onclick onbegin src href srcdoc data formaction".split()
_ENDS = ("", "</p>", "</section>", "</script>", "</title>", "-->", '">', "'>", "]]>", "</bdi>", "`")
_FORMS = (
    "[x]({})",
    "![x]({})",
    "<{}>",
    "[x][y]\n\n[y]: {}",
    "[x](<{}>)",
    '[x]({} "t")',
    "[![x]({})](a.md)",
)
_FIELDS = (
    "note: {}",
    "note: n, kind: opinion, speaker: {}",
    "note: n, tags: [{}]",
    "note: n, by: {}",
    "kind: opinion, note: n, technique: {}",
    "note: n, sources: [{{title: {}}}]",
    "note: n, sources: [{{title: t, publisher: {}}}]",
    "note: n, sources: [{{title: t, author: {}}}]",
    "note: n, sources: [{{title: t, url: {}}}]",
    "note: n, sources: [{{source: {{title: t}}, locator: {}}}]",
)


_UNWANTED = (
    *(f"javascript:{CALL}", f"vbscript:{CALL}", f"data:text/html,<script>{CALL}</script>"),
    *("//elsewhere.example/x", "/\\elsewhere.example/x", "https:elsewhere.example"),
)
_BETWEEN = ("\t", "\n", "&#10;", "&Tab;", "\x01", "\u200b", "\u00ad", "%0a", "\\", "&#x200b;")


def drawn_entries(count: int, seed: str) -> Iterator[str]:
    """Yield `count` annotations with payloads put together at random: tags, addresses, changes."""
    draw = Random(seed)
    for _ in range(count):
        form = draw.random()
        if form < 0.4:
            text = _tag(draw)
        elif form < 0.75:
            text = draw.choice(_FORMS).format(_disguised(draw))
        else:
            text = mixed(draw.choice(NOTES)[:400], (*_ENDS, *NOTES[:140]), draw)[:900]
        field = "note: {}" if form >= 0.4 or draw.random() < 0.5 else draw.choice(_FIELDS)
        if "url: " in (chosen := draw.choice(_FIELDS)):
            field, text = chosen, _disguised(draw)
        yield field.format(_yaml(text))


def _tag(draw: Random) -> str:
    quote = draw.choice(["", '"', "'", "`"])
    between = draw.choice([" ", "/", "\t", "\n", "\x0c", " x=", " / "])
    script = draw.choice(["", "javascript:", "data:text/html,<script>"])
    end = draw.choice([">", "/>", "//", "", " <", ">-->"])
    name = "".join(draw.choice([each, each.upper()]) for each in draw.choice(_TAGS))
    said = f"{draw.choice(_RUNS)}={quote}{script}{CALL}{quote}"
    inner = draw.choice(["", f"{CALL}</script>", f"<script>{CALL}</script>", " autofocus open"])
    return f"{draw.choice(_ENDS)}<{name}{between}src=x {said}{end}{inner}"


def _disguised(draw: Random) -> str:
    """Return an address that would run, or load from elsewhere, in one of many disguises."""
    address = draw.choice(_UNWANTED)
    parts = [draw.choice(["", "", " ", "\x01", "&#1;", "\u3000", "a.md#", "./", "\ufeff"])]
    for sign in address:
        code = ord(sign)
        disguises = [sign.upper(), f"&#{code};", f"&#x{code:x}", f"&amp;#{code};", f"&#{code:09};"]
        disguises += [sign + draw.choice(_BETWEEN), f"%{code:02x}"]
        parts.append(sign if draw.random() < 0.75 else draw.choice(disguises))
    return "".join(parts)


def pages(said: Iterable[str], on_one: int) -> Iterator[tuple[str, str]]:
    """Yield the Markdown and the sidecar of pages with `on_one` annotations each."""
    said = list(said)
    for start in range(0, len(said), on_one):
        some = said[start : start + on_one]
        article = "# Page\n\n" + "\n\n".join(f"Word{n}word stands here." for n in range(len(some)))
        lines = [f"- {{quote: Word{n}word, {entry}}}" for n, entry in enumerate(some)]
        yield article + "\n", "annotations:\n" + "\n".join(lines) + "\n"


def built(
    folder: Path, theme: str, url: str, drawn: Iterable[tuple[str, str]], packed: Path
) -> list[str]:
    """Build a site of pages into the folder `served` of `folder`; return the addresses of all.

    It is built with the package that the wheel holds, in the folder `packed`, as a site's owner
    does.
    """
    docs = folder / theme / "docs"
    docs.mkdir(parents=True)
    names = []
    for number, (article, sidecar) in enumerate(drawn):
        (docs / f"p{number}.md").write_text(article, "utf-8")
        (docs / f"p{number}.annotations.yml").write_bytes(sidecar.encode("utf-8", "surrogatepass"))
        names.append(f"p{number}/")
    markers = "\n".join(f"## {name}\n\n<!-- annotate: {name} -->\n" for name in INDEXES)
    (docs / "index.md").write_text(f"# All\n\n{markers}", "utf-8")
    config = folder / theme / "mkdocs.yml"
    config.write_text(CONFIG.format(url=f"{url}/{theme}", look=THEMES[theme]), "utf-8")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", config]
    subprocess.run(
        [*build, "-d", folder / "served" / theme],
        cwd=folder,
        # What lies on this path comes before the editable installation.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(packed)},
        capture_output=True,
        check=True,
    )
    return [f"{url}/{theme}/{name}" for name in ("", *names)]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve what will be in `served` in `folder`; yield the address."""
    (folder / "served").mkdir()
    handler = functools.partial(_Quiet, directory=str(folder / "served"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Visit:
    """What a visitor of hostile pages met."""

    ran: list[str] = field(default_factory=list)
    """Pages on which a payload ran, and what dialogs said."""

    odd: list[str] = field(default_factory=list)
    """Links of ours to no address of the web, of mail or of the site."""

    elsewhere: list[str] = field(default_factory=list)
    """Addresses of other machines that were asked."""

    marked: int = 0
    found: int = 0
    """Marks on all pages, and pages that the search showed."""


def visited(chromium: Browser, addresses: list[str], width: int, theme: str = "") -> Visit:
    """Visit each page: open its notes, fire every event, click.

    Then search as the `theme` of the first page lets a reader do, and fire every event.
    """
    visit = Visit()
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.on("dialog", lambda dialog: (visit.ran.append(dialog.message), dialog.dismiss()))

    def answer(route: Route) -> None:
        if route.request.url.startswith((addresses[0], "data:", "blob:")):
            route.continue_()
        else:
            visit.elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    for address in addresses:
        page.goto(address)
        visit.marked += page.locator(".ann-m").count()
        page.evaluate(OPEN)
        page.evaluate(FIRE, EVENTS)
        visit.odd += page.evaluate(CLICK)
        _look(page, visit)
    for words in SEARCHED if theme else ():
        # Anew for each: whatever was fired may have closed the search for good.
        page.goto(addresses[0])
        visit.found += _searched(page, theme, words)
        page.evaluate(FIRE, EVENTS)
        _look(page, visit)
    context.close()
    return visit


def _look(page: Page, visit: Visit) -> None:
    if page.evaluate("() => window.attacked"):
        visit.ran.append(page.url)


def _searched(page: Page, theme: str, words: str) -> int:
    """Search for `words` as a reader does; return how many pages were shown."""
    if theme == "material":
        page.evaluate("() => { document.querySelector('#__search').checked = true; }")
        box = page.locator(".md-search__input")
    else:
        page.evaluate("() => new bootstrap.Modal('#mkdocs_search_modal').show()")
        box = page.locator("#mkdocs-search-query")
    # What is typed before the search has read its index may be lost.
    for _ in range(10):
        box.fill("")
        box.press_sequentially(words)
        with suppress(TimeoutError):
            page.locator(RESULTS[theme]).first.wait_for(state="attached", timeout=4_000)
            break
    page.evaluate(OPEN)
    return page.locator(RESULTS[theme]).count()
