"""The command `write`: which site it serves, and how it ends."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

PAGE = "<!DOCTYPE html><title>T</title><main><h1>Town</h1><p>The vote of nine.</p></main>"


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("built").mkdir()
    Path("notes").mkdir()
    Path("built/index.html").write_text(PAGE, "utf-8")


class Running:
    """The command, from the moment on at which it answers requests."""

    def __init__(self, *arguments):
        program = Path(sys.executable).with_name("mkdocs-annotate")
        self.process = subprocess.Popen(
            [program, "write", *arguments, "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if "Ctrl+C" in line:
                break
        found = re.search(r"http://\S+(?=#annotate=)", "\n".join(self.lines))
        self.address = found.group() if found else ""

    def page(self, path=""):
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return answer.read().decode()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=30)
        self.lines += rest.splitlines()
        return self.process.returncode


def test_a_folder_of_html_is_served_until_ctrl_c():
    here = Running("built", "--sidecars", "notes")

    assert "<!--ann-page index.html-->" in here.page()
    assert here.end() == 0
    assert "Traceback" not in "\n".join(here.lines)


def test_a_configuration_names_the_site_and_its_problems_are_told():
    Path("annotate.yml").write_text("site: built\nsidecars: notes\nmargn: wide\n", "utf-8")
    Path("notes/town.annotations.yml").write_text("annotations: []\n", "utf-8")
    here = Running()
    here.end()

    told = "\n".join(here.lines)
    assert "annotate.yml:3:1: there is no option `margn`; did you mean `margin`?" in told
    assert "notes/town.annotations.yml:1:1: the site has no page town.html" in told


@pytest.mark.parametrize("urls", ["true", "false"])
def test_a_site_whose_articles_are_markdown_is_written_beside_them(draw, urls):
    site = draw(
        """
        docs/README.md
        | # Town
        |
        | The vote of nine.
        docs/guide/start.md
        | ---
        | annotations: other.annotations.yml
        | ---
        |
        | The vote of ten.
        docs/guide/other.annotations.yml
        | annotations:
        |   - quote: vote of ten
        |     note: Named.
        """,
        f"site_name: S\nuse_directory_urls: {urls}\nsite_dir: public\nplugins: [annotate]\n",
    )
    site.configure(site.config)
    assert site.run("mkdocs", "build").returncode == 0
    before = Path("public/guide/start/index.html" if urls == "true" else "public/guide/start.html")
    built = before.read_bytes()
    Path("docs/README.annotations.yml").write_text(
        "annotations:\n  - quote: of nine\n    note: By hand.\n", "utf-8"
    )
    here = Running()
    home, start = here.page(), here.page("guide/start/" if urls == "true" else "guide/start.html")
    here.end()

    assert "By hand." in home
    assert start.count("Named.") == 1
    assert start.count('annotate.css"') == 1
    assert before.read_bytes() == built


def failing(*arguments):
    done = CliRunner().invoke(main, ["write", *arguments])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    return done.output


def test_a_site_that_is_not_there_is_told_with_what_to_do():
    assert "no folder" in failing("nowhere", "--sidecars", "notes")
    assert "name the folder with SITE" in failing("--sidecars", "notes")
    assert "there is no mkdocs.yml" in failing()


def test_a_site_that_is_not_built_yet_is_told(draw):
    draw("docs/index.md\n| Words.\n").configure("site_name: S\nplugins: [annotate]\n")

    assert "the site is not built yet, there is no site; build it first" in failing()


def test_a_port_that_is_taken_is_told_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        told = failing("built", "--sidecars", "notes", "--port", port)

    assert f"nothing can listen at port {port}" in told
    assert "name another port with --port" in told
