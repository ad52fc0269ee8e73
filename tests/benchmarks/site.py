"""What annotations cost a whole site: CPU time and memory of its build, beside the site without.

Run it by hand: `python tests/benchmarks/site.py`, or with other numbers of pages:
`python tests/benchmarks/site.py 50 200 800`.  Each build is a process of its own.  In a round each
site is built once, and the ratio to the plain one of the same round counts: machines are shared.
"""

import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from pages import FUNCTION_WORDS, ROOT, article, print_table, vocabulary

ROUNDS = 5
WORDS = 1000
NOTES, CITATIONS, SOURCES = 20, 10, 500
SIZES = (200,)
VARIANTS = ("plain", "footnotes", "annotated")
MIB = 1024

CONFIG = """site_name: Benchmark
theme: {{name: mkdocs, highlightjs: false}}
nav: [{{Page: p0000.md}}]
plugins: [{plugins}]
markdown_extensions: [toc, tables, fenced_code{extensions}]
"""


def sources(words: list[str]) -> str:
    """Return a file of sources."""
    parts = []
    for number in range(SOURCES):
        draw = random.Random(f"source {number}")
        family, given, journal = (word.capitalize() for word in draw.choices(words, k=3))
        parts.append(
            f's{number:03}:\n  author: "{family}, {given}"\n'
            f"  title: {' '.join(draw.choices(words, k=7))}\n  container: Journal of {journal}\n"
            f"  date: {1990 + number % 30}\n  url: https://example.org/{number}\n"
        )
    return "".join(parts)


def page(number: int, words: list[str]) -> tuple[str, str, str]:
    """Return page `number` as it is, with footnotes, and its sidecar: notes, then citations."""
    draw = random.Random(f"page {number}")
    text, sentences = article(WORDS, number)
    long = [sentence.rstrip(".") for sentence in sentences if len(sentence.split()) >= 9]
    footed, notes, entries = text, [], ["annotations:"]
    for index, sentence in enumerate(draw.sample(long, NOTES + CITATIONS)):
        begin = draw.randrange(len(sentence.split()) - 6)
        quote = " ".join(sentence.split()[begin : begin + 7])
        note = " ".join(draw.choices([*words, *FUNCTION_WORDS], k=draw.randint(18, 28)))
        said = f"note: {note}"
        if index >= NOTES:
            said = f"sources: s{draw.randrange(SOURCES):03}"
        assert text.count(quote) == 1, quote
        entries.append(f"  - quote: {quote}\n    {said}")
        footed = footed.replace(quote, f"{quote}[^n{index}]")
        notes.append(f"\n[^n{index}]: {note}\n")
    return text, footed + "".join(notes), "\n".join(entries) + "\n"


def make(folder: Path, pages: int) -> None:
    """Write the same site in each variant."""
    words = vocabulary(random.Random("sources"))
    for variant in VARIANTS:
        (folder / variant / "docs").mkdir(parents=True)
        plugins = "annotate" if variant == "annotated" else ""
        extensions = ", footnotes" if variant == "footnotes" else ""
        config = CONFIG.format(plugins=plugins, extensions=extensions)
        (folder / variant / "mkdocs.yml").write_text(config, "utf-8")
    (folder / "annotated/sources.yml").write_text(sources(words), "utf-8")
    for number in range(pages):
        text, footed, sidecar = page(number, words)
        name = f"docs/p{number:04}"
        (folder / "plain" / f"{name}.md").write_text(text, "utf-8")
        (folder / "footnotes" / f"{name}.md").write_text(footed, "utf-8")
        (folder / "annotated" / f"{name}.md").write_text(text, "utf-8")
        (folder / "annotated" / f"{name}.annotations.yml").write_text(sidecar, "utf-8")


def build(folder: Path) -> tuple[float, float]:
    """Return the seconds of CPU time that a build takes, and the MiB of memory at its most."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    # An installed package is compiled, and so is this one after its first build.
    unset = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    process = subprocess.Popen(command, cwd=folder, env={**unset, "PYTHONPATH": str(ROOT)})
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, folder
    return used.ru_utime + used.ru_stime, used.ru_maxrss / MIB


def measure(pages: int) -> dict[str, list[tuple[float, float]]]:
    """Return time and memory of each build of each variant of a site of so many pages."""
    taken: dict[str, list[tuple[float, float]]] = {variant: [] for variant in VARIANTS}
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), pages)
        build(Path(folder) / "annotated")
        for number in range(ROUNDS):
            for variant in VARIANTS if number % 2 else reversed(VARIANTS):
                taken[variant].append(build(Path(folder) / variant))
    return taken


def over(taken: dict[str, list[tuple[float, float]]], variant: str) -> float:
    """Return the seconds that a variant takes beyond the plain one: the least of each counts."""
    return min(taken[variant])[0] - min(taken["plain"])[0]


def line(taken: dict[str, list[tuple[float, float]]], variant: str, pages: int) -> list[str]:
    """Return a line of the table."""
    pairs = list(zip(taken[variant], taken["plain"], strict=True))
    memory = min(used for _, used in taken[variant])
    return [
        variant,
        f"{pages}",
        f"{min(taken[variant])[0]:.2f}",
        f"{statistics.median(own[0] / plain[0] for own, plain in pairs):.2f}",
        f"{1000 * over(taken, variant) / pages:.1f}",
        f"{memory:.0f}",
        f"{statistics.median(own[1] / plain[1] for own, plain in pairs):.2f}",
    ]


def main() -> None:
    """Measure sites of the sizes asked for."""
    sizes = sorted(map(int, sys.argv[1:])) or list(SIZES)
    taken = {size: measure(size) for size in sizes}
    head = ["site", "pages", "CPU s", "x plain", "ms a page more", "MiB", "x plain"]
    rows = [line(taken[size], variant, size) for size in sizes for variant in VARIANTS]
    print_table(f"Builds of pages with {NOTES} notes and {CITATIONS} citations", head, rows)
    rows = [
        [variant, f"{few} to {many}", f"{math.log(more / less) / math.log(many / few):.2f}"]
        for few, many in pairwise(sizes)
        for variant in VARIANTS[1:]
        for less, more in [(over(taken[few], variant), over(taken[many], variant))]
    ]
    if rows:
        print_table("How the cost grows", ["site", "pages", "exponent"], rows)


if __name__ == "__main__":
    main()
