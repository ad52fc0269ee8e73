import pytest

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.model.sources import (
    ACCESSES,
    ROLES,
    SOURCE_TYPES,
    URL_STATUSES,
    Author,
    Source,
)

PAGE, COPY = Link("https://example.org/a"), Link("https://archive.example.org/a")


def test_a_person_is_shown_given_name_first_and_all_else_as_it_stands():
    assert str(Author("Carrow", "Ines")) == "Ines Carrow"
    assert str(Author("Finance Department, Brennick")) == "Finance Department, Brennick"


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({}, None),
        ({"url": PAGE}, PAGE),
        ({"url": PAGE, "archive_url": COPY}, PAGE),
        ({"url": PAGE, "archive_url": COPY, "url_status": "dead"}, COPY),
        ({"url": PAGE, "url_status": "dead"}, PAGE),
        ({"archive_url": COPY}, COPY),
        ({"doi": "10.1000/182"}, Link("https://doi.org/10.1000/182")),
        ({"doi": "10.1000/182", "url": PAGE}, PAGE),
        ({"doi": "10.1000/182", "archive_url": COPY}, Link("https://doi.org/10.1000/182")),
        ({"doi": "10.1000/182", "archive_url": COPY, "url_status": "usurped"}, COPY),
    ],
)
def test_readers_are_led_to_the_original_unless_it_is_gone(fields, address):
    assert Source("A", **fields).address == address


@pytest.mark.parametrize("status", URL_STATUSES)
def test_an_address_is_reachable_as_long_as_it_is_live(status):
    assert Source("A", url_status=status).reachable is (status == "live")


def test_the_types_are_those_of_csl():
    assert len(SOURCE_TYPES) == len(set(SOURCE_TYPES)) == 45
    assert {"webpage", "document", "article-journal", "legal_case"} <= set(SOURCE_TYPES)


def test_no_word_stands_for_two_things():
    for words in (URL_STATUSES, ACCESSES, ROLES):
        assert len(words) == len(set(words))
