"""Forged requests: none writes, and none reads what is not to be published."""

import io
import json
from itertools import product

import pytest

from mkdocs_annotate.writing.application import ENDPOINT, WritingApplication
from mkdocs_annotate.writing.guard import MAX_BODY, Guard

PORT = 8000


class Site:
    """A site that writes down whoever asks it for a page."""

    def __init__(self):
        self.asked = []

    def page(self, name):
        self.asked.append(name)

    changes = ""

    def name_of(self, path, html):
        return ""

    def article(self, name):
        return ""

    def shown(self, name, html):
        return html


def shown(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html"), ("X-Frame-Options", "ALLOW")])
    return [b"<p>A draft.</p>"]


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def server(site, monkeypatch):
    monkeypatch.setattr("secrets.token_urlsafe", lambda count: "t" * 43)
    return WritingApplication(shown, site, PORT, lambda _: None)


def honest(body=b'{"page": "a.md", "do": "state"}', **changed):
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"{ENDPOINT}write",
        "HTTP_HOST": f"127.0.0.1:{PORT}",
        "HTTP_ORIGIN": f"http://127.0.0.1:{PORT}",
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "HTTP_X_ANNOTATE_TOKEN": "t" * 43,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    environ.update(changed)
    return {key: value for key, value in environ.items() if value is not None}


def answer(server, environ):
    kept = []
    body = b"".join(server(environ, lambda status, headers, *_: kept.append((status, headers))))
    ((status, headers),) = kept
    return status.partition(" ")[0], dict(headers), body


def test_the_honest_request_reaches_the_site(server, site):
    status, headers, body = answer(server, honest())

    assert status == "422"
    assert site.asked == ["a.md"]
    assert "no such page" in json.loads(body)["error"]
    assert headers["X-Frame-Options"] == "DENY"


NAMES = [
    "evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:8001", "127.0.0.1.evil.example",
    f"127.0.0.1:{PORT}.evil.example", f"127.0.0.2:{PORT}", f"0.0.0.0:{PORT}", f"[::]:{PORT}",
    f"localhost.:{PORT}", f"LOCALHOST:{PORT}", f" 127.0.0.1:{PORT}", f"127.0.0.1:{PORT},evil",
    f"user@127.0.0.1:{PORT}", f"2130706433:{PORT}", f"[::ffff:127.0.0.1]:{PORT}", "", None,
]  # fmt: skip
ORIGINS = [
    "null", "", None, "http://evil.example", "https://127.0.0.1:8000", "http://127.0.0.1:8001",
    "http://127.0.0.1", "http://localhost:8000", "http://127.0.0.1:8000/", "HTTP://127.0.0.1:8000",
    "http://127.0.0.1:8000.evil.example", "http://127.0.0.1:8000, http://evil.example", "file://",
]  # fmt: skip
TOKENS = [
    None, "", "t", "t" * 42, "t" * 44, "T" * 43, "undefined", "null", "t" * 42 + "\xe9", "t" * 9999,
]  # fmt: skip
TYPES = [
    None, "", "text/plain", "application/json; charset=utf-8", "application/JSON",
    "multipart/form-data",
    "application/x-www-form-urlencoded", "text/plain; application/json", "application/json ",
]  # fmt: skip
LENGTHS = [None, "", "-1", "+5", "1e3", "0x10", "٣", "5, 5", str(MAX_BODY + 1), "9" * 5000, " 5"]
METHODS = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post", ""]
SITES = ["cross-site", "same-site", "none", "", "Same-Origin"]
PATHS = [
    "/.annotate/", "/.annotate", "/.annotate/write/", "/.annotate/../write", "//.annotate/write",
    "/.annotate/WRITE", "/.annotate/write/../../etc/passwd", "/.annotate/..%2fwrite", "/x/write",
]  # fmt: skip

FORGED = [
    *({"HTTP_HOST": name} for name in NAMES),
    *({"HTTP_HOST": name, "HTTP_ORIGIN": f"http://{name}"} for name in NAMES),
    *({"HTTP_ORIGIN": origin} for origin in ORIGINS),
    *({"HTTP_X_ANNOTATE_TOKEN": token} for token in TOKENS),
    *({"CONTENT_TYPE": type_} for type_ in TYPES),
    *({"CONTENT_LENGTH": length} for length in LENGTHS),
    *({"REQUEST_METHOD": method} for method in METHODS),
    *({"HTTP_SEC_FETCH_SITE": one} for one in SITES),
    *({"PATH_INFO": path} for path in PATHS),
    {"HTTP_TRANSFER_ENCODING": "chunked"},
    {"HTTP_TRANSFER_ENCODING": "identity"},
    *(
        {"HTTP_ORIGIN": origin, "HTTP_X_ANNOTATE_TOKEN": token, "CONTENT_TYPE": type_}
        for origin, token, type_ in product(ORIGINS[:4], TOKENS[:4], TYPES[2:6])
    ),
    *({"HTTP_ORIGIN": o, "REQUEST_METHOD": m} for o, m in product(ORIGINS[:6], METHODS[:7])),
]


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: str(forged)[:60])
def test_no_forged_request_reaches_the_site(server, site, forged):
    status, headers, body = answer(server, honest(**forged))

    assert status in {"401", "403", "404", "405", "411", "413", "415", "421"}
    assert site.asked == []
    assert b"draft" not in body
    assert not any(name.lower().startswith("access-control") for name in headers)


def test_there_are_as_many_forged_requests_as_the_design_asks_for():
    assert len(FORGED) >= 200


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_shown_under_another_name(server, name):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": name}
    status, _, body = answer(server, environ)

    assert status == "421"
    assert b"draft" not in body


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_pages_are_shown_under_the_names_of_this_machine_and_in_no_frame(server, name):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_HOST": f"{name}:{PORT}"}
    status, headers, body = answer(server, environ)

    assert (status, headers["X-Frame-Options"]) == ("200", "DENY")
    assert b"draft" in body


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"a":' * 3000, b"1" * 5000, b'"\\ud800"', b"{}", b"NaN"],
    ids=lambda body: repr(body[:12]),
)
def test_a_broken_body_is_an_answer_and_no_traceback(server, body):
    status, _, told = answer(server, honest(body))

    assert status == "422"
    assert json.loads(told)["error"]


def test_each_run_has_a_token_of_256_bits():
    tokens = {Guard(PORT).token for _ in range(50)}

    assert len(tokens) == 50
    assert all(len(token) >= 43 for token in tokens)
