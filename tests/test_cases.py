"""Case files are read by people: each says what it shows, and has no key that no test reads."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

KEYS = {
    "anchoring/cases/projection": "html | text skipped tokens headings",
    "editorial/cases": "article sidecar rules max_marks packs shared | problems",
    "exchange/cases/exports": "article sidecar address export | annotations page sources",
    "exchange/cases/imports": "given format article address sidecar | messages problems",
    "hosts/cases": "files configuration command list | messages published pages",
    "rendering/cases/indexes": "articles options most | page pages problems",
    "rendering/cases/notes": "| notes",
    "rendering/cases/pages": "article html sidecar options links | page problems",
    "rendering/cases/pieces": "passages | pieces",
    "sidecar/cases/decoding": "sidecar schema python | decoded problems",
    "traps/cases": "html markdown extensions configs quotes | shows problems",
}
"""The keys of each folder of cases: what is given, and behind the stroke what comes out of it."""

OF_WORDS = {"look at", "index page", "sidecar after", "taken along", "read by a site"}
OF_WORDS |= {"without references"}
"""Keys of several words."""

CASES = [path for folder in KEYS for path in sorted((TESTS / folder).glob("*.yml"))]
OTHER = {TESTS / "exchange/cases"}
"""Folders with files that are no cases."""


def keys_of(text):
    return set(re.findall(r"^(\w[\w ]*):", text, re.MULTILINE))


def test_every_folder_of_cases_is_known():
    folders = {path.parent for path in TESTS.rglob("cases/**/*.yml")}

    assert {folder.relative_to(TESTS).as_posix() for folder in folders - OTHER} == set(KEYS)


@pytest.mark.parametrize("folder", KEYS)
def test_each_case_says_what_it_shows_and_has_no_key_that_no_test_reads(folder):
    given, _, outcomes = ({*part.split()} for part in KEYS[folder].partition("|"))
    for path in sorted((TESTS / folder).glob("*.yml")):
        text = path.read_text("utf-8")

        assert re.match(r"# \S+ \S+", text), f"{path} doesn't begin with a sentence"
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem), path
        assert keys_of(text) <= given | outcomes | OF_WORDS, path


def test_no_two_cases_of_a_folder_are_the_same():
    seen = {}
    for path in CASES:
        text = (path.parent, path.read_text("utf-8").partition("\n")[2])

        assert text not in seen, f"{path} is {seen[text]}"
        seen[text] = path.name
