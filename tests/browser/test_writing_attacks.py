"""Pages of other sites, open in the browser of somebody who writes: none writes, none reads.

They have the right key, as if it had leaked, and try all that a browser lets a page do.
"""

import hashlib
import http.server
import json
import os
import shutil
import threading
from contextlib import contextmanager
from html import escape
from pathlib import Path

import pytest

from mkdocs_annotate.any_html.settings import read_settings
from mkdocs_annotate.any_html.writing import BuiltPages, WritingServer
from tests.browser.engines import firefox, missing

ATTACKS = (Path(__file__).parent / "attacks.js").read_text("utf-8")
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>T</title>
<main><h1>Town</h1><p>It was the vote of nine.</p></main>"""
SIDECAR = "annotations:\n  - quote: nine\n    note: SECRET\n    draft: true\n"
REBOUND = "evil.example"


class Site:
    """A site that is written, and the page of somebody else who knows its address and key."""

    def __init__(self, server, folder, lines):
        self.address, _, self.key = server.address.partition("/#annotate=")
        self.port = self.address.rpartition(":")[2]
        self.folder, self.lines = folder, lines

    @property
    def files(self):
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in paths}

    def call(self, address=""):
        digest = hashlib.sha256(SIDECAR.encode()).hexdigest()
        given = (address or self.address, "index.html", self.key, digest)
        return f"attack({', '.join(map(json.dumps, given))})"

    def holds_after(self, found, before):
        """Assert that nothing was written and nothing of the site was read."""
        assert len(found) > 90
        assert [one for one in found if "SECRET" in one[1] or "nine" in one[1]] == []
        assert [one for one in found if "LOADED" in one[1]] == []
        assert self.files == before
        assert self.lines == []


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "built").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "built/index.html").write_text(PAGE, "utf-8")
    (tmp_path / "notes/index.annotations.yml").write_text(SIDECAR, "utf-8")
    lines = []
    settings = read_settings(Path("built"), Path("notes"))
    server = WritingServer(BuiltPages(settings, lines.append), 0)
    thread = threading.Thread(target=server.serve)
    thread.start()
    yield Site(server, tmp_path, lines)
    server.stop()
    thread.join()


@contextmanager
def stranger(html):
    """Serve `html` at another port of this machine, and give its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


FOREIGN = f"<!DOCTYPE html><title>Evil</title><body><script>{ATTACKS}</script>"


def test_a_page_at_another_port_writes_nothing_and_reads_nothing(browser, site):
    before = site.files
    context = browser.new_context()
    writer = context.new_page()
    writer.goto(f"{site.address}/#annotate={site.key}")
    with stranger(FOREIGN) as address:
        page = context.new_page()
        page.goto(address)
        found = page.evaluate(site.call())
    context.close()

    site.holds_after(found, before)


def test_a_page_in_a_frame_without_an_origin_writes_nothing_and_reads_nothing(browser, site):
    before = site.files
    inner = FOREIGN.replace(
        "</script>", f"; {site.call()}.then(found => parent.postMessage(found, '*'));</script>"
    )
    outer = (
        "<!DOCTYPE html><title>Evil</title><body><script>"
        "window.told = new Promise(done => addEventListener('message', e => done(e.data)));"
        f"</script><iframe sandbox='allow-scripts allow-forms allow-popups' srcdoc='"
        f"{escape(inner)}'></iframe>"
    )
    context = browser.new_context()
    with stranger(outer) as address:
        page = context.new_page()
        page.goto(address)
        found = page.evaluate("window.told")
    context.close()

    site.holds_after(found, before)


def test_a_name_that_is_made_to_lead_here_writes_nothing_and_reads_nothing(browser, site):
    before = site.files
    rebinding = browser.browser_type.launch(
        executable_path=shutil.which(os.environ.get("CHROMIUM") or "chromium"),
        args=["--no-sandbox", f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1"],
    )
    address = f"http://{REBOUND}:{site.port}"
    page = rebinding.new_page()
    # What was loaded before the name led here.
    page.route(
        f"{address}/evil", lambda route: route.fulfill(body=FOREIGN, content_type="text/html")
    )
    page.goto(f"{address}/evil")
    found = page.evaluate(site.call(address))
    shown = page.goto(f"{address}/").status
    rebinding.close()

    site.holds_after(found, before)
    assert shown == 421


def test_the_page_itself_can_do_what_the_others_tried(browser, site):
    """Without this all of the above could pass by a mistake in the attacks."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.address}/#annotate={site.key}")
    page.evaluate(ATTACKS)
    found = page.evaluate(site.call())
    context.close()

    assert any("SECRET" in one for _, one in found)
    assert "FORGED" in (site.folder / "notes/index.annotations.yml").read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("framed", [False, True])
def test_neither_does_one_in_firefox(site, framed):
    assert not missing("firefox"), "install firefox-esr"
    before = site.files
    with firefox() as window, stranger(FOREIGN) as address:
        window.open(address, 1000)
        if framed:
            inner = json.dumps(
                FOREIGN.replace(
                    "</script>",
                    f"; {site.call()}.then(found => parent.postMessage(found, '*'));</script>",
                )
            )
            found = window.run(
                "new Promise(done => { addEventListener('message', event => done(event.data));"
                "const frame = document.createElement('iframe');"
                "frame.sandbox = 'allow-scripts allow-forms';"
                f"frame.srcdoc = {inner}; document.body.append(frame); }})"
            )
        else:
            found = window.run(site.call())

    site.holds_after(found, before)
