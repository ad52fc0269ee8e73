"""Firefox and WebKit as Debian packages them, driven over the protocols that they speak themselves.

Playwright drives Chromium; of the other two it wants builds of its own.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from websockets.sync.client import connect

PATIENCE = 60
"""Seconds for a browser to start, or to answer."""

NEEDED = {
    "firefox": ("firefox-esr",),
    "webkit": ("WebKitWebDriver", "Xvfb"),
}
"""The programs that each engine needs."""


class Window(Protocol):
    """A window of a browser."""

    def open(self, address: str, width: int, height: int = 900) -> None:
        """Show the page at `address`, in a window of that size in px."""

    def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, which JSON must be able to say."""

    def click(self, selector: str) -> None:
        """Scroll to the first element of `selector` and click its middle, as a mouse does."""


def missing(engine: str) -> list[str]:
    """Return the programs that `engine` needs and that are not installed."""
    return [name for name in NEEDED[engine] if not shutil.which(name)]


@contextlib.contextmanager
def firefox() -> Iterator[Window]:
    """Start Firefox, and give a window of it.  Source: W3C, WebDriver BiDi."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", folder]
        with _program([*command, "--remote-debugging-port", "0"], {"HOME": folder}) as process:
            address = _told(process, r"WebDriver BiDi listening on (\S+)")
            with connect(f"{address}/session", max_size=None, open_timeout=PATIENCE) as line:
                yield _Firefox(line)


class _Firefox:
    def __init__(self, line: Any) -> None:
        self.line = line
        self.count = 0
        self.ask("session.new", capabilities={})
        tree = self.ask("browsingContext.getTree")
        self.context = tree["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> Any:
        self.count += 1
        self.line.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            answer = json.loads(self.line.recv(timeout=PATIENCE))
            if answer.get("id") == self.count:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, address: str, width: int, height: int = 900) -> None:
        viewport = {"width": width, "height": height}
        self.ask("browsingContext.setViewport", context=self.context, viewport=viewport)
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        result = self.ask(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(value => JSON.stringify([value]))",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])[0]

    def click(self, selector: str) -> None:
        x, y = self.run(MIDDLE.format(json.dumps(selector)))
        press = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": press}
        self.ask("input.performActions", context=self.context, actions=[pointer])


@contextlib.contextmanager
def webkit() -> Iterator[Window]:
    """Start WebKitGTK on a screen of its own, and give a window of it.  Source: W3C, WebDriver."""
    (browser,) = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))[-1:]
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "2000x1400x24", "-nolisten", "tcp"]
        display = _told(stack.enter_context(_program(screen, {})), r"^(\d+)$")
        port = _free_port()
        plain = {
            "DISPLAY": f":{display}",
            "HOME": folder,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        stack.enter_context(_program(["WebKitWebDriver", f"--port={port}"], plain))
        yield _WebKit(f"http://127.0.0.1:{port}", str(browser))


class _WebKit:
    def __init__(self, address: str, browser: str) -> None:
        self.address = address
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options}
        until = time.monotonic() + PATIENCE
        while True:
            try:
                made = self.ask("/session", capabilities={"alwaysMatch": wanted})
            except ConnectionError:
                assert time.monotonic() < until, "WebKitWebDriver does not answer"
                continue
            break
        self.address += f"/session/{made['sessionId']}"

    def ask(self, path: str, **params: Any) -> Any:
        request = urllib.request.Request(
            self.address + path, json.dumps(params).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error
        except urllib.error.URLError as error:
            raise ConnectionError(str(error)) from error

    def open(self, address: str, width: int, height: int = 900) -> None:
        self.ask("/window/rect", width=width, height=height)
        self.ask("/url", url=address)
        # The window has borders of its own.
        inner, outer = self.run("[innerWidth, innerHeight]"), (width, height)
        self.ask("/window/rect", width=2 * width - inner[0], height=2 * outer[1] - inner[1])
        self.ask("/url", url=address)

    def run(self, expression: str) -> Any:
        script = f"const done = arguments[0]; Promise.resolve({expression}).then(v => done([v]))"
        return self.ask("/execute/async", script=script, args=[])[0]

    def click(self, selector: str) -> None:
        x, y = self.run(MIDDLE.format(json.dumps(selector)))
        press = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": "mouse", "actions": press}
        self.ask("/actions", actions=[pointer])


ENGINES: dict[str, Callable[[], contextlib.AbstractContextManager[Window]]] = {
    "firefox": firefox,
    "webkit": webkit,
}

MIDDLE = """(() => {{
  const element = document.querySelector({});
  element.scrollIntoView({{block: "center", behavior: "instant"}});
  const box = element.getClientRects()[0];
  return [box.left + box.width / 2, box.top + box.height / 2];
}})()"""


@contextlib.contextmanager
def _program(command: list[str], variables: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a program as long as it is needed; what it writes comes in one stream."""
    process = subprocess.Popen(
        command,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)
        assert process.stdout
        process.stdout.close()


def _told(process: subprocess.Popen[str], pattern: str) -> str:
    """Return what a program says by the line that matches `pattern`."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if found := re.search(pattern, line.strip()):
            return found[1]
    raise AssertionError("".join(lines))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
