"""What an answer says about a source."""

from datetime import date

import pytest

from mkdocs_annotate.links.cache import Finding, QuoteSearch, finding_of
from mkdocs_annotate.links.http import Failure, Response
from mkdocs_annotate.links.state import LinkState, assess, leads_to_front

TODAY = date(2026, 5, 1)
ASKED = "https://example.org/minutes/7"


def judged(status=0, failure=None, final=ASKED, searches=(), quotes=None):
    pairs = tuple((str(number), look) for number, look in enumerate(searches))
    wanted = [name for name, _ in pairs] if quotes is None else quotes
    return assess(ASKED, Finding(TODAY, status, failure, final, pairs), wanted).state


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_dead(status):
    assert judged(status) is LinkState.DEAD


def test_a_host_that_does_not_exist_is_dead():
    assert judged(failure=Failure.NO_HOST) is LinkState.DEAD


@pytest.mark.parametrize("status", [400, 401, 403, 405, 429, 451, 500, 503, 302, 304, 600, 199])
def test_what_may_be_a_matter_of_today_or_of_us_is_unknown(status):
    assert judged(status) is LinkState.UNKNOWN


@pytest.mark.parametrize("failure", [each for each in Failure if each is not Failure.NO_HOST])
def test_so_is_every_failure(failure):
    assert judged(failure=failure) is LinkState.UNKNOWN


@pytest.mark.parametrize(
    ("searches", "state"),
    [
        ([], LinkState.LIVE),
        ([QuoteSearch.FOUND, QuoteSearch.FOUND], LinkState.LIVE),
        ([QuoteSearch.UNREADABLE], LinkState.LIVE),
        ([QuoteSearch.FOUND, QuoteSearch.MISSING], LinkState.DEVIATED),
        ([QuoteSearch.MISSING, QuoteSearch.UNREADABLE], LinkState.DEVIATED),
    ],
)
def test_a_page_that_lost_a_quote_has_deviated(searches, state):
    assert judged(200, searches=searches) is state


def test_quotes_of_another_source_at_the_same_address_do_not_count():
    assert (
        judged(200, searches=[QuoteSearch.FOUND, QuoteSearch.MISSING], quotes=["0"])
        is LinkState.LIVE
    )


def test_the_front_page_in_place_of_a_page_is_suspect():
    assert judged(200, final="https://example.org/") is LinkState.SUSPECT


def test_unless_a_quote_stands_there():
    assert judged(200, final="https://example.org/", searches=[QuoteSearch.FOUND]) is LinkState.LIVE


@pytest.mark.parametrize(
    ("asked", "final", "front"),
    [
        ("http://a.org/x", "https://www.a.org/", True),
        ("http://a.org/x/y?z=1", "https://a.org/en/", True),
        ("http://a.org/x", "http://a.org/index.html", True),
        ("http://a.org/?p=7", "http://a.org/", True),
        ("http://a.org/x", "http://b.org/pt-BR", True),
        ("http://a.org/x", "http://a.org/x/", False),
        ("http://a.org/x", "http://a.org/?page=x", False),
        ("http://a.org/", "http://b.org/", False),
        ("http://a.org", "http://a.org/en/", False),
        ("http://a.org/x", "", False),
        ("http://a.org/x", "http://[", False),
    ],
)
def test_what_leads_to_a_front_page(asked, final, front):
    assert leads_to_front(asked, final) is front


def test_what_may_be_another_answer_soon_is_marked_so():
    temporary = [
        finding_of(answer, (), TODAY).temporary
        for answer in (
            *(Response(status) for status in (200, 404, 403, 429, 503)),
            *(Response(failure=failure) for failure in (Failure.TIMEOUT, Failure.ROBOTS)),
        )
    ]

    assert temporary == [False, False, False, True, True, True, False]
