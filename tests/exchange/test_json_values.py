import pytest

from mkdocs_annotate.exchange.imported import MAX_DEPTH, UnusableFile, parse_json, place_of


def test_values_are_read_and_of_keys_that_stand_twice_the_last_counts():
    assert parse_json('{"a": [1, "[[", true], "b": 1, "b": 2}') == {"a": [1, "[[", True], "b": 2}


def test_objects_know_where_they_begin_and_which_keys_stand_twice():
    first, second = parse_json('[{"a{": {"b": 1, "b": 2}},\n  {"c": [ {} ]}]')

    assert (first.place, first["a{"].place) == ((1, 2), (1, 9))
    assert (second.place, second["c"][0].place) == ((2, 3), (2, 11))
    assert (first.repeated, first["a{"].repeated) == ((), ("b",))
    assert place_of("no object") == (1, 1)


def test_a_long_number_is_text_and_no_number_is_nothing():
    digits = "9" * 5_000

    assert parse_json(f"[{digits}, NaN, 17]") == [digits, None, 17]


def test_the_place_of_a_mistake_is_told():
    with pytest.raises(UnusableFile, match=r"line 2, column 4: expecting ',' delimiter"):
        parse_json("[1,\n 2 3]")


def test_depth_has_a_limit():
    assert parse_json("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(UnusableFile, match="line 1: more than 64 brackets"):
        parse_json("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


@pytest.mark.parametrize("text", ["", "{", '"', '"\\', '"a\\"', "nul"])
def test_what_breaks_off_is_told(text):
    with pytest.raises(UnusableFile, match="is not JSON"):
        parse_json(text)
