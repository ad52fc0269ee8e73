"""What a build writes for other programs, in real builds."""

import json
import os
import re
from pathlib import Path
from urllib.parse import urljoin

import jsonschema
import pytest
from click.testing import CliRunner
from mkdocs.exceptions import Abort

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.exchange import web_annotation
from mkdocs_annotate.hosts.mkdocs_api import load_config

CASES = Path(__file__).parent.parent / "exchange" / "cases"

CONFIG = """
site_name: Drawn
site_url: https://example.org/notes/
theme: {name: mkdocs, highlightjs: false}
plugins: [search, annotate: {exports: true, people: {NG: {name: Nell Gow, url: /staff/}}}]
"""
DRAWING = """
docs/index.md
| # The bridge
|
| The old bridge carries one lane. It was built in 1794.
docs/index.annotations.yml
| sources: {survey: {title: Survey, url: a/mill.md}}
| annotations:
|   - {quote: built in 1794, note: From the *survey*., sources: survey, by: NG}
docs/a/mill.md
| # The mill
|
| It has no wheel.
docs/a/mill.annotations.yml
| sources: {survey: {title: Another survey}}
| annotations:
|   - {quote: no wheel, sources: survey}
|   - {quote: mill, note: A draft., draft: true}
docs/plain.md
| # Plain
"""


def read(built, path):
    return json.loads((built.folder / path).read_text("utf-8"))


def links(html):
    """Return the address and type of each link to a file for programs."""
    return re.findall(r'<a href="([^"]*)" rel="alternate" type="([^"; ]*)', html)


def block(html):
    """Return the data of the one script of JSON-LD that a page has."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    (value,) = json.loads(text)
    return value


@pytest.mark.parametrize("folders", [True, False])
def test_files_lie_beside_pages_and_links_lead_to_them(draw, folders):
    site = draw(DRAWING, CONFIG + f"use_directory_urls: {str(folders).lower()}\n")

    built = site.build(strict=True)

    mill = "a/mill/index.html" if folders else "a/mill.html"
    for page in ("index.html", mill):
        html = built.html(page)
        found = links(html)
        assert [type_ for _, type_ in found] == [
            "application/ld+json",
            "application/vnd.citationstyles.csl+json",
        ]
        for href, _ in found:
            assert urljoin(f"/{page}", href)[1:] in built.published(), href
        own = read(built, urljoin(f"/{page}", found[0][0])[1:])
        assert own["id"] == urljoin("https://example.org/notes/" + page, found[0][0])
        (item,) = own["first"]["items"]
        assert f'id="{item["id"].partition("#")[2]}"' in html
    assert links(built.html("plain/index.html" if folders else "plain.html")) == []
    assert own["id"].endswith("a/mill/annotations.jsonld" if folders else "mill.annotations.jsonld")


def test_a_site_is_listed_with_all_it_cites(draw):
    built = draw(DRAWING, CONFIG).build(strict=True)

    collection, page = (read(built, f"annotations/{name}.jsonld") for name in ("collection", 1))
    base = "https://example.org/notes/"
    assert collection["total"] == 2
    assert collection["first"] == base + "annotations/1.jsonld"
    assert page["items"] == [base + "#ann-built-in-1794", base + "a/mill/#ann-no-wheel"]
    assert page["rdfs:seeAlso"] == [
        {"id": base + "annotations.jsonld"},
        {"id": base + "a/mill/annotations.jsonld"},
    ]
    sources = read(built, "annotations/sources.csl.json")
    assert [(one["id"], one["title"], one.get("URL")) for one in sources] == [
        ("survey", "Survey", base + "a/mill/"),
        ("survey-2", "Another survey", None),
    ]


def test_long_lists_are_cut_while_the_site_is_built(draw, monkeypatch):
    monkeypatch.setattr(web_annotation, "LENGTH", 1)

    built = draw(DRAWING, CONFIG).build(strict=True)

    assert read(built, "annotations/1.jsonld")["next"].endswith("/annotations/2.jsonld")
    assert read(built, "annotations/collection.jsonld")["last"].endswith("/2.jsonld")


def test_an_annotation_is_told_with_the_name_of_who_wrote_it(draw):
    built = draw(DRAWING, CONFIG).build(strict=True)

    (item,) = read(built, "annotations.jsonld")["first"]["items"]
    creator = {"id": "https://example.org/staff/", "type": "Person", "name": "Nell Gow"}
    assert item["creator"] == creator
    (comment,) = block(built.html())["comment"]
    assert comment["author"]["name"] == "Nell Gow"
    assert '<a href="/staff/">Nell Gow</a>' in built.html()


def test_the_page_has_its_data_and_is_else_as_it_was(draw, plain):
    site = draw(DRAWING, CONFIG)

    html = site.build(strict=True).html()
    site.config = CONFIG.replace("exports: true", "exports: false")
    without = site.build(strict=True)

    value = block(html)
    assert value["url"] == "https://example.org/notes/"
    assert value["headline"] == "The bridge"
    assert value["citation"][0]["@id"].partition("#")[2] in re.findall('id="([^"]*)"', html)
    stamp = re.compile("Build Date.*|^.*Build Date", re.M)
    assert stamp.sub("", plain(html)) == stamp.sub("", plain(without.html()))
    assert not any("json" in name for name in without.published() - {"search/search_index.json"})
    assert "ann-exports" not in without.html()


def test_the_search_index_has_nothing_of_it(draw):
    built = draw(DRAWING, CONFIG).build(strict=True)

    index = (built.folder / "search/search_index.json").read_text("utf-8")
    assert "It was built in 1794" in index
    assert not any(word in index for word in ("schema.org", "headline", "For programs", "Comment"))


HOSTILE = ["</script><script>alert(1)</script>", "<!--<script>", "<!--/ann-->", "\\u2028 &lt;"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_sidecar_ends_the_data(draw, plain, text):
    title = json.dumps(text).replace("\\\\u", "\\u")
    site = draw(DRAWING.replace("{title: Survey,", f"{{title: {title},"), CONFIG)

    built = site.build(strict=True)

    shown = json.loads(title)
    assert block(built.html())["citation"][0]["name"] == shown
    assert read(built, "annotations/sources.csl.json")[0]["title"] == shown
    assert "alert(1)</script>" not in built.html()
    assert "ld+json" not in plain(built.html())


def test_without_an_address_one_warning_says_what_to_do(draw):
    site = draw(DRAWING, CONFIG.replace("site_url: https://example.org/notes/\n", ""))

    built = site.build()

    (problem,) = built.problems
    assert problem.rule == "bad-option"
    assert (
        "`exports` can't write annotations without the address of the site, since each names "
        "its page" in (problem.message)
    )
    assert "add `site_url`, or write `exports: [schema-org, csl]`" in problem.message
    assert problem.file == "mkdocs.yml"
    assert not [name for name in built.published() if name.endswith(".jsonld")]
    assert [type_ for _, type_ in links(built.html())] == [
        "application/vnd.citationstyles.csl+json"
    ]
    assert "url" not in block(built.html())
    assert "URL" not in read(built, "annotations/sources.csl.json")[0]


def test_to_want_annotations_without_an_address_can_be_an_error(draw):
    config = CONFIG.replace("site_url: https://example.org/notes/\n", "")
    site = draw(
        DRAWING, config.replace("exports: true", "exports: true, rules: {bad-option: error}")
    )

    with pytest.raises(Abort):
        site.build()


@pytest.mark.parametrize(
    ("exports", "files"),
    [
        ("schema-org", set()),
        ("csl", {"annotations/sources.csl.json"}),
        (
            "[web-annotation]",
            {
                "annotations.jsonld",
                "a/mill/annotations.jsonld",
                "annotations/1.jsonld",
                "annotations/collection.jsonld",
            },
        ),
    ],
)
def test_a_site_has_what_it_asks_for(draw, exports, files):
    built = draw(DRAWING, CONFIG.replace("exports: true", f"exports: {exports}")).build(strict=True)

    found = {name for name in built.published() if name.endswith((".jsonld", ".csl.json"))}
    assert found == files
    assert ("ld+json" in built.html()) == (exports != "csl")
    assert len(links(built.html())) == bool(files)


def test_a_page_that_says_nothing_to_programs_has_no_links(draw):
    site = draw(
        "docs/index.md\n| x y\n"
        "docs/index.annotations.yml\n| article: {type: news}\n"
        "| annotations: [{quote: gone, note: n}, {quote: x, note: n, draft: true}]\n",
        CONFIG,
    )

    for command in ("build", "serve"):
        built = site.build(command)
        assert links(built.html()) == []
        assert block(built.html())["@type"] == "ReportageNewsArticle"
        assert "comment" not in block(built.html())
        assert not [name for name in built.published() if name.endswith(".jsonld")]


def test_a_dirty_build_renews_a_page_and_keeps_the_lists(draw):
    site = draw(DRAWING, CONFIG)
    built = site.build()
    lists = {name: read(built, f"annotations/{name}") for name in ("1.jsonld", "sources.csl.json")}
    sidecar = site.root / "docs/index.annotations.yml"
    written = (site.root / "built/index.html").stat().st_mtime
    sidecar.write_text(sidecar.read_text().replace("From the", "Out of the"))
    os.utime(sidecar, (written + 5, written + 5))

    built = site.build(dirty=True)

    (item,) = read(built, "annotations.jsonld")["first"]["items"]
    assert item["body"][0]["value"] == "Out of the *survey*."
    for name, before in lists.items():
        assert read(built, f"annotations/{name}") == before


def test_a_rebuild_while_serving_begins_anew(draw):
    from mkdocs.commands.build import build

    site = draw(DRAWING, CONFIG)
    path = site.configure(site.config)
    config = load_config(config_file=str(path), site_dir=str(site.root / "built"))
    config.plugins.on_startup(command="serve", dirty=False)
    for _ in range(2):
        build(config)

    page = json.loads((site.root / "built/annotations/1.jsonld").read_text("utf-8"))
    assert len(page["items"]) == 2


def test_a_command_writes_nothing_of_it(draw):
    site = draw(DRAWING, CONFIG)
    site.configure(site.config)

    for arguments in (["check"], ["export", "--format", "csl"]):
        assert CliRunner().invoke(main, arguments).exit_code == 0

    assert {path.name for path in site.root.iterdir()} == {"docs", "mkdocs.yml"}


def test_what_is_written_is_sound(draw):
    built = draw(DRAWING, CONFIG).build(strict=True)

    for name, schema in (
        ("annotations.jsonld", "web-annotation"),
        ("a/mill/annotations.jsonld", "web-annotation"),
        ("annotations/sources.csl.json", "csl"),
    ):
        value = json.loads((CASES / f"{schema}.schema.json").read_text("utf-8"))
        jsonschema.validate(read(built, name), value)
