"""All files or none."""

import pytest

from mkdocs_annotate.files.journal import NotDone, write_all


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
