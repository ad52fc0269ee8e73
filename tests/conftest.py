"""Sites drawn as text, built for real; and how golden cases fail and are written anew."""

import difflib
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import pytest_golden.yaml
from _pytest.assertion import util as assertion_util

from mkdocs_annotate.hosts.mkdocs_api import load_config
from mkdocs_annotate.rendering.splice import without_annotations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_LINE = re.compile(
    r"(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<message>.*) \[(?P<rule>[a-z0-9-]+)\]"
)

CONFIG = """
site_name: Drawn
theme: {name: mkdocs, highlightjs: false}
plugins: [annotate]
"""


def pytest_runtest_call(item: pytest.Item) -> None:
    """Let only golden tests watch assertions that hold: the property tests make thousands.

    pytest-golden needs the texts of these assertions, and pytest then makes them for every one of
    the library hypothesis too, which takes five times as long as the tests themselves.
    """
    if item.get_closest_marker("golden_test") is None:
        assertion_util._assertion_pass = None


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-goldens") and os.environ.get("CI"):
        raise pytest.UsageError("cases are written anew by a person who reads them, never in CI")
    # A line of a case stays a line, however long it is.
    pytest_golden.yaml._rt.width = 1_000_000
    pytest_golden.yaml.add_representer(
        type(None), lambda made, _: made.represent_scalar("tag:yaml.org,2002:null", "null")
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a case that fails say what it shows, what differs, and how that is accepted."""
    report = yield
    error = call.excinfo and call.excinfo.value
    case = getattr(item, "funcargs", {}).get("golden")
    if report.when == "call" and case is not None and isinstance(error, AssertionError):
        path = case.path.relative_to(item.config.rootpath)
        reason, _, _ = case.path.read_text("utf-8").partition("\n")
        report.longrepr = (
            f"{path}\n{reason}\n\n{error}\n\n"
            "Lines with - are those of the case, lines with + are what comes out now.  If that was "
            f"decided, then write it into the case, and read the difference:\n"
            f"  pytest {item.location[0]} -k {case.path.stem} --update-goldens; git diff"
        )
    return report


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Show where long texts, or mappings and lists of them, differ: line by line."""
    first, second = _lines_of(left), _lines_of(right)
    if op != "==" or not first or not second:
        return None
    if len(first) == len(second) == 1 and max(map(len, first + second)) < 60:
        return None
    differences = difflib.unified_diff(first, second, "", "", "", "", 2, "")
    return ["these lines", "", *list(differences)[2:]]


def _lines_of(value: object) -> list[str]:
    """Return the lines of a text, or of a mapping or list of texts; none of other values.

    Long HTML is broken where one tag follows another.
    """
    if isinstance(value, dict):
        return [line for key in value for line in (f"{key}:", *_lines_of(value[key]))]
    if isinstance(value, list):
        return [line for one in value for line in _lines_of(one)]
    if isinstance(value, str):
        return value.replace("><", ">\n<").splitlines() if len(value) > 200 else value.splitlines()
    return ["(nothing)"] if value is None else []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--reversed", action="store_true", help="the last test first: none may need another"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--reversed"):
        items.reverse()


_SECONDS = Counter[str]()
"""How long the tests of each folder took."""


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    folder, _, file = report.nodeid.partition("::")[0].rpartition("/")
    _SECONDS[folder if folder != "tests" else file] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    slow = [(seconds, name) for name, seconds in _SECONDS.items() if seconds >= 1]
    if len(_SECONDS) > 1 and slow:
        terminalreporter.section("seconds by folder")
        for seconds, name in sorted(slow, reverse=True):
            terminalreporter.write_line(f"{seconds:7.0f}  {name}")


@dataclass(frozen=True)
class Told:
    """A problem as a build tells it."""

    file: str
    line: int
    column: int
    rule: str
    message: str

    @property
    def key(self) -> tuple[str, int, int, str]:
        return self.file, self.line, self.column, self.rule


class _Marked(HTMLParser):
    """Reads the words of each marked passage, of all its pieces together."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("mark", "span", "sup"):
            given = {name: value or "" for name, value in attrs}
            ours = given.get("class", "").startswith("ann-m ")
            # The first piece of a passage names it by its id alone.
            named = given.get("data-ann") or given.get("id", "").removeprefix("ann-")
            key = named if ours else ""
            self.open.append((tag, key))
            if key:
                self.words.setdefault(key, "")

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(tag == "sup" for tag, _ in self.open):
            for key in {key for _, key in self.open if key}:
                self.words[key] += data


@dataclass
class Built:
    """What a build left: its folder, and what it told."""

    folder: Path
    lines: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[Told]:
        found = (_LINE.fullmatch(line) for line in self.lines)
        return [
            Told(f["file"], int(f["line"]), int(f["column"]), f["rule"], f["message"])
            for f in found
            if f
        ]

    @property
    def keys(self) -> list[tuple[str, int, int, str]]:
        return [problem.key for problem in self.problems]

    def html(self, path: str = "index.html") -> str:
        return (self.folder / path).read_text("utf-8")

    def marked(self, path: str = "index.html") -> list[str]:
        """Return the words of each marked passage, in the order of the page.

        What stands raised in the text, as numbers of notes do, is left out.
        """
        reader = _Marked()
        reader.feed(self.html(path))
        return list(reader.words.values())

    def published(self) -> set[str]:
        return {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        }


@dataclass
class Site:
    """A site drawn as text: file names at the margin, their lines behind `| `."""

    root: Path
    config: str

    def write(self, drawing: str) -> "Site":
        name, lines = "", dict[str, list[str]]()
        for line in dedent(drawing).strip("\n").splitlines():
            if line.startswith("|"):
                lines[name].append(line[2:])
            elif line.strip():
                name = line.strip()
                lines[name] = []
        for name, text in lines.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(text) + "\n", "utf-8")
        return self

    def configure(self, config: str) -> Path:
        path = self.root / "mkdocs.yml"
        path.write_text(dedent(config), "utf-8")
        return path

    def build(self, command: str = "build", *, dirty: bool = False, **overrides: object) -> Built:
        from mkdocs.commands.build import build

        path = self.configure(self.config)
        collected = _Collector()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(collected)
        try:
            config = load_config(
                config_file=str(path), site_dir=str(self.root / "built"), **overrides
            )
            config.plugins.on_startup(command=command, dirty=dirty)
            build(config, dirty=dirty)
        finally:
            logger.removeHandler(collected)
        return Built(self.root / "built", collected.lines)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Return what a program of the same environment did in the folder of the site."""
        program = Path(sys.executable).with_name(command[0])
        return subprocess.run(
            [program, *command[1:]],
            cwd=self.root,
            capture_output=True,
            text=True,
            env={**os.environ, "NO_COLOR": "1"},
        )


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Site]:
    """Return a function that writes a site into an empty folder, which is the working one.

    Names without a folder are those of articles and sidecars, and lie in `docs`.
    """
    monkeypatch.chdir(tmp_path)

    def drawn(drawing: str, config: str = CONFIG) -> Site:
        (tmp_path / "docs").mkdir(exist_ok=True)
        site = Site(tmp_path, config)
        return site.write(drawing)

    return drawn


@pytest.fixture
def plain() -> Callable[[str], str]:
    """Return the function that takes our own part out of a page."""
    return without_annotations


class Repository:
    """A git repository in a folder, whose commits are a day apart."""

    def __init__(self, root):
        self.root = root
        self.day = 0
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments):
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, subject="Edit"):
        """Commit everything, and return the short name of the commit."""
        self.day += 1
        date = f"2024-11-{self.day:02}T12:00:00+00:00"
        self.git("add", "--all")
        environment = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            self.git("commit", "--quiet", "--message", subject)
        return self.git("rev-parse", "--short", "HEAD")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a repository in the working folder, with an author from the environment alone."""
    monkeypatch.chdir(tmp_path)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ada Quill")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ada@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return Repository(tmp_path)


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

    @staticmethod
    def page(body=b"", status="200 OK", **headers):
        """Return a well-behaved answer."""
        body = body.encode() if isinstance(body, str) else body
        told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body)}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status}"] + [f"{name}: {value}" for name, value in told.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def redirect(self, location, status="302 Found"):
        return self.page(b"moved", status, Location=location)

    def url(self, path="/"):
        return f"http://{self.host}:{self.port}{path}"

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
                    if head[:1] == b"\x16":
                        line.sendall(b"HTTP/1.1 400 This is no TLS\r\n\r\n")
                        return
                method, path, _ = head.decode("latin-1").split("\r\n")[0].split(" ")
                self.requests.append((method, path))
                self.heads.append(head.decode("latin-1"))
                self.times.append(time.monotonic())
                answer = self.answers.get((method, path), self.answers.get(path))
                if isinstance(answer, list):
                    answer = answer.pop(0) if len(answer) > 1 else answer[0]
                if answer is None:
                    answer = self.page(b"", "404 Not Found")
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


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Yield Chromium: one for all tests of a process, as there can't be two."""
    # Most tests run where it is not installed.
    from playwright.sync_api import sync_playwright

    path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    assert path, "install Chromium, or give its path in CHROMIUM"
    quiet = ["background-networking", "component-update", "sync", "gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", *(f"--disable-{one}" for one in quiet)]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package as the wheel has it: its assets are made smaller."""
    folder = tmp_path_factory.mktemp("packed")
    code = "import sys; from hatchling import build; print(build.build_wheel(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", code, folder],
        cwd=Path(__file__).parent.parent,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder
