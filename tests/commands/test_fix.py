import pytest
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
| # Ours
| annotations:
|   # the first
|   - quote: 'Nobody had questioned the crew. The ferry will be closed in winter only'   # why?
|     note: x
|
|   - {note: y, quote: The ferry will be closed}
|   - quote: The council met
|     note: sound
"""
SMALL = """
docs/index.md
| Words.
docs/index.annotations.yml
| annotations: [{{quote: {}, note: x}}]
"""
SIDECAR = "docs/index.annotations.yml"


@pytest.fixture
def fix(draw):
    site = draw(DRAWING)
    site.configure(site.config)

    def run(*arguments, answers=""):
        result = CliRunner().invoke(main, ["fix", *arguments], input=answers)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result, (site.root / SIDECAR).read_text()

    return run


def test_what_is_certain_is_taken_with_yes_and_the_rest_is_left(fix):
    result, text = fix("--yes")

    assert result.exit_code == 1
    assert (
        text
        == "\n".join(line[2:] for line in DRAWING.splitlines()[8:]).replace(
            "questioned the crew", "asked the crew"
        )
        + "\n"
    )
    assert "not certain enough: run without --yes to choose" in result.output


def test_a_higher_certainty_takes_less(fix):
    _, before = fix("--dry-run")
    result, text = fix("--yes", "--certainty", "0.99")

    assert result.exit_code == 1
    assert text == before


def test_a_dry_run_shows_and_writes_nothing(fix):
    result, text = fix("--dry-run")

    assert result.exit_code == 1
    assert (
        "+ quote: Nobody had asked the crew. The ferry will be closed in winter only"
        in result.output
    )
    assert "questioned" in text


def test_each_choice_is_asked_for_and_the_repaired_site_is_sound(fix):
    result, text = fix(answers="1\n2\n")

    assert result.exit_code == 0, result.output
    assert "suffix:" in text
    assert "mate." in text
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_what_is_skipped_stays(fix):
    result, text = fix("docs/index.md", answers="s\ns\n")

    assert result.exit_code == 1
    assert "questioned" in text


def test_a_passage_that_is_gone_is_told(draw):
    site = draw(SMALL.format("gone"))
    site.configure(site.config)

    result = CliRunner().invoke(main, ["fix"])

    assert result.exit_code == 1
    assert "no passage is surely the one" in result.output


def test_a_sound_site_needs_no_fix(draw):
    site = draw(SMALL.format("Words"))
    site.configure(site.config)

    result = CliRunner().invoke(main, ["fix"])

    assert (result.exit_code, result.output) == (0, "every quote has its place\n")


def test_an_article_that_is_none_is_told(fix):
    result, _ = fix("docs/none.md")

    assert result.exit_code == 2
    assert "docs/none.md is no article of this site; they lie in docs/" in result.stderr


def test_a_layout_that_cannot_be_edited_is_told_with_what_to_type(draw):
    site = draw("""
        docs/index.md
        | Nobody had asked the crew. The ferry will be closed in winter only.
        docs/index.annotations.yml
        | sources: {a: &x {title: A}}
        | annotations:
        |   - quote: Nobody had questioned the crew. The ferry will be closed in winter only
        |     note: x
    """)
    site.configure(site.config)

    result = CliRunner().invoke(main, ["fix", "--yes"])

    assert result.exit_code == 1
    assert "mend this first" in result.stderr


def test_a_file_that_cannot_be_written_is_told(fix, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    result, text = fix("--yes")

    assert result.exit_code == 1
    assert "is read-only" in result.stderr
    assert "questioned" in text
