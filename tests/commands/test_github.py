import re

from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.commands.terminal import as_github
from mkdocs_annotate.model.problems import Position, Problem, Rule


def problem(message, hint="", file="docs/a.annotations.yml"):
    return Problem(Position(file, 2, 12), Rule.ORPHAN, message, hint)


def test_a_problem_is_a_warning_at_its_place():
    assert as_github([problem("lost", "look")]) == (
        "::warning file=docs/a.annotations.yml,line=2,col=12,title=orphan::lost; look\n"
    )


def test_without_problems_nothing_is_said():
    assert as_github([]) == ""


def test_data_is_escaped_as_github_does_it():
    (line,) = as_github([problem("100 % a\r\nb %0A: c, d")]).splitlines()

    assert line.endswith("::100 %25 a%0D%0Ab %250A: c, d")


def test_properties_are_escaped_as_github_does_it():
    (line,) = as_github([problem("x", file="a:b,c%\r\n::.yml")]).splitlines()

    assert line == "::warning file=a%3Ab%2Cc%25%0D%0A%3A%3A.yml,line=2,col=12,title=orphan::x"


HOSTILE = r"""
docs/index.md
| Words.
docs/index.annotations.yml
| annotations:
|   - quote: "absent\n::error::taken"
|     note: x
|   - quote: "gone ##[error]taken ##vso[task.setvariable variable=x]y"
|     note: x
|   - quote: "lost\r::stop-commands::x"
|     note: x
|     "::error file=x::": y
|     "new\u2028::set-env name=x::y": z
"""


def test_a_hostile_sidecar_gives_no_command(draw):
    site = draw(HOSTILE)
    site.configure(site.config)

    for form in ("github", "text", "json", "sarif"):
        result = CliRunner().invoke(main, ["check", "--format", form])

        assert result.exit_code == 1
        assert "taken" in result.stdout
        for line in re.split(r"[\r\n\u0085\u2028\u2029]+", result.output):
            assert not re.search(r"##\w*\[", line), form
            allowed = "::warning file=docs/index.annotations.yml,line=" if form == "github" else ()
            assert line.startswith(allowed) or not line.lstrip().startswith("::"), form
