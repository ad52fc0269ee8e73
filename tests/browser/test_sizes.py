"""What each reader of a page must load is bounded, and works as it is packed."""

import gzip

import pytest
import rcssmin
import rjsmin
from playwright.sync_api import expect

from mkdocs_annotate.hosts.package_assets import asset_path

PACKED = {"annotate.css": rcssmin.cssmin, "annotate.js": rjsmin.jsmin}


def _answering(body, name):
    kind = "text/css" if name.endswith("css") else "text/javascript"
    return lambda route: route.fulfill(body=body, content_type=kind)


def packed(name):
    """Return an asset as wheels carry it."""
    return PACKED[name](asset_path(name).read_text("utf-8"))


@pytest.mark.parametrize(("name", "ceiling"), [("annotate.css", 4_864), ("annotate.js", 2_944)])
def test_what_is_loaded_stays_small(name, ceiling):
    assert len(gzip.compress(packed(name).encode(), 9)) <= ceiling


def test_what_is_packed_does_what_the_sources_do(reader):
    window = reader(reduced_motion="reduce")
    for name in PACKED:
        window.page.route(f"**/{name}", _answering(packed(name), name))
    page = window.open("bare/")

    note = page.locator("#ann-settled--note").bounding_box()
    reference = page.locator('.ann-ref a[href="#ann-settled--note"]').bounding_box()
    assert note["x"] > reference["x"] + reference["width"]

    page.set_viewport_size({"width": 390, "height": 900})
    page.locator('.ann-ref a[href="#ann-berths--note"]').click()
    expect(page.locator(".ann-pop:popover-open")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator('[data-ann-show="opinion"]').uncheck()
    expect(page.locator('.ann-ref a[href="#ann-settled--note"]')).to_be_hidden()
