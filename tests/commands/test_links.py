"""A site's sources asked on a server of this machine: what is told, kept and written."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands import links as links_command
from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.links import run
from mkdocs_annotate.links.cache import read_cache
from mkdocs_annotate.links.public_hosts import Connector

SIDECAR = "docs/index.annotations.yml"
CACHE = ".annotate-links.json"
DRAWING = """
docs/index.md
| # Ferries
|
| The council voted eleven to seven. The ferry will be closed.
docs/index.annotations.yml
| # Ours
| sources:
|   minutes:   # of May
|     title: Minutes
|     url: {url}/minutes#item-7
|     accessed: 2026-05-15
|
|   survey: {{title: Survey, url: "{url}/survey"}}
| annotations:
|   - quote: eleven to seven
|     sources:
|       - source: minutes
|         quote: Carried by eleven votes
|       - survey
|       - shared
|   - quote: The ferry
|     sources: minutes
sources.yml
| shared:
|   title: Timetable
|   url: {url}/timetable
| idle:
|   title: Nobody cites it
|   url: {url}/idle
"""
WORDS = "<p>Carried by eleven votes to seven."


def copy(moment="20260516093000"):
    closest = {"available": True, "status": "200", "timestamp": moment}
    return json.dumps({"archived_snapshots": {"closest": closest} if moment else {}})


class Archive(dict):
    """Answers for every address that an archive can be asked for."""

    def __init__(self, server):
        self.server = server
        self.answer = server.page(copy())
        self.copied = server.page(WORDS)

    def get(self, key, default=None):
        if isinstance(key, str) and key.startswith("/archive?"):
            return self.answer
        if isinstance(key, str) and key.startswith("/web/20260516093000id_/http://127.0.0.1:"):
            return self.copied
        return super().get(key, default)


@pytest.fixture
def site(draw, server):
    """Return a site that cites four pages of the server, three of which are there."""
    server.answers = Archive(server)
    for path, body in (("minutes", WORDS), ("survey", "x"), ("timetable", "x"), ("idle", "x")):
        server.answers[f"/{path}"] = server.page(body)
    site = draw(DRAWING.format(url=server.url("")))
    site.configure(site.config)
    return site


@pytest.fixture
def links(site, server, monkeypatch):
    """Return a function that runs the command without pauses.

    The server is that of the archive's copies, too.
    """
    original = Connector.connect

    def connect(self, host, port, **options):
        if host == "web.archive.org":
            return socket.create_connection(("127.0.0.1", server.port))
        return original(self, host, port, **options)

    monkeypatch.setattr(Connector, "connect", connect)

    def run(*arguments, code=0):
        api = server.url("/archive")
        usual = ["--allow-private", "--delay", "0", "--retries", "0", "--timeout", "5"]
        result = CliRunner().invoke(main, ["links", *usual, "--archive-api", api, *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code == code, result.output
        result.lines = result.stdout.splitlines()
        return result

    return run


def sidecar():
    return Path(SIDECAR).read_text("utf-8")


def test_where_all_is_well_nothing_is_told(links, server):
    result = links()

    assert result.stdout == ""
    assert result.stderr == "3 sources: 3 live (3 asked now)\n"
    assert sorted(server.requests) == [
        *(("GET", "/minutes"), ("GET", "/robots.txt"), ("HEAD", "/survey"), ("HEAD", "/timetable"))
    ]


def test_what_nobody_cites_is_asked_where_that_is_wanted(links, server):
    assert links("--all").stderr == "4 sources: 4 live (4 asked now)\n"


def test_articles_can_be_named(links, site, server):
    site.write("docs/other.md\n| x\n")

    assert links("docs/other.md").stderr == "0 sources: no address to check (0 asked now)\n"
    links("docs/none.md", code=2)


def test_a_page_that_is_gone_is_told_with_what_to_write(links, server):
    del server.answers["/survey"]

    result = links(code=1)

    assert result.lines == [
        f"{SIDECAR}:8:3: `survey` at 127.0.0.1 is dead: there is no such page any more (404); "
        f"write `archive_url: https://web.archive.org/web/20260516093000/{server.url('/survey')}`, "
        "`url_status: dead`"
    ]
    assert result.stderr == "3 sources: 2 live, 1 dead (3 asked now)\n"


def test_a_page_that_lost_what_is_quoted_has_deviated(links, server):
    server.answers["/minutes"] = server.page("<p>Carried by twelve votes to seven.")

    (line,) = links(code=1).lines

    assert line == (
        f"{SIDECAR}:3:3: `minutes` at 127.0.0.1 has deviated: it answers, but the quote of a "
        "citation no longer stands there; “Carried by eleven votes” is missing; write "
        f"`archive_url: https://web.archive.org/web/20260516093000/{server.url('/minutes')}`, "
        "`url_status: deviated`"
    )
    assert any(path.endswith("&timestamp=20260515") for path in server.paths())


def test_the_same_page_may_have_been_cited_on_two_days(links, site, server):
    site.write(f"""
        docs/index.annotations.yml
        | sources:
        |   then: {{title: x, url: "{server.url("/gone")}", accessed: 2019-01-02}}
        |   later: {{title: x, url: "{server.url("/gone")}", accessed: 2024-01}}
        |   ever: {{title: x, url: "{server.url("/gone")}"}}
        | annotations: [{{quote: eleven, sources: [then, later, ever]}}]
    """)

    links(code=1)

    asked = [path.rpartition("=")[2] for path in server.paths() if path.startswith("/archive")]
    assert asked == ["20190102", "202401", str(date.today()).replace("-", "")]


def test_a_copy_whose_address_no_entry_can_hold_is_told(links, site, server):
    site.write(f"""
        docs/index.annotations.yml
        | sources: {{long: {{title: x, url: "{server.url("/")}{"x" * 960}"}}}}
        | annotations: [{{quote: eleven, sources: long}}]
    """)

    (line,) = links(code=1).lines

    assert line.endswith(
        "; the address of its copy is too long for an entry; write `url_status: dead`"
    )


def test_that_there_is_no_copy_is_asked_anew(links, server):
    server.answers.answer = server.page(copy(None))
    del server.answers["/survey"]
    links(code=1)
    server.answers.answer = server.page(copy())

    assert "archive_url: " in links(code=1).stdout


def test_a_copy_that_does_not_show_the_words_either_is_none(links, server):
    server.answers["/minutes"] = server.answers.copied = server.page("nothing")

    (line,) = links("--write").lines[:1]

    assert line.endswith(
        "“Carried by eleven votes” is missing; nor does the copy of 2026-05-16 show it; "
        "write `url_status: deviated`"
    )
    assert "archive_url" not in sidecar()


def test_a_copy_that_cannot_be_searched_is_to_be_looked_at(links, server):
    server.answers["/minutes"] = server.page("nothing")
    server.answers.copied = server.page("", "503 Later")

    (line,) = links(code=1).lines

    assert "; check the copy yourself: it could not be searched; write `archive_url: " in line


def test_without_a_day_no_copy_of_a_page_that_deviated_is_looked_for(links, site, server):
    site.write(DRAWING.format(url=server.url("")).replace("|     accessed: 2026-05-15\n", ""))
    server.answers["/minutes"] = server.page("nothing")

    (line,) = links(code=1).lines

    assert line.endswith("; write `url_status: deviated`")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("403 No", "it refuses programs, or wants a login (403)"),
        ("500 Oh", "its server has an error just now (500)"),
        ("503 Oh", "its server has an error just now (503)"),
        ("429 Oh", "it has been asked too often (429)"),
        ("418 Tea", "its response does not say whether the page is there (418)"),
    ],
)
def test_what_may_be_a_matter_of_today_is_told_and_fails_nothing(links, server, status, reason):
    server.answers["/survey"] = server.page("", status)
    before = sidecar()

    result = links("--write")

    assert result.lines == [f"{SIDECAR}:8:3: `survey` at 127.0.0.1 is unknown: {reason}"]
    assert sidecar() == before


def test_so_is_a_page_that_leads_to_the_front(links, server):
    server.answers["/survey"] = server.redirect("/")
    server.answers["/"] = server.page("welcome")

    (line,) = links("--write").lines

    assert line.endswith(
        "`survey` at 127.0.0.1 may have deviated: it leads to the front page of a site now; "
        "check whether it still says what is cited"
    )


def test_all_is_written_where_it_belongs_and_nothing_else_changes(links, server):
    server.answers["/minutes"] = server.page("nothing")
    del server.answers["/survey"], server.answers["/timetable"]
    before, shared = sidecar(), Path("sources.yml").read_text("utf-8")
    archive = "https://web.archive.org/web/20260516093000/" + server.url("")

    result = links("--write")

    assert result.lines[-2:] == [f"{SIDECAR} is written", "sources.yml is written"]
    day = "    accessed: 2026-05-15\n"
    flow = 'survey"}'
    assert sidecar() == before.replace(
        day, f"{day}    archive_url: {archive}/minutes\n    url_status: deviated\n"
    ).replace(flow, f'survey", archive_url: {archive}/survey, url_status: dead}}')
    address = f"  url: {server.url('/timetable')}\n"
    assert Path("sources.yml").read_text("utf-8") == shared.replace(
        address, f"{address}  archive_url: {archive}/timetable\n  url_status: dead\n"
    )
    assert CliRunner().invoke(main, ["check"]).exit_code == 0
    again = links()
    assert [line.rpartition("; ")[2] for line in again.lines] == 3 * [
        "its entry already leads readers to the copy"
    ]


def test_a_dry_run_shows_the_changes(links, server):
    del server.answers["/timetable"]
    before = Path("sources.yml").read_text("utf-8")

    result = links("--write", "--dry-run", code=1)

    archive = "https://web.archive.org/web/20260516093000/"
    assert "--- sources.yml" in result.lines
    assert [line for line in result.lines if line.startswith("+ ")] == [
        f"+  archive_url: {archive}{server.url('/timetable')}",
        "+  url_status: dead",
    ]
    assert Path("sources.yml").read_text("utf-8") == before


def test_a_status_and_a_copy_that_are_there_are_left(links, site, server):
    entry = '|   survey: {{title: Survey, url: "{url}/survey"}}'
    other = (
        '|   survey: {{title: Survey, url: "{url}/survey", url_status: deviated,'
        ' archive_url: "https://archive.example/x"}}'
    )
    site.write(DRAWING.replace(entry, other).format(url=server.url("")))
    del server.answers["/survey"]
    before = sidecar()

    (line,) = links("--write").lines

    assert line.endswith(
        "is dead: there is no such page any more (404); its entry already leads readers to the copy"
    )
    assert sidecar() == before


def test_what_is_known_to_be_dead_and_has_no_copy_fails_nothing(links, site, server):
    drawing = DRAWING.replace('survey"}}', 'survey", url_status: dead}}')
    site.write(drawing.format(url=server.url("")))
    server.answers.answer = server.page(copy(None))
    del server.answers["/survey"]

    (line,) = links().lines

    assert line.endswith(
        "; no archived copy is known; its entry already says so (`url_status: dead`)"
    )


def test_what_answers_again_is_told_and_left(links, site, server):
    drawing = DRAWING.replace('survey"}}', 'survey", url_status: dead}}')
    site.write(drawing.format(url=server.url("")))
    before = sidecar()

    (line,) = links("--write").lines

    assert line.endswith("is live: it answers; take `url_status: dead` out if it is as it was")
    assert sidecar() == before


@pytest.mark.parametrize("status", ["unfit", "usurped"])
def test_where_nobody_should_be_led_we_do_not_go(links, site, server, status):
    drawing = DRAWING.replace('survey"}}', f'survey", url_status: {status}}}}}')
    site.write(drawing.format(url=server.url("")))

    assert links().stderr.startswith("2 sources")
    assert "/survey" not in server.paths()


def test_the_day_of_another_copy_gives_way_to_that_of_this_one(links, site, server):
    drawing = DRAWING.replace('survey"}}', 'survey", archive_date: 2020-01-01}}')
    site.write(drawing.format(url=server.url("")))
    del server.answers["/survey"]

    links("--write")

    assert "archive_date: 2026-05-16" in sidecar()


def test_copies_of_all_sources_are_looked_for_where_that_is_wanted(links, server):
    result = links("--archive", "--write")

    assert [line.partition("; ")[2][:20] for line in result.lines[:3]] == 3 * [
        "write `archive_url: "
    ]
    assert sidecar().count("archive_url:") == 2
    assert "url_status" not in sidecar()


def test_an_archive_that_fails_is_told_and_soon_left_alone(links, site, server):
    server.answers = Archive(server)
    server.answers.answer = server.page("", "500 Oh")
    site.write(
        "sources.yml\n"
        + "".join(
            f"| s{number}: {{title: x, url: '{server.url('/')}{number}'}}\n" for number in range(9)
        )
    )

    result = links("--all", code=1)

    assert all(
        "; the archive did not answer, so no copy was looked up; " in line for line in result.lines
    )
    assert sum(path.startswith("/archive") for path in server.paths()) == run.MOST_FAILURES


def test_an_answer_in_json_tells_of_every_source(links, server):
    del server.answers["/survey"]

    told = json.loads(links("--format", "json", code=1).stdout)

    assert [entry["source"] for entry in told] == ["minutes", "survey", "shared"]
    assert told[1] == {
        "file": SIDECAR,
        "line": 8,
        "column": 3,
        "source": "survey",
        "address": server.url("/survey"),
        "state": "dead",
        "reason": "there is no such page any more (404)",
        "status": 404,
        "checked": str(date.today()),
        "missing": [],
        "write": {
            "archive_url": "https://web.archive.org/web/20260516093000/" + server.url("/survey"),
            "url_status": "dead",
        },
    }


def test_a_second_run_asks_nobody(links, server):
    del server.answers["/survey"]
    links(code=1)
    server.requests.clear()

    result = links(code=1)

    assert result.stderr == "3 sources: 2 live, 1 dead (0 asked now)\n"
    assert server.requests == []


def test_unless_answers_are_old_or_passing_or_a_quote_is_new(links, site, server):
    server.answers["/survey"] = server.page("", "503 Later")
    links()
    server.answers["/survey"] = server.page("x")

    assert links().stderr.endswith("(1 asked now)\n")
    site.write(DRAWING.format(url=server.url("")).replace("Carried by eleven", "eleven"))
    assert links().stderr.endswith("(1 asked now)\n")
    assert links("--max-age", "0").stderr.endswith("(3 asked now)\n")
    old = str(date.today() - timedelta(7))
    Path(CACHE).write_text(Path(CACHE).read_text().replace(str(date.today()), old))
    assert links("--max-age", "8").stderr.endswith("(0 asked now)\n")
    assert links().stderr.endswith("(3 asked now)\n")


def test_one_address_of_several_entries_is_asked_once(links, site, server):
    site.write(f"""
        docs/other.md
        | Other words.
        docs/other.annotations.yml
        | sources: {{mine: {{title: x, url: "{server.url("/minutes")}"}}}}
        | annotations:
        |   - {{quote: Other words, sources: [{{source: mine, quote: two absent}}]}}
    """)

    (line,) = links(code=1).lines

    assert line.startswith("docs/other.annotations.yml:1:11: `mine` at 127.0.0.1 has deviated")
    assert server.paths().count("/minutes") == 1


def test_drafts_and_the_text_that_is_annotated_count_and_pages_of_the_site_do_not(
    links, site, server
):
    site.write(f"""
        docs/index.annotations.yml
        | article: {{based_on: base}}
        | sources:
        |   base: {{title: x, url: "{server.url("/survey")}"}}
        |   own: {{title: x, url: other.md}}
        |   bare: {{title: x}}
        |   draft: {{title: x, url: "{server.url("/idle")}"}}
        | annotations:
        |   - {{quote: eleven, sources: [own, bare, unknown]}}
        |   - {{quote: seven, draft: true, sources: draft}}
    """)

    links()

    assert sorted(server.paths()) == ["/idle", "/survey"]


def test_a_doi_is_asked_at_its_resolver(links, site, monkeypatch):
    site.write("""
        docs/index.annotations.yml
        | sources: {paper: {title: x, doi: 10.1000/182}}
        | annotations: [{quote: eleven, sources: paper}]
    """)
    asked = []

    def look_up(host, *arguments, **options):
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    result = links(code=2)

    assert result.lines == []
    assert (
        "there seems to be no connection: no host of 1 source could be looked up" in result.stderr
    )
    assert asked == ["doi.org"]


def gone(monkeypatch, *, online):
    real = socket.getaddrinfo

    def look_up(host, *arguments, **options):
        if host == "archive.example" and online:
            host = "127.0.0.1"
        elif not host.startswith("127.") and host != "localhost":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


GONE = """
docs/index.annotations.yml
| sources: {old: {title: x, url: "https://gone.example/аррӏе"}}
| annotations: [{quote: eleven, sources: old}]
"""


def test_a_host_that_does_not_exist_is_dead(links, site, monkeypatch):
    site.write(GONE)
    gone(monkeypatch, online=True)

    (line,) = links("--archive-api", "http://archive.example:1/", code=1).lines

    assert "`old` at gone.example is dead: its host does not exist any more; " in line


def test_unless_no_host_does(links, site, monkeypatch):
    """Without a connection every look-up fails, and no source is dead for that."""
    site.write(GONE)
    gone(monkeypatch, online=False)

    result = links("--write", "--archive-api", "http://archive.example/", code=2)

    assert result.lines == []
    assert "there seems to be no connection" in result.stderr


@pytest.mark.parametrize("api", ["http://127.0.0.1:1/", "http://localhost:1/"])
def test_to_reach_oneself_is_no_connection(links, site, server, monkeypatch, api):
    site.write(GONE)
    gone(monkeypatch, online=True)

    (line,) = links("--all", "--write", "--archive-api", api).lines

    assert line.endswith("is unknown: its host can't be looked up just now")


def test_another_host_that_answers_is_one(links, site, server, monkeypatch):
    site.write(GONE)
    site.write("sources.yml\n| other: {title: x, url: 'http://web.archive.org/x'}\n")
    server.answers["/x"] = server.page("x")
    gone(monkeypatch, online=False)

    (line,) = links("--all", "--archive-api", "http://archive.example/", code=1).lines

    assert "`old` at gone.example is dead" in line


def test_what_is_remembered_tells_nothing_of_the_connection(links, site, server, monkeypatch):
    links()
    site.write(
        DRAWING.format(url=server.url("")).replace(f"{server.url()}survey", "https://gone.example/")
    )
    gone(monkeypatch, online=False)

    result = links("--archive-api", "http://archive.example/", code=2)

    assert result.stderr == (
        "3 sources: 2 live, 1 unknown (1 asked now)\n"
        "Error: there seems to be no connection: no host of 1 source could be looked up; "
        "run the command again when there is one\n"
    )


def test_hosts_are_told_in_a_way_that_cannot_be_mistaken(links, site, monkeypatch):
    site.write(GONE.replace("gone.example/аррӏе", "аррӏе.example/x"))
    gone(monkeypatch, online=True)

    result = links("--archive-api", "http://archive.example:1/", code=1)
    assert "`old` at xn--80ak6aa92e.example is dead" in result.stdout


def test_without_leave_nobody_on_this_machine_is_asked(site, server):
    result = CliRunner().invoke(main, ["links", "--archive-api", server.url("/archive")])

    assert result.exit_code == 0
    assert result.stdout.count("its host is not on the public internet, and was not asked") == 3
    assert server.requests == []


def test_what_was_left_alone_without_leave_is_asked_with_it(links, site, server):
    CliRunner().invoke(main, ["links", "--archive-api", server.url("/archive")])

    assert "was not asked" not in links().stdout
    assert "/survey" in server.paths()


def test_nothing_that_a_server_says_is_printed(links, server):
    evil = "\x1b[31m::error::##[error]<script>"
    server.answers["/survey"] = f"HTTP/1.1 418 {evil}\r\nX: {evil}\r\n\r\n{evil}".encode()
    server.answers["/timetable"] = server.redirect(f"http://127.0.0.1/{evil}")
    server.answers["/minutes"] = server.page(evil)

    output = links().output

    assert not [sign for sign in ("\x1b", "::error", "##[", "<script>") if sign in output]


def test_what_cannot_be_edited_is_told_with_the_lines_to_type(links, site, server):
    site.write(f"""
        docs/index.annotations.yml
        | sources:
        |   survey: {{title: Survey, url: "{server.url("/survey")}"}}
        | annotations: [{{quote: eleven, sources: survey}}, {{quote: seven, note: &a b}}]
    """)
    del server.answers["/survey"]
    before = sidecar()

    result = links("--write", code=1)

    assert f"{SIDECAR}:2:3: correct this first: {SIDECAR}:3:" in result.stderr
    assert "; type it yourself: `archive_url: https://web.archive.org/web/" in result.stderr
    assert sidecar() == before


def test_a_bibliography_is_not_written(links, site, server):
    site.configure(site.config.replace("[annotate]", "[annotate: {sources: [shared.json]}]"))
    item = {"id": "shared", "type": "webpage", "title": "x", "URL": server.url("/gone")}
    before = json.dumps([item])
    Path("shared.json").write_text(before)

    result = links("--write", code=1)

    assert "shared.json:1:" in result.lines[-1]
    assert (
        ": bibliography files are never changed; move the entry into a YAML file of sources, with "
        "`archive_url: https://web.archive.org/web/20260516093000/"
    ) in result.stderr
    assert Path("shared.json").read_text() == before


def test_an_address_is_asked_once_for_sidecars_and_shared_sources(links, site, server):
    site.write(f"sources.yml\n| shared: {{title: x, url: '{server.url('/minutes')}'}}\n")

    links()

    assert server.paths().count("/minutes") == 1


def test_what_is_done_is_no_part_of_an_answer_in_json(links, server):
    del server.answers["/survey"]

    for option, told in (("--dry-run", "+++ "), ("--write", "is written")):
        result = links(option, "--format", "json", code=int(option == "--dry-run"))

        assert len(json.loads(result.stdout)) == 3
        assert told in result.stderr


def test_a_file_that_was_changed_meanwhile_is_left(links, server):
    def change(line):
        with Path(SIDECAR).open("a") as file:
            file.write("# changed\n")
        line.sendall(server.page("", "404 Gone"))

    server.answers["/survey"] = change

    assert "was changed meanwhile; run the command again" in links("--write", code=1).stderr
    assert "url_status" not in sidecar()


@pytest.mark.parametrize("text", ["", '{"about": "mkdocs-annotate links", "version": 1'])
def test_a_damaged_cache_is_told_and_begun_anew(links, text):
    Path(CACHE).write_text(text)

    result = links()

    assert result.stderr.startswith(f"{CACHE}: it is damaged; everything is asked again\n")
    assert len(read_cache(Path(CACHE)).findings) == 3


def test_what_is_no_cache_is_never_written_over(links):
    before = Path("mkdocs.yml").read_text()

    result = links("--cache", "mkdocs.yml", code=2)

    assert "mkdocs.yml is not a cache of links: something else wrote it" in result.stderr
    assert Path("mkdocs.yml").read_text() == before


def test_a_cache_that_cannot_be_written_is_told_once(links, site, monkeypatch):
    (site.root / "file").write_text("x")
    monkeypatch.setattr(run, "SAVED_EVERY", -1)

    result = links("--cache", "file/cache.json")

    assert result.stderr.count("can't be written") == 1
    assert result.stderr.endswith("3 live (3 asked now)\n")


def test_answers_are_saved_while_others_are_awaited(links, server, monkeypatch):
    monkeypatch.setattr(run, "SAVED_EVERY", -1)
    kept = []

    def look(line):
        until = time.monotonic() + 10
        while not Path(CACHE).exists() and time.monotonic() < until:
            time.sleep(0.01)
        kept.append(Path(CACHE).exists())
        line.sendall(server.page("x"))

    server.answers["HEAD", "/timetable"] = look
    links("--timeout", "20")

    assert kept == [True]


def test_a_stop_keeps_what_was_answered_and_the_next_run_goes_on(links, server, monkeypatch):
    real = run.LinkCheck._shown

    def stopping(self, results, count, label):
        for number, result in enumerate(real(self, results, count, label)):
            if number == 2:
                raise KeyboardInterrupt
            yield result

    with monkeypatch.context() as patch:
        patch.setattr(run.LinkCheck, "_shown", stopping)
        result = links(code=130)

    assert result.stderr == (
        f"stopped; {CACHE} keeps what was answered: run the command again, "
        "and it goes on from there\n"
    )
    assert links().stderr.endswith("(1 asked now)\n")


def test_ctrl_c_ends_a_run_though_a_host_keeps_it_waiting(site, server):
    server.answers["/timetable"] = server.answers["HEAD", "/timetable"] = lambda line: time.sleep(
        30
    )
    # Whoever runs the tests in the background may have Ctrl-C ignored, and so would this program.
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    program += "from mkdocs_annotate.commands.cli import main; main()"
    usual = ["links", "--allow-private", "--delay", "0", "--timeout", "30"]
    with subprocess.Popen(
        [sys.executable, "-c", program, *usual], stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            until = time.monotonic() + 15
            while "/timetable" not in server.paths() and time.monotonic() < until:
                time.sleep(0.05)
            os.kill(running.pid, signal.SIGINT)
            _, told = running.communicate(timeout=20)
        finally:
            running.kill()

    assert (running.returncode, told.startswith("stopped; ")) == (130, True)
    assert 1 <= len(read_cache(Path(CACHE)).findings) <= 2


def test_a_person_sees_a_bar(links, monkeypatch):
    shown = []

    class Bar:
        def __init__(self, **options):
            shown.append((options["label"], options["length"]))

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def update(self, steps):
            shown.append(steps)

    monkeypatch.setattr(links_command.click, "progressbar", Bar)
    monkeypatch.setattr(links_command, "_is_watched", lambda: True)
    links()

    assert shown == [("Asking", 3), 1, 1, 1]


def test_an_odd_archive_is_refused(links):
    assert "is not the address of an archive" in links("--archive-api", "file:///x", code=2).stderr
