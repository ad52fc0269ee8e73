"""How much the annotations of one page cost, as a share of its Markdown conversion.

Run it by hand: `python tests/benchmarks/engine.py`.  Times are CPU times, each share is of the
conversion in the same round, and the median of the rounds counts: machines are shared.
"""

import statistics
import sys

import markdown
from pages import (
    EXTENSIONS,
    article,
    converter,
    cpu,
    mark_all,
    plain_sentences,
    print_table,
    shipped_page,
    sidecar,
)

from mkdocs_annotate.anchoring.anchors import anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import propose
from mkdocs_annotate.rendering.page import render_page
from mkdocs_annotate.rendering.site import Presentation, Site
from mkdocs_annotate.sidecar.decoding import parse_sidecar

ROUNDS = 5
SITE = Site()
SIZES = ((1000, 30), (5000, 20), (5000, 100), (160_000, 1000))


def shares(
    name: str, text: str, sentences: list[str], count: int, extensions: str = "default"
) -> list[str]:
    """Return a line of the table: what the parts cost on one page, as shares of its conversion."""
    yaml = sidecar(sentences, count)
    html = converter(extensions)(text)
    parsed, problems = parse_sidecar(yaml, "a.annotations.yml")
    assert not problems, problems[0]

    def anchoring() -> None:
        found = anchor_all(parsed.annotations, Page(project(html), text))
        assert len(found.anchors) > 0.95 * count

    def engine() -> None:
        mark_all(html, text, parsed.annotations, SITE)

    def page() -> None:
        render_page(html, text, parsed, SITE, Presentation(), lambda link: link.address)

    page()
    rounds = []
    for _ in range(ROUNDS):
        base = cpu(lambda: converter(extensions)(text))
        works = (lambda: parse_sidecar(yaml, "a"), anchoring, engine, page)
        rounds.append([cpu(work) / base for work in works])
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    return [name, str(len(text.split())), str(count), *(f"{share:.1%}" for share in medians)]


def proposals(words: int) -> None:
    """Print what the search for the nearest passage of one orphan costs."""
    text, sentences = article(words)
    html = markdown.markdown(text, extensions=EXTENSIONS["default"])
    parsed, _ = parse_sidecar(sidecar(sentences, 50, lost=True), "a")
    page = Page(project(html), text)
    anchoring = anchor_all(parsed.annotations, page)
    base = cpu(lambda: converter("default")(text))
    seconds = cpu(lambda: [propose(orphan, page) for orphan in anchoring.orphans])
    found = sum(bool(propose(orphan, page)) for orphan in anchoring.orphans)
    share = seconds / max(1, len(anchoring.orphans)) / base
    print(f"\n{words} words: a proposal takes {share:.1%}, found for {found} of 50")


def main() -> None:
    """Print all figures."""
    rows = [shares("prose", *article(words), count) for words, count in SIZES]
    text = shipped_page(5000)
    for extensions in EXTENSIONS:
        sentences = plain_sentences(converter(extensions)(text))
        for count in (20, 100):
            name = f"our own pages, {extensions}"
            rows.append(shares(name, text, sentences, count, extensions))
    print_table(
        f"Python {sys.version.split()[0]}; shares of the Markdown conversion",
        ("page", "words", "annotations", "sidecar", "anchoring", "engine", "whole page"),
        rows,
    )
    proposals(5000)


if __name__ == "__main__":
    main()
