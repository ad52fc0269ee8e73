"""`fix` follows passages through git: real repositories, real conversions."""

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

ARTICLE = """# Ferries

The council met on Tuesday. The ferry will be closed in *October*, said the chair.

Nobody had asked the crew. The ferry runs in summer only, said the mate.

A last paragraph ends it here.
"""
QUOTE = "The ferry will be closed in October"


class Desk:
    """A site in a repository, with one article and its sidecar, committed."""

    def __init__(self, site, repository):
        self.site, self.repository = site, repository
        self.docs = site.root / "docs"
        (self.docs / "index.md").write_text("# Home\n", "utf-8")
        self.article = self.docs / "ferries.md"
        self.sidecar = self.docs / "ferries.annotations.yml"
        site.configure(site.config)
        self.first = ""

    def start(self, *entries, article=ARTICLE):
        self.article.write_text(article, "utf-8")
        lines = [f"  - {entry}\n    note: x\n" for entry in entries]
        self.sidecar.write_text("annotations:\n" + "".join(lines), "utf-8")
        self.first = self.repository.commit("Begin")
        return self

    def edit(self, old, new, subject=None):
        text = self.article.read_text("utf-8")
        assert old in text
        self.article.write_text(text.replace(old, new, 1), "utf-8")
        return self.repository.commit(subject) if subject else None

    def fix(self, *arguments, answers="", code=0):
        result = CliRunner().invoke(main, ["fix", *arguments], input=answers)
        assert result.exit_code == code, result.output
        return result.output

    def is_sound(self):
        return CliRunner().invoke(main, ["check"]).exit_code == 0


@pytest.fixture
def desk(draw, repository):
    return Desk(draw(""), repository)


def test_a_word_inside_was_replaced(desk):
    desk.start(f"quote: {QUOTE}")
    desk.edit("will be closed", "will be shut")

    told = desk.fix("--yes")

    assert told == (
        "docs/ferries.annotations.yml:2:12: “The ferry will be closed in October” "
        "(missing; 1 of 1)\n"
        "  1. … s The council met on Tuesday. [The ferry will be shut in October], said the chair. "
        "Nobody had a …"
        " (under “Ferries”)\n"
        f"     as in {desk.first} of 2024-11-01: "
        "The ferry will be [-closed-]{+shut+} in October\n"
        "     - quote: The ferry will be closed in October\n"
        "     + quote: The ferry will be shut in October\n"
        "docs/ferries.annotations.yml is written\n"
        "1 quote repaired, 0 of 1 without a place\n"
        "1 note is to be read again, as the passage changed: `mkdocs-annotate status` lists them\n"
    )
    assert desk.is_sound()


def test_short_quotes_that_no_search_finds_are_ported(desk):
    desk.start("quote: closed in October")
    desk.edit("closed in *October*", "closed during *October*")

    assert "[-in-]{+during+}" in desk.fix("--yes")
    assert "quote: closed during October" in desk.sidecar.read_text("utf-8")


def test_the_first_word_was_replaced_and_its_neighbours_stayed(desk):
    desk.start(f"quote: {QUOTE}")
    desk.edit("The ferry will be closed", "One ferry will be closed")

    told = desk.fix("--yes", code=1)
    assert "[-The-]{+One+} ferry will be closed in October" in told
    assert "git does not prove that this is the passage" in told
    desk.fix(answers="y\n")
    assert desk.is_sound()


def test_a_sentence_wholly_rewritten_is_shown_and_never_taken_unasked(desk):
    desk.start(f"quote: {QUOTE}")
    before = desk.sidecar.read_text("utf-8")
    desk.edit("The ferry will be closed in *October*", "No boat sails before November")

    assert "git does not prove that this is the passage" in desk.fix("--yes", code=1)
    assert desk.sidecar.read_text("utf-8") == before
    assert "[-The ferry will be closed in October-]{+No boat sails before November+}" in desk.fix(
        answers="1\n"
    )
    assert desk.is_sound()


def test_a_passage_that_moved_and_changed_is_found_there(desk):
    desk.start("quote: ferry will be closed in October")
    paragraph = "The council met on Tuesday. The ferry will be closed in *October*, said the chair."
    desk.edit(paragraph + "\n\n", "")
    desk.edit("ends it here.\n", f"ends it here.\n\n{paragraph.replace('closed', 'shut')}\n")

    assert "ferry will be [-closed-]{+shut+} in October" in desk.fix("--yes")
    assert desk.is_sound()


def test_words_that_stand_twice_by_now_get_what_tells_the_old_place(desk):
    desk.start("quote: The ferry will be closed")
    desk.edit("The ferry runs in summer only", "The ferry will be closed in winter")

    told = desk.fix("--yes")

    assert "(ambiguous; 1 of 1)" in told
    assert "the same words" in told
    assert "Tuesday" in desk.sidecar.read_text("utf-8")
    assert desk.is_sound()


def test_a_copy_right_behind_the_passage_makes_neither_the_one(desk):
    desk.start("quote: The ferry runs in summer only")
    line = "Nobody had asked the crew. The ferry runs in summer only, said the mate.\n\n"
    desk.edit(line, line + line)

    assert "git does not prove that this is the passage" in desk.fix("--yes", code=1)


def test_a_passage_that_was_deleted_is_told_with_its_commit_and_its_twin_is_left_alone(desk):
    twin = ARTICLE.replace("The ferry runs in summer only", "The ferry will be closed in winter")
    desk.start('quote: The ferry will be closed\n    prefix: "on Tuesday. "', article=twin)
    before = desk.sidecar.read_text("utf-8")
    desk.edit("# Ferries", "# All ferries", "Rename")
    removed = desk.edit(
        " The ferry will be closed in *October*, said the chair.", "", "Shorten the notice"
    )
    desk.edit("A last paragraph", "One more paragraph", "Edit")

    told = desk.fix("--yes", code=1)

    assert told.splitlines()[1] == (
        f"  removed in {removed} of 2024-11-03, “Shorten the notice”: "
        "remove the annotation, or quote another passage"
    )
    assert desk.sidecar.read_text("utf-8") == before


def test_a_passage_that_is_gone_from_the_files_alone_is_told_so(desk):
    desk.start(f"quote: {QUOTE}")
    desk.edit(" The ferry will be closed in *October*, said the chair.", "")

    assert f"  removed since {desk.first} of 2024-11-01: remove the" in desk.fix(code=1)


def test_so_is_one_that_is_gone_from_more_texts_than_are_looked_at(desk, monkeypatch):
    desk.start(f"quote: {QUOTE}")
    desk.edit(" The ferry will be closed in *October*, said the chair.", "", "Shorten")
    desk.edit("A last paragraph", "One more paragraph", "Edit")
    monkeypatch.setattr("mkdocs_annotate.editorial.git.MOST_COMMITS", 2)

    assert f"  removed since {desk.first} of 2024-11-01: remove the" in desk.fix(code=1)


def test_an_older_commit_is_looked_at_where_the_newest_have_lost_it_already(desk):
    desk.start(f"quote: {QUOTE}")
    desk.edit("will be closed", "will be shut", "First")
    desk.edit("A last paragraph", "The last paragraph", "Second")

    assert f"as in {desk.first} of 2024-11-01" in desk.fix("--yes")
    assert desk.is_sound()


def test_a_text_in_which_the_sidecar_had_no_such_quote_is_none(desk):
    desk.start("quote: A last paragraph")
    desk.edit("The ferry will be closed", "The ferry will be shut", "Shut")
    text = desk.sidecar.read_text("utf-8")
    desk.sidecar.write_text(text + "  - quote: ferry will be closed in\n    note: y\n", "utf-8")

    assert "as in" not in desk.fix("--yes", code=1)


def test_a_quote_that_is_not_committed_yet_is_ported_from_what_is_checked_out(desk):
    desk.start("quote: A last paragraph")
    text = desk.sidecar.read_text("utf-8")
    desk.sidecar.write_text(text + "  - quote: ferry will be closed in\n    note: y\n", "utf-8")
    desk.edit("will be closed", "shall be closed")

    assert "ferry [-will-]{+shall+} be closed in" in desk.fix("--yes")


def test_an_article_that_was_renamed_with_git_is_followed(desk):
    desk.start(f"quote: {QUOTE}")
    (desk.docs / "sea").mkdir()
    for name in ("ferries.md", "ferries.annotations.yml"):
        desk.repository.git("mv", f"docs/{name}", f"docs/sea/{name}")
    desk.article = desk.docs / "sea/ferries.md"
    desk.repository.commit("Move")
    desk.edit("will be closed", "will be shut", "Shut")

    assert f"as in {desk.repository.git('rev-parse', '--short', 'HEAD~1')} of" in desk.fix("--yes")
    assert desk.is_sound()


def test_so_it_is_where_it_changed_on_the_way(desk):
    desk.start(f"quote: {QUOTE}")
    for name in ("ferries.md", "ferries.annotations.yml"):
        desk.repository.git("mv", f"docs/{name}", f"docs/new-{name}")
    desk.article = desk.docs / "new-ferries.md"
    desk.edit("will be closed", "will be shut", "Move and shut")

    assert f"as in {desk.first} of" in desk.fix("--yes")


def test_a_quote_copied_from_the_source_becomes_words_of_the_page(desk):
    desk.start('quote: "closed in *October*, said the chair"')
    desk.edit("said the chair", "said the old chair")

    assert "+ quote: closed in October, said the old chair" in desk.fix("--yes")
    assert desk.is_sound()


def test_first_and_last_words_are_ported_both(desk):
    desk.start("quote: The council met\n    through: asked the crew")
    desk.edit("The council met", "The council sat")
    desk.edit("asked the crew", "asked the whole crew")

    told = desk.fix("--yes")

    assert "+ quote: The council sat" in told
    assert "+ through: the whole crew" in told
    assert desk.is_sound()


def test_a_renamed_heading_is_named_anew(desk):
    desk.start("quote: A last paragraph\n    section: Ferries")
    desk.edit("# Ferries", "# Boats")

    told = desk.fix("--yes")

    assert "+ section: Boats" in told
    assert "quote:" not in told.partition("\n")[2]
    assert desk.is_sound()


def without_origin(desk):
    told = desk.fix("--yes", code=1)
    assert "as in" not in told
    assert "Traceback" not in told
    return told


def test_an_article_outside_git_is_searched_as_ever(desk):
    desk.start("quote: closed in October")
    desk.edit("closed in", "shut during")
    shutil.rmtree(desk.site.root / ".git")

    assert "there is no passage to propose" in without_origin(desk)


def test_so_is_one_that_git_does_not_know(desk):
    desk.start("quote: closed in October")
    desk.repository.git("rm", "--cached", "--quiet", "docs/ferries.md")
    desk.repository.git("commit", "--quiet", "--amend", "--message", "Without")
    desk.edit("closed in", "shut during")

    without_origin(desk)


def test_so_it_is_where_there_is_no_git(desk, monkeypatch):
    desk.start("quote: closed in October")
    desk.edit("closed in", "closed during")
    monkeypatch.setenv("PATH", str(desk.site.root))

    without_origin(desk)


def test_so_it_is_where_git_takes_too_long(desk, monkeypatch):
    desk.start("quote: closed in October")
    desk.edit("closed in", "closed during")
    monkeypatch.setattr("mkdocs_annotate.editorial.git.SECONDS", 0)

    without_origin(desk)


def test_so_it_is_in_a_repository_without_a_commit(desk):
    desk.article.write_text(ARTICLE, "utf-8")
    desk.sidecar.write_text("annotations: [{quote: closed in May, note: x}]\n", "utf-8")

    without_origin(desk)


def test_an_old_text_that_is_no_text_is_passed_over(desk):
    desk.start("quote: closed in October")
    desk.article.write_bytes(b"\xff\xfe\x00")
    desk.repository.commit("Break")
    desk.article.write_text(ARTICLE.replace("closed in", "closed during"), "utf-8")

    assert f"as in {desk.first}" in desk.fix("--yes")


def test_an_old_text_that_a_plugin_fails_on_is_passed_over(desk, monkeypatch):
    desk.start("quote: closed in October")
    desk.edit("closed in", "closed during")
    (desk.site.root / "hook.py").write_text(
        "def on_page_markdown(markdown, page, **_):\n"
        "    assert page.file.abs_src_path is not None\n",
        "utf-8",
    )
    desk.site.configure(desk.site.config + "hooks: [hook.py]\n")

    without_origin(desk)


def test_a_shallow_clone_gives_what_it_has(desk, tmp_path, monkeypatch):
    desk.start("quote: closed in October")
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", f"file://{desk.site.root}", clone], check=True
    )
    monkeypatch.chdir(clone)
    article = clone / "docs/ferries.md"
    article.write_text(ARTICLE.replace("closed in", "closed during"), "utf-8")

    assert f"as in {desk.first}" in desk.fix("--yes")
    assert desk.is_sound()


def test_nothing_in_the_repository_is_written(desk):
    desk.start(f"quote: {QUOTE}")
    desk.edit("will be closed", "will be shut")
    before = {path: path.stat().st_mtime_ns for path in (desk.site.root / ".git").rglob("*")}

    desk.fix("--dry-run", code=1)

    after = {path: path.stat().st_mtime_ns for path in (desk.site.root / ".git").rglob("*")}
    assert after == before


def test_several_annotations_are_followed_through_the_same_texts(desk):
    desk.start("quote: closed in October", "quote: runs in summer", "quote: last paragraph ends")
    desk.edit("closed in", "closed during", "First")
    desk.edit("runs in", "runs during", "Second")
    desk.edit("last paragraph", "last line", "Third")

    assert desk.fix("--yes").count("as in") == 3
    assert desk.is_sound()


def test_a_file_that_cannot_be_written_leaves_its_quotes_as_they_were(desk, monkeypatch):
    desk.start(f"quote: {QUOTE}")
    desk.edit("will be closed", "will be shut")
    before = desk.sidecar.read_text("utf-8")
    monkeypatch.setattr("os.access", lambda *_: False)

    told = desk.fix("--yes", code=1)

    assert "ferries.annotations.yml is read-only" in told
    assert "ferries.annotations.yml is written" not in told
    assert "no quotes repaired, 1 of 1 without a place" in told
    assert desk.sidecar.read_text("utf-8") == before
