"""Plain files are read as the full reader reads them, and all others are left to it."""

import random
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_annotate.sidecar.plain_files import plain_entries, plain_texts, plain_values
from mkdocs_annotate.sidecar.scalars import INVALID
from mkdocs_annotate.sidecar.values import sidecar_values, source_entries

ROOT = Path(__file__).parents[2]
SIDECARS = sorted(ROOT.glob("site/**/*.annotations.yml"))
CASES = Path(__file__).parent / "cases" / "decoding"


def check_sidecar(text):
    """Check that a text is plain only if the full reader finds the same, and nothing wrong."""
    plain = plain_values(text, "a")
    if plain is None:
        return False
    values, problems = sidecar_values(text, "a")
    assert (plain, []) == (values, problems.problems)
    return True


def check_sources(text):
    """Check the same of a file of sources."""
    plain = plain_entries(text, "a")
    if plain is None:
        return False
    entries, problems = source_entries(text, "a")
    assert (plain, []) == (entries, problems.problems)
    return True


@pytest.mark.parametrize("path", SIDECARS, ids=lambda path: path.stem)
def test_a_sidecar_of_ours_is_read_alike(path):
    check_sidecar(path.read_text("utf-8"))


def test_most_sidecars_of_ours_are_plain():
    plain = [path for path in SIDECARS if plain_values(path.read_text("utf-8"), "a")]

    assert 2 * len(plain) >= len(SIDECARS)


@pytest.mark.parametrize(
    "text",
    [
        "annotations:\n  - quote: the world\n    note: It is round.\n",
        "annotations:\n- quote: the world\n  sources: kcna\n",
        "annotations:\r\n  - quote: a\r\n    note: b\r\n",
        "annotations:\n  -   quote: a\n      note: one\n        two\n      by: me\n",
        "annotations:\n  - quote: 'a: b # c'\n    note: see https://a.org/a:b\n    date: 2024\n",
        "annotations:\n  - quote: a\n    sources: [kcna, nis-1]\n    tags: [a b, c]\n",
        "annotations:\n  - quote: a\n    sources:\n      - kcna\n      - source: b\n"
        "        locator: p. 3\n",
        "sources:\n  kcna:\n    title: Talks\n    author: Carrow, Ines\n    date: 2024-11-01\n\n"
        "# Notes.\nannotations:\n  - quote: a\n    kind: check\n    draft: true\n",
        "annotations:\n  - quote: a\n    note: |\n      - b: c # d\n\n        e\n\n  - quote: b\n"
        "    note: >\n      *b* c\n      d\n\n\n      e\n",
        "annotations:\n  - note: |\n      a\n    quote: |\n     b\n     c\n",
        "article:\n  type: opinion\n  corrections:\n    - date: 2024-11-06\n      text: Wrong.\n",
    ],
)
def test_an_ordinary_sidecar_is_plain(text):
    assert check_sidecar(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "annotations:\n",
        "annotations: []\n",
        "annotations:\n  - quote: a\n    note:\n",
        "annotations:\n  - quote: a\n    note: ''\n",
        "annotations:\n  - quote: a\n    nots: b\n",
        "annotations:\n  - note: b\n",
        "annotations:\n  - quote: a\n    quote: b\n",
        "annotations:\n  - quote: a # b\n",
        "annotations:\n  - quote: a: b\n",
        "annotations:\n  - quote: a\n   note: b\n",
        "annotations:\n  - quote: a\n    note: b\n\n      c\n",
        "annotations:\n  - quote: a\n    note: b\n      1. c\n      2. d\n",
        "annotations:\n  - quote: a\n    note: >-\n      b\n",
        "annotations:\n  - quote: a\n    note: >\n      b\n       c\n",
        "annotations:\n  - quote: a\n    note: >\n      - b\n      - c\n",
        "annotations:\n  - quote: a\n    note: |\n\n      b\n",
        "annotations:\n  - quote: a\n    note: |\n    b\n",
        "annotations:\n  - quote: a\n    kind: |\n      context\n",
        "annotations:\n  - quote: a\n    note: |\n      b",
        "annotations:\n  - quote: &x a\n    note: *x\n",
        'annotations:\n  - quote: "a\\tb"\n',
        "annotations:\n  - quote: a\tb\n",
        "annotations:\n  - quote: a\u200eb\n",
        "annotations:\n  - quote: a\n    date: yesterday\n",
        "annotations:\n  - quote: a\n...\nb\n",
        "---\nannotations:\n  - quote: a\n",
        "\ufeffannotations:\n  - quote: a\n",
        "annotations: a\n",
        "annotations:\n  quote: a\n",
        "annotations:\n  - a\n",
        "sources:\n  url: a\nannotations:\n  - quote: a\n",
    ],
)
def test_what_is_unusual_or_wrong_is_left_to_the_full_reader(text):
    assert plain_values(text, "a") is None


KEYS = st.sampled_from(
    "annotations sources article defaults quote note kind by date tags source locator title url "
    "author type draft kcna a-1 nots".split()
)
SAID = r"""a|two words|it's|'it''s'|"a: b"|a: b|a #b|#b|[a, b]|[a|- a|1. a|a:b|2024|2024-11-03|
true|*a|&a b|{a: b}|>|...|é|kcna|https://a.org|a,b|[a]: b|"a" b|context|opinion|a-| a |a b"""
VALUES = st.sampled_from([*SAID.replace("\n", "").split("|"), "", "|", "a\u00a0b"])
INDENTS = st.sampled_from(["", " ", "  ", "    ", "      ", "  - ", "- ", "    - ", "  -  "])
LINES = st.one_of(
    st.builds("{}{}: {}".format, INDENTS, KEYS, VALUES),
    st.builds("{}{}:".format, INDENTS, KEYS),
    st.builds("{}{}".format, INDENTS, VALUES),
    st.sampled_from(["", "# a", "  # a", "annotations:", "  - quote: a", "    note: b"]),
    st.sampled_from(["    note: |", "    note: >", "      a", "       - b", "      # c", "      "]),
)


@given(st.lists(LINES, max_size=9), st.sampled_from(["\n", "\r\n"]))
@example(["sources:", "  sources:", "    title: a"], "\n")
@example(["annotations:", "  - quote: a", "      b", "    note: c"], "\n")
def test_whatever_is_plain_is_read_as_the_full_reader_reads_it(lines, end):
    text = end.join([*lines, ""])

    check_sidecar(text)
    check_sources(text)


ENTRIES = st.lists(
    st.tuples(KEYS, VALUES.filter(bool), st.sampled_from(["    ", "    ", "   "])), max_size=4
)


@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_so_are_lists_of_annotations(entries):
    lines = ["annotations:"]
    for fields in entries:
        lines.append("  - quote: the world")
        lines += [f"{indent}{key}: {value}" for key, value, indent in fields]

    check_sidecar("\n".join([*lines, ""]))


PIECES = (
    "- ",
    " ",
    "  ",
    "\n",
    ":",
    ": ",
    " #",
    "'",
    '"',
    "|",
    ">",
    "[",
    "]",
    ", ",
    "&a ",
    "...",
    "- a",
)


def changed(text, draw):
    """Return `text` after a slip of the hand or two: signs and lines put in, left out, moved."""
    for _ in range(draw.randint(1, 3)):
        lines = text.split("\n")
        at, place = draw.randrange(len(lines)), draw.randint(0, len(text))
        other = draw.choice(lines)
        text = draw.choice(
            [
                text[:place] + draw.choice(PIECES) + text[place:],
                text[:place] + text[place + draw.randint(1, 3) :],
                "\n".join([*lines[:at], other, *lines[at:]]),
                "\n".join([*lines[:at], " " * draw.randint(1, 4) + lines[at], *lines[at + 1 :]]),
                "\n".join([*lines[:at], lines[at].removeprefix(" "), *lines[at + 1 :]]),
                "\n".join([*lines[:at], *lines[at + 1 :]]),
            ]
        )
    return text


def test_a_file_after_a_slip_of_the_hand_is_read_alike_or_left_to_the_full_reader():
    draw = random.Random(3)
    cases = sorted(CASES.glob("*.yml"))
    texts = [yaml.safe_load(path.read_text("utf-8"))["sidecar"] for path in cases]
    below = [text[text.index("sources:\n") :] for text in texts if "sources:\n" in text]
    files = [*below, *(dedent(text.removeprefix("sources:\n")) for text in below)]

    read = [check_sidecar(changed(draw.choice(texts), draw)) for _ in range(5_000)]
    read += [check_sources(changed(draw.choice(files), draw)) for _ in range(5_000)]

    assert 200 < sum(read) < 9_000


def test_an_indented_first_line_of_a_file_of_sources_is_left_to_the_full_reader():
    assert plain_entries("    sources:\n  a:\n    title: A\n", "a") is None
    assert plain_entries("- sources:\n  a:\n    title: A\n", "a") is None


def test_a_file_of_sources_is_plain_with_and_without_its_first_line():
    source = "kcna:\n  title: Talks\n  url: https://example.org\n"

    assert check_sources(source)
    assert check_sources("sources:\n  " + source.replace("\n  ", "\n    "))
    assert plain_entries(source + "kcna:\n  title: Again\n", "a") is None


def test_texts_have_the_paths_of_their_keys():
    assert plain_texts("a:\n  b: c\n  d:\n    e: 'f: g'\nh: i\n") == {
        "a.b": "c",
        "a.d.e": "f: g",
        "h": "i",
    }
    assert plain_texts("a:\n  - b\n") is None
    assert plain_texts("a: b\na: c\n") is None
    assert plain_texts("a:\nb: c\n") is None


def test_a_sidecar_without_values_is_none_at_all():
    assert sidecar_values("", "a")[0] is INVALID
