"""Which pages of a preview can be written, and that nothing of it is ever built."""

import logging

import pytest
from mkdocs.commands.build import build

from mkdocs_annotate.hosts import pages_to_write
from mkdocs_annotate.hosts.mkdocs_api import load_config
from mkdocs_annotate.writing.application import WritingApplication

WRITING = "site_name: S\ntheme: {name: mkdocs}\nplugins: [annotate: {write: true}]\n"
SITE = """
    docs/index.md
    | # Title
    |
    | Some words, and more of them.
    docs/index.annotations.yml
    | annotations:
    |   - quote: Some words
    |     note: N.
    docs/plain.md
    | # No sidecar
    |
    | Other words.
"""


class Server:
    """What the plugin uses of MkDocs' server."""

    def __init__(self, host="127.0.0.1"):
        self.server_address = (host, 8000)
        self.url = f"http://{host}:8000/"
        self.app = self.inner

    def inner(self, environ, start_response):
        return []

    def get_app(self):
        return self.app

    def set_app(self, app):
        self.app = app

    def watch(self, path):
        pass


@pytest.fixture
def serve(draw):
    """Return a function that builds a preview, and what the server is made to be."""

    def served(host="127.0.0.1", config=WRITING):
        site = draw(SITE, config)
        path = site.configure(config)
        read = load_config(config_file=str(path), site_dir=str(site.root / "built"))
        read.plugins.on_startup(command="serve", dirty=False)
        build(read)
        server = Server(host)
        read.plugins.on_serve(server, config=read, builder=None)
        return server, site, read.plugins["annotate"].writing

    return served


def test_nothing_of_writing_is_ever_built(draw):
    built = draw(SITE, WRITING).build()

    for path in built.published():
        data = (built.folder / path).read_bytes()
        assert not any(one in data for one in (b"ann-page", b"annotate-writing", b".annotate/"))
        assert "writing" not in path


def test_every_page_of_a_preview_can_be_written_with_and_without_a_sidecar(serve):
    server, site, pages = serve()

    assert isinstance(server.app, WritingApplication)
    assert pages.page("index.md").sidecar == site.root / "docs" / "index.annotations.yml"
    assert pages.page("plain.md").sidecar == site.root / "docs" / "plain.annotations.yml"


@pytest.mark.parametrize(
    "name", ["", "x.md", "../index.md", "/etc/passwd", "index.annotations.yml", "./index.md"]
)
def test_a_page_is_a_name_of_the_last_build_and_never_a_path(serve, name):
    _, _, pages = serve()

    assert pages.page(name) is None


def test_a_page_is_shown_as_its_sidecar_is_now(serve):
    _, site, pages = serve()
    html = (site.root / "built" / "index.html").read_text("utf-8")
    (site.root / "docs" / "index.annotations.yml").write_text(
        "annotations:\n  - quote: more of them\n    note: New.\n", "utf-8"
    )

    shown = pages.shown(pages.name_of("/", html), html)

    assert 'id="ann-more-of-them"' in shown
    assert 'id="ann-some-words"' not in shown


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "myhost"])
def test_nothing_can_be_written_where_others_could_reach_the_server(serve, caplog, host):
    with caplog.at_level(logging.WARNING, "mkdocs"):
        server, _, _ = serve(host)

    assert server.app == server.inner
    assert "writing in the page is off" in caplog.text


@pytest.mark.parametrize(
    ("options", "by"),
    [
        ("", "Ada Quill"),
        (", me: NN", "NN"),
        (', me: ""', ""),
        (", people: {AQ: {name: Ada Quill}, BB: {name: Bo Bell}}", "AQ"),
        (", people: {BB: {name: Bo Bell}}", "Ada Quill"),
    ],
)
def test_who_writes_is_the_option_or_the_name_in_git(serve, monkeypatch, options, by):
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ada Quill")
    pages_to_write._user_name.cache_clear()
    _, _, pages = serve(config=WRITING.replace("true", f"true{options}"))

    assert pages.page("index.md").me == by


def test_without_the_option_the_server_stays_as_it_is(serve):
    server, _, pages = serve(config=WRITING.replace("{write: true}", "{me: NN}"))

    assert server.app == server.inner
    assert pages is None


def test_what_a_save_shows_at_once_is_what_the_next_build_shows(serve):
    _, site, pages = serve()
    html = (site.root / "built" / "index.html").read_text("utf-8")

    shown = pages.shown("index.md", html)

    assert f"<!--ann-page index.md-->{pages.article('index.md')}<!--/ann-page-->" in shown
