"""What a sidecar's text says, and what is wrong with it: a file of `cases/decoding` each."""

import re
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from time import process_time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_annotate.model.problems import Rule
from mkdocs_annotate.model.sidecar import Article, Sidecar
from mkdocs_annotate.sidecar import nodes
from mkdocs_annotate.sidecar.decoding import parse_sidecar
from mkdocs_annotate.sidecar.format import RECORDS
from mkdocs_annotate.sidecar.lines import Lines
from mkdocs_annotate.sidecar.nodes import MOST_PROBLEMS

FILE = "a.annotations.yml"


def told(problems: list) -> str | None:
    """Return the lines of `problems`, each from its place in the file on; None without any."""
    return "".join(f"{str(problem).removeprefix(FILE + ':')}\n" for problem in problems) or None


def digest(sidecar: Sidecar) -> str | None:
    """Return all that `sidecar` says and that it wouldn't say by itself; None for nothing."""
    lines = []
    if sidecar.article != Article():
        lines += ["article", *_fields(sidecar.article)]
    for key, source in sidecar.sources.items():
        lines += [f"source {key}", *_fields(source, {"key": key, "type": "document"})]
    for annotation in sidecar.annotations:
        position = annotation.position
        lines += [f"annotation {annotation.id} at {position.line}:{position.column}"]
        lines += _fields(annotation, {"id": annotation.id})
    return "".join(f"{line}\n" for line in lines) or None


def _fields(record: Any, known: dict[str, Any] | None = None) -> list[str]:
    lines = []
    for field in fields(record):
        value = getattr(record, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if not field.compare or value == (known or {}).get(field.name, default):
            continue
        if field.name == "quote" and is_dataclass(value):
            lines += _fields(value)
            continue
        for one in value if isinstance(value, tuple) else [value]:
            lines.append(f"  {field.name}: {_shown(one)}")
    return lines


def _shown(value: Any) -> str:
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        parts = [getattr(value, field.name) for field in fields(value) if field.compare]
        return " | ".join(_shown(part) for part in parts if part and not isinstance(part, Enum))
    text = str(value)
    return text if text.strip() == text and text.isprintable() and text else repr(text)


@pytest.mark.golden_test("cases/decoding/*.yml")
def test_a_sidecar_gives_what_it_says_and_what_is_wrong(golden):
    golden.get("schema")  # what test_schema reads
    golden.get("python")  # what the next test reads

    sidecar, problems = parse_sidecar(golden["sidecar"], FILE)

    assert golden.out.get("decoded") == digest(sidecar)
    assert golden.out.get("problems") == told(problems)


@pytest.mark.parametrize("events", ["CSafeLoader", "SafeLoader"])
@pytest.mark.golden_test("cases/decoding/*.yml")
def test_both_parsers_of_pyyaml_give_the_same(golden, events, monkeypatch):
    monkeypatch.setattr(nodes, "_EVENTS", getattr(yaml, events))

    sidecar, problems = parse_sidecar(golden["sidecar"], FILE)

    # Where they differ the case says so.
    python = golden.get("python") if events == "SafeLoader" else None
    assert (python or golden.out.get("problems")) == told(problems)
    assert golden.out.get("decoded") == digest(sidecar)


_AS_TYPED = re.compile("“(.*?)”|`(.*?)`")


@pytest.mark.golden_test("cases/decoding/*.yml")
def test_problems_that_quote_other_words_have_other_subjects(golden):
    _, problems = parse_sidecar(golden["sidecar"], FILE)
    rules = {problem.rule for problem in problems}

    for rule in rules:
        alike = [problem for problem in problems if problem.rule == rule]
        messages = {tuple(_AS_TYPED.findall(problem.message)) for problem in alike}
        assert len({problem.subject for problem in alike}) >= len(messages)


@pytest.mark.golden_test("cases/decoding/*.yml")
def test_a_line_to_paste_mends_what_it_was_told_for(golden):
    text = golden["sidecar"]
    _, problems = parse_sidecar(text, FILE)
    for problem in problems:
        pasted = _PASTED.search(problem.hint)
        if not pasted:
            continue
        lines = text.split("\n")
        line = lines[problem.position.line - 1]
        key = pasted[1].partition(":")[0]
        begin = re.search(rf"\b{key}:", line).start()
        lines[problem.position.line - 1] = line[:begin] + pasted[1]

        _, left = parse_sidecar("\n".join(lines), FILE)

        places = [(other.position.line, other.rule) for other in left]
        assert (problem.position.line, problem.rule) not in places


# The last backtick of the hint may be one of the value's own.
_PASTED = re.compile("put it in quotes: `(.*[\"'])`")


KEYS = sorted({name for record in RECORDS for name in record.fields})
SIGNS = """: - " ' # * & ! @ ` % [ ] { } , | > ? ~ << --- ...""".split()
SIGNS += [": ", "- ", " #", "\n", "\n  ", "\n    ", "\t", "\r\n", "\ufeff"]
PIECES = st.lists(st.one_of(st.sampled_from(KEYS + SIGNS), st.text(max_size=5)), max_size=40)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.one_of(st.text(), PIECES.map("".join)))
def test_any_text_gives_a_sidecar_and_problems_inside_it(text):
    sidecar, problems = parse_sidecar(text, FILE)

    assert isinstance(sidecar, Sidecar)
    lines = Lines(text.removeprefix("\ufeff"))
    count = lines.place(len(lines.text))[0] + 1
    for problem in problems:
        assert "\n" not in str(problem)
        assert isinstance(problem.rule, Rule)
        position = problem.position
        assert position.file == FILE
        # A parser stops behind the last line where something is missing at the end.
        assert 1 <= position.line <= count + 1
        assert 1 <= position.column <= len(lines[position.line - 1]) + 1
    assert problems == sorted(problems, key=lambda problem: problem.position)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(PIECES.map("".join))
def test_pure_python_never_raises_either(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_EVENTS", yaml.SafeLoader)
        parse_sidecar(text, FILE)


WORDS = st.text("""aB1 äß文\U0001f642'":#-*&!%@`{}[],|>?~\\/<=\n""", min_size=1)
ENTRIES = st.lists(
    st.fixed_dictionaries({"quote": WORDS, "note": WORDS}, optional={"by": WORDS, "date": WORDS}),
    max_size=5,
)


@settings(deadline=None, derandomize=True)
@given(ENTRIES, st.sampled_from([None, '"', "'", "|", ">"]), st.booleans())
def test_what_a_program_writes_both_parsers_read_alike(entries, style, flow):
    text = yaml.safe_dump(
        {"annotations": entries}, default_style=style, default_flow_style=flow, allow_unicode=True
    )
    given_back = parse_sidecar(text, FILE)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_EVENTS", yaml.SafeLoader)
        assert parse_sidecar(text, FILE) == given_back


def test_more_problems_than_anybody_mends_are_not_told():
    text = "annotations:\n" + "  - quote: a\n    nota: b\n" * (MOST_PROBLEMS + 5)

    _, problems = parse_sidecar(text, FILE)

    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].rule is Rule.TOO_LARGE
    assert problems[-1].message == "the file has more than 100 problems"


def test_as_many_problems_as_are_told_are_told():
    text = "annotations:\n" + "  - quote: a\n    nota: b\n" * MOST_PROBLEMS

    _, problems = parse_sidecar(text, FILE)

    assert {problem.rule for problem in problems} == {Rule.UNKNOWN_KEY}


@pytest.mark.parametrize("line", ["- *a\n", "- quote:\n", "- quote: a\n", "- a\n"])
def test_problems_of_every_sort_are_counted(line):
    _, problems = parse_sidecar("annotations:\n" + line * (MOST_PROBLEMS + 5), FILE)

    assert len(problems) == MOST_PROBLEMS + 1


def test_each_value_of_an_annotation_has_a_place():
    sidecar, _ = parse_sidecar("annotations:\n  - quote: a\n    note: b\n", FILE)
    (annotation,) = sidecar.annotations

    assert annotation.place("note").column == 11
    assert annotation.place("speaker") == annotation.position


HOSTILE = {
    "values": "annotations: [" + "a," * 200_000 + "]",
    "keys": "\n".join(f"not{number}: x" for number in range(50_000)),
    "aliases": "annotations: [" + "*a," * 70_000 + "]",
    "anchors": "annotations: [" + ",".join(f"&a{number} x" for number in range(60_000)) + "]",
    "equal quotes": "annotations:\n" + "- {quote: a, note: b}\n" * 15_000,
    "equal ids": "annotations:\n" + "- {quote: a, note: b, id: c}\n" * 14_000,
    "citations on one line": "annotations:\n- {quote: a, sources: [" + "s," * 70_000 + "]}",
    "control characters": "annotations:\n  - quote: " + "\x01" * 1_000_000,
    "depth": "[" * 30_000,
    "blank lines": "annotations:\n" + "\n" * 1_000_000 + "\tx: y",
    "an open quotation mark": 'annotations:\n- quote: "' + "a" * 1_000_000,
    "bombs": "".join(f"a{n}: &a{n} [" + f"*a{n - 1}," * 9 + "]\n" for n in range(1, 9)),
    "merges": "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_answered_soon(name):
    started = process_time()

    parse_sidecar(HOSTILE[name], FILE)

    assert process_time() - started < 10  # half a second on an idle machine
