"""Pages built for real with the wheel, served on this machine, and read in real browsers."""

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.engines import ENGINES, missing

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"

PALETTE = """
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default}
    - {media: "(prefers-color-scheme: dark)", scheme: slate}
"""
THEMES = {
    "bare": f"{{name: null, custom_dir: '{HERE / 'theme'}'}}",
    "mkdocs": "{name: mkdocs, color_mode: auto}",
    "readthedocs": "{name: readthedocs}",
    "material": f"\n  name: material\n  font: false\n  features: [navigation.instant]{PALETTE}",
}

# All that a page can have, under a policy that lets no script run in the page itself.
EXPORTING = "annotate: {exports: true}"

CONFIG = """
site_name: Read
site_url: {url}
docs_dir: {docs}
theme: {theme}
plugins: [{plugins}]
markdown_extensions:
  - tables
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed: {{alternate_style: true}}
"""


DEMO = """
INHERIT: {root}/mkdocs.yml
site_url: {url}
docs_dir: {root}/site
theme: {{name: mkdocs, color_mode: auto}}
hooks: [{root}/documentation/results.py]
plugins: [search, annotate]
"""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for engine in ENGINES:
        if lacking := missing(engine):
            names = ", ".join(lacking)
            terminalreporter.write_line(f"Not tested in {engine}: it needs {names}", yellow=True)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves pages of ours alone, those in no theme, under a strict policy."""

    def end_headers(self) -> None:
        if self.path.startswith("/bare/"):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def copyfile(self, source: object, outputfile: object) -> None:
        with contextlib.suppress(ConnectionError):  # the page was left before it was there
            super().copyfile(source, outputfile)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, packed: Path) -> Iterator[str]:
    """Return the address below which each theme has a site of its name."""
    folder = tmp_path_factory.mktemp("read")
    handler = functools.partial(_Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        try:
            builds = [_build(name, folder, url, packed) for name in [*THEMES, "demo"]]
            for build in builds:
                output, _ = build.communicate()
                assert build.returncode == 0, output
            yield url
        finally:
            server.shutdown()
            thread.join()


def _build(name: str, folder: Path, url: str, packed: Path) -> subprocess.Popen[str]:
    config = folder / f"{name}.yml"
    if name == "demo":
        text = DEMO.format(url=f"{url}/demo/", root=ROOT)
    else:
        text = CONFIG.format(
            url=f"{url}/{name}/",
            docs=HERE / "pages",
            theme=THEMES[name],
            # Themes expect it, and its scripts expect a theme.
            plugins=EXPORTING if name == "bare" else f"search, {EXPORTING}",
        )
    config.write_text(text, "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", folder / name],
        cwd=folder,
        # What lies on this path comes before the editable installation.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(packed)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@dataclass
class Reader:
    """Somebody who reads pages in one window, and what went wrong there."""

    address: str
    page: Page
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Return the page at `path`, which begins with the name of a theme."""
        self.page.goto(f"{self.address}/{path}")
        return self.page


# What MkDocs' themes load from elsewhere, as far as it matters here: it writes code anew.
HIGHLIGHT = """
var hljs = {
  selector: "pre code",
  configure(options) { this.selector = options.cssSelector; },
  highlightAll() {
    addEventListener("DOMContentLoaded", () => document.querySelectorAll(this.selector)
      .forEach(code => { code.textContent += " // highlighted"; }));
  },
};
"""

WATCH = """
addEventListener("securitypolicyviolation", event =>
  console.error("refused: " + event.violatedDirective + " " + event.blockedURI));
"""


def _elsewhere(route: Route) -> None:
    route.fulfill(body=HIGHLIGHT if route.request.url.endswith("highlight.min.js") else "")


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Callable[..., Reader]]:
    """Return a function that opens a window; nothing may go wrong in it, whatever else is tested.

    It takes the window's width and what else Playwright's contexts take.
    """
    readers = []

    def opened(width: int = 1440, script: str = "", **settings: object) -> Reader:
        viewport = {"width": width, "height": 900}
        page = browser.new_context(viewport=viewport, **settings).new_page()
        page.set_default_timeout(10_000)
        page.route("https://cdnjs.cloudflare.com/**", _elsewhere)
        reader = Reader(address, page)
        page.on("pageerror", lambda error: reader.faults.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and reader.faults.append(message.text),
        )
        if settings.get("java_script_enabled", True):
            page.add_init_script(WATCH + script)
        readers.append(reader)
        return reader

    yield opened
    for reader in readers:
        reader.page.context.close()
    assert [reader.faults for reader in readers] == [[] for _ in readers]
