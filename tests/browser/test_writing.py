"""Annotations written in a real browser, in the pages that `mkdocs serve` shows."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

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

    def opened(sidecar: str = "", theme: str = "mkdocs", **settings: object) -> Writer:
        docs = tmp_path / "docs"
        docs.mkdir()
        (docs / "index.md").write_text(ARTICLE, "utf-8")
        if sidecar:
            (docs / "index.annotations.yml").write_text(sidecar, "utf-8")
        (tmp_path / "mkdocs.yml").write_text(
            f"site_name: S\ntheme: {{name: {theme}}}\n"
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
        "annotations:\n  - quote: nowhere at all\n    note: Two.\n",
        viewport={"width": width, "height": 800},
    )
    tags = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
    here.page.locator(".ann-w-bar").click()
    found = Axe().run(here.page, ".ann-w", tags).response["violations"]
    here.begin("4 million")
    found += Axe().run(here.page, ".ann-w", tags).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_without_the_token_a_page_says_where_to_find_it(writer):
    here = writer()
    stranger = here.page.context.browser.new_context().new_page()
    stranger.goto(here.address.partition("#")[0])

    expect(stranger.locator(".ann-w-say")).to_contain_text("the terminal")
    expect(stranger.locator(".ann-w-bar")).to_have_count(0)
    stranger.context.close()
