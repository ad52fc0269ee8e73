import json
import re
import sys
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.sidecar.decoding import parse_sidecar, parse_sources

CASES = Path(__file__).parent.parent / "exchange" / "cases"


@pytest.fixture
def site(draw):
    site = draw("docs/other.md\n| x\n")
    (site.root / "docs/bridge.md").write_bytes((CASES / "bridge.md").read_bytes())
    site.configure(site.config)
    return site.root


def run(file, *arguments):
    result = CliRunner().invoke(
        main, ["import", str(file), "--article", "docs/bridge.md", *arguments]
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("name", "exit_code"),
    [
        ("hypothesis-api.json", 0),
        ("hypothesis-client.json", 1),
        ("review.yaml", 0),
        ("web-annotations.json", 1),
        ("sources.json", 0),
    ],
)
def test_what_is_imported_reads_as_if_written_by_hand(site, name, exit_code):
    result = run(CASES / name)

    expected = (CASES / name).with_suffix(".annotations.yml").read_text("utf-8")
    assert (site / "docs/bridge.annotations.yml").read_text("utf-8") == expected
    assert result.exit_code == exit_code
    assert parse_sidecar(expected, "a.yml")[1] == []


def test_it_is_told_what_has_its_place_and_what_was_skipped(site):
    (site / "export.json").write_bytes((CASES / "hypothesis-client.json").read_bytes())
    result = run("export.json")

    first, placed, orphan, *left_out = result.stdout.splitlines()
    sidecar = "docs/bridge.annotations.yml"
    assert first == f"{sidecar}: 2 annotations added from export.json (hypothesis)"
    assert placed == f"{sidecar}:2:12: “a risk” has its place"
    assert orphan.startswith(f"{sidecar}:11:13: “the old bridge” stands in the article")
    assert orphan.endswith("[orphan]")
    assert left_out[0] == "left out 1:"
    assert left_out[1].startswith("  export.json:1:1: a sidecar has no field for `export_date`")
    lines = run(CASES / "hypothesis-api.json").stdout.splitlines()
    skipped = lines[lines.index("skipped 6:") + 1 :][:6]
    assert all(re.match(r"  .*hypothesis-api\.json:\d+:\d+: “.+”: ", line) for line in skipped)
    assert any(line.endswith(": a reply") for line in skipped)


def test_comments_and_layout_stay_and_nothing_comes_twice(site):
    path = site / "docs/bridge.annotations.yml"
    before = (
        "# Ours.\nsources:\n    survey:   {title: Survey}\n\n# The passages.\nannotations:\n"
        "# first\n-   quote: traffic   # odd\n    note: 'x'\n"
    )
    path.write_text(before, "utf-8")

    run(CASES / "web-annotations.json")
    after = path.read_text("utf-8")
    result = run(CASES / "web-annotations.json")

    kept = iter(after.splitlines())
    assert all(line in kept for line in before.splitlines())
    assert "    example-org-report-pdf:\n      title:" in after
    assert path.read_text("utf-8") == after
    assert result.stdout.count(": already in the sidecar\n") == 4


def test_a_dry_run_prints_and_writes_nothing(site):
    result = run(CASES / "review.yaml", "--dry-run")

    assert "+  - quote: built in 1794\n" in result.stdout
    assert "2 annotations would be added" in result.stdout
    assert not (site / "docs/bridge.annotations.yml").exists()


def test_what_is_imported_passes_the_check(site):
    run(CASES / "hypothesis-api.json")

    assert CliRunner().invoke(main, ["check"]).output == "3 annotations in 1 article: no problems\n"


def test_what_is_left_after_an_import_of_sources_is_to_cite_them(site):
    run(CASES / "sources.json")

    lines = CliRunner().invoke(main, ["check"]).stdout.splitlines()

    assert len(lines) == 4
    assert all(line.endswith("cite it, or remove it [source-unused]") for line in lines)


MISTAKES = {
    "gone.json": (None, "gone.json is no file"),
    "folder": ("/", "folder is no file"),
    "latin.json": (b'[\n"\xe9"]', "latin.json: line 2 is not UTF-8"),
    "cut.json": (b'{"rows": [', "cut.json: the file is not JSON: line 1, column 11"),
    "other.json": (b'{"a": 1}', "other.json: the file does not look like"),
    "anchor.yaml": (b"comments: &a []", "anchor.yaml:1:11:"),
    "large.json": (b"[" + b" " * (8 << 20), "large.json is larger than 8 MiB"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_cannot_be_imported_is_told(site, name):
    content, told = MISTAKES[name]
    if content == "/":
        (site / name).mkdir()
    elif content is not None:
        (site / name).write_bytes(content)

    result = run(name)

    assert result.exit_code == 2
    assert told in result.stderr
    assert not (site / "docs/bridge.annotations.yml").exists()


@pytest.mark.parametrize(
    ("sidecar", "told"),
    [
        (b"- x\n", "is no sidecar"),
        (b"annotations: [\n", "correct this first"),
        (b"\xff\xfea", "not-utf-8"),
        (b"#" + b"x" * ((1 << 20) - 200) + b"\n", "would be larger than 1 MiB"),
    ],
)
def test_a_sidecar_that_cannot_be_extended_is_left_alone(site, sidecar, told):
    path = site / "docs/bridge.annotations.yml"
    path.write_bytes(sidecar)

    result = run(CASES / "hypothesis-api.json")

    assert result.exit_code == 2
    assert told in result.stderr
    assert path.read_bytes() == sidecar


def test_a_sidecar_that_cannot_be_written_is_told(site, monkeypatch):
    from mkdocs_annotate.files.writing import NotWritten
    from mkdocs_annotate.sidecar import editing

    def refuse(*_):
        raise NotWritten("it is read-only")

    monkeypatch.setattr(editing, "write_if_unchanged", refuse)

    assert "it is read-only" in run(CASES / "review.yaml").stderr


BIB = """
@book{quill.1998, title={Bridges of the {C}ounty}, author={Quill, Ada and others}, year=1998}
@book{none, author={Quill, Ada}}
@online{town, title={Minutes}, url={javascript:alert(1)}}
"""
WRITTEN = """\
quill.1998:
  type: book
  title: Bridges of the County
  author:
    - Quill, Ada
    - et al.
  date: 1998

town:
  type: webpage
  title: Minutes
"""


def into(path, *files):
    result = CliRunner().invoke(main, ["import", *files, "--sources", path])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    return tmp_path


def test_a_bibliography_becomes_a_file_of_sources(folder):
    result = into("sources.yml", "refs.bib")

    assert (folder / "sources.yml").read_text("utf-8") == WRITTEN
    added, *told = result.stdout.splitlines()
    assert added == "sources.yml: 2 sources added from refs.bib (bibtex)"
    assert told[:3] == [
        "skipped 1:",
        "  refs.bib:3:1: the source `none` has no title; give it a `title`",
        "left out 1:",
    ]
    assert re.match(r'  refs\.bib:\d+:1: the address "javascript:', told[3])
    assert parse_sources(WRITTEN, "a.yml")[1] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Ours.\n", "# Ours.\n\n" + WRITTEN),
        ("a:\n  title: A # x", "a:\n  title: A # x\n" + WRITTEN.replace("\n\n", "\n")),
        ("a:\n  title: A\n\nb: {title: B}\n", "a:\n  title: A\n\nb: {title: B}\n\n" + WRITTEN),
        (
            "sources:\n  a: {title: A}\n",
            "sources:\n  a: {title: A}\n  "
            + WRITTEN.replace("\n\n", "\n").strip().replace("\n", "\n  ")
            + "\n",
        ),
    ],
)
def test_what_a_file_of_sources_says_already_stays(folder, before, after):
    (folder / "sources.yml").write_text(before, "utf-8")

    into("sources.yml", "refs.bib")

    assert (folder / "sources.yml").read_text("utf-8") == after


def test_nothing_comes_twice_into_a_file_of_sources(folder):
    into("sources.yml", "refs.bib")

    result = into("sources.yml", "refs.bib")

    assert result.stdout.startswith("sources.yml: nothing added from refs.bib")
    assert result.stdout.count(": already in the file\n") == 2
    assert (folder / "sources.yml").read_text("utf-8") == WRITTEN


def test_several_files_are_imported_together(folder):
    (folder / "refs.json").write_bytes((CASES / "sources.json").read_bytes())

    result = into("sources.yml", "refs.bib", "refs.json")

    assert result.stdout.startswith(
        "sources.yml: 6 sources added from refs.bib (bibtex), refs.json (csl)\n"
    )


@pytest.mark.parametrize("name", ["refs.bib", "new.bib", "new.json", "new"])
def test_nothing_but_yaml_is_written_into_a_file_of_sources(folder, name):
    before = sorted(folder.iterdir())
    result = into(name, "refs.bib")

    assert result.exit_code == 2
    assert result.stderr == f"Error: {name}: sources are added to YAML; name a file ….yml\n"
    assert sorted(folder.iterdir()) == before


def test_annotations_are_none_of_a_file_of_sources(folder):
    result = into("sources.yml", str(CASES / "hypothesis-client.json"))

    assert "skipped 2:\n" in result.stdout
    assert result.stdout.count(": an annotation; name its article with --article\n") == 2
    assert not (folder / "sources.yml").exists()


@pytest.mark.parametrize("text", ["[a]\n", "a: {title: x\n", "{a: {title: x}}\n"])
def test_a_file_of_sources_that_can_not_be_added_to_stays_as_it_is(folder, text):
    (folder / "sources.yml").write_text(text, "utf-8")

    result = into("sources.yml", "refs.bib")

    assert result.exit_code == 2
    assert (folder / "sources.yml").read_text("utf-8") == text


def test_a_bibliography_comes_into_a_sidecar_too(site):
    (site / "refs.bib").write_text(BIB, "utf-8")

    result = run("refs.bib", "--format", "bibtex")

    assert result.exit_code == 0
    sidecar, problems = parse_sidecar(
        (site / "docs/bridge.annotations.yml").read_text("utf-8"), "a.yml"
    )
    assert problems == []
    assert list(sidecar.sources) == ["quill.1998", "town"]


def test_without_the_parser_an_import_says_what_to_install(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "bibtexparser.entrypoint", None)

    result = into("sources.yml", "refs.bib")

    assert result.exit_code == 2
    assert 'pip install "mkdocs-annotate[bibtex]"' in result.output


@pytest.mark.parametrize("targets", [[], ["--article", "a.md", "--sources", "sources.yml"]])
def test_an_import_goes_to_one_place(folder, targets):
    result = CliRunner().invoke(main, ["import", "refs.bib", *targets])

    assert result.exit_code == 2
    assert "name either an --article, or a file of --sources" in result.output


def test_a_quote_of_our_own_page_is_imported_as_the_article_has_it(draw):
    site = draw(
        """
        docs/bridge.md
        | The bridge carries three tonnes, and nobody minds.
        docs/bridge.annotations.yml
        | annotations:
        |   - {quote: three tonnes, kind: opinion, note: x}
        |   - {quote: nobody, note: x}
        """
    )
    site.configure(site.config)
    shown = re.sub(
        "<[^>]*>", "", re.search("<p>The bridge.*?</p>", site.build().html("bridge/index.html"))[0]
    )
    shown = unescape(shown)
    assert "tonnes,\u202fopinion\xa01" in shown
    exact = shown[shown.index("three") : shown.index(" minds")]
    selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": "carries ", "suffix": ""}
    row = {
        "text": "Weighed.",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"selector": [selector]}],
    }
    (site.root / "remarks.json").write_text(json.dumps({"rows": [row]}), "utf-8")

    result = run("remarks.json")

    assert result.exit_code == 0
    assert "“three tonnes, and nobody” has its place" in result.stdout


def test_defaults_of_the_file_do_not_speak_for_what_others_wrote(site):
    path = site / "docs/bridge.annotations.yml"
    path.write_text("defaults: {by: NA, date: 2026-05-18, kind: opinion, voice: quoted}\n", "utf-8")
    note = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "So the county says."},
        "target": {
            "source": "https://example.org/",
            "selector": {"type": "TextQuoteSelector", "exact": "three tonnes"},
        },
    }
    (site / "note.json").write_text(json.dumps([note]), "utf-8")

    result = run("note.json")

    (annotation,) = parse_sidecar(path.read_text("utf-8"), "a.yml")[0].annotations
    assert (annotation.kind, annotation.voice) == ("context", "author")
    for key in ("by", "date"):
        assert f"1 without `{key}` will get that of `defaults`: write `{key}`" in result.stderr
