"""Clients of the misbehaving server, with a clock whose pauses take no time."""

import pytest

from mkdocs_annotate.links.client import Client, Clock, RateLimit
from mkdocs_annotate.links.http import HttpClient
from mkdocs_annotate.links.public_hosts import Connector


class Sleeper:
    """A clock that stands still but for pauses, which take no time."""

    def __init__(self):
        self.slept = []
        self.ahead = 0.0

    def now(self):
        return self.ahead

    def sleep(self, seconds):
        self.slept.append(round(seconds, 1))
        self.ahead += seconds

    @property
    def clock(self):
        return Clock(self.now, self.sleep)


@pytest.fixture
def sleeper():
    """Return a clock whose pauses take no time."""
    return Sleeper()


@pytest.fixture
def http(sleeper):
    """Return a client that may ask this machine."""
    agent = "mkdocs-annotate/0 (+https://example.org)"
    return HttpClient(agent, Connector(True), 5, now=sleeper.now)


@pytest.fixture
def client(http, sleeper):
    """Return a client as that of a run."""
    return Client(http, RateLimit(1.0, sleeper.clock))
