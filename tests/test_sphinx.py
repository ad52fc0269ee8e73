"""The Sphinx extension: real builds of a drawn project."""

import re
from pathlib import Path

import pytest

CONF = """
project = "Drawn"
extensions = ["myst_parser", "mkdocs_annotate.sphinx"]
"""
PROJECT = """
index.rst
| The harbour
| ===========
|
| It voted *nine* to six.
|
| .. toctree::
|
|    guide/start
guide/start.md
| # Start
|
| Half of **the berths** will stand [empty](../index).
index.annotations.yml
| annotations:
|   - quote: nine to six
|     note: A note, see [the start](guide/start.md).
guide/start.annotations.yml
| annotations:
|   - quote: '**the berths** will'
|     note: A note.
"""


@pytest.fixture
def project(draw):
    site = draw(PROJECT)
    configure()
    return site


def configure(more=""):
    Path("conf.py").write_text(CONF + more, "utf-8")


def build(project, builder="html", *more, code=0):
    done = project.run("sphinx-build", "-b", builder, *more, ".", f"_build/{builder}")
    assert done.returncode == code, done.stdout + done.stderr
    return done


def html(path):
    return Path("_build", path).read_text("utf-8")


def marked(path):
    found = re.findall(r'<span class="ann-m [^>]* data-ann="([^"]*)"', html(path))
    return list(dict.fromkeys(found))


def test_pages_are_annotated_with_all_that_they_need_and_sidecars_are_not_published(project):
    build(project, "html", "-W")

    assert marked("html/index.html") == ["nine-to-six"]
    assert marked("html/guide/start.html") == ["the-berths-will"]
    assert 'href="guide/start.html">the start</a>' in html("html/index.html")
    for address in re.findall(r'="([^"]*annotate\.(?:css|js))"', html("html/guide/start.html")):
        assert Path("_build/html/guide", address).is_file()
    assert list(Path("_build").rglob("*.annotations.yml")) == []
    before, _, _ = html("html/index.html").partition('<section class="ann-panel"')
    assert re.search(r"</h1>\s*<!--ann-->$", before)


@pytest.mark.long
def test_folders_for_pages_are_as_good(project):
    build(project, "dirhtml", "-W")

    assert marked("dirhtml/guide/start/index.html") == ["the-berths-will"]
    assert 'href="guide/start/">the start</a>' in html("dirhtml/index.html")


def test_a_changed_sidecar_is_noticed_where_no_document_has_changed(project):
    build(project)
    before = html("html/guide/start.html")

    project.write("index.annotations.yml\n| annotations:\n|   - quote: It voted\n|     note: x\n")
    build(project, "html", "-W")
    assert marked("html/index.html") == ["it-voted"]
    assert html("html/guide/start.html") == before

    Path("index.annotations.yml").unlink()
    build(project, "html", "-W")
    assert "ann-" not in html("html/index.html")


@pytest.mark.long
def test_a_changed_document_keeps_the_annotations_of_all_pages(project):
    build(project)
    text = Path("guide/start.md").read_text("utf-8")
    Path("guide/start.md").write_text(text + "\nMore.\n", "utf-8")

    build(project, "html", "-W", "-j", "2")

    assert "More." in html("html/guide/start.html")
    assert marked("html/guide/start.html") == ["the-berths-will"]
    assert marked("html/index.html") == ["nine-to-six"]


def test_each_problem_is_a_warning_with_its_place_that_w_makes_an_error(project):
    project.write(
        "index.annotations.yml\n| annotations:\n|   - quote: nine to seven\n|     note: x\n"
    )

    done = build(project)
    assert (
        "index.annotations.yml:2: WARNING: column 12: “nine to seven” does not stand in the article"
    ) in done.stderr
    assert "[annotate.orphan]" in done.stderr

    build(project, "html", "-W", code=1)
    configure('suppress_warnings = ["annotate.orphan"]\n')
    build(project, "html", "-W")


@pytest.mark.long
def test_options_stand_in_conf_and_mistakes_in_them_are_told(project):
    configure('annotate_options = {"panel": False, "magrin": "wide"}\nannotate_article = ".body"\n')

    done = build(project)

    assert "ann-panel" not in html("html/index.html")
    assert "conf.py:1: WARNING: there is no option `magrin`; did you mean `margin`?" in done.stderr


@pytest.mark.long
def test_sidecars_may_lie_in_a_folder_of_their_own(project):
    Path("notes/guide").mkdir(parents=True)
    for name in ("index.annotations.yml", "guide/start.annotations.yml"):
        Path(name).rename(Path("notes", name))
    configure('annotate_sidecars = "notes"\n')
    assert "**the berths** will” has signs of Markdown" in build(project).stderr

    configure('annotate_sidecars = "none"\n')
    assert "annotate_sidecars names no folder" in build(project, code=2).stderr


@pytest.mark.long
def test_indexes_and_exports_are_made_of_all_pages(project):
    text = ":orphan:\n\nAll\n===\n\n.. raw:: html\n\n   <!-- annotate: kinds -->\n"
    Path("all.rst").write_text(text, "utf-8")
    configure('annotate_options = {"exports": True}\nhtml_baseurl = "https://example.org/"\n')

    build(project, "html", "-W")

    assert 'href="guide/start.html#ann-the-berths-will"' in html("html/all.html")
    assert "https://example.org/guide/start.html" in html("html/guide/start.annotations.jsonld")


@pytest.mark.long
def test_other_builders_are_left_alone(project):
    build(project, "text", "-W")

    assert "nine" in html("text/index.txt")


def test_commands_work_on_the_built_pages(project):
    build(project)
    Path("annotate.yml").write_text("site: _build/html\nsidecars: .\n", "utf-8")

    done = project.run("mkdocs-annotate", "check")

    assert done.stderr == "2 annotations in 2 articles: no problems\n"
