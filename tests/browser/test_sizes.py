"""What each reader of a page must load is bounded."""

import gzip

import pytest


@pytest.mark.parametrize(
    ("name", "ceiling"),
    [("annotate.css", 4.7), ("annotate.js", 3.6), ("annotate-index.css", 1.0)],
)
def test_what_is_loaded_stays_small(packed, name, ceiling):
    asset = (packed / "mkdocs_annotate" / "assets" / name).read_bytes()

    assert b"/*" not in asset
    assert len(gzip.compress(asset, 9)) <= ceiling * 1024


def test_pages_load_what_the_wheel_carries(packed, address, reader):
    page = reader().open("bare/")
    for name in ("annotate.css", "annotate.js"):
        loaded = page.request.get(f"{address}/bare/assets/annotate/{name}")
        assert loaded.body() == (packed / "mkdocs_annotate" / "assets" / name).read_bytes()
