"""Addresses before and after a move."""

import pytest

from mkdocs_annotate.moving.links import Move, Unmendable, mended

MOVE = Move("guide/bridge.md", "river/old (1).md")
FILES = {"guide/bridge.md", "guide/mill.md", "index.md", "a.png"}

MENDED = {
    ("index.md", "guide/bridge.md"): "river/old%20%281%29.md",
    ("index.md", "guide/bridge.md?a#b"): "river/old%20%281%29.md?a#b",
    ("index.md", "./guide/../guide/bridge.md"): "./river/old%20%281%29.md",
    ("index.md", "guide/b%72idge.md"): "river/old%20%281%29.md",
    ("index.md", "/guide/bridge.md#x"): "/river/old%20%281%29.md#x",
    ("guide/mill.md", "./bridge.md"): "../river/old%20%281%29.md",
    ("guide/bridge.md", "bridge.md#x"): "old%20%281%29.md#x",
    ("guide/bridge.md", "mill.md"): "../guide/mill.md",
    ("guide/bridge.md", "../a.png"): "../a.png",
    ("guide/bridge.md", "..%2Fa.png"): "..%2Fa.png",
}
SAME = (
    ("index.md", "guide/mill.md"),
    ("index.md", "https://example.org/guide/bridge.md"),
    ("index.md", "//example.org/guide/bridge.md"),
    ("index.md", "mailto:guide/bridge.md"),
    ("index.md", "#guide/bridge.md"),
    ("index.md", "/guide/mill.md"),
    ("index.md", ""),
    ("index.md", "nowhere.md"),
    ("guide/bridge.md", "#here"),
)
STUCK = (
    ("index.md", "guide/bridge/"),
    ("index.md", "guide/bridge.html#x"),
    ("guide/bridge.md", "gone.md"),
    ("guide/bridge.md", "../mill/"),
)


@pytest.mark.parametrize(("article", "address"), MENDED)
def test_what_leads_to_the_article_or_goes_along_is_mended(article, address):
    assert mended(address, article, MOVE, FILES.__contains__) == MENDED[article, address]


@pytest.mark.parametrize(("article", "address"), SAME)
def test_everything_else_stays(article, address):
    assert mended(address, article, MOVE, FILES.__contains__) == address


@pytest.mark.parametrize(("article", "address"), STUCK)
def test_what_cannot_be_mended_is_told(article, address):
    with pytest.raises(Unmendable):
        mended(address, article, MOVE, FILES.__contains__)


def test_the_page_of_a_folder_is_published_at_the_folder():
    move = Move("guide/index.md", "x.md")

    with pytest.raises(Unmendable):
        mended("guide/", "index.md", move, {"index.md"}.__contains__)
    with pytest.raises(Unmendable):
        mended("../", "guide/a.md", Move("index.md", "x.md"), set().__contains__)
