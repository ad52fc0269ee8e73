import pytest

from mkdocs_annotate.exchange.imported import ImportedAnnotation, Target, UnusableFile
from mkdocs_annotate.exchange.mrsf import parse_review, read_mrsf


def read(**remark):
    remark = {"selected_text": "Tarn Mill", "text": "n", **remark}
    return read_mrsf({"comments": [remark]})


def test_a_remark_is_a_draft_in_our_words():
    found = read(
        text="*No*, 1. see",
        author="Ada Quill (aquill)",
        timestamp="2025-02-03T10:15:00-05:00",
        type="accuracy",
        line="4",
    )

    assert found.annotations == (
        ImportedAnnotation(
            (Target("Tarn Mill", line=4),),
            note=r"\*No\*, 1. see",
            by="Ada Quill",
            date="2025-02-03",
            draft=True,
            tags=("accuracy",),
        ),
    )


@pytest.mark.parametrize(
    ("author", "by"),
    [("aquill", "aquill"), ("Ada (A) Quill (x)", "Ada (A) Quill (x)"), ("(x)", "(x)"), (None, "")],
)
def test_a_name_without_an_account_stays(author, by):
    assert read(author=author).annotations[0].by == by


@pytest.mark.parametrize(
    ("remark", "reason"),
    [
        ({"resolved": True}, "resolved"),
        ({"resolved": "true"}, "resolved"),
        ({"reply_to": "x"}, "a reply"),
        ({"selected_text": None, "line": 3}, "a remark on a line, without a quote"),
        ({"text": ""}, "a highlight without a note"),
    ],
)
def test_what_is_skipped_has_its_reason(remark, reason):
    (skip,) = read(**remark).skipped
    assert skip.reason.endswith(f": {reason}")


@pytest.mark.parametrize("line", ["-1", "x", "1" * 12, None, 1.5])
def test_a_line_that_is_none_is_not_looked_at(line):
    assert read(line=line).annotations[0].targets[0].line == 0


def test_values_are_text_and_mistakes_have_their_place():
    assert parse_review("comments:\n- line: 4\n  resolved: no\n", "a.yaml") == {
        "comments": [{"line": "4", "resolved": "no"}]
    }
    with pytest.raises(UnusableFile, match=r"a\.yaml:1:"):
        parse_review("comments: &a [*a]", "a.yaml")
    assert parse_review("", "a.yaml") is None


def test_rows_that_are_none_are_skipped():
    (skip,) = read_mrsf({"comments": ["x"]}, "a.yaml").skipped

    assert str(skip) == "a.yaml:1:1: “x”: not an annotation"
