import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.dates import Date, looks_like_a_date, meant_date, parse_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", Date(2024)),
        ("2024-11", Date(2024, 11)),
        ("2024-11-03", Date(2024, 11, 3)),
        ("2024-02-29", Date(2024, 2, 29)),
        ("0001-01-01", Date(1, 1, 1)),
        ("9999-12-31", Date(9999, 12, 31)),
    ],
)
def test_a_date_has_a_year_and_may_have_more(text, date):
    assert parse_date(text) == date
    assert str(date) == text
    assert looks_like_a_date(text)


@pytest.mark.parametrize(
    "text", ["0000", "2024-00", "2024-13", "2024-11-00", "2024-11-31", "2023-02-29", "1900-02-29"]
)
def test_a_date_that_never_was_only_looks_like_one(text):
    assert parse_date(text) is None
    assert looks_like_a_date(text)


@pytest.mark.parametrize(
    "text", ["", "24", "20241103", "2024-1-5", "2024-11-03T10:00", "２０２４", "2024-11-03\n", "x"]
)
def test_other_forms_are_none(text):
    assert parse_date(text) is None
    assert not looks_like_a_date(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-1-5", Date(2024, 1, 5)),
        ("2024/01/05", Date(2024, 1, 5)),
        ("2024.1.5", Date(2024, 1, 5)),
        ("2024-1", Date(2024, 1)),
        ("2024-11-03T10:00:00Z", Date(2024, 11, 3)),
        ("2024-11-03 10:00", Date(2024, 11, 3)),
        ("2024-13-1", None),
        ("03/11/2024", None),
        ("3 November 2024", None),
        ("٢٠٢٤-١-٥", None),
        ("2024", None),
    ],
)
def test_a_date_that_can_be_read_one_way_is_meant(text, date):
    assert meant_date(text) == date


def test_dates_are_in_order():
    dates = [Date(2024), Date(2024, 1), Date(2024, 1, 2), Date(2024, 2), Date(2025)]

    assert sorted([dates[3], dates[0], dates[4], dates[2], dates[1]]) == dates


@settings(deadline=None, derandomize=True)
@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day):
    date = parse_date(day.isoformat())

    assert date == Date(day.year, day.month, day.day)
    assert str(date) == day.isoformat()
