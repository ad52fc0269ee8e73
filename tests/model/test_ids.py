import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.sidecar import Annotation, Quote, ids_of, slug_of
from mkdocs_annotate.sidecar.format import ID_LENGTH, ID_PATTERN


def annotation(quote, kind="context", id_="", **fields):
    return Annotation(Quote(quote, **fields), id_, kind)


def ids(*annotations):
    return ids_of([(entry.id, entry.quote, entry.kind) for entry in annotations])


@pytest.mark.parametrize(
    ("quote", "slug"),
    [
        ("the foreign minister", "the-foreign-minister"),
        ("It's “über” – 100 %!", "its-uber-100"),
        ("  a\n b ", "a-b"),
        ("x" * 60, "x" * 48),
        (
            "one two three four five six seven eight nine tens of words",
            "one-two-three-four-five-six-seven-eight-nine",
        ),
        ("本日は晴天なり", "q-f84671b4"),
        ("…", "q-b4935894"),
        ("", "q-e3b0c442"),
        ("\ud800", "q-8a8de823"),
    ],
)
def test_a_slug_is_made_of_words(quote, slug):
    assert slug_of(quote) == slug


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(["context", "opinion"]))))
def test_ids_are_slugs_and_no_two_are_equal(entries):
    given_ids = ids(*(annotation(quote, kind) for quote, kind in entries))

    assert len(set(given_ids)) == len(entries)
    for given_id in given_ids:
        assert re.fullmatch(ID_PATTERN, given_id)
        assert len(given_id) <= ID_LENGTH


def test_ids_stay_when_entries_are_moved():
    entries = [
        annotation("the boat", section="Winter"),
        annotation("the boat", section="Summer"),
        annotation("the boat", "opinion", section="Summer"),
        annotation("a ferry"),
    ]

    assert sorted(ids(*entries)) == sorted(ids(*reversed(entries)))


def test_entries_that_nothing_tells_apart_are_counted():
    first, second, third = ids(*[annotation("the boat")] * 3)

    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_chosen_ids_are_kept_and_made_ones_keep_off_them():
    assert ids(annotation("the boat"), annotation("a ferry", id_="the-boat")) == [
        "the-boat-4234",
        "the-boat",
    ]


def test_a_chosen_id_with_a_number_is_kept_off_too():
    made = ids(annotation("the boat"), annotation("the boat"))
    taken = annotation("a ferry", id_=made[1])

    assert ids(annotation("the boat"), annotation("the boat"), taken) == [
        made[0],
        f"{made[0]}-3",
        made[1],
    ]


@pytest.mark.parametrize(
    ("quote", "id_"),
    [
        ("the authorities of Brennick", "the-of-brennick"),
        ("Author", "q-d95082a2"),
        ("three tonnes", "three-tonnes"),
    ],
)
def test_no_id_of_a_passage_looks_like_the_name_of_an_author(quote, id_):
    """Reader modes would take the passage out of the text."""
    assert ids(annotation(quote)) == [id_]
