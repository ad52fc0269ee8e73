"""The reference is held to the code, and what the guide shows is what happens."""

import inspect
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jinja2 import Environment, meta

from mkdocs_annotate.anchoring import alignment, keys, near_passages, pinning
from mkdocs_annotate.any_html.settings import SITE_KEYS
from mkdocs_annotate.commands import imports
from mkdocs_annotate.commands.cli import COMMANDS, main
from mkdocs_annotate.exchange import web_annotation
from mkdocs_annotate.files.reading import MAX_BYTES
from mkdocs_annotate.hosts.options import OPTIONS, parse_options
from mkdocs_annotate.model import links
from mkdocs_annotate.model.problems import Level, Rule
from mkdocs_annotate.model.vocabulary import (
    ARTICLE_TYPES,
    DEFAULT_VOCABULARY,
    PACKS,
    Need,
    with_packs,
)
from mkdocs_annotate.rendering import index_sections, note_content, page_limits, splice, views
from mkdocs_annotate.rendering import page as page_module
from mkdocs_annotate.rendering.page import MOST_PROPOSALS
from mkdocs_annotate.rendering.templates import NAMES
from mkdocs_annotate.rendering.translations import languages, wording_of
from mkdocs_annotate.sidecar import format as shapes
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.files import MAX_BIBLIOGRAPHY
from mkdocs_annotate.sidecar.nodes import MAX_DEPTH, MAX_EVENTS, MOST_PROBLEMS
from mkdocs_annotate.sidecar.schema import descriptions

SITE = Path(__file__).parent.parent.parent / "site"


def page(name):
    return (SITE / "reference" / f"{name}.md").read_text("utf-8")


def rows(text):
    """Return the first cells of all table rows, without their signs."""
    return [re.sub(r"[`*]", "", cell).strip() for cell in re.findall(r"^\| *([^|]*)\|", text, re.M)]


@pytest.mark.parametrize("record", shapes.RECORDS, ids=lambda record: record.called)
def test_every_key_of_an_entry_has_its_row_and_its_meaning(record):
    lines = page("sidecar").splitlines()

    for key, meaning in descriptions(record).items():
        required = " (required)" if key in record.required else ""
        assert any(
            line.startswith(f"| `{key}`{required} |") and line.endswith(f"| {meaning} |")
            for line in lines
        ), f"{record.called}: {key}"


SECTIONS = {
    "# The sidecar": shapes.SIDECAR,
    "## An annotation": shapes.ANNOTATION,
    "## A citation": shapes.CITATION,
    "## Defaults": shapes.DEFAULTS,
    "## A source": shapes.SOURCE,
    "## The article": shapes.ARTICLE,
    "A correction has": shapes.CORRECTION,
}


def table_below(section):
    """Return the rows of the first table below the beginning of a section, as lists of cells."""
    table = page("sidecar").partition(section)[2].partition("\n| key |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]


@pytest.mark.parametrize("section", SECTIONS)
def test_no_key_is_told_that_no_entry_has(section):
    told = [re.match("`([a-z_]+)`", cells[0])[1] for cells in table_below(section)]

    assert told == list(SECTIONS[section].fields)


AROUND = {
    "## An annotation": ("annotations:\n- ", ["quote: x", "note: y"]),
    "## A citation": ("annotations:\n- quote: x\n  sources:\n  - ", ["source: x"]),
    "## Defaults": ("defaults:\n  ", []),
    "## A source": ("sources:\n  x:\n    ", ["title: x"]),
    "## The article": ("article:\n  ", []),
}


@pytest.mark.parametrize("section", AROUND)
def test_every_example_of_a_value_is_sound(section):
    above, needed = AROUND[section]
    indent = "\n" + " " * len(above.splitlines()[-1])
    for key, _, example, _ in table_below(section):
        if example == "below":
            continue
        name = re.match("`([a-z_]+): ", example)[1]
        assert key.startswith(f"`{name}`")
        lines = [example.strip("`"), *(line for line in needed if not line.startswith(name + ":"))]

        _, problems = parse_sidecar(above + indent.join(lines) + "\n", "shown")

        assert [str(problem) for problem in problems] == []


LIMITS = {
    "a file": (
        f"{MAX_BYTES >> 20} MiB, {MAX_DEPTH} levels deep, {MAX_EVENTS:,} keys, values and brackets"
    ),
    "problems reported for a file": f"{MOST_PROBLEMS}",
    "a quote, prefix or suffix": f"{shapes.PASSAGE:,} characters",
    "a note, backstory or correction": f"{shapes.NOTE:,} characters",
    "an id": f"{shapes.ID_LENGTH} characters",
    "any other text": f"{shapes.SHORT:,} characters",
    "an address": f"{links.MAX_LENGTH:,} characters",
    "places of a quote with `occurrence: all`": f"{keys.MOST_PLACES:,}",
    "places of a quote that are looked at": (
        f"{keys.MOST_FINDS:,}, of all quotes of a page {keys.MOST_FINDS_A_PAGE:,}"
    ),
    "places that are looked at to find the context of one place": f"{pinning.MOST_LOOKED_AT:,}",
    "words that are compared to follow a quote from the Markdown to the page": (
        f"{alignment.MOST_CELLS:,} pairs a stretch"
    ),
    "quotes of a page for which the nearest passage is looked for": (
        f"{MOST_PROPOSALS} different ones, up to {near_passages.LONGEST:,} characters"
    ),
    "passages over each other": f"{splice.MAX_DEPTH}",
    "marks on a page": f"{page_limits.MAX_MARKS:,}",
    "pieces of marks on a page": f"{splice.MAX_PIECES:,}",
    "tags of the page looked at for marks": f"{splice.MAX_LOOKS:,}",
    "text under the marks of a page, each counted by itself": (
        f"{page_limits.MAX_COVERED:,} characters"
    ),
    "what is put into a page": f"{page_limits.MAX_ADDED >> 20} MiB",
    "signs of Markdown in one note": (
        "64 `[`, 64 `\\`, 128 `` ` ``, 128 `~`, 100 `*` or `_` in a row"
    ),
    "work for the notes of a page": (
        f"{note_content.PAGE_WORK:,} units: a sign is 3, ten characters are 1, "
        "a bracket without a link is 250"
    ),
    "entries on one page of an index": f"{index_sections.MOST_ENTRIES}",
    "context written into an export": f"{web_annotation.MOST_WIDTH} characters on each side",
    "a file that is imported": f"{imports.MAX_IMPORT >> 20} MiB",
    "a file of sources in BibTeX or CSL-JSON": f"{MAX_BIBLIOGRAPHY >> 20} MiB",
    "pages that are tried where ours fails": f"{page_module.MOST_TRIALS}",
}
"""Each bound on size and work, as the code has it."""


def limits(text):
    """Return the rows of the table of limits in a document."""
    table = re.search(r"^\| of \| at most \|\n\|---\|---\|\n((?:\|.*\n)+)", text, re.M)
    return dict(re.findall(r"^\| (.+?) \| (.*) \|$", table[1], re.M))


def test_the_limits_told_are_those_that_hold():
    assert limits(page("sidecar")) == LIMITS
    assert limits((SITE.parent / "SECURITY.md").read_text("utf-8")) == LIMITS


def test_the_signs_of_a_note_are_counted_as_the_limits_say():
    one = note_content.work_of
    assert note_content._MOST == {"[": 64, "\\": 64, "`": 128, "~": 128}
    assert {len(row) - 1 for row in note_content._LONGEST_ROWS} == {100}
    assert (one("a" * 10), one("*"), one("[")) == (1, 3, 250)
    assert one("[a](b)") == 0


def test_every_kind_and_type_has_its_row_with_the_words_that_readers_see():
    wording = wording_of("en")
    lines = page("kinds").splitlines()

    for table, ids in (("kinds", DEFAULT_VOCABULARY.kinds), ("article_types", ARTICLE_TYPES)):
        for id_ in ids:
            entry = wording.entry(table, id_)
            row = f"| `{id_}` | {entry.label} | {entry.definition} |"
            assert any(line.startswith(row) for line in lines), id_
    told = re.findall(r"^\| `([a-z0-9-]+)`[^|]* \|", page("kinds"), re.M)
    packs = [one.id for pack in PACKS.values() for one in (*pack.kinds, *pack.techniques)]
    assert told == [*DEFAULT_VOCABULARY.kinds, *packs, *ARTICLE_TYPES]


SAY = {Need.NOTE: "a note", Need.SOURCE: "a source", Need.TECHNIQUE: "the technique"}


def test_every_kind_is_told_with_what_to_say_with_it():
    for kind in with_packs(PACKS).kinds.values():
        (row,) = re.findall(
            rf"^\| `{kind.id}` \| .*$", page("kinds").partition("## Types")[0], re.M
        )
        assert row.split("|")[-2].strip() == " and ".join(SAY[need] for need in kind.needs)


def test_every_pack_is_told_with_the_words_that_readers_see():
    wording = wording_of("en")
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", page("kinds"), re.M | re.S))

    assert list(sections) == list(PACKS)
    for name, pack in PACKS.items():
        for kind in pack.kinds:
            entry = wording.entry("kinds", kind.id)
            row = f"| `{kind.id}` | {entry.label} | {entry.definition} | {kind.group.value} |"
            assert row in sections[name]
        for technique in pack.techniques:
            table, id_ = ("techniques", technique.id)
            if not technique.own_words:
                table, id_ = "kinds", technique.kind
            entry = wording.entry(table, id_)
            assert f"| {entry.label} | {entry.definition} |" in sections[name]
    (row,) = re.findall(r"^\| `packs` \|.*$", page("options"), re.M)
    assert re.findall("`([a-z0-9-]+)`", row)[1:] == list(PACKS)


def options_shown():
    for path in sorted([*SITE.rglob("*.md"), SITE.parent / "README.md"]):
        for block in re.findall(r"```yaml\n(.*?)```", path.read_text("utf-8"), re.S):
            if re.search(r"^  - annotate:", block, re.M):
                yield pytest.param(block, id=f"{path.name}-{block.splitlines()[2].strip()}")


@pytest.mark.parametrize("block", list(options_shown()))
def test_options_that_are_shown_are_options(block):
    plugins = yaml.safe_load(block)["plugins"]
    (given,) = (plugin["annotate"] for plugin in plugins if isinstance(plugin, dict))

    assert parse_options(given)[1] == ()


def test_every_rule_has_its_heading_and_no_other_has_one():
    assert re.findall(r"^## ([a-z].*)$", page("problems"), re.M) == [rule.value for rule in Rule]


def test_every_option_has_its_row_and_no_other_has_one():
    table = page("options").partition("## In an article")[0]

    assert sorted(rows(table)[2:]) == sorted(OPTIONS)


def test_every_option_has_the_default_that_is_told():
    """What is no code in the table stands for an empty default."""
    table = page("options").partition("## In an article")[0]
    told = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \|", table, re.M))

    for name, option in OPTIONS.items():
        code = f"`{str(option.default).lower()}`"
        empty = option.default in (None, "", (), {})
        assert ("`" not in told[name]) if empty else told[name] == code, name


def test_every_key_of_a_built_site_has_its_row():
    table = page("options").partition("## A built site")[2]

    assert rows(table)[2:] == list(SITE_KEYS)


def test_every_language_is_told():
    (row,) = re.findall(r"^\| `language` \|.*$", page("options"), re.M)

    assert re.findall(r"`([a-z]{2})`", row) == list(languages())


def cells_of(text):
    """Return the cells of all table rows, as lists of the names in each cell."""
    rows = re.findall(r"^\| (`.*) \|$", text, re.M)
    return [[re.findall("`([^`]+)`", cell) for cell in row.split(" | ")] for row in rows]


def test_every_template_has_its_row_with_what_it_is_given_and_its_blocks():
    table = page("templates").partition("## The templates")[2].partition("\n## ")[0]
    folder = files("mkdocs_annotate.rendering") / "templates"
    environment = Environment(autoescape=True)
    told = {}
    for names, _, given, *blocks in cells_of(table):
        told[names[0]] = set(given), (blocks or [[]])[0]

    assert set(told) == set(NAMES)
    for name, (given, blocks) in told.items():
        source = (folder / name).read_text("utf-8")
        used = meta.find_undeclared_variables(environment.parse(source))
        assert used - {"link", "apart"} == given, name
        assert list(environment.from_string(source).blocks) == blocks, name


VIEWS = {
    "panel": views.PanelView,
    "A note": views.NoteView,
    "A citation": views.CiteView,
    "A source": views.SourceView,
    "A link": views.LinkView,
    "A group": views.CountView,
    "A kind": views.LegendView,
    "A list": views.ListView,
    "A passage of a list": views.ListedView,
    "A correction": views.CorrectionView,
    "A file for programs": views.ExportView,
    "An orphan": views.OrphanView,
    "An index": views.IndexView,
    "A jump": views.JumpView,
    "A section": views.SectionView,
    "A cluster": views.ClusterView,
    "A source cited": views.CitedView,
    "The articles": views.ArticlesView,
    "A column": views.GroupView,
    "An article": views.ArticleView,
    "The definitions": views.DefinitionsView,
    "A definition": views.DefinitionView,
    "A technique": views.TechniqueView,
}


def test_templates_are_told_of_all_that_they_are_given():
    sections = re.findall(r"^### ([^\n]*)\n(.*?)(?=^###? |\Z)", page("templates"), re.M | re.S)

    assert [heading for heading, _ in sections] == list(VIEWS)
    for heading, text in sections:
        told = [name for names, *_ in cells_of(text) for name in names]
        assert told == list(inspect.get_annotations(VIEWS[heading])), heading


def test_the_templates_shown_are_templates(draw):
    shown = re.findall(r"```jinja\n({% extends \"default/(.*?)\".*?)```", page("templates"), re.S)
    site = draw("docs/talks.md\n| x\n")
    (site.root / "docs/talks.annotations.yml").write_text(
        "annotations: [{quote: x, note: y}]\n", "utf-8"
    )
    site.config = site.config.replace("[annotate]", "[annotate: {templates: own}]")
    (site.root / "own").mkdir()
    for text, name in shown:
        (site.root / "own" / name).write_text(text, "utf-8")

    html = site.build(strict=True).html("talks/index.html")

    assert "What we know, and how</h2>" in html
    assert "subject=Note%201" in html


def test_every_command_and_option_is_told_and_no_other():
    text = page("commands")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))

    assert sorted(sections) == sorted(COMMANDS)
    for name in COMMANDS:
        options = {
            option
            for parameter in main.get_command(None, name).params
            for option in parameter.opts
            if option.startswith("--")
        }
        if name not in ("render", "write"):
            # Which site it is about, every other command is told in the same way.
            options -= {"--config-file", "--site", "--sidecars"}
        options.discard("--config-file")
        assert {cell for cell in rows(sections[name]) if re.match("--[a-z]", cell)} == options, name
    assert all(option in text for option in ("--config-file", "--site", "--sidecars"))


def sidecars_shown():
    for path in sorted(SITE.rglob("*.md")):
        for block in re.findall(r"(?<!-->\n)```yaml\n(.*?)```", path.read_text("utf-8"), re.S):
            if (
                re.search(r"^(annotations:\n|sources:|article:)", block, re.M)
                and "---" not in block
            ):
                yield pytest.param(block, id=f"{path.name}-{block.splitlines()[0][:30]}")


@pytest.mark.parametrize("block", list(sidecars_shown()))
def test_every_sidecar_shown_is_one(block):
    _, problems = parse_sidecar(block, "shown.annotations.yml")

    assert [str(problem) for problem in problems] == []


ARTICLE = "| # Talks\n|\n| The world is one. The bridge was built in 1794.\n|\n"
ARTICLE += "| ## Reactions\n|\n| As though the world knew.\n"
MISTAKES = {
    Rule.TOO_LARGE: "  - quote: " + "[" * 17,
    Rule.YAML_SYNTAX: "  - quote: the plan: a bridge\n    note: x",
    Rule.YAML_FEATURE: "  - quote: built in 1794\n    note: *really* old",
    Rule.REPEATED_KEY: "  - quote: built in 1794\n    note: x\n    note: y",
    Rule.UNKNOWN_KEY: "  - quote: built in 1794\n    noet: x",
    Rule.MISSING_KEY: "  - note: x",
    Rule.WRONG_SHAPE: "  - quote: [built in 1794]\n    note: x",
    Rule.EMPTY_VALUE: "  - quote: built in 1794\n    note:",
    Rule.BAD_VALUE: "  - quote: built in 1794\n    note: x\n    date: 3 November",
    Rule.BAD_CHARACTER: '  - quote: built in 1794\n    note: "x\\u202Ey"',
    Rule.SPEAKER_NOT_QUOTED: "  - quote: The world is one\n    kind: opinion\n    voice: author\n"
    "    speaker: Ada Quill",
    Rule.NOTHING_SAID: "  - quote: built in 1794",
    Rule.REPEATED_ID: "  - quote: built in 1794\n    id: old\n    note: x\n"
    "  - quote: knew\n    id: old\n    note: y",
    Rule.UNKNOWN_KIND: "  - quote: The world is one\n    kind: opinon",
    Rule.UNKNOWN_TECHNIQUE: "  - quote: built in 1794\n    technique: strawman",
    Rule.AMBIGUOUS: "  - quote: world\n    note: x",
    Rule.ORPHAN: "  - quote: The bridge was built in 1749\n    note: x",
    Rule.NOTE_NOT_SAFE: f'  - quote: built in 1794\n    note: "{"[" * 70}"',
    Rule.BAD_LINK: "  - quote: built in 1794\n    note: See [this](javascript:alert(1)).",
    Rule.DEAD_LINK: "  - quote: built in 1794\n    note: See [the mill](mill.md).",
}


MISTAKES |= {
    Rule.OPINION_WITHOUT_SPEAKER: "  - quote: The world is one\n    kind: opinion\n"
    "    voice: quoted",
    Rule.KIND_WITHOUT_SOURCE: "  - quote: built in 1794\n    kind: check\n    note: Right.",
    Rule.KIND_WITHOUT_NOTE: "  - quote: built in 1794\n    kind: exaggeration",
    Rule.RHETORIC_WITHOUT_TECHNIQUE: "  - quote: The world is one\n    kind: rhetoric",
    Rule.SAME_MARK_TWICE: "  - quote: built in 1794\n    note: x\n"
    "  - quote: built in 1794\n    note: y",
    Rule.OVERLAP_TOO_DEEP: "  - quote: The bridge was built in 1794\n    note: x\n"
    "  - quote: The bridge was built\n    note: x\n  - quote: The bridge was\n    note: x\n"
    "  - quote: The bridge\n    note: x",
    Rule.NOTE_WITHOUT_AUTHOR: "  - quote: built in 1794\n    note: x",
    Rule.NOTE_WITHOUT_DATE: "  - quote: built in 1794\n    note: x",
    Rule.ARTICLE_WITHOUT_TYPE: "  - quote: built in 1794\n    note: x",
    Rule.ARTICLE_WITHOUT_BACKSTORY: "  - quote: built in 1794\n    note: x",
    Rule.LOADED_VERB: "  - quote: built in 1794\n    note: The council claimed 1780.",
    Rule.SOURCE_UNUSED: "  - quote: built in 1794\n    note: x\n"
    "sources:\n  survey: {title: Survey}",
    Rule.SOURCE_DEAD: "  - quote: built in 1794\n    sources: survey\n"
    "sources:\n  survey:\n    title: Survey\n    url: https://example.org/survey\n"
    "    url_status: dead",
    Rule.ARCHIVE_NOT_FIXED: "  - quote: built in 1794\n    sources: survey\n"
    "sources:\n  survey:\n    title: Survey\n"
    "    archive_url: https://web.archive.org/web/2024/https://example.org/survey",
    Rule.SOURCE_WITHOUT_ARCHIVE: "  - quote: built in 1794\n    sources: survey\n"
    "sources:\n  survey:\n    title: Survey\n    url: https://example.org/survey\n"
    "    accessed: 2021-03-05",
    Rule.SOURCE_WITHOUT_DATE: "  - quote: built in 1794\n    sources: survey\n"
    "sources:\n  survey: {title: Survey}",
    Rule.CHECK_WITHOUT_SOURCE_QUOTE: "  - quote: built in 1794\n    kind: check\n"
    "    note: Right.\n    sources: survey\nsources:\n  survey: {title: Survey}",
}


@pytest.mark.parametrize("rule", MISTAKES, ids=lambda rule: rule.value)
def test_the_message_shown_for_a_rule_is_the_one_that_is_printed(draw, rule):
    sidecar = "".join(f"| {line}\n" for line in ["annotations:", *MISTAKES[rule].splitlines()])
    site = draw(f"docs/talks.md\n{ARTICLE}docs/talks.annotations.yml\n{sidecar}")
    switched = f", rules: {{{rule.value}: true}}" if rule.editorial else ""
    site.configure(
        site.config.replace("[annotate]", f"[annotate: {{packs: [semeval-2023]{switched}}}]")
    )

    (line,) = CliRunner().invoke(main, ["check"]).stdout.splitlines()

    section = page("problems").partition(f"## {rule.value}\n")[2].partition("\n## ")[0]
    assert f"```\n{line}\n```" in section


def test_every_rule_is_told_with_its_level():
    sections = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", page("problems"), re.M | re.S))

    for rule in Rule:
        told = re.findall(r"^Level: (\w+)", sections[rule.value], re.M)
        own = rule.editorial or rule.level != Level.WARNING
        assert told == ([rule.level.value] if own else []), rule.value


AROUND_ARTICLE = {
    Rule.BAD_OPTION: ("---\nannotations: {magrin: wide}\n---\n", ""),
    Rule.BAD_MARKER: ("", "\n<!-- annotate: kind -->\n"),
}


def broken(site, rule):
    """Bring a site into the state that a rule is about, beyond what stands in one sidecar."""
    docs, sidecar = site.root / "docs", site.root / "docs/talks.annotations.yml"
    sound = "annotations:\n  - quote: built in 1794\n    note: x\n"
    if rule is Rule.NOT_READABLE:
        sidecar.mkdir()
    elif rule is Rule.NOT_UTF8:
        sidecar.write_bytes("annotations:\n  - quote: Ren\u00e9\n".encode("latin-1"))
    elif rule is Rule.UNKNOWN_SOURCE:
        sources = "sources:\n  survey: {title: A}\n"
        sidecar.write_text(
            f"{sources}annotations:\n  - quote: knew\n    sources: survay\n", "utf-8"
        )
    elif rule is Rule.REPEATED_SOURCE:
        (site.root / "sources.yml").write_text("survey: {title: A}\n", "utf-8")
        sidecar.write_text(
            f"sources:\n  survey: {{title: B}}\n{sound.replace('note: x', 'sources: survey')}",
            "utf-8",
        )
    elif rule is Rule.NO_ARTICLE:
        (docs / "talk.annotations.yml").write_text(sound, "utf-8")
    elif rule is Rule.TWO_SIDECARS:
        site.config = site.config.replace("[annotate]", "[annotate: {annotations_dir: notes}]")
        (site.root / "notes").mkdir()
        for path in (sidecar, site.root / "notes/talks.annotations.yml"):
            path.write_text(sound, "utf-8")
    elif rule in AROUND_ARTICLE:
        article = docs / "talks.md"
        before, behind = AROUND_ARTICLE[rule]
        article.write_text(before + article.read_text("utf-8") + behind, "utf-8")
        sidecar.write_text(sound, "utf-8")
    elif rule is Rule.BAD_TEMPLATE:
        sidecar.write_text(sound, "utf-8")
        site.config = site.config.replace("{name: mkdocs", "{name: mkdocs, custom_dir: overrides")
        folder = site.root / "overrides/annotate"
        folder.mkdir(parents=True)
        text = '{% extends "default/notes.html" %}\n{% block haeding %}x{% endblock %}\n'
        (folder / "notes.html").write_text(text, "utf-8")


@pytest.mark.parametrize(
    "rule",
    [
        Rule.NOT_READABLE,
        Rule.NOT_UTF8,
        Rule.UNKNOWN_SOURCE,
        Rule.REPEATED_SOURCE,
        Rule.NO_ARTICLE,
        Rule.TWO_SIDECARS,
        Rule.BAD_OPTION,
        Rule.BAD_MARKER,
        Rule.BAD_TEMPLATE,
    ],
    ids=lambda rule: rule.value,
)
def test_so_is_the_message_of_a_rule_about_more_than_one_entry(draw, rule):
    site = draw(f"docs/talks.md\n{ARTICLE}")
    broken(site, rule)
    site.configure(site.config)

    (line,) = CliRunner().invoke(main, ["check"]).stdout.splitlines()

    section = page("problems").partition(f"## {rule.value}\n")[2].partition("\n## ")[0]
    assert f"```\n{line}\n```" in section


def test_the_tutorials_files_are_those_of_the_page_it_leads_to():
    tutorial = (SITE / "guide/start.md").read_text("utf-8")

    assert (SITE / "guide/bridge.md").read_text("utf-8").strip() in tutorial
    assert (SITE / "guide/bridge.annotations.yml").read_text("utf-8").strip() in tutorial


@pytest.mark.parametrize(
    "name", ["guide/start.md", "guide/check.md", "guide/fix.md", "../README.md"]
)
def test_the_orphan_that_the_guide_shows_is_the_one_that_is_printed(draw, name):
    text = (SITE / name).read_text("utf-8")
    (shown,) = set(
        re.findall(r"^docs/bridge\.annotations\.yml:(\d+:\d+: “.* \[orphan\])$", text, re.M)
    )
    article = (SITE / "guide/bridge.md").read_text("utf-8")
    sidecar = (SITE / "guide/bridge.annotations.yml").read_text("utf-8")
    site = draw("docs/bridge.md\n|\n")
    (site.root / "docs/bridge.md").write_text(article, "utf-8")
    wrong = sidecar.replace("quote: a limit of three tonnes", "quote: a limit of three tons")
    (site.root / "docs/bridge.annotations.yml").write_text(wrong, "utf-8")
    site.configure(site.config)

    (line,) = CliRunner().invoke(main, ["check"]).stdout.splitlines()

    assert line.partition(":")[2].partition(": ")[2] == shown.partition(": ")[2]


def test_the_ambiguity_that_the_guide_shows_is_the_one_that_is_printed(draw):
    text = (SITE / "guide/write.md").read_text("utf-8")
    (shown,) = re.findall(r"^docs/timetable\.annotations\.yml:.*$", text, re.M)
    (article,) = re.findall(r"```markdown\n(# Timetable\n.*?)```", text, re.S)
    site = draw("docs/timetable.annotations.yml\n| annotations: [\n")
    (site.root / "docs/timetable.md").write_text(article, "utf-8")
    sidecar = "annotations:\n  - quote: the boat\n    note: x\n"
    (site.root / "docs/timetable.annotations.yml").write_text(sidecar, "utf-8")
    site.configure(site.config)

    assert CliRunner().invoke(main, ["check"]).stdout.strip() == shown


def test_the_demos_use_every_kind_and_every_key():
    used_kinds, used = set(), {record.called: set() for record in shapes.RECORDS}
    for path in SITE.rglob("*.annotations.yml"):
        text = path.read_text("utf-8")
        sidecar, problems = parse_sidecar(text, path.name)
        assert problems == []
        used_kinds |= {annotation.kind for annotation in sidecar.annotations}
        for record in shapes.RECORDS:
            for key in record.fields:
                if re.search(rf"^[ -]*{key}:|[{{,] ?{key}:", text, re.M):
                    used[record.called].add(key)

    assert used_kinds == set(DEFAULT_VOCABULARY.kinds)
    # What `fix` alone writes is in no finished sidecar.
    written = {"reread", "reread_note"}
    for record in shapes.RECORDS:
        assert used[record.called] == set(record.fields) - written, record.called
