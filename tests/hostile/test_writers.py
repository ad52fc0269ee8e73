"""Whatever a disk or somebody else does while a command writes: the old files stay whole."""

import errno
import os
import shutil

import pytest
from drivers.kills import COMMANDS, drawn, run, texts


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    drawn(folder)
    monkeypatch.chdir(folder)
    return folder


def fails(command, before, folder, reason):
    """Run a command that can't write: it says why in a line, and changes nothing."""
    code, told = run(*command)

    assert code in (1, 2), told
    assert reason in told
    assert "Traceback" not in told
    now = texts(folder)
    assert {name: now.get(name) for name in before} == before
    # A folder may have been made; no file, and nothing half-written.
    assert now.keys() == before.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_full_disk_leaves_every_file_as_it_was(site, monkeypatch, name):
    before = texts(site)

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    fails(COMMANDS[name], before, site, "No space left on device")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_read_only_disk_leaves_every_file_as_it_was(site, monkeypatch, name):
    before = texts(site)
    opened, made = os.open, os.mkdir

    def refuse(path, flags, *rest, **named):
        if flags & os.O_CREAT and str(site) in str(os.path.join(os.getcwd(), path)):  # noqa: PTH109, PTH118
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, flags, *rest, **named)

    def refuse_folder(path, *rest, **named):
        if str(site) in str(path) or not os.path.isabs(path):  # noqa: PTH117
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return made(path, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "mkdir", refuse_folder)

    fails(COMMANDS[name], before, site, "Read-only file system")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("add to a file", "docs/mill.annotations.yml"),
        ("fix", "docs/index.annotations.yml"),
        ("import", "docs/index.annotations.yml"),
        ("mv", "docs/town.md"),
        ("pin", "docs/index.annotations.yml"),
        ("add", "docs/town.annotations.yml"),
        ("new", "docs/town.annotations.yml"),
    ],
)
def test_what_an_editor_saves_meanwhile_is_not_overwritten(site, monkeypatch, name, file):
    sync, path, seen = os.fsync, site / file, []

    def meanwhile(handle):
        # At the last moment: the new text is written, and about to take the place of the old.
        if not seen and file.rpartition("/")[2] in os.readlink(f"/proc/self/fd/{handle}"):  # noqa: PTH115
            seen.append(True)
            path.write_text("what the editor saved\n", "utf-8")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)

    code, told = run(*COMMANDS[name])

    assert seen
    assert code in (1, 2)
    assert "changed meanwhile" in told or "there already" in told
    assert path.read_text("utf-8") == "what the editor saved\n"
    assert not [name for name in texts(site) if name.endswith(".tmp")]


def test_a_device_that_is_full_is_told(site):
    code, told = run("export", "--format", "csl", "--output", "/dev/full")

    assert code == 2
    assert "/dev/full can't be written: No space left on device" in told


def test_a_folder_that_is_gone_while_a_command_runs_is_told(site, monkeypatch):
    sync = os.fsync

    def gone(handle):
        shutil.rmtree(site / "docs", ignore_errors=True)
        sync(handle)

    monkeypatch.setattr(os, "fsync", gone)

    code, told = run(*COMMANDS["add to a file"])

    assert code == 2
    assert "Traceback" not in told
    assert told.count("\n") == 1
