"""A built site that is served so that its pages can be written: what is shown, and what is not."""

import json
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from mkdocs_annotate.any_html.settings import read_settings
from mkdocs_annotate.any_html.writing import BuiltPages, WritingServer

PAGE = """<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>T</title></head>
<body><nav>the vote</nav><main><h1>Town</h1><p>It was the vote of nine.</p></main></body></html>"""
ARTICLE = ("<!--ann-page index.html-->", "<!--/ann-page-->")


def write(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write("built/index.html", PAGE.format(lang="en"))
    write("built/guide/start/index.html", PAGE.format(lang="de"))
    write("notes/.keep", "")


@contextmanager
def served(**given):
    lines = []
    settings = read_settings(Path("built"), Path("notes"), **given)
    server = WritingServer(BuiltPages(settings, lines.append), 0)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield Asking(server, lines)
    finally:
        server.stop()
        thread.join()


class Asking:
    def __init__(self, server, lines):
        self.lines = lines
        self.address, _, self.key = server.address.partition("#annotate=")
        self.origin = self.address[: self.address.index("/", 8)]

    def get(self, path, **headers):
        request = urllib.request.Request(self.origin + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), answer
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), error

    def html(self, path):
        status, text, _ = self.get(path)
        assert status == 200
        return text

    def ask(self, page, do, **what):
        headers = {
            "Content-Type": "application/json",
            "Origin": self.origin,
            "X-Annotate-Token": self.key,
        }
        data = json.dumps({"page": page, "do": do, **what}).encode()
        request = urllib.request.Request(f"{self.origin}/.annotate/write", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return json.load(error)

    def add(self, page, words, note="N."):
        state = self.ask(page, "state")
        selection = {"text": words, "before": "", "after": ""}
        fields = {"note": note, "by": ""}
        return self.ask(page, "add", hash=state["hash"], selection=selection, fields=fields)


def test_an_annotation_is_written_shown_and_undone_and_the_site_stays_as_it_is():
    before = Path("built/index.html").read_bytes()
    with served() as here:
        assert "annotate-writing.js" in here.html("/")
        told = here.add("index.html", "vote of nine", "By *nine*.")

        assert (
            Path("notes/index.annotations.yml")
            .read_text("utf-8")
            .startswith("annotations:\n  - quote: vote of nine\n    note: By *nine*.\n")
        )
        shown = here.html("/")
        assert f"{ARTICLE[0]}{told['article']}{ARTICLE[1]}" in shown
        assert "By <em>nine</em>." in shown

        here.ask("index.html", "undo", hash=told["hash"])
        assert not Path("notes/index.annotations.yml").exists()
        assert "ann-m" not in here.html("/").partition(ARTICLE[0])[2].partition("annotate-w")[0]

    assert Path("built/index.html").read_bytes() == before
    assert [line.partition(": ")[2] for line in here.lines] == ["add", "undo"]


def test_undo_leaves_a_file_that_was_there_before_and_was_empty():
    write("notes/index.annotations.yml", "")
    with served() as here:
        here.html("/")
        told = here.add("index.html", "vote of nine")
        here.ask("index.html", "undo", hash=told["hash"])

    assert Path("notes/index.annotations.yml").read_bytes() == b""


def test_pages_that_were_annotated_already_are_shown_as_their_sidecar_is_now():
    from mkdocs_annotate.any_html.rendering import render_site

    write("notes/index.annotations.yml", "annotations:\n  - quote: the vote\n    note: Old.\n")
    render_site(read_settings(Path("built"), Path("notes")))
    write("notes/index.annotations.yml", "annotations:\n  - quote: nine\n    note: New.\n")
    with served() as here:
        shown = here.html("/")

    assert "New." in shown
    assert "Old." not in shown
    assert shown.count("annotate.css") == 1


@pytest.mark.parametrize(
    ("page", "others", "sidecar"),
    [
        ("a.html", [], "a"),
        ("a/index.html", [], "a"),
        ("a/index.html", ["built/a.html"], "a/index"),
        ("a/index.html", ["notes/a/index.annotations.yml"], "a/index"),
        ("index.html", [], "index"),
    ],
)
def test_a_new_sidecar_lies_where_no_other_page_could_have_it(page, others, sidecar):
    write(f"built/{page}", PAGE.format(lang="en"))
    for other in others:
        write(other, PAGE.format(lang="en") if other.endswith("html") else "# Mine.\n")
    with served() as here:
        here.html(f"/{page.removesuffix('index.html')}")
        told = here.add(page, "vote of nine")

    assert told["file"] == f"notes/{sidecar}.annotations.yml"
    assert "vote of nine" in Path(told["file"]).read_text("utf-8")
    assert read_settings(Path("built"), Path("notes")).problems == ()


def test_the_site_lies_where_its_address_says_and_has_short_addresses():
    write("built/short.html", PAGE.format(lang="en"))
    write("built/own.css", "p {}")
    with served(site_url="https://example.org/town/") as here:
        assert here.address.endswith("/town/")
        assert here.get("/")[2].url == here.address
        assert here.get("/town/guide/start")[2].url == f"{here.address}guide/start/"
        assert "nine" in here.html("/town/short")
        assert here.get("/town/own.css")[2].headers["Content-Type"] == "text/css"
        assert ".ann-m" in here.html("/town/annotate-assets/annotate.css")
        assert "annotate-assets/annotate.js" in here.html("/town/short")
        assert here.get("/other/short")[0] == here.get("/town/nothing")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html", "/..%2fsecret.html", "/%2e%2e/secret.html", "/guide/../../secret.html",
        "/link.html", "/folder/secret.html", "/.hidden/a.html", "/.hidden.html", "//secret.html",
        "/..%5csecret.html", "/index.html%00", "/%ff", "/annotate-assets/../../secret.html",
        "/annotate-assets/annotate-writing.js", "/notes/index.annotations.yml",
    ],
)  # fmt: skip
def test_nothing_outside_of_the_site_is_shown(path):
    write("secret.html", PAGE.format(lang="en"))
    write("built/.hidden/a.html", PAGE.format(lang="en"))
    write("built/.hidden.html", PAGE.format(lang="en"))
    Path("built/link.html").symlink_to(Path("secret.html").absolute())
    Path("built/folder").symlink_to(Path().absolute())
    with served() as here:
        status, text, _ = here.get(path)

    assert status == 404
    assert "nine" not in text


@pytest.mark.parametrize(
    "name", ["", "x.html", "../secret.html", "/etc/passwd", "guide/start/index.html", "index"]
)
def test_a_page_is_one_that_was_shown_and_never_a_path(name):
    with served() as here:
        here.html("/")

        assert "no such page" in here.ask(name, "state")["error"]


def test_a_sidecar_that_leads_outside_of_its_folder_is_neither_read_nor_written():
    write("secret.yml", "annotations:\n  - quote: nine\n    note: Secret.\n")
    Path("notes/index.annotations.yml").symlink_to(Path("secret.yml").absolute())
    with served() as here:
        assert "Secret." not in here.html("/")
        assert here.ask("index.html", "state")["error"]


def test_a_page_without_a_sure_article_is_shown_as_it_is_and_the_writer_is_told_why():
    page = "<!DOCTYPE html><title>T</title><main>One</main><main>Two</main>"
    write("built/two.html", page)
    with served(article="main") as here:
        assert here.html("/two.html") == page
        here.html("/two.html")

    assert len(here.lines) == 1
    assert "`main` fits 2 elements" in here.lines[0]
    assert "[page-left-alone]" in here.lines[0]


def test_pages_in_other_encodings_are_shown_right():
    page = PAGE.replace("utf-8", "iso-8859-1").replace("nine", "née").format(lang="fr")
    write("built/latin.html", page.encode("latin-1"))
    with served() as here:
        assert "vote of née" in here.html("/latin.html")
        assert "quote: vote of née" in _written(here.add("latin.html", "vote of née"))


def _written(told):
    return Path(told["file"]).read_text("utf-8")


def test_a_page_learns_that_its_file_or_its_sidecar_has_changed():
    with served() as here:
        shown = here.html("/")
        address = shown.partition('data-changes="')[2].partition('"')[0]
        stamp = address.split("/")[2]
        timer = threading.Timer(0.5, write, ("notes/index.annotations.yml", "# Changed.\n"))
        timer.start()

        assert here.html(address) != stamp
        timer.join()
        assert here.html("/livereload/1/0") == here.html("/livereload/1/0") != stamp


def test_the_form_speaks_the_language_of_the_page():
    with served() as here:
        here.html("/guide/start/")

        assert here.ask("guide/start/index.html", "state")["words"]["note"] == "Notiz"


def test_another_name_for_this_machine_leads_nowhere():
    with served() as here:
        assert here.get("/", Host="evil.example")[0] == 421
        assert here.get("/guide/start/", Host="evil.example")[0] == 421
        assert here.get("/livereload/1/0", Host="evil.example")[0] == 421
