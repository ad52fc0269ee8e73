import pytest

from mkdocs_annotate.hosts import options as options_module
from mkdocs_annotate.hosts.front_matter import parse_front_matter, parse_language
from mkdocs_annotate.hosts.options import parse_options
from mkdocs_annotate.rendering.site import Presentation


@pytest.mark.parametrize(
    ("given", "look"),
    [
        ({}, Presentation()),
        ({"margin": True, "panel": True}, Presentation()),
        ({"margin": False, "panel": False}, Presentation("off", "off")),
        ({"margin": "wide", "panel": "lead"}, Presentation("wide", "lead")),
        ({"margin": "No", "panel": " off "}, Presentation("off", "off")),
        ({"preview": "true"}, Presentation(preview=True)),
    ],
)
def test_options_say_how_pages_look(given, look):
    options, mistakes = parse_options(given)

    assert options.look == look
    assert mistakes == ()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"margin": "left"}, "`margin` can't be “left”; write one of `true`, `false`, `wide`"),
        ({"panel": 3}, "`panel` can't be “3”; write one of `true`, `false`, `lead`"),
        ({"preview": "maybe"}, "`preview` can't be “maybe”; write one of `true`, `false`"),
        ({"annotation_dir": "x"}, "there is no option `annotation_dir`; did you mean"),
        ({3: "x"}, "there is no option `3`; the options are article, sidecar"),
        ({"zzz": "x"}, "there is no option `zzz`; the options are article, sidecar"),
        ({"annotations_dir": 7}, "`annotations_dir` is no text"),
        ({"language": "tlh"}, "there is no translation for “tlh” yet; choose one of"),
        ({"sidecar": 5}, "`sidecar` is not a path, YAML or a Sidecar"),
        ({"people": "AB"}, "`people` is not a table of people; below it write `AB: {"),
        ({"indexes": ["a.md"]}, "`indexes` is not a table of pages; write `sources: sources.md`"),
        ({"exports": 3}, "`exports` can't be “3”; write `true`, `false`, or a list of schema-org"),
        ({"exports": ["schema.org"]}, "there is no export `schema.org`; did you mean `schema-org`"),
        ({"exports": "rdf"}, "there is no export `rdf`; there are schema-org, web-annotation, csl"),
    ],
)
def test_an_option_that_cannot_be_used_keeps_its_default_and_is_told(given, told):
    options, (mistake,) = parse_options(given)

    assert options == parse_options({})[0]
    assert f"{mistake.message}; {mistake.hint}".startswith(told)


@pytest.mark.parametrize(
    ("given", "exports"),
    [
        (True, ("schema-org", "web-annotation", "csl")),
        ("Yes", ("schema-org", "web-annotation", "csl")),
        (False, ()),
        (None, ()),
        ("off", ()),
        ([], ()),
        ("csl", ("csl",)),
        (["csl", " schema-org "], ("schema-org", "csl")),
    ],
)
def test_exports_are_all_or_some(given, exports):
    options, mistakes = parse_options({"exports": given})

    assert options.exports == exports
    assert mistakes == ()


def test_an_export_that_is_unknown_leaves_the_others():
    options, (mistake,) = parse_options({"exports": ["csl", "rdf"]})

    assert options.exports == ("csl",)
    assert mistake.message == "there is no export `rdf`"


def test_an_index_that_is_unknown_leaves_the_others():
    options, (mistake,) = parse_options({"indexes": {"tags": "a.md", "source": "b.md"}})

    assert options.indexes == {"tags": "a.md"}
    assert mistake.message == "there is no index of `source`"
    assert mistake.hint == "did you mean `sources`?"


def test_people_are_options():
    options, mistakes = parse_options({"people": {"AB": "Ada Brook"}})

    assert options.people["AB"].name == "Ada Brook"
    assert mistakes == ()


def test_options_left_empty_keep_their_defaults():
    assert parse_options({"annotations_dir": None, "sidecar": None, "language": None})[1] == ()


@pytest.mark.parametrize("tag", ["de", "de_AT", "pt-BR", "AR"])
def test_a_language_may_be_that_of_a_region(tag):
    options, mistakes = parse_options({"language": tag})

    assert options.language == tag
    assert mistakes == ()


@pytest.mark.parametrize("off", [False, "false", "off", ["false"]])
def test_front_matter_switches_annotations_off(off):
    assert parse_front_matter({"annotations": off}, Presentation()).off


@pytest.mark.parametrize("on", [None, True, "", "yes"])
def test_front_matter_that_says_nothing_changes_nothing(on):
    settings = parse_front_matter({"annotations": on}, Presentation("wide"))

    assert not settings.off
    assert settings.look == Presentation("wide")


def test_front_matter_names_a_file():
    assert parse_front_matter({"annotations": " x.yml "}, Presentation()).named == "x.yml"
    assert parse_front_matter({"annotations": {"file": "x.yml"}}, Presentation()).named == "x.yml"


def test_front_matter_sets_the_look_of_a_page():
    meta = {"annotations": {"margin": "wide", "panel": False}}

    assert parse_front_matter(meta, Presentation()).look == Presentation("wide", "off")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (12, "`annotations` can't be a list or a number; write `false` or a path"),
        ({"magrin": "wide"}, "`annotations` has no key `magrin`; did you mean `margin`?"),
        ({"file": ["x.yml"]}, "`file` is not a path; write a path, or leave it out"),
        ({"file": None}, "`file` is not a path; write a path, or leave it out"),
        ({"zz": 1}, "`annotations` has no key `zz`; the keys are file, margin, panel"),
        ({"panel": "low"}, "`panel` can't be “low”; write one of `true`, `false`, `lead`"),
    ],
)
def test_front_matter_that_cannot_be_used_is_told(value, told):
    (mistake,) = parse_front_matter({"annotations": value}, Presentation()).mistakes

    assert f"{mistake.message}; {mistake.hint}" == told


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("ar", "ar"),
        (" pt_BR ", "pt-BR"),
        (["fr"], "fr"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("a language", ""),
        ('ar" onclick="', ""),
        (["fr", "de"], ""),
        (3, ""),
        (None, ""),
    ],
)
def test_front_matter_says_the_language_of_an_article(value, language):
    assert parse_language({"lang": value}) == language


def test_the_options_of_a_site_are_read_as_often_as_they_change_and_not_for_every_page(draw):
    """The plugin gets them, hands them on with `preview`, and adds the indexes that it finds."""
    pages = "".join(
        f"docs/p{number}.md\n| # Page {number}\n|\n| The bridge.\n"
        f"docs/p{number}.annotations.yml\n| annotations:\n|   - {{quote: bridge, note: Old.}}\n"
        for number in range(9)
    )
    site = draw(pages, "site_name: x\nplugins: [{annotate: {margin: wide}}]\n")
    options_module._parse_once.cache_clear()

    assert site.build().marked("p8/index.html") == ["bridge"]

    assert options_module._parse_once.cache_info().misses <= 2
