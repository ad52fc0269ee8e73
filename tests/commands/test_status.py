import json

from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

DRAWING = """
docs/bridge.md
| The bridge was built in 1794, and bears three tonnes.
docs/bridge.annotations.yml
| defaults: {by: NA, date: 2026-05-18}
| annotations:
|   - quote: built in 1794
|     note: x
|     draft: true
|   - quote: three tonnes
|     sources: {title: Limits, url: https://example.org/}
docs/other.md
| Words.
docs/other.annotations.yml
| annotations: [{quote: gone, note: x}]
"""
CONFIG = """
site_name: s
plugins: [annotate: {people: {NA: {name: Nell Arkwright}}}]
"""


def run(draw, *arguments):
    draw(DRAWING).configure(CONFIG)
    result = CliRunner().invoke(main, ["status", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_all_that_is_unfinished_is_listed(draw):
    assert (
        run(draw)
        == """\
3 annotations in 2 articles

1 draft:
  docs/bridge.annotations.yml:3:12: “built in 1794” (context, NA, 2026-05-18)

1 quote without a place (`mkdocs-annotate fix`):
  docs/other.annotations.yml:1:23: “gone” (context, no date)

signed by:
  Nell Arkwright: 2 annotations, 1 draft, 2026-05-18
  nobody: 1 annotation, no date

1 source without an archived copy (`mkdocs-annotate links --archive --write`):
  docs/bridge.annotations.yml:7:14: `Limits`, no `accessed`
"""
    )


def test_articles_can_be_named(draw):
    assert (
        run(draw, "docs/other.md")
        == """\
1 annotation in 1 article

1 quote without a place (`mkdocs-annotate fix`):
  docs/other.annotations.yml:1:23: “gone” (context, no date)

signed by:
  nobody: 1 annotation, no date
"""
    )


def test_programs_get_an_object(draw):
    told = json.loads(run(draw, "--format", "json"))

    assert (told["articles"], told["annotations"]) == (2, 3)
    assert [entry["quote"] for entry in told["drafts"]] == ["built in 1794"]
    assert told["without_place"][0]["line"] == 1
    assert told["signed"][0] == {
        "by": "Nell Arkwright",
        "annotations": 2,
        "drafts": 1,
        "first": "2026-05-18",
        "last": "2026-05-18",
    }
    assert told["sources_without_copy"][0]["title"] == "Limits"
