"""How much the annotations of one page cost, as a share of its Markdown conversion.

Run it by hand: `python tests/benchmarks/engine.py`.  Times are CPU times, each share is of the
conversion in the same round, and the median of the rounds counts: machines are shared.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable

import markdown

from mkdocs_annotate.anchoring.ladder import anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import propose
from mkdocs_annotate.rendering.page import Look, Site, render_page
from mkdocs_annotate.sidecar.decoding import parse_sidecar

EXTENSIONS = ["toc", "tables", "fenced_code"]
ROUNDS = 5


def vocabulary(draw: random.Random) -> list[str]:
    """Return 3,000 invented words of two to four syllables."""
    syllables = [c + v for c in "bdfghklmnprstvz" for v in "aeiou"]
    return ["".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(3000)]


def article(words: int) -> tuple[str, list[str]]:
    """Return an article of about `words` words, and its sentences."""
    draw = random.Random(words)
    known = vocabulary(draw)
    weights = [1 / (rank + 10) for rank in range(len(known))]
    sentences: list[str] = []
    lines: list[str] = ["# Title\n"]
    count = 0
    while count < words:
        if len(lines) % 4 == 1:
            lines.append(f"## Section {len(lines)}\n")
        paragraph = []
        for _ in range(draw.randint(3, 6)):
            length = draw.randint(9, 21)
            sentence = " ".join(draw.choices(known, weights, k=length))
            paragraph.append(sentence.capitalize() + ".")
            count += length
        sentences += paragraph
        lines.append(" ".join(paragraph) + "\n")
    return "\n".join(lines), sentences


def sidecar(sentences: list[str], count: int, *, lost: bool = False) -> str:
    """Return a sidecar of `count` annotations with notes of about twenty words."""
    draw = random.Random(count)
    chosen = [draw.choice(sentences) for _ in range(count)]
    entries = []
    for sentence in chosen:
        words = sentence.rstrip(".").split()
        start = draw.randrange(max(1, len(words) - 7))
        quote = words[start : start + draw.randint(5, 7)]
        if lost:
            quote[len(quote) // 2] = "zzzzzz"
        entries.append(f"  - quote: {' '.join(quote)}\n    occurrence: all\n    note: {sentence}\n")
    return "annotations:\n" + "".join(entries)


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def shares(words: int, count: int) -> None:
    """Print the share of engine and page for one size."""
    text, sentences = article(words)
    yaml = sidecar(sentences, count)
    html = markdown.markdown(text, extensions=EXTENSIONS)
    parsed, problems = parse_sidecar(yaml, "a.annotations.yml")
    assert not problems, problems[0]

    def engine() -> None:
        anchoring = anchor_all(parsed.annotations, Page(project(html), text))
        assert len(anchoring.anchors) > 0.95 * count

    def page() -> None:
        render_page(html, text, parsed, Site(), Look(), lambda link: link.address)

    page()
    rounds = []
    for _ in range(ROUNDS):
        base = cpu(lambda: markdown.markdown(text, extensions=EXTENSIONS))
        read = cpu(lambda: parse_sidecar(yaml, "a"))
        rounds.append((base, read, cpu(engine), cpu(page)))
    columns = zip(*rounds, strict=True)
    base, read, anchored, whole = (statistics.median(column) for column in columns)
    print(
        f"{words:>7} words {count:>5} annotations: conversion {base * 1e3:7.1f} ms, "
        f"sidecar {read / base:5.1%}, anchoring {anchored / base:5.1%}, "
        f"whole page {whole / base:5.1%}"
    )


def proposals(words: int) -> None:
    """Print what the search for the nearest passage of one orphan costs."""
    text, sentences = article(words)
    html = markdown.markdown(text, extensions=EXTENSIONS)
    parsed, _ = parse_sidecar(sidecar(sentences, 50, lost=True), "a")
    page = Page(project(html), text)
    anchoring = anchor_all(parsed.annotations, page)
    seconds = cpu(lambda: [propose(orphan, page) for orphan in anchoring.orphans])
    found = sum(bool(propose(orphan, page)) for orphan in anchoring.orphans)
    each = seconds / max(1, len(anchoring.orphans))
    print(f"{words:>7} words: a proposal takes {each * 1e3:.1f} ms, found for {found} of 50")


def main() -> None:
    """Print all figures."""
    print(sys.version.split()[0])
    for words, count in ((1000, 30), (5000, 20), (5000, 100), (160_000, 1000)):
        shares(words, count)
    proposals(5000)


if __name__ == "__main__":
    main()
