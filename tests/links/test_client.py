"""What an address answers in the end: politeness, retries and redirects."""

import socket
from datetime import datetime, timezone

import pytest

from mkdocs_annotate.links.client import Client, RateLimit, user_agent, without_fragment
from mkdocs_annotate.links.http import Failure, HttpClient
from mkdocs_annotate.links.public_hosts import Connector
from mkdocs_annotate.model.links import Link


@pytest.fixture
def ask(server, client):
    """Return a function that asks a path of the server, for its page unless told otherwise."""

    def asked(path="/x", **options):
        return client.get(Link(server.url(path)), **{"page": True, **options})

    return asked


def test_without_a_page_to_read_the_head_is_enough(server, ask):
    server.answers["/x"] = server.page("words")

    answer = ask(page=False)

    assert (answer.status, answer.body) == (200, b"")
    assert server.requests == [("GET", "/robots.txt"), ("HEAD", "/x")]


@pytest.mark.parametrize("status", ["405 No", "501 No", "403 No", "404 No", "400 No", "500 No"])
def test_what_a_head_is_refused_is_asked_again(server, ask, status):
    server.answers["HEAD", "/x"] = server.page(b"", status)
    server.answers["/x"] = server.page("words")

    assert ask(page=False).status == 200
    assert [method for method, path in server.requests if path == "/x"] == ["HEAD", "GET"]


def test_so_is_a_head_that_is_dropped(server, ask):
    server.answers["HEAD", "/x"] = b""
    server.answers["/x"] = server.page("words")

    assert ask(page=False).status == 200
    assert server.paths() == ["/x", "/x"]


def test_what_robots_forbid_is_not_asked_for(server, ask):
    server.answers["/robots.txt"] = server.page("User-agent: *\nDisallow: /x")

    assert ask(page=False).failure is Failure.ROBOTS
    assert ask().failure is Failure.ROBOTS
    assert server.requests == [("GET", "/robots.txt")]


def test_a_service_for_programs_is_asked_whatever_its_robots_say(server, ask):
    server.answers["/robots.txt"] = server.page("User-agent: *\nDisallow: /")
    server.answers["/x"] = server.page("{}")

    assert ask(robots=False).status == 200


@pytest.mark.parametrize("status", ["404 None", "403 None", "401 None"])
def test_without_robots_all_is_allowed(server, ask, status):
    server.answers["/robots.txt"] = server.page("User-agent: *\nDisallow: /", status)
    server.answers["/x"] = server.page("words")

    assert ask().status == 200


@pytest.mark.parametrize("status", ["500 Oh", "503 Later", "429 Slowly"])
def test_where_robots_cannot_be_read_nothing_is(server, ask, status):
    server.answers["/robots.txt"] = server.page("", status)

    assert ask().failure is Failure.NO_ROBOTS
    assert server.paths() == []


def test_robots_in_a_circle_are_robots_that_cannot_be_read(server, ask):
    server.answers["/robots.txt"] = server.redirect("/robots.txt")

    assert ask().failure is Failure.NO_ROBOTS


def test_huge_robots_are_read_as_far_as_they_count(server, ask):
    text = "User-agent: *\nDisallow: /x\n" + "# more\n" * 200_000
    server.answers["/robots.txt"] = server.page(text)
    server.answers["/y"] = server.page("words")

    assert ask("/x").failure is Failure.ROBOTS
    assert ask("/y").status == 200


def test_a_pause_that_robots_want_is_kept(server, ask, sleeper):
    server.answers["/robots.txt"] = server.page("User-agent: *\nCrawl-delay: 9")
    server.answers["/x"] = server.page("words")

    ask()
    ask()

    assert sleeper.slept == [9.0, 9.0]


def test_pauses_of_an_hour_are_not_kept_but_the_host_is_left(server, ask, sleeper):
    server.answers["/robots.txt"] = server.page("User-agent: *\nCrawl-delay: 3600")

    assert ask().failure is Failure.LATER
    assert (server.paths(), sleeper.slept) == ([], [])


@pytest.mark.parametrize("status", ["503 Later", "429 Slowly"])
def test_who_asks_us_to_come_back_is_asked_when_he_says(server, ask, sleeper, status):
    server.answers["/x"] = [server.page(b"", status, Retry_After="20"), server.page("words")]

    assert ask().status == 200
    assert sleeper.slept == [1.0, 20.0]


@pytest.mark.parametrize("value", ["", "soon", "-5", "99999999999999", "Thu, 01 Jan 1970 00:00:00"])
def test_an_odd_time_to_come_back_is_none(server, ask, sleeper, value):
    server.answers["/x"] = [server.page(b"", "503 Later", Retry_After=value), server.page("words")]

    assert ask().status == 200
    assert sleeper.slept == [1.0, 2.0]


def test_a_time_to_come_back_may_be_a_date(server, http, sleeper):
    noon = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
    client = Client(http, RateLimit(0, sleeper.clock), wall=lambda: noon)
    later = server.page(b"", "503 Later", Retry_After="Fri, 01 May 2026 12:00:30 GMT")
    server.answers["/x"] = [later, server.page("words")]

    assert client.get(Link(server.url("/x")), page=True).status == 200
    assert sleeper.slept == [30.0]


def test_who_wants_an_hour_is_not_asked_again(server, ask, sleeper):
    server.answers["/x"] = server.page(b"", "503 Later", Retry_After="3600")

    assert ask().status == 503
    assert ask().failure is Failure.LATER
    assert server.paths() == ["/x"]


def test_pauses_between_retries_double_and_end(server, ask, sleeper):
    server.answers["/x"] = server.page(b"", "503 Later")

    assert ask().status == 503
    assert len(server.paths()) == 3
    assert sleeper.slept == [1.0, 2.0, 4.0]


def test_a_connection_that_breaks_is_made_again(server, ask):
    server.answers["/x"] = [b"", server.page("words")]

    assert ask().status == 200


def test_a_host_without_a_connection_is_asked_for_no_further_page(http, sleeper):
    client = Client(http, RateLimit(0, sleeper.clock), retries=1)
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{line.getsockname()[1]}"

    for path in ("/a", "/b", "/c"):
        assert client.get(Link(address + path), page=True).failure is Failure.CONNECTION
    assert sleeper.slept == [2.0]


def test_a_host_that_does_not_exist_is_looked_up_twice(sleeper):
    looked = []

    def resolve(host, port):
        looked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    http = HttpClient("us", Connector(resolve=resolve), now=sleeper.now)
    client = Client(http, RateLimit(0, sleeper.clock), retries=1)

    assert client.get(Link("https://gone.example/x"), page=True).failure is Failure.NO_HOST
    assert looked == ["gone.example", "gone.example"]


def test_redirects_are_followed_and_the_end_is_told(server, ask):
    server.answers["/x"] = server.redirect("/y?z", "301 Moved")
    server.answers["/y?z"] = server.redirect(server.url("/end"), "308 Moved")
    server.answers["/end"] = server.page("words")

    answer = ask()

    assert (answer.status, answer.address, answer.body) == (200, server.url("/end"), b"words")


def test_robots_are_asked_at_every_step(server, ask):
    server.answers["/robots.txt"] = server.page("User-agent: *\nDisallow: /y")
    server.answers["/x"] = server.redirect("/y")

    assert ask().failure is Failure.ROBOTS
    assert server.paths() == ["/x"]


def test_a_circle_is_left_and_so_is_a_way_without_end(server, ask):
    server.answers["/x"] = server.redirect("/y")
    server.answers["/y"] = server.redirect("/x")
    for number in range(9):
        server.answers[f"/{number}"] = server.redirect(f"/{number + 1}")

    assert ask("/x").failure is Failure.REDIRECTS
    assert ask("/0").failure is Failure.REDIRECTS
    assert server.paths() == ["/x", "/y", "/0", "/1", "/2", "/3", "/4", "/5"]


@pytest.mark.parametrize(
    "location",
    [
        *("file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "mailto:a@b.example"),
        *("http://user:password@127.0.0.1/", "http://[::1]/", "http://1/", ""),
        *("http://127.0.0.1:99999/", "http://℀.example/", "data:text/html,x", "http://a..b/"),
    ],
)
def test_what_a_redirect_must_not_lead_to(server, ask, location):
    server.answers["/x"] = server.redirect(location)

    assert ask().failure is Failure.BAD_REDIRECT
    assert server.paths() == ["/x"]


def test_a_redirect_into_the_own_network_is_not_followed(server, sleeper):
    """The first host is public, or looks so; the one that it leads to is this machine."""
    server.answers["/x"] = server.redirect(server.url("/secret"))
    asked = []

    class Public(Connector):
        def connect(self, host, port, *, secure, deadline):
            asked.append(host)
            if host == "public.example":
                return socket.create_connection(("127.0.0.1", server.port))
            return super().connect(host, port, secure=secure, deadline=deadline)

    client = Client(HttpClient("us", Public(), now=sleeper.now), RateLimit(0, sleeper.clock))

    assert client.get(Link("http://public.example/x"), page=True).failure is Failure.PRIVATE
    assert set(asked) == {"public.example", "127.0.0.1"}
    assert server.paths() == ["/x"]


def test_what_we_call_ourselves():
    assert user_agent("1.2", "") == "mkdocs-annotate/1.2"
    assert user_agent("1.2", "https://a.org") == "mkdocs-annotate/1.2 (+https://a.org)"


def test_a_server_is_not_told_of_a_fragment():
    assert without_fragment(Link("https://a.org/b?c#d")) == Link("https://a.org/b?c")
