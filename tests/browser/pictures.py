"""Take the pictures that the documentation shows, and look at: `make pictures`.

They are of the demo site as it is built now, for eyes and not for comparison.
"""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from mkdocs_annotate.any_html.settings import read_settings
from mkdocs_annotate.any_html.writing import BuiltPages, WritingServer

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "site" / "assets"


def in_the_margin(page: Page) -> None:
    """Show the column with notes in its margin."""


def without_us(page: Page) -> None:
    """Take off all that is ours: what is left is the article as it was written."""
    page.evaluate(
        """() => {
          for (const e of document.querySelectorAll(
            ".ann-ref, .ann-panel, .ann-about, .ann-notes, .ann-sources, .ann-exports")) e.remove();
          for (const e of document.querySelectorAll(".ann-m")) e.replaceWith(...e.childNodes);
          document.querySelector(".ann").className = "";
        }"""
    )


def with_a_note(page: Page) -> None:
    """Tap a passage: its note comes up from below."""
    page.locator(".ann-m.ann-g-opinion").nth(1).scroll_into_view_if_needed()
    page.locator(".ann-m.ann-g-opinion").nth(1).click()
    page.wait_for_timeout(600)


def writing(page: Page) -> None:
    """Select words of the column, press the key, and write the note."""
    page.evaluate(
        """words => {
          const node = [...document.querySelectorAll(".ann p")]
            .flatMap(one => [...one.childNodes]).find(one => one.data?.includes(words));
          const at = node.data.indexOf(words);
          getSelection().setBaseAndExtent(node, at, node, at + words.length);
          node.parentElement.scrollIntoView({ block: "center" });
        }""",
        "price of a second-hand one",
    )
    page.keyboard.press("a")
    page.locator(".ann-w-form textarea").first.wait_for()
    page.keyboard.press("Alt+4")
    page.keyboard.type("The paper names *one* offer, that of a new boat.")
    page.keyboard.press("Tab")
    page.keyboard.type("minutes")
    page.locator(".ann-w-preview em").wait_for()


SHOTS = [
    ("harbour-column.png", "demo/harbour-column/", 1440, 960, "light", in_the_margin),
    ("harbour-column-dark.png", "demo/harbour-column/", 1440, 960, "dark", in_the_margin),
    ("harbour-column-plain.png", "demo/harbour-column/", 1440, 960, "light", without_us),
    ("harbour-column-phone.png", "demo/harbour-column/", 390, 780, "light", with_a_note),
    ("harbour-column-phone-dark.png", "demo/harbour-column/", 390, 780, "dark", with_a_note),
    ("write-in-page.png", "demo/harbour-column/", 1440, 960, "light", writing),
    ("write-in-page-phone.png", "demo/harbour-column/", 390, 780, "light", writing),
]


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    """Take all of them."""
    handler = functools.partial(_Handler, directory=str(ROOT / "_build"))
    browser_path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # Nothing is saved, so that no sidecar changes.
        pages = BuiltPages(read_settings(ROOT / "_build", ROOT / "site"), print)
        writer = WritingServer(pages, 0)
        threading.Thread(target=writer.serve, daemon=True).start()
        own, _, key = writer.address.partition("#")
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path, width, height, scheme, prepare in SHOTS:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
                has_touch=width < 600,
            )
            page = context.new_page()
            # Fonts and highlighters from elsewhere are not waited for.
            page.route("https://**", lambda route: route.abort())
            address = f"http://127.0.0.1:{server.server_port}/{path}"
            page.goto(f"{own}{path}#{key}" if prepare is writing else address)
            page.wait_for_timeout(400)
            prepare(page)
            page.screenshot(path=PICTURES / name)
            print(PICTURES / name)
            context.close()
        browser.close()
        writer.stop()
        server.shutdown()


if __name__ == "__main__":
    main()
