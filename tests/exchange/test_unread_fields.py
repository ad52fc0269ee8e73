import pytest

from mkdocs_annotate.exchange.entries import MOST_NAMES, Unread, is_filled
from mkdocs_annotate.exchange.imported import parse_json


def test_fields_are_named_once_in_the_order_of_their_places():
    unread = Unread("a.json")
    for entry in parse_json('[{"a": 1,\n "b": 2}, {"b": 3, "c": {"d": []}}, {"e": 1, "e": 2}]'):
        unread.look(entry, {"a"}, "x.")

    assert (
        unread.names == "`x.b` (2 times, first in line 1), `x.e` (line 2), `x.e (again)` (line 2)"
    )
    (skip,) = unread.skips()
    assert str(skip).startswith("a.json:1:2: a sidecar has no field for `x.b`")


def test_nothing_unread_is_not_told():
    unread = Unread("a.json")

    assert (unread.names, unread.skips()) == ("", ())
    assert str(unread.position) == "a.json:1:1"


def test_a_copy_is_its_own():
    unread = Unread("a.json")
    unread.copy().add("x", (1, 1))

    assert unread.names == ""


def test_a_message_has_an_end():
    unread = Unread("a.json")
    for number in range(10_000):
        unread.add(f"field{number}", (number + 1, 1))

    assert unread.names.endswith(f", and {10_000 - MOST_NAMES} more")


@pytest.mark.parametrize("value", [None, "", " ", False, [], {}, [None, {"a": [""]}]])
def test_blank_values_say_nothing(value):
    assert not is_filled(value)


@pytest.mark.parametrize("value", ["x", 0, True, [[], "x"], {"a": {"b": 1}}])
def test_others_say_something(value):
    assert is_filled(value)
