"""Saves while somebody else edits the sidecar and the article, and saves that are killed."""

import io
import json
import os
import re
import signal
import time
from pathlib import Path
from random import Random

import pytest

from mkdocs_annotate.any_html.settings import read_settings
from mkdocs_annotate.any_html.writing import BuiltPages
from mkdocs_annotate.files.paths import display_path
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.writing.application import ENDPOINT, WritingApplication

WORDS = [f"word{number}" for number in range(200)]
PAGE = "<!DOCTYPE html><html lang=en><title>T</title><main><h1>Words</h1><p>{}</p></main>"
SIDECAR = Path("notes/index.annotations.yml")
BUILT = Path("built/index.html")
BEGUN = """# Kept by hand.
sources:
  budget:   {title: "Budget"}   # of 2024

annotations:
  - quote: word0   # the first
    note: 'By hand.'
"""


class Writer:
    """Somebody who writes in the page, without a browser."""

    def __init__(self):
        pages = BuiltPages(read_settings(Path("built"), Path("notes")), lambda line: None)
        self.application = WritingApplication(pages.files, pages, 8000, lambda line: None)
        self.key = self.application.opened_at("").partition("=")[2]
        self.call(REQUEST_METHOD="GET", PATH_INFO="/")

    def call(self, **environ):
        told = []
        body = self.application(
            {"HTTP_HOST": "127.0.0.1:8000", **environ},
            lambda status, headers, *_: told.append(status.partition(" ")[0]),
        )
        return told[0], b"".join(body)

    def ask(self, do, **what):
        data = json.dumps({"page": "index.html", "do": do, **what}).encode()
        status, body = self.call(
            REQUEST_METHOD="POST",
            PATH_INFO=f"{ENDPOINT}write",
            HTTP_ORIGIN="http://127.0.0.1:8000",
            HTTP_X_ANNOTATE_TOKEN=self.key,
            CONTENT_TYPE="application/json",
            CONTENT_LENGTH=str(len(data)),
            **{"wsgi.input": io.BytesIO(data)},
        )
        return status, json.loads(body)

    def add(self, word, hash_):
        selection = {"text": word, "before": "", "after": ""}
        fields = {"note": f"On {word}.", "by": ""}
        return self.ask("add", selection=selection, fields=fields, hash=hash_)


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path, text in ((BUILT, PAGE.format(" ".join(WORDS))), (SIDECAR, BEGUN)):
        path.parent.mkdir()
        path.write_text(text, "utf-8")


def edited(rng, text):
    """Return a sidecar as somebody else has left it in an editor."""
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines) + 1)
    choice = rng.randrange(6)
    if choice == 0:
        lines.insert(at, f"# A remark, {rng.random()}.\n")
    elif choice == 1:
        lines.append(f"  - quote: {rng.choice(WORDS)}\n    note: Typed, {rng.random()}.\n")
    elif choice == 2:
        return re.sub(r"note: .*", f"note: Other words, {rng.random()}.", text, count=1)
    elif choice == 3:
        return text.replace("\n\n", "\n", 1)
    elif choice == 4:
        lines.append("  - quote: [unfinished\n")
    return "".join(lines)


def changed_article(rng):
    """Somebody edits the article, and the builder writes its page."""
    words = [word for word in WORDS if rng.random() > 0.1]
    BUILT.write_text(PAGE.format(" ".join(words)), "utf-8")
    return words


@pytest.mark.parametrize(
    "seed", [*range(12), *(pytest.param(n, marks=pytest.mark.long) for n in range(12, 120))]
)
def test_nothing_is_lost_and_nobody_is_surprised_while_somebody_else_edits(seed):
    rng = Random(seed)
    writer, there, outcomes = Writer(), WORDS, set()
    for _ in range(10):
        told = writer.ask("state")[1]
        before = SIDECAR.read_text("utf-8")
        if rng.random() < 0.5:
            SIDECAR.write_text(edited(rng, before), "utf-8")
        if rng.random() < 0.3:
            there = changed_article(rng)
        theirs, word = SIDECAR.read_text("utf-8"), rng.choice(WORDS)

        status, answer = writer.add(word, told["hash"])

        now = SIDECAR.read_text("utf-8")
        outcomes.add(status)
        if status != "200":
            assert now == theirs
            assert answer["error"]
            assert (status == "409") == (theirs != before)
            if "unfinished" in theirs:
                SIDECAR.write_text(BEGUN, "utf-8")  # they finish it
            continue
        assert theirs == before
        assert word in there
        assert without_entry(now, word) == theirs.rstrip("\n")
        assert f"On {word}." in answer["article"]
    assert "200" in outcomes


def without_entry(text, word):
    entry = rf"\n+  - quote: {word}\n    note: On {word}\.\n    date: [\d-]+"
    head, _, tail = text.rpartition(re.findall(entry, text)[-1])
    return (head + tail).rstrip("\n")


def killed(rng, most):
    """Save in another process until it is killed; return how many annotations it has told of."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            writer = Writer()
            os.write(writing, b".")
            hash_ = writer.ask("state")[1]["hash"]
            for word in WORDS[1:]:
                hash_ = writer.add(word, hash_)[1]["hash"]
                os.write(writing, b".")
        finally:
            os._exit(0)
    os.close(writing)
    os.read(reading, 1)
    time.sleep(rng.uniform(0, most))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        return len(stream.read())


def check_after_a_kill(saved):
    text = SIDECAR.read_text("utf-8")
    sidecar, problems = parse_sidecar(text, display_path(SIDECAR))
    # Whole, and at most the one save more that nobody could be told of.
    assert problems == []
    assert text.startswith(BEGUN)
    quotes = [one.quote.exact for one in sidecar.annotations]
    assert quotes == WORDS[: len(quotes)]
    assert 1 + saved <= len(quotes) <= 2 + saved
    writer = Writer()
    assert writer.add("word199", writer.ask("state")[1]["hash"])[0] == "200"
    assert [path.name for path in SIDECAR.parent.iterdir()] == [SIDECAR.name]


def kill_and_check(seed, count):
    rng = Random(seed)
    for _ in range(count):
        SIDECAR.write_text(BEGUN, "utf-8")
        check_after_a_kill(killed(rng, 0.12))


def test_a_kill_while_saving_loses_nothing():
    kill_and_check(1, 12)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_kills_lose_nothing(seed):
    kill_and_check(10 + seed, 250)
