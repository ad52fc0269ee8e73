"""Those who ask the misbehaving server, with a clock whose pauses take no time."""

import pytest

from mkdocs_annotate.links.client import Asker
from mkdocs_annotate.links.http import Fetcher
from mkdocs_annotate.links.public_hosts import Clock, Guard
from mkdocs_annotate.links.robots import Turns


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
def fetcher(sleeper):
    """Return a fetcher that may ask this machine."""
    return Fetcher("mkdocs-annotate/0 (+https://example.org)", Guard(True, clock=sleeper.clock), 5)


@pytest.fixture
def asker(fetcher, sleeper):
    """Return one who asks as a run does."""
    return Asker(fetcher, Turns(1.0, sleeper.clock))
