from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.model.sources import Source
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY, with_packs
from mkdocs_annotate.rendering.index_sections import (
    LEAST_LETTERED,
    CataloguedPage,
    IndexEntry,
    by_kind,
    by_source,
    by_tag,
    definitions_of,
    index_entries,
    paged,
)
from mkdocs_annotate.rendering.passages import Passage
from mkdocs_annotate.rendering.translations import wording_of
from mkdocs_annotate.sidecar.decoding import parse_sidecar

WORDS = wording_of("en")
ALL = frozenset()


def entry(words="x", kind="context", speaker="", tags=(), sources=(), quoted=None):
    quoted = bool(speaker) if quoted is None else quoted
    kind = DEFAULT_VOCABULARY.kinds[kind]
    return IndexEntry(f"ann-{words}", kind, words, speaker, quoted, speaker, False, tags, sources)


def page(title, *entries, **sources):
    return CataloguedPage(title, f"{title}/", f"{title}.md", "", entries, sources)


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


def test_techniques_stand_with_the_kind_that_they_imply():
    (opinion, *_) = definitions_of([], with_packs(["semeval-2023"]), wording_of("en"))
    techniques = {
        kind.id.removeprefix("ann--definition-"): kind.techniques for kind in opinion.kinds
    }

    assert len(techniques["rhetoric"]) == 20
    straw = next(one for one in techniques["rhetoric"] if one.id == "straw-man")
    assert (straw.label, straw.definition) == (
        "Straw man",
        "Answers a weaker version of the view.",
    )
    assert techniques["loaded-language"] == ()


def passages(text):
    sidecar, problems = parse_sidecar(text, "a")
    assert problems == []
    return [
        Passage(one, one.id, DEFAULT_VOCABULARY.kind(one.kind), 1, (one.quote.exact,), "Ines")
        for one in sidecar.annotations
    ]


def test_an_entry_says_what_indexes_are_sorted_by():
    (entry,) = index_entries(
        passages("""
annotations:
  - quote: a green light
    kind: prediction
    speaker: Ines
    tags: [sea, war]
    sources: [b, a, b]
""")
    )

    assert entry.id == "ann-a-green-light"
    assert (entry.kind.id, entry.words, entry.speaker, entry.who) == (
        "prediction",
        "a green light",
        "Ines",
        "Ines",
    )
    assert entry.quoted
    assert entry.tags == ("sea", "war")
    assert entry.sources == ("b", "a")


def test_an_author_who_is_not_named_is_not_kept_in_the_words_of_one_page():
    opinions = ["{quote: a, kind: opinion}", "{quote: b, kind: opinion, speaker: Ines}"]
    text = "annotations:\n" + "".join(f"  - {one}\n" for one in opinions)

    told = [(one.who, one.by_author) for one in index_entries(passages(text), "Ines")]

    assert told == [("", True), ("Ines", False)]
    assert [one.by_author for one in index_entries(passages(text))] == [False, False]
