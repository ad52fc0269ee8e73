"""What annotations cost: CPU time and memory of builds, beside other ways to say the same.

`make bench` runs it, in about ten minutes, and writes what it finds into the documentation;
`make bench QUICK=1` takes one minute and writes nothing.  Each build is a process of its own.  In a
round each site is built once, every other round in reverse, and what counts is the ratio to the
plain site of the same round: machines are shared.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bench_page import write_page
from pages import ROOT, print_table
from sites import Size, make, page, sidecar, sources, write_sizes

MIB = 1024
LIBRARIES = "import markdown, yaml, jinja2"
MKDOCS = ("-m", "mkdocs", "build", "--quiet", "--strict")
CHECK = (
    "-c",
    "import sys; sys.argv[1:] = ['check']; from mkdocs_annotate.commands.cli import main; main()",
)

MAIN = (
    "plain",
    "plugin unused",
    "same bytes, in Markdown",
    "same bytes, added as HTML",
    "footnotes",
    "mark + footnotes",
    "annotated",
    "annotated, pinned",
)
FEW = ("plain", "footnotes", "annotated")
ADDED = "same bytes, added as HTML"


@dataclass
class Measured:
    """Seconds of CPU time and MiB of memory of each build of each variant of one site."""

    size: Size
    taken: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def over(self, variant: str) -> float:
        """Return the seconds that a variant takes beyond the plain one: the least of each."""
        return min(self.taken[variant])[0] - min(self.taken["plain"])[0]

    def ratio(self, variant: str, part: int, base: str = "plain") -> float:
        """Return the median ratio to `base` in the same round: of time, or with 1 of memory."""
        pairs = zip(self.taken[variant], self.taken[base], strict=True)
        return statistics.median(own[part] / other[part] for own, other in pairs)

    def rows(self) -> list[list[str]]:
        """Return a line of a table for each variant."""
        return [
            [
                variant,
                f"{min(taken)[0]:.2f}",
                f"{self.ratio(variant, 0):.2f}",
                f"{1000 * self.over(variant) / self.size.pages:.1f}",
                f"{min(used for _, used in taken):.0f}",
                f"{self.ratio(variant, 1):.2f}",
            ]
            for variant, taken in self.taken.items()
        ]


HEAD = ["site", "CPU s", "x plain", "ms a page more", "MiB", "x plain"]


def used(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    """Return the seconds of CPU time that Python takes for `arguments`, and its most MiB."""
    # An installed package is compiled, and so is this one after its first build.
    unset = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    environment = {**unset, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, (arguments, folder)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB


def measure(size: Size, variants: tuple[str, ...], rounds: int) -> Measured:
    """Return what builds of a site of a size take, in each of `variants`."""
    measured = Measured(size, {variant: [] for variant in variants})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, size, variants)
        used(MKDOCS, folder / "annotated")
        if ADDED in variants:
            used(MKDOCS, folder / "plain")
            write_sizes(folder)
        for number in range(rounds):
            for variant in variants if number % 2 else reversed(variants):
                measured.taken[variant].append(used(MKDOCS, folder / variant))
    return measured


def checked(size: Size, rounds: int) -> list[str]:
    """Return a line of a table on what `check` takes of a site, beside the plain build of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, size, ("plain", "annotated"))
        builds, checks = [], []
        for _ in range(rounds):
            builds.append(used(MKDOCS, folder / "plain")[0])
            started = time.monotonic()
            checks.append((used(CHECK, folder / "annotated")[0], time.monotonic() - started))
    ratio = statistics.median(one / other for (one, _), other in zip(checks, builds, strict=True))
    least, waited = min(checks)[0], min(waited for _, waited in checks)
    return [f"{size.pages} pages", f"{least:.2f}", f"{ratio:.2f}", f"{waited:.2f}"]


CONVERSION = """
import time, markdown
from pathlib import Path
extensions = {extensions}
text = Path("a.md").read_text("utf-8")
times = []
for _ in range({rounds}):
    converter = markdown.Markdown(extensions=["toc", "tables", "fenced_code", *extensions])
    started = time.process_time()
    converter.convert(text)
    times.append(time.process_time() - started)
Path("seconds").write_text(str(min(times)))
"""
OURS = (
    '[__import__("mkdocs_annotate.hosts.extension", fromlist=["x"]).AnnotateExtension('
    'article="a.md", sources="sources.yml", max_marks=1000)]'
)


def conversion(notes: int, variant: str, rounds: int) -> float:
    """Return the seconds that a page of 10,000 words takes with so many notes."""
    size = Size(1, 10_000, notes, 0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, size, (variant,))
        docs = folder / variant / "docs"
        docs.joinpath("a.md").write_bytes(docs.joinpath("p0000.md").read_bytes())
        docs.joinpath("sources.yml").write_text("".join(one.yaml for one in sources()), "utf-8")
        extensions = {"footnotes": '["footnotes"]', "annotated": OURS}.get(variant, "[]")
        if variant == "annotated":
            docs.joinpath("a.annotations.yml").write_text(sidecar(*page(0, size)), "utf-8")
        used(("-c", CONVERSION.format(extensions=extensions, rounds=rounds)), docs)
        return float(docs.joinpath("seconds").read_text())


def growth_in_notes(counts: Sequence[int], rounds: int) -> list[list[str]]:
    """Return a line of a table for each variant: milliseconds more, and the last exponent."""
    rows = []
    for variant in FEW[1:]:
        over = [
            conversion(count, variant, rounds) - conversion(count, "plain", rounds)
            for count in counts
        ]
        told = [f"{1000 * seconds:.0f}" for seconds in over]
        rows.append([variant, *told, f"{_exponent(counts[-2:], over[-2:]):.2f}"])
    return rows


def _exponent(sizes: Sequence[int], over: Sequence[float]) -> float:
    return math.log(over[1] / over[0]) / math.log(sizes[1] / sizes[0])


def growth_in_pages(sites: Sequence[Measured]) -> list[list[str]]:
    """Return a line of a table for each variant and each step from a site to a larger one."""
    common = [name for name in sites[0].taken if all(name in site.taken for site in sites)]
    return [
        [
            variant,
            f"{few.size.pages} to {many.size.pages}",
            f"{_exponent((few.size.pages, many.size.pages), (few.over(variant), more)):.2f}",
        ]
        for variant in common
        if variant != "plain"
        for few, many in pairwise(sites)
        for more in [many.over(variant)]
        if few.over(variant) > 0.1 and more > 0.1
    ]


def starts(rounds: int) -> list[list[str]]:
    """Return a line of a table for each program that only starts."""
    programs = {
        "Markdown, PyYAML and Jinja2": LIBRARIES,
        "the extension": f"{LIBRARIES}; import mkdocs_annotate.hosts.extension",
        "the same with click": f"{LIBRARIES}; import click",
        "`mkdocs-annotate --help`": (
            "import sys; sys.argv[1:] = ['--help']; "
            "from mkdocs_annotate.commands.cli import main; main()"
        ),
    }
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds):
        for name in programs if number % 2 else reversed(programs):
            taken[name].append(used(("-c", programs[name]), ROOT)[0])
    return [[name, f"{1000 * min(times):.0f}"] for name, times in taken.items()]


def main() -> None:
    """Measure all there is to measure, or with `--quick` the most important of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=5, help="of the site of 200 pages")
    given = parser.parse_args()
    quick = given.quick
    tables: list[tuple[str, list[str], list[list[str]]]] = []

    def tell(title: str, head: list[str], rows: list[list[str]]) -> None:
        tables.append((title, head, rows))
        print_table(title, head, rows)
        sys.stdout.flush()

    tell("Start-up", ["program", "CPU ms"], starts(5 if quick else 15))
    size = Size(50 if quick else 200)
    main_site = measure(size, MAIN, 2 if quick else given.rounds)
    tell(f"{size.pages} pages of 1,000 words, 20 notes and 10 citations", HEAD, main_site.rows())
    head = ["`check` of", "CPU s", "x plain build", "seconds"]
    tell("Checking", head, [checked(size, 1 if quick else 3)])
    if quick:
        return
    small = measure(Size(50), (*FEW, ADDED, "mkdocs-bibtex"), 3)
    tell("50 pages of the same", HEAD, small.rows())
    large = measure(Size(800), (*FEW, ADDED, "plugin unused"), 1)
    tell("800 pages of the same", HEAD, large.rows())
    rows = growth_in_pages([small, main_site, large])
    tell("How the cost grows with pages", ["site", "pages", "exponent"], rows)
    thousand = measure(Size(1000), ("plain", "plugin unused", ADDED, "annotated"), 1)
    tell("1,000 pages of the same", HEAD, thousand.rows())
    counts = (10, 100, 1000)
    head = ["notes on 10,000 words", *(f"{count}, ms more" for count in counts), "exponent"]
    tell("How the cost of a page grows with its notes", head, growth_in_notes(counts, 3))
    light = measure(Size(200, 1500, 5, 2), FEW, 3)
    tell("200 pages of 1,500 words, 5 notes and 2 citations", HEAD, light.rows())
    material = measure(Size(60, theme="material"), (*FEW, "Material annotations"), 3)
    tell("60 pages of the theme Material, 20 notes and 10 citations", HEAD, material.rows())
    write_page({name: main_site.ratio(name, 0) for name in MAIN}, tables)


if __name__ == "__main__":
    main()
