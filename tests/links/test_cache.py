"""What was found out is kept whole, grows old, and is never mistaken for something else."""

import os
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.links import cache
from mkdocs_annotate.links.cache import (
    ArchivedCopy,
    CacheNotWritten,
    DamagedCache,
    Finding,
    ForeignFile,
    LinkCache,
    QuoteSearch,
    as_json,
    copy_key,
    day_of,
    fingerprint,
    parse_cache,
    read_cache,
    write_cache,
)
from mkdocs_annotate.links.http import Failure

TODAY = date(2026, 5, 15)
A = "https://a.example/"
FULL = LinkCache(
    {
        A: Finding(
            TODAY, 200, None, A + "x", (("00ff", QuoteSearch.FOUND), ("11ff", QuoteSearch.MISSING))
        ),
        "https://b.example/ü": Finding(TODAY, 0, Failure.TIMEOUT, "", (), True),
    },
    {
        copy_key(A, "2026-05"): ArchivedCopy(TODAY, "20260515093000"),
        copy_key(A, ""): ArchivedCopy(TODAY, "20260514080000"),
    },
)


def test_what_is_kept_is_read_again(tmp_path):
    path = tmp_path / "new" / "answers.json"

    write_cache(path, FULL)

    assert read_cache(path) == FULL
    assert [file.name for file in path.parent.iterdir()] == ["answers.json"]


def test_a_file_that_is_not_there_keeps_nothing(tmp_path):
    assert read_cache(tmp_path / "none") == LinkCache()


def test_an_empty_file_is_a_damaged_one(tmp_path):
    with pytest.raises(DamagedCache):
        parse_cache(b"")


def test_what_was_written_does_not_show_what_is_quoted():
    assert fingerprint("eleven  votes\n") == fingerprint("eleven votes") != fingerprint("seven")
    assert "eleven" not in fingerprint("eleven")


@pytest.mark.parametrize(
    ("age", "days", "known"),
    [(0, 7, True), (6, 7, True), (7, 7, False), (0, 0, False), (-1, 7, False)],
)
def test_answers_grow_old(age, days, known):
    now = TODAY + timedelta(age)

    assert (FULL.finding(A, ["00ff"], now, days) is not None) is known
    assert (FULL.copy(copy_key(A, ""), now, days) is not None) is known


def test_what_may_be_otherwise_soon_is_asked_again():
    assert FULL.finding("https://b.example/ü", [], TODAY, 7) is None


def test_so_is_a_page_in_which_not_all_quotes_were_looked_for():
    assert FULL.finding(A, ["00ff", "22ff"], TODAY, 7) is None
    dead = LinkCache({A: Finding(TODAY, 404)})
    assert dead.finding(A, ["22ff"], TODAY, 7) is not None


def damaged(text):
    return as_json(FULL).encode().replace(*text)


@pytest.mark.parametrize(
    "data",
    [
        as_json(FULL).encode()[:-40],
        damaged((b'"version": 1', b'"version": 2')),
        damaged((b'"version": 1', b'"version": []')),
        damaged((b"2026-05-15", b"yesterday")),
        damaged((b'"timeout"', b'"boredom"')),
        damaged((b'"found"', b'"lost"')),
        damaged((b'"status": 200', b'"status": [200]')),
        damaged((b'"quotes": {', b'"quotes": 7, "x": {')),
        damaged((b"20260515093000", b"2026051509300/../x")),
        damaged((b"20260515093000", b"20260230093000")),
        b'{"about": "mkdocs-annotate links", "version": 1, "found": ' + b"[" * 100_000,
        b'{"about": "mkdocs-annotate links", "version": ' + b"9" * 9_000,
        b'["mkdocs-annotate links"]',
        b'"mkdocs-annotate links \xff"',
    ],
)
def test_a_damaged_file_is_told_from_a_sound_one(data):
    with pytest.raises(DamagedCache):
        parse_cache(data)


def test_so_is_a_file_without_end(monkeypatch):
    monkeypatch.setattr(cache, "MAX_BYTES", 100)
    with pytest.raises(DamagedCache, match="too large"):
        parse_cache(as_json(FULL).encode())


def test_the_day_of_a_moment_is_written_as_sources_write_it():
    assert day_of("20260515093000") == "2026-05-15"


@pytest.mark.parametrize("data", [b"site_name: x\n", b"{}", b"\0\1", b'{"found": {}}'])
def test_what_something_else_wrote_is_not_ours(data):
    with pytest.raises(ForeignFile):
        parse_cache(data)


def test_nor_is_a_folder_or_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(ForeignFile):
            read_cache(path)


def test_nor_is_what_cannot_be_read(tmp_path, monkeypatch):
    path = tmp_path / "answers.json"
    write_cache(path, FULL)

    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(ForeignFile, match="Permission denied"):
        read_cache(path)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_stop_in_the_middle_leaves_the_old_file_whole(tmp_path, monkeypatch, error):
    path = tmp_path / "answers.json"
    write_cache(path, FULL)

    def stop(*arguments):
        raise error

    monkeypatch.setattr(type(path), "replace", stop)
    with pytest.raises(KeyboardInterrupt if error is KeyboardInterrupt else CacheNotWritten):
        write_cache(path, LinkCache())

    assert read_cache(path) == FULL
    assert [file.name for file in tmp_path.iterdir()] == ["answers.json"]


VALUES = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=5), st.just("2026-05-15")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["checked", "moment", "status", "quotes", "x"]), inner),
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=300)
@given(VALUES, VALUES)
def test_any_content_is_sound_or_refused(found, copies):
    import json

    root = {"about": "mkdocs-annotate links", "version": 1, "found": {"a": found}, "copies": copies}
    try:
        memory = parse_cache(json.dumps(root).encode())
    except DamagedCache:
        return
    assert parse_cache(as_json(memory).encode()) == memory
