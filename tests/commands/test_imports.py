from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.sidecar.decoding import parse_sidecar

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

    first, placed, orphan = result.stdout.splitlines()
    sidecar = "docs/bridge.annotations.yml"
    assert first == f"{sidecar}: 2 annotations added from export.json (hypothesis)"
    assert placed == f"{sidecar}:2:12: “a risk” has its place"
    assert orphan.startswith(f"{sidecar}:13:13: “the old bridge” stands in the article")
    assert orphan.endswith("[orphan]")
    skipped = run(CASES / "hypothesis-api.json").stdout.splitlines()[-6:]
    assert skipped[0] == "skipped 1: a reply"


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
    assert "skipped 4: already in the sidecar" in result.stdout


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
    "latin.json": (b'[\n"\xe9"]', "latin.json: line 2 is no UTF-8"),
    "cut.json": (b'{"rows": [', "cut.json: the file is no JSON: line 1, column 11"),
    "other.json": (b'{"a": 1}', "other.json: the file is none of"),
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
        (b"annotations: [\n", "mend this first"),
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
    from mkdocs_annotate.commands import imports
    from mkdocs_annotate.sidecar.writing import NotWritten

    def refuse(*_):
        raise NotWritten("it is read-only")

    monkeypatch.setattr(imports, "write_sidecar", refuse)

    assert "it is read-only" in run(CASES / "review.yaml").stderr
