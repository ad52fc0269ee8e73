"""One at a time, and nothing left behind."""

import os
import runpy
import sys
import threading

import pytest

from mkdocs_annotate.files import writing
from mkdocs_annotate.files.writing import Locked, folder_lock


@pytest.fixture(params=["flock", "file"], autouse=True)
def system(request, monkeypatch):
    """Run each test as on systems with `flock`, and as on those without."""
    if request.param == "file":
        monkeypatch.setattr(writing, "fcntl", None)
    elif writing.fcntl is None:
        pytest.skip("no flock here")


def test_who_comes_second_waits(tmp_path):
    told = []
    inside = threading.Event()

    def second():
        inside.wait()
        with folder_lock(tmp_path):
            told.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with folder_lock(tmp_path):
        inside.set()
        thread.join(0.1)
        told.append("first")
    thread.join()

    assert told == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


def test_who_waits_too_long_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.05)

    with folder_lock(tmp_path), pytest.raises(Locked), folder_lock(tmp_path):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_failure_inside_unlocks(tmp_path):
    with pytest.raises(ZeroDivisionError), folder_lock(tmp_path):
        raise ZeroDivisionError

    with folder_lock(tmp_path):
        pass


def test_a_folder_that_is_gone_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError, match="No such file"), folder_lock(tmp_path / "none"):
        pass


def test_where_folders_cannot_be_locked_writing_goes_on(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(9, "Bad file descriptor")

    if writing.fcntl is not None:
        monkeypatch.setattr(writing.fcntl, "flock", refused)

    with folder_lock(tmp_path):
        pass


def test_a_file_that_the_system_removes_is_left_to_it(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "fcntl", None)
    monkeypatch.setattr(os, "O_TEMPORARY", os.O_CLOEXEC, raising=False)

    with folder_lock(tmp_path):
        pass

    assert [path.name for path in tmp_path.iterdir()] == [".annotate.lock"]


def test_without_flock_the_module_is_there_all_the_same(monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)

    assert runpy.run_path(writing.__file__)["fcntl"] is None
