import pytest

from mkdocs_annotate.model.dates import Date, Moment, PublicationDate, parse_edtf


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2024", Moment(2024)),
        ("2024-11-03", Moment(2024, 11, 3)),
        ("1723~", Moment(1723, circa=True)),
        ("1723?", Moment(1723, uncertain=True)),
        ("1723-05%", Moment(1723, 5, circa=True, uncertain=True)),
        ("2019-21", Moment(2019, season=1)),
        ("2019-24?", Moment(2019, season=4, uncertain=True)),
        ("199X", Moment(1990, unknown_digits=1)),
        ("18XX~", Moment(1800, unknown_digits=2, circa=True)),
        ("-0043", Moment(-43)),
        ("0000", Moment(0)),
        ("0004-02-29", Moment(4, 2, 29)),
    ],
)
def test_a_moment_says_how_sure_it_is_and_is_written_as_it_was(text, start):
    date = parse_edtf(text)

    assert date == PublicationDate(start)
    assert str(date) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1998/1999", "1998/1999"),
        ("1998-05/1998-06~", "1998-05/1998-06~"),
        ("../1998", "../1998"),
        ("/1998", "../1998"),
        ("1998/..", "1998/.."),
        ("1998/", "1998/.."),
        ("-0100/-0043", "-0100/-0043"),
        ("2019-24/2019-06", "2019-24/2019-06"),
        ("in press", "in press"),
    ],
)
def test_stretches_may_be_open(text, written):
    assert str(parse_edtf(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        *("", "/", "../..", "x", "99", "12345", "2024-13", "2024-00", "2024-02-30", "2023-02-29"),
        *("2024-11-00", "2019-21-03", "2019-25", "199X-03", "19XXX", "XXXX", "-0000", "1999/1998"),
        *("2024-11/x", "1998/1999/2000", "1998 ", "1850~~", "In press", "1998/in press"),
    ],
)
def test_everything_else_is_no_date(text):
    assert parse_edtf(text) is None


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("2024", Date(2024)),
        ("2024-11-03", Date(2024, 11, 3)),
        *((text, None) for text in ("1723~", "1723?", "2019-21", "199X", "-0043", "0000")),
        *((text, None) for text in ("1998/1999", "in press", "../1998")),
    ],
)
def test_only_one_sure_date_of_our_era_is_certain(text, certain):
    assert parse_edtf(text).certain == certain
