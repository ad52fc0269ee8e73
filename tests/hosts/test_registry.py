"""The sources that a site shares."""

import os

import pytest

from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.registry import registry_of
from mkdocs_annotate.model.problems import Rule

SITE = """
sources.yml
| survey:
|   title: County survey
|   url: https://example.org/survey
docs/index.md
| # The bridge
|
| The old bridge was built in 1794.
docs/index.annotations.yml
| annotations:
|   - quote: built in 1794
|     sources: survey
"""


def test_a_source_of_the_site_is_cited_by_its_key(draw):
    built = draw(SITE).build(strict=True)

    assert "County survey" in built.html()
    assert built.html().count('class="ann-sources"') == 1
    assert "sources.yml" not in built.published()


def test_sources_that_a_page_does_not_cite_are_not_on_it(draw):
    site = draw(SITE + "docs/other.md\n| Words here.\n")
    (site.root / "docs/other.annotations.yml").write_text(
        "annotations: [{quote: Words, note: x}]\n", "utf-8"
    )

    assert "County survey" not in site.build().html("other/index.html")


def test_a_mistake_is_told_once_for_all_pages(draw):
    site = draw(SITE + "docs/other.md\n| # Other\n|\n| It was built in 1794.\n")
    for name in ("other", "index"):
        (site.root / f"docs/{name}.annotations.yml").write_text(
            "annotations: [{quote: built in 1794, sources: survey}]\n", "utf-8"
        )
    (site.root / "sources.yml").write_text("survey: {title: A, ulr: x}\n", "utf-8")

    assert site.build().keys == [("sources.yml", 1, 20, "unknown-key")]


def test_a_source_that_a_sidecar_describes_otherwise_is_told_and_counts_there(draw):
    site = draw(SITE)
    (site.root / "docs/index.annotations.yml").write_text(
        "sources: {survey: {title: Another}}\n"
        "annotations: [{quote: built in 1794, sources: survey}]\n",
        "utf-8",
    )

    built = site.build()

    assert built.keys == [("docs/index.annotations.yml", 1, 11, "repeated-source")]
    assert "Another" in built.html()
    assert "County survey" not in built.html()


def test_a_source_may_be_described_twice_alike(draw):
    site = draw(SITE)
    (site.root / "docs/index.annotations.yml").write_text(
        "sources: {survey: {title: County survey, url: https://example.org/survey}}\n"
        "annotations: [{quote: built in 1794, sources: survey}]\n",
        "utf-8",
    )

    assert site.build(strict=True).problems == []


def test_an_unknown_key_is_told_with_the_nearest_of_the_site(draw):
    site = draw(SITE)
    sidecar = site.root / "docs/index.annotations.yml"
    sidecar.write_text(sidecar.read_text("utf-8").replace("survey", "survay"), "utf-8")

    (problem,) = site.build().problems

    assert problem.rule == "unknown-source"
    assert "did you mean `survey`" in problem.message


def test_a_change_is_seen_by_the_next_build(draw):
    site = draw(SITE)
    site.build()
    path = site.root / "sources.yml"
    path.write_text("survey: {title: The second survey}\n", "utf-8")
    os.utime(path, ns=(1, 1))

    assert "The second survey" in site.build().html()


@pytest.fixture
def options():
    return lambda *names: Options(sources=names or None)


@pytest.mark.parametrize("name", ["other.yml", "sources.yml"])
def test_no_file_is_no_mistake_unless_it_was_named(tmp_path, options, name):
    assert registry_of(tmp_path, options()) == ({}, ())
    sources, (problem,) = registry_of(tmp_path, options(name))

    assert sources == {}
    assert problem.rule == Rule.BAD_OPTION
    assert "there is no such file" in str(problem)


def test_of_two_files_the_first_counts(tmp_path, options):
    (tmp_path / "a.yml").write_text("x: {title: First}\ny: {title: Same}\n", "utf-8")
    (tmp_path / "b.yml").write_text(
        "x: {title: Second}\ny: {title: Same}\nz: {title: C}\n", "utf-8"
    )

    sources, (problem,) = registry_of(tmp_path, options("a.yml", "b.yml"))

    assert {key: source.title for key, source in sources.items()} == {
        "x": "First",
        "y": "Same",
        "z": "C",
    }
    assert problem.rule == Rule.REPEATED_SOURCE
    assert problem.position.line == 1


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("- a\n", Rule.WRONG_SHAPE),
        ("a: b: c\n", Rule.YAML_SYNTAX),
        ("sources: {a: {ttile: x}}\n", Rule.UNKNOWN_KEY),
        ("a: {title: [x]}\n", Rule.WRONG_SHAPE),
        ("a b: {title: x}\n", Rule.BAD_VALUE),
    ],
)
def test_ugly_files_are_told_and_never_raise(tmp_path, options, text, rule):
    (tmp_path / "sources.yml").write_text(text, "utf-8")

    _, problems = registry_of(tmp_path, options())

    assert rule in [problem.rule for problem in problems]


def test_nothing_outside_the_project_is_read(tmp_path, options):
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.yml").write_text("x: {title: Secret}\n", "utf-8")

    sources, (problem,) = registry_of(tmp_path / "site", options("../secret.yml"))

    assert sources == {}
    assert problem.rule == Rule.NOT_READABLE


def test_the_line_that_begins_sources_in_a_sidecar_may_stand_here_too(tmp_path, options):
    (tmp_path / "sources.yml").write_text("sources:\n  x: {title: A}\n", "utf-8")

    sources, problems = registry_of(tmp_path, options())

    assert problems == ()
    assert sources["x"].title == "A"


def test_an_empty_file_has_no_sources(tmp_path, options):
    (tmp_path / "sources.yml").write_text("# none yet\n", "utf-8")

    assert registry_of(tmp_path, options()) == ({}, ())
