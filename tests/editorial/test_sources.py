from datetime import date

import pytest

from mkdocs_annotate.editorial.overview import not_archived
from mkdocs_annotate.sidecar.decoding import parse_sources

TODAY = date(2024, 11, 30)


def told(fields):
    sources, problems = parse_sources(f"a: {{title: A, {fields}}}\n", "sources.yml")
    assert problems == []
    return [str(problem) for problem in not_archived(sources.values(), TODAY, 180)]


@pytest.mark.parametrize("accessed", ["2024-06-02", "2024-05", "2023", "2023-12"])
def test_a_source_looked_at_long_ago_needs_a_copy(accessed):
    assert told(f"url: 'https://example.org', accessed: {accessed}") == [
        f"sources.yml:1:1: `a`, accessed {accessed}, has no archived copy; "
        "add the `archive_url` of a copy; `mkdocs-annotate links --archive --write` looks for one "
        "[source-without-archive]"
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "url: 'https://example.org', accessed: 2024-06-03",
        # It may have been the last day of it.
        "url: 'https://example.org', accessed: 2024-06",
        "url: 'https://example.org', accessed: 2024",
        "url: 'https://example.org', accessed: 9999",
        "url: 'https://example.org'",
        "url: page.md, accessed: 2020",
        "accessed: 2020",
        "url: 'https://example.org', accessed: 2020, archive_url: 'https://archive.example/a'",
    ],
)
def test_others_do_not(fields):
    assert told(fields) == []
