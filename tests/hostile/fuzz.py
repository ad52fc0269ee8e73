"""Fuzzing by hand: `python tests/hostile/fuzz.py reader --runs 1000000`.

Inputs are drawn from the pieces and seeds of a target (drivers/targets.py).  With `--guided` they
are changed by atheris (`pip install atheris`), which prefers those that reach new lines; its corpus
is a folder.  Each input that fails is made small and printed; it belongs into the corpus.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import repeat
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

TOLD_EVERY = 60.0


def main() -> int:
    """Run one target, or all of them in turn; return 1 where an input failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help="names of targets; all without one")
    parser.add_argument("--runs", type=int, default=100_000, help="inputs for each target")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--processes", type=int, default=1, help="at once, each a part of the runs")
    parser.add_argument("--guided", type=Path, help="a folder for atheris' corpus; one target")
    given = parser.parse_args()
    if given.guided:
        return _guided(given.targets[0], given.guided, given.runs)
    from drivers.targets import TARGETS

    found = [_shared(name, given) for name in given.targets or TARGETS]
    return int(any(found))


def _shared(name: str, given: argparse.Namespace) -> bool:
    """Share the runs of a target among processes, each with a seed of its own."""
    if given.processes == 1:
        return _fuzzed(name, given.seed, given.runs)
    began, runs = time.monotonic(), given.runs // given.processes
    with ProcessPoolExecutor(given.processes) as pool:
        seeds = [f"{given.seed}.{number}" for number in range(given.processes)]
        found = list(pool.map(_fuzzed, repeat(name), seeds, repeat(runs)))
    rate = runs * given.processes / (time.monotonic() - began)
    print(f"{name}: {runs * given.processes:,} inputs of all processes, {rate:,.0f} a second")
    return any(found)


def _fuzzed(name: str, seed: str, runs: int) -> bool:
    from drivers.inputs import drawn, failing, smallest
    from drivers.targets import TARGETS

    target = TARGETS[name]
    began = told = time.monotonic()
    places = set[str]()
    slowest, slow = 0.0, ""
    for number, text in enumerate(drawn(target, seed, runs), 1):
        started = time.process_time()
        try:
            target.run(text)
        except Exception as error:
            place = _place(error)
            if place not in places:
                places.add(place)
                small = smallest(partial(_same, target.run, place), text)
                assert failing(target.run, small)
                print(f"{name}: {place}: {small!r}", flush=True)
        taken = time.process_time() - started
        if taken > slowest:
            slowest, slow = taken, text
        if time.monotonic() - told > TOLD_EVERY:
            told = time.monotonic()
            print(f"{name}: {number:,} of {runs:,}", file=sys.stderr, flush=True)
    seconds = time.monotonic() - began
    print(
        f"{name}: {runs:,} inputs, {len(places)} kinds of failure, {seconds:.0f} s, "
        f"the slowest {1000 * slowest:.0f} ms: {slow[:60]!r}",
        flush=True,
    )
    return bool(places)


def _same(run: Callable[[str], object], place: str, text: str) -> None:
    """Fail where `text` fails at the same place."""
    try:
        run(text)
    except Exception as error:
        if _place(error) == place:
            raise


def _place(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"


def _guided(name: str, corpus: Path, runs: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["mkdocs_annotate"]):
        from drivers.targets import TARGETS
    target = TARGETS[name]
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(target.seeds):
        (corpus / f"seed-{number}").write_text(text, "utf-8")
    words = corpus.with_name(f"{corpus.name}.dict")
    lines = {"".join(f"\\x{byte:02X}" for byte in _bytes(piece)) for piece in target.pieces}
    words.write_text("".join(f'"{line}"\n' for line in sorted(lines) if line), "ascii")

    def one(data: bytes) -> None:
        target.run(data.decode("utf-8", "replace"))

    options = [f"-runs={runs}", f"-dict={words}", "-max_len=600", "-timeout=10"]
    atheris.Setup([sys.argv[0], str(corpus), *options], one)
    atheris.Fuzz()
    return 0


def _bytes(piece: str) -> bytes:
    return piece.encode("utf-8", "replace")


if __name__ == "__main__":
    raise SystemExit(main())
