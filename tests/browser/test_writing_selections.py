"""Random words of built pages are selected and annotated: they are marked, or a reason is given."""

import re
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import expect

from mkdocs_annotate.any_html.settings import read_settings
from mkdocs_annotate.any_html.writing import BuiltPages, WritingServer

PROBE = (Path(__file__).parent / "selections.js").read_text("utf-8")

WORDS = (
    "the council of the town has voted for a bridge and a mill near the river while the mayor said "
    "that 4.5 million (or 86,400 a day) would be enough; nobody's “clear answer” came before May"
).split()
ARABIC = "صوّت مجلس المدينة أمس على الميزانية وقالت رئيسة البلدية إن الجسر يكلّف أكثر".split()
JAPANESE = "町の議会は月曜日に予算を可決した。町長はこれを勝利と呼んだ。古い橋は四百万円かかった。"


def sentence(rng, words=WORDS):
    chosen = [rng.choice(words) for _ in range(rng.randint(5, 14))]
    for _ in range(rng.randint(0, 2)):
        at = rng.randrange(len(chosen))
        sign = rng.choice(["*", "**", "`"]) if words is WORDS else "*"
        chosen[at] = f"{sign}{chosen[at]}{sign}"
    return " ".join(chosen).capitalize() + "."


def paragraph(rng, words=WORDS):
    return " ".join(sentence(rng, words) for _ in range(rng.randint(2, 4)))


def plain(rng):
    parts = [f"## {sentence(rng)}\n\n{paragraph(rng)}\n\n> {paragraph(rng)}" for _ in "ab"]
    return "\n\n".join(parts)


def tables(rng):
    rows = [[" ".join(rng.choices(WORDS, k=3)) for _ in "abc"] for _ in range(5)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n\n".join([paragraph(rng), "\n".join([lines[0], "|---|---|---|", *lines[1:]])])


def lists(rng):
    items = [f"- {sentence(rng)}\n    1. {sentence(rng)}\n    2. {sentence(rng)}" for _ in "abc"]
    return "\n\n".join([paragraph(rng), "\n".join(items), "Term\n:   " + sentence(rng)])


def code(rng):
    lines = "\n".join(f"{rng.choice('xyz')} = call({rng.choice(WORDS)!r})  # {n}" for n in range(6))
    return f'{paragraph(rng)}\n\n```python linenums="1"\n{lines}\n```\n\n{paragraph(rng)}'


def footnotes(rng):
    notes = f"[^1]: {sentence(rng)}\n[^2]: {sentence(rng)}"
    return f"{paragraph(rng)}[^1] {paragraph(rng)}[^2]\n\n{notes}"


def tabs(rng):
    both = f'=== "One"\n\n    {paragraph(rng)}\n\n=== "Two"\n\n    {paragraph(rng)}'
    return f"{paragraph(rng)}\n\n{both}\n\n{paragraph(rng)}"


def arabic(rng):
    return "\n\n".join(paragraph(rng, ARABIC) for _ in "abc")


def japanese(rng):
    parts = [part + "。" for part in JAPANESE.split("。") if part]
    return "\n\n".join(
        "".join(rng.choices(parts, k=6)).replace("町長", "<ruby>町長<rt>ちょうちょう</rt></ruby>")
        for _ in "abc"
    )


def annotated(rng):
    return plain(rng)


LAYOUTS = (plain, tables, lists, code, footnotes, tabs, arabic, japanese, annotated)

CONFIG = """
site_name: S
theme: {name: material, font: false}
plugins: []
markdown_extensions: [tables, footnotes, def_list, pymdownx.superfences, pymdownx.highlight,
  pymdownx.inlinehilite, pymdownx.tabbed: {alternate_style: true}]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the address and folder of a site with two pages of each layout."""
    folder = tmp_path_factory.mktemp("selections")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    for number in range(2):
        rng = Random(number)
        for layout in LAYOUTS:
            text = f"# {layout.__name__}\n\n{layout(rng)}\n"
            (folder / "docs" / f"{layout.__name__}{number}.md").write_text(text, "utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True)
    settings = read_settings(folder / "site", folder / "docs")
    server = WritingServer(BuiltPages(settings, lambda line: None), 0)
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield server.address, folder
    server.stop()
    thread.join()


@pytest.fixture
def selecting(browser, site):
    """Return a function that selects, annotates and undoes on all pages, and what became of it."""
    address, folder = site
    base, _, key = address.partition("#")
    page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
    page.set_default_timeout(20_000)
    page.add_init_script(PROBE)
    page.route("https://**", lambda route: route.abort())

    def run(seed, a_page):
        rng = Random(seed)
        outcome = Counter[str]()
        for path in sorted(folder.glob("docs/*.md")):
            page.goto(f"{base}{path.stem}/#{key}")
            expect(page.locator(".ann-w-bar")).to_be_visible()
            if path.stem.startswith("annotated"):
                for _ in range(3):
                    annotate(page, rng)
            for _ in range(a_page):
                outcome[tried(page, rng, path.stem)] += 1
            path.with_suffix(".annotations.yml").unlink(missing_ok=True)
        return outcome

    yield run
    page.context.close()


def annotate(page, rng):
    """Annotate random words; return what was selected and why it was refused, if it was."""
    length = rng.choice([1, 4, 12, 40, 120, 600])
    wanted = page.evaluate(f"probe.select({rng.random()}, {length})")
    if wanted[0] >= wanted[1]:
        return wanted, "nothing"
    page.evaluate("document.querySelector('.ann-w-say').replaceChildren()")
    page.keyboard.press("a")
    form, said, error = page.locator(".ann-w-form"), page.locator(".ann-w-say"), ".ann-w-error"
    page.wait_for_function(
        "document.querySelector('.ann-w-form') || document.querySelector('.ann-w-say').textContent"
    )
    if not form.count():
        return wanted, said.inner_text()
    page.keyboard.insert_text("N.")
    page.keyboard.press("Control+Enter")
    page.wait_for_function(f"!(document.querySelector('{error}')?.textContent === '')")
    if form.count():
        told = page.locator(error).inner_text()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Throw away", exact=True).click()
        return wanted, told
    return wanted, ""


def signs(text):
    return re.sub(r"\s", "", text)


def tried(page, rng, name):
    (begin, end, words, before), refused = annotate(page, rng)
    if refused:
        return "nothing" if refused == "nothing" else "refused"
    known = page.evaluate("[...document.querySelectorAll('.ann-note')].map(one => one.id)")
    fresh = page.evaluate(
        "document.activeElement.getAttribute('href')?.match(/#ann-(.*)--note/)?.[1] ?? ''"
    )
    assert f"ann-{fresh}--note" in known, (name, words)
    first, last, marked, missing, text = page.evaluate("id => probe.marked(id)", fresh)
    # Blanks between blocks may come and go: places are compared by the signs before them.
    places = [found.start() for found in re.finditer(r"\S", text)]
    assert (signs(text) == signs(before)) is True, name  # else pytest compares for minutes
    begin, end = places[len(signs(before[:begin]))], places[len(signs(before[:end])) - 1] + 1
    # The words are marked, and no other word comes along: a cut word or number is whole.
    assert first <= begin, (name, words, marked)
    assert last >= end, (name, words, marked)
    assert not re.search(r"\s", text[first:begin] + text[end:last]), (name, words, marked)
    assert missing == "", (name, words, missing)
    page.locator(".ann-w-say button").click()
    expect(page.locator(".ann-w-say")).to_contain_text("Undone")
    return "whole" if (first, last) != (begin, end) else "exact"


@pytest.mark.long
def test_words_that_are_selected_are_marked_or_a_reason_is_given(selecting):
    outcome = selecting(7, 2)

    assert outcome["exact"] + outcome["whole"] >= outcome["refused"] * 3


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_so_they_are_a_thousand_times(selecting, seed):
    outcome = selecting(100 + seed, 15)
    print(dict(outcome))

    assert outcome["exact"] + outcome["whole"] >= outcome["refused"] * 3
