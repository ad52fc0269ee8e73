import pytest

from mkdocs_annotate.exchange.hypothesis import read_hypothesis
from mkdocs_annotate.exchange.imported import ImportedAnnotation, Target, UnusableFile
from mkdocs_annotate.model.vocabulary import DEFAULT_VOCABULARY

PUBLIC = {"read": ["group:__world__"]}


def read(**row):
    selector = {"type": "TextQuoteSelector", "exact": "Tarn  Mill", "prefix": "at\n"}
    row = {"permissions": PUBLIC, "target": [{"selector": [selector]}], "text": "n", **row}
    return read_hypothesis({"total": 1, "rows": [row]}, DEFAULT_VOCABULARY)


def test_an_annotation_is_in_our_words():
    found = read(
        text="A *note*.",
        tags=["history", "Loaded Language", "history"],
        user="acct:ada@hypothes.is",
        updated="2024-11-03T09:12:44.120000+00:00",
    )

    assert found.annotations == (
        ImportedAnnotation(
            (Target("Tarn Mill", "at "),),
            note="A *note*.",
            kind="loaded-language",
            by="ada",
            date="2024-11-03",
            tags=("history",),
        ),
    )


def test_the_name_shown_goes_before_that_of_the_account():
    found = read(user="acct:ada@hypothes.is", user_info={"display_name": "Ada Quill"})

    assert found.annotations[0].by == "Ada Quill"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"references": ["x"]}, "a reply"),
        ({"target": [{"source": "https://x.example"}]}, "a note on the whole page"),
        ({"target": []}, "a note on the whole page"),
        ({"text": " ", "tags": ["later"]}, "a highlight without a note"),
        ({"hidden": True}, "hidden by a moderator"),
        ({"moderation_status": "SPAM"}, "not approved by a moderator"),
        ({"permissions": {"read": ["acct:ada@hypothes.is"]}}, "not public"),
        ({"permissions": None}, "not public"),
    ],
)
def test_what_is_skipped_has_its_reason(row, reason):
    found = read(**row)

    assert found.annotations == ()
    (skip,) = found.skipped
    assert skip.reason.endswith(f": {reason}")


def test_a_highlight_with_a_kind_says_something():
    assert read(text="", tags=["opinion"]).annotations[0].kind == "opinion"


def test_rows_that_are_none_are_skipped():
    found = read_hypothesis({"rows": [1, None]}, DEFAULT_VOCABULARY, "a.json")

    assert list(map(str, found.skipped)) == [
        "a.json:1:1: “1”: not an annotation",
        "a.json:1:1: an entry without text: not an annotation",
    ]


def test_another_file_is_refused():
    with pytest.raises(UnusableFile, match="neither `rows` nor `annotations`"):
        read_hypothesis([], DEFAULT_VOCABULARY)
