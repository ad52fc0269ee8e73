import pytest

from mkdocs_annotate.hosts.option_values import switch_of


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, True),
        (False, False),
        ("off", False),
        (" No ", False),
        ("YES", True),
        ("View", None),
        ("", None),
        (0, None),
        (1, None),
        (None, None),
        ([False], None),
    ],
)
def test_yes_and_no_are_read_as_people_write_them(value, said):
    assert switch_of(value) is said
