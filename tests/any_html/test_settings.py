"""What `annotate.yml` and options say about a built site."""

from pathlib import Path

import pytest

from mkdocs_annotate.any_html.settings import SettingsError, read_settings
from mkdocs_annotate.model.problems import Level, Rule


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("built", "notes"):
        Path(name).mkdir()
    return tmp_path


def told(settings):
    return [str(one).rpartition(" [")[0] for one in settings.problems]


def test_without_a_configuration_the_options_have_their_defaults(folders):
    settings = read_settings(Path("built"), Path("notes"))

    assert (settings.site, settings.sidecars, settings.folder) == (
        Path("built"),
        Path("notes"),
        Path("notes"),
    )
    assert settings.options.margin == "auto"
    assert settings.problems == ()


def test_a_configuration_beside_the_sidecars_is_read_before_that_of_the_working_folder(folders):
    Path("annotate.yml").write_text("margin: wide\n", "utf-8")
    assert read_settings(Path("built"), Path("notes")).options.margin == "wide"

    Path("notes/annotate.yml").write_text("margin: false\n", "utf-8")
    settings = read_settings(Path("built"), Path("notes"))

    assert settings.options.margin == "off"
    assert settings.folder == Path("notes")


def test_a_configuration_names_both_folders_from_where_it_lies(folders):
    Path("notes/annotate.yml").write_text("site: ../built\nsidecars: .\n", "utf-8")

    settings = read_settings(None, None, Path("notes/annotate.yml"))

    assert (settings.site, settings.sidecars) == (Path("built"), Path("notes"))


def test_all_values_of_yaml_text_are_those_of_the_plugin(folders):
    Path("annotate.yml").write_text(
        """site: built
sidecars: notes
article: [main, "#content"]
assets: /static
site_url: https://example.org/docs
margin: no
marks: off
max_marks: 12
kinds: {prediction: false, context: {label: "null"}}
rules: {orphan: error, too-many-marks: off}
language: ~
preview: "true"
people: {AQ: {name: Ada Quill}}
""",
        "utf-8",
    )

    settings = read_settings(None, None)

    assert told(settings) == []
    assert [one.text for one in settings.selectors] == ["main", "#content"]
    assert (settings.assets, settings.site_url) == ("/static", "https://example.org/docs/")
    options = settings.options
    assert (options.margin, options.marks, options.preview) == ("off", "off", True)
    assert "prediction" not in options.vocabulary.kinds
    assert options.rules.level(Rule.ORPHAN) is Level.ERROR
    assert options.rules.max_marks == 12


def test_what_is_given_wins_over_the_configuration(folders):
    Path("annotate.yml").write_text("site: no\nsidecars: no\narticle: main\n", "utf-8")

    settings = read_settings(Path("built"), Path("notes"), article="#a", assets="x")

    assert ([one.text for one in settings.selectors], settings.assets) == (["#a"], "x")


def test_every_mistake_is_told_with_its_place(folders):
    Path("annotate.yml").write_text(
        """site: built
sidecars: notes
magrin: wide
article: main p
annotations_dir: x
site_url: example
panel: up
templates: none
exports: web-annotation
""",
        "utf-8",
    )

    assert told(read_settings(None, None)) == [
        "annotate.yml:3:1: there is no option `magrin`; did you mean `margin`?",
        "annotate.yml:4:10: “main p” is no selector; write a tag, `#id`, `.class` or "
        "`[attribute=value]`, or some of these with commas",
        "annotate.yml:5:1: `annotations_dir` says nothing about a site that is built already; "
        "name the folder of sidecars in `sidecars`",
        "annotate.yml:6:1: “example” is not the address of a site; write https://…",
        "annotate.yml:7:1: `panel` can't be “up”; write one of `true`, `false`, `lead`",
        "annotate.yml:8:1: `templates` names no folder: none; "
        "give a path from the folder of the configuration file",
        "annotate.yml:9:1: `exports` can't write annotations without the address of the "
        "site, since each names its page; add `site_url`, or write `exports: [schema-org, csl]`",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a\n", "the file is no table of options"),
        ("a: [\n", "yaml"),
        ("a: &x 1\n", "yaml-feature"),
        ("margin: on\nmargin: off\n", "repeated-key"),
    ],
)
def test_a_configuration_that_is_no_table_is_told(folders, text, says):
    Path("notes/annotate.yml").write_text(text, "utf-8")

    settings = read_settings(Path("built"), Path("notes"))

    assert says in " ".join(map(str, settings.problems))


@pytest.mark.parametrize(
    ("site", "sidecars", "says"),
    [
        (None, "notes", "nothing says where the built site is"),
        ("built", None, "nothing says where the sidecars are"),
        ("none", "notes", "none is no folder"),
        ("built", "none", "none is no folder"),
    ],
)
def test_a_missing_folder_is_told(folders, site, sidecars, says):
    with pytest.raises(SettingsError, match=says):
        read_settings(site and Path(site), sidecars and Path(sidecars))


def test_a_configuration_that_is_no_text_is_told(folders):
    Path("annotate.yml").write_bytes(b"\xff")

    with pytest.raises(SettingsError, match=r"annotate\.yml can't be read as UTF-8"):
        read_settings(Path("built"), Path("notes"))
