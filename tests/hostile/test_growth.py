"""A search for inputs whose cost grows faster than they do: repeated pieces, doubled."""

import random
import time

import pytest
from drivers.targets import PAGES, TARGETS

RATIO = 2.6
"""How much longer twice the input may take; in line with its size it is 2."""

LEAST = 0.02
"""CPU seconds from which on a time says anything."""

TRIES = 3
"""How often a ratio must be too large, each time with twice as much: machines are noisy."""

LONGEST = {"notes": 4_000, "links": 2_000, "messages": 100_000}
"""Where a stage refuses what is longer."""

IN_THE_SUITE, LONG = 6, 400


def cost(run, text):
    """Return the least CPU time of some runs."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        run(text)
        best = min(best, time.process_time() - started)
        if best > 1:
            break
    return best


def grown(name, grammar, size):
    """Return an input of a stage of about `size` characters: a beginning, a middle many times."""
    before, middle, after = grammar
    return before + middle * max(1, size // max(1, len(middle))) + after


def grammars(name, count, seed):
    """Yield beginnings, middles and ends, made of the pieces of a stage."""
    draw = random.Random(f"{name} {seed}")
    pieces = [piece for piece in TARGETS[name].pieces if piece]
    for _ in range(count):
        middle = "".join(draw.choice(pieces) for _ in range(draw.randint(1, 3)))
        ends = ["".join(draw.choice(pieces) for _ in range(draw.randint(0, 2))) for _ in range(2)]
        yield ends[0], middle, ends[1]


def superlinear(name, grammar):
    """Return the ratios of a grammar if each is too large; else nothing."""
    run = TARGETS[name].run
    most = LONGEST.get(name, 400_000)
    size = 500
    before = cost(run, grown(name, grammar, size))
    while before < LEAST and size < most // 2:
        size *= 2
        before = cost(run, grown(name, grammar, size))
    ratios = []
    for _ in range(TRIES):
        size *= 2
        if size > 2 * most or before < LEAST:
            return []
        after = cost(run, grown(name, grammar, size))
        ratios.append(after / before)
        if ratios[-1] <= RATIO:
            return []
        if after > 5:
            break
        before = after
    return ratios


def search(name, count, seed):
    found = {}
    for grammar in grammars(name, count, seed):
        if ratios := superlinear(name, grammar):
            found[grammar] = ratios
    return found


@pytest.mark.parametrize("name", TARGETS)
def test_no_grammar_costs_more_than_in_line(name):
    assert search(name, IN_THE_SUITE, "suite") == {}


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_no_grammar_of_many_costs_more_than_in_line(name):
    assert search(name, LONG, "long") == {}


LINES = {
    # A stage, and what stands before, in and behind a line that is long.
    "one word before a colon": ("reader", ("id: ", "all", "<<: ")),
    "a run of backticks": ("splice", ("<p>a</p>\x1fannotations: [{quote: a, note: '<", "`", "'}]")),
    "blank lines in a block": (
        "editing",
        ("annotations:\n- quote: a\n  note: |\n    x\n", "\n", "    a\n"),
    ),
    "spaces in a name in BibTeX": (
        "bibliography in BibTeX",
        ("@book{a, title={t}, author={a", " ", "b and c}}"),
    ),
    "commas in a name in BibTeX": (
        "bibliography in BibTeX",
        ("@book{a, title={t}, author={a", " ,", "b and c}}"),
    ),
    "signs behind a heading": ("titles of articles", ("# a", "#", "x")),
    "spaces in a heading": ("titles of articles", ("# a", " ", "x")),
    "braces in a heading": ("titles of articles", ("# a", "{", "x")),
    "brackets in a heading": ("titles of articles", ("# a", "[", "x")),
    "links in a heading": ("titles of articles", ("# a", "](", "x")),
}


@pytest.mark.parametrize("name", LINES)
def test_a_long_line_costs_no_more_than_in_line(name):
    stage, grammar = LINES[name]

    assert superlinear(stage, grammar) == []


def entries(count, make):
    return "annotations:\n" + "".join(f"- {make(n)}\n" for n in range(count))


PARAGRAPHS = "".join(f"<p>w{n} word</p>" for n in range(1000))
HEADINGS = "".join(f"<h2>h{n}</h2><p>e e e</p>" for n in range(300))
PARTED = "wo-\\nrd " * 16
SIDECARS = {
    # A page, and what each entry of its sidecar is.
    "words of many places": (
        "<p>" + "the word " * 6000 + "</p>",
        lambda n: "{quote: the, note: n}",
    ),
    "all places": (
        "<p>" + "word " * 1000 + "</p>",
        lambda n: "{quote: word, occurrence: all, note: n}",
    ),
    "over all paragraphs": (PARAGRAPHS, lambda n: "{quote: w0, through: w999, note: n}"),
    "long prefixes": (
        "<p>" + "e " * 1000 + "</p>",
        lambda n: "{quote: e, prefix: '" + "e " * 40 + f"q{n}', note: n}}",
    ),
    "sections": (HEADINGS, lambda n: f"{{quote: e, section: h{n % 300}, note: n}}"),
    "near misses": (PARAGRAPHS, lambda n: f"{{quote: 'w{n} wordy w{n + 1}', note: n}}"),
    "long near misses": (
        "<p>" + " ".join(f"w{n}" for n in range(2500)) + "</p>",
        lambda n: "{quote: '" + " ".join(f"w{m}" for m in range(n, n + 1500)) + " x', note: n}",
    ),
    "notes of brackets": (PARAGRAPHS, lambda n: f"{{quote: w{n} word, note: '{'[a' * 60}'}}"),
    "images to be left out": (
        PARAGRAPHS,
        lambda n: f"{{quote: w{n} word, note: '{'![data-search-exclude](i.png)' * 60}'}}",
    ),
    "sources": (
        PARAGRAPHS,
        lambda n: f"{{quote: w{n} word, sources: [{{title: t{n}, url: 'a.md'}}]}}",
    ),
    # Each quote stands nearly everywhere, so that every place of it is a candidate.
    "one letter everywhere": (
        "<p>" + "a" * 20_000 + "</p>",
        lambda n: f"{{quote: {'a' * (50 + n)}, note: n}}",
    ),
    "one word everywhere": (
        "<p>" + "a " * 20_000 + "</p>",
        lambda n: f"{{quote: '{'a ' * (50 + n)}', note: n}}",
    ),
    "one sign everywhere": (
        "<p>" + "- " * 20_000 + "</p>",
        lambda n: f"{{quote: '{'- ' * (50 + n)}', note: n}}",
    ),
    "a script without spaces": (
        "<p>" + "あ" * 20_000 + "</p>",
        lambda n: f"{{quote: {'あ' * (50 + n)}, note: n}}",
    ),
    "words parted by a PDF": (
        "<p>" + "wo " * 20_000 + "</p>",
        lambda n: f'{{quote: "{PARTED}{n}", note: n}}',
    ),
    "skipped words everywhere": (
        "<p>" + "a <button>b</button> " * 5_000 + "</p>",
        lambda n: f"{{quote: '{'a b ' * (n + 2)}', note: n}}",
    ),
    "unknown kinds": (PARAGRAPHS, lambda n: f"{{quote: w{n} word, kind: kind{n}, note: n}}"),
}


@pytest.mark.parametrize("name", SIDECARS)
def test_twice_the_entries_take_twice_the_time_and_no_page_hangs(name):
    page, make = SIDECARS[name]
    run = TARGETS["splice"].run
    ratios, count = [], 50
    before = cost(run, f"{page}\x1f{entries(count, make)}")
    while count < 200:
        count *= 2
        after = cost(run, f"{page}\x1f{entries(count, make)}")
        # An ordinary page of this size takes some tenths of a second: twenty times as much is told.
        assert after < 20, (name, count, after)
        ratios.append(after / max(before, LEAST))
        before = after

    assert min(ratios) <= RATIO, (name, ratios)


def test_the_search_finds_what_is_quadratic(monkeypatch):
    from drivers.targets import Target

    def quadratic(text):
        return [text.count("b", start) for start in range(0, len(text), 10)]

    monkeypatch.setitem(TARGETS, "quadratic", Target(quadratic, ("a",), PAGES))

    # One short measurement on a busy machine is enough to miss it.
    assert any(superlinear("quadratic", ("", "a", "")) for _ in range(3))
