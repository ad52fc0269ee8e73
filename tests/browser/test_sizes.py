"""What each reader of a page must load is bounded."""

import gzip

import pytest

from mkdocs_annotate.hosts.package_assets import asset_path


@pytest.mark.parametrize(("name", "ceiling"), [("annotate.css", 7_168), ("annotate.js", 5_120)])
def test_what_is_loaded_stays_small(name, ceiling):
    assert len(gzip.compress(asset_path(name).read_bytes(), 9)) <= ceiling
