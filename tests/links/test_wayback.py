"""Copies: what is taken from an archive's answer, and what is made of it."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.links.http import Response
from mkdocs_annotate.links.wayback import (
    NoArchiveResponse,
    copied_page,
    copy_of,
    moment_of,
    nearest_copy,
)
from mkdocs_annotate.model.dates import Date
from mkdocs_annotate.model.links import Link

ASKED = Link("https://council.example.org/minutes?id=7&x=ü")
CLOSEST = {
    "available": True,
    "url": "http://web.archive.org/web/20260515093000/https://council.example.org/",
    "timestamp": "20260515093000",
    "status": "200",
}


def told(closest):
    return json.dumps({"url": "x", "archived_snapshots": {"closest": closest} if closest else {}})


def moment(text, status=200, **answer):
    body = text.encode() if isinstance(text, str) else text
    return moment_of(Response(status, body=body, **answer))


def test_the_moment_of_the_copy_is_taken():
    assert moment(told(CLOSEST)) == "20260515093000"


@pytest.mark.parametrize(
    "closest",
    [
        {},
        {**CLOSEST, "available": False},
        {**CLOSEST, "status": "404"},
        {**CLOSEST, "status": "302"},
        {**CLOSEST, "timestamp": "2026"},
        {**CLOSEST, "timestamp": "20261315093000"},
        {**CLOSEST, "timestamp": "2026051509300x"},
        {**CLOSEST, "timestamp": "２０２６0515093000"},
        {**CLOSEST, "timestamp": 20260515093000},
        {**CLOSEST, "timestamp": "20260515093000\n- x"},
    ],
)
def test_what_is_no_sound_copy_is_none(closest):
    assert moment(told(closest)) == ""


@pytest.mark.parametrize(
    "text",
    [
        *("", "<html>", "[]", "null", '{"archived_snapshots": [1]}', "[" * 100_000, b"\xff\xfe{"),
        '{"archived_snapshots": {"closest": "x"}}',
    ],
)
def test_what_is_no_answer_of_an_archive_tells_nothing(text):
    with pytest.raises(NoArchiveResponse):
        moment(text)


def test_nor_does_an_answer_that_failed_or_was_cut():
    with pytest.raises(NoArchiveResponse):
        moment(told(CLOSEST), status=503)
    with pytest.raises(NoArchiveResponse):
        moment(told(CLOSEST), whole=False)


@pytest.mark.parametrize(
    ("day", "timestamp"),
    [
        (Date(2026, 5, 12), "&timestamp=20260512"),
        (Date(2024, 11), "&timestamp=202411"),
        (Date(2024), "&timestamp=2024"),
    ],
)
def test_the_archive_is_asked_for_the_day(server, client, day, timestamp):
    address = "https%3A%2F%2Fcouncil.example.org%2Fminutes%3Fid%3D7%26x%3D%C3%BC"
    server.answers[f"/available?url={address}{timestamp}"] = server.page(told(CLOSEST))

    found = nearest_copy(ASKED, day, Link(server.url("/available")), client)

    assert found == "20260515093000"
    assert len(server.requests) == 1


def test_an_address_that_gets_too_long_is_not_asked_for(client):
    link = Link("https://a.example/" + "ü" * 400)

    with pytest.raises(NoArchiveResponse):
        nearest_copy(link, Date(2024), Link("http://b.example"), client)


def test_an_archive_that_denies_what_it_has_is_asked_again(server, client):
    path = "/available?url=https%3A%2F%2Fa.example&timestamp=2024"
    server.answers[path] = [server.page(told({})), server.page(told(CLOSEST))]

    api = Link(server.url("/available"))

    assert nearest_copy(Link("https://a.example"), Date(2024), api, client) == "20260515093000"
    server.answers[path] = server.page(told({}))
    assert nearest_copy(Link("https://a.example"), Date(2024), api, client) == ""
    assert len(server.requests) == 4


def test_a_copy_has_an_address():
    copy = copy_of(Link("https://a.example/b?c=d"), "20260515093000")

    assert copy == "https://web.archive.org/web/20260515093000/https://a.example/b?c=d"


def test_a_copied_page_comes_without_what_the_archive_adds():
    page = copied_page(Link("https://a.example/b?c=d"), "20260515093000")

    assert page == Link("https://web.archive.org/web/20260515093000id_/https://a.example/b?c=d")


def test_an_address_too_long_for_a_copy_has_none():
    assert copy_of(Link("https://a.example/" + "b" * 980), "20260515093000") == ""
    assert copied_page(Link("https://a.example/" + "b" * 2_020), "20260515093000") is None


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: told(text).encode()))
)
def test_any_answer_gives_a_moment_or_is_refused(data):
    with suppress(NoArchiveResponse):
        assert moment(data) in ("", "20260515093000")
