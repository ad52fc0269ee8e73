import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["check", *arguments])


SOUND = """
docs/index.md
| The old bridge.
docs/index.annotations.yml
| annotations:
|   - quote: old
|     note: x
"""
WRONG = (
    SOUND
    + """docs/a/b.md
| Words.
docs/a/b.annotations.yml
| annotations:
|   - quote: absent
|     note: x
|     draft: true
"""
)


def test_a_sound_site_exits_with_0(draw, run):
    site = draw(SOUND)
    site.configure(site.config)

    result = run()

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "1 annotation in 1 article: no problems\n"


def test_each_problem_is_one_line_and_the_exit_code_is_1_drafts_included(draw, run):
    site = draw(WRONG)
    site.configure(site.config)

    result = run()

    assert result.exit_code == 1
    assert result.stdout == (
        "docs/a/b.annotations.yml:2:12: “absent” does not stand in the article; "
        "copy the words again from the page [orphan]\n"
    )
    assert result.stderr == (
        "2 annotations in 2 articles: 1 problem\n"
        "1 quote has no place, or several: `mkdocs-annotate fix` shows where each may belong\n"
    )


@pytest.mark.parametrize("name", ["docs/a/b.md", "docs/a/b.annotations.yml"])
def test_of_articles_that_are_named_only_theirs_are_told(draw, run, name):
    site = draw(WRONG + "docs/lost.annotations.yml\n| annotations: [{quote: x, note: y}]\n")
    site.configure(site.config)

    assert [line.split(":")[0] for line in run().stdout.splitlines()] == [
        "docs/a/b.annotations.yml",
        "docs/lost.annotations.yml",
    ]
    result = run(name)
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == [
        "docs/a/b.annotations.yml"
    ]
    assert result.stderr.startswith("1 annotation in 1 article: 1 problem\n")
    assert run("docs/index.md").exit_code == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("index.md", "index.md is not an article of this site; did you mean docs/index.md?"),
        ("b", "b is not an article of this site; did you mean docs/a/b.md?"),
        ("docs/b.md", "docs/b.md is not an article of this site; did you mean docs/a/b.md?"),
        (
            "docs/indx.md",
            "docs/indx.md is not an article of this site; did you mean docs/index.md?",
        ),
        ("docs/quay.md", "docs/quay.md is not an article of this site; the articles are in docs/"),
        (
            "docs/b.annotations.yml",
            "docs/b.annotations.yml is a sidecar; name its article, docs/a/b.md",
        ),
        (
            "docs/quay.annotations.yml",
            "docs/quay.annotations.yml is a sidecar; no article of this site belongs to it",
        ),
    ],
)
def test_a_path_that_is_no_article_is_told_with_the_one_that_is_meant(draw, run, name, told):
    site = draw(WRONG)
    site.configure(site.config)

    result = run(name)

    assert (result.exit_code, result.stderr) == (2, f"Error: {told}\n")


def test_an_article_without_a_sidecar_is_told_with_how_to_get_one(draw, run):
    site = draw(SOUND + "docs/bare.md\n| Words.\n")
    site.configure(site.config)

    result = run("docs/bare.md")

    assert result.exit_code == 0
    assert result.stderr == (
        "no annotations in no articles: no problems\n"
        "docs/bare.md has no sidecar: `mkdocs-annotate new docs/bare.md` writes "
        "docs/bare.annotations.yml\n"
    )


def test_many_sources_that_nothing_cites_are_one_line_and_all_of_them_on_demand(draw, run):
    entries = "".join(f"| s{number}: {{title: T}}\n" for number in range(200))
    site = draw(SOUND + "sources.yml\n" + entries)
    site.configure(site.config)

    result = run()
    assert result.exit_code == 0
    assert result.stdout == (
        "sources.yml:1:1: info: nothing cites 200 of the sources in this file; "
        "`--unused` lists them [source-unused]\n"
    )
    assert len(run("--unused").stdout.splitlines()) == 200
    assert len(json.loads(run("--format", "json").stdout)) == 200


def test_a_baseline_is_that_of_the_whole_site(draw, run):
    site = draw(WRONG)
    site.configure(site.config)
    assert run("--baseline", "known.json", "--update-baseline").exit_code == 0

    result = run("docs/index.md", "--baseline", "known.json")
    assert (result.exit_code, result.stderr) == (
        0,
        "1 annotation in 1 article: no new problems, 0 known\n",
    )
    refused = run("docs/index.md", "--baseline", "known.json", "--update-baseline")
    assert refused.exit_code == 2
    assert "name no articles" in refused.stderr


def test_options_that_only_a_build_uses_and_people_are_looked_at_too(draw, run):
    options = "{exports: [rdf], people: {NG: {name: Nell Gow, url: /nell.md}}}"
    site = draw(SOUND, f"site_name: s\nplugins: [annotate: {options}]")
    site.configure(site.config)

    result = run()

    assert result.exit_code == 1
    assert result.stdout == (
        "mkdocs.yml:2:32: there is no export `rdf`; there are schema-org, web-annotation, csl "
        "[bad-option]\n"
        'mkdocs.yml:2:68: the site has no "/nell.md", where `NG` in `people` is; '
        "correct the `url`; it begins in the folder of all articles [dead-link]\n"
    )


def test_json_is_an_array_of_objects(draw, run):
    site = draw(WRONG)
    site.configure(site.config)

    result = run("--format", "json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "file": "docs/a/b.annotations.yml",
            "line": 2,
            "column": 12,
            "rule": "orphan",
            "level": "warning",
            "message": "“absent” does not stand in the article",
            "hint": "copy the words again from the page",
            "cure": "copy the words again from the page",
            "subject": "absent",
        }
    ]


def test_json_of_a_sound_site_is_an_empty_array(draw, run):
    site = draw(SOUND)
    site.configure(site.config)

    assert json.loads(run("--format", "json").stdout) == []


def test_nothing_is_written(draw, run):
    site = draw(SOUND)
    site.configure(site.config)
    before = sorted(site.root.rglob("*"))

    run()

    assert sorted(site.root.rglob("*")) == before


def test_blank_articles_and_sidecars_named_in_front_matter_are_checked(draw, run):
    site = draw("""
        docs/blank.md
        |
        docs/blank.annotations.yml
        | annotations:
        |   - quote: absent
        |     note: x
        docs/index.md
        | ---
        | title: Named
        | annotations: other.annotations.yml
        | ---
        | Words.
        docs/other.annotations.yml
        | annotations:
        |   - quote: gone
        |     note: x
    """)
    site.configure(site.config)

    lines = run().stdout.splitlines()

    assert [line.split(" ")[0] for line in lines] == [
        "docs/blank.annotations.yml:2:12:",
        "docs/other.annotations.yml:2:12:",
    ]


def test_stray_sidecars_are_told(draw, run):
    site = draw(SOUND + "docs/gone.annotations.yml\n| annotations: []\n")
    site.configure(site.config)

    assert "there is no article gone.md" in run().stdout


def test_sidecars_of_articles_that_are_not_built_are_named(draw, run):
    site = draw(SOUND + "docs/later.md\n| x\ndocs/later.annotations.yml\n| annotations: []\n")
    site.configure(site.config + "exclude_docs: later.md\n")

    result = run()

    assert result.exit_code == 0
    assert result.stderr.splitlines()[1:] == [
        "not checked, because their articles are not built here: docs/later.annotations.yml"
    ]


def test_without_a_configuration_the_exit_code_is_2(draw, run):
    draw(SOUND)

    result = run()

    assert result.exit_code == 2
    assert "there is no mkdocs.yml; name the site's configuration with -f" in result.stderr


def test_a_configuration_that_cannot_be_read_is_told_without_a_traceback(draw, run):
    site = draw(SOUND)
    site.configure("site_name: [")

    result = run()

    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_without_a_builder_the_exit_code_is_2_and_other_commands_work(draw):
    draw(SOUND)
    code = (
        "import sys; sys.modules['mkdocs'] = sys.modules['properdocs'] = None;"
        "from mkdocs_annotate.commands.cli import main; main()"
    )

    def call(*arguments):
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    assert call("check").returncode == 2
    assert "pip install 'mkdocs-annotate[mkdocs]'" in call("check").stderr
    assert call("schema").returncode == 0


def test_a_site_without_us_is_told_what_to_add(draw, run):
    site = draw(SOUND)
    site.configure("site_name: x\n")

    result = run()

    assert result.exit_code == 2
    assert "add `- annotate` under `plugins:`" in result.stderr


CONFIG = """
site_name: Drawn
theme: {name: mkdocs, highlightjs: false}
plugins:
  - annotate: {rules: RULES}
"""
SHARED = (
    SOUND
    + """sources.yml
| unused: {title: Unused}
| used: {title: Used, url: 'https://example.org', accessed: 2020, url_status: dead}
docs/c.md
| Words of the bridge.
docs/c.annotations.yml
| article: {based_on: used}
| annotations:
|   - quote: Words
|     kind: rhetoric
"""
)


def told(draw, run, rules="{}", *arguments):
    site = draw(SHARED, CONFIG.replace("RULES", rules))
    site.configure(site.config)
    return run(*arguments)


def test_information_is_shown_and_does_not_fail(draw, run):
    result = told(draw, run, "{source-dead: off}")

    assert result.exit_code == 0
    assert result.stdout == (
        "docs/c.annotations.yml:4:11: info: “Words” is of the kind `rhetoric`, and names no "
        "technique; add `technique: …`, such as slogan or false dilemma "
        "[rhetoric-without-technique]\n"
        "sources.yml:1:1: info: nothing cites the source `unused`; cite it, or remove it "
        "[source-unused]\n"
    )
    assert result.stderr == "2 annotations in 2 articles: 2 problems (2 for information)\n"


def test_a_bibliography_may_hold_more_than_the_site_cites(draw, run):
    library = 'library.json\n| [{"id": "unused", "type": "book", "title": "Of other papers"}]\n'
    site = draw(SOUND + library, "site_name: s\nplugins: [annotate: {sources: library.json}]")
    site.configure(site.config)

    assert run().stdout == ""


def test_errors_are_told_apart(draw, run):
    rules = "{source-dead: error, rhetoric-without-technique: off, source-unused: warning}"
    result = told(draw, run, rules)

    assert result.exit_code == 1
    assert result.stdout == (
        "sources.yml:1:1: nothing cites the source `unused`; cite it, or remove it "
        "[source-unused]\n"
        "sources.yml:2:1: error: the address of `used` is dead; add the `archive_url` of a copy, "
        "or cite another source [source-dead]\n"
    )


def test_whether_a_source_lacks_a_copy_by_now_only_a_check_tells(draw, run):
    rules = "{source-without-archive: true, source-dead: off}"
    result = told(draw, run, rules)

    (line,) = (line for line in result.stdout.splitlines() if "without-archive" in line)
    assert line.startswith("sources.yml:2:1: `used`, accessed 2020, has no archived copy; ")
    site = draw("", CONFIG.replace("RULES", rules))
    assert site.build(strict=True).lines == []


def test_what_an_entry_with_a_mistake_cites_may_seem_unused(draw, run):
    site = draw(SHARED, CONFIG.replace("RULES", "{source-dead: off}"))
    site.write("docs/index.annotations.yml\n| annotations:\n|   - quote: old\n|     noet: x\n")
    site.configure(site.config)

    assert "source-unused" not in run().stdout


def test_a_blank_article_knows_the_files_of_its_site_wherever_one_is(draw, run, monkeypatch):
    site = draw(
        """
        own.yml
        | a: {title: T}
        docs/blank.md
        |
        docs/blank.annotations.yml
        | annotations: [{quote: x, sources: a}]
        """
    )
    site.configure("site_name: x\nplugins: [annotate: {sources: own.yml}]\n")
    monkeypatch.chdir(site.root / "docs")

    (line,) = run("-f", str(site.root / "mkdocs.yml")).stdout.splitlines()

    assert line.endswith("[orphan]")


def test_a_bibliography_may_have_more_than_is_cited(draw, run):
    site = draw(
        """
        refs.bib
        | @book{a, title={T}}
        more.json
        | [{"id": "b", "type": "book", "title": "T"}]
        own.yaml
        | c: {title: T}
        docs/index.md
        | x
        docs/index.annotations.yml
        | {}
        """
    )
    sources = "{sources: [refs.bib, more.json, own.yaml]}"
    site.configure(f"site_name: x\nplugins: [annotate: {sources}]\n")

    assert run().stdout.splitlines() == [
        "own.yaml:1:1: info: nothing cites the source `c`; cite it, or remove it [source-unused]"
    ]


@pytest.mark.parametrize(
    ("form", "levels"),
    [
        ("json", ['"level": "info"', '"level": "error"', '"level": "warning"']),
        ("sarif", ['"level": "note"', '"level": "error"', '"level": "warning"']),
        ("github", ["::notice ", "::error ", "::warning "]),
    ],
)
def test_every_format_tells_the_level(draw, run, form, levels):
    rules = "{source-dead: error, source-unused: warning}"
    result = told(draw, run, rules, "--format", form)

    assert result.exit_code == 1
    for level in levels:
        assert level in result.stdout


def test_a_baseline_holds_information_too(draw, run):
    told(draw, run, "{}", "--baseline", "known.yml", "--update-baseline")
    result = run("--baseline", "known.yml")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "rhetoric-without-technique" in Path("known.yml").read_text("utf-8")


def test_exports_that_lack_the_address_of_the_site_are_told(draw, run):
    site = draw(SOUND, "site_name: s\nplugins: [annotate: {exports: true}]")
    site.configure(site.config)

    assert run().stdout == (
        "mkdocs.yml:2:22: `exports` can't write annotations without the address of the site, "
        "since each names its page; "
        "add `site_url`, or write `exports: [schema-org, csl]` [bad-option]\n"
    )


def test_a_site_further_up_is_named(draw, run, monkeypatch):
    site = draw(SOUND)
    site.configure(site.config)
    monkeypatch.chdir(site.root / "docs")

    result = run("index.md")

    assert (result.exit_code, result.stderr) == (
        2,
        "Error: there is no mkdocs.yml; did you mean ../mkdocs.yml? Run the command there, or name "
        "it with -f\n",
    )
    assert run("-f", "../mkdocs.yml", "index.md").exit_code == 0


HOOK = """
hook.py
| def on_page_markdown(markdown, page, **_):
|     if "fails" in markdown:
|         raise LookupError("the hook\\nwants more")
|     return markdown
docs/bad.md
| This fails.
docs/bad.annotations.yml
| annotations:
|   - {quote: This, note: x}
"""


def test_an_article_at_which_a_hook_fails_is_a_problem_and_the_others_are_checked(draw, run):
    site = draw(WRONG + HOOK)
    site.configure(site.config + "hooks: [hook.py]\n")

    result = run()

    assert result.exit_code == 1
    assert (
        "docs/bad.md:1:1: the article can't be converted; build the site to see where it fails"
        in (result.stdout)
    )
    assert "LookupError: the hook wants more [not-converted]" in result.stdout
    assert "docs/a/b.annotations.yml:2:12" in result.stdout


def test_a_site_whose_configuration_fails_is_told_in_one_line(draw, run):
    site = draw(SOUND + "hook.py\n| def on_config(config):\n|     raise LookupError('nothing')\n")
    site.configure(site.config + "hooks: [hook.py]\n")

    result = run()

    assert result.exit_code == 2
    assert result.stderr == "Error: mkdocs.yml: the site can't be opened; LookupError: nothing\n"


def test_a_strict_extension_does_not_end_the_check(draw, run):
    site = draw(WRONG)
    site.configure(
        "site_name: x\nplugins: []\nmarkdown_extensions: [{mkdocs_annotate: {strict: true}}]"
    )

    result = run()

    assert result.exit_code == 1
    assert "docs/a/b.annotations.yml:2:12" in result.stdout
