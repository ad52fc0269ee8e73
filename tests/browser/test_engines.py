"""Margin, small window and sheet in Firefox and in WebKit; Chromium has all other tests.

Where an engine is not installed the run says so at its end, and the other one is still tested.
"""

from pathlib import Path

import pytest

from tests.browser.engines import ENGINES, missing

MEASURES = (Path(__file__).parent / "measures.js").read_text("utf-8")


@pytest.fixture(scope="module", params=[name for name in ENGINES if not missing(name)])
def window(request, address):
    """Return a window of an engine that opens pages by their paths."""
    with ENGINES[request.param]() as window:
        yield _Pages(window, address)


class _Pages:
    def __init__(self, window, address):
        self.window = window
        self.address = address
        self.run, self.click = window.run, window.click

    def open(self, path, width):
        self.window.open(f"{self.address}/{path}", width)
        self.window.run("new Promise(done => setTimeout(done, 700))")

    def measured(self, name):
        return self.run(f"(() => {{ {MEASURES}; return measures.{name}(); }})()")


def test_notes_stand_beside_their_passages(window):
    window.open("demo/demo/harbour-column/", 1440)

    found = window.measured("margin")

    assert found["beside"] == found["notes"] == 13
    assert found["median"] <= 60
    assert found["max"] <= 250
    assert found["overlaps"] == 0
    assert window.measured("strays") == []


def test_a_note_of_the_margin_opens_at_its_passage(window):
    window.open("demo/demo/harbour-column/", 1440)
    note = "document.querySelector('.ann-k-rhetoric.ann-note')"
    before = window.run(f"{note}.offsetHeight")

    window.click(".ann-m.ann-k-rhetoric + .ann-ref a")
    window.run("new Promise(done => setTimeout(done, 500))")

    assert window.run(f"{note}.offsetHeight") > before
    assert window.measured("margin")["overlaps"] == 0
    assert window.run("document.querySelector('.ann-pop:popover-open')") is None


@pytest.mark.parametrize(("width", "position"), [(800, "absolute"), (400, "fixed")])
def test_a_click_shows_the_note_in_a_small_window_or_a_sheet(window, width, position):
    window.open("bare/", width)

    window.click('.ann-ref a[href="#ann-settled--note"]')
    window.run("new Promise(done => setTimeout(done, 500))")

    pop = "document.querySelector('.ann-pop:popover-open')"
    assert "A judgement about what counts as settled." in window.run(f"{pop}.textContent")
    assert window.run(f"getComputedStyle({pop}).position") == position
    assert window.run(f"{pop}.checkVisibility()")


@pytest.mark.parametrize("path", ["bare/arabic/", "bare/japanese/"])
def test_letters_are_shaped_as_without_us(window, path):
    window.open(path, 1440)

    found = window.measured("widths")

    assert found
    assert {words: move for words, move in found if abs(move) > 0.6} == {}


@pytest.mark.parametrize("width", [1440, 640, 460])
def test_no_reference_begins_a_line(window, width):
    for path in ("bare/japanese/", "bare/arabic/"):
        window.open(path, width)

        assert window.measured("strays") == []
