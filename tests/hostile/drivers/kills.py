"""Commands that are killed while they write.

A command runs in a fork of the test, which counts what it does to files and kills itself with
SIGKILL before the chosen one; or which is killed from outside after some time.
"""

import json
import os
import signal
import sys
from pathlib import Path

from click.testing import CliRunner

from mkdocs_annotate.commands.cli import main

ARTICLES = {
    "index.md": (
        "# The ferries\n\nThe old ferry carried nine hundred people across the strait in a day. "
        "It was built in 1794, and rebuilt once.\n\nSee [the mill](mill.md) and "
        "[the mill again](mill.md#wheel).\n"
    ),
    "mill.md": "# The mill\n\nThe wheel of the mill turned for two hundred years, and stopped.\n",
    "town.md": "# The town\n\nThe council of the town voted nine to six, and [left](mill.md).\n",
}
SIDECARS = {
    # Each has a quote whose words changed a little, and one that stands as it is.
    "index.annotations.yml": (
        "annotations:\n  - quote: carried nine hundred persons across the strait in a day\n"
        "    note: n\n  - quote: built in 1794\n    note: n\n"
    ),
    "mill.annotations.yml": (
        "annotations:\n  - quote: turned for two hundred years, and then stopped\n    note: n\n"
        "  - quote: the mill\n    note: see [the ferries](index.md)\n"
    ),
}
CONFIG = (
    "site_name: Drawn\nsite_url: https://example.org/\ntheme: {name: mkdocs, highlightjs: false}\n"
    "plugins: [annotate]\nnav: [index.md, mill.md, town.md]\n"
)
IMPORTED = json.dumps(
    {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "A note."},
        "target": {
            "source": "https://example.org/",
            "selector": {"type": "TextQuoteSelector", "exact": "rebuilt once"},
        },
    }
)

COMMANDS = {
    "add": ("add", "docs/town.md", "nine to six", "--note", "n"),
    "add to a file": ("add", "docs/mill.md", "The wheel", "--note", "n"),
    "assets": ("assets", "out"),
    "baseline": ("check", "--baseline", "known.yml", "--update-baseline"),
    "export": ("export", "--format", "web-annotation", "--output", "out"),
    "export sources": ("export", "--format", "csl", "--output", "sources.json"),
    "fix": ("fix",),
    "import": ("import", "given.json", "--article", "docs/index.md"),
    "mv": ("mv", "docs/mill.md", "docs/old/mill.md"),
    "new": ("new", "docs/town.md"),
    "pin": ("pin", "--all"),
    "schema": ("schema", "--output", "annotations.schema.json"),
}


def drawn(folder: Path) -> None:
    """Write the site into an empty folder."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    for name, text in {**ARTICLES, **SIDECARS}.items():
        (docs / name).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (folder / "given.json").write_text(IMPORTED, "utf-8")


def texts(folder: Path) -> dict[str, str]:
    """Return the text of each file below `folder`, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def run(*command: str) -> tuple[int, str]:
    """Return the exit code of a command in the working folder, and all that it printed."""
    # What is asked is answered with yes.
    result = CliRunner().invoke(main, command, input="y\n" * 20)
    return result.exit_code, result.output


_CHANGES = frozenset(["os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"])
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Countdown:
    """Kills its process before the operation number `left` on a file of `folder`; 0 never does."""

    def __init__(self, folder: Path, left: int) -> None:
        self.folder = str(folder)
        self.left = left
        self.done = 0

    def step(self) -> None:
        self.done += 1
        if self.done == self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & _WRITES and self._is_ours(path):
                self.step()
        elif event in _CHANGES and self._is_ours(args[0]):
            self.step()

    def _is_ours(self, path: object) -> bool:
        if not isinstance(path, str | os.PathLike):
            return False
        return str(Path(os.fsdecode(path)).absolute()).startswith(self.folder)


def operations(command: tuple[str, ...], folder: Path) -> int:
    """Return how many operations on files a command does in `folder`, which it changes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        countdown = _start(folder, 0)
        _silent(command)
        os.write(writing, str(countdown.done).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as stream:
        return int(stream.read())


def killed_at(command: tuple[str, ...], folder: Path, number: int) -> bool:
    """Return whether a command was killed before its operation `number`; else it ended itself."""
    child = os.fork()
    if child == 0:
        _start(folder, number)
        _silent(command)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def killed_after(command: tuple[str, ...], seconds: float) -> bool:
    """Return whether a command was killed after `seconds`; else it came to its end before."""
    child = os.fork()
    if child == 0:
        # Its default is to end the process at once, as SIGKILL does.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        _silent(command)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _start(folder: Path, number: int) -> _Countdown:
    countdown = _Countdown(folder, number)
    sys.addaudithook(countdown.hook)
    sync = os.fsync

    # Python tells its hooks of no such call: here the new text is written, and nothing replaced.
    def counted(handle: int) -> None:
        countdown.step()
        sync(handle)

    os.fsync = counted
    return countdown


def _silent(command: tuple[str, ...]) -> None:
    try:
        run(*command)
    finally:
        sys.stdout.flush()
