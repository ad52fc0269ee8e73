import pytest

from mkdocs_annotate.exchange.csl import csl_date, read_csl_date
from mkdocs_annotate.model.dates import parse_edtf


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"date-parts": [["2024", "3"]]}, "2024-03"),
        ({"date-parts": [[2024, 0, 0]]}, "2024"),
        ({"date-parts": [[2024, None]]}, "2024"),
        ({"date-parts": [["2024", "3", ""]]}, "2024-03"),
        ({"date-parts": [[2024, 3, 4], [2024, 3, 9]]}, "2024-03-04/2024-03-09"),
        ({"date-parts": [[1998], [0]]}, "1998/.."),
        ({"date-parts": [[-44]]}, "-0043"),
        ({"date-parts": [[2019]], "season": 1}, "2019-21"),
        ({"date-parts": [[2019]], "season": "24"}, "2019-24"),
        ({"date-parts": [[2019]], "season": "Autumn"}, "2019-23"),
        ({"date-parts": [[2019, 13]]}, "2019-21"),
        ({"date-parts": [[2019, 24]]}, "2019-24"),
        ({"date-parts": [[1850]], "circa": True}, "1850~"),
        ({"date-parts": [[1850]], "circa": "1"}, "1850~"),
        ({"date-parts": [[1850]], "circa": 0}, "1850"),
        ({"date-parts": [[1850], [1860]], "circa": 1}, "1850~/1860~"),
        ({"date-parts": [], "raw": "2024-03-04"}, "2024-03-04"),
        ({"date-parts": [[None]], "literal": "Spring 2019"}, "2019-21"),
        ({"literal": "c. 1850"}, "1850~"),
        ({"literal": "1850", "circa": True}, "1850~"),
        ({"literal": "in press"}, "in press"),
        ({"edtf": "2024-03?"}, "2024-03?"),
        ("2024-03~", "2024-03~"),
        ("2024-03/2025", "2024-03/2025"),
        (2024, "2024"),
    ],
)
def test_dates_in_all_their_forms(value, date):
    assert str(read_csl_date(value)) == date


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "20240", [], {}, True),
        {"date-parts": [[2024, 44]]},
        {"date-parts": [[2024, 2, 30]]},
        {"date-parts": [[2024, 13, 2]]},
        {"date-parts": [["x"]]},
        {"date-parts": [["99999"]]},
        {"date-parts": [[1999], [1998]]},
        {"literal": "Michaelmas 1780"},
    ],
)
def test_what_is_none_is_none(value):
    assert read_csl_date(value) is None


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2024-11", {"date-parts": [[2024, 11]]}),
        ("1723~", {"date-parts": [[1723]], "circa": True}),
        ("1723?", {"date-parts": [[1723]], "circa": True}),
        ("1998/..", {"date-parts": [[1998], [0]]}),
        ("../1998", {"literal": "../1998"}),
        ("199X", {"date-parts": [[1990], [1999]]}),
        ("0000", {"date-parts": [[-1]]}),
        ("no date", {"literal": "no date"}),
    ],
)
def test_dates_leave_in_the_parts_of_csl(date, written):
    assert csl_date(parse_edtf(date)) == written
