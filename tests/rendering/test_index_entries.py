from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY
from mkdocs_annotate.rendering.index_sections import index_entries
from mkdocs_annotate.rendering.passages import Passage
from mkdocs_annotate.sidecar.decoding import parse_sidecar


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


def test_drafts_are_no_entries():
    text = "annotations:\n  - quote: a\n    note: b\n    draft: true\n  - quote: c\n    note: d\n"

    assert [entry.words for entry in index_entries(passages(text))] == ["c"]


def test_an_author_who_is_not_named_is_not_kept_in_the_words_of_one_page():
    opinions = ["{quote: a, kind: opinion}", "{quote: b, kind: opinion, speaker: Ines}"]
    text = "annotations:\n" + "".join(f"  - {one}\n" for one in opinions)

    told = [(one.who, one.by_author) for one in index_entries(passages(text), "Ines")]

    assert told == [("", True), ("Ines", False)]
    assert [one.by_author for one in index_entries(passages(text))] == [False, False]
