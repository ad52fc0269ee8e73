from pathlib import Path

from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

DRAWING = """
docs/index.md
| # Ferries
|
| The council met on Tuesday. The ferry will be closed in October, said the chair.
|
| Nobody had asked the crew. The ferry will be closed in winter only, said the mate.
docs/index.annotations.yml
| annotations:
|   - quote: The ferry will be closed
|     occurrence: 2 of 2
|     note: x
|   - quote: The council met   # once
|     note: y
|   - quote: said the
|     suffix: " mate"
|     note: z
|   - quote: The ferry
|     occurrence: all
|     note: z
docs/other.md
| Words.
docs/other.annotations.yaml
| annotations: []
"""


def run(draw, *arguments):
    site = draw(DRAWING)
    site.configure(site.config)
    result = CliRunner().invoke(main, ["pin", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result, (site.root / "docs/index.annotations.yml").read_text()


def test_quotes_whose_words_stand_elsewhere_too_get_their_context(draw):
    result, text = run(draw)

    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "docs/index.annotations.yml: 1 pinned"
    assert text.splitlines()[1:4] == [
        "  - quote: The ferry will be closed",
        '    prefix: "crew. "',
        "    occurrence: 1 of 1",
    ]
    assert "The council met   # once\n    note: y" in text


def test_all_quotes_are_pinned_on_request(draw):
    result, text = run(draw, "--all")

    assert "2 pinned" in result.output
    assert '  - quote: The council met   # once\n    prefix: "Ferries "\n    note: y' in text


def test_a_dry_run_writes_nothing(draw):
    result, text = run(draw, "--dry-run")

    assert result.stderr == "docs/index.annotations.yml: 1 to be pinned\n"
    assert [line for line in result.stdout.splitlines() if line[:1] in "+-"] == [
        "--- docs/index.annotations.yml",
        "+++ docs/index.annotations.yml",
        "-    occurrence: 2 of 2",
        '+    prefix: "crew. "',
        "+    occurrence: 1 of 1",
    ]
    assert "prefix" not in text


def test_a_pinned_site_is_sound_and_pinning_again_changes_nothing(draw):
    _, once = run(draw)

    assert CliRunner().invoke(main, ["pin"]).exit_code == 0
    assert Path("docs/index.annotations.yml").read_text() == once


def test_a_file_that_cannot_be_written_is_told(draw, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    result, _ = run(draw)

    assert result.exit_code == 2
    assert "is read-only" in result.stderr
