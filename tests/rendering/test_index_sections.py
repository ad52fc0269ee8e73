import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.model.sources import Author, Source
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.index_sections import (
    LEAST_LETTERED,
    CataloguedPage,
    IndexEntry,
    by_kind,
    by_source,
    by_speaker,
    by_tag,
    paged,
)
from mkdocs_annotate.rendering.translations import wording_of

WORDS = wording_of("en")
ALL = frozenset()


def entry(words="x", kind="context", speaker="", tags=(), sources=(), quoted=None):
    quoted = bool(speaker) if quoted is None else quoted
    kind = DEFAULT_VOCABULARY.kinds[kind]
    return IndexEntry(f"ann-{words}", kind, words, speaker, quoted, speaker, False, tags, sources)


def page(title, *entries, **sources):
    return CataloguedPage(title, f"{title}/", f"{title}.md", "", entries, sources)


def shape(sections):
    return [
        (section.label, [(c.page.title, [e.words for e in c.entries]) for c in section.clusters])
        for section in sections
    ]


def test_kinds_come_by_group_then_by_label_and_their_passages_by_page():
    catalogue = [
        page("a", entry("1"), entry("2", "prediction"), entry("3", "opinion")),
        page("b", entry("4", "opinion"), entry("5", "unattributed"), entry("6", "opinion")),
    ]

    sections = by_kind(catalogue, WORDS, ALL)

    assert shape(sections) == [
        ("Opinion", [("a", ["3"]), ("b", ["4", "6"])]),
        ("Prediction", [("a", ["2"])]),
        ("No source given", [("b", ["5"])]),
        ("Context", [("a", ["1"])]),
    ]
    assert [section.count for section in sections] == [3, 1, 1, 1]
    assert sections[0].definition == "A judgement; it cannot be proved true or false."


@pytest.mark.parametrize(
    ("only", "labels"),
    [
        ({"opinion"}, ["Opinion", "Prediction"]),
        ({"prediction"}, ["Prediction"]),
        ({"prediction", "context"}, ["Prediction", "Context"]),
        ({"key"}, []),
    ],
)
def test_an_index_is_limited_to_kinds_or_groups(only, labels):
    catalogue = [page("a", entry("1"), entry("2", "prediction"), entry("3", "opinion"))]

    assert [one.label for one in by_kind(catalogue, WORDS, frozenset(only))] == labels


def test_speakers_come_by_name_and_who_is_not_named_comes_last():
    catalogue = [
        page("a", entry("1", speaker="Zoë"), entry("2", quoted=True), entry("3")),
        page("b", entry("4", speaker="Åsa"), entry("5", speaker="zoë")),
    ]

    assert shape(by_speaker(catalogue, WORDS, ALL)) == [
        ("Åsa", [("b", ["4"])]),
        ("Zoë", [("a", ["1"]), ("b", ["5"])]),
        ("Speaker not named", [("a", ["2"])]),
    ]


def test_names_that_differ_in_signs_alone_have_ids_of_their_own():
    catalogue = [page("a", entry("1", tags=("U.S.", "u s", "日本", "…")))]

    ids = [section.id for section in by_tag(catalogue, WORDS, ALL)]

    assert len(set(ids)) == len(ids) == 4


def test_sources_come_by_author_or_title_with_all_that_cite_them():
    by_title = Source("“Ábel” report", key="r")
    by_author = Source("Zebras", author=(Author("Beck", "Ann"),), key="z")
    catalogue = [
        page("a", entry("1", sources=("z", "r", "unknown")), r=by_title, z=by_author),
        page("b", entry("2", sources=("z",)), entry("3", sources=("z",)), z=by_author),
    ]

    (section,) = by_source(catalogue, WORDS)

    assert [
        (one.source.title, [(c.page.title, [e.words for e in c.entries]) for c in one.citing])
        for one in section.sources
    ] == [("“Ábel” report", [("a", ["1"])]), ("Zebras", [("a", ["1"]), ("b", ["2", "3"])])]


def test_two_documents_of_one_key_are_two_sources():
    catalogue = [
        page("a", entry("1", sources=("s",)), s=Source("One", key="s")),
        page("b", entry("2", sources=("s",)), s=Source("Other", key="s")),
    ]

    (section,) = by_source(catalogue, WORDS)

    assert [one.source.title for one in section.sources] == ["One", "Other"]


def test_many_sources_stand_under_letters():
    titles = [f"{letter}{n}" for letter in "bÀ„7" for n in range(LEAST_LETTERED // 4 + 1)]
    titles += ["日本語", "…"]
    sources = {f"k{n}": Source(title, key=f"k{n}") for n, title in enumerate(titles)}
    catalogue = [page("a", entry("1", sources=tuple(sources)), **sources)]

    sections = by_source(catalogue, WORDS)

    assert [section.label for section in sections] == ["#", "0–9", "A", "B", "日"]
    assert sum(section.count for section in sections) == len(titles)
    assert len({section.id for section in sections}) == 5


def test_nothing_has_no_sections_but_a_page():
    assert by_source([], WORDS) == by_kind([], WORDS, ALL) == by_tag([], WORDS, ALL) == []
    assert paged([]) == [[]]


@given(st.lists(st.lists(st.integers(1, 9), max_size=5), max_size=6), st.integers(1, 12))
def test_pages_hold_every_passage_once_in_order_and_are_about_as_long_as_asked(sizes, most):
    catalogue = [
        page(f"p{n}", *(entry(f"{n}-{k}", tags=(f"t{k}",)) for k in range(sum(clusters))))
        for n, clusters in enumerate(sizes)
    ]
    sections = by_tag(catalogue, WORDS, ALL)

    pages = paged(sections, most)

    def flat(sections):
        return [
            (section.id, one.page.title, e.words)
            for section in sections
            for one in section.clusters
            for e in one.entries
        ]

    assert [row for part in pages for row in flat(part)] == flat(sections)
    assert all(len(flat(part)) <= most for part in pages)
    begun = [section.id for part in pages for section in part if not section.continued]
    assert begun == [section.id for section in sections]


def test_a_long_cluster_is_cut():
    section = by_tag([page("a", *(entry(str(n), tags=("t",)) for n in range(1200)))], WORDS, ALL)

    pages = paged(section, 500)

    assert [len(part[0].clusters[0].entries) for part in pages] == [500, 500, 200]
    assert [part[0].continued for part in pages] == [False, True, True]


def test_a_source_is_never_cut():
    source = Source("One", key="s")
    catalogue = [page("a", *(entry(str(n), sources=("s",)) for n in range(30)), s=source)]

    (part,) = paged(by_source(catalogue, WORDS), 10)

    assert len(part[0].sources[0].citing[0].entries) == 30


def test_a_name_is_spelt_as_most_spell_it():
    speakers = ["oda finch", "Oda  Finch", "Oda Finch", "ODA FINCH", "Oda Finch"]
    catalogue = [
        page("a", *(entry(str(n), speaker=name) for n, name in enumerate(speakers))),
        page("b", entry("5", tags=("Sea", "sea", "sea")), entry("6", tags=("sea",))),
    ]

    assert shape(by_speaker(catalogue, WORDS, ALL)) == [
        ("Oda Finch", [("a", ["0", "1", "2", "3", "4"])])
    ]
    assert shape(by_tag(catalogue, WORDS, ALL)) == [("sea", [("b", ["5", "6"])])]
