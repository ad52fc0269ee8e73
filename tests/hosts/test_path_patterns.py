import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.files.paths import is_matched, patterns_in

PATHS = ["a.md", "b.md", "x/a.md", "x/y/a.md", "drafts/a.md", "x/drafts/b.md", "x/index.md"]
PATTERNS = [
    "a.md",
    "/a.md",
    "*.md",
    "drafts/",
    "/drafts/",
    "drafts",
    "x/*.md",
    "x/**",
    "**/a.md",
    "x/**/a.md",
    "?.md",
    "[ab].md",
    "[!a].md",
    "*.md\n!x/a.md",
    "# a.md\n\n  b.md  ",
    "x/",
]


@pytest.mark.parametrize("patterns", PATTERNS)
def test_patterns_are_about_the_same_paths_as_in_mkdocs(patterns):
    expected = pathspec.GitIgnoreSpec.from_lines(
        [line.strip() for line in patterns.splitlines() if line.strip()]
    )

    assert [path for path in PATHS if is_matched(path, patterns)] == [
        path for path in PATHS if expected.match_file(path)
    ]


def test_options_that_are_no_text_have_no_patterns():
    assert patterns_in(None, "a.md", ["b"], "c/") == "a.md\nc/"


@given(st.text("a*?/[]!-\\^.#\n", max_size=20), st.sampled_from(PATHS))
def test_any_text_is_a_pattern(patterns, path):
    assert is_matched(path, patterns) in (True, False)
