"""One request to a server that misbehaves in every way: an answer or a failure, no traceback."""

import gzip
import io
import socket
import time
import zlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mkdocs_annotate.links.http import Failure, HttpClient, Response, redirect_target
from mkdocs_annotate.links.public_hosts import Connector
from mkdocs_annotate.model.links import Link


@pytest.fixture
def got(server, http):
    """Return a function that lets the server answer, and returns what is made of it."""

    def fetch(answer, method="GET", path="/x"):
        server.answers[path] = answer
        return http.fetch(method, Link(server.url(path)))

    return fetch


def test_a_page_comes_with_its_status_and_type(server, got):
    answer = got(server.page("<p>Hello"))

    assert answer == Response(
        200, None, server.url("/x"), "", "", "text/html; charset=utf-8", b"<p>Hello"
    )


def test_we_say_who_we_are_and_send_nothing_else(server, got):
    got(server.page())

    assert server.heads[0].split("\r\n")[:-2] == [
        "GET /x HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: mkdocs-annotate/0 (+https://example.org)",
        "Accept: text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
        "Accept-Encoding: identity",
        "Connection: close",
    ]


def test_an_address_in_other_letters_is_asked_for_as_browsers_do(server, http):
    http.fetch("GET", Link(server.url("/zür ich/%41?q=é&r=a'b#part")))

    assert server.requests == [("GET", "/z%C3%BCr%20ich/%41?q=%C3%A9&r=a'b")]


def test_a_query_without_a_path_is_asked_of_the_root(server, http):
    http.fetch("HEAD", Link(server.url("?q")))

    assert server.requests == [("HEAD", "/?q")]


@pytest.mark.parametrize("status", ["204 No Content", "404 Not Found", "410 Gone", "500 Oh"])
def test_a_status_is_a_status(server, got, status):
    assert got(server.page(b"body", status)).status == int(status[:3])


def test_only_the_page_of_a_success_is_kept(server, got):
    assert got(server.page(b"body", "404 Not Found")).body == b""


def test_headers_of_a_redirect_and_of_a_later_time_are_kept(server, got):
    assert got(server.redirect("/ü")).location == "/ü"
    assert got(server.page(b"", "503 No", Retry_After="7")).retry_after == "7"


ODD = {
    "no answer at all": (b"", Failure.CONNECTION),
    "garbage": (b"\x00\xffgarbage\r\n\r\n", Failure.NOT_HTTP),
    "an answer of SSH": (b"SSH-2.0-OpenSSH_9.6\r\n", Failure.NOT_HTTP),
    "an answer of HTTP 0.9": (b"<html>", Failure.NOT_HTTP),
    "a status that is no number": (b"HTTP/1.1 abc OK\r\n\r\n", Failure.NOT_HTTP),
    "a line without end": (b"HTTP/1.1 200 " + b"x" * 100_000, Failure.NOT_HTTP),
    "a header without end": (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000, Failure.NOT_HTTP),
    "a thousand headers": (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1_000, Failure.NOT_HTTP),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_answer_is_a_failure(got, name):
    data, failure = ODD[name]

    assert got(data).failure is failure


def test_headers_may_hold_anything(got):
    answer = got(b"HTTP/1.1 200 OK\r\nContent-Type: \xff\xfe\r\n: x\r\nfoo\r\n\r\nbody")

    assert answer.status == 200


TRUNCATED = {
    "shorter than told": b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc",
    "a chunk that breaks off": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
}


@pytest.mark.parametrize("name", TRUNCATED)
def test_a_page_that_breaks_off_is_not_whole(got, name):
    answer = got(TRUNCATED[name])

    assert (answer.status, answer.whole) == (200, False)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc",
    ],
    ids=["too short a length", "negative", "endless", "no chunk", "chunk with more", "continue"],
)
def test_a_wrong_length_is_no_failure(got, answer):
    assert got(answer).status == 200


def test_an_endless_page_is_cut(server, sleeper):
    def endless(line):
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            line.sendall(b"x" * 65536)

    server.answers["/x"] = endless
    http = HttpClient("us", Connector(True), 5, max_bytes=300_000)

    answer = http.fetch("GET", Link(server.url("/x")))

    assert (answer.status, len(answer.body), answer.whole) == (200, 300_000, False)


def hang(line):
    time.sleep(10)


def hang_in_body(line):
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\nabc")
    time.sleep(10)


def drip(line):
    """Send a byte now and then: no single wait is too long."""
    for byte in b"HTTP/1.1 200 OK\r\n\r\n" * 5:
        line.sendall(bytes([byte]))
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (hang, (0, Failure.TIMEOUT, True)),
        (hang_in_body, (200, None, False)),
        (drip, (0, Failure.TIMEOUT, True)),
    ],
)
def test_who_takes_too_long_is_not_waited_for(server, behaviour, expected):
    server.answers["/x"] = behaviour

    answer = HttpClient("us", Connector(True), 0.5).fetch("GET", Link(server.url("/x")))

    assert (answer.status, answer.failure, answer.whole) == expected


def test_nobody_who_listens(http):
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]

    assert http.fetch("GET", Link(f"http://127.0.0.1:{port}/")).failure is Failure.CONNECTION


def test_encryption_where_there_is_none(server, http):
    link = Link(server.url().replace("http:", "https:"))

    assert http.fetch("GET", link).failure is Failure.TLS


def packed(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("gzip", gzip.compress(b"words", mtime=0)),
        ("X-GZIP", gzip.compress(b"words", mtime=0)),
        ("deflate", zlib.compress(b"words")),
        ("deflate", packed(b"words")),
    ],
)
def test_what_is_compressed_unasked_is_unpacked(server, got, encoding, data):
    answer = got(server.page(data, Content_Encoding=encoding))

    assert (answer.body, answer.whole) == (b"words", True)


@pytest.mark.parametrize(
    ("encoding", "data"),
    [("br", b"words"), ("gzip", b"words"), ("gzip", gzip.compress(b"words", mtime=0)[:-6])],
)
def test_what_cannot_be_unpacked_is_not_whole(server, got, encoding, data):
    assert not got(server.page(data, Content_Encoding=encoding)).whole


def test_a_bomb_is_unpacked_no_further_than_pages_are_read(server):
    server.answers["/x"] = server.page(
        gzip.compress(b"0" * 9_000_000, mtime=0), Content_Encoding="gzip"
    )
    http = HttpClient("us", Connector(True), 5, max_bytes=100_000)

    answer = http.fetch("GET", Link(server.url("/x")))

    assert (len(answer.body), answer.whole) == (100_000, False)


class Bytes:
    """A connection that brings some bytes and is closed; its host is a connector, too."""

    def __init__(self, data):
        self.stream = io.BytesIO(data)

    def connect(self, host, port, **options):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def sendall(self, request):
        pass

    def settimeout(self, seconds):
        assert seconds > 0

    def recv_into(self, buffer):
        return self.stream.readinto(buffer)


class Broken(Bytes):
    """A connection that takes no request, and then breaks off in an odd way."""

    def sendall(self, request):
        raise BrokenPipeError

    def recv_into(self, buffer):
        return super().recv_into(buffer) or self.fail()

    def fail(self):
        raise OSError("decryption failed")


@pytest.mark.parametrize(
    ("data", "status", "failure"),
    [
        (b"", 0, Failure.CONNECTION),
        (b"HTTP/1.1 429 Slowly\r\n", 0, Failure.CONNECTION),
        (b"HTTP/1.1 429 Slowly\r\n\r\n", 429, None),
    ],
)
def test_what_was_answered_before_the_request_was_read_counts(data, status, failure):
    answer = HttpClient("us", Broken(data)).fetch("GET", Link("https://a.example/"))

    assert (answer.status, answer.failure) == (status, failure)


HEADS = st.sampled_from(
    [
        *(b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 302 \r\nLocation: ", b"HTTP/1.1 999 \r\n"),
        *(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"HTTP/1.1 200\r\n\r\n"),
        *(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08", b"HTTP/1.1 100 \r\n"),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=",
    ]
)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.one_of(HEADS, st.binary(max_size=40)), max_size=6).map(b"".join))
@example(b"HTTP/1.1 302 x\r\nLocation: http://[/\r\n\r\n")
@example(b"HTTP/1.1 302 x\r\nLocation: //\xe2\x84\x80.com/\r\n\r\n")
def test_any_bytes_make_an_answer(data):
    for method in ("GET", "HEAD"):
        answer = HttpClient("us", Bytes(data), max_bytes=1_000).fetch(
            method, Link("https://a.example/")
        )

        assert bool(answer.status) != bool(answer.failure)
        assert isinstance(redirect_target(answer), str)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://example.org/b"),
        ("c?d#e", "https://example.org/a/c?d"),
        ("//other.example/x", "https://other.example/x"),
        ("HTTP://other.example", "http://other.example"),
        ("/zürich ist|schön", "https://example.org/z%C3%BCrich%20ist%7Csch%C3%B6n"),
        ("", ""),
        ("http://[broken", ""),
    ],
)
def test_where_a_redirect_leads(location, target):
    assert (
        redirect_target(Response(302, address="https://example.org/a/b", location=location))
        == target
    )
