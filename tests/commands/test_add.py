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
    assert 'suffix: " in winter only, said the mate:"' in text
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
    assert "this site has no kind `opinon`; did you mean `opinion`?" in result.output
    result, _ = add("never", "--kind", "zzz")
    assert "this site has no kind `zzz`; the kinds are context, definition, " in result.output
