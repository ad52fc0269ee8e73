"""What the looks of annotated pages cost a browser, beside the same pages with footnotes.

Run as a program it prints a table: `python tests/browser/style_cost.py`.  Times are CPU ms of
Chromium, the least of several rounds, as whatever else runs only adds; machines differ, so that
the ratio to footnotes is what counts.  Source of the figures: Chrome DevTools Protocol,
`Performance.getMetrics`.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from markdown import Markdown
from playwright.sync_api import Browser, sync_playwright

ASSETS = Path(__file__).parents[2] / "mkdocs_annotate" / "assets"
STYLE = Path(__file__).parent / "theme" / "bare.css"
RUNS, ROUNDS = 3, 15

KINDS = ("context", "source", "opinion", "prediction")
WORDS = """able bridge carry delta early ferry grain harbour island jetty keel ledger mill north
ocean pilot quarry river storm timber under vessel water yard""".split()

FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="bare.css">{head}<body><main>{article}</main></body></html>"""
OURS = '<link rel="stylesheet" href="annotate.css"><script src="annotate.js" defer></script>'

IDLE = "() => new Promise(done => setTimeout(() => requestIdleCallback(done), 900))"
HIDE = "() => { document.body.style.display = 'none'; document.body.offsetHeight; }"
SHOW = "() => { document.body.style.display = ''; document.body.offsetHeight; }"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def texts(notes: int) -> tuple[str, str, str]:
    """Return an article with footnotes, the same without, and the sidecar that says the same."""
    draw = random.Random(notes)
    plain, noted, ends = ["# Title"], ["# Title"], []
    entries = ["sources: {paper: {title: The paper, url: 'https://example.org/paper'}}"]
    entries.append("annotations:")
    for number in range(notes):
        before, behind, note = (" ".join(draw.choices(WORDS, k=length)) for length in (30, 25, 22))
        quote = f"passage number {number} of all"
        plain.append(f"{before} {quote} {behind}.")
        noted.append(f"{before} {quote}[^{number}] {behind}.")
        ends.append(f"[^{number}]: {note}.")
        kind = KINDS[number % len(KINDS)]
        more = "sources: paper" if kind == "source" else f"note: {note}."
        entries.append(f"- {{quote: {quote}, kind: {kind}, {more}}}")
    return "\n\n".join(noted + ends), "\n\n".join(plain), "\n".join(entries)


def write_pages(folder: Path, notes: int, assets: Path = ASSETS) -> None:
    """Write the pages `footnotes.html` and `annotated.html`, with what they load."""
    noted, plain, sidecar = texts(notes)
    for path in (STYLE, assets / "annotate.css", assets / "annotate.js"):
        shutil.copy(path, folder)
    article = Markdown(extensions=["footnotes"]).convert(noted)
    page = FRAME.format(title="Footnotes", head="", article=article)
    folder.joinpath("footnotes.html").write_text(page, "utf-8")
    ours = Markdown(
        extensions=["mkdocs_annotate"], extension_configs={"mkdocs_annotate": {"sidecar": sidecar}}
    )
    page = FRAME.format(title="Annotated", head=OURS, article=ours.convert(plain))
    folder.joinpath("annotated.html").write_text(page, "utf-8")


class Watched:
    """A window in which nothing moves, and what it takes of the processor."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(
            viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.session = self.context.new_cdp_session(self.page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def close(self) -> None:
        """Close the window."""
        self.context.close()

    def spent(self, metric: str) -> float:
        """Return the ms that Chromium spent on the page so far, by the name of a metric."""
        found = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(one["value"]) for one in found if one["name"] == metric)


def styling(browser: Browser, path: Path, runs: int = RUNS) -> tuple[float, float]:
    """Return the ms that the styles of a page take: while it is loaded, and all of them again.

    A page is loaded once nothing happens on it any more.
    """
    loaded, again = [], []
    for _ in range(runs):
        with closing(Watched(browser)) as watched:
            watched.page.goto(path.as_uri())
            watched.page.evaluate(IDLE)
            loaded.append(watched.spent("RecalcStyleDuration"))
            for _ in range(ROUNDS):
                watched.page.evaluate(HIDE)
                before = watched.spent("RecalcStyleDuration")
                watched.page.evaluate(SHOW)
                again.append(watched.spent("RecalcStyleDuration") - before)
    return min(loaded), min(again)


def filtering(browser: Browser, path: Path, runs: int = RUNS) -> float:
    """Return the ms of CPU that the first click on a switch of marks takes, until it is shown."""
    times = []
    for _ in range(runs):
        with closing(Watched(browser)) as watched:
            watched.page.goto(path.as_uri())
            watched.page.evaluate(IDLE)
            before = watched.spent("TaskDuration")
            watched.page.evaluate("document.querySelector('[data-ann-show=opinion]').click()")
            watched.page.evaluate(FRAMES)
            times.append(watched.spent("TaskDuration") - before)
    return min(times)


def main(counts: Sequence[int] = (20, 45, 90, 200)) -> None:
    """Print what pages with so many notes cost: beyond 50 the notes are a list."""
    print("notes  footnotes load, again  annotated load, again  ratios      filter")
    with sync_playwright() as playwright:
        program = shutil.which(os.environ.get("CHROMIUM") or "chromium")
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        for notes in counts:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                write_pages(folder, notes)
                theirs = styling(browser, folder / "footnotes.html")
                ours = styling(browser, folder / "annotated.html")
                click = filtering(browser, folder / "annotated.html")
            ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
            cells = [*theirs, *ours, *ratios, click]
            print(f"{notes:5}  " + "  ".join(f"{cell:9.2f}" for cell in cells))
        browser.close()


if __name__ == "__main__":
    main()
