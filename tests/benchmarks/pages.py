"""What all benchmarks share: pages to measure with, the engine as one call, tables.

The text is what ships with the repository, and invented prose: a function of its number and size
alone.
"""

import random
import re
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import markdown

from mkdocs_annotate.anchoring.anchors import Anchoring, anchor_all
from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.pinning import pin
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.model.places import Range
from mkdocs_annotate.model.sidecar import Annotation, Quote
from mkdocs_annotate.rendering.composition import Composer
from mkdocs_annotate.rendering.site import Site
from mkdocs_annotate.rendering.splice import spliced

ROOT = Path(__file__).parents[2]

EXTENSIONS: dict[str, list[str]] = {
    "default": ["toc", "tables", "fenced_code"],
    "extra-like": ["extra", "toc", "smarty", "sane_lists", "admonition", "codehilite", "meta"],
    "Material-like": [
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta"),
        *("tables", "toc", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret"),
        *("pymdownx.critic", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight"),
        *("pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark"),
        *("pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed"),
        *("pymdownx.tasklist", "pymdownx.tilde"),
    ],
}
CONFIGS: dict[str, dict[str, Any]] = {
    "default": {},
    "extra-like": {"toc": {"permalink": True}},
    "Material-like": {
        "toc": {"permalink": True},
        "pymdownx.arithmatex": {"generic": True},
        "pymdownx.highlight": {"anchor_linenums": True, "linenums": True},
        "pymdownx.tabbed": {"alternate_style": True},
    },
}

FUNCTION_WORDS = """the of and to a in that it is was for on are with as at be this by not have
from or had but what all were when we there can an your which their if do will each""".split()
FUNCTION_SHARE = 0.42
LEAST_SECONDS = 0.03
"""Some clocks of CPU time tick a hundred times a second."""

PLAIN = re.compile(r"[A-Za-z][A-Za-z ,.'’-]*")


def vocabulary(draw: random.Random) -> list[str]:
    """Return 3,000 invented words of two to four syllables."""
    syllables = [c + v for c in "bdfghklmnprstvz" for v in "aeiou"]
    return ["".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(3000)]


def article(words: int, number: int = 0) -> tuple[str, list[str]]:
    """Return article `number` of about `words` words, and its sentences.

    Words are drawn with weights like Zipf's; a paragraph is one line of three to six sentences.
    """
    draw = random.Random(f"{number} {words}")
    known = vocabulary(draw)
    shares = [1 / (rank + 10) for rank in range(len(known))]
    scale = FUNCTION_SHARE / (1 - FUNCTION_SHARE) * sum(shares) / len(FUNCTION_WORDS)
    known += FUNCTION_WORDS
    shares += [scale] * len(FUNCTION_WORDS)
    sentences: list[str] = []
    lines: list[str] = ["# Title\n"]
    count = 0
    while count < words:
        if len(lines) % 4 == 1:
            lines.append(f"## Section {len(lines)}\n")
        paragraph = []
        for _ in range(draw.randint(3, 6)):
            length = draw.randint(9, 21)
            sentence = " ".join(draw.choices(known, shares, k=length))
            paragraph.append(sentence.capitalize() + ".")
            count += length
        sentences += paragraph
        lines.append(" ".join(paragraph) + "\n")
    return "\n".join(lines), sentences


def template(entries: int) -> str:
    """Return a reference of `entries` options, all told in the same words: hard to tell apart."""
    draw = random.Random(entries)
    words = vocabulary(draw)[:200]
    lines = ["# Options\n"]
    for _ in range(entries):
        name, part, whole = draw.choices(words, k=3)
        kind = draw.choice(("text", "a number", "yes or no"))
        lines.append(f"## `{name}`\n")
        lines.append(f"Type: {kind}. Default: none. Since version {draw.randint(1, 4)}.0.\n")
        lines.append(f"Sets the {part} of the {whole}. Without it, the {part} of the page counts.")
        lines.append(f"It must be {kind}, else the build stops and names the {part}.\n")
    return "\n".join(lines)


@cache
def shipped() -> dict[str, str]:
    """Return the Markdown pages of the repository, by their paths."""
    paths = [*sorted(ROOT.glob("site/**/*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}


def shipped_page(words: int) -> str:
    """Return pages of the repository one after another, about `words` words in all."""
    parts: list[str] = []
    count = 0
    for text in shipped().values():
        if count >= words:
            break
        parts.append(text)
        count += len(text.split())
    return "\n\n".join(parts)


def plain_sentences(html: str) -> list[str]:
    """Return the sentences of a page that hold nothing but words, nine of them at least."""
    found = re.split(r"(?<=[.!?])\s+|\n", project(html).text)
    return [text for text in found if PLAIN.fullmatch(text) and len(text.split()) >= 9]


@cache
def converter(extensions: str) -> Callable[[str], str]:
    """Return what converts Markdown with one of the lists of extensions."""
    known = markdown.Markdown(
        extensions=EXTENSIONS[extensions], extension_configs=CONFIGS[extensions]
    )

    def convert(text: str) -> str:
        known.reset()
        return known.convert(text).strip()

    return convert


def sidecar(sentences: Sequence[str], count: int, *, lost: bool = False) -> str:
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
        text = " ".join(quote).strip(",.'’-")
        entries.append(f"  - quote: {text}\n    occurrence: all\n    note: {sentence}\n")
    return "annotations:\n" + "".join(entries)


def annotation(exact: str, number: int = 0, **given: Any) -> Annotation:
    """Return an annotation of the words `exact`."""
    return Annotation(Quote(exact, **given), f"a{number}", "context", note="n")


def pinned(place: Range, page: Page, number: int = 0, *, least: int = 0) -> Annotation | None:
    """Return an annotation of `place` with the context that `pin` gives it; None if it can't.

    There are at least so many words before it as asked for, or behind it where none are before.
    """
    exact = page.text[place.start : place.end]
    found = pin(exact, place, page, prefix_least=least)
    found = found or pin(exact, place, page, suffix_least=least)
    if found is None:
        return None
    return Annotation(found.of(Quote(exact)), f"a{number}", "context", note="n")


def passages(text: str, count: int, draw: random.Random, least: int, most: int) -> list[Range]:
    """Return `count` stretches of `text` in whole words, `least` to `most` characters long."""
    words = [found.span() for found in re.finditer(r"\S+", text)]
    found: list[Range] = []
    for _ in range(20 * count):
        first = last = draw.randrange(len(words))
        wanted = draw.randint(least, most)
        while last + 1 < len(words) and words[last][1] - words[first][0] < wanted:
            last += 1
        if last > first and words[last][1] - words[first][0] > most:
            last -= 1
        place = Range(words[first][0], words[last][1])
        if least <= place.end - place.start <= most:
            found.append(place)
        if len(found) == count:
            break
    return found


def mark_all(
    html: str, source: str, annotations: Sequence[Annotation], site: Site
) -> tuple[str, Anchoring, Page]:
    """Return `html` with all that can be marked: the engine, without notes and blocks."""
    page = Page(project(html), source)
    anchoring = anchor_all(annotations, page)
    composition = Composer(page, site.vocabulary, site.wording, "", "").compose(anchoring.anchors)
    marked = spliced(html, ((offset, string) for offset, _, string in composition.tags))
    return marked, anchoring, page


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes: the mean of as many runs as the clock can tell."""
    started = time.process_time()
    for count in range(1, 1_000_000):
        work()
        spent = time.process_time() - started
        if spent >= LEAST_SECONDS:
            return spent / count
    return 0.0


def percent(part: int, whole: int) -> str:
    """Return a share for a table; nothing of nothing is a dash."""
    return f"{100 * part / whole:.1f}" if whole else "–"


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is for words, the others for figures."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(f"\n{title}\n")
    for row in (head, ["-" * width for width in widths], *rows):
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join([row[0].ljust(widths[0]), *cells[1:]]).rstrip())
