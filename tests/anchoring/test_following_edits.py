"""What a passage became, told from two texts alone."""

import random

import pytest
from markdown import markdown

from mkdocs_annotate.anchoring.following_edits import Removed, follow_edits
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import Evidence
from mkdocs_annotate.model.places import Range

OLD = """# Ferries

The council met on Tuesday. The ferry will be closed in October, said the chair.

Nobody had asked the crew. The ferry will be closed in winter only, said the mate.

A last paragraph ends it here.
"""
SENTENCE = "The ferry will be closed in October"
FIRST = f"The council met on Tuesday. {SENTENCE}, said the chair.\n\n"


def page_of(source):
    return Page(project(markdown(source)))


def ported(words, new, old=OLD):
    """Return the words that the first place of `words` became, with the score; or what else."""
    before, after = page_of(old), page_of(new)
    start = before.text.index(words)
    found = follow_edits(Range(start, start + len(words)), before, after)
    if found is None or isinstance(found, Removed):
        return found
    assert found.way == Evidence.PORTED
    return after.text[found.range.start : found.range.end], round(found.score, 2)


CHANGES = {
    "nothing": ("x", "x", (SENTENCE, 1)),
    "a word inside": ("closed in O", "shut in O", ("The ferry will be shut in October", 1)),
    "a word more": (
        "closed in O",
        "closed late in O",
        ("The ferry will be closed late in October", 1),
    ),
    "the first word": (
        "The ferry will be closed in O",
        "A ferry will be closed in O",
        ("A ferry will be closed in October", 0.86),
    ),
    "the last word": ("in October", "in May", ("The ferry will be closed in May", 0.86)),
    "the last word for two": (
        "in October",
        "in early May",
        ("The ferry will be closed in early May", 0.75),
    ),
    "the first word is gone": (
        "The ferry will be closed in O",
        "ferry will be closed in O",
        ("ferry will be closed in October", 0.86),
    ),
    "all of it": (SENTENCE, "No boat sails before November", ("No boat sails before November", 0)),
    "a sentence before it": (SENTENCE, f"The mayor slept. {SENTENCE}", (SENTENCE, 1)),
    "most between its edges": (
        "ferry will be closed in O",
        "good old man saw no boats this O",
        ("The good old man saw no boats this October", 0.22),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_carried_over(name):
    old, new, expected = CHANGES[name]

    assert ported(SENTENCE, OLD.replace(old, new, 1)) == expected


UNCLEAR = {
    "one sentence became two": (SENTENCE, "No boat sails before November. Nobody knows"),
    "a new sentence ends where the first word was": (SENTENCE, "He slept. One f" + SENTENCE[5:]),
    "the word before it was replaced too": ("Tuesday. The ferry", "Monday. A ferry"),
    "its paragraph became another": (FIRST, "Something wholly new stands here, and is long.\n\n"),
    "the last word became many": ("October", "one of the last weeks of the year"),
    "its paragraph was doubled": (FIRST, FIRST + FIRST),
    "both ends and their neighbours": (f"Tuesday. {SENTENCE}, said", "May. A boat sinks, so"),
    "it runs over a heading now": (
        SENTENCE,
        "The ferry will\n\n## Closed\n\nbe closed in October",
    ),
    "it grew beyond measure": (
        "will be closed in O",
        "will, " + "as everybody on the island knows, " * 8 + "be closed in O",
    ),
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_cannot_be_told_is_no_passage(name):
    old, new = UNCLEAR[name]

    assert ported(SENTENCE, OLD.replace(old, new, 1)) is None


GONE = {
    "the sentence": (f" {SENTENCE}, said the chair.", ""),
    "the paragraph": (FIRST, ""),
    "all up to the end": (OLD[OLD.index(" The ferry") :], "\n"),
}


@pytest.mark.parametrize("name", GONE)
def test_what_was_taken_out_is_told(name):
    old, new = GONE[name]

    assert ported(SENTENCE, OLD.replace(old, new, 1)) == Removed()


def test_a_twin_that_stood_elsewhere_all_along_is_never_taken_for_the_passage():
    assert ported("The ferry will be closed", OLD.replace(FIRST, "")) == Removed()


def test_of_two_equal_neighbours_none_is_told_to_be_the_one_that_is_gone():
    old = "Before it. The boat sails. The boat sails. After it."

    assert ported("boat sails. The boat", old.replace("The boat sails. ", "", 1), old) is None
    assert ported("The boat sails", old.replace("The boat sails. ", "", 1), old) is None


def test_a_paragraph_that_moved_takes_its_passages_along():
    new = OLD.replace(FIRST, "") + "\n" + FIRST

    assert ported(SENTENCE, new) == (SENTENCE, 1)
    assert ported(SENTENCE, new.replace("closed in O", "shut in O")) == (
        "The ferry will be shut in October",
        1,
    )
    assert ported("council met", new) is None


def test_a_paragraph_that_moved_to_two_places_is_in_neither():
    new = FIRST + OLD.replace(FIRST, "") + "\nMore.\n\n" + FIRST

    assert ported(SENTENCE, new) is None


def test_a_place_within_words_stays_within_them():
    old = "議会は港の壁を一メートル高くする。Unbelievable things happened there."

    assert ported("港の壁を一", old.replace("壁", "堤"), old) == ("港の堤を一", 1)
    assert ported("believable things happen", old.replace("議会", "彼等"), old) == (
        "believable things happen",
        1,
    )


def test_signs_around_the_words_are_taken_along():
    old = "He said: “The boat sails.” Then he left for good."

    assert ported("“The boat sails.”", old.replace("boat", "old boat"), old) == (
        "“The old boat sails.”",
        1,
    )


def test_a_passage_without_words_is_none():
    assert ported(" . "[1], OLD) is None


def test_any_two_texts_give_an_answer():
    chance = random.Random(1)
    words = ["the", "boat", "sails.", "A", "b", "c\n\n"]
    for _ in range(1_500):
        old, new = (
            " ".join(chance.choices(words, k=chance.randint(1, 14))).strip() for _ in range(2)
        )
        before, after = page_of(old), page_of(new)
        start = chance.randrange(len(before.text))
        end = chance.randint(start + 1, len(before.text))

        found = follow_edits(Range(start, end), before, after)

        if found is not None and not isinstance(found, Removed):
            assert 0 <= found.range.start < found.range.end <= len(after.text)
            assert 0 <= found.score <= 1


def test_what_moved_and_lost_most_of_its_words_is_no_passage():
    paragraph = FIRST.replace("ferry will be closed", "ferry, as many had feared, is shut")
    new = OLD.replace(FIRST, "") + "\n" + paragraph

    assert ported("The ferry will be closed in October", new) is None
