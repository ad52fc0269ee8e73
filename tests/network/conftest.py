"""A server on this machine that behaves as badly as a test wants."""

import socket
import threading
import time

import pytest

from mkdocs_annotate.model.links import Link
from mkdocs_annotate.network.asking import Asker
from mkdocs_annotate.network.fetching import Fetcher
from mkdocs_annotate.network.guarding import Clock, Guard
from mkdocs_annotate.network.turns import Turns


def page(body=b"", status="200 OK", **headers):
    """Return a well-behaved answer."""
    body = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body)}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}"] + [f"{name}: {value}" for name, value in told.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location, status="302 Found"):
    return page(b"moved", status, Location=location)


class Server:
    """Answers each path with bytes, or with what a function of the socket does.

    A list of these is used up one by one; its last one stays.
    """

    def __init__(self, host="127.0.0.1", family=socket.AF_INET):
        self.answers = {}
        self.requests = []
        self.heads = []
        self.times = []
        self.at_once = self.most_at_once = 0
        self._socket = socket.socket(family)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, 0))
        self._socket.listen(50)
        self.host, self.port = host, self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path="/"):
        return f"http://{self.host}:{self.port}{path}"

    def link(self, path="/"):
        return Link(self.url(path))

    def paths(self):
        return [path for _, path in self.requests if path != "/robots.txt"]

    def _serve(self):
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            with line:
                line.settimeout(5)
                head = b""
                while b"\r\n\r\n" not in head:
                    part = line.recv(65536)
                    if not part:
                        return
                    head += part
                method, path, _ = head.decode("latin-1").split("\r\n")[0].split(" ")
                self.requests.append((method, path))
                self.heads.append(head.decode("latin-1"))
                self.times.append(time.monotonic())
                answer = self.answers.get((method, path), self.answers.get(path))
                if isinstance(answer, list):
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
                if answer is None:
                    answer = page(b"", "404 Not Found")
                if callable(answer):
                    answer(line)
                elif method == "HEAD":
                    line.sendall(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
                else:
                    line.sendall(answer)
                line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        finally:
            self.at_once -= 1

    def close(self):
        self._socket.close()


@pytest.fixture
def server():
    """Return a server, and leave none behind."""
    made = Server()
    yield made
    made.close()


class Sleeper:
    """A clock that tells the time and takes none for a pause."""

    def __init__(self):
        self.slept = []
        self.ahead = 0.0

    def now(self):
        return time.monotonic() + self.ahead

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
    """Return a fetcher that is patient for a moment, and may ask this machine."""
    return Fetcher("mkdocs-annotate/0 (+https://example.org)", Guard(True, clock=sleeper.clock), 0.5)


@pytest.fixture
def asker(fetcher, sleeper):
    """Return one who asks as a run does."""
    return Asker(fetcher, Turns(1.0, sleeper.clock))
