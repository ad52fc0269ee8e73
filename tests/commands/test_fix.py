import os
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.sidecar.decoding import parse_sidecar

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


def test_without_git_nothing_is_taken_unasked(fix):
    _, before = fix("--dry-run")
    result, text = fix("--yes")

    assert result.exit_code == 1
    assert text == before
    assert (
        "git does not prove that this is the passage: run without --yes to choose" in result.output
    )


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
    assert 'quote: The ferry will be closed, prefix: "crew. "' in text
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
    assert "there is no passage to propose" in result.output


def test_a_sound_site_needs_no_fix(draw):
    site = draw(SMALL.format("Words"))
    site.configure(site.config)

    result = CliRunner().invoke(main, ["fix"])

    assert (result.exit_code, result.output) == (0, "every quote has its place\n")


def test_an_article_that_is_none_is_told(fix):
    result, _ = fix("docs/none.md")

    assert result.exit_code == 2
    assert "docs/none.md is not an article of this site; the articles are in docs/" in result.stderr


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

    result = CliRunner().invoke(main, ["fix"], input="y\n")

    assert result.exit_code == 1
    assert "correct this first" in result.stderr


def test_a_file_that_cannot_be_written_is_told_once(fix, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    result, text = fix(answers="y\ny\n")

    assert result.exit_code == 1
    assert result.stderr.count("is read-only") == 1
    assert "questioned" in text
    assert "no quotes repaired, 2 of 2 without a place" in result.stderr


def test_the_first_passage_is_taken_with_y_and_help_with_a_question_mark(fix):
    result, text = fix(answers="?\nx\ny\nq\n")

    assert result.exit_code == 1
    assert result.output.count("  u  undo the last answer, and go back to it\n") == 2
    assert "asked the crew" in text
    assert "(missing; 1 of 2)" in result.output
    assert "(ambiguous; 2 of 2)" in result.output
    assert "stopped here: all answers are kept" in result.stderr
    assert "1 quote repaired, 1 of 2 without a place" in result.stderr


def test_of_equal_passages_only_a_number_takes_one(fix):
    result, text = fix(answers="y\ny\n2\n")

    assert result.exit_code == 0
    assert "which one? [1-2 n e d u q ?] y\n" in result.output
    assert result.output.count("(of equal passages only a number does)") == 1
    assert 'quote: The ferry will be closed, prefix: "crew. "' in text


def test_the_last_answer_can_be_undone_whatever_it_was(fix):
    _, before = fix("--dry-run")

    result, text = fix(answers="u\ny\nu\nd\nu\nn\nu\nq\n")
    assert (result.exit_code, text) == (1, before)
    assert "nothing was answered yet" in result.output

    result, text = fix(answers="d\n2\nu\n1\n")
    assert result.exit_code == 0
    assert "questioned" not in text
    assert "# the first" in text
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_what_was_removed_from_the_article_can_be_deleted(draw):
    site = draw(SMALL.format("gone"))
    site.configure(site.config)

    result = CliRunner().invoke(main, ["fix"], input="d\n")

    assert result.exit_code == 0
    assert result.stderr == "no quotes repaired, 1 deleted, 0 of 1 without a place\n"
    assert (site.root / SIDECAR).read_text() == ""


def test_other_words_can_be_typed_until_they_stand_there(fix):
    result, text = fix(answers="e\nno such words\ne\nNobody had asked\ny\ne\nThe ferry will\n2\n")

    assert result.exit_code == 0, result.output
    assert "“no such words” does not stand in the article" in result.output
    assert "- quote: 'Nobody had asked'" in text
    assert "quote: The ferry will" in text
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_a_dry_run_with_yes_shows_what_would_be_written(fix):
    result, _ = fix("--yes", "--dry-run")

    assert "is written" not in result.output


HARBOURS = """Amble Brixham Cromer Deal Exmouth Fowey Grimsby Hythe Ilfracombe Jarrow Kilkeel Leith
Maryport Newlyn Oban Padstow Ramsgate Seaham Tenby Whitby""".split()


def harbours(draw):
    """Draw an article of twenty paragraphs, a word of each of which was replaced."""
    was = "The wall of {} was mended in the spring by nine masons"
    now = was.replace("spring", "autumn")
    lines = [f"| {now.format(name)}, and stood.\n|" for name in HARBOURS]
    entries = [f"|   - quote: {was.format(name)}\n|     note: x" for name in HARBOURS]
    site = draw(
        "docs/index.md\n" + "\n".join(lines) + f"\n{SIDECAR}\n| annotations:\n" + "\n".join(entries)
    )
    site.configure(site.config)
    return site


def repaired(site):
    return (site.root / SIDECAR).read_text().count("autumn")


class Terminal:
    """A program at a terminal of its own."""

    def __init__(self, site, *arguments):
        self.master, slave = os.openpty()
        program = Path(sys.executable).with_name("mkdocs-annotate")
        self.process = subprocess.Popen(
            [program, *arguments], cwd=site.root, stdin=slave, stdout=slave, stderr=slave
        )
        os.close(slave)
        self.seen = ""

    def press(self, key):
        """Wait until the program asks, and press a key."""
        while not self.seen.endswith("?] "):
            self._read()
        # What is typed before the terminal waits for single keys is thrown away.
        while termios.tcgetattr(self.master)[3] & termios.ICANON:
            assert self.process.poll() is None
        self.seen = ""
        os.write(self.master, key.encode())

    def close(self):
        """Return the exit code, and all that was printed since the last key."""
        with suppress(OSError):
            while self._read():
                pass
        os.close(self.master)
        return self.process.wait(), self.seen

    def _read(self):
        part = os.read(self.master, 4096).decode("utf-8", "replace")
        self.seen += part
        return part


def test_twenty_orphans_interrupted_twice(draw):
    site = harbours(draw)

    first = CliRunner().invoke(main, ["fix"], input="y\n" * 7)
    assert first.exit_code == 1
    assert "7 quotes repaired, 13 of 20 without a place" in first.stderr
    assert repaired(site) == 7

    terminal = Terminal(site, "fix")
    for _ in range(6):
        terminal.press("y")
    terminal.press("\x03")
    code, told = terminal.close()
    assert code == 130
    assert "6 quotes repaired, 7 of 13 without a place" in told
    assert "run the command again to go on" in told
    assert "Traceback" not in told
    assert repaired(site) == 13

    last = CliRunner().invoke(main, ["fix"], input="y\n" * 7)
    assert last.exit_code == 0, last.output
    assert repaired(site) == 20
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_at_a_terminal_one_key_answers(draw):
    site = harbours(draw)
    terminal = Terminal(site, "fix")
    for key in "ynud?q":
        terminal.press(key)

    code, told = terminal.close()

    assert code == 1
    assert "1 quote repaired, 1 deleted, 18 of 20 without a place" in told


def test_what_somebody_else_writes_meanwhile_is_never_lost(draw, monkeypatch):
    site = harbours(draw)
    path = site.root / SIDECAR
    asked = []

    def answer(question):
        asked.append(question)
        if len(asked) == 3:
            path.write_text(path.read_text() + "# typed meanwhile\n")
        return "y"

    monkeypatch.setattr("mkdocs_annotate.commands.repairing.read_key", answer)

    result = CliRunner().invoke(main, ["fix"])

    assert result.exit_code == 1
    assert result.stderr.count("was changed meanwhile; run the command again") == 1
    assert "2 quotes repaired, 18 of 20 without a place" in result.stderr
    assert path.read_text().endswith("# typed meanwhile\n")
    assert repaired(site) == 2


CHANGED = """
docs/index.md
| The bridge bears {} tonnes since the spring.
docs/index.annotations.yml
| annotations:
|   - quote: The bridge bears three tonnes
|     note: A loaded van weighs *three and a half*.
"""


def change(site, old, new):
    path = site.root / "docs/index.md"
    path.write_text(path.read_text().replace(old, new))


def entry(site):
    (annotation,) = parse_sidecar((site.root / SIDECAR).read_text(), "a.yml")[0].annotations
    return annotation


def test_a_note_whose_passage_changed_is_to_be_read_again_until_it_was(draw):
    site = draw(CHANGED.format("two"))
    site.configure(site.config)
    result = CliRunner().invoke(main, ["fix"], input="y\n")
    assert result.exit_code == 0
    assert "1 note is to be read again, as the passage changed: `mkdocs-annotate" in result.stderr
    assert (entry(site).quote.exact, entry(site).reread) == (
        "The bridge bears two tonnes",
        "The bridge bears three tonnes",
    )

    # Of a passage that changed twice, the words that the note was written about.
    change(site, "two", "nine")
    assert CliRunner().invoke(main, ["fix"], input="y\n").exit_code == 0
    assert entry(site).reread == "The bridge bears three tonnes"

    checked = CliRunner().invoke(main, ["check"])
    assert checked.exit_code == 0
    assert "info: the passage changed from “The bridge bears three tonnes”" in checked.stdout
    status = CliRunner().invoke(main, ["status"]).stdout
    assert "1 note to be read again, as the passage changed:\n  docs/index.annot" in status
    assert "The bridge bears three tonnes" in site.build("serve").html()
    assert "The bridge bears three tonnes" not in site.build("build").html()

    path = site.root / SIDECAR
    path.write_text(path.read_text().replace("A loaded van", "A loaded lorry"))
    assert "to be read again" not in CliRunner().invoke(main, ["status"]).stdout
    assert "the passage changed" not in CliRunner().invoke(main, ["check"]).stdout


@pytest.mark.parametrize(
    "sidecar",
    [
        "{quote: The bridge bears three tonnes, kind: opinion}",
        '{quote: bears two tonnes, prefix: "The ferry ", note: x}',
    ],
    ids=["there is no note", "the words are the same"],
)
def test_nothing_is_to_be_read_again_where(draw, sidecar):
    site = draw(CHANGED.format("two"))
    site.configure(site.config)
    (site.root / SIDECAR).write_text(f"annotations: [{sidecar}]\n")

    assert CliRunner().invoke(main, ["fix"], input="y\n").exit_code == 0

    assert "reread" not in (site.root / SIDECAR).read_text()


def test_what_is_undone_is_not_to_be_read_again(draw):
    site = draw(CHANGED.format("two"))
    site.configure(site.config)
    site.write("docs/more.md\n| Words.\n")
    site.write("docs/more.annotations.yml\n| annotations: [{quote: lost, note: x}]\n")

    result = CliRunner().invoke(main, ["fix"], input="y\nu\nn\nq\n")

    assert entry(site).reread == ""
    assert "to be read again" not in result.stderr
