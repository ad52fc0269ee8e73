"""Articles are opened on all cores, with the result of one."""

import os
import signal

import pytest
from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main
from mkdocs_annotate.hosts import processes
from mkdocs_annotate.hosts.processes import LEAST_SHARED, cores, on_all_cores

MANY = range(3 * LEAST_SHARED)


@pytest.fixture
def two_cores(monkeypatch):
    if cores() > 1 or hasattr(os, "fork"):
        monkeypatch.setattr(processes, "cores", lambda: 2)


def test_results_come_in_the_order_of_what_they_are_made_of(two_cores):
    assert list(on_all_cores(lambda number: number**2, MANY)) == [number**2 for number in MANY]


def test_several_processes_share_the_work(two_cores):
    made = set(on_all_cores(lambda _: os.getpid(), MANY))

    assert made
    assert os.getpid() not in made or not hasattr(os, "fork")


def test_few_are_made_here(two_cores):
    assert set(on_all_cores(lambda _: os.getpid(), range(LEAST_SHARED - 1))) == {os.getpid()}


def test_what_cannot_be_sent_is_made_here(two_cores):
    made = list(on_all_cores(lambda number: lambda: number, MANY))

    assert [one() for one in made] == list(MANY)


def test_an_error_is_that_of_the_first_that_fails(two_cores):
    def fail(number):
        if number > 3:
            raise KeyError(number)
        return number

    with pytest.raises(KeyError, match="4"):
        list(on_all_cores(fail, MANY))


def test_where_the_system_ends_a_process_the_rest_is_made_here(two_cores):
    here = os.getpid()

    def ended(number):
        if number == LEAST_SHARED and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert list(on_all_cores(ended, MANY)) == list(MANY)


def drawing():
    for number in MANY:
        name = f"docs/p{number:02}"
        yield f"{name}.md\n| # Page {number}\n|\n| The bridge was built in {1700 + number}.\n"
        quote = "no such words" if number % 5 == 2 else f"{1700 + number}"
        yield f"{name}.annotations.yml\n| annotations:\n|   - quote: {quote}\n|     sources: s\n"
    yield "docs/named.md\n| ---\n| annotations: other.annotations.yml\n| ---\n| # N\n|\n| Old.\n"
    yield "docs/other.annotations.yml\n| annotations:\n|   - {quote: Old, note: x}\n"
    yield "sources.yml\n| s:\n|   title: The survey\n"


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["check", "--format", "json"],
        ["export", "--format", "csl"],
        [
            "export",
            "--format",
            "web-annotation",
            "--base-url",
            "https://x.example/",
            "--output",
            "out",
        ],
    ],
    ids=" ".join,
)
def test_commands_say_and_write_the_same_on_one_core(draw, monkeypatch, command):
    site = draw("".join(drawing()))
    site.configure(site.config)
    monkeypatch.chdir(site.root)
    results = []
    for number in (1, 2):
        monkeypatch.setattr(processes, "cores", lambda number=number: number)
        done = CliRunner().invoke(main, command)
        files = {path: path.read_bytes() for path in sorted(site.root.rglob("out/**/*.jsonld"))}
        results.append((done.exit_code, done.stdout, done.stderr, files))

    assert results[0] == results[1]
    assert results[0][0] in (0, 1), results[0][2]
