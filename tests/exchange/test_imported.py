import pytest

from mkdocs_annotate.exchange.imported import line_of, list_of, passage_of, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" a\r\nb ", "a\nb"),
        ("a\x00\x02b\ud83d", "ab"),
        ("x\u202ey", "xy"),
        ("a\u2067b\u2069", "a\u2067b\u2069"),
        ("a\u2067b", "ab"),
        (17, "17"),
        (True, ""),
        (None, ""),
        (["a"], ""),
    ],
)
def test_a_text_holds_only_what_a_sidecar_may(value, text):
    assert text_of(value) == text


def test_a_line_and_a_passage_have_one_space_between_words():
    assert line_of(" a\n\t b ") == "a b"
    assert passage_of(" a\n\t b\n") == " a b "
    assert passage_of("  ") == ""
    assert passage_of(3) == "3"


def test_one_or_a_list():
    assert [list_of(value) for value in (None, 1, [1, 2])] == [[], [1], [1, 2]]
