import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.messages import did_you_mean, nearest

KEYS = ["quote", "through", "prefix", "suffix", "kind", "note", "sources", "date", "draft", "tags"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("noet", "note"),
        ("notes", "note"),
        ("Note", "note"),
        ("quotes", "quote"),
        ("souces", "sources"),
        ("prefx", "prefix"),
        ("tag", "tags"),
        ("note", "note"),
        ("colour", None),
        ("x", None),
        ("", None),
    ],
)
def test_a_word_is_near_only_where_one_is_clearly_nearest(word, near):
    assert nearest(word, KEYS) == near


def test_a_word_as_near_to_one_as_to_another_is_near_to_none():
    assert nearest("tack", ["tick", "tock"]) is None
    assert nearest("tick", ["tick", "tock"]) == "tick"


def test_lines_and_hyphens_are_alike():
    assert nearest("based-on", ["based_on", "type"]) == "based_on"
    assert nearest("loaded_language", ["loaded-language"]) == "loaded-language"


def test_nothing_is_near_to_nothing():
    assert nearest("note", []) is None


def test_long_words_are_compared_by_their_start():
    assert nearest("a" * 100_000, ["a" * 100]) == "a" * 100


def test_a_proposal_is_a_sentence():
    assert did_you_mean("noet", KEYS) == "did you mean `note`?"
    assert did_you_mean("colour", KEYS) == ""


@settings(deadline=None, derandomize=True)
@given(st.text(), st.lists(st.text()))
def test_what_is_proposed_is_known(word, known):
    assert nearest(word, known) in [None, *known]
