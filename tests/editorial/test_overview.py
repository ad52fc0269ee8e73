from mkdocs_annotate.editorial.overview import overview_of
from mkdocs_annotate.model.sources import Person
from mkdocs_annotate.sidecar.decoding import parse_sidecar, parse_sources

FIRST = """
sources:
  own: {title: Own, url: "https://a.example"}
  copied: {title: C, url: "https://a.example", archive_url: "https://b.example"}
  idle: {title: Idle, url: "https://a.example"}
annotations:
  - {quote: one, note: x, by: NA, date: 2026-05, draft: true}
  - {quote: two, note: x, sources: [own, copied, shared]}
  - {quote: three, note: x, by: Nell Arkwright, date: 2024, draft: true}
"""
SECOND = """
annotations:
  - {quote: four, note: x, draft: true}
  - {quote: five, sources: {title: Inline, url: "https://a.example"}, by: AQ, date: 2025-01-02}
"""
SHARED = parse_sources('shared: {title: S, url: "https://a.example"}', "sources.yml")[0]
PEOPLE = {"NA": Person("Nell Arkwright")}


def test_an_overview_tells_drafts_authors_and_sources_without_a_copy():
    sidecars = [parse_sidecar(FIRST, "a.yml")[0], parse_sidecar(SECOND, "b.yml")[0]]

    overview = overview_of(sidecars, SHARED, PEOPLE)

    assert overview.annotations == 5
    assert [entry.quote.exact for entry in overview.drafts] == ["three", "one", "four"]
    assert [
        (one.name, one.annotations, one.drafts, str(one.first), str(one.last))
        for one in overview.authors
    ] == [
        ("Nell Arkwright", 2, 2, "2024", "2026-05"),
        ("AQ", 1, 0, "2025-01-02", "2025-01-02"),
        ("", 2, 1, "None", "None"),
    ]
    assert [source.label for source in overview.copyless] == ["own", "Inline", "shared"]


def test_of_nothing_there_is_nothing_to_tell():
    overview = overview_of([], {}, {})

    assert (overview.annotations, overview.drafts, overview.authors, overview.copyless) == (
        0,
        (),
        (),
        (),
    )
