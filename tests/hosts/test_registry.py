"""The sources that a site shares."""

import os

import markdown
import pytest

from mkdocs_annotate.exchange.formats import parse_bibliography
from mkdocs_annotate.hosts.extension import AnnotateExtension
from mkdocs_annotate.hosts.options import Options
from mkdocs_annotate.hosts.sites import registry_of
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


@pytest.mark.parametrize("name", ["sources.yaml", "source.yml", "Sources.yml"])
def test_a_file_that_is_nearly_called_as_usual_is_told_and_not_read(tmp_path, options, name):
    (tmp_path / name).write_text("x: {title: X}\n", "utf-8")

    sources, (problem,) = registry_of(tmp_path, options())

    assert sources == {}
    assert problem.position.file.endswith(name)
    assert "rename it to `sources.yml`" in problem.hint
    (tmp_path / "sources.yml").write_text("y: {title: Y}\n", "utf-8")
    assert registry_of(tmp_path, options())[1] == ()


def test_a_file_that_is_not_there_is_told_with_the_nearest(tmp_path, options):
    (tmp_path / "refs.bib").write_text("", "utf-8")

    _, (problem,) = registry_of(tmp_path, options("ref.bib"))

    assert problem.hint == "did you mean `refs.bib`?"
    _, (elsewhere,) = registry_of(tmp_path, options("no/such/refs.bib"))
    assert elsewhere.hint == "a path begins in the folder of the configuration file"


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


def test_a_file_that_the_owner_names_may_lie_anywhere(tmp_path, options):
    (tmp_path / "site").mkdir()
    (tmp_path / "common.yml").write_text("x: {title: Shared}\n", "utf-8")

    sources, problems = registry_of(tmp_path / "site", options("../common.yml"))

    assert problems == ()
    assert sources["x"].title == "Shared"


@pytest.mark.parametrize("named", [(), ("sources.yml",), ("./sources.yml",)])
def test_a_link_in_the_place_of_a_file_does_not_lead_outside_the_project(tmp_path, options, named):
    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "secret.yml").write_text("x: {title: Secret}\n", "utf-8")
    (folder / "sources.yml").symlink_to("../secret.yml")

    sources, (problem,) = registry_of(folder, options(*named))

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


MIXED = """
sources.yml
| survey: {title: County survey, url: report.md}
refs.bib
| % from a reference manager
| @article{quill.1998:a/b,
|   title = {The {B}rennick Bridge: a M{\\"u}ller design},
|   author = {Quill, Ada and {Barnes and Noble}},
|   journal = {Packet}, year = 1998, url = {https://example.org/a\\_b},
| }
refs.json
| [{"id": "http://zotero.org/items/A1", "type": "book", "title": "Floods"}]
docs/report.md
| x
docs/deep/er/index.md
| x
docs/index.md
| The old bridge was built in 1794.
|
| `@quill.1998:a/b` and [@property] stay.
docs/index.annotations.yml
| annotations:
|   - quote: built in 1794
|     sources:
|       - source: quill.1998:a/b
|         locator: p. 12
|       - http://zotero.org/items/A1
|       - survey
"""
SETTINGS = """
site_name: Drawn
theme: {name: mkdocs, highlightjs: false}
use_directory_urls: true
plugins: [annotate: {sources: [sources.yml, refs.bib, refs.json]}]
"""


@pytest.fixture
def mixed(draw):
    return draw(MIXED.replace("\\\\", "\\"), SETTINGS)


@pytest.mark.parametrize("name", ["refs.bib", "refs.json"])
@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"@book{a, title={caf\xe9}}", Rule.NOT_UTF8),
        ("@book{a, title={T}}".encode("utf-16"), Rule.NOT_UTF8),
        (b'\x00\x01{"', Rule.SOURCES_SYNTAX),
        (b" " * ((64 << 20) + 1), Rule.TOO_LARGE),
    ],
    ids=["latin-1", "utf-16", "bytes", "large"],
)
def test_no_bytes_raise(tmp_path, options, name, content, rule):
    (tmp_path / name).write_bytes(content)

    sources, (problem,) = registry_of(tmp_path, options(name))

    assert sources == {}
    assert problem.rule == rule


@pytest.mark.parametrize("name", ["refs.txt", "refs.bib.gz", "refs.BIB.md"])
def test_a_name_of_no_format_is_told(tmp_path, options, name):
    (tmp_path / name).write_text("x", "utf-8")

    _, (problem,) = registry_of(tmp_path, options(name))

    assert problem.rule == Rule.NOT_READABLE
    assert "a file of sources is called `….yml`, `….json` or `….bib`" in str(problem)


def test_a_bibliography_that_leads_out_of_the_project_is_not_read(tmp_path, options):
    (tmp_path / "site").mkdir()
    (tmp_path / "refs.bib").write_text("@book{a, title={Secret}}", "utf-8")
    (tmp_path / "site/refs.bib").symlink_to("../refs.bib")

    sources, (problem,) = registry_of(tmp_path / "site", options("refs.bib"))

    assert sources == {}
    assert problem.rule == Rule.NOT_READABLE


def test_a_page_is_built_again_where_a_file_of_sources_is_newer(mixed):
    other = mixed.root / "docs/deep/er/index.md"
    built = mixed.build()
    before = (built.folder / "deep/er/index.html").stat().st_mtime_ns
    mixed.build("serve", dirty=True)
    assert "Floods" in built.html()
    path = mixed.root / "refs.json"
    path.write_text(path.read_text("utf-8").replace("Floods", "Droughts"), "utf-8")
    later = path.stat().st_mtime + 10
    os.utime(path, (later, later))

    again = mixed.build("serve", dirty=True)

    assert "Droughts" in again.html()
    # It has no sidecar, and cites nothing.
    assert (built.folder / "deep/er/index.html").stat().st_mtime_ns == before
    assert other.is_file()


def test_files_are_read_once_a_build_however_many_pages_cite(mixed, monkeypatch):
    for number in range(5):
        (mixed.root / f"docs/p{number}.md").write_text("x", "utf-8")
        (mixed.root / f"docs/p{number}.annotations.yml").write_text(
            "annotations: [{quote: x, sources: quill.1998:a/b}]\n", "utf-8"
        )
    read = []

    def counted(text, file, **settings):
        read.append(file)
        return parse_bibliography(text, file, **settings)

    monkeypatch.setattr("mkdocs_annotate.exchange.formats.parse_bibliography", counted)
    mixed.build(strict=True)

    assert sorted(read) == ["refs.bib", "refs.json"]


def test_paths_begin_at_the_configuration_file_wherever_the_build_runs(mixed, monkeypatch):
    monkeypatch.chdir(mixed.root / "docs")

    assert "The Brennick Bridge" in mixed.build(strict=True).html()


def test_a_build_with_bibliographies_needs_no_network(mixed, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a build goes online")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("socket.getaddrinfo", refused)

    assert mixed.build(strict=True).problems == []


def test_a_bibliography_serves_python_markdown_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text("@book{a, title={Bridges}}", "utf-8")
    sidecar = "annotations:\n  - {quote: old bridge, sources: a}\n"
    extension = AnnotateExtension(sidecar=sidecar, sources="refs.bib")

    assert "Bridges" in markdown.markdown("The old bridge.", extensions=[extension])
    assert extension.problems == ()
