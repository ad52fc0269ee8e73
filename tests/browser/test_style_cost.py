"""Annotations cost a browser little more than footnotes do."""

import pytest

from tests.browser.style_cost import filtering, styling, write_pages


@pytest.mark.long
def test_styles_of_200_notes_take_about_twice_as_long_as_those_of_footnotes(
    browser, packed, tmp_path
):
    """The figure is 2.0 to 2.1; the bound allows for a machine that is busy with much else."""
    write_pages(tmp_path, 200, packed / "mkdocs_annotate" / "assets")

    _, theirs = styling(browser, tmp_path / "footnotes.html")
    _, ours = styling(browser, tmp_path / "annotated.html")

    assert ours / theirs <= 2.6


@pytest.mark.long
def test_the_first_click_on_a_switch_of_90_notes_is_not_felt(browser, packed, tmp_path):
    """The figure is 20 to 25 ms of CPU."""
    write_pages(tmp_path, 90, packed / "mkdocs_annotate" / "assets")

    assert filtering(browser, tmp_path / "annotated.html") <= 50
