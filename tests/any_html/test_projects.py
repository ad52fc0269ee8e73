"""Commands on a site that another program built: its pages are the articles."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head>
<body><nav>the vote</nav><main><h1>{title}</h1><p>{text}</p></main></body></html>"""
SOURCES = "minutes:\n  title: Minutes\n  url: https://example.org/minutes\n"


def write(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "The vote was close. The vote was public. Nine to six."
    write("built/talks/index.html", PAGE.format(title="Talks", text=text))
    write("built/other.html", PAGE.format(title="Other", text="Nothing."))
    write("notes/sources.yml", SOURCES)
    write(
        "notes/talks.annotations.yml",
        """annotations:
  - quote: Nine to six
    note: A note.
    sources: minutes
  - quote: The vote
    occurrence: 1 of 2
    note: A draft.
    draft: true
""",
    )
    write("annotate.yml", "site: built\nsidecars: notes\nsources: notes/sources.yml\n")
    return tmp_path


def run(*arguments, code=0, given=None):
    done = CliRunner().invoke(main, list(arguments), input=given)
    assert done.exit_code == code, done.output
    return done


def sidecar(name="talks"):
    return Path(f"notes/{name}.annotations.yml").read_text("utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["check", "--site", "built", "--sidecars", "notes"],
        ["check", "-f", "annotate.yml"],
    ],
)
def test_check_finds_the_site_by_its_configuration_or_by_options(site, command):
    done = run(*command)

    assert done.stderr == "2 annotations in 1 article: no problems\n"


def test_check_tells_what_render_tells_and_what_is_wrong_with_the_site(site):
    write("notes/talks.annotations.yml", "annotations:\n  - quote: Nine to seven\n    note: x\n")
    write("notes/none.annotations.yml", "annotations:\n  - quote: x\n    note: x\n")

    lines = run("check", code=1).stdout.splitlines()

    assert [re.sub(r": .*(\[)", r" \1", line) for line in lines] == [
        "notes/none.annotations.yml:1:1 [no-article]",
        "notes/sources.yml:1:1 [source-unused]",
        "notes/talks.annotations.yml:2:12 [orphan]",
    ]
    assert lines[0] in run("render").stdout
    assert lines[2] in run("render").stdout


@pytest.mark.parametrize(
    "name", ["built/talks/index.html", "talks", "talks/index.html", "notes/talks.annotations.yml"]
)
def test_a_page_is_named_by_its_path_here_or_in_the_site_or_by_its_sidecar(site, name):
    assert "2 annotations in 1 article" in run("check", name).stderr


def test_a_page_that_is_not_there_is_told_with_the_nearest(site):
    assert "did you mean built/other.html?" in run("check", "built/othre.html", code=2).output


def test_pages_that_render_has_annotated_are_read_without_their_annotations(site):
    before = run("check", "--format", "json").stdout
    run("render")

    assert run("check", "--format", "json").stdout == before


def test_fix_finds_the_passage_again(site):
    write("notes/talks.annotations.yml", "annotations:\n  - quote: nine to six\n    note: x\n")

    run("fix", given="y\n")

    assert "quote: Nine to six\n" in sidecar()


def test_pin_add_new_and_status(site):
    run("pin")
    assert 'suffix: " was close' in sidecar() or "suffix:" in sidecar()

    run("add", "talks", "was public", "--note", "Indeed.")
    assert "  - quote: was public\n    note: Indeed.\n" in sidecar()

    run("new", "built/other.html")
    assert "draft: true" in sidecar("other")

    assert "1 draft" in run("status", "talks").stdout


def test_export_names_the_page_where_it_is_published(site):
    out = run("export", "--format", "web-annotation", "--base-url", "https://example.org/x").stdout
    (item,) = json.loads(out)["first"]["items"]

    assert item["target"]["source"] == "https://example.org/x/talks/"
    assert json.loads(run("export", "--format", "csl").stdout)[0]["title"] == "Minutes"


def test_import_writes_the_sidecar_of_a_page(site):
    quote = {"type": "TextQuoteSelector", "exact": "was public"}
    given = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "Indeed."},
        "target": {"source": "https://example.org", "selector": quote},
    }
    write("in.json", json.dumps(given))

    run("import", "in.json", "--article", "talks")

    assert "quote: was public" in sidecar()


def test_links_asks_for_the_sources_of_the_site(site, server):
    write("notes/sources.yml", SOURCES.replace("https://example.org/minutes", server.url("/gone")))

    done = run(
        "links",
        "--allow-private",
        "--delay",
        "0",
        "--retries",
        "0",
        "--archive-api",
        server.url("/api"),
        code=1,
    )

    assert "notes/sources.yml:3:8" in done.output or "notes/sources.yml" in done.output
    assert server.paths()[0] == "/gone"


def test_schema_has_the_kinds_of_the_site(site):
    write(
        "annotate.yml",
        "site: built\nsidecars: notes\nkinds:\n  rumour:\n    group: question\n"
        "    label: Rumour\n    definition: Nobody knows.\n    word: rumour\n",
    )

    assert '"rumour"' in run("schema").stdout


def test_mv_leaves_built_pages_to_their_builder(site):
    done = run("mv", "built/other.html", "built/x.html", code=2)

    assert "belong to the program that builds them" in done.output


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_looked_at(site):
    Path("built/other.html").write_bytes(b"\xff")
    write("notes/other.annotations.yml", "annotations:\n  - quote: x\n    note: x\n")

    done = run("check", code=1)

    assert "built/other.html:1:1: its bytes are no text in UTF-8" in done.stdout
    assert "in 1 article" in done.stderr
