"""Dates in words: what has one reading, and what has none or two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_annotate.model.date_text import LONGEST, read_date
from mkdocs_annotate.model.dates import parse_edtf

READ = {
    "1850~": ("1850~", "c. 1850", "ca. 1850", "circa 1850", "about 1850", "[ca. 1850]"),
    "1850?": ("1850?", "1850 (?)", "[1850?]", "probably 1850", "perhaps 1850"),
    "1850": ("1850", " 1850 ", "[1850]", "1850.", "1850b", "AD 1850", "1850 CE"),
    "1998/1999": ("1998--1999", "1998–1999", "1998-1999", "1998/99", "1998-99", "1998 to 1999"),
    "2001/2002": ("2001--02", "2001–02"),
    "1850~/1860~": ("c. 1850–1860",),
    "199X": ("1990s", "the 1990s", "1990's", "199-", "199u", "199x"),
    "18XX": ("19th century", "19th c.", "18uu"),
    "-0043": ("44 BC", "44 B.C.", "44 BCE", "44 v. Chr."),
    "0079": ("AD 79", "79 CE"),
    "2019-21": ("Spring 2019", "2019, spring", "spring of 2019"),
    "2019-23": ("Autumn 2019", "fall 2019"),
    "2024-11": ("2024-11", "November 2024", "Nov. 2024", "2024-11-XX"),
    "2024": ("2024-XX", "2024-XX-XX"),
    "2024-11-03": (
        *("3 November 2024", "November 3, 2024", "Nov 3rd, 2024", "2024 Nov 3", "3.11.2024"),
        *("2024/11/03", "2024-11-03T10:00:00Z", "2024-11-3"),
    ),
    "1998-05/1998-06": ("May/June 1998", "May--June 1998", "May-June 1998", "May 1998 – June 1998"),
    "2024-05-03/2024-05-09": ("3–9 May 2024", "May 3–9, 2024", "3-9 May 2024"),
    "2024-05-28/2024-06-03": ("28 May–3 June 2024",),
    "2019-24/2020": ("Winter 2019/2020",),
    "../1850": ("before 1850", "until 1850"),
    "1850/..": ("after 1850", "since 1850", "1850-", "1850–", "1850--", "1850-present"),
    "in press": ("in press", "In Press.", "(in press)", "inpress", "im Druck", "sous presse"),
    "forthcoming": ("forthcoming", "to appear"),
    "submitted": ("submitted", "under review"),
    "in preparation": ("in preparation",),
    "no date": ("n.d.", "n. d.", "no date", "undated", "o. J."),
}


@pytest.mark.parametrize(
    ("text", "meant"), [(text, meant) for meant, texts in READ.items() for text in texts]
)
def test_dates_are_read_as_they_are_meant(text, meant):
    assert str(read_date(text)) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("03/04/2024", "2001/02", "1723 or 1724", "between 1800 and 1850", "1800 and 1850"),
        *("Michaelmas 1780", "c1998", "1998 [1994]", "2001, reprinted 2010", "30 Feb 2024"),
        *("Spring", "May", "mid-1990s", "3 Spring 2019", "May June 1998", "12 2024", "1999/98"),
        *(
            "x/y",
            "1998/y",
            "0 BC",
            "0th century",
            "",
            " ",
            "1" * (LONGEST + 1),
            "circa",
            "1998~ nov",
        ),
        *("before it", "since then", "May/June", "1998/1999/2000"),
    ],
)
def test_what_has_no_reading_or_two_has_none(text):
    assert read_date(text) is None


@given(st.text("0123456789-–/?~[]. cabojunmyspringBCEX", max_size=20))
def test_whatever_is_read_can_be_written(text):
    date = read_date(text)

    assert date is None or parse_edtf(str(date)) == date
