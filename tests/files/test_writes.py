"""All files or none, or each by itself; what is about to be written stands in a journal."""

import pytest

from mkdocs_annotate.files.journal import Edit, NotDone, write_all, write_each


def test_what_appears_in_the_way_meanwhile_is_not_overwritten(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("mine")
    new.write_text("theirs")

    with pytest.raises(NotDone, match="new can't be made: it is there already; nothing is changed"):
        write_all([], [(old, new)], tmp_path, "mv")

    assert (old.read_text(), new.read_text()) == ("mine", "theirs")


def test_an_empty_folder_is_not_left_behind_and_no_other_is_touched(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x").write_text("")
    (tmp_path / "b/y").write_text("")

    write_all([], [(tmp_path / f / "x", tmp_path / f"c/d/{f}") for f in ("a", "b")], tmp_path, "mv")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c"]


def test_one_file_that_cannot_be_written_keeps_no_other_from_it(tmp_path):
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.write_text("old")
    paths[0].write_text("typed meanwhile")

    refused = write_each([Edit(path, "old", "new") for path in paths], tmp_path, "pin")

    assert list(refused) == [paths[0]]
    assert "was changed meanwhile" in refused[paths[0]]
    assert [path.read_text() for path in paths] == ["typed meanwhile", "new", "new"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]


def test_all_that_is_about_to_be_written_is_known_before_the_first_file_is(tmp_path, monkeypatch):
    paths = [tmp_path / name for name in "abc"]
    known = []
    for path in paths:
        path.write_text("old")

    def write(path, *_):
        (kept,) = tmp_path.glob(".annotate-writing-*.json")
        known.append([str(path) in kept.read_text() for path in paths])

    monkeypatch.setattr("mkdocs_annotate.files.journal.write_if_unchanged", write)

    # The last says what it said: so nothing is written there.
    edits = [Edit(path, "old", "new") for path in paths[:2]] + [Edit(paths[2], "old", "old")]
    write_each(edits, tmp_path, "pin")

    assert known == [[True, True, False]] * 2
