"""Whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_annotate.files import writing
from mkdocs_annotate.files.writing import (
    NotWritten,
    make_folder,
    replace_file,
    sweep,
    write_if_unchanged,
)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_with_its_mode_and_its_line_ends(tmp_path):
    path = tmp_path / "a.annotations.yml"
    path.write_bytes(b"a: 1\r\n")
    path.chmod(0o640)

    write_if_unchanged(path, "a: 2\r\n", "a: 1\r\n")

    assert path.read_bytes() == b"a: 2\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["a.annotations.yml"]


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path):
    target = tmp_path / "real.annotations.yml"
    target.write_text("old")
    link = tmp_path / "a.annotations.yml"
    link.symlink_to(target)

    write_if_unchanged(link, "new", "old")

    assert link.is_symlink()
    assert target.read_text() == "new"


def test_the_same_text_is_not_written(tmp_path):
    path = tmp_path / "a.annotations.yml"
    path.write_text("same")
    before = path.stat().st_ino

    write_if_unchanged(path, "same", "same")

    assert path.stat().st_ino == before


def test_a_file_changed_meanwhile_is_left_alone(tmp_path):
    path = tmp_path / "a.annotations.yml"
    path.write_text("theirs")

    with pytest.raises(NotWritten, match="was changed meanwhile"):
        write_if_unchanged(path, "mine", "old")

    assert path.read_text() == "theirs"


def test_a_new_file_never_overwrites(tmp_path):
    path = tmp_path / "a.annotations.yml"
    write_if_unchanged(path, "first", None)

    with pytest.raises(NotWritten, match="is there already"):
        write_if_unchanged(path, "second", None)

    assert path.read_text() == "first"


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(NotWritten, match="can't be read any more"):
        write_if_unchanged(tmp_path / "a.annotations.yml", "x", "y")


def test_a_read_only_file_is_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "a.annotations.yml"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(NotWritten, match="is read-only"):
        write_if_unchanged(path, "new", "old")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.annotations.yml"
    path.write_text("old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(NotWritten, match="No space left on device"):
        write_if_unchanged(path, "new", "old")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.annotations.yml"]


def test_a_change_between_the_two_looks_is_noticed(tmp_path, monkeypatch):
    path = tmp_path / "a.annotations.yml"
    path.write_text("old")
    sync = os.fsync

    def meanwhile(handle):
        path.write_text("theirs")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)

    with pytest.raises(NotWritten, match="was changed meanwhile"):
        write_if_unchanged(path, "mine", "old")
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["a.annotations.yml"]


def test_killed_at_any_moment_the_old_text_is_there_or_the_new_one(tmp_path):
    path = tmp_path / "a.annotations.yml"
    old, new = "o" * 400_000, "n" * 400_000
    code = (
        "import sys, pathlib\n"
        "from mkdocs_annotate.files.writing import write_if_unchanged\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "print('go', flush=True)\n"
        "while True:\n"
        "    write_if_unchanged(path, 'n' * 400_000, path.read_text())\n"
        "    write_if_unchanged(path, 'o' * 400_000, path.read_text())\n"
    )
    for delay in range(8):
        path.write_text(old)
        process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
        process.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=0.01 + 0.007 * delay)
        process.kill()
        process.communicate()

        assert path.read_text() in (old, new)


def test_two_processes_at_once_lose_no_edit(tmp_path):
    path = tmp_path / "a.annotations.yml"
    path.write_text("")
    code = (
        "import sys, pathlib\n"
        "from mkdocs_annotate.files.writing import NotWritten, write_if_unchanged\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "for number in range(60):\n"
        "    while True:\n"
        "        before = path.read_text()\n"
        "        try:\n"
        "            write_if_unchanged(path, f'{before}{sys.argv[2]} {number}\\n', before)\n"
        "            break\n"
        "        except NotWritten as error:\n"
        "            assert 'changed meanwhile' in str(error), error\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path), name], stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for process in processes:
        _, told = process.communicate()
        assert process.returncode == 0, told.decode()

    lines = path.read_text().splitlines()
    assert sorted(lines) == sorted(f"{name} {n}" for name in ("one", "two") for n in range(60))
    assert names(tmp_path) == ["a.annotations.yml"]


def test_a_folder_that_somebody_keeps_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a.annotations.yml"
    path.write_text("old")
    monkeypatch.setattr(writing, "PATIENCE", 0.05)

    with (
        writing.folder_lock(tmp_path),
        pytest.raises(NotWritten, match="another program is writing in"),
    ):
        write_if_unchanged(path, "new", "old")


def test_a_new_file_in_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NotWritten, match="can't be written: No such file"):
        write_if_unchanged(tmp_path / "none" / "a.annotations.yml", "x", None)


def test_what_a_killed_writer_left_goes_with_the_next_write(tmp_path):
    left = [tmp_path / ".a.yml.annotate-0123abcd.tmp", tmp_path / ".x y.annotate-ffffffff.tmp"]
    theirs = [tmp_path / ".a.yml.tmp", tmp_path / "a.annotate-0123abcd.tmp", tmp_path / ".b.swp"]
    for file in left + theirs:
        file.write_text("half")

    write_if_unchanged(tmp_path / "b.annotations.yml", "new", None)

    assert names(tmp_path) == sorted([*(file.name for file in theirs), "b.annotations.yml"])


def test_the_temporary_file_of_a_writer_at_work_stays(tmp_path):
    (tmp_path / ".a.annotate-01234567.tmp").write_text("half")
    with writing.folder_lock(tmp_path):
        sweep(tmp_path)

    assert names(tmp_path) == [".a.annotate-01234567.tmp"]
    sweep(tmp_path)
    assert names(tmp_path) == []


def test_where_folders_cannot_be_locked_only_old_temporary_files_go(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(writing.fcntl, "flock", refuse)
    new, old = tmp_path / ".a.annotate-01234567.tmp", tmp_path / ".b.annotate-01234567.tmp"
    for file in (new, old):
        file.write_text("half")
    os.utime(old, (0, 0))

    sweep(tmp_path)

    assert names(tmp_path) == [new.name]


def test_folders_below_are_swept_where_that_is_asked(tmp_path):
    file = tmp_path / "a" / "b" / ".c.annotate-01234567.tmp"
    file.parent.mkdir(parents=True)
    file.write_text("half")

    sweep(tmp_path)
    assert file.exists()
    sweep(tmp_path, below=True)
    assert not file.exists()


def test_a_file_is_replaced_whatever_it_holds_and_folders_are_made(tmp_path):
    path = tmp_path / "a" / "b.json"

    for data in (b"first", b"\xff\x00second"):
        replace_file(path, data)
        assert path.read_bytes() == data
    assert names(path.parent) == ["b.json"]


def test_a_full_disk_leaves_what_was_to_be_replaced(tmp_path, monkeypatch):
    path = tmp_path / "b.json"
    path.write_text("old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(NotWritten, match="No space left on device"):
        replace_file(path, b"new")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["b.json"]


def test_a_read_only_file_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "b.json"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(NotWritten, match="is read-only"):
        replace_file(path, b"new")


def test_a_device_is_written_to_as_it_is():
    replace_file(Path(os.devnull), b"gone")

    with pytest.raises(NotWritten, match="can't be written"):
        replace_file(Path("/"), b"x")


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "a").write_text("a file")

    with pytest.raises(NotWritten, match="can't be made"):
        make_folder(tmp_path / "a" / "b")
    with pytest.raises(NotWritten, match="can't be written"):
        replace_file(tmp_path / "a" / "b" / "c.json", b"x")


def test_a_long_name_is_written_all_the_same(tmp_path):
    path = tmp_path / ("ü" * 120 + ".json")

    replace_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert len(names(tmp_path)) == 1


def test_a_name_cannot_forge_a_line_of_the_message(tmp_path):
    with pytest.raises(NotWritten) as raised:
        write_if_unchanged(tmp_path / "a\n::error::.annotations.yml", "x", "y")

    assert "\n" not in str(raised.value)
