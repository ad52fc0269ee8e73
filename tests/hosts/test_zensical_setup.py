from pathlib import Path

import pytest

from mkdocs_annotate.files.paths import ASSETS, asset_path
from mkdocs_annotate.hosts.zensical_page import setup_of, setup_problems

COMPLETE = {
    "docs_dir": "docs",
    "exclude_docs": "drafts/\n*.annotations.yml\n",
    "watch": ["docs"],
    "extra_css": ["assets/annotate.css"],
    "extra_javascript": [{"path": "assets/annotate.js"}],
}


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Return a function that gives the messages and hints for a site in the working folder."""
    monkeypatch.chdir(tmp_path)
    copy_assets(tmp_path / "docs/assets")
    (tmp_path / "mkdocs.yml").touch()

    def told(annotations_dir="", **changes):
        setup_problems.cache_clear()
        setup = setup_of({**COMPLETE, **changes}, tmp_path, annotations_dir)
        return [str(problem) for problem in setup_problems(setup)]

    return told


def copy_assets(folder):
    folder.mkdir(parents=True)
    for name in ASSETS:
        (folder / name).write_bytes(asset_path(name).read_bytes())


def test_a_complete_setup_has_no_problems(told):
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"exclude_docs": None},
            "mkdocs.yml:1:1: the site publishes its sidecars; set `exclude_docs` to "
            "`*.annotations.yml` [host-setup]",
        ),
        (
            {"watch": ["overrides"]},
            "mkdocs.yml:1:1: the host keeps rendered pages, and does not notice when a sidecar "
            "changes; add `docs` to `watch` [host-setup]",
        ),
        (
            {"extra_css": ["own.css"]},
            "mkdocs.yml:1:1: no page has annotate.css; run `mkdocs-annotate assets docs/assets`, "
            "and add `assets/annotate.css` to `extra_css` [host-setup]",
        ),
        (
            {"extra_javascript": []},
            "mkdocs.yml:1:1: no page has annotate.js; run `mkdocs-annotate assets docs/assets`, "
            "and add `assets/annotate.js` to `extra_javascript` [host-setup]",
        ),
        (
            {"extra_css": ["css/annotate.css"]},
            "mkdocs.yml:1:1: css/annotate.css is listed but does not exist; run "
            "`mkdocs-annotate assets docs/css` [host-setup]",
        ),
    ],
)
def test_what_is_missing_is_told_with_what_to_do(told, changes, expected):
    assert told(**changes) == [expected]


def test_a_copy_of_another_version_is_told(told):
    with Path("docs/assets/annotate.css").open("a") as copy:
        copy.write(".ann {color: red}")

    assert told() == [
        "mkdocs.yml:1:1: assets/annotate.css is of another version of mkdocs-annotate; run "
        "`mkdocs-annotate assets docs/assets` again; keep your own changes in another file "
        "[host-setup]"
    ]


def test_line_ends_of_windows_are_no_other_version(told):
    for name in ASSETS:
        path = Path("docs/assets", name)
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert told() == []


def test_copies_may_lie_in_the_themes_folder_or_elsewhere_in_the_world(told):
    copy_assets(Path("overrides/css"))

    assert told(theme={"custom_dir": "overrides"}, extra_css=["css/annotate.css?v=2"]) == []
    assert told(extra_css=["https://example.org/annotate.css"]) == []
    assert told(extra_css=["css/annotate.3fe1.min.css"]) == []


@pytest.mark.parametrize("pattern", ["*.yml", "**/*.annotations.yml", "/*.annotations.yml"])
def test_sidecars_may_be_left_out_by_any_pattern(told, pattern):
    assert told(exclude_docs=pattern) == []


@pytest.mark.parametrize(
    ("folder", "changes"),
    [
        ("annotations", {"exclude_docs": "", "watch": ["annotations"]}),
        ("docs/_notes", {"exclude_docs": "_notes/"}),
    ],
)
def test_sidecars_may_lie_in_a_folder_of_their_own(told, folder, changes):
    assert told(folder, **changes) == []


def test_the_folder_of_sidecars_is_the_one_to_watch(told):
    assert [line for line in told("annotations") if "add `annotations` to `watch`" in line]


@pytest.mark.parametrize("path", ["../docs", "docs/", ".", "./docs"])
def test_what_is_watched_may_be_written_in_many_ways(told, path):
    assert told(watch=[path.replace("..", f"../{Path.cwd().name}")]) == []


def test_a_name_that_no_file_can_have_is_told_as_one_harmless_line(told):
    (line,) = told(extra_css=["a\n\0/annotate.css"])

    assert "is listed but does not exist" in line
    assert line.isprintable()


@pytest.mark.parametrize("value", [None, 3, "docs", [None, 3], [{"path": None}]])
def test_a_configuration_of_an_unknown_shape_raises_nothing(told, value):
    assert len(told(extra_css=value, extra_javascript=value, watch=value, theme=value)) == 3
