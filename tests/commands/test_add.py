from datetime import date

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

DRAWING = """
docs/index.md
| # Ferries
|
| The ferry will be closed in October, said the chair. Nobody had asked the crew.
|
| The ferry will be closed in winter only, said the mate: “never”.
"""


@pytest.fixture
def add(draw):
    site = draw(DRAWING)
    site.configure(site.config)

    def run(*arguments):
        result = CliRunner().invoke(main, ["add", "docs/index.md", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        path = site.root / "docs/index.annotations.yml"
        return result, path.read_text() if path.exists() else ""

    return run


def test_an_annotation_is_added_and_the_sidecar_is_made(add):
    result, text = add("asked the crew", "--note", "All *nine*.")

    assert result.exit_code == 0
    assert text == "annotations:\n  - quote: asked the crew\n    note: All *nine*.\n"


def test_further_ones_are_appended(add):
    add("asked the crew", "--kind", "unattributed")
    result, text = add("never", "--kind", "opinion", "--speaker", "the mate")

    assert result.output == "docs/index.annotations.yml: added “never”\n"
    assert text.endswith("  - quote: never\n    kind: opinion\n    speaker: the mate\n")
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_words_that_stand_twice_are_listed_to_choose_from(add):
    result, text = add("will be closed", "--note", "x")

    assert result.exit_code == 2
    assert "“will be closed” stands 2 times; choose one with --which:" in result.stderr
    assert "The ferry [will be closed] in winter only, said the mat" in result.stderr
    assert text == ""


def test_the_chosen_place_gets_its_context(add):
    result, text = add("will be closed", "--note", "x", "--which", "2")

    assert result.exit_code == 0
    assert '    suffix: " in winter"\n' in text
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["asked the crew"], "say something about the passage"),
        (["asked the captain", "--note", "x"], "does not stand in the article"),
        (["asked the crew", "--note", "x", "--which", "7"], "choose one with --which"),
    ],
)
def test_what_cannot_be_added_is_told(add, arguments, told):
    result, text = add(*arguments)

    assert result.exit_code == 2
    assert told in result.stderr
    assert text == ""


def test_a_file_that_is_no_sidecar_is_left_alone(add, tmp_path):
    (tmp_path / "docs/index.annotations.yml").write_text("- x\n")

    result, text = add("asked the crew", "--note", "x")

    assert result.exit_code == 2
    assert text == "- x\n"


def test_places_that_no_context_tells_apart_are_counted(draw):
    words = "\n|\n| ".join(["The same words, again and again and again, all over."] * 12)
    site = draw(f"docs/index.md\n| {words}\n")
    site.configure(site.config)

    arguments = ["add", "docs/index.md", "all over", "--note", "x", "--which", "6"]
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 0
    assert "occurrence: 6 of 12" in (site.root / "docs/index.annotations.yml").read_text()


def test_only_kinds_that_the_site_has_are_added(add):
    result, _ = add("never", "--kind", "opinon")

    assert result.exit_code == 2
    assert "there is no kind `opinon`; did you mean `opinion`?" in result.output
    result, _ = add("never", "--kind", "zzz")
    assert "there is no kind `zzz`; the kinds are context, definition, " in result.output


def test_every_field_can_be_given(add):
    result, text = add(
        "asked the crew",
        *("--kind", "check", "--voice", "quoted", "--speaker", "Nell", "--technique", "irony"),
        *("--by", "NA", "--date", "2026-05-18", "--draft", "--tag", "crew", "--tag", "ferry"),
        *("--id", "crew", "--note", "All nine."),
        *("--source-title", "Minutes", "--source-url", "https://example.org/minutes"),
        *("--locator", "item 7", "--source-quote", "nobody asked"),
    )

    assert result.exit_code == 0, result.output
    assert (
        text
        == """\
annotations:
  - quote: asked the crew
    kind: check
    speaker: Nell
    voice: quoted
    technique: irony
    by: NA
    date: 2026-05-18
    id: crew
    note: All nine.
    sources:
      - title: Minutes
        url: https://example.org/minutes
        locator: item 7
        quote: nobody asked
    tags:
      - crew
      - ferry
    draft: true
"""
    )
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_a_new_source_may_get_a_key(add):
    result, text = add("never", "--source", "log", "--source-title", "The log", "--locator", "p. 3")

    assert result.exit_code == 0
    assert (
        text
        == """\
sources:
  log:
    title: The log

annotations:
  - quote: never
    sources:
      - source: log
        locator: p. 3
"""
    )
    again, _ = add("asked the crew", "--source", "log", "--source-title", "Another log")
    assert again.exit_code == 2
    assert "`log` is described already, in docs/index.annotations.yml:2:3; leave" in again.stderr


def test_several_sources_are_a_list(add, tmp_path):
    (tmp_path / "sources.yml").write_text("a: {title: A}\nb: {title: B}\n")

    _, text = add("never", "--source", "a", "--source", "b")

    assert text.endswith("    sources:\n      - a\n      - b\n")


@pytest.mark.parametrize(
    "arguments", [["-", "--note", "All *nine*."], ["asked the crew", "--note", "-"]]
)
def test_quote_or_note_come_from_standard_input(draw, arguments):
    site = draw(DRAWING)
    site.configure(site.config)
    given = "asked the\ncrew\n" if arguments[0] == "-" else "All *nine*.\n"

    result = CliRunner().invoke(main, ["add", "docs/index.md", *arguments], input=given)

    assert result.exit_code == 0, result.output
    text = (site.root / "docs/index.annotations.yml").read_text()
    assert text.endswith("    note: All *nine*.\n")


def test_a_note_is_written_in_the_editor_that_is_set(add, tmp_path, monkeypatch):
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ngrep -q "asked the crew" "$1" && echo "All *nine*." >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setenv("VISUAL", str(editor))

    result, text = add("asked the crew", "--edit")

    assert result.exit_code == 0, result.output
    assert text.endswith("    note: All *nine*.\n")


def test_an_editor_that_saves_nothing_adds_nothing(add, monkeypatch):
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("VISUAL", "true")

    result, text = add("asked the crew", "--edit")

    assert result.exit_code == 2
    assert "the editor saved nothing, and nothing is added" in result.stderr
    assert text == ""


def test_a_long_passage_is_given_by_its_last_words(add):
    result, text = add("Nobody had asked", "--through", "said the mate", "--note", "x")

    assert result.exit_code == 0, result.output
    assert "through: said the mate" in text


def test_today_is_a_date(add):
    _, text = add("never", "--note", "x", "--date", "today")

    assert f"date: {date.today().isoformat()}" in text


def test_with_a_default_kind_words_alone_are_an_annotation(add, tmp_path):
    path = tmp_path / "docs/index.annotations.yml"
    path.write_text("defaults:\n  kind: loaded-language\n")

    result, text = add("never")

    assert result.exit_code == 0
    assert text == "defaults:\n  kind: loaded-language\nannotations:\n  - quote: never\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["never", "--source", "lgo"], "no source is called `lgo`; did you mean `log`?; or"),
        (["never", "--source", "https://a.example/"], "an address has no title: write `sources:"),
        (["never", "--note", "x", "--date", "May"], "`date` can't be “May”; write a date like"),
        (["never", "--note", "x", "--id", "No!"], "`id` can't be “No!”; write `no`: an id has"),
        (["never", "--note", "x", "--voice", "loud"], "write one of `author`, `quoted`"),
        (["never", "--note", "x", "--locator", "p. 3"], "need --source or --source-title"),
        (["never", "--source-url", "https://a.example/"], "--source-url needs --source-title"),
        (["never", "--source", "a", "--source", "b", "--locator", "x"], "give one --source"),
        (["-", "--note", "-"], "only one of QUOTE and --note can come from standard input"),
        (["never", "--note", "x", "--section", "Winter"], "there is no section “Winter”"),
        (["never", "--note", "x", "--prefix", "x", "--which", "1"], "--which and --"),
        (
            ["Nobody had asked the captain", "--note", "x"],
            "nearest is “Nobody had asked the crew” (under “Ferries”)",
        ),
    ],
)
def test_what_would_be_a_problem_is_not_written(add, tmp_path, arguments, told):
    (tmp_path / "sources.yml").write_text("log: {title: The log}\n")

    result, text = add(*arguments)

    assert result.exit_code == 2
    assert told in result.stderr
    assert text == ""


def test_problems_that_are_there_already_hinder_nobody(add, tmp_path):
    path = tmp_path / "docs/index.annotations.yml"
    path.write_text("annotations:\n  - quote: crew\n    noet: x\n")

    result, text = add("never", "--note", "x")

    assert result.exit_code == 0
    assert text.endswith("\n\n  - quote: never\n    note: x\n")
