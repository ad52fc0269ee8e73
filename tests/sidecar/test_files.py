import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.files.paths import display_path, is_inside, shown_path
from mkdocs_annotate.files.reading import MAX_BYTES
from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.sidecar import files
from mkdocs_annotate.sidecar.files import locate, read_sidecar, sidecar_name

SOUND = b"annotations:\n  - quote: a\n    note: b\n"


@pytest.fixture
def docs(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


@pytest.fixture
def sidecar(docs) -> Path:
    return docs / "a.annotations.yml"


def told(path, *roots):
    found, problems = read_sidecar(path, roots or (path.parent,))
    assert not found.annotations
    (problem,) = problems
    return str(problem)


# ---- where


@pytest.mark.parametrize(
    ("article", "name"),
    [
        ("index.md", "index.annotations.yml"),
        ("a/b.md", "a/b.annotations.yml"),
        ("v1.2.md", "v1.2.annotations.yml"),
        ("a.markdown", "a.annotations.yml"),
    ],
)
def test_a_sidecar_is_called_like_its_article(article, name):
    assert Path(sidecar_name(article)) == Path(name)


def test_a_sidecar_lies_beside_its_article(docs, sidecar):
    assert locate(docs / "a.md", docs).path is None
    sidecar.write_bytes(SOUND)

    assert locate(docs / "a.md", docs) == files.Location(sidecar)


def test_a_folder_of_sidecars_mirrors_the_articles(docs, tmp_path):
    mirrored = tmp_path / "notes" / "b" / "a.annotations.yml"
    mirrored.parent.mkdir(parents=True)
    mirrored.write_bytes(SOUND)

    assert locate(docs / "b" / "a.md", docs, tmp_path / "notes").path == mirrored
    assert locate(docs / "a.md", docs, tmp_path / "notes").path is None


def test_of_two_sidecars_the_one_beside_the_article_is_used(docs, sidecar, tmp_path):
    other = tmp_path / "notes" / "a.annotations.yml"
    other.parent.mkdir()
    for path in (sidecar, other):
        path.write_bytes(SOUND)

    location = locate(docs / "a.md", docs, tmp_path / "notes")

    assert location.path == sidecar
    assert [str(problem) for problem in location.problems] == [
        "notes/a.annotations.yml:1:1: the article has another sidecar, docs/a.annotations.yml, and "
        "this one is not read; move its entries there, and remove it [two-sidecars]"
    ]


def test_a_folder_of_sidecars_may_be_that_of_the_articles(docs, sidecar):
    sidecar.write_bytes(SOUND)

    assert locate(docs / "a.md", docs, docs) == files.Location(sidecar)


def test_front_matter_may_name_the_sidecar(docs):
    (docs / "b.annotations.yml").write_bytes(SOUND)

    assert locate(docs / "c" / "a.md", docs, named="../b.annotations.yml").path == (
        docs / "b.annotations.yml"
    )


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (
            "b.yml",
            "docs/a.md:1:1: the file “b.yml”, named as `annotations` in the front matter, is not "
            "the name of a sidecar; call it `….annotations.yml` [bad-option]",
        ),
        (
            "b.annotations.yml",
            "docs/a.md:1:1: the file “b.annotations.yml”, named as `annotations` in the front "
            "matter, does not exist; the path begins at the article's folder, docs [bad-option]",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_told(docs, named, message):
    location = locate(docs / "a.md", docs, named=named)

    assert location.path is None
    assert [str(problem) for problem in location.problems] == [message]


def test_the_other_ending_of_yaml_is_told(docs):
    (docs / "a.annotations.yaml").write_bytes(SOUND)

    (problem,) = locate(docs / "a.md", docs).problems

    assert str(problem) == (
        "docs/a.annotations.yaml:1:1: a sidecar ends in `.annotations.yml`; rename it to "
        "`a.annotations.yml` [no-article]"
    )


# ---- reading


def test_a_sound_file_is_read(sidecar):
    sidecar.write_bytes(SOUND)

    found, problems = read_sidecar(sidecar, (sidecar.parent,))

    assert found.file == "docs/a.annotations.yml"
    assert len(found.annotations) == 1
    assert problems == []


def test_a_link_inside_the_project_is_followed(docs, sidecar):
    (docs / "b.annotations.yml").write_bytes(SOUND)
    sidecar.symlink_to("b.annotations.yml")

    assert len(read_sidecar(sidecar, (docs,))[0].annotations) == 1


@pytest.mark.parametrize("target", ["out.annotations.yml", "docs-secret/out.annotations.yml"])
def test_a_link_that_leads_outside_is_not_opened(docs, sidecar, target):
    outside = docs.parent / target
    outside.parent.mkdir(exist_ok=True)
    outside.write_bytes(SOUND)
    sidecar.symlink_to(outside)

    assert told(sidecar) == (
        "docs/a.annotations.yml:1:1: the file lies outside the folders of articles and of "
        "annotations, and is not read; put the file itself there, not a link to it [not-readable]"
    )


def test_a_link_to_another_kind_of_file_is_not_opened(docs, sidecar):
    (docs / "secrets.yml").write_bytes(SOUND)
    sidecar.symlink_to("secrets.yml")

    assert "a link to a file that is not called `….annotations.yml`" in told(sidecar)


def test_a_file_of_another_name_is_no_sidecar(docs):
    (docs / "a.yml").write_bytes(SOUND)

    assert told(docs / "a.yml") == (
        "docs/a.yml:1:1: this is not the name of a sidecar; "
        "a sidecar is called `….annotations.yml` [not-readable]"
    )


def test_a_link_to_nothing_and_a_file_that_is_gone_are_told(sidecar):
    assert "there is no file behind this name" in told(sidecar)
    sidecar.symlink_to("b.annotations.yml")

    assert "there is no file behind this name" in told(sidecar)


def test_a_link_to_itself_is_told(sidecar):
    sidecar.symlink_to(sidecar)

    assert "can't be read" in told(sidecar)


def test_a_folder_is_no_file(sidecar):
    sidecar.mkdir()

    assert "this is a folder, a pipe or a device" in told(sidecar)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_does_not_block(sidecar):
    os.mkfifo(sidecar)

    assert "this is a folder, a pipe or a device" in told(sidecar)


def test_a_file_that_may_not_be_read_is_told(sidecar, monkeypatch):
    sidecar.write_bytes(SOUND)

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refused)

    assert told(sidecar) == (
        "docs/a.annotations.yml:1:1: the file can't be read: Permission denied; check its "
        "permissions, and where it leads if it is a link [not-readable]"
    )


def test_a_disk_that_fails_is_told(sidecar, monkeypatch):
    sidecar.write_bytes(SOUND)

    def failing(*_, **__):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", failing)

    assert "the file can't be read: Input/output error; try it again" in told(sidecar)


def test_a_file_has_a_limit(sidecar):
    sidecar.write_bytes(SOUND + b"#" * (MAX_BYTES - len(SOUND)))
    assert read_sidecar(sidecar, (sidecar.parent,))[1] == []
    sidecar.write_bytes(SOUND + b"#" * (MAX_BYTES - len(SOUND) + 1))

    assert told(sidecar) == (
        "docs/a.annotations.yml:1:1: the file is larger than 1 MiB; divide the article [too-large]"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_other_encodings_of_unicode_are_told(sidecar, encoding):
    sidecar.write_bytes(SOUND.decode().encode(encoding))

    assert told(sidecar) == (
        "docs/a.annotations.yml:1:1: the file is in UTF-16 or UTF-32, and must be in UTF-8; "
        "save the file as UTF-8 [not-utf-8]"
    )


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"a: b\nc: Ren\xe9\n", "2:7", "the byte 0xE9, “é” in Windows-1252, is not UTF-8"),
        (b"\xef\xbb\xbfa: \x93b\x94\n", "1:4", "the byte 0x93, ““” in Windows-1252, is not UTF-8"),
        (b"a\r\xc3\xa4\r\n\xff", "3:1", "the byte 0xFF, “ÿ” in Windows-1252, is not UTF-8"),
        (b"a: \x81", "1:4", "the byte 0x81 is not UTF-8"),
        (b"a: \xed\xa0\x80", "1:4", "the byte 0xED, “í” in Windows-1252, is not UTF-8"),
        (b"a: b\xe2\x80", "1:5", "the byte 0xE2, “â” in Windows-1252, is not UTF-8"),
    ],
)
def test_a_byte_that_is_no_utf8_is_told_where_it_stands(sidecar, data, place, message):
    sidecar.write_bytes(data)

    assert told(sidecar) == (
        f"docs/a.annotations.yml:{place}: {message}; save the file as UTF-8 [not-utf-8]"
    )


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_sidecar_and_problems(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    path = folder / "any.annotations.yml"
    path.write_bytes(data)

    found, problems = read_sidecar(path, (folder,))

    assert found.file == display_path(path)
    for problem in problems:
        assert isinstance(problem.rule, Rule)
        assert len(str(problem).splitlines()) == 1


# ---- names


def test_a_folder_whose_name_begins_alike_is_another(tmp_path):
    (tmp_path / "docs-secret").mkdir()
    (tmp_path / "docs").mkdir()

    assert is_inside(tmp_path / "docs" / "a", tmp_path / "docs")
    assert not is_inside(tmp_path / "docs-secret" / "a", tmp_path / "docs")
    assert not is_inside(tmp_path / "docs" / ".." / "a", tmp_path / "docs")
    assert is_inside(tmp_path, Path("/"))


def test_a_name_is_shown_from_the_working_directory(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")

    assert display_path(tmp_path / "docs" / "a.md") == "a.md"
    assert display_path(tmp_path / "a.md") == (tmp_path / "a.md").as_posix()
    assert display_path("b/../a.md") == "a.md"


def test_a_name_on_another_drive_is_shown_whole(monkeypatch):
    def no_way(*_):
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(os.path, "relpath", no_way)

    assert display_path(Path("/a/b.md")) == "/a/b.md"


def test_a_name_is_one_harmless_line():
    assert shown_path("a\nb/##[error]c/\x1b") == r"a b/##\[error]c/\x1b"


def test_the_sidecar_of_an_article_that_is_a_link_may_lie_beside_the_original(docs, tmp_path):
    common = tmp_path / "common"
    common.mkdir()
    (common / "original.md").write_bytes(b"x")
    sidecar = common / "original.annotations.yml"
    sidecar.write_bytes(SOUND)
    (docs / "link.md").symlink_to("../common/original.md")

    assert locate(docs / "link.md", docs).path == sidecar.resolve()
    assert read_sidecar(sidecar, (docs, tmp_path))[1] == []
    own = docs / "link.annotations.yml"
    own.write_bytes(SOUND)
    assert locate(docs / "link.md", docs).path == own


def test_beside_an_original_outside_the_project_it_is_told_and_not_read(docs, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_bytes(b"x")
    (outside / "a.annotations.yml").write_bytes(SOUND)
    (docs / "a.md").unlink(missing_ok=True)
    (docs / "a.md").symlink_to("../outside/a.md")

    path = locate(docs / "a.md", docs).path
    _, (problem,) = read_sidecar(path, (docs,))

    assert problem.rule is Rule.NOT_READABLE
    assert "outside the folders of articles" in problem.message


def test_files_that_cannot_be_looked_into_are_no_sidecars(docs):
    (docs / "a.yml").symlink_to("nowhere.yml")
    (docs / "a.yaml").mkdir()

    assert locate(docs / "a.md", docs).problems == ()
    assert locate(docs / "no/such/folder/a.md", docs).problems == ()


def test_a_new_name_in_a_folder_is_seen(docs):
    assert locate(docs / "a.md", docs).problems == ()
    (docs / "a.annotation.yml").write_bytes(SOUND)

    assert len(locate(docs / "a.md", docs).problems) == 1
