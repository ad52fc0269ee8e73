"""Whether the cost of a page grows in line with it, and what the worst pages cost.

Run it by hand: `python tests/benchmarks/growth.py`.  Times are CPU times, each in a process of its
own, which is ended when it takes too long.  A line that misses its bar is marked.
"""

import math
import multiprocessing
import statistics
import sys
from collections.abc import Callable, Sequence
from functools import cache
from multiprocessing.connection import Connection

from hostile import HOSTILE, ORDINARY, Input, prepare
from pages import annotation, article, converter, cpu, mark_all, print_table

from mkdocs_annotate.anchoring.page import Page
from mkdocs_annotate.anchoring.projection import project
from mkdocs_annotate.anchoring.proposals import propose
from mkdocs_annotate.model.sidecar import Annotation
from mkdocs_annotate.rendering.page import MOST_PROPOSALS
from mkdocs_annotate.rendering.site import Site

ROUNDS = 3
MOST_EXPONENT = 1.1
MOST_RATIO = 20.0
LONG = 0.4
"""Seconds from which on one round is enough."""

GUARD = 40.0
"""CPU seconds that a line may take; hostile ones a little more than their bar."""

LONG_PAGE = 20_000
"""Words from which on a page is measured in fewer rounds."""

KINDS = ("bare", "pinned", "from the source", "orphans")
SITE = Site()

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


def _emphasised(text: str) -> str:
    """Return `text` with every fourth word of its sentences emphasised."""
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        if len(words) > 3 and not line.startswith("#"):
            words[3::4] = [f"*{word}*" for word in words[3::4]]
        lines.append(" ".join(words))
    return "\n".join(lines)


def _article(kind: str, words: int) -> tuple[str, str]:
    return _made(words, emphasised=kind == "from the source")


@cache
def _made(words: int, *, emphasised: bool) -> tuple[str, str]:
    text, _ = article(words)
    text = _emphasised(text) if emphasised else text
    return text, converter("default")(text)


def _annotations(kind: str, words: int, count: int) -> list[Annotation]:
    """Return `count` annotations of stretches of seven words, spread over an article."""
    text, html = _article(kind, words)
    page = Page(project(html), text)
    shown = text if kind == "from the source" else page.text
    starts = [place for place, sign in enumerate(shown) if sign == " "]
    found: list[Annotation] = []
    step = max(1, (len(starts) - 20) // count)
    for first in range(0, len(starts) - 20, step):
        start, end = starts[first] + 1, starts[first + 7]
        if "\n" in shown[start:end]:
            start, end = starts[first + 8] + 1, starts[first + 15]
        quote = shown[start:end]
        if kind == "orphans":
            middle = quote.split(" ")
            quote = " ".join([*middle[:3], "zzzzzz", *middle[4:]])
        if kind == "pinned":
            at = shown.index(quote)
            context = {
                "prefix": shown[max(0, at - 32) : at],
                "suffix": shown[at + len(quote) :][:32],
            }
            found.append(annotation(quote, len(found), **context))
        else:
            found.append(annotation(quote, len(found)))
        if len(found) == count:
            break
    return found


def _engine_time(kind: str, words: int, count: int) -> tuple[float, float, int]:
    """Return the CPU time of the engine, its share of the conversion, and how many were found."""
    text, html = _article(kind, words)
    annotations = _annotations(kind, words, count)
    times: list[float] = []
    shares: list[float] = []
    base = 0.0
    placed = 0

    def work() -> None:
        nonlocal placed
        _, anchoring, page = mark_all(html, text, annotations, SITE)
        placed = len(anchoring.anchors)
        for orphan in anchoring.orphans[:MOST_PROPOSALS]:
            propose(orphan, page)

    for _ in range(ROUNDS if words < LONG_PAGE else 2):
        if words < LONG_PAGE or not shares:
            base = cpu(lambda: converter("default")(text))
        times.append(cpu(work))
        shares.append(times[-1] / base)
    return statistics.median(times), statistics.median(shares), placed


def _growth(kind: str, sizes: Sequence[tuple[int, int]], axis: int) -> list[list[str]]:
    """Return a line for each size, with the exponent between it and the one before."""
    rows: list[list[str]] = []
    before: tuple[int, float] | None = None
    for size in sizes:
        seconds, share, placed = _engine_time(kind, *size)
        exponent = bar = ""
        if before:
            power = math.log(seconds / before[1]) / math.log(size[axis] / before[0])
            exponent = f"{power:.2f}"
            bar = "" if power <= MOST_EXPONENT else "MISSED"
        rows.append([kind, f"{size[0]}", f"{size[1]}", f"{placed}", f"{share:.1%}", exponent, bar])
        before = size[axis], seconds
    return rows


ANNOTATIONS = tuple((10_000, count) for count in (10, 100, 1_000))
WORDS = tuple((words, 100) for words in (1_600, 16_000, 160_000))
BOTH = ((1_600, 10), (16_000, 100), (160_000, 1_000))


def _apart(work: Callable[..., object], guard: float, *given: object) -> object:
    """Return what `work` returns in a process of its own; a text instead if it fails or hangs."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_report, args=(there, guard, work, given))
    process.start()
    there.close()
    try:
        # Where CPU time can't be limited, and if the machine does other things besides.
        return here.recv() if here.poll(4 * guard) else f"over {guard:.0f} s"
    except EOFError:
        process.join()
        return "died" if process.exitcode == 1 else f"over {guard:.0f} s"
    finally:
        process.kill()
        process.join()


def _report(
    there: Connection, guard: float, work: Callable[..., object], given: tuple[object, ...]
) -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(guard), math.ceil(guard) + 1))
    there.send(work(*given))


def _input_time(made: Callable[[], Input]) -> float:
    """Return the CPU seconds of the engine on one input, the least of some rounds."""
    page_given = made()

    def work() -> None:
        _, anchoring, page = mark_all(
            page_given.html, page_given.source, page_given.annotations, SITE
        )
        if page_given.proposals:
            for orphan in anchoring.orphans[:MOST_PROPOSALS]:
                propose(orphan, page)

    first = cpu(work)
    return first if first > LONG else min(first, cpu(work))


def hostile() -> None:
    """Print what the worst pages cost, as ratios to ordinary ones of the same size."""
    prepare()
    times = {name: _apart(_input_time, GUARD, made) for name, made in ORDINARY.items()}
    bases = {name: base for name, base in times.items() if isinstance(base, float)}
    rows = []
    for name, (like, made) in HOSTILE.items():
        base = bases.get(like, math.inf)
        seconds = _apart(_input_time, min(GUARD, 2 + MOST_RATIO * base), made)
        if isinstance(seconds, float):
            ratio = seconds / base
            rows.append([name, like, f"{ratio:.1f}", "" if ratio <= MOST_RATIO else "MISSED"])
        else:
            rows.append([name, like, f"{seconds}", "FAILED"])
    title = f"Hostile pages, × ordinary ones of the same size; bar {MOST_RATIO:.0f}"
    print_table(title, ("page", "compared with", "ratio", "bar"), rows)


def growth() -> None:
    """Print how the cost of the engine grows with the annotations, and with the words."""
    head = ("quotes", "words", "annotations", "found", "× conversion", "exponent", "bar")
    for size in {words for words, _ in (*ANNOTATIONS, *WORDS, *BOTH)}:
        for kind in KINDS:
            _article(kind, size)  # processes made later have it
    for title, sizes, axis in (
        ("More annotations on one page", ANNOTATIONS, 1),
        ("More words, as many annotations", WORDS, 0),
        ("More words, and annotations with them", BOTH, 0),
    ):
        rows: list[list[str]] = []
        for kind in KINDS:
            found = _apart(_growth, GUARD, kind, sizes, axis)
            rows += (
                found if isinstance(found, list) else [[kind, "", "", "", f"{found}", "", "FAILED"]]
            )
        print_table(f"{title}; bar {MOST_EXPONENT}", head, rows)


def main() -> None:
    """Print all tables."""
    print(f"Python {sys.version.split()[0]}")
    growth()
    hostile()


if __name__ == "__main__":
    main()
