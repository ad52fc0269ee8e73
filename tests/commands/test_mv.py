"""`mv`: real sites, which build strictly before and after."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

CONFIG = """
site_name: Drawn   # ours
theme: {name: mkdocs, highlightjs: false}
plugins: [annotate]
markdown_extensions: [admonition, fenced_code]
validation: {anchors: warn, links: {unrecognized_links: warn}}
nav:
  - Home: index.md      # first
  - Guide:
    - "The bridge": 'guide/bridge.md'
    - guide/mill.md
"""
SITE = """
docs/index.md
| # Home
|
| See [the bridge](guide/bridge.md "Old"), [its *limit*](./guide/bridge.md#the-limit), and
| [the mill](guide/mill.md). ![A picture](guide/pictures/bridge.png)
|
| Typed as `[the bridge](guide/bridge.md)`, or
|
| ```
| [the bridge](guide/bridge.md)
| ```
|
| <!-- [the bridge](guide/bridge.md) -->
|
| !!! note
|     Again [the bridge][b], and [here](<guide/bridge.md>).
|
| [b]: guide/bridge.md#the-limit
|     "The limit"
docs/index.annotations.yml
| annotations:   # ours
|   - quote: the mill
|     note: >
|       Beside [the bridge](guide/bridge.md),
|       as [the sign](guide/bridge.md#the-limit) says.
docs/guide/bridge.md
| # The bridge
|
| [Home](../index.md), [the mill](mill.md#wheel), [itself](bridge.md#the-limit).
| ![It](pictures/bridge.png)
|
| ## The limit
|
| Three tons. See [elsewhere](https://example.org/bridge.md) and [above](#the-bridge).
docs/guide/bridge.annotations.yml
| sources:
|   plan: {title: The plan, url: pictures/bridge.png}
| annotations:
|   - quote: Three tons
|     note: "See [the mill](mill.md), and [it](pictures/bridge.png)."
|     sources: plan
docs/guide/mill.md
| # The mill
|
| Beside [the bridge](bridge.md).
|
| ## Wheel
docs/guide/pictures/bridge.png
| none
"""


@pytest.fixture
def site(draw):
    site = draw(SITE, CONFIG)
    site.configure(CONFIG)
    return site


def mv(*arguments, code=0):
    result = CliRunner().invoke(main, ["mv", *arguments])
    assert result.exit_code == code, (result.output, result.stderr, result.exception)
    return result.stdout + result.stderr


def texts(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "built" not in path.parts
    }


def test_all_that_points_to_the_article_is_mended_and_the_site_builds_as_before(site):
    assert site.build(strict=True).lines == []

    told = mv("docs/guide/bridge.md", "docs/river/crossing.md")

    assert told == (
        "docs/guide/bridge.md → docs/river/crossing.md\n"
        "docs/guide/bridge.annotations.yml → docs/river/crossing.annotations.yml\n"
        "docs/index.md: 4 mended\n"
        "docs/index.annotations.yml: 2 mended\n"
        "docs/guide/bridge.md: 3 mended\n"
        "docs/guide/bridge.annotations.yml: 3 mended\n"
        "docs/guide/mill.md: 1 mended\n"
        "mkdocs.yml: 1 mended\n"
    )
    site.config = (site.root / "mkdocs.yml").read_text("utf-8")
    assert site.build(strict=True).lines == []
    assert "'river/crossing.md'" in site.config
    assert site.config.replace("river/crossing.md", "guide/bridge.md") == CONFIG
    index = (site.root / "docs/index.md").read_text("utf-8").splitlines()
    assert index[2:4] == [
        'See [the bridge](river/crossing.md "Old"), [its *limit*](./river/crossing.md#the-limit),'
        " and",
        "[the mill](guide/mill.md). ![A picture](guide/pictures/bridge.png)",
    ]
    assert index[4:14] == SITE_LINES[4:14]
    assert index[14:] == [
        "    Again [the bridge][b], and [here](<river/crossing.md>).",
        "",
        "[b]: river/crossing.md#the-limit",
        '    "The limit"',
    ]
    assert (site.root / "docs/index.annotations.yml").read_text("utf-8") == (
        "annotations:   # ours\n"
        "  - quote: the mill\n"
        "    note: >\n"
        "      Beside [the bridge](river/crossing.md),\n"
        "      as [the sign](river/crossing.md#the-limit) says.\n"
    )
    assert (site.root / "docs/river/crossing.md").read_text("utf-8").splitlines()[2:4] == [
        "[Home](../index.md), [the mill](../guide/mill.md#wheel), [itself](crossing.md#the-limit).",
        "![It](../guide/pictures/bridge.png)",
    ]
    assert "(../guide/mill.md), and [it](../guide/pictures/bridge.png)" in (
        site.root / "docs/river/crossing.annotations.yml"
    ).read_text("utf-8")


SITE_LINES = [line[2:] for line in SITE.split("docs/index.annotations")[0].splitlines()[2:]]


def test_moved_back_every_byte_is_as_it_was(site):
    before = texts(site.root)

    mv("docs/guide/bridge.md", "docs/river.md")
    mv("docs/river.md", "docs/guide/bridge.md")

    assert texts(site.root) == before


def test_a_folder_keeps_the_name(site):
    assert "→ docs/bridge.md" in mv("docs/guide/bridge.md", "docs")
    site.config = (site.root / "mkdocs.yml").read_text("utf-8")
    assert site.build(strict=True).lines == []


def test_a_dry_run_shows_every_edit_and_writes_nothing(site):
    before = texts(site.root)

    told = mv("docs/guide/bridge.md", "docs/guide/crossing.md", "--dry-run")

    assert "--- docs/index.md\n+++ docs/index.md\n" in told
    assert "+[b]: guide/crossing.md#the-limit" in told
    assert "+    - \"The bridge\": 'guide/crossing.md'" in told
    assert texts(site.root) == before


def test_a_folder_of_its_own_for_sidecars_is_mirrored(site):
    site.config = CONFIG.replace("[annotate]", "[annotate: {annotations_dir: notes}]")
    site.configure(site.config)
    (site.root / "notes/guide").mkdir(parents=True)
    name = "guide/bridge.annotations.yml"
    (site.root / "docs" / name).rename(site.root / "notes" / name)

    told = mv("docs/guide/bridge.md", "docs/river/crossing.md")

    assert "notes/guide/bridge.annotations.yml → notes/river/crossing.annotations.yml" in told
    site.config = (site.root / "mkdocs.yml").read_text("utf-8")
    assert site.build(strict=True).lines == []
    assert not (site.root / "notes/guide").exists()


def test_a_sidecar_that_front_matter_names_stays_and_its_path_is_mended(site):
    docs = site.root / "docs"
    (docs / "guide/bridge.annotations.yml").rename(docs / "limit.annotations.yml")
    article = docs / "guide/bridge.md"
    head = "---\ntitle: x  # y\nannotations: {file: ../limit.annotations.yml}\n---\n"
    article.write_text(head + article.read_text("utf-8"), "utf-8")
    assert site.build(strict=True).lines == []

    told = mv("docs/guide/bridge.md", "docs/bridge.md")

    assert "docs/limit.annotations.yml: 3 mended" in told
    assert (docs / "bridge.md").read_text("utf-8").startswith(head.replace("../limit", "limit"))
    site.config = (site.root / "mkdocs.yml").read_text("utf-8")
    assert site.build(strict=True).lines == []


def test_what_cannot_be_mended_is_listed_with_its_place(site):
    (site.root / "docs/index.md").write_text(
        "# Home\n\n"
        'A [page](guide/bridge/), <a href="guide/bridge.md">raw</a>.\n\n'
        "- [twice](guide/bridge.md)\n\n"
        "Text:\n\n    [code](guide/mill.md) [twice](guide/bridge.md)\n",
        "utf-8",
    )
    article = site.root / "docs/guide/bridge.md"
    article.write_text(article.read_text("utf-8") + "\n[gone](gone.md)\n", "utf-8")

    told = mv("docs/guide/bridge.md", "docs/bridge.md", code=1)

    assert told.partition("left to do by hand:\n")[2] == (
        "docs/index.md:3:10: “guide/bridge/” leads to the published page, whose address changes\n"
        "docs/index.md:3:35: “guide/bridge.md” stands in HTML; it should lead to “bridge.md”\n"
        "docs/bridge.md:10:8: “gone.md” leads to no file, and was left as it is\n"
    )
    index = (site.root / "docs/index.md").read_text("utf-8")
    assert "- [twice](bridge.md)" in index
    assert "    [code](guide/mill.md) [twice](guide/bridge.md)\n" in index


def test_navigation_that_another_file_holds_is_told(site):
    (site.root / "base.yml").write_text(CONFIG, "utf-8")
    site.configure("INHERIT: base.yml\n")

    told = mv("docs/guide/bridge.md", "docs/bridge.md", code=1)

    assert "mkdocs.yml:1:1: `nav` names guide/bridge.md where no value of this file does" in told


def test_a_configuration_with_tags_is_edited_all_the_same(site):
    config = CONFIG + "extra: {key: !ENV [NAME, none]}\n"
    site.configure(config)

    mv("docs/guide/bridge.md", "docs/bridge.md")

    text = (site.root / "mkdocs.yml").read_text("utf-8")
    assert text == config.replace("guide/bridge.md", "bridge.md")


REFUSED = {
    "docs/guide/bridge.annotations.yml docs/x.md": (
        "docs/guide/bridge.annotations.yml is a sidecar; name its article, docs/guide/bridge.md"
    ),
    "guide/bridge.md docs/x.md": (
        "guide/bridge.md is not an article of this site; did you mean docs/guide/bridge.md?"
    ),
    "docs/none.md docs/x.md": "docs/none.md is not an article of this site; the articles are in",
    "docs/index.md docs/guide/mill.md": "docs/guide/mill.md is there already; nothing is changed",
    "docs/index.md docs/new": "docs/new is neither a folder nor the name of an article; make the",
    "docs/index.md x.md": "x.md lies outside docs/, where articles are",
    "docs/guide/mill.md docs/guide/bridge.md": "docs/guide/bridge.md is there already",
}


@pytest.mark.parametrize("arguments", REFUSED)
def test_what_cannot_be_is_told_and_nothing_is_changed(site, arguments):
    before = texts(site.root)

    assert REFUSED[arguments] in mv(*arguments.split(), code=2)
    assert texts(site.root) == before


def test_a_sidecar_in_the_way_is_never_overwritten(site):
    (site.root / "docs/crossing.annotations.yml").write_text("annotations: []\n", "utf-8")
    before = texts(site.root)

    assert "crossing.annotations.yml is there already" in mv(
        "docs/guide/bridge.md", "docs/crossing.md", code=2
    )
    assert texts(site.root) == before


def test_if_one_file_cannot_be_written_none_is(site, monkeypatch):
    before = texts(site.root)
    replace = Path.replace

    def fails(self, target):
        if Path(target).name == "mkdocs.yml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)

    told = mv("docs/guide/bridge.md", "docs/river/crossing.md", code=2)

    assert "mkdocs.yml can't be written: No space left on device; nothing is changed" in told
    assert texts(site.root) == before


@pytest.mark.parametrize("failing", [1, 2])
def test_if_one_file_cannot_be_moved_all_is_undone(site, monkeypatch, failing):
    before = texts(site.root)
    rename, calls = Path.rename, []

    def fails(self, target):
        calls.append(target)
        if len(calls) == failing:
            raise OSError(13, "Permission denied", str(self), None, str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)

    told = mv("docs/guide/bridge.md", "docs/river/crossing.md", code=2)

    assert "can't be made: Permission denied; nothing is changed" in told
    assert texts(site.root) == before
    assert not (site.root / "docs/river").exists()


def test_a_file_that_somebody_changes_meanwhile_is_named_where_it_cannot_be_undone(
    site, monkeypatch
):
    def fails(self, target):
        (site.root / "docs/index.md").write_text("theirs", "utf-8")
        raise OSError(13, "Permission denied", str(self), None, str(target))

    monkeypatch.setattr(Path, "rename", fails)

    told = mv("docs/guide/bridge.md", "docs/crossing.md", code=2)

    assert "these files were changed and could not be restored: docs/index.md" in told
    assert (site.root / "docs/index.md").read_text("utf-8") == "theirs"


def test_an_interruption_undoes_all_too(site, monkeypatch):
    before = texts(site.root)

    def interrupted(self, target):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupted)

    CliRunner().invoke(main, ["mv", "docs/guide/bridge.md", "docs/crossing.md"])

    assert texts(site.root) == before


def test_an_article_that_is_no_text_is_told(site):
    (site.root / "docs/odd.md").write_bytes(b"\xff\xfe")
    os.utime(site.root / "docs/odd.md")

    assert "docs/odd.md:1:1: is not UTF-8, so its links were not checked" in mv(
        "docs/guide/bridge.md", "docs/crossing.md", code=1
    )


def test_line_ends_stay(site):
    path = site.root / "docs/guide/mill.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()

    mv("docs/guide/bridge.md", "docs/guide/crossing.md")

    assert path.read_bytes() == before.replace(b"bridge.md", b"crossing.md")


def test_what_an_extension_leaves_unknown_is_left_to_a_human(site, monkeypatch):
    monkeypatch.setattr("mkdocs_annotate.hosts.mkdocs_project.links_of", lambda *_: None)

    told = mv("docs/guide/mill.md", "docs/guide/wheel.md", code=1)

    assert "docs/index.md:4:12: “guide/mill.md” may be a link or code; it may have to be" in told


def test_front_matter_of_another_article_may_name_the_sidecar_that_moves(site):
    docs = site.root / "docs"
    head = "---\nannotations: bridge.annotations.yml\n---\n"
    (docs / "guide/mill.md").write_text(head + "Three tons.\n", "utf-8")

    mv("docs/guide/bridge.md", "docs/river/crossing.md")

    assert "annotations: ../river/crossing.annotations.yml" in (docs / "guide/mill.md").read_text()


def test_front_matter_that_names_a_sidecar_stays_where_neither_moves(site):
    docs = site.root / "docs"
    head = "---\nannotations: mill.annotations.yml\n---\n"
    (docs / "guide/mill.md").write_text(head + "# Mill\n", "utf-8")
    (docs / "guide/mill.annotations.yml").write_bytes(b"\xff")

    mv("docs/guide/bridge.md", "docs/crossing.md")

    assert (docs / "guide/mill.md").read_text() == head + "# Mill\n"


def test_the_line_that_names_the_schema_leads_to_the_same_file(draw):
    site = draw("""
        annotations.schema.json
        | {}
        docs/bridge.md
        | Built in 1794.
        docs/bridge.annotations.yml
        | # yaml-language-server: $schema=../annotations.schema.json
        | annotations:
        |   - quote: Built in 1794
        |     note: A note.
        """)
    site.configure(site.config)
    (site.root / "docs/river").mkdir()

    result = CliRunner().invoke(main, ["mv", "docs/bridge.md", "docs/river/bridge.md"])

    assert result.exit_code == 0, result.output
    moved = (site.root / "docs/river/bridge.annotations.yml").read_text("utf-8")
    assert moved.startswith("# yaml-language-server: $schema=../../annotations.schema.json\n")


def test_the_sidecar_beside_the_original_of_a_link_stays(draw):
    site = draw("""
        common/bridge.md
        | Built in 1794.
        common/bridge.annotations.yml
        | annotations:
        |   - quote: Built in 1794
        |     note: A note.
        docs/index.md
        | Home
        """)
    site.configure(site.config)
    (site.root / "docs/bridge.md").symlink_to("../common/bridge.md")

    result = CliRunner().invoke(main, ["mv", "docs/bridge.md", "docs/tarn.md"])

    assert result.exit_code == 0, result.output
    assert (site.root / "docs/tarn.md").is_symlink()
    assert (site.root / "common/bridge.annotations.yml").is_file()
