import pytest

from mkdocs_annotate.commands.printing import fingerprints
from mkdocs_annotate.model.problems import Position, Problem, Rule


def known(message, line=2, rule=Rule.ORPHAN, file="a.yml"):
    (fingerprint,) = fingerprints([Problem(Position(file, line, 1), rule, message)])
    return fingerprint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“a” stands twice in the article", "“a” stands three times in the article"),
        ("`note` stands twice, first in line 3", "`note` stands twice, first in line 44"),
        ("the file is larger than 1 MiB", "the file is larger than 2 MiB"),
        ('the site has no "mill.md"', 'this site has no page "mill.md"'),
    ],
)
def test_it_is_made_of_the_words_quoted(one, other):
    assert known(one) == known(other, line=9)


@pytest.mark.parametrize(
    "other",
    [
        known("“b” is lost"),
        known("“a” is lost", rule=Rule.AMBIGUOUS),
        known("“a” is lost", file="b.yml"),
        known("it is lost"),
    ],
)
def test_other_words_rules_and_files_have_another(other):
    assert known("“a” is lost") != other


def test_it_stays_the_same_from_run_to_run():
    assert known("“a” is lost") == "954b80b243c5a304"


def test_those_alike_are_numbered():
    alike = [Problem(Position("a.yml", line, 1), Rule.ORPHAN, "“a”") for line in (1, 5, 9)]

    first, second, third = fingerprints(alike)

    assert (second, third) == (f"{first}-2", f"{first}-3")
