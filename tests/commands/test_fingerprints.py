import pytest

from mkdocs_annotate.commands.terminal import fingerprints
from mkdocs_annotate.model.problems import Position, Problem, Rule


def known(subject, line=2, rule=Rule.ORPHAN, file="a.yml", message="it is lost"):
    (fingerprint,) = fingerprints(
        [Problem(Position(file, line, 1), rule, message, subject=subject)]
    )
    return fingerprint


def test_it_is_made_of_no_line_and_of_no_word_of_the_message():
    assert known("a") == known("a", line=9, message="“a”, told `otherwise`")


@pytest.mark.parametrize(
    "other",
    [known("b"), known("a", rule=Rule.AMBIGUOUS), known("a", file="b.yml"), known("")],
)
def test_other_subjects_rules_and_files_have_another(other):
    assert known("a") != other


def test_it_stays_the_same_from_run_to_run():
    assert known("a") == "68c491909421c118"


def test_a_subject_may_hold_anything():
    assert known("a\nb") != known("a\udc80b") != known("a b")


def test_those_alike_are_numbered():
    alike = [Problem(Position("a.yml", line, 1), Rule.ORPHAN, "“a”") for line in (1, 5, 9)]

    first, second, third = fingerprints(alike)

    assert (second, third) == (f"{first}-2", f"{first}-3")
