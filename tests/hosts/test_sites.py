import json

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.hosts.options import parse_options
from mkdocs_annotate.hosts.sites import missing_folders, site_of


@pytest.fixture
def folder(tmp_path):
    for name in ("own", "theme"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "note.html").write_text(name)
    return tmp_path


def test_a_folder_of_templates_comes_before_that_of_the_theme(folder):
    options, _ = parse_options({"templates": "own"})

    site = site_of(options, folder, {}, theme=(folder / "theme",))

    assert site.templates.fill("note.html") == ("own", None)
    assert missing_folders(options, folder, folder) == []


def test_a_folder_of_templates_that_is_not_there_is_left_out_and_told(folder):
    options, _ = parse_options({"templates": "none"})

    site = site_of(options, folder, {}, theme=(folder / "theme",))

    assert site.templates.fill("note.html") == ("theme", None)
    assert [mistake.name for mistake in missing_folders(options, folder, folder)] == ["templates"]


def test_words_are_in_the_language_of_the_option_before_that_of_the_page(folder):
    languages = [("", "de"), ("fr", "de"), ("", "")]

    sites = [
        site_of(parse_options({"language": own} if own else {})[0], folder, {}, around)
        for own, around in languages
    ]

    assert [site.wording("headings.notes") for site in sites] == ["Anmerkungen", "Notes", "Notes"]
    assert [site.wording.ours for site in sites] == [{}, {"lang": "fr"}, {}]


def test_indexes_are_linked_from_the_root_of_the_site(folder):
    options, _ = parse_options({"indexes": {"sources": "a/sources.md"}})

    links = site_of(options, folder, {}).indexes

    assert {name: (link.address, link.from_root) for name, link in links.items()} == {
        "sources": ("a/sources.md", True)
    }


def test_check_and_builds_report_folders_that_options_name_in_vain(draw):
    site = draw(
        "docs/index.md\n| The bridge.\n",
        "site_name: x\nplugins: [{annotate: {templates: none, annotations_dir: nowhere}}]\n",
    )

    built = site.build().keys
    check = CliRunner().invoke(main, ["check", "--format", "json"])

    expected = [("mkdocs.yml", 2, 23, "bad-option"), ("mkdocs.yml", 2, 40, "bad-option")]
    assert built == expected
    assert [
        (one["file"], one["line"], one["column"], one["rule"]) for one in json.loads(check.stdout)
    ] == expected
