"""Pages of a built site, their sidecars, and where links of notes lead."""

import pytest

from mkdocs_annotate.any_html.settings import SiteSettings
from mkdocs_annotate.any_html.sites import HtmlSite, address_of
from mkdocs_annotate.model.links import Link, LinkKind


@pytest.fixture
def site(draw):
    drawn = draw("""
        built/index.html
        built/b.html
        built/guide/start/index.html
        built/guide/next/index.html
        built/guide/deep/x.html
        built/img/a b.png
        built/.git/no.html
        built/annotate-assets/no.html
        notes/guide/start.annotations.yml
        notes/guide/deep/x.annotations.yml
        notes/index.annotation.yml
        notes/sources.yml
    """)
    return HtmlSite(SiteSettings(drawn.root / "built", drawn.root / "notes", drawn.root / "notes"))


def test_hidden_folders_and_our_own_have_no_pages(site):
    assert site.pages == [
        "b.html",
        "guide/deep/x.html",
        "guide/next/index.html",
        "guide/start/index.html",
        "index.html",
    ]


@pytest.mark.parametrize(
    ("page", "typed", "written"),
    [
        ("guide/start/index.html", "next/", "../next/"),
        ("guide/start/index.html", "next", "../next/"),
        ("guide/start/index.html", "next.md#a", "../next/#a"),
        ("guide/start/index.html", "next/index.html?q", "../next/index.html?q"),
        ("guide/start/index.html", "../b.html", "../../b.html"),
        ("guide/start/index.html", "../b", "../../b.html"),
        ("guide/start/index.html", "../b.rst", "../../b.html"),
        ("guide/start/index.html", "../index.md", "../../"),
        ("guide/start/index.html", "../", "../../"),
        ("guide/start/index.html", "../img/a%20b.png", "../../img/a%20b.png"),
        ("guide/start/index.html", "#x", "#x"),
        ("guide/start/index.html", "/b.html", "/b.html"),
        ("guide/start/index.html", "none.html", None),
        ("guide/start/index.html", "../../etc", None),
        ("guide/deep/x.html", "../start/", "../start/"),
        ("guide/deep/x.html", "x.html", "x.html"),
    ],
)
def test_a_link_of_a_note_leads_to_a_page_or_file_of_the_site(site, page, typed, written):
    assert site.page(page).resolve(Link(typed, LinkKind.SITE)) == written


def test_what_all_pages_share_begins_at_the_root(site):
    link = Link("b.html", LinkKind.SITE, from_root=True)

    assert site.page("guide/start/index.html").resolve(link) == "../../b.html"


def test_files_nearly_called_as_a_sidecar_are_told(site):
    assert [str(one) for one in site.problems] == [
        "notes/index.annotation.yml:1:1: a sidecar ends in `.annotations.yml`; "
        "rename it to `index.annotations.yml` [no-article]"
    ]


def test_links_are_not_followed_out_of_the_site(site, tmp_path):
    (tmp_path / "outside.html").write_text("x", "utf-8")
    (tmp_path / "built/out.html").symlink_to(tmp_path / "outside.html")
    (tmp_path / "built/in.html").symlink_to(tmp_path / "built/b.html")
    (tmp_path / "built/loop").symlink_to(tmp_path / "built")

    again = HtmlSite(site.settings)

    assert set(again.pages) - set(site.pages) == {"in.html"}


def test_the_address_of_an_index_is_that_of_its_folder():
    assert list(map(address_of, ["index.html", "a/index.html", "a/b.html"])) == [
        "",
        "a/",
        "a/b.html",
    ]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xhtml", b"x", "the page is XML"),
        ("a.html", b"\xff", "no text in UTF-8"),
        ("a.html", None, "can't be read"),
    ],
)
def test_a_page_that_is_no_html_is_told(site, name, data, says):
    if data is not None:
        (site.settings.site / name).write_bytes(data)

    read = site.read(name)

    assert read.decoded is None
    assert says in read.problem.message
