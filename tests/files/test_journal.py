"""What a command that was killed had written, told by the next one."""

import json
import os
import subprocess
import sys

import pytest

from mkdocs_annotate.files.journal import interrupted, journal, moving, writing


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in "abc":
        (tmp_path / name).write_text("old")
    return tmp_path


def steps(folder):
    return [
        *(writing(folder / name, b"new", b"old") for name in "abc"),
        writing(folder / "d", b"new", None),
        moving(folder / "c", folder / "sub" / "c"),
    ]


KILLED = """
import os, sys
from pathlib import Path
from mkdocs_annotate.files.journal import journal, moving, writing
folder = Path.cwd()
made = [writing(folder / name, b"new", b"old") for name in "abc"]
made += [writing(folder / "d", b"new", None), moving(folder / "c", folder / "sub" / "c")]
with journal(folder, "mv", made):
    (folder / "a").write_text("new")
    (folder / "b").write_text("somebody else's")
    os.kill(os.getpid(), 9)
"""


def killed():
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True)
    assert done.returncode == -9, done.stderr


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_left_of_a_command_that_ended(files):
    with journal(files, "mv", steps(files)):
        assert len([name for name in names(files) if name.startswith(".annotate-writing-")]) == 1

    assert names(files) == ["a", "b", "c"]
    assert interrupted(files) == []


def test_nothing_is_left_of_a_command_that_failed(files):
    with pytest.raises(KeyError), journal(files, "mv", steps(files)):
        raise KeyError

    assert names(files) == ["a", "b", "c"]


def test_the_next_command_names_what_was_written_and_what_was_not(files):
    killed()

    (told,) = interrupted(files)

    assert told == (
        "`mv` was stopped while it wrote files; changed since: b; not moved: c → sub/c; "
        "not written: c, d; written: a. Each file is whole and nothing was undone: look at them, "
        "and run the command again"
    )
    assert interrupted(files) == []
    assert names(files) == ["a", "b", "c"]


def test_a_file_that_was_written_and_then_moved_is_known(files):
    killed()
    (files / "c").write_text("new")
    (files / "sub").mkdir()
    (files / "c").rename(files / "sub" / "c")

    (told,) = interrupted(files)

    assert "; moved: c → sub/c; " in told
    assert "; written: a, c." in told


def test_a_command_that_still_runs_is_left_alone(files):
    with journal(files, "mv", steps(files)):
        assert interrupted(files) == []
        assert len(names(files)) == 4


def test_temporary_files_beside_what_was_to_be_written_go(files):
    killed()
    (files / "sub").mkdir()
    (files / "sub" / ".c.annotate-01234567.tmp").write_text("half")

    interrupted(files)

    assert names(files / "sub") == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"command": "mv"}',
        '{"command": "mv", "steps": [1]}',
        '{"command": "mv", "steps": [{"paths": "a"}]}',
        '{"command": "mv", "steps": 7}',
        "[" * 100_000,
        json.dumps({"command": "x", "steps": []}),
    ],
    ids=range(9),
)
def test_a_journal_that_is_none_goes_without_a_word(files, content):
    (files / ".annotate-writing-01234567.json").write_text(content)

    assert interrupted(files) == []
    assert names(files) == ["a", "b", "c"]


def test_of_one_file_nothing_is_told_and_nothing_is_left(files):
    one = KILLED.replace('journal(folder, "mv", made)', 'journal(folder, "mv", made[:1])')
    done = subprocess.run([sys.executable, "-c", one], capture_output=True)
    assert done.returncode == -9, done.stderr

    assert interrupted(files) == []
    assert names(files) == ["a", "b", "c"]


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(files, monkeypatch):
    opened = os.open

    def refuse(path, *rest):
        if ".annotate-writing-" in str(path):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)

    monkeypatch.setattr(os, "open", refuse)
    done = []

    with journal(files, "mv", steps(files)):
        done.append(True)

    assert done
