import json

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.baselines import (
    BadBaseline,
    KnownProblem,
    as_gone,
    as_yaml,
    entries_of,
    parsed,
    read_baseline,
    write_baseline,
)
from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.model.problems import Position, Problem, Rule

ENTRIES = [
    KnownProblem("docs/b.annotations.yml", "orphan", "00ff"),
    KnownProblem("docs/a.annotations.yml", "orphan", "12e4"),
    KnownProblem("docs/a.annotations.yml", "ambiguous", "99"),
]
SITE = """
docs/index.md
| The old bridge.
docs/index.annotations.yml
| annotations:
|   - quote: absent
|     note: x
"""


@pytest.fixture
def site(draw):
    site = draw(SITE)
    site.configure(site.config)
    return site


def check(*options):
    return CliRunner().invoke(main, ["check", "--baseline", "known.yml", *options])


def add(site, quote, above=""):
    path = site.root / "docs/index.annotations.yml"
    text = path.read_text("utf-8")
    path.write_text(f"{above}{text}  - quote: {quote}\n    note: x\n", "utf-8")


def test_a_baseline_has_a_line_for_each_problem_in_order():
    heading, *lines = as_yaml(ENTRIES).splitlines()

    assert heading.startswith("# ")
    assert lines == [
        '- {file: "docs/a.annotations.yml", rule: "ambiguous", fingerprint: "99"}',
        '- {file: "docs/a.annotations.yml", rule: "orphan", fingerprint: "12e4"}',
        '- {file: "docs/b.annotations.yml", rule: "orphan", fingerprint: "00ff"}',
    ]
    assert as_yaml(ENTRIES[::-1]) == as_yaml(ENTRIES)


@pytest.mark.parametrize(
    "entries", [ENTRIES, [], [KnownProblem('a "b": {c}, é 😀 #.yml', "x\\", "1")]]
)
def test_what_is_written_is_read(entries):
    assert set(parsed(as_yaml(entries), "known.yml")) == set(entries)


def test_an_empty_file_records_nothing():
    assert parsed("", "known.yml") == {}
    assert parsed("# nothing\n", "known.yml") == {}


def test_entries_are_made_of_files_rules_and_subjects():
    problem = Problem(Position("a.yml", 7, 1), Rule.ORPHAN, "“x”", subject="x")

    (entry,) = entries_of([problem])

    assert (entry.file, entry.rule) == ("a.yml", "orphan")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {file: a", "known.yml:1:3: "),
        ("<<<<<<< HEAD\n- {file: a}\n=======\n", "known.yml:"),
        ("problems: []\n", "known.yml:1:1: a baseline is a list of problems"),
        ("words\n", "known.yml:1:1: a baseline is a list of problems"),
        ("# x\n- a\n", "known.yml:2:3: an entry of a baseline has"),
        ("- [a]\n", "known.yml:1:3: an entry of a baseline has"),
        ("- {file: a, rule: b}\n", "known.yml:1:3: an entry of a baseline has"),
        (
            "- {file: a, rule: b, fingerprint: c, x: d}\n",
            "known.yml:1:3: an entry of a baseline has",
        ),
        ("- {file: a, rule: b, fingerprint: [c]}\n", "known.yml:1:3: an entry of a baseline has"),
    ],
)
def test_what_is_no_baseline_is_told_with_its_place(text, told):
    with pytest.raises(BadBaseline) as error:
        parsed(text, "known.yml")

    assert str(error.value).startswith(told)
    assert str(error.value).endswith("remove the file, and write it again with --update-baseline")


def test_a_baseline_of_version_0_1_is_to_be_written_again(site):
    (site.root / "known.yml").write_text(
        '- {file: "docs/index.annotations.yml", rule: "orphan", words: "0afb33c02bbffd47"}\n',
        "utf-8",
    )

    refused, updated, known = check(), check("--update-baseline"), check()

    assert refused.exit_code == 2
    assert "written by version 0.1; write it again with --update-baseline" in refused.stderr
    assert (updated.exit_code, known.exit_code) == (0, 0)


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    path = tmp_path / "known.yml"
    path.write_bytes(b"\xff")

    with pytest.raises(BadBaseline, match="is not UTF-8"):
        read_baseline(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(BadBaseline, match="can't be read: "):
        read_baseline(tmp_path)


def test_a_baseline_in_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadBaseline, match="can't be written: "):
        write_baseline(tmp_path / "gone/known.yml", ENTRIES)


def test_what_is_no_baseline_is_not_written_over(tmp_path):
    path = tmp_path / "mkdocs.yml"
    path.write_text("site_name: x\n", "utf-8")

    with pytest.raises(BadBaseline):
        write_baseline(path, ENTRIES)

    assert path.read_text("utf-8") == "site_name: x\n"


def test_what_a_baseline_names_cannot_begin_a_line():
    gone = {KnownProblem("a\n::error::b", "c\n::error::d", "1"): Position("known.yml", 2, 3)}

    (line,) = as_gone(gone, []).splitlines()

    assert line.startswith("known.yml:2:3: a ::error::b no longer has this problem; ")


def test_known_problems_are_left_out_and_new_ones_are_told(site):
    first = check("--update-baseline")
    second = check()
    add(site, "lost")
    third = check()

    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr == "1 annotation in 1 article: no new problems, 1 known\n"
    assert (second.exit_code, second.output) == (0, first.output)
    assert third.exit_code == 1
    (line,) = third.stdout.splitlines()
    assert "“lost”" in line
    assert "1 new problem, 1 known\n" in third.stderr


def test_moved_lines_stay_known(site):
    check("--update-baseline")
    add(site, "old", above="# One\n# Two\n")

    assert check().exit_code == 0


def test_a_second_problem_with_the_same_subject_is_new(site):
    check("--update-baseline")
    add(site, "absent")

    assert len(check().stdout.splitlines()) == 1


def test_what_no_longer_occurs_is_told_and_taken_out(site):
    check("--update-baseline")
    (site.root / "docs/index.md").write_text("The old bridge is absent.\n", "utf-8")

    told, updated, after = check(), check("--update-baseline"), check()

    assert told.exit_code == 0
    assert told.stderr.splitlines()[0] == (
        "known.yml:2:3: docs/index.annotations.yml no longer has this problem; remove the line, "
        "or use --update-baseline [orphan]"
    )
    assert updated.stderr == after.stderr == "1 annotation in 1 article: no new problems, 0 known\n"
    assert (site.root / "known.yml").read_text("utf-8").endswith("\n[]\n")


def test_other_formats_leave_them_out_too(site):
    check("--update-baseline")

    assert json.loads(check("--format", "json").stdout) == []
    assert check("--format", "github").stdout == ""
    assert json.loads(check("--format", "sarif").stdout)["runs"][0]["results"] == []


def test_a_baseline_is_the_same_from_any_folder_of_a_repository(site, repository, monkeypatch):
    check("--update-baseline")
    monkeypatch.chdir(site.root / "docs")

    arguments = ["check", "-f", "../mkdocs.yml", "--baseline", "../known.yml"]
    assert CliRunner().invoke(main, arguments).exit_code == 0


@pytest.mark.parametrize("text", [None, "- {", "a: b\n"])
def test_without_a_sound_baseline_the_exit_code_is_2(site, text):
    if text is not None:
        (site.root / "known.yml").write_text(text, "utf-8")

    result = check()

    assert (result.exit_code, result.stdout) == (2, "")
    assert "with --update-baseline" in result.stderr


def test_an_update_names_its_file(site):
    result = CliRunner().invoke(main, ["check", "--update-baseline"])

    assert result.exit_code == 2
    assert "--update-baseline needs --baseline" in result.stderr
