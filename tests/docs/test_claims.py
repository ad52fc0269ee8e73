"""Every claim of README, guides, SECURITY and comparison names what shows it."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
GIVEN = yaml.safe_load((Path(__file__).parent / "claims.yml").read_text("utf-8"))
LINE_BY_LINE = ("README.md", "site/compare.md", "site/why.md")
PROMISES = "SECURITY.md"
GUIDES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "site/guide").glob("*.md"))
CLAIMS = [
    pytest.param(page, says, shown, id=f"{Path(page).stem}-{number}")
    for page, given in GIVEN.items()
    for number, (says, shown) in enumerate(given["claims"].items(), 1)
]


def plain(text):
    return " ".join(text.split())


def prose(page):
    """Return the lines of a page by the heading above each, without code and comments."""
    text = re.sub(
        r"^```.*?^```$|<!--.*?-->", "", (ROOT / page).read_text("utf-8"), flags=re.M | re.S
    )
    lines, heading = [], ""
    for line in text.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.strip(" |-:"):
            lines.append((heading, plain(line)))
    return lines


def phrases(page):
    given = GIVEN[page]
    return [plain(one) for one in [*given["claims"], *given.get("no_claims", [])]]


@pytest.mark.parametrize(("page", "says", "shown"), CLAIMS)
def test_a_claim_is_made_and_something_shows_it(page, says, shown):
    assert plain(says) in plain((ROOT / page).read_text("utf-8"))
    assert shown
    for one in shown:
        path, _, name = one.partition("::")
        file = TESTS / path if "." in path else TESTS / f"{path}.py"
        assert file.is_file(), one
        if name:
            assert f"def test_{name}(" in file.read_text("utf-8"), one


def test_every_page_is_listed():
    assert set(GIVEN) == {*LINE_BY_LINE, PROMISES, *GUIDES}


@pytest.mark.parametrize("page", LINE_BY_LINE)
def test_every_line_is_a_claim_or_said_to_be_none(page):
    known = phrases(page)

    missing = [line for _, line in prose(page) if not any(one in line for one in known)]

    assert missing == []


def test_every_numbered_promise_of_security_is_a_claim():
    known = phrases(PROMISES)
    numbered = [line for _, line in prose(PROMISES) if re.match(r"\d+\. ", line)]

    assert numbered
    assert [line for line in numbered if not any(one in line for one in known)] == []


@pytest.mark.parametrize("page", GUIDES)
def test_every_section_of_a_guide_has_a_claim_or_is_said_to_have_none(page):
    known, lines = phrases(page), prose(page)
    without = GIVEN[page].get("sections_without", [])

    headings = dict.fromkeys(heading for heading, _ in lines)
    missing = [
        heading
        for heading in headings
        if heading not in without
        and not any(one in line for above, line in lines if above == heading for one in known)
    ]

    assert missing == []
    assert set(without) <= set(headings)


@pytest.mark.parametrize("page", GIVEN)
def test_what_is_said_to_be_no_claim_stands_there(page):
    text = plain((ROOT / page).read_text("utf-8"))

    assert [one for one in GIVEN[page].get("no_claims", []) if plain(one) not in text] == []
