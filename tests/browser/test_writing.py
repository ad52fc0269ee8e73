"""Annotations written in a real browser, in the pages that `mkdocs serve` shows."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import markdown
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from mkdocs_annotate.any_html.settings import read_settings
from mkdocs_annotate.any_html.writing import BuiltPages, WritingServer
from tests.browser.engines import firefox, missing

ARTICLE = """# The bridge

The town *council* approved the budget on Monday. The mayor called it **a triumph**.

- The old bridge cost 4 million.
- The new bridge is `a bargain`, she said.

The town council meets again in May.
"""

SELECT = """([from, to]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const find = words => {
    let node;
    while ((node = walker.nextNode())) {
      const at = node.data.indexOf(words);
      if (at >= 0 && !node.parentElement.closest(".ann-w,script")) return [node, at];
    }
  };
  const [start, first] = find(from);
  let [end, last] = [start, start.data.indexOf(to, first)];
  if (last < 0) [end, last] = find(to);
  getSelection().setBaseAndExtent(start, first, end, last + to.length);
}"""


@dataclass
class Writer:
    """Somebody who writes in the pages of a site."""

    docs: Path
    address: str
    page: Page

    def select(self, first: str, last: str = "") -> None:
        """Select from `first` to `last`, or all of `first`."""
        self.page.evaluate(SELECT, [first, last or first])

    def begin(self, first: str, last: str = "") -> None:
        """Select words and press the key."""
        self.select(first, last)
        self.page.keyboard.press("a")
        expect(self.page.locator(".ann-w-form textarea").first).to_be_focused()

    def annotate(self, first: str, last: str, note: str) -> None:
        self.begin(first, last)
        self.page.keyboard.type(note)
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator(".ann-w-form")).to_have_count(0)

    @property
    def sidecar(self) -> str:
        return (self.docs / "index.annotations.yml").read_text("utf-8")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def writer(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Writer]]:
    """Return a function that serves a site, with a sidecar if one is given, and opens its page."""
    started = []

    def opened(sidecar: str = "", theme: str = "{name: mkdocs}", **settings: object) -> Writer:
        docs = tmp_path / "docs"
        docs.mkdir()
        (docs / "mill.md").write_text("# The mill\n\nIt grinds rye.\n", "utf-8")
        (docs / "index.md").write_text(ARTICLE, "utf-8")
        if sidecar:
            (docs / "index.annotations.yml").write_text(sidecar, "utf-8")
        (tmp_path / "mkdocs.yml").write_text(
            f"site_name: S\nsite_url: https://example.org/\ntheme: {theme}\n"
            "plugins: [annotate: {write: true, me: NN, sources: false}]\n",
            "utf-8",
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{free_port()}"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        assert process.stdout
        address = ""
        for line in process.stdout:
            if found := re.search(r"http://\S+#annotate=\S+", line):
                address = found.group()
            if "Serving on" in line:
                break
        page = browser.new_context(**settings).new_page()
        started.append((process, page))
        page.set_default_timeout(10_000)
        page.route("https://**", lambda route: route.fulfill(body=""))
        page.goto(address)
        expect(page.locator(".ann-w-bar")).to_be_visible()
        return Writer(docs, address, page)

    yield opened
    for process, page in started:
        page.context.close()
        process.terminate()
        process.communicate(timeout=20)


def test_words_are_selected_annotated_changed_removed_and_brought_back_by_keyboard(writer):
    here = writer()
    page = here.page
    assert "#" not in page.url  # the token has left the address

    here.annotate("council", "budget", "By *nine* votes to two.")

    assert re.sub(r"date: [\d-]+", "date: D", here.sidecar) == (
        "annotations:\n"
        "  - quote: council approved the budget\n"
        "    note: By *nine* votes to two.\n"
        "    by: NN\n"
        "    date: D\n"
    )
    expect(page.locator(".ann-m").first).to_contain_text("council")
    expect(page.locator(".ann-w-say")).to_contain_text("Saved")

    page.locator(".ann-note .ann-w-acts button", has_text="Edit").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ann-w-preview em")).to_have_text("nine")
    page.keyboard.press("Alt+5")
    page.keyboard.press("Control+End")
    page.keyboard.type(" In public.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ann-w-form")).to_have_count(0)
    assert "    kind: opinion\n    note: By *nine* votes to two. In public.\n" in here.sidecar
    written = here.sidecar

    page.locator(".ann-note .ann-w-acts button", has_text="Delete").click()
    expect(page.locator(".ann-m")).to_have_count(0)
    assert "council" not in here.sidecar
    page.locator(".ann-w-say button").click()
    expect(page.locator(".ann-m").first).to_contain_text("council")
    assert here.sidecar == written


def test_words_are_marked_that_were_selected_across_elements_marks_and_numbers(writer):
    here = writer("annotations:\n  - quote: triumph\n    note: Hers.\n")

    here.annotate("called it", "triumph", "Twice.")
    here.annotate("cost", "bargain", "Over two points.")
    # It stands twice: the second place is meant.
    here.select("meets again")
    here.begin("council meets", "council meets")
    here.page.keyboard.type("In May.")
    here.page.keyboard.press("Control+Enter")
    expect(here.page.locator(".ann-w-form")).to_have_count(0)

    quotes = re.findall(r"quote: (.*)", here.sidecar)
    assert quotes == [
        "triumph",
        "called it a triumph",
        "cost 4 million. The new bridge is a bargain",
        "council meets",
    ]


def test_a_new_source_is_described_by_title_and_address(writer):
    here = writer()
    page = here.page
    here.begin("4 million")
    page.get_by_role("combobox", name="Source").fill("The budget of 2024")
    page.get_by_label("Address of the new source").fill("https://example.org/budget")
    page.get_by_label("Which part of it").fill("p. 3")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ann-w-form")).to_have_count(0)

    assert here.sidecar.startswith(
        "sources:\n"
        "  the-budget-of-2024:\n"
        "    title: The budget of 2024\n"
        "    url: https://example.org/budget\n"
        "\n"
        "annotations:\n"
        "  - quote: 4 million\n"
        "    sources:\n"
        "      - source: the-budget-of-2024\n"
        "        locator: p. 3\n"
    )


def test_a_part_of_a_title_finds_a_source_and_never_becomes_a_new_one_unasked(writer):
    here = writer(
        "sources:\n  budget:\n    title: The budget of 2024\n"
        "  minutes:\n    title: Minutes of the council, 2024\n\nannotations:\n"
        "  - quote: triumph\n    sources: [budget, minutes]\n"
    )
    page = here.page

    def cite(words, typed, *keys):
        here.begin(words)
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".ann-w-form")).to_have_count(0)

    cite("4 million", "2024", "ArrowDown", "Enter")
    cite("a bargain", "budg", "Tab")
    cite("in May", "udget")
    cite("on Monday", "The budget", "ArrowUp", "Enter")

    assert re.findall(r"sources: ([\w-]+)$", here.sidecar, re.MULTILINE) == [
        "minutes",
        "budget",
        "budget",
        "the-budget",
    ]
    assert "  the-budget:\n    title: The budget\n" in here.sidecar


def test_what_somebody_else_has_changed_is_shown_and_the_words_are_kept(writer):
    here = writer("annotations:\n  - quote: triumph\n    note: Hers.\n")
    page = here.page
    page.locator(".ann-note").hover()
    page.locator(".ann-note .ann-w-acts button", has_text="Edit").click()
    page.locator(".ann-w-form textarea").first.fill("Mine.")
    (here.docs / "index.annotations.yml").write_text(
        "annotations:\n  - quote: triumph\n    note: Theirs.\n", "utf-8"
    )

    page.keyboard.press("Control+Enter")

    expect(page.locator(".ann-w-error")).to_contain_text("Theirs.")
    assert "Theirs." in here.sidecar
    page.keyboard.press("Control+Enter")
    expect(page.locator(".ann-w-form")).to_have_count(0)
    assert "note: Mine." in here.sidecar


def test_unsaved_words_survive_a_reload_and_escape_asks_before_it_drops_them(writer):
    here = writer()
    page = here.page
    here.begin("4 million")
    page.keyboard.type("Half of it.")
    page.reload()

    expect(page.locator(".ann-w-form textarea").first).to_have_value("Half of it.")
    page.locator(".ann-w-form textarea").first.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.get_by_role("button", name="Throw away", exact=True).click()
    expect(page.locator(".ann-w-form")).to_have_count(0)
    page.reload()
    expect(page.locator(".ann-w-bar")).to_be_visible()
    expect(page.locator(".ann-w-form")).to_have_count(0)


def test_orphans_are_placed_by_hand_and_by_what_is_proposed(writer):
    here = writer(
        "annotations:\n"
        "  - quote: the town council approved a budget # old\n    note: One.\n"
        "  - quote: nowhere at all\n    note: Two.\n"
    )
    page = here.page
    page.locator(".ann-w-bar").click()
    page.get_by_role("button", name="Use this passage").first.click()
    expect(page.locator(".ann-w-panel li q")).to_have_count(1)
    here.select("meets again")
    page.get_by_role("button", name="Place here").click()

    expect(page.locator(".ann-w-panel li q")).to_have_count(0)
    assert "quote: meets again\n    note: Two." in here.sidecar
    assert "# old\n    note: One." in here.sidecar


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_form_and_panel(writer, width):
    here = writer(
        "sources: {b: {title: The budget}}\n"
        "annotations:\n  - quote: nowhere at all\n    note: Two.\n",
        viewport={"width": width, "height": 800},
    )
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
    here.page.locator(".ann-w-bar").click()
    found = Axe().run(here.page, ".ann-w", tags).response["violations"]
    here.begin("4 million")
    here.page.keyboard.press("Alt+5")
    here.page.get_by_role("combobox", name="Source").fill("budg")
    expect(here.page.get_by_role("option", name="The budget")).to_have_attribute(
        "aria-selected", "true"
    )
    here.page.locator(".ann-w-form details").evaluate("it => it.open = true")
    found += Axe().run(here.page, ".ann-w", tags).response["violations"]
    here.page.keyboard.press("Escape")
    here.page.keyboard.press("Escape")
    expect(here.page.get_by_role("alertdialog")).to_be_visible()
    found += Axe().run(here.page, ".ann-w", tags).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


INSTANT = "{name: material, font: false, features: [navigation.instant]}"


def test_after_an_instant_navigation_the_next_page_is_written_and_the_form_waits_on_its_own(writer):
    here = writer(theme=INSTANT)
    page = here.page
    page.evaluate("window.same = true")
    here.begin("4 million")
    page.keyboard.type("Kept.")
    page.evaluate("document.querySelector('.md-nav a[href*=mill]').click()")
    expect(page.locator("h1")).to_contain_text("The mill")
    expect(page.locator(".ann-w-form")).to_have_count(0)
    assert page.evaluate("window.same")

    here.annotate("rye", "", "A grain.")

    written = (here.docs / "mill.annotations.yml").read_text("utf-8")
    assert "quote: rye\n    note: A grain." in written
    expect(page.locator(".ann-m")).to_have_text("rye")
    page.evaluate("document.querySelector('.md-header a.md-logo').click()")
    expect(page.locator(".ann-w-form textarea").first).to_have_value("Kept.")
    assert page.evaluate("window.same")


def test_on_a_phone_words_are_touched_and_the_button_opens_a_sheet(writer):
    here = writer(viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    page = here.page
    here.select("a triumph")  # as a long press does it
    page.locator(".ann-w-pick").tap()
    form = page.locator(".ann-w-form")
    expect(form).to_be_visible()

    box = form.bounding_box()
    assert box["x"] == 0
    assert box["width"] == 390
    assert box["y"] + box["height"] == pytest.approx(780, abs=1)
    page.locator(".ann-w-form textarea").first.fill("Hers.")
    page.get_by_role("button", name="Save").tap()

    expect(form).to_have_count(0)
    assert "quote: a triumph\n    note: Hers." in here.sidecar


def test_without_the_token_a_page_says_where_to_find_it(writer):
    here = writer()
    stranger = here.page.context.browser.new_context().new_page()
    stranger.goto(here.address.partition("#")[0])

    expect(stranger.locator(".ann-w-say")).to_contain_text("the terminal")
    expect(stranger.locator(".ann-w-bar")).to_be_hidden()
    stranger.context.close()


@pytest.mark.long
def test_words_are_annotated_in_firefox(tmp_path, monkeypatch):
    assert not missing("firefox"), "install firefox-esr"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "built").mkdir()
    (tmp_path / "notes").mkdir()
    html = markdown.markdown(ARTICLE)
    (tmp_path / "built/index.html").write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>T</title><main>{html}</main>", "utf-8"
    )
    pages = BuiltPages(read_settings(Path("built"), Path("notes")), lambda line: None)
    server = WritingServer(pages, 0)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        with firefox() as window:
            window.open(server.address, 1200)
            until(window, "document.querySelector('.ann-w-bar').textContent.includes('0')")
            window.run(f"({SELECT})(['council', 'triumph'])")
            keys(window, "a")
            until(window, "document.activeElement.tagName === 'TEXTAREA'")
            keys(window, "By nine votes.")
            keys(window, "\ue009\ue007")  # Control and Enter, as WebDriver calls them
            until(window, "document.querySelectorAll('.ann-m').length > 0")
            assert window.run("document.querySelector('.ann-w-form')") is None
            window.click(".ann-w-say button")
            until(window, "document.querySelectorAll('.ann-m').length === 0")
            assert list(Path("notes").iterdir()) == []
            keys(window, "x")
            window.run(f"({SELECT})(['triumph', 'triumph'])")
            until(window, "!document.querySelector('.ann-w-pick').hidden")
            window.click(".ann-w-pick")
            until(window, "document.activeElement.tagName === 'TEXTAREA'")
            keys(window, "Hers.")
            window.click(".ann-w-save")
            until(window, "document.querySelectorAll('.ann-m').length > 0")
    finally:
        server.stop()
        thread.join()

    written = Path("notes/index.annotations.yml").read_text("utf-8")
    assert "quote: triumph\n    note: Hers.\n" in written


def until(window, holds):
    """Wait in a window of Firefox until an expression holds."""
    told = window.run(
        "new Promise(done => { const end = Date.now() + 15000;"
        f"const look = () => {holds} ? done('') : Date.now() > end"
        " ? done(document.body.innerText) : setTimeout(look, 50); look(); })"
    )
    assert told == ""


def keys(window, text):
    """Press keys in a window of Firefox: one after the other, or Control with another."""
    down = [{"type": "keyDown", "value": key} for key in text]
    up = [{"type": "keyUp", "value": key} for key in text]
    if text[0] == "\ue009":
        actions = [*down, *reversed(up)]
    else:
        actions = [part for pair in zip(down, up, strict=True) for part in pair]
    window.ask(
        "input.performActions",
        context=window.context,
        actions=[{"type": "key", "id": "keys", "actions": actions}],
    )
