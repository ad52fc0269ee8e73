import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.sidecar.decoding import parse_sidecar

CASES = Path(__file__).parent.parent / "exchange" / "cases"
CONFIG = """
site_name: Drawn
site_url: https://example.org/notes
theme: {name: mkdocs, highlightjs: false}
plugins: [annotate]
"""
DRAWING = """
docs/index.md
| # The old *bridge*
|
| The bridge was built in 1794. Nobody owns the bridge, “the finest thing”, today.
|
| It is to close in winter.
docs/index.annotations.yml
| sources:
|   survey: {title: Survey, url: "https://example.org/survey", accessed: 2024-11-03}
|   paper: {title: On paper}
|   mill: {title: The mill, url: "a/mill.md"}
|   unused: {title: Unused}
| annotations:
|   - quote: built in 1794
|     note: |-
|       *Old*.
|
|       Very.
|     sources: [{source: survey, locator: p. 3, quote: in 1794}, mill]
|     by: Ada Quill
|     date: 2024-11-03
|     tags: [age, stone]
|     id: age
|   - quote: Nobody owns
|     sources: paper
|   - quote: the finest thing
|     kind: opinion
|     speaker: Ada Quill
|   - quote: close in winter
|     technique: slogan
|     note: n
|   - quote: today
|     kind: check
|     note: n
|   - quote: bridge
|     occurrence: all
|     note: all
|   - {quote: winter, note: n, draft: true, sources: unused}
|   - {quote: gone, note: n}
docs/a/mill.md
| # The mill
docs/a/mill.annotations.yml
| sources:
|   survey: {title: Another}
| annotations:
|   - {quote: mill, sources: survey}
docs/plain.md
| x
"""


SIGNS = """
docs/Höfe: 1 & 2?.md
| ---
| title: Höfe
| ---
| Yards.
docs/Höfe: 1 & 2?.annotations.yml
| annotations: [{quote: Yards, note: "[m](a/mill.md)"}]
"""


@pytest.fixture
def site(draw):
    site = draw(DRAWING, CONFIG)
    site.configure(site.config)
    return site


def run(*arguments):
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def schema(name):
    return json.loads((CASES / f"{name}.schema.json").read_text("utf-8"))


def test_an_article_is_exported(site):
    result = run("docs/index.md", "--format", "web-annotation")

    value = json.loads(result.stdout)
    jsonschema.validate(value, schema("web-annotation"))
    assert value["label"] == "The old bridge"
    assert value["id"] == "https://example.org/notes/annotations.jsonld"
    assert value["total"] == 6
    ids = [item["id"].partition("#")[2] for item in value["first"]["items"]]
    assert all(f'id="{id_}"' in site.build().html() for id_ in ids)
    assert '"https://example.org/notes/a/mill/"' in result.stdout
    assert result.stderr == "left out: 1 without a place\nleft out: 1 still a draft\n"


def test_a_site_is_exported_into_a_folder(site):
    result = run("--format", "web-annotation", "--output", "out")

    assert sorted(result.stdout.splitlines()) == [
        "out/a/mill/annotations.jsonld is written",
        "out/annotations.jsonld is written",
    ]
    for path in site.root.glob("out/**/*.jsonld"):
        jsonschema.validate(json.loads(path.read_text("utf-8")), schema("web-annotation"))


@pytest.mark.parametrize("form", ["web-annotation", "schema-org"])
def test_an_article_of_which_only_drafts_are_said_has_no_file(draw, form):
    site = draw("docs/plain.md\n| x\ndocs/plain.annotations.yml\n"
                "| annotations: [{quote: x, note: n, draft: true}]\n", CONFIG)  # fmt: skip
    site.write(DRAWING.replace("docs/plain.md\n| x\n", ""))
    site.configure(site.config)

    result = run("--format", form, "--output", "out")

    assert "plain" not in result.stdout
    assert len(result.stdout.splitlines()) == 2


def test_an_article_is_exported_in_the_words_of_schema_org(site):
    result = run("docs/index.md", "--format", "schema-org")

    value = json.loads(result.stdout)
    assert (value["@type"], value["headline"]) == ("Article", "The old bridge")
    assert [one["name"] for one in value["citation"]] == ["Survey", "The mill", "On paper"]
    html = site.build().html()
    ids = [one["@id"] for one in value["citation"] + value["comment"]]
    ids += [one["about"]["@id"] for one in value["comment"]]
    assert all(id_.startswith("https://example.org/notes/#") for id_ in ids)
    assert all(f'id="{id_.partition("#")[2]}"' in html for id_ in ids)


@pytest.mark.parametrize("folders", ["true", "false"])
def test_the_page_and_the_command_say_the_same(draw, folders):
    site = draw(DRAWING + SIGNS, f"{CONFIG}use_directory_urls: {folders}\n")
    site.configure(site.config)
    run("--format", "schema-org", "--output", "out")
    run("--format", "web-annotation", "--output", "out")
    run("--format", "csl", "--output", "out/annotations/sources.csl.json")
    site.config = site.config.replace("[annotate]", "[annotate: {exports: true}]")

    built = site.build()

    def read(path):
        return json.loads((site.root / path).read_text("utf-8"))

    (text,) = re.findall('<script type="application/ld.json">(.*?)</script>', built.html())
    assert json.loads(text) == [read("out/schema-org.jsonld")]
    names = {name for name in built.published() if name.endswith("annotations.jsonld")}
    assert len(names) == 3
    for name in names:
        assert read(f"built/{name}") == read(f"out/{name}")
    name = "annotations/sources.csl.json"
    assert read(f"built/{name}") == read(f"out/{name}")


@pytest.mark.parametrize(("meta", "language"), [("", "de"), ("---\n| lang: fr\n| ---\n| ", "fr")])
def test_the_page_and_the_command_name_the_same_language(draw, meta, language):
    site = draw(
        f"docs/index.md\n| {meta}The mill.\n"
        "docs/index.annotations.yml\n| annotations:\n|   - {quote: mill, note: n}\n",
        CONFIG.replace("name: mkdocs", "name: material, language: de"),
    )
    site.configure(site.config)
    (item,) = json.loads(run("--format", "web-annotation").stdout)["first"]["items"]
    site.config = site.config.replace("[annotate]", "[annotate: {exports: true}]")

    written = site.build().folder / "annotations.jsonld"
    (built,) = json.loads(written.read_text("utf-8"))["first"]["items"]

    assert item["body"][0]["language"] == language
    assert built == item


def test_pages_without_folders_have_the_name_beside_them(draw):
    site = draw(DRAWING, CONFIG + "use_directory_urls: false\n")
    site.configure(site.config)

    run("docs/a/mill.md", "--format", "web-annotation", "--output", "out")

    value = json.loads((site.root / "out/a/mill.annotations.jsonld").read_text("utf-8"))
    assert value["id"] == "https://example.org/notes/a/mill.annotations.jsonld"
    assert value["first"]["items"][0]["id"] == "https://example.org/notes/a/mill.html#ann-mill"


def test_out_and_in_again_nothing_is_lost_that_both_can_say(site):
    run("docs/index.md", "--format", "web-annotation", "--output", "index.jsonld")
    path = site.root / "docs/index.annotations.yml"
    before = parse_sidecar(path.read_text("utf-8"), "a.yml")[0]
    path.unlink()

    result = CliRunner().invoke(main, ["import", "index.jsonld", "--article", "docs/index.md"])

    after, problems = parse_sidecar(path.read_text("utf-8"), "a.yml")
    assert problems == []
    assert result.exit_code == 0, result.output
    told = {annotation.quote.exact.lower(): annotation for annotation in after.annotations}
    for old in before.annotations[:6]:
        new = told[old.quote.exact.lower()]
        for field in ("note", "kind", "by", "date", "tags", "speaker", "voice", "technique", "id"):
            assert getattr(new, field) == getattr(old, field), field
        assert new.quote.occurrence == old.quote.occurrence
        cited = [(one.locator, one.quote) for one in new.sources]
        assert cited == [(one.locator, one.quote) for one in old.sources]
    assert len(after.annotations) == 6
    survey = after.sources[told["built in 1794"].sources[0].source]
    assert survey.url == before.sources["survey"].url
    assert survey.accessed == before.sources["survey"].accessed


def test_the_sources_of_a_site_are_those_that_are_cited(site):
    result = run("--format", "csl", "--output", "sources.json")

    items = json.loads((site.root / "sources.json").read_text("utf-8"))
    jsonschema.validate(items, schema("csl"))
    assert result.stdout == "sources.json is written\n"
    titles = {item["id"]: item["title"] for item in items}
    assert len(titles) == 4
    assert {"Survey", "Another", "On paper", "The mill"} == set(titles.values())
    assert [item.get("URL") for item in items if item["title"] == "The mill"] == [
        "https://example.org/notes/a/mill/"
    ]


def test_without_an_address_sources_are_exported_and_annotations_are_not(draw):
    site = draw(DRAWING)
    site.configure(site.config)

    sources = run("--format", "csl")
    refused = run("docs/index.md", "--format", "web-annotation")
    given = run("docs/index.md", "--format", "web-annotation", "--base-url", "https://x.example/y")

    assert "URL" not in next(i for i in json.loads(sources.stdout) if i["id"] == "mill")
    assert refused.exit_code == 2
    assert "add `site_url`, or --base-url" in refused.stderr
    assert json.loads(given.stdout)["id"] == "https://x.example/y/annotations.jsonld"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "web-annotation"], "2 articles have annotations: name a folder"),
        (["--format", "web-annotation", "--output", "x.json"], "name a folder with --output"),
        (["--format", "csl", "--base-url", "javascript:x"], "is not the address of a site"),
        (["docs/plain.md", "--format", "csl"], "no article has annotations"),
        (["--format", "csl", "--output", "docs"], "docs can't be written"),
        (["docs/none.md", "--format", "csl"], "is not an article of this site"),
    ],
)
def test_what_cannot_be_exported_is_told(site, arguments, told):
    result = run(*arguments)

    assert result.exit_code == 2
    assert told in result.stderr


def test_an_id_that_the_article_uses_itself_is_that_of_the_mark(draw):
    site = draw(
        'docs/index.md\n| <p id="ann-mill">The mill.</p>\n'
        "docs/index.annotations.yml\n| annotations:\n|   - {quote: mill, note: n}\n",
        CONFIG,
    )
    site.configure(site.config)

    (item,) = json.loads(run("--format", "web-annotation").stdout)["first"]["items"]

    assert item["id"].endswith("#ann-mill-2")
    assert 'id="ann-mill-2"' in site.build().html()


def test_what_based_the_article_is_cited(draw):
    site = draw(
        "docs/index.md\n| x\n"
        "docs/index.annotations.yml\n| article: {based_on: law}\n| sources: {law: {title: L}}\n",
        CONFIG,
    )
    site.configure(site.config)

    assert [item["id"] for item in json.loads(run("--format", "csl").stdout)] == ["law"]


def test_what_a_bibliography_says_beyond_our_fields_is_exported(draw):
    site = draw(
        """
        refs.bib
        | @article{a, title={T}, journal={J}, volume=12, number=3, pages={45--67},
        |   editor={Carrow, Ines}, url={papers/t.md}}
        docs/papers/t.md
        | x
        docs/deep/index.md
        | The old bridge.
        docs/deep/index.annotations.yml
        | annotations: [{quote: old bridge, sources: a}]
        """
    )
    site.configure(
        "site_name: x\nsite_url: https://example.org/\nplugins: [annotate: {sources: refs.bib}]\n"
    )

    result = run("--format", "csl")

    (item,) = json.loads(result.stdout)
    jsonschema.validate([item], schema("csl"))
    assert item == {
        "id": "a",
        "type": "article-journal",
        "title": "T",
        "container-title": "J",
        "URL": "https://example.org/papers/t/",
        "volume": "12",
        "issue": "3",
        "page": "45–67",
        "editor": [{"family": "Carrow", "given": "Ines"}],
    }
